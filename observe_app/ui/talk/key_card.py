"""F1 on the Talk page: every key of it on one card, in the order in which the work goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.key_press import CommandKeys
from observe_app.ui.key_words import command_title
from observe_app.ui.observe.key_card import KeyCard, KeyGroup
from observe_app.ui.talk.marks import KINDS, kind_key

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.key_table import KeyRows


def talk_groups(own: KeyRows) -> tuple[KeyGroup, ...]:
    """Return what the card shows; `own` are the person's own keys of the commands."""
    keys = CommandKeys(own)
    return _notes(), _claims(), _conversation(), _steps(), _page(keys)


def open_card(own: KeyRows, parent: QWidget) -> KeyCard:
    """Show the keys over the window of `parent`."""
    title = QCoreApplication.translate("TalkKeys", "Keys in the conversation")
    card = KeyCard(talk_groups(own), title, CommandKeys(own).key("keys"), parent)
    card.open_over()
    return card


def _notes() -> KeyGroup:
    tr = QCoreApplication.translate
    kinds = [kind_key(kind) for kind in KINDS]
    words = (
        tr("TalkKeys", "A strength with the picked notes"),
        tr("TalkKeys", "A growth area with them"),
        tr("TalkKeys", "A question with them"),
    )
    rows = (
        *zip(kinds, words, strict=True),
        (f"{tr('TalkKeys', 'Shift')} {kinds[0]}", tr("TalkKeys", "The same without notes")),
        ("L", tr("TalkKeys", "Link them to the claim, answer or step")),
        (tr("TalkKeys", "Enter"), tr("TalkKeys", "Write the selected claim")),
        ("↑ ↓", tr("TalkKeys", "Pick a note")),
        (tr("TalkKeys", "Shift ↓"), tr("TalkKeys", "Pick several")),
        ("V", tr("TalkKeys", "Views, and notes again")),
        (tr("TalkKeys", "Esc"), tr("TalkKeys", "Every note again")),
    )
    return KeyGroup(tr("TalkKeys", "Notes"), rows)


def _claims() -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        ("↑ ↓ ← →", tr("TalkKeys", "Go from claim to claim")),
        (tr("TalkKeys", "Enter"), tr("TalkKeys", "Write")),
        (tr("TalkKeys", "Tab"), tr("TalkKeys", "From the title to the text, and on")),
        (tr("TalkKeys", "Alt ↑ ↓"), tr("TalkKeys", "Move it in its column")),
        (tr("TalkKeys", "Alt ← →"), tr("TalkKeys", "Move it to the next column")),
        (tr("TalkKeys", "Del"), tr("TalkKeys", "Delete it; on a quotation: take that away")),
        ("F", tr("TalkKeys", "Answers in the form, and claims again")),
        (tr("TalkKeys", "Esc"), tr("TalkKeys", "Done writing; again: back to the notes")),
    )
    return KeyGroup(tr("TalkKeys", "Claims and answers"), rows)


def _conversation() -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        ("C", tr("TalkKeys", "Go to the conversation")),
        (tr("TalkKeys", "Enter"), tr("TalkKeys", "Keep what was said")),
        (tr("TalkKeys", "Alt S"), tr("TalkKeys", "Somebody else speaks")),
        (tr("TalkKeys", "Ctrl ↓"), tr("TalkKeys", "Next prompt")),
        (tr("TalkKeys", "Ctrl ↑"), tr("TalkKeys", "Prompt before")),
        ("↑", tr("TalkKeys", "In the empty line: what was said last")),
        (tr("TalkKeys", "Enter"), tr("TalkKeys", "On it: change the words")),
        (tr("TalkKeys", "Del"), tr("TalkKeys", "On it: delete it")),
    )
    return KeyGroup(tr("TalkKeys", "Conversation"), rows)


def _steps() -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        ("N", tr("TalkKeys", "Agree on a step")),
        (tr("TalkKeys", "Enter"), tr("TalkKeys", "Write; then on to the day")),
        ("↑ ↓", tr("TalkKeys", "Go from step to step")),
        (tr("TalkKeys", "Space"), tr("TalkKeys", "Done, or open again")),
        (tr("TalkKeys", "Del"), tr("TalkKeys", "Delete it")),
    )
    return KeyGroup(tr("TalkKeys", "Action steps"), rows)


def _page(keys: CommandKeys) -> KeyGroup:
    tr = QCoreApplication.translate
    rows = (
        ("F6", tr("TalkKeys", "Next part of the window")),
        (tr("TalkKeys", "Shift F6"), tr("TalkKeys", "Part before")),
        *((keys.cap(one), command_title(one)) for one in ("undo", "redo")),
        (keys.cap("keys"), tr("TalkKeys", "This card")),
    )
    return KeyGroup(tr("TalkKeys", "Page"), rows)
