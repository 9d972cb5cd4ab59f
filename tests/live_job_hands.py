"""Hands on a lesson in the real window: what a person does while observing, and what the record says afterwards."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication

from observe_app.domain.event import Event, EventKind
from observe_app.domain.note_line import clock_text
from observe_app.services import notes, visits
from observe_app.services.exchange.visit_out import export_visit
from observe_app.ui.data_page import VisitTarget
from tests.ui.window import ALT, CTRL, NONE, SHIFT, Key, Program

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from PySide6.QtCore import Qt

    from observe_app.domain.clock import FakeClock
    from observe_app.ui.observe.tab import ObserveTab

WIDE = 1366, 768


def has_keyboard(name: str) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and focused.objectName() == name


class Lesson:
    """One lesson as it is observed: keys at their moments, and what there is to see.

    Attributes:
        began: wall time of the lesson's start.
    """

    def __init__(self, program: Program, clock: FakeClock, visit_id: str) -> None:
        self.program, self.clock, self.visit_id = program, clock, visit_id
        self.began: datetime = clock.now()

    @property
    def tab(self) -> ObserveTab:
        return self.program.window.current_page.tab

    @property
    def now(self) -> int:
        """Milliseconds since the lesson began."""
        return round((self.clock.now() - self.began).total_seconds() * 1000)

    @property
    def said(self) -> str:
        """The sentence at the bottom of the stream."""
        return self.tab.pane.notice.text

    @property
    def asked(self) -> str:
        """The sentence above the page, "" without one."""
        bar = self.tab.message_bar
        return bar.message.text if bar.isVisible() and bar.message is not None else ""

    def start(self) -> None:
        """Begin the lesson by its key."""
        self.program.press(Key.Key_Return, CTRL, "\r")
        self.began = self.clock.now()
        assert self.program.window.current_page.tab.live.begun
        self.program.wait(lambda: has_keyboard("note_edit"))

    def at(self, time: str) -> None:
        """Wait until this lesson time."""
        minutes, seconds = time.split(":")
        moment = self.began + timedelta(minutes=int(minutes), seconds=int(seconds))
        self.clock.advance(seconds=(moment - self.clock.now()).total_seconds())

    # -- keys

    def function(self, number: int, held: Qt.KeyboardModifier = NONE) -> None:
        self.program.press(Key(int(Key.Key_F1) + number - 1), held)

    def alt(self, letter: str, held: Qt.KeyboardModifier = NONE) -> None:
        self.program.press(Key(ord(letter.upper())), ALT | held, letter)

    def undo(self) -> None:
        self.program.press(Key.Key_Z, CTRL)

    def redo(self) -> None:
        self.program.press(Key.Key_Z, CTRL | SHIFT)

    def to_stream(self) -> None:
        """F6 until the notes have the keyboard."""
        view = self.tab.pane.view
        self.program.walk(Key.Key_F6, lambda focused: focused is view)

    def pick(self, words: str) -> None:
        """Go to the note of these words with the arrows."""
        self.to_stream()
        self.program.press(Key.Key_Home)
        for _ in range(self.tab.model.rowCount()):
            chosen = self.tab.pane.view.selected_event
            if chosen is not None and chosen.text == words:
                return
            self.program.press(Key.Key_Down)
        raise AssertionError(f"no note says {words!r}")

    # -- the record

    def events(self, *kinds: EventKind) -> list[Event]:
        """Return the living events of the visit as the database has them, by time."""
        found = notes.stream(self.program.core, self.visit_id)
        return [event for event in found if not event.deleted and (not kinds or event.kind in kinds)]

    def noted(self) -> list[tuple[str, str, str, tuple[str, ...]]]:
        """Return time, speaker, words and tags of the notes."""
        found = self.events(EventKind.NOTE)
        return [(clock_text(one.offset_ms), one.speaker, one.text, one.tags) for one in found]

    def exported(self, target: Path) -> dict[str, Any]:
        """Return the exported JSON."""
        export_visit(self.program.core, visit_id=self.visit_id, target=target)
        found: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        return found


def planned(
    program: Program, clock: FakeClock, *, form: str = "", teacher: str = "Amina Diallo", **more: Any
) -> Lesson:
    """Plan a visit and show it, ready to begin; who uses the folder must be known."""
    visit = visits.plan(program.core, teacher=teacher, form_id=form, **more)
    return shown(program, clock, visit.id)


def shown(program: Program, clock: FakeClock, visit_id: str) -> Lesson:
    """Open a visit at its Observe page."""
    program.desk.go_to_visit(VisitTarget(visit_id, "observe"))
    lesson = Lesson(program, clock, visit_id)
    assert lesson.tab.visit_id == visit_id
    program.window.resize(*WIDE)
    lesson.began = visits.get(program.core, visit_id).started or clock.now()
    return lesson


# -- lessons from elsewhere


def transcript(path: Path) -> list[tuple[str, str]]:
    """Return (speaker, sentence) of each row, read without our own reader."""
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        heads, *rows = book.active.iter_rows(values_only=True)
    who, what = heads.index("Speaker"), heads.index("Sentence")
    return [(str(row[who] or ""), " ".join(str(row[what]).split())) for row in rows if row[what] is not None]


def speaker_codes(names: list[str]) -> list[str]:
    """Return what an observer types for each speaker: T, SS for several, S, and a number for a name."""
    numbers: dict[str, str] = {}
    codes = []
    for name in names:
        if re.fullmatch(r"T( \d)?", name):
            codes.append("T")
        elif name.upper() == "SS" or " and " in name:
            codes.append("SS")
        elif name in ("S", "Student"):
            codes.append("S")
        else:
            codes.append(numbers.setdefault(name, f"S{len(numbers) + 1}"))
    return codes
