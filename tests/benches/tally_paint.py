"""A tally key in the window to the count painted, in a visit of 10,000 events, beside a bare FULL commit."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from pathlib import Path

from observe_app.app import wire_core
from observe_app.services.core import close, subscribe
from tests.benches._lesson import EVENTS, filled_lesson
from tests.benches.common import Result, compared, settle
from tests.benches.note_paint import bare_store, offscreen_app

_PRESSES = 300
_WARM = 20


def run() -> Result:
    """Measure with the keyboard in the note line; the paint that shows the new count ends each measurement."""
    app = offscreen_app()
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.form_panel import tally_item
    from observe_app.ui.observe import ObserveTab

    painted: dict[str, int] = {}
    plain = tally_item.TallyItem

    class Recorder(plain):  # type: ignore[valid-type,misc]
        def paintEvent(self, event):  # type: ignore[no-untyped-def]
            super().paintEvent(event)
            painted[self.item.id] = self.count

    tally_item.TallyItem = Recorder  # type: ignore[misc]
    keys = ((Qt.Key.Key_F2, "remember"), (Qt.Key.Key_F3, "understand"), (Qt.Key.Key_F4, "apply"))
    with tempfile.TemporaryDirectory() as folder, closing(bare_store(Path(folder) / "bare.sqlite")) as bare:
        core = wire_core(Path(folder))
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        tab = ObserveTab(core, bus)
        tab.resize(1290, 700)
        tab.open_visit(filled_lesson(core))
        tab.show()
        tab.focus_line()
        app.processEvents()
        settle()
        ours, theirs = [], []
        for number in range(_PRESSES + _WARM):
            begin = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO note(at, body) VALUES (?, ?)", (begin, f"Counts on fingers to {number}"))
            bare.execute("COMMIT")
            middle = time.perf_counter()
            app.processEvents()
            key, item = keys[number % len(keys)]
            wanted, start = painted[item] + 1, time.perf_counter()
            QTest.keyClick(tab.windowHandle(), key)
            while painted[item] != wanted:
                app.processEvents()
            if number >= _WARM:
                theirs.append((middle - begin) * 1e3)
                ours.append((time.perf_counter() - start) * 1e3)
        tab.close()
        tab.deleteLater()
        stop()
        close(core)
    tally_item.TallyItem = plain  # type: ignore[misc]
    result = compared("tally-paint", ours, "bare sqlite3 FULL commit", theirs)
    result["events"] = EVENTS
    return result
