"""Keys of one's own in the settings: pressed to set, clashes said at the row, kept in the real file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from observe_app.domain.key_table import COMMANDS, key_of, own_keys
from observe_app.store.settings import SettingsBox
from observe_app.ui.settings import SettingsPage

if TYPE_CHECKING:
    from observe_app.ui.settings.key_lines import KeyLine

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def section(open_page):
    return open_page(SettingsPage).lesson.keys


def line(section, target: str) -> KeyLine:
    return section.table.lines[section.table.row_of(target)]


def go_to(qtbot, section, target: str) -> None:
    """Take the keyboard to a row, as the arrows do."""
    section.table.setFocus()
    section.table.choose(target)
    qtbot.waitUntil(section.table.hasFocus)


def press(qtbot, key, modifiers=NONE) -> None:
    qtbot.keyClick(QApplication.focusWidget(), key, modifiers)


def set_key(qtbot, section, target: str, key, modifiers=NONE) -> None:
    go_to(qtbot, section, target)
    press(qtbot, Key.Key_Return)
    assert section.table.listening == target
    press(qtbot, key, modifiers)


def show_form(qtbot, section, form_id: str) -> None:
    """Choose a form in the box with the keyboard."""
    section.box.setFocus()
    for _step in range(section.box.count()):
        if section.box.currentData() == form_id:
            return
        press(qtbot, Key.Key_Down)
    assert section.form_id == form_id


# -- commands


def test_every_command_stands_in_the_table_with_its_key(section):
    assert [one.target for one in section.table.lines] == [one.id for one in COMMANDS]
    assert line(section, "blank").cap == "F12"
    assert [one.target for one in section.table.lines if one.clash or one.own] == []
    assert [one.words for one in section.table.lines if not one.words] == []


def test_a_key_is_set_by_pressing_it_and_kept_in_the_file(qtbot, section, core):
    with qtbot.waitSignal(section.keys_changed):
        set_key(qtbot, section, "blank", Key.Key_B, CTRL | SHIFT)

    assert (line(section, "blank").cap, line(section, "blank").own) == ("Ctrl Shift B", True)
    again = SettingsBox(core.files.settings).get()
    assert key_of("blank", again.keys, "linux") == "Ctrl Shift B"


def test_a_click_waits_for_the_key_too(qtbot, section):
    table = section.table
    index = table.model().index(table.row_of("star"), 0)

    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    assert table.listening == "star"
    press(qtbot, Key.Key_F1, SHIFT)

    assert line(section, "star").cap == "Shift F1"


def test_esc_leaves_the_key_as_it_was(qtbot, section, core):
    set_key(qtbot, section, "star", Key.Key_Escape)

    assert section.table.listening == ""
    assert core.settings.get().keys == ()


def test_delete_gives_the_usual_key_back_and_backspace_takes_it_away(qtbot, section):
    set_key(qtbot, section, "star", Key.Key_Y, CTRL | SHIFT)
    press(qtbot, Key.Key_Delete)
    assert (line(section, "star").cap, line(section, "star").own) == ("Ctrl Shift A", False)

    press(qtbot, Key.Key_Backspace)
    assert (line(section, "star").cap, line(section, "star").own) == ("", True)


@pytest.mark.parametrize(
    ("key", "modifiers", "said"),
    [
        (Key.Key_Q, NONE, "writes"),
        (Key.Key_V, CTRL, "writes"),
        (Key.Key_K, CTRL | SHIFT | ALT, "writes"),
        (Key.Key_F10, NONE, "system"),
        (Key.Key_N, CTRL, "window"),
        (Key.Key_F3, NONE, "Items"),
        (Key.Key_A, ALT, "Items"),
    ],
)
def test_a_key_that_means_something_else_is_refused_in_words_and_another_waited_for(
    qtbot, section, core, key, modifiers, said
):
    set_key(qtbot, section, "star", key, modifiers)

    assert section.table.listening == "star"
    assert said in section.table.prompt
    assert said in section.table.accessibleDescription()
    assert core.settings.get().keys == ()
    press(qtbot, Key.Key_Y, CTRL | SHIFT)
    assert line(section, "star").cap == "Ctrl Shift Y"


def test_a_key_taken_from_another_command_is_said_at_that_one_at_once(qtbot, section):
    set_key(qtbot, section, "star", Key.Key_G, CTRL)

    assert line(section, "number").clash == "“Star the note” has this key already."
    assert "“Star the note” has this key" in str(
        section.table.model().index(section.table.row_of("number"), 0).data(Qt.ItemDataRole.AccessibleTextRole)
    )
    assert section.look_label.text() == "1 key needs a look."
    section.table.choose("number")
    assert section.look_label.text() == "Go to an item by its number: “Star the note” has this key already."


def test_modifiers_alone_are_waited_over(qtbot, section):
    set_key(qtbot, section, "star", Key.Key_Control, CTRL)

    assert section.table.listening == "star"


def test_tab_and_leaving_wait_for_nothing_any_longer(qtbot, section):
    set_key(qtbot, section, "star", Key.Key_Tab)
    assert section.table.listening == ""

    go_to(qtbot, section, "star")
    press(qtbot, Key.Key_Return)
    section.box.setFocus()
    assert section.table.listening == ""


def test_the_systems_keys_cannot_be_others(qtbot, section, core):
    go_to(qtbot, section, "undo")
    press(qtbot, Key.Key_Return)
    assert section.table.listening == ""

    press(qtbot, Key.Key_Backspace)
    assert core.settings.get().keys == ()


def test_all_are_set_back_and_brought_again(qtbot, section, core):
    set_key(qtbot, section, "star", Key.Key_Y, CTRL | SHIFT)
    set_key(qtbot, section, "pause", Key.Key_U, CTRL)
    mine = core.settings.get().keys

    qtbot.mouseClick(section.back_button, Qt.MouseButton.LeftButton)
    assert core.settings.get().keys == ()
    assert not section.back_button.isEnabled()

    qtbot.mouseClick(section.again_button, Qt.MouseButton.LeftButton)
    assert core.settings.get().keys == mine
    assert not section.again_button.isVisible()


def test_the_list_of_keys_everywhere_shows_own_ones(qtbot, open_page):
    page = open_page(SettingsPage)
    set_key(qtbot, page.lesson.keys, "blank", Key.Key_B, CTRL | SHIFT)

    assert "Ctrl Shift B" in [keys for keys, _words in page.key_table.keys(page.core.settings.get().keys)]


# -- forms


def test_items_and_codes_of_a_form_have_keys_of_ones_own(qtbot, section, core):
    show_form(qtbot, section, "copus")
    assert line(section, "copus/I.Lec").cap == "Q"

    set_key(qtbot, section, "copus/I.Lec", Key.Key_Odiaeresis)
    set_key(qtbot, section, "copus", Key.Key_V, ALT)

    assert own_keys(core.settings.get().keys, "copus") == {"copus/I.Lec": "ö", "copus": "V"}
    assert (line(section, "copus/I.Lec").cap, line(section, "copus").cap) == ("Ö", "Alt V")


def test_other_forms_and_commands_keep_theirs_when_one_is_set_back(qtbot, section, core):
    core.settings.change(keys=(("", "star", "Ctrl Shift Y"), ("lecture", "x", "B"), ("copus", "copus", "V")))
    show_form(qtbot, section, "copus")

    qtbot.mouseClick(section.back_button, Qt.MouseButton.LeftButton)

    assert core.settings.get().keys == (("", "star", "Ctrl Shift Y"), ("lecture", "x", "B"))


@pytest.mark.parametrize(
    ("target", "key", "modifiers"),
    [("copus", Key.Key_F10, NONE), ("copus", Key.Key_A, CTRL), ("copus/I.Lec", Key.Key_F2, NONE)],
)
def test_items_and_codes_refuse_keys_that_are_not_theirs(qtbot, section, core, target, key, modifiers):
    show_form(qtbot, section, "copus")

    set_key(qtbot, section, target, key, modifiers)

    assert "Esc leaves it" in section.table.prompt
    assert core.settings.get().keys == ()


def test_two_codes_with_one_own_key_are_said(qtbot, section):
    show_form(qtbot, section, "copus")
    set_key(qtbot, section, "copus/I.Lec", Key.Key_Odiaeresis)
    set_key(qtbot, section, "copus/S.L", Key.Key_Odiaeresis)

    assert "Lec" in line(section, "copus/S.L").clash


def test_headings_are_passed_over(qtbot, section):
    show_form(qtbot, section, "copus")
    section.table.setFocus()

    press(qtbot, Key.Key_Home)
    press(qtbot, Key.Key_Return)

    assert section.table.listening in ("", "copus")


# -- what cannot be


def test_settings_that_make_no_sense_open_all_the_same(core, open_page, tmp_path):
    path = core.files.settings
    rows = ", ".join(f'["", "no-such-{n}", "F12"]' for n in range(10_000))
    path.write_text(
        f'keys = [{rows}, ["", "blank", "\\u0000"], ["", "undo", "Q"], 7, [1, 2], ["a"], ["copus", "copus", "😀😀"]]\n'
        'abbreviations = "none"\nvideo_pauses = 3\nmarks_judging = "yes"\njudging_words = [["en"], [""]]\n',
        encoding="utf-8",
    )
    box = SettingsBox(path)
    core.settings.change(keys=box.get().keys, judging_words=box.get().judging_words)

    section = open_page(SettingsPage).lesson.keys

    assert len(section.table.lines) == len(COMMANDS)
    assert line(section, "blank").clash
    assert not line(section, "undo").own
    assert key_of("blank", core.settings.get().keys, "linux") == "F12"


def test_settings_that_cannot_be_written_are_said_and_change_nothing(qtbot, open_page, core):
    page = open_page(SettingsPage)
    core.files.settings.with_suffix(".part").mkdir()

    with qtbot.waitSignal(page.message_posted):
        set_key(qtbot, page.lesson.keys, "star", Key.Key_Y, CTRL | SHIFT)

    assert line(page.lesson.keys, "star").cap == "Ctrl Shift A"


def test_the_box_of_forms_takes_the_room_there_is(section):
    words = section.box.fontMetrics().horizontalAdvance(section.box.currentText())

    assert section.box.width() >= words + 40
