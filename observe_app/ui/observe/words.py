"""What the stream says after something was done, taken back or brought again, and what it calls a form's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from observe_app.domain.form import text_in

if TYPE_CHECKING:
    from observe_app.domain.form import Form


def item_names(form: Form | None) -> dict[tuple[str, str], str]:
    """Return the names of a form's items and codes, by (item id, code); the code is "" for the item itself."""
    language = QLocale().name()
    names: dict[tuple[str, str], str] = {}
    for item in form.items if form else ():
        names[item.id, ""] = text_in(item.label, language)
        for side in item.sides:
            names.update({(item.id, side.full(code)): text_in(code.label, language) for code in side.codes})
    return names


def undone_words(kind: str) -> str:
    """Return the sentence after undo of an action kind such as "note.add"."""
    translate = QCoreApplication.translate
    return {
        "note.add": translate("Observe", "Note removed. Ctrl Shift Z brings it back"),
        "note.edit": translate("Observe", "The note reads as before. Ctrl Shift Z brings the change back"),
        "note.retime": translate("Observe", "The note has its old time again. Ctrl Shift Z brings the change back"),
        "note.star": translate("Observe", "The star is as before. Ctrl Shift Z brings the change back"),
        "note.private": translate("Observe", "Private is as before. Ctrl Shift Z brings the change back"),
        "note.delete": translate("Observe", "The note is back. Ctrl Shift Z removes it again"),
        "note.split": translate("Observe", "The note is one again. Ctrl Shift Z splits it"),
        "note.join": translate("Observe", "The notes are two again. Ctrl Shift Z joins them"),
        "answer.give": translate("Observe", "The answer is as before. Ctrl Shift Z brings the change back"),
        "happening.tally": translate("Observe", "Tally removed. Ctrl Shift Z brings it back"),
        "happening.untally": translate("Observe", "The tally is back. Ctrl Shift Z removes it again"),
        "happening.start": translate("Observe", "The timer is as before. Ctrl Shift Z starts it again"),
        "happening.stop": translate("Observe", "The timer runs on. Ctrl Shift Z ends it again"),
        "happening.tick": translate("Observe", "Tick removed. Ctrl Shift Z brings it back"),
        "happening.untick": translate("Observe", "The tick is back. Ctrl Shift Z removes it again"),
        "happening.stretch": translate("Observe", "The typed times are removed. Ctrl Shift Z brings them back"),
        "happening.comment": translate("Observe", "The words are as before. Ctrl Shift Z brings the change back"),
        "happening.looked": translate("Observe", "The interval is as before. Ctrl Shift Z brings the change back"),
        "happening.same": translate("Observe", "The codes are as before. Ctrl Shift Z brings them back"),
        "happening.level": translate("Observe", "The level is as before. Ctrl Shift Z brings the change back"),
        "happening.sweep": translate("Observe", "Sweep removed. Ctrl Shift Z brings it back"),
        "happening.wait": translate("Observe", "Wait removed. Ctrl Shift Z brings it back"),
        "happening.outcome": translate("Observe", "The wait is as before. Ctrl Shift Z brings the change back"),
        "happening.spoke": translate("Observe", "Who spoke is as before. Ctrl Shift Z brings the press back"),
        "evidence.link": translate("Observe", "Link removed. Ctrl Shift Z brings it back"),
        "evidence.unlink": translate("Observe", "The link is back. Ctrl Shift Z removes it again"),
        "visit.seating": translate("Observe", "The seating plan is as before. Ctrl Shift Z brings the change back"),
        "lesson.phase": translate("Observe", "Phase removed. Ctrl Shift Z brings it back"),
        "lesson.pause": translate("Observe", "The lesson is not paused. Ctrl Shift Z pauses it again"),
        "lesson.resume": translate("Observe", "The pause goes on. Ctrl Shift Z ends it again"),
        "lesson.gap": translate("Observe", "Clock and notes are as before the answer. Ctrl Shift Z brings it back"),
        "lesson.clock": translate("Observe", "The lesson clock is as before. Ctrl Shift Z sets it again"),
        "import.notes": translate("Observe", "The imported notes are removed. Ctrl Shift Z brings them back"),
    }.get(kind, translate("Observe", "Taken back. Ctrl Shift Z brings it back"))


def redone_words(kind: str) -> str:
    """Return the sentence after redo of an action kind."""
    translate = QCoreApplication.translate
    return {
        "note.add": translate("Observe", "The note is back. Ctrl Z removes it again"),
        "note.delete": translate("Observe", "Note removed. Ctrl Z brings it back"),
        "note.split": translate("Observe", "Split into two notes. Ctrl Z makes them one again"),
        "note.join": translate("Observe", "The two notes are one. Ctrl Z parts them again"),
        "evidence.link": translate("Observe", "The link is back. Ctrl Z removes it again"),
        "evidence.unlink": translate("Observe", "Link removed. Ctrl Z brings it back"),
    }.get(kind, translate("Observe", "Brought back. Ctrl Z takes it back again"))
