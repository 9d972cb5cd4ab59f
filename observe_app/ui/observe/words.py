"""What the stream says after something was done, taken back or brought again."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def undone_words(kind: str) -> str:
    """Return the sentence after undo of an action kind such as "note.add"."""
    tr = QCoreApplication.translate
    return {
        "note.add": tr("Observe", "Note removed. Ctrl Shift Z brings it back"),
        "note.edit": tr("Observe", "The note reads as before. Ctrl Shift Z brings the change back"),
        "note.retime": tr("Observe", "The note has its old time again. Ctrl Shift Z brings the change back"),
        "note.star": tr("Observe", "The star is as before. Ctrl Shift Z brings the change back"),
        "note.private": tr("Observe", "Private is as before. Ctrl Shift Z brings the change back"),
        "note.delete": tr("Observe", "The note is back. Ctrl Shift Z removes it again"),
        "answer.give": tr("Observe", "The answer is as before. Ctrl Shift Z brings the change back"),
        "evidence.link": tr("Observe", "Link removed. Ctrl Shift Z brings it back"),
        "evidence.unlink": tr("Observe", "The link is back. Ctrl Shift Z removes it again"),
        "import.notes": tr("Observe", "The imported notes are removed. Ctrl Shift Z brings them back"),
    }.get(kind, tr("Observe", "Taken back. Ctrl Shift Z brings it back"))


def redone_words(kind: str) -> str:
    """Return the sentence after redo of an action kind."""
    tr = QCoreApplication.translate
    return {
        "note.add": tr("Observe", "The note is back. Ctrl Z removes it again"),
        "note.delete": tr("Observe", "Note removed. Ctrl Z brings it back"),
        "evidence.link": tr("Observe", "The link is back. Ctrl Z removes it again"),
        "evidence.unlink": tr("Observe", "Link removed. Ctrl Z brings it back"),
    }.get(kind, tr("Observe", "Brought back. Ctrl Z takes it back again"))
