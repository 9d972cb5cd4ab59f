"""The seat pane and the plan editor on a real store, shown and worked as a user has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services import seating, visits
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe.live_visit import LiveVisit
from observe_app.ui.seating.pane import SeatPane
from observe_app.ui.seating.plan_editor import PlanEditor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core

PLAN = rows_and_columns(4, 7)


@pytest.fixture
def bus(core: Core, qapp) -> Iterator[ChangeBus]:
    made = ChangeBus()
    stop = subscribe(core, made.publish)
    yield made
    stop()


@pytest.fixture
def visit_id(core: Core) -> str:
    return visits.plan(core, class_name="8B", class_size=28).id


@pytest.fixture
def open_pane(core: Core, bus: ChangeBus, qtbot: QtBot) -> Callable[..., SeatPane]:
    """Return a function that shows a visit's pane with the keyboard in it."""

    def open_one(visit_id: str, width: int = 436, height: int = 632) -> SeatPane:
        pane = SeatPane(core, bus)
        pane.told = {"saved": 0, "left": 0, "typed": [], "failed": [], "closed": 0}
        pane.saved.connect(lambda: pane.told.update(saved=pane.told["saved"] + 1))
        pane.left.connect(lambda: pane.told.update(left=pane.told["left"] + 1))
        pane.close_asked.connect(lambda: pane.told.update(closed=pane.told["closed"] + 1))
        pane.typed.connect(pane.told["typed"].append)
        pane.failed.connect(pane.told["failed"].append)
        qtbot.addWidget(pane)
        pane.resize(width, height)
        with qtbot.waitExposed(pane):
            pane.show()
        pane.activateWindow()
        pane.load(LiveVisit(core, visit_id))
        pane.enter()
        return pane

    return open_one


@pytest.fixture
def pane(core: Core, clock, open_pane, visit_id) -> SeatPane:
    """Return the pane of a lesson of 28 seats, one minute in."""
    seating.set_plan(core, visit_id=visit_id, plan=PLAN)
    visits.begin(core, visit_id=visit_id)
    made = open_pane(visit_id)
    clock.advance(seconds=60)
    return made


@pytest.fixture
def open_editor(qtbot: QtBot) -> Callable[..., PlanEditor]:
    """Return a function that opens the editor over a window; what is kept lands in its `kept`."""

    def open_one(plan, size=(1366, 768), **given) -> PlanEditor:
        host = QWidget()
        host.resize(*size)
        qtbot.addWidget(host)
        with qtbot.waitExposed(host):
            host.show()
        host.activateWindow()
        page = QWidget(host)
        page.setGeometry(host.rect())
        page.show()
        editor = PlanEditor(page, plan, **given)
        editor.kept = []
        editor.plan_kept.connect(editor.kept.append)
        editor.open_over()
        QTest.qWait(0)
        return editor

    return open_one
