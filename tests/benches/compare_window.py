"""From a choice in Compare to its first paint: a term of forty visits and a map of four hundred, in a big folder."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, Slot

from observe_app.app import wire_core
from observe_app.services.compare.term import TermChoice, filled, term
from observe_app.services.core import close
from tests.benches._district import district, teacher_id
from tests.benches.common import Result, compared, settle
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from observe_app.services.core import Core
    from observe_app.ui.compare import ComparePage
    from observe_app.ui.compare.term_tab import TermTab

_TIMES = 8
_TERM, _HEAT = 40, 400


def run() -> Result:
    """Measure the term in the window beside what its services take, and the map of four hundred visits on its own."""
    app = offscreen_app()
    from observe_app.ui.collecting import collect_here

    collect_here()
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.compare import ComparePage
    from observe_app.ui.jobs import JobRunner

    core = wire_core(district())
    jobs = JobRunner()
    page = ComparePage(core, jobs, ChangeBus())
    page.resize(1290, 700)
    page.show()
    page.activate()
    wide = tuple(teacher_id(number) for number in range(10))
    _shown(app, page, (teacher_id(3),))
    _shown(app, page, wide)
    settle()
    ours, theirs, heat, whole = [], [], [], []
    for at in range(_TIMES):
        one = (teacher_id(20 + at),)
        theirs.append(_services(core, one))
        painted, all_there = _shown(app, page, one)
        ours.append(painted)
        whole.append(all_there)
        heat.append(_shown(app, page, wide)[0])
    page.leave()
    jobs.shutdown()
    close(core)
    result = compared("compare-window", ours, "its services alone", theirs)
    return result | {
        "every_chart_ms": round(statistics.median(whole), 1),
        "heat_400_ms": round(statistics.median(heat), 1),
        "heat_400_p95_ms": round(max(heat), 1),
    }


class Painted(QObject):
    """When the screen was first painted with a widget on it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.at: float | None = None
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note when all that was to be painted is: the widget is one of many."""
        if watched is self._widget and event.type() == QEvent.Type.Paint and self.at is None:
            QTimer.singleShot(0, self, self._painted)
        return False

    @Slot()
    def _painted(self) -> None:
        self.at = self.at or time.perf_counter()


def _services(core: Core, people: tuple[str, ...]) -> float:
    begin = time.perf_counter()
    choice, _offered = filled(core, TermChoice(people))
    term(core, choice)
    return (time.perf_counter() - begin) * 1e3


def _shown(app: QApplication, page: ComparePage, people: tuple[str, ...]) -> tuple[float, float]:
    """Choose people; return ms until their charts and their map are painted, and until every chart is there."""
    before = page.found
    begin = time.perf_counter()
    page.choose(people=people, form="", items=(), span="")
    while page.found is before:  # as the window waits: a busy loop would take the job its time
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    tab = cast("TermTab", page.tab)
    painting = Painted(tab.multiples.charts[0])
    while painting.at is None:
        app.processEvents()
    painted = (painting.at - begin) * 1e3
    while len(tab.multiples.charts) < tab.multiples.wanted:
        app.processEvents()
    return painted, (time.perf_counter() - begin) * 1e3
