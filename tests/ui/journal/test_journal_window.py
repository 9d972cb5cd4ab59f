"""The journal in the whole window, by keyboard: written, left, closed and opened again, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services import journals
from observe_app.ui.hours.tab import HoursTab
from tests.ui.window import CTRL, Key, at_today

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock


def test_words_survive_going_elsewhere_and_undo_takes_them_back(
    qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock
) -> None:
    with at_today(qtbot, qapp, data_folder, clock) as program:
        program.press(Key.Key_7, CTRL)
        program.wait(lambda: program.window.current_name == "journal")
        program.type("i counted to seven")
        program.press(Key.Key_1, CTRL)
        program.wait(lambda: program.window.current_name == "today")
        assert [one.text for one in journals.everything(program.core)] == ["i counted to seven"]

        program.desk.open_journal()
        assert program.window.current_name == "journal"
        program.desk.undo()
        assert journals.everything(program.core) == ()
        assert "New journal entry" in program.message()


def test_hours_are_a_tab_of_groups(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> None:
    with at_today(qtbot, qapp, data_folder, clock) as program:
        program.press(Key.Key_6, CTRL)
        program.wait(lambda: program.window.current_name == "groups")
        page = program.window.page("groups")
        page.header.tabs.setCurrentIndex(4)  # type: ignore[attr-defined]  # a GroupsPage
        program.wait(lambda: isinstance(page.tab, HoursTab))  # type: ignore[attr-defined]  # the same
        assert page.tab.model.rowCount() == 1  # type: ignore[attr-defined]  # the same
        assert program.failures == []
