"""The window: places, keys, the palette, messages, geometry."""

from __future__ import annotations

import builtins
import subprocess
import sys

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible, QAction

from observe_app.ui.fast_import import plain_import
from observe_app.ui.main_window import MainWindow
from observe_app.ui.widgets import Message, MessageKind
from tests.ui.shell_gallery import QuietPage, VisitsPage, build_sheet, build_window


@pytest.fixture
def window(qtbot):
    window = build_window()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


# --- places -----------------------------------------------------------------------------------------------------------


def test_the_shell_paints_before_any_page_exists(qtbot):
    window = MainWindow()
    qtbot.addWidget(window)

    with qtbot.waitSignal(window.first_painted):
        window.show()

    assert window.current_page is None


def test_a_page_is_made_at_its_first_visit_only(qtbot):
    made = []

    def factory():
        page = VisitsPage()
        made.append(page)
        return page

    window = MainWindow()
    qtbot.addWidget(window)
    window.attach({"today": QuietPage, "visits": factory})
    assert made == []

    window.go("visits")
    window.go("today")
    window.go("visits")

    assert len(made) == 1
    assert made[0].visits == 2


def test_clicking_a_place_goes_there(qtbot, window):
    with qtbot.waitSignal(window.page_changed) as changed:
        qtbot.mouseClick(window.rail.button("visits"), Qt.MouseButton.LeftButton)

    assert changed.args == ["visits"]
    assert window.rail.button("visits").isChecked()
    assert not window.rail.button("today").isChecked()
    assert window.header.title_label.text() == "Visits"
    assert window.windowTitle().startswith("Visits")


def test_control_and_a_figure_goes_to_a_place(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)

    assert window.current_name == "visits"


def test_a_page_may_keep_the_user(qtbot, window):
    window.current_page.holds = True

    assert window.go("visits") is None

    assert window.current_name == "today"
    assert window.rail.button("today").isChecked()
    window.current_page.holds = False


def test_a_page_that_keeps_the_user_keeps_the_window_open(qtbot, window):
    window.current_page.holds = True

    with qtbot.assertNotEmitted(window.closing):
        assert not window.close()

    window.current_page.holds = False
    with qtbot.waitSignal(window.closing):
        assert window.close()


def test_a_place_without_a_page_changes_nothing(window):
    assert window.go("people") is None
    assert window.current_name == "today"


def test_arriving_puts_the_keyboard_where_the_page_wants_it(qtbot, window):
    page = window.go("visits")

    qtbot.waitUntil(page.main_button.hasFocus)


# --- keys -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "modifier", "signal"),
    [
        (Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier, "plan_requested"),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, "start_requested"),
        (Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, "undo_requested"),
        (
            Qt.Key.Key_Z,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
            "redo_requested",
        ),
    ],
)
def test_keys_that_work_anywhere(qtbot, window, key, modifier, signal):
    with qtbot.waitSignal(getattr(window, signal)):
        qtbot.keyClick(window, key, modifier)


def test_f6_walks_rail_and_page(qtbot, window):
    qtbot.waitUntil(window.current_page.main_button.hasFocus)

    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.rail.isAncestorOf(window.focusWidget())

    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert window.current_page.isAncestorOf(window.focusWidget())


def test_arrows_walk_the_rail(qtbot, window):
    window.rail.button("today").setFocus()
    qtbot.keyClick(window.rail.button("today"), Qt.Key.Key_Down)
    assert window.rail.button("visits").hasFocus()

    qtbot.keyClick(window.rail.button("visits"), Qt.Key.Key_Return)

    assert window.current_name == "visits"


def test_no_two_commands_share_a_key_or_a_mnemonic(window):
    actions = window.findChildren(QAction)
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    mnemonics = [
        action.text()[action.text().index("&") + 1].lower()
        for action in actions
        if "&" in action.text().replace("&&", "")
    ]

    assert len(keys) == len(set(keys)) > 5
    assert len(mnemonics) == len(set(mnemonics))


def test_undo_says_what_it_takes_back(window):
    window.set_undo_state("Tally removed", None)

    assert window.command("undo").text() == "Undo: Tally removed"
    assert not window.command("redo").isEnabled()


# --- looks ------------------------------------------------------------------------------------------------------------


def test_a_narrow_window_has_a_narrow_rail(qtbot, window):
    assert window.rail.width() == 76

    window.setMinimumSize(0, 0)
    window.resize(900, 640)

    qtbot.waitUntil(lambda: window.rail.width() == 44)
    assert window.rail.button("today").toolTip()


def test_waiting_things_are_counted_in_name_and_bubble(window):
    window.rail.button("today").set_count(2)

    interface = QAccessible.queryAccessibleInterface(window.rail.button("today"))
    assert interface.text(QAccessible.Text.Name) == "Today, 2 new"


def test_every_place_has_a_name_and_says_whether_it_is_current(window):
    for place in window.rail.places:
        interface = QAccessible.queryAccessibleInterface(window.rail.button(place.key))
        assert interface.text(QAccessible.Text.Name) == place.title
        assert interface.state().checked == (place.key == "today")


def test_the_window_fits_its_least_size(window):
    assert (window.minimumWidth(), window.minimumHeight()) == (1024, 640)
    window.resize(1024, 640)

    assert window.centralWidget().minimumSizeHint().width() <= 1024


def test_a_message_stands_under_the_header_and_its_action_is_told(qtbot, window):
    message = Message(MessageKind.NEWS, "A reply arrived.", "Read it", key="reply")
    window.show_message(message)

    assert window.message_bar.isVisible()
    with qtbot.waitSignal(window.message_acted) as acted:
        qtbot.mouseClick(window.message_bar.action_button, Qt.MouseButton.LeftButton)
    assert acted.args == [message]

    window.clear_message("reply")
    assert not window.message_bar.isVisible()


def test_the_window_comes_back_where_it_was(qtbot, tmp_path):
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    first = MainWindow(settings)
    qtbot.addWidget(first)
    first.resize(1200, 700)
    first.show()
    first.close()

    second = MainWindow(settings)
    qtbot.addWidget(second)

    # the offscreen screen is narrower than the window may be, so only the height can tell
    assert second.height() == 700


# --- sheets over the window -------------------------------------------------------------------------------------------


def test_keys_of_the_window_rest_while_a_sheet_is_open(qtbot, window):
    sheet = build_sheet(window)
    sheet.open_over()
    with qtbot.assertNotEmitted(window.plan_requested):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    sheet.reject()

    with qtbot.waitSignal(window.plan_requested):
        qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)


def test_what_was_off_before_a_sheet_stays_off_after_it(window):
    window.set_undo_state(None, None)
    sheet = build_sheet(window)
    sheet.open_over()

    sheet.reject()

    assert not window.command("undo").isEnabled()
    assert window.command("plan").isEnabled()


# --- loading ----------------------------------------------------------------------------------------------------------


def test_the_shell_loads_without_what_is_heavy():
    code = (
        "import sys, observe_app.ui.main_window, observe_app.ui.errors, observe_app.ui.jobs, observe_app.ui.i18n;"
        "print([name for name in ('sqlalchemy', 'reportlab', 'openpyxl', 'alembic', 'pypdfium2', 'observe_app.store')"
        " if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_the_import_function_is_put_back():
    before = builtins.__import__

    with plain_import():
        builtins.__import__ = before

    assert builtins.__import__ is before
