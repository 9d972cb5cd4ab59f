"""The Observe tab on a real store, shown and focused as a user has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.services.core import close, subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from observe_app.ui.theme import ThemeChoice
from tests.services.event_form import visit_with
from tests.ui.observe.lesson import plan_visit
from tests.ui.observe.lesson_window import Window, make_window
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


@pytest.fixture
def bus(core: Core, qapp: QApplication) -> Iterator[ChangeBus]:
    theme_controller(qapp).apply(ThemeChoice.LIGHT)
    made = ChangeBus()
    stop = subscribe(core, made.publish)
    yield made
    stop()


@pytest.fixture
def visit_id(core: Core) -> str:
    return plan_visit(core)


@pytest.fixture
def open_tab(core: Core, bus: ChangeBus, qtbot: QtBot) -> Callable[[str], ObserveTab]:
    """Return a function that opens a visit in a tab of its own, as a window just started would."""

    def open_one(visit_id: str) -> ObserveTab:
        tab = ObserveTab(core, bus)
        qtbot.addWidget(tab)
        tab.resize(1290, 700)
        tab.open_visit(visit_id)
        with qtbot.waitExposed(tab):
            tab.show()
        tab.activateWindow()
        tab.focus_line()
        qtbot.waitUntil(tab.line.edit.hasFocus)
        return tab

    return open_one


@pytest.fixture
def tab(open_tab: Callable[[str], ObserveTab], visit_id: str) -> ObserveTab:
    return open_tab(visit_id)


@pytest.fixture
def open_window(core: Core, clock: FakeClock, qtbot: QtBot) -> Iterator[Callable[..., Window]]:
    """Return a function that opens a visit's parts of time; `again` as a program started after a kill would."""
    opened: list[Core] = []

    def open_one(visit_id: str, *, again: bool = False) -> Window:
        here = core
        if again:
            here = wire_core(core.folder, clock=clock, ids=Ids(clock))
            opened.append(here)
        return make_window(qtbot, here, clock, visit_id)

    yield open_one
    for one in opened:
        close(one)


@pytest.fixture
def window(open_window: Callable[..., Window], core: Core) -> Window:
    """Return a lesson that has run for 23:10."""
    made = open_window(visit_with(core))
    made.live.begin()
    made.clock.advance(seconds=1390)
    made.keeper.tick()
    return made
