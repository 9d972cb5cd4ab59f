"""People through the whole window: by the keyboard, what was done taken back, what was left kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from observe_app.services import people
from observe_app.services.school import classes
from observe_app.ui.people import PeoplePage
from observe_app.ui.people.classes_room import ClassesRoom
from observe_app.ui.people.header import CLASSES
from observe_app.ui.people.merge_sheet import MergeSheet, TwinsSheet
from observe_app.ui.starter import Starter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from observe_app.services.core import Core
    from observe_app.ui.desk import Desk
    from observe_app.ui.theme import ThemeController

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def desk(qtbot: QtBot, core: Core, theme: ThemeController) -> Iterator[Desk]:
    core.settings.change(first_run_done=True)
    starter = Starter(lambda: core, folder=core.folder, theme=theme, owns_core=False)
    qtbot.addWidget(starter.window)
    starter.window.resize(1024, 640)
    with qtbot.waitSignal(starter.ready, timeout=10_000), qtbot.waitExposed(starter.window):
        starter.show()
    starter.window.activateWindow()
    assert starter.desk is not None
    yield starter.desk
    starter.end()


def people_page(desk: Desk) -> PeoplePage:
    page = desk.window.go("people")
    assert isinstance(page, PeoplePage)
    return page


def test_two_are_joined_and_the_message_takes_it_back(qtbot: QtBot, core: Core, desk: Desk) -> None:
    people.add(core, name="Amina Diallo", email="a@x.org")
    people.add(core, name="Diallo, Amina")
    page = people_page(desk)
    page.twins_action.trigger()
    qtbot.waitUntil(lambda: desk.window.findChild(TwinsSheet) is not None)
    page.twins.rows[0].opened.emit()
    qtbot.waitUntil(lambda: desk.window.findChild(MergeSheet) is not None)
    sheet = desk.window.findChild(MergeSheet)
    assert sheet is not None
    qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)
    assert len(people.listing(core)) == 1

    qtbot.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: len(people.listing(core)) == 2)
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)


def test_a_class_that_is_being_written_is_kept_when_one_goes_elsewhere(qtbot: QtBot, core: Core, desk: Desk) -> None:
    classes.add(core, name="8b")
    page = people_page(desk)
    page.show_tab(CLASSES)
    room = page.room
    assert isinstance(room, ClassesRoom)
    room.editor.begin()
    qtbot.keyClicks(room.editor.name_line, "9c")

    desk.window.go("today")

    assert classes.listing(core)[0].school_class.name == "9c"
    assert people_page(desk).room is room, "where one was"


def test_f6_walks_through_the_parts_of_every_tab(core: Core, desk: Desk) -> None:
    people.add(core, name="Ilse")
    classes.add(core, name="8b")
    page = people_page(desk)
    for tab in ("people", "classes", "year"):
        page.show_tab(tab)
        assert all(region.isVisible() for region in page.regions())
        start = page.start_widget()
        assert start is not None
        assert start.isVisible()
