"""What the commands of a lesson are called wherever their keys are listed, and what is wrong with a key in words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from observe_app.domain.key_table import Clash, ClashWhy, KeyKind


def command_title(command_id: str) -> str:
    """Return what a command does, "" where there is none of this id."""
    tr = QCoreApplication.translate
    titles = {
        "blank": tr("key_words", "Hide the screen"),
        "keys": tr("key_words", "Show every key of this form"),
        "form": tr("key_words", "Go to the form, and on"),
        "number": tr("key_words", "Go to an item by its number"),
        "codes": tr("key_words", "Tick codes with the keys alone"),
        "seats": tr("key_words", "Seating plan"),
        "pause": tr("key_words", "Pause the lesson, and go on"),
        "phase": tr("key_words", "Begin a phase of the lesson"),
        "clock": tr("key_words", "Set the lesson's clock"),
        "star": tr("key_words", "Star the note"),
        "private": tr("key_words", "Keep the note private"),
        "retime": tr("key_words", "Give the note another time"),
        "start": tr("key_words", "Start the lesson"),
        "end": tr("key_words", "End the lesson"),
        "undo": tr("key_words", "Take back the last thing done"),
        "redo": tr("key_words", "Bring it back again"),
        "video": tr("key_words", "Open the film of the lesson"),
        "video_play": tr("key_words", "Film: play and pause"),
        "video_back": tr("key_words", "Film: five seconds back"),
        "video_on": tr("key_words", "Film: five seconds on"),
        "video_frame_back": tr("key_words", "Film: one picture back"),
        "video_frame_on": tr("key_words", "Film: one picture on"),
        "video_speed": tr("key_words", "Film: faster, and back to usual"),
    }
    return titles.get(command_id, "")


def clash_words(clash: Clash, other: str) -> str:
    """Return a sentence that says what is wrong with a key.

    Args:
        clash: what is wrong.
        other: what the row that has the key does.
    """
    tr = QCoreApplication.translate
    sentences = {
        ClashWhy.SAME: tr("key_words", "“{other}” has this key already."),
        ClashWhy.WINDOW: tr("key_words", "The window has this key for something else."),
        ClashWhy.SYSTEM: tr("key_words", "The system keeps this key for itself."),
        ClashWhy.TEXT: tr("key_words", "This key writes or moves in the text."),
        ClashWhy.FORM: tr("key_words", "Items of forms have this key."),
        ClashWhy.NOT_HERE: tr("key_words", "This key cannot be had here."),
    }
    return sentences[clash.why].format(other=other)


def refusal_words(why: ClashWhy | None, key: str, kind: KeyKind = KeyKind.COMMAND) -> str:
    """Return a sentence that says why a key just pressed cannot be had.

    Args:
        why: of a command.
        key: as it stands on a cap, "" where it has no name.
        kind: what it was pressed for.
    """
    tr = QCoreApplication.translate
    if kind is KeyKind.ITEM:
        return tr("key_words", "An item takes a letter, or F2 to F9. Esc leaves it.")
    if kind is KeyKind.CODE:
        return tr("key_words", "A code takes a letter or a sign. Esc leaves it.")
    sentence = clash_words(Clash("", why or ClashWhy.NOT_HERE), "")
    return tr("key_words", "{key}: {sentence} Press another.").format(key=key, sentence=sentence)
