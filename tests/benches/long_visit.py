"""Three hours of a lesson on an accelerated clock, 20 events a minute: the last tenth beside the first."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.services import visits
from observe_app.services.core import close, subscribe
from tests.benches.common import Result, percentile
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_MINUTES = 180
_A_MINUTE = 20
_RUNS = 3


def run() -> Result:
    """Measure every event from its key to the end of the paint it causes; `ratio` is the median of three runs."""
    app = offscreen_app()
    runs = [_one_lesson(app) for _run in range(_RUNS)]
    tenth = len(runs[0]) // 10
    first = [statistics.median(times[:tenth]) for times in runs]
    last = [statistics.median(times[-tenth:]) for times in runs]
    ratios = [late / early for early, late in zip(first, last, strict=True)]
    every = [one for times in runs for one in times]
    return {
        "name": "long-visit",
        "n": len(every),
        "median_ms": round(statistics.median(every), 3),
        "p95_ms": round(percentile(every, 0.95), 3),
        "reference": "the first tenth of the same lesson",
        "reference_median_ms": round(statistics.median(first), 3),
        "last_tenth_median_ms": round(statistics.median(last), 3),
        "ratio": round(statistics.median(ratios), 3),
        "ratios": ", ".join(f"{one:.3f}" for one in ratios),
    }


def _one_lesson(app: QApplication) -> list[float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab

    with tempfile.TemporaryDirectory() as folder:
        clock = FakeClock()
        core = wire_core(Path(folder), clock=clock)
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        visit = visits.plan(core, form_id="talk-and-participation", minutes=_MINUTES)
        visits.begin(core, visit_id=visit.id)
        tab = ObserveTab(core, bus)
        tab.resize(1290, 700)
        tab.open_visit(visit.id)
        tab.show()
        tab.focus_line()
        app.processEvents()
        keys = [Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5]
        times = []
        for number in range(_MINUTES * _A_MINUTE):
            clock.advance(ms=60_000 // _A_MINUTE)
            key = Qt.Key.Key_Return
            if number % 2:
                key = keys[number // 2 % len(keys)]
            else:
                tab.line.edit.insertPlainText(f"S{number % 30} counts on her fingers to {number}")
            app.processEvents()
            begin = time.perf_counter()
            QTest.keyClick(tab.windowHandle(), key)
            app.processEvents()
            times.append((time.perf_counter() - begin) * 1e3)
        tab.close()
        tab.deleteLater()
        app.processEvents()
        stop()
        close(core)
    return times
