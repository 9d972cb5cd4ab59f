"""Keys of the person's own choice in a lesson: shown and obeyed by the form, the foot and the commands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from observe_app.domain.event import EventKind
from observe_app.services import notes
from observe_app.ui.key_press import CommandKeys, pressed
from observe_app.ui.observe.foot import Foot
from observe_app.ui.widgets import KeyHint
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
META = Qt.KeyboardModifier.MetaModifier


@pytest.fixture
def log(core):
    """Return a form of tallies, and the id of its first."""
    form = core.catalogue.form("question-log")
    return form, next(item for item in form.items if item.kind == "tally")


def counted(core, visit_id: str, item_id: str) -> int:
    return len([one for one in notes.stream(core, visit_id) if one.kind is EventKind.TALLY and one.item == item_id])


def test_the_own_key_counts_and_the_usual_one_no_longer(core, open_tab, log):
    form, tally = log
    core.settings.change(keys=((form.id, tally.id, "Z"),))
    visit_id = plan_visit(core, form.id)
    tab = open_tab(visit_id)
    type_text(tab.line.edit, "x")
    usual = Key(Key.Key_F1 + int(tally.hotkey[1:]) - 1)

    press(tab.line.edit, Key.Key_Z, ALT)
    press(tab.line.edit, usual)

    assert counted(core, visit_id, tally.id) == 1
    assert tab.form_panel.item(tally.id).letter == "Z"


def test_keys_changed_meanwhile_are_shown_when_asked(core, open_tab, log):
    form, tally = log
    tab = open_tab(plan_visit(core, form.id))
    core.settings.change(keys=((form.id, tally.id, "Z"), ("", "number", "Ctrl Shift G")))

    tab.form_panel.refresh_keys()

    assert tab.form_panel.item(tally.id).letter == "Z"
    assert tab.form_panel.has_key("Z")
    assert tab.form_panel.number_key == "Ctrl Shift G"


def test_codes_obey_the_persons_own_keys(core, open_tab):
    core.settings.change(keys=(("copus", "copus/I.Lec", "ö"),))
    tab = open_tab(plan_visit(core, "copus"))

    grid = tab.form_panel.item("copus").grid
    assert grid.toggles["I.Lec"].key == "ö"
    core.settings.change(keys=())
    tab.form_panel.refresh_keys()

    assert grid.toggles["I.Lec"].key == "q"
    assert grid.by_key("q") is grid.toggles["I.Lec"]
    assert grid.by_key("ö") is None


def test_own_keys_of_another_form_do_not_count(core, open_tab, log):
    form, tally = log
    core.settings.change(keys=(("another form", tally.id, "Z"),))

    tab = open_tab(plan_visit(core, form.id))

    assert tab.form_panel.item(tally.id).letter == tally.hotkey.upper()


# -- the foot


def told(foot: Foot) -> list[str]:
    return [hint.cap.keys for hint in foot.findChildren(KeyHint) if not hint.isHidden()]


@pytest.fixture
def foot(qtbot):
    made = Foot()
    qtbot.addWidget(made)
    made.set_lesson(running=True, ended=False)
    made.resize(2000, 32)
    made.show()
    return made


def test_the_foot_tells_what_is_on(foot):
    assert told(foot) == ["T", "S7", "#", ">", "/", "*", "@", "↑", "Ctrl Z", "F6", "F1"]


def test_the_foot_tells_own_keys_and_none_that_is_not_there(foot):
    foot.set_keys(CommandKeys((("", "keys", "Ctrl Shift F1"), ("", "form", ""))))

    assert told(foot)[-2:] == ["Ctrl Z", "Ctrl Shift F1"]


@pytest.mark.parametrize("width", [280, 400, 640, 854, 1200])
@pytest.mark.parametrize("percent", [100, 150])
def test_hints_give_way_and_nothing_is_crowded(qtbot, theme, width, percent):
    theme.set_text_size(percent)
    foot = Foot()
    qtbot.addWidget(foot)
    foot.set_lesson(running=True, ended=False)
    foot.resize(width, foot.height())
    foot.show()
    QApplication.processEvents()

    shown = [hint for hint in foot.hints if not hint.isHidden()]
    assert [hint for hint in shown if hint.width() < hint.sizeHint().width()] == []
    assert all(hint.geometry().right() < foot.end_button.x() for hint in shown)
    assert not shown or "F1" in told(foot)
    assert foot.end_button.width() >= foot.end_button.sizeHint().width()


# -- presses


def key_event(key, modifiers=NONE, text="") -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.mark.parametrize(
    ("key", "modifiers", "name"),
    [
        (Key.Key_P, CTRL | SHIFT, "Ctrl Shift P"),
        (Key.Key_F12, NONE, "F12"),
        (Key.Key_Enter, CTRL, "Ctrl Enter"),
        (Key.Key_Odiaeresis, ALT, "Alt Ö"),
        (Key.Key_Plus, CTRL, "Ctrl +"),
        (Key.Key_Space, CTRL | SHIFT, "Ctrl Shift Space"),
        (Key.Key_Backtab, SHIFT, "Shift Tab"),
        (Key.Key_Control, CTRL, ""),
        (Key.Key_Dead_Acute, NONE, ""),
        (Key.Key_unknown, NONE, ""),
        (0, NONE, ""),
    ],
)
def test_a_press_has_the_name_that_the_table_writes(key, modifiers, name):
    assert pressed(key_event(key, modifiers)) == name


def test_a_press_is_the_command_of_its_key_on_each_system():
    windows, mac = CommandKeys((), "windows"), CommandKeys((), "mac")

    assert windows.command(key_event(Key.Key_F12)) == "blank"
    assert mac.command(key_event(Key.Key_B, CTRL)) == "blank"
    assert (mac.cap("blank"), windows.cap("blank")) == ("⌘ B", "F12")
    assert windows.command(key_event(Key.Key_P, CTRL | SHIFT)) == "pause"
    assert windows.command(key_event(Key.Key_A, NONE, "a")) == ""


def test_alt_gr_is_never_a_command():
    own = (("", "star", "Ctrl Alt E"),)

    assert CommandKeys(own, "windows").command(key_event(Key.Key_E, CTRL | ALT, "€")) == ""


def test_undo_redo_and_start_stay_with_the_line():
    keys = CommandKeys(())

    assert [keys.command(key_event(key, CTRL)) for key in (Key.Key_Z, Key.Key_Return)] == ["", ""]
    assert keys.cap("undo") == "Ctrl Z"
