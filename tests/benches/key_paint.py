"""A key in the note line to the letter painted, in a visit with 10,000 events, beside a bare text field."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.services.core import close, subscribe
from tests.benches._lesson import filled_lesson
from tests.benches.common import Result, compared, settle
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QWidget


_WORDS = "S7 “Can I use the bar from yesterday” asks S3, who seemed bored and draws a good one #open "
_ROUNDS = 12
_WARM = 60

Field = tuple["QWidget", "Callable[[], object]"]
"""A field to type into, and what empties it."""


def run() -> Result:
    """Press each key of a note in both fields by turns; the paint that shows the letter ends each measurement."""
    app = offscreen_app()
    from PySide6.QtWidgets import QPlainTextEdit

    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab
    from observe_app.ui.observe.commands import live_commands
    from observe_app.ui.observe.note_edit import NoteEdit
    from observe_app.ui.theme import font

    painted = {"ours": "", "bare": ""}
    plain = NoteEdit.paintEvent

    class Bare(QPlainTextEdit):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            painted["bare"] = self.toPlainText()

    def recorded(self: NoteEdit, event: QPaintEvent) -> None:
        plain(self, event)
        painted["ours"] = self.head.typed(self.words)

    NoteEdit.paintEvent = recorded  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        core.settings.change(abbreviations=(("tt", "think time"), ("wb", "whiteboard")))
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        tab, bare = ObserveTab(core, bus), Bare()
        bare.setFont(font("note"))
        bare.resize(560, 26)
        bare.show()
        tab.resize(1290, 700)
        tab.open_visit(filled_lesson(core))
        tab.line.set_commands(live_commands())
        tab.show()
        tab.activateWindow()
        tab.focus_line()
        for _round in range(20):
            app.processEvents()
        settle()
        ours, theirs = by_turns(app, (tab.line.edit, tab.line.clear_line), (bare, bare.clear), painted)
        events = len(tab.live.events) if tab.live else 0
        tab.line.clear_line()
        tab.close()
        tab.deleteLater()
        bare.deleteLater()
        stop()
        close(core)
    NoteEdit.paintEvent = plain  # type: ignore[method-assign]
    result = compared("key-paint", ours, "bare QPlainTextEdit", theirs)
    result["events"] = events
    return result


def by_turns(app: QApplication, ours: Field, bare: Field, painted: dict[str, str]) -> tuple[list[float], list[float]]:
    """Type the words into both fields, a letter here and a letter there; return the milliseconds of each."""
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    for number in range(_ROUNDS):
        ours[1]()
        bare[1]()
        app.processEvents()
        for place, letter in enumerate(_WORDS):
            for name, widget in (("bare", bare[0]), ("ours", ours[0])):
                before, start = painted[name], time.perf_counter()
                send(widget, letter)
                while painted[name] == before:
                    app.processEvents()
                if number * len(_WORDS) + place >= _WARM:
                    times[name].append((time.perf_counter() - start) * 1e3)
    return times["ours"], times["bare"]


def send(widget: QWidget, letter: str) -> None:
    """Press and release the key of a letter; one beyond ASCII comes as a key event with its text."""
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    if letter.isascii():
        QTest.keyClick(widget, letter)
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
