"""Sheets over the page: focus stays inside, Escape is safe."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.widgets import (
    LineEdit,
    Plane,
    Sheet,
)


@pytest.fixture
def page_with_line(shown):
    page = Plane()
    column = QVBoxLayout(page)
    line = LineEdit("behind")
    column.addWidget(line)
    page.resize(900, 600)
    shown(page)
    line.setFocus()
    return page, line


def open_sheet(page: QWidget) -> Sheet:
    sheet = Sheet("Give this to Amina?", page)
    sheet.add_safe("Not yet")
    sheet.add_main("Give to Amina")
    sheet.open_over()
    return sheet


def test_a_sheet_opens_on_its_safe_button(qtbot, page_with_line):
    page, _ = page_with_line
    sheet = open_sheet(page)

    qtbot.waitUntil(sheet.safe_button.hasFocus)
    assert sheet.geometry() == page.rect()


def test_escape_is_the_safe_answer(qtbot, page_with_line):
    page, line = page_with_line
    sheet = open_sheet(page)

    with qtbot.waitSignals([sheet.rejected, sheet.closed]), qtbot.assertNotEmitted(sheet.accepted):
        qtbot.keyClick(sheet.safe_button, Qt.Key.Key_Escape)

    qtbot.waitUntil(line.hasFocus)


def test_a_sheet_closes_though_what_had_the_keyboard_is_gone(qtbot, page_with_line):
    page, line = page_with_line
    sheet = open_sheet(page)
    with qtbot.waitSignal(line.destroyed):
        line.deleteLater()

    with qtbot.waitSignals([sheet.rejected, sheet.closed]):
        sheet.reject()


def test_tab_stays_inside_a_sheet(qtbot, page_with_line):
    page, line = page_with_line
    sheet = open_sheet(page)
    qtbot.waitUntil(sheet.safe_button.hasFocus)

    qtbot.keyClick(sheet.safe_button, Qt.Key.Key_Tab)
    assert sheet.main_button.hasFocus()
    qtbot.keyClick(sheet.main_button, Qt.Key.Key_Tab)

    assert sheet.safe_button.hasFocus()
    assert not line.hasFocus()


def test_the_main_button_accepts(qtbot, page_with_line):
    sheet = open_sheet(page_with_line[0])

    with qtbot.waitSignals([sheet.accepted, sheet.closed]):
        qtbot.mouseClick(sheet.main_button, Qt.MouseButton.LeftButton)


def test_enter_in_a_line_accepts_only_when_asked_for(qtbot, page_with_line):
    page, _ = page_with_line
    sheet = Sheet("Plan a visit", page)
    line = LineEdit()
    sheet.body.addWidget(line)
    sheet.add_safe("Leave")
    sheet.add_main("Plan", enter_accepts=True)
    sheet.open_over()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)

    with qtbot.waitSignal(sheet.accepted):
        qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_sheet_follows_its_window(qtbot, page_with_line):
    page, _ = page_with_line
    sheet = open_sheet(page)

    page.resize(700, 500)

    qtbot.waitUntil(lambda: sheet.geometry() == page.rect())
    assert page.rect().contains(sheet.main_button.mapTo(page, sheet.main_button.rect().bottomRight()))


def test_clicks_do_not_reach_the_page_behind(qtbot, page_with_line):
    page, line = page_with_line
    open_sheet(page)

    assert page.childAt(line.geometry().center()) is not line
