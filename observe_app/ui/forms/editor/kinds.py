"""The kinds of items to choose from: what each is called in the editor, and when it is the right one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import ItemKind

ORDER = (
    ItemKind.RATING,
    ItemKind.CHECK,
    ItemKind.CHOICE,
    ItemKind.CHOICES,
    ItemKind.NUMBER,
    ItemKind.TEXT,
    ItemKind.TALLY,
    ItemKind.TIMER,
    ItemKind.INTERVAL,
    ItemKind.SWEEP,
    ItemKind.WAIT,
    ItemKind.GUIDANCE,
)


def kind_title(kind: ItemKind) -> str:
    """Name of a kind, as a heading has it."""
    tr = QCoreApplication.translate
    return {
        ItemKind.CHECK: tr("form kinds", "Yes or no"),
        ItemKind.RATING: tr("form kinds", "Rating"),
        ItemKind.CHOICE: tr("form kinds", "One of several"),
        ItemKind.CHOICES: tr("form kinds", "Any of several"),
        ItemKind.NUMBER: tr("form kinds", "Number"),
        ItemKind.TEXT: tr("form kinds", "Words"),
        ItemKind.TALLY: tr("form kinds", "Tally"),
        ItemKind.TIMER: tr("form kinds", "Timer"),
        ItemKind.INTERVAL: tr("form kinds", "Codes in intervals"),
        ItemKind.SWEEP: tr("form kinds", "Sweep"),
        ItemKind.WAIT: tr("form kinds", "Wait time"),
        ItemKind.GUIDANCE: tr("form kinds", "Guidance"),
    }[kind]


def kind_purpose(kind: ItemKind) -> str:
    """One line that says when to use a kind."""
    tr = QCoreApplication.translate
    return {
        ItemKind.CHECK: tr("form kinds", "Something either happened or it did not. “Not seen” is always there too."),
        ItemKind.RATING: tr("form kinds", "How far something was to be seen, in levels with words of their own."),
        ItemKind.CHOICE: tr("form kinds", "One answer fits: pairs, groups, the whole class."),
        ItemKind.CHOICES: tr("form kinds", "Several answers may fit at the same time: materials, media, methods."),
        ItemKind.NUMBER: tr("form kinds", "A count or an amount that is known at once: students present."),
        ItemKind.TEXT: tr("form kinds", "A sentence or a passage in the observer’s words."),
        ItemKind.TALLY: tr("form kinds", "Moments to count while they happen, each with its time: open questions."),
        ItemKind.TIMER: tr(
            "form kinds", "How long something goes on, such as who is talking; timers can exclude others."
        ),
        ItemKind.INTERVAL: tr("form kinds", "What goes on in every two minutes, by short codes, as COPUS does."),
        ItemKind.SWEEP: tr("form kinds", "Look round every few minutes: how many are at the task."),
        ItemKind.WAIT: tr("form kinds", "The silence after a question or after an answer, in seconds."),
        ItemKind.GUIDANCE: tr("form kinds", "Words for the observer; nothing to fill in."),
    }[kind]
