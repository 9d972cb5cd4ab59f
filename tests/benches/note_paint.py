"""Enter in the note line to the row painted, through the window's own event queue, beside a bare FULL commit."""

from __future__ import annotations

import os
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.services.core import close, subscribe
from tests.benches._lesson import EVENTS, filled_lesson
from tests.benches.common import Result, compared, settle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_NOTES = 300
_WARM = 20


def run() -> Result:
    """Measure in a visit that has 10,000 events already; the paint that shows the new row ends each measurement."""
    app = offscreen_app()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab
    from observe_app.ui.observe.stream_model import StreamRole
    from observe_app.ui.observe.stream_view import StreamDelegate

    painted: set[str] = set()

    class Recorder(StreamDelegate):
        def paint_row(self, painter, rect, index, *, is_selected):  # type: ignore[no-untyped-def]
            super().paint_row(painter, rect, index, is_selected=is_selected)
            painted.add(index.data(StreamRole.EVENT).id)

    with tempfile.TemporaryDirectory() as folder, closing(bare_store(Path(folder) / "bare.sqlite")) as bare:
        core = wire_core(Path(folder))
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        tab = ObserveTab(core, bus)
        tab.pane.view.setItemDelegate(Recorder(tab.pane.view))
        tab.resize(1290, 700)
        tab.open_visit(filled_lesson(core))
        tab.show()
        tab.focus_line()
        app.processEvents()
        settle()
        ours, theirs = [], []
        for number in range(_NOTES + _WARM):
            begin = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO note(at, body) VALUES (?, ?)", (begin, f"Counts on fingers to {number}"))
            bare.execute("COMMIT")
            middle = time.perf_counter()
            QTest.keyClicks(tab.line.edit, f"T Counts on fingers to {number}")
            app.processEvents()
            count, start = len(painted), time.perf_counter()
            QTest.keyClick(tab.windowHandle(), Qt.Key.Key_Return)
            while len(painted) == count:
                app.processEvents()
            if number >= _WARM:
                theirs.append((middle - begin) * 1e3)
                ours.append((time.perf_counter() - start) * 1e3)
        tab.close()
        tab.deleteLater()
        stop()
        close(core)
    result = compared("note-paint", ours, "bare sqlite3 FULL commit", theirs)
    result["events"] = EVENTS
    return result


def offscreen_app() -> QApplication:
    """Return the application, without a screen unless one is asked for, in the program's own look."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from observe_app.ui.theme import ThemeChoice, ThemeController

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    if app.findChild(ThemeController) is None:
        ThemeController(app).apply(ThemeChoice.LIGHT)
    return app


def bare_store(path: Path) -> sqlite3.Connection:
    """Open a bare database whose commits reach the disk."""
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, at REAL, body TEXT)")
    return bare
