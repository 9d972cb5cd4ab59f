"""Who leads the visit: kept as it is chosen, and what of the form belongs to the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from observe_app.services import visits
from observe_app.ui.visit.lead_row import AgreedItemsSheet
from observe_app.ui.visit.prepare import PrepareTab

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

GENERAL = "general-peer-observation"


@pytest.fixture
def visit_id(core: Core) -> str:
    return visits.plan(core, form_id=GENERAL).id


@pytest.fixture
def tab(qtbot: QtBot, core: Core, bus: ChangeBus, runner: JobRunner, host: QWidget, visit_id: str) -> PrepareTab:
    tab = PrepareTab(core, visit_id, runner, bus, host)
    layout = host.layout()
    assert layout is not None
    layout.addWidget(tab)
    with qtbot.waitExposed(host):
        host.show()
    host.activateWindow()
    tab.activate()
    return tab


def sheet_of(tab: PrepareTab) -> AgreedItemsSheet:
    return tab.window().findChild(AgreedItemsSheet)


def test_a_visit_is_led_by_its_form_until_the_teacher_leads(
    qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str
) -> None:
    assert (tab.lead.choice.value, tab.lead.button.isVisible()) == ("observer", False)

    with qtbot.waitSignal(tab.saved):
        qtbot.mouseClick(tab.lead.choice.button("teacher"), Qt.MouseButton.LeftButton)

    assert visits.get(core, visit_id).led == "teacher"
    assert tab.lead.button.isVisible()
    assert "nothing of the form yet" in tab.lead.words.text()


def test_the_chosen_one_pressed_again_still_holds(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    qtbot.mouseClick(tab.lead.choice.button("observer"), Qt.MouseButton.LeftButton)

    assert tab.lead.choice.value == "observer"
    assert visits.get(core, visit_id).led == "observer"


def test_items_are_ticked_and_kept_in_the_forms_order(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    qtbot.mouseClick(tab.lead.choice.button("teacher"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(tab.lead.button, Qt.MouseButton.LeftButton)
    sheet = sheet_of(tab)
    second, first = list(sheet.boxes)[3], next(iter(sheet.boxes))
    for item in (second, first):
        sheet.boxes[item].setFocus()
        qtbot.keyClick(sheet.boxes[item], Qt.Key.Key_Space)
    assert sheet.main_button is not None
    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)

    assert visits.get(core, visit_id).agreed_items == (first, second)
    assert "2 of 12" in tab.lead.words.text()


def test_escape_leaves_the_items_as_they_were(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    qtbot.mouseClick(tab.lead.choice.button("teacher"), Qt.MouseButton.LeftButton)
    tab.lead.open_items()
    sheet = sheet_of(tab)
    next(iter(sheet.boxes.values())).setChecked(True)
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)

    assert visits.get(core, visit_id).agreed_items == ()


def test_without_a_form_there_is_nothing_to_choose(qtbot: QtBot, core: Core, tab: PrepareTab, visit_id: str) -> None:
    opened = visits.open_visit(core, visit_id)
    visits.choose_form(core, visit_id=visit_id, form_id="", seen=opened.seen)
    tab.reload()

    qtbot.mouseClick(tab.lead.choice.button("teacher"), Qt.MouseButton.LeftButton)

    assert not tab.lead.button.isVisible()
    assert tab.lead.words.text().startswith("The teacher leads")
