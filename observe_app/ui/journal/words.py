"""Kinds of picks in the words of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from observe_app.domain.portfolio import PickKind


def kind_words(kind: PickKind) -> str:
    """Return what such picks are called."""
    tr = QCoreApplication.translate
    return {
        PickKind.ENTRY: tr("journal", "Journal"),
        PickKind.EXCERPT: tr("journal", "Given to groups"),
        PickKind.STEP: tr("journal", "Action steps closed"),
        PickKind.STRENGTH: tr("journal", "Strengths seen in your lessons"),
        PickKind.CERTIFICATE: tr("journal", "Certificates"),
        PickKind.WORDS: tr("journal", "Own words"),
    }[kind]


def one_of(kind: PickKind) -> str:
    """Return what one such pick is called."""
    tr = QCoreApplication.translate
    return {
        PickKind.ENTRY: tr("journal", "Journal"),
        PickKind.EXCERPT: tr("journal", "Given to a group"),
        PickKind.STEP: tr("journal", "Action step closed"),
        PickKind.STRENGTH: tr("journal", "Strength seen"),
        PickKind.CERTIFICATE: tr("journal", "Certificate"),
        PickKind.WORDS: tr("journal", "Own words"),
    }[kind]


def prompt_words(prompt: str) -> str:
    """Return a question of the program's in the language of the window; any other text as it is."""
    lookup = QCoreApplication.translate  # the literals are marked in services.learning.prompts
    return lookup("prompts", prompt) if prompt else ""
