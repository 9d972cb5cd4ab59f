"""Opening a visit with 2,000 notes until its stream is painted, beside reading the same rows with bare sqlite3."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from observe_app.app import wire_core
from observe_app.services.core import close, subscribe
from tests.benches.common import Result, compared
from tests.benches.note_paint import filled_visit, offscreen_app

_NOTES = 2000
_ROUNDS = 30


def run() -> Result:
    """Measure `open_visit` of the Observe tab and the paint that follows, in interleaved pairs."""
    app = offscreen_app()
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab

    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        full, empty = filled_visit(core, _NOTES), filled_visit(core, 0)
        tab = ObserveTab(core, bus)
        tab.resize(1290, 700)
        tab.open_visit(empty)
        tab.show()
        app.processEvents()
        ours, theirs = [], []
        with closing(sqlite3.connect(Path(folder) / "observe.sqlite")) as bare:
            for _round in range(_ROUNDS):
                tab.open_visit(empty)
                app.processEvents()
                begin = time.perf_counter()
                bare.execute("SELECT * FROM event WHERE visit_id = ? ORDER BY offset_ms, id", (full,)).fetchall()
                middle = time.perf_counter()
                tab.open_visit(full)
                tab.repaint()
                app.processEvents()
                end = time.perf_counter()
                theirs.append((middle - begin) * 1e3)
                ours.append((end - middle) * 1e3)
        tab.close()
        tab.deleteLater()
        stop()
        close(core)
    result = compared("visit-open", ours, "the same rows read with bare sqlite3", theirs)
    result["notes"] = _NOTES
    return result
