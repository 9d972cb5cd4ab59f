"""The privacy blank: everything hidden by one key, nothing recorded meanwhile, and back to where the keyboard was."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget

from observe_app.domain.clock import FakeClock
from observe_app.ui.blank import blank_of
from observe_app.ui.theme import ThemeChoice, color
from observe_app.ui.widgets import LineEdit
from tests.ui.shell_gallery import build_sheet, build_window

KEY = Qt.Key.Key_F12

pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard")


@pytest.fixture
def window(qtbot):
    window = build_window()
    window.set_blank_key("F12")
    window.blank.set_clock(FakeClock(datetime(2026, 3, 10, 9, 36, tzinfo=UTC)))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


@pytest.fixture
def field(qtbot, window):
    """Return a line on the page with the keyboard in it."""
    made = LineEdit("half a wo", window.current_page)
    made.show()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def hide(qtbot, window):
    with qtbot.waitSignal(window.blank.covered):
        press(qtbot, KEY)


def test_the_key_hides_everything_behind_one_plain_plane(qtbot, window, field):
    hide(qtbot, window)

    picture = window.grab().toImage()
    ground = color("bg").rgb()
    edges = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in (2, 40, 200, picture.height() - 3)}

    assert edges == {ground}
    assert window.blank.time_text == "09:36"


def test_the_title_tells_nothing_while_hidden(qtbot, window, field):
    before = window.windowTitle()
    hide(qtbot, window)
    window.refresh_header()

    hidden = window.windowTitle()
    press(qtbot, KEY)

    assert "Observe" not in hidden
    assert "Today" not in hidden
    assert window.windowTitle() == before


@pytest.mark.parametrize("key", [KEY, Qt.Key.Key_Escape])
def test_a_key_brings_everything_back_to_where_the_keyboard_was(qtbot, window, field, key):
    field.setSelection(2, 3)
    hide(qtbot, window)
    assert not field.hasFocus()

    press(qtbot, key)

    assert not window.blank.is_covering
    assert field.hasFocus()
    assert (field.selectionStart(), field.selectedText()) == (2, "lf ")


def test_a_click_brings_everything_back_and_does_nothing_behind(qtbot, window, field):
    hide(qtbot, window)

    qtbot.mouseClick(window.blank, Qt.MouseButton.LeftButton, pos=QPoint(30, 80))

    assert not window.blank.is_covering
    assert window.current_name == "today"


def test_every_other_key_is_dead_while_hidden(qtbot, window, field):
    hide(qtbot, window)

    with (
        qtbot.assertNotEmitted(window.start_requested, wait=0),
        qtbot.assertNotEmitted(window.undo_requested, wait=0),
        qtbot.assertNotEmitted(window.page_changed, wait=0),
    ):
        for key in (Qt.Key.Key_A, Qt.Key.Key_Return, Qt.Key.Key_F2, Qt.Key.Key_Tab, Qt.Key.Key_Space):
            press(qtbot, key)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Z, Qt.Key.Key_2, Qt.Key.Key_K):
            press(qtbot, key, Qt.KeyboardModifier.ControlModifier)

    assert window.blank.is_covering
    assert field.text() == "half a wo"


def test_holding_the_key_hides_once(qtbot, window, field):
    hide(qtbot, window)

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    again = QKeyEvent(QEvent.Type.KeyPress, KEY, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(window.blank, again)

    assert window.blank.is_covering


def test_it_hides_a_sheet_and_the_palette_and_gives_them_back(qtbot, window, field):
    sheet = build_sheet(window)
    sheet.open_over()
    inside = QApplication.focusWidget()
    hide(qtbot, window)
    assert QApplication.focusWidget() is window.blank

    press(qtbot, KEY)
    assert sheet.isVisible()
    assert QApplication.focusWidget() is inside
    sheet.reject()

    window.open_palette()
    hide(qtbot, window)
    press(qtbot, Qt.Key.Key_Escape)

    assert window.palette_overlay.isVisible()
    assert window.palette_overlay.search_field.hasFocus()


def test_a_sheet_that_opens_meanwhile_stays_behind_and_has_the_keyboard_afterwards(qtbot, window, field):
    hide(qtbot, window)

    sheet = build_sheet(window)
    sheet.open_over()

    qtbot.waitUntil(window.blank.hasFocus)
    at_middle = window.childAt(window.rect().center())
    assert at_middle is window.blank
    press(qtbot, KEY)
    assert sheet.isAncestorOf(QApplication.focusWidget())


def test_other_windows_and_menus_go_with_it(qtbot, window, field):
    dialog = QDialog(window)
    line = QLineEdit(dialog)
    dialog.open()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    menu = QMenu(dialog)
    menu.addAction("Copy")
    menu.popup(QPoint(5, 5))

    window.hide_screen()
    assert (dialog.isVisible(), menu.isVisible()) == (False, False)

    window.blank.uncover()
    assert dialog.isVisible()
    assert dialog.windowModality() == Qt.WindowModality.WindowModal
    qtbot.waitUntil(line.hasFocus)


def test_another_key_can_be_chosen_and_none(qtbot, window, field):
    window.set_blank_key("Ctrl Shift B")
    press(qtbot, KEY)
    assert not window.blank.is_covering

    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    press(qtbot, Qt.Key.Key_B, both)
    assert window.blank.is_covering
    press(qtbot, Qt.Key.Key_B, both)
    assert not window.blank.is_covering

    window.set_blank_key("")
    window.hide_screen()
    assert "Esc" in window.blank.way_back
    press(qtbot, Qt.Key.Key_Escape)
    assert not window.blank.is_covering


def test_the_palette_lists_it_with_its_key(qtbot, window):
    window.open_palette()
    window.palette_overlay.search_field.setText("")
    qtbot.keyClicks(window.palette_overlay.search_field, "hide the")

    entry = window.palette_overlay.entries()[0]
    assert (entry.title, entry.keys) == ("Hide the screen", "F12")
    press(qtbot, Qt.Key.Key_Return)
    assert window.blank.is_covering


def test_it_follows_the_window_and_the_theme(qtbot, window, field, theme):
    hide(qtbot, window)
    window.resize(1500, 900)
    theme.apply(ThemeChoice.DARK)

    assert window.blank.size() == window.size()
    assert window.grab().toImage().pixel(5, 5) == color("bg").rgb()


def test_what_lost_its_widget_meanwhile_comes_back_without_it(qtbot, window, field):
    hide(qtbot, window)
    field.deleteLater()
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, 52)

    press(qtbot, KEY)

    assert not window.blank.is_covering


def test_any_part_finds_the_blank_of_its_window(window, qtbot):
    alone = QWidget()
    qtbot.addWidget(alone)

    assert blank_of(window.current_page) is window.blank
    assert blank_of(alone) is None
