"""A code key to the tick painted, in three hours of a COPUS visit with every code ticked, beside a bare FULL commit."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.clock import FakeClock
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import led_by_codes
from observe_app.services import happenings, visits
from observe_app.services.core import close, subscribe
from tests.benches.common import Result, compared, settle
from tests.benches.note_paint import bare_store, offscreen_app

if TYPE_CHECKING:
    import sqlite3

    from PySide6.QtWidgets import QApplication

    from observe_app.services.core import Core
    from observe_app.ui.observe import ObserveTab

_MINUTES = 180
_PRESSES = 300
_WARM = 20


def run() -> Result:
    """Press code keys alone in the last interval; the paint that shows the tick ends each measurement."""
    app = offscreen_app()
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab
    from observe_app.ui.observe.code_cell import CodeCell

    painted: dict[str, bool] = {}
    plain = CodeCell.paintEvent

    def recorded(self: CodeCell, event: object) -> None:
        plain(self, event)  # type: ignore[arg-type]
        painted[self.full] = self.isChecked()

    CodeCell.paintEvent = recorded  # type: ignore[method-assign, assignment]
    with tempfile.TemporaryDirectory() as folder, closing(bare_store(Path(folder) / "bare.sqlite")) as bare:
        core = wire_core(Path(folder), clock=FakeClock())
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        tab = ObserveTab(core, bus)
        tab.resize(1366, 768)
        visit_id, count = coded_visit(core)
        tab.open_visit(visit_id)
        tab.show()
        tab.focus_line()
        tab.to_codes()
        app.processEvents()
        settle()
        ours, theirs = _by_turns(app, tab, bare, painted)
        tab.close()
        tab.deleteLater()
        stop()
        close(core)
    CodeCell.paintEvent = plain  # type: ignore[method-assign]
    result = compared("interval-tick", ours, "bare sqlite3 FULL commit", theirs)
    result["events"] = count
    return result


def _by_turns(
    app: QApplication, tab: ObserveTab, bare: sqlite3.Connection, painted: dict[str, bool]
) -> tuple[list[float], list[float]]:
    """Commit a row and press a code's key by turns; return the milliseconds of the keys and of the commits."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    field = tab.board.codes
    if field is None:
        raise RuntimeError("the form is not led by codes")
    cells = [cell for cell in field.toggles.values() if cell.key and cell.isVisible()]
    ours, theirs = [], []
    for number in range(_PRESSES + _WARM):
        begin = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO note(at, body) VALUES (?, ?)", (begin, f"Ticks a code, {number}"))
        bare.execute("COMMIT")
        middle = time.perf_counter()
        app.processEvents()
        cell = cells[number % len(cells)]
        before, start = painted[cell.full], time.perf_counter()
        QTest.keyClick(tab.windowHandle(), Qt.Key(ord(cell.key.upper())))
        while painted[cell.full] == before:
            app.processEvents()
        if number >= _WARM:
            theirs.append((middle - begin) * 1e3)
            ours.append((time.perf_counter() - start) * 1e3)
    return ours, theirs


def coded_visit(core: Core) -> tuple[str, int]:
    """Plan and begin a visit, tick every code in each of its intervals; return its id and how many ticks there are."""
    clock = core.clock
    visit = visits.plan(core, form_id="copus", minutes=_MINUTES)
    visit = visits.begin(core, visit_id=visit.id, at=clock.now() - timedelta(minutes=_MINUTES, seconds=-30))
    form = visits.form_of(visit)
    item = led_by_codes(form) if form is not None else None
    if item is None:
        raise RuntimeError("the form is not led by codes")
    codes = [side.full(code) for side in item.sides for code in side.codes]
    events = [
        Event(
            id=happenings.cell_id(visit.id, item.id, index, code),
            visit_id=visit.id,
            kind=EventKind.INTERVAL,
            offset_ms=index * item.seconds * 1000,
            wall=clock.now(),
            item=item.id,
            code=code,
            value=1.0,
        )
        for index in range(_MINUTES * 60 // item.seconds)
        for code in codes
    ]
    with core.store.write("import.intervals", scope=visit.id) as unit:
        unit.events.add_many(events)
        unit.commit()
    return visit.id, len(events)
