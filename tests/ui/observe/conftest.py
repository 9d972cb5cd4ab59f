"""The Observe tab on a real store, shown and focused as a user has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from observe_app.ui.theme import ThemeChoice
from tests.ui.observe.lesson import plan_visit
from tests.ui.shots import theme_controller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

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
