"""Opening a visit with 10,000 mixed events until it is painted, beside reading the same rows with bare sqlite3.

The visit with 2,000 notes stands beside it, and by how much opening the large one makes the program grow.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.services.core import close, subscribe
from tests.benches._lesson import EVENTS, filled_lesson
from tests.benches.common import Result, compared, settle
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from observe_app.ui.observe import ObserveTab

_NOTES, _FORM = 2000, "general-peer-observation"
_ROUNDS = 30
_SQL = "SELECT * FROM event WHERE visit_id = ? ORDER BY offset_ms, id"


def run() -> Result:
    """Measure `open_visit` of the Observe tab and the paint that follows, in interleaved pairs."""
    app = offscreen_app()
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab

    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        full, notes, empty = (
            filled_lesson(core),
            filled_lesson(core, _NOTES, form_id=_FORM, only_notes=True),
            filled_lesson(core, 0),
        )
        tab = ObserveTab(core, bus)
        tab.resize(1290, 700)
        tab.open_visit(empty)
        tab.show()
        app.processEvents()
        _opened(app, tab, notes)  # what the first visit of all brings into memory is not this visit's
        _opened(app, tab, empty)
        settle()
        before = _memory_mb()
        first = _opened(app, tab, full)
        grown = _memory_mb() - before
        ours: list[float] = []
        smaller: list[float] = []
        theirs: list[float] = []
        owns: list[float] = []
        with closing(sqlite3.connect(Path(folder) / "observe.sqlite")) as bare:
            for _round in range(_ROUNDS):
                begin = time.perf_counter()
                bare.execute(_SQL, (full,)).fetchall()
                theirs.append((time.perf_counter() - begin) * 1e3)
                for visit_id, times in ((full, ours), (notes, smaller)):
                    tab.open_visit(empty)
                    app.processEvents()
                    whole, own = _opened(app, tab, visit_id)
                    times.append(whole)
                    if visit_id == full:
                        owns.append(own)
        tab.close()
        tab.deleteLater()
        stop()
        close(core)
    result = compared("visit-open", ours, "the same rows read with bare sqlite3", theirs)
    result |= {"fastest_ms": round(min(ours), 3), "first_ms": round(first[0], 3), "events": EVENTS}
    result |= {"median_cpu_ms": round(statistics.median(owns), 3), "fastest_cpu_ms": round(min(owns), 3)}
    result |= {"median_2000_ms": round(statistics.median(smaller), 3), "fastest_2000_ms": round(min(smaller), 3)}
    result["grown_mb"] = round(grown, 1)
    return result


def _opened(app: QApplication, tab: ObserveTab, visit_id: str) -> tuple[float, float]:
    """Return how long it took to open a visit and paint it, and the processor time of that, in ms."""
    begin, own = time.perf_counter(), time.thread_time()
    tab.open_visit(visit_id)
    tab.repaint()
    app.processEvents()
    return (time.perf_counter() - begin) * 1e3, (time.thread_time() - own) * 1e3


def _memory_mb() -> float:
    """Return how much memory the program has now, in MB; 0 where the system does not say so in this way."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), 0.0)
