"""The longest time the window's thread is kept busy by each thing a person does, in a visit with 2,000 notes.

The window that nobody touches stands beside it: it loads what it needs later, and the machine has its own turns. Each
act is told twice: the whole time, and the processor time of the window's own thread, which other programs do not touch.
"""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from tests.benches.common import Result

_NOTES = 2000
_LIMIT_MS = 50
_AHEAD_S = 4.0
"""So long the window loads and builds its pages ahead, a part each turn, while nobody does anything."""


def run() -> Result:
    """Measure each act; `over` names those above 50 ms, `over_cpu` those that are by their own work."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from observe_app.app import wire_core
    from observe_app.services import notes, people, visits
    from observe_app.ui.application import make_application, make_theme
    from observe_app.ui.data_page import VisitTarget
    from observe_app.ui.starter import Starter
    from tests.benches.common import settle

    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        people.introduce(core, name="Joonas")
        teacher = people.add(core, name="Amina Diallo-Žižek")
        visit = visits.plan(core, teacher_id=teacher.id, form_id="general-peer-observation")
        visits.begin(core, visit_id=visit.id)
        for number in range(_NOTES):
            notes.add(core, visit_id=visit.id, line=f"S{number % 30} says {number} #tag", offset_ms=number * 1500)
        for _number in range(60):
            visits.plan(core, teacher_id=teacher.id)
        app = make_application()
        starter = Starter(lambda: core, folder=Path(folder), theme=make_theme(app, "light", reduce_motion=True))
        starter.show()
        _until(app, lambda: starter.desk is not None and not starter.jobs.busy)
        desk = starter.desk
        if desk is None:
            raise RuntimeError("the window did not open")
        window = starter.window

        def type_note() -> None:
            edit = window.focusWidget()
            QTest.keyClicks(edit, "T Counts on fingers")
            QTest.keyClick(edit, Qt.Key.Key_Return)

        acts: dict[str, Callable[[], object]] = {
            "visits": lambda: window.go("visits"),
            "people": lambda: window.go("people"),
            "observe": lambda: desk.go_to_visit(VisitTarget(visit.id, "observe")),
            "note": type_note,
            "undo": desk.undo,
            "talk": lambda: desk.go_to_visit(VisitTarget(visit.id, "talk")),
            "follow up": lambda: desk.go_to_visit(VisitTarget(visit.id, "follow_up")),
            "prepare": lambda: desk.go_to_visit(VisitTarget(visit.id, "prepare")),
            "observe again": lambda: desk.go_to_visit(VisitTarget(visit.id, "observe")),
            "palette": window.open_palette,
        }
        settle()
        idle = _longest(app, lambda: None, _AHEAD_S)
        worst = {name: _longest(app, act) for name, act in acts.items()}
        starter.window.close()
    found: Result = {"name": "stalls", "n": len(worst), "reference": "window left alone"}
    found |= {"reference_ms": round(idle[0], 1), "reference_cpu_ms": round(idle[1], 1)}
    for name, (whole, own) in worst.items():
        found |= {f"{name}_ms": round(whole, 1), f"{name}_cpu_ms": round(own, 1)}
    found["over"] = ", ".join(name for name, (whole, _own) in worst.items() if whole > _LIMIT_MS)
    found["over_cpu"] = ", ".join(name for name, (_whole, own) in worst.items() if own > _LIMIT_MS)
    return found


def _until(app: QApplication, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:
        app.processEvents()


def _longest(app: QApplication, act: Callable[[], object], seconds: float = 1.0) -> tuple[float, float]:
    """Return the longest single turn of the event loop in ms, from the act until so much later, whole and own time."""
    begin, own = time.perf_counter(), time.thread_time()
    act()
    worst, worst_own = time.perf_counter() - begin, time.thread_time() - own
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        turn, own = time.perf_counter(), time.thread_time()
        app.processEvents()
        worst, worst_own = max(worst, time.perf_counter() - turn), max(worst_own, time.thread_time() - own)
    return worst * 1e3, worst_own * 1e3
