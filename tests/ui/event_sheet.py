"""Items that events fill, under each other as a panel has them, on a real store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_clock import LessonClock
from observe_app.services import visits
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.form_panel.interval_item import IntervalItem
from observe_app.ui.form_panel.keeper import StoredKeeper
from observe_app.ui.form_panel.sweep_item import SweepItem
from observe_app.ui.form_panel.tally_item import TallyItem
from observe_app.ui.form_panel.timer_item import TimerItem
from observe_app.ui.form_panel.wait_item import WaitItem
from tests.services.event_form import visit_with

if TYPE_CHECKING:
    from observe_app.domain.visit import Visit

KINDS = {
    ItemKind.TALLY: TallyItem,
    ItemKind.TIMER: TimerItem,
    ItemKind.WAIT: WaitItem,
    ItemKind.SWEEP: SweepItem,
    ItemKind.INTERVAL: IntervalItem,
}


@dataclass
class Lesson:
    """A visit and its clock."""

    visit: Visit
    clock: LessonClock


class Sheet(QWidget):
    """One widget per item that events fill; what changes elsewhere is shown anew."""

    def __init__(self, core, bus, visit_id):
        super().__init__()
        visit = visits.get(core, visit_id)
        clock = LessonClock(core.clock, started=visit.started, ended=visit.ended)
        self.keeper = StoredKeeper(core, bus, Lesson(visit, clock), visits.form_of(visit), self)
        self.keeper.changed.connect(self._on_changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.items = {}
        self.failures = []
        for item in self.keeper.items:
            if item.kind in KINDS:
                made = KINDS[item.kind](item, item.hotkey.upper(), "en", self.keeper, self)
                made.failed.connect(self.failures.append)
                column.addWidget(made)
                self.items[item.id] = made
        column.addStretch(1)

    def __getitem__(self, name):
        return self.items[name]

    def _on_changed(self, names):
        for name in names & self.items.keys():
            self.items[name].reload()


@pytest.fixture
def visit(core):
    """Begin a visit with the form of events."""
    visit_id = visit_with(core)
    visits.begin(core, visit_id=visit_id)
    return visit_id


@pytest.fixture
def open_sheet(core, shown):
    """Return a function that shows the items of a visit."""
    bus = ChangeBus()
    stop = subscribe(core, bus.publish)
    opened = []

    def open_one(visit_id, width=436):
        sheet = Sheet(core, bus, visit_id)
        opened.append(sheet)
        sheet.resize(width, 1400)
        return shown(sheet)

    yield open_one
    stop()


@pytest.fixture
def sheet(open_sheet, visit):
    """Show the items of the begun visit."""
    return open_sheet(visit)
