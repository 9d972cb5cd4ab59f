"""What is done with surveys, in words, for undo and the history."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

KINDS = {
    "survey.create": QT_TRANSLATE_NOOP("undo", "New survey"),
    "survey.edit": QT_TRANSLATE_NOOP("undo", "Change to a survey"),
    "survey.open": QT_TRANSLATE_NOOP("undo", "Opened survey"),
    "survey.close": QT_TRANSLATE_NOOP("undo", "Closed survey"),
    "survey.reopen": QT_TRANSLATE_NOOP("undo", "Survey opened again"),
    "survey.remove": QT_TRANSLATE_NOOP("undo", "Removed survey"),
    "survey.again": QT_TRANSLATE_NOOP("undo", "Next round of a survey"),
    "survey.answer": QT_TRANSLATE_NOOP("undo", "Answer to a survey"),
    "survey.answer_named": QT_TRANSLATE_NOOP("undo", "Answer to a survey"),
    "survey.collect": QT_TRANSLATE_NOOP("undo", "Collected answers"),
    "survey.release": QT_TRANSLATE_NOOP("undo", "Shown answers"),
    "survey.pass": QT_TRANSLATE_NOOP("undo", "Survey passed by"),
    "survey.take_over": QT_TRANSLATE_NOOP("undo", "Answers collected on this computer"),
}
