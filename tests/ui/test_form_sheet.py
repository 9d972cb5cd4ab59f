"""The sheet in a visit: answers by key, items that come and go, numbers, function keys, very long forms."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.domain.answer import Absence
from observe_app.domain.event import EventKind
from observe_app.services import answers, notes, visits
from tests.services.event_form import EVENT_FORM, visit_with
from tests.ui.observe.conftest import bus, open_tab
from tests.ui.observe.keys import press, type_text
from tests.ui.sheet_forms import EVERY

__all__ = ["bus", "open_tab"]

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Key = Qt.Key


@pytest.fixture
def visit_id(core):
    return visit_with(core, EVERY)


@pytest.fixture
def tab(open_tab, visit_id):
    return open_tab(visit_id)


def answer(core, visit_id, item):
    found = answers.all_of(core, visit_id).get(item)
    return (found.value, found.absence) if found else None


def keyboard() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def turn_to(tab, letter):
    press(keyboard(), Key[f"Key_{letter}"], ALT)


def events_of(core, visit_id, item):
    return [event for event in notes.stream(core, visit_id) if event.item == item]


# -- choice


def test_a_digit_chooses_and_goes_back_to_the_note(tab, core, visit_id):
    type_text(tab.line.edit, "half a")
    turn_to(tab, "D")
    press(keyboard(), Key.Key_2)

    assert answer(core, visit_id, "ways") == ("pairs", None)
    assert tab.line.edit.hasFocus()
    assert tab.line.edit.words == "half a"


def test_the_chosen_option_again_takes_it_back(tab, core, visit_id):
    for _time in range(2):
        turn_to(tab, "D")
        press(keyboard(), Key.Key_2)

    assert answer(core, visit_id, "ways") == (None, Absence.UNANSWERED)


def test_left_and_right_go_through_the_options_and_space_chooses(tab, core, visit_id):
    tab.form_panel.item("ways").focus_part().setFocus()
    press(keyboard(), Key.Key_Right)
    press(keyboard(), Key.Key_Right)
    press(keyboard(), Key.Key_Space)

    assert answer(core, visit_id, "ways") == ("groups", None)
    assert tab.form_panel.isAncestorOf(keyboard())


@pytest.mark.parametrize(
    ("key", "absence"),
    [
        ("0", Absence.NOT_SEEN),
        ("Minus", Absence.NOT_SEEN),
        ("L", Absence.NOT_LOOKED_FOR),
        ("X", Absence.NOT_APPLICABLE),
    ],
)
def test_a_choice_tells_the_reasons_for_none_apart(tab, core, visit_id, key, absence):
    turn_to(tab, "E")
    press(keyboard(), Key[f"Key_{key}"])

    assert answer(core, visit_id, "task") == (None, absence)
    assert tab.form_panel.item("task").value_words


def test_what_an_option_means_shows_while_the_item_is_open(tab):
    task = tab.form_panel.item("task")
    closed = task.height()
    turn_to(tab, "E")

    assert all(button.isVisible() for button in task.options.values())
    assert task.height() > closed + 100


def test_other_asks_for_its_words_and_keeps_them(tab, core, visit_id):
    turn_to(tab, "E")
    press(keyboard(), Key.Key_5)
    assert keyboard() is tab.form_panel.item("task").words
    type_text(keyboard(), "teach it")
    press(keyboard(), Key.Key_Return)

    found = answers.all_of(core, visit_id)["task"]
    assert (found.value, found.comment) == ("other", "teach it")
    assert tab.line.edit.hasFocus()
    assert tab.form_panel.item("task").value_words == "teach it"


def test_the_words_of_other_go_with_it(tab, core, visit_id):
    turn_to(tab, "E")
    press(keyboard(), Key.Key_5)
    type_text(keyboard(), "teach it")
    press(keyboard(), Key.Key_Return)
    turn_to(tab, "E")
    press(tab.form_panel.item("task").options["recall"], Key.Key_1)

    found = answers.all_of(core, visit_id)["task"]
    assert (found.value, found.comment) == ("recall", "")


def test_choices_are_ticked_one_after_the_other_until_enter(tab, core, visit_id):
    turn_to(tab, "F")
    for key in (Key.Key_3, Key.Key_1, Key.Key_2, Key.Key_3):
        press(keyboard(), key)
    assert answer(core, visit_id, "tools") == (("book", "board"), None)
    assert tab.form_panel.armed == "tools"

    press(keyboard(), Key.Key_Return)
    assert tab.line.edit.hasFocus()
    assert tab.form_panel.armed == ""


def test_ticking_is_undone_one_by_one(tab, core, visit_id):
    turn_to(tab, "F")
    press(keyboard(), Key.Key_1)
    press(keyboard(), Key.Key_2)
    press(keyboard(), Key.Key_Escape)
    press(tab.line.edit, Key.Key_Z, CTRL)

    assert answer(core, visit_id, "tools") == (("book",), None)
    assert tab.form_panel.item("tools").options["board"].isChecked() is False


# -- number


@pytest.fixture
def with_room(tab):
    """Return the tab with the section of numbers shown."""
    turn_to(tab, "D")
    press(keyboard(), Key.Key_1)
    return tab


def test_a_number_is_typed_and_kept_at_enter(with_room, core, visit_id):
    turn_to(with_room, "G")
    type_text(keyboard(), "27")
    press(keyboard(), Key.Key_Return)

    assert answer(core, visit_id, "size") == (27, None)
    assert with_room.line.edit.hasFocus()


def test_nought_is_a_number_here(with_room, core, visit_id):
    turn_to(with_room, "G")
    press(keyboard(), Key.Key_0)
    press(keyboard(), Key.Key_Escape)

    assert answer(core, visit_id, "size") == (0, None)


def test_a_number_out_of_bounds_is_said_and_stays_unkept(with_room, core, visit_id):
    turn_to(with_room, "G")
    type_text(keyboard(), "99")
    press(keyboard(), Key.Key_Return)

    size = with_room.form_panel.item("size")
    assert answer(core, visit_id, "size") is None
    assert "0 to 40" in size.problem
    assert size.field.hasFocus()
    assert size.field.text() == "99"


def test_a_decimal_is_taken_only_where_it_may_be(with_room, core, visit_id):
    for letter, typed in (("G", "2.5"), ("H", "-2,5")):
        turn_to(with_room, letter)
        type_text(keyboard(), typed)
        press(keyboard(), Key.Key_Escape)

    assert answer(core, visit_id, "size") is None
    assert answer(core, visit_id, "warm") == (-2.5, None)


def test_plus_and_minus_step_within_the_bounds(with_room, core, visit_id):
    turn_to(with_room, "G")
    for letter in "+++-":
        type_text(keyboard(), letter)
    assert answer(core, visit_id, "size") == (1, None)

    press(keyboard(), Key.Key_Minus)
    press(keyboard(), Key.Key_Minus)
    assert answer(core, visit_id, "size") == (0, None)


def test_minus_in_an_empty_field_is_not_seen(with_room, core, visit_id):
    turn_to(with_room, "G")
    press(keyboard(), Key.Key_Minus)

    assert answer(core, visit_id, "size") == (None, Absence.NOT_SEEN)


# -- coming and going


def test_an_item_comes_with_the_answer_it_waits_for_and_goes_with_it(tab):
    assert "aim_words" not in tab.form_panel.shown
    turn_to(tab, "A")
    press(keyboard(), Key.Key_Y)
    assert tab.form_panel.item("aim_words").isVisible()

    turn_to(tab, "A")
    press(keyboard(), Key.Key_N)
    assert not tab.form_panel.item("aim_words").isVisible()


def test_a_section_comes_and_goes_as_a_whole(tab):
    assert not {"size", "warm"} & set(tab.form_panel.shown)
    turn_to(tab, "D")
    press(keyboard(), Key.Key_1)

    assert {"size", "warm"} <= set(tab.form_panel.shown)


def test_the_key_of_an_item_that_is_not_asked_does_nothing(tab):
    turn_to(tab, "B")

    assert tab.line.edit.hasFocus()
    assert tab.form_panel.armed == ""


def test_the_item_that_has_the_keyboard_goes_only_when_it_is_left(tab, core, visit_id):
    turn_to(tab, "A")
    press(keyboard(), Key.Key_Y)
    turn_to(tab, "B")
    area = tab.form_panel.item("aim_words").area
    type_text(area, "half a sen")
    opened = answers.open_answer(core, visit_id=visit_id, item="aim")
    answers.give(core, visit_id=visit_id, item="aim", value="no", seen=opened.seen)
    assert area.hasFocus()

    press(area, Key.Key_Escape)
    QApplication.processEvents()
    assert not area.isVisible()
    assert answer(core, visit_id, "aim_words") == ("half a sen", None)


def test_what_is_looked_at_stays_where_it_is(tab):
    panel = tab.form_panel
    aim = panel.item("aim")
    turn_to(tab, "A")
    before = aim.mapTo(panel, aim.rect().topLeft())
    press(keyboard(), Key.Key_Y)

    assert aim.mapTo(panel, aim.rect().topLeft()) == before


def test_required_items_without_an_answer_are_counted_and_reached(tab, qtbot):
    line = tab.form_panel.required
    assert line.isVisible()
    assert "2" in line.words.text()

    qtbot.mouseClick(line.next, Qt.MouseButton.LeftButton)
    assert tab.form_panel.item("aim").isAncestorOf(keyboard())
    press(keyboard(), Key.Key_Minus)
    qtbot.mouseClick(line.next, Qt.MouseButton.LeftButton)
    press(keyboard(), Key.Key_1)
    assert not line.isVisible()


def test_the_star_is_said_to_a_screen_reader(tab):
    assert tab.form_panel.item("aim").accessibleName() == "The aim is on the board, required"
    assert "required" not in tab.form_panel.item("time").accessibleName()


# -- from item to item


def test_home_end_and_pages_go_through_the_items(tab):
    tab.form_panel.enter()
    press(keyboard(), Key.Key_End)
    assert tab.form_panel.item("last").is_open
    press(keyboard(), Key.Key_PageUp)
    assert not tab.form_panel.item("last").is_open
    press(tab.form_panel.item("task").focus_part(), Key.Key_Home)
    assert tab.form_panel.item("aim").is_open


def test_arrows_pass_over_what_is_not_asked(tab):
    tab.form_panel.enter()
    press(keyboard(), Key.Key_Down)

    assert tab.form_panel.item("time").is_open


def test_clicking_another_item_folds_the_one_that_had_the_keyboard(tab, qtbot):
    turn_to(tab, "E")
    press(keyboard(), Key.Key_Escape)
    tab.form_panel.enter()
    qtbot.mouseClick(tab.form_panel.item("tools"), Qt.MouseButton.LeftButton)

    assert [shown.item.id for shown in tab.form_panel.items if shown.is_open] == ["tools"]


def test_a_number_reaches_an_item_and_arms_it(tab, core, visit_id):
    type_text(tab.line.edit, "half a")
    press(tab.line.edit, Key.Key_G, CTRL)
    type_text(keyboard(), "3")
    assert tab.form_panel.number_bar.name.text() == "Leaves thinking time"
    press(keyboard(), Key.Key_Return)
    press(keyboard(), Key.Key_4)

    assert answer(core, visit_id, "time") == (4, None)
    assert tab.line.edit.hasFocus()
    assert tab.line.edit.words == "half a"


def test_a_number_that_is_none_goes_nowhere_and_is_said(tab):
    press(tab.line.edit, Key.Key_G, CTRL)
    type_text(keyboard(), "77")
    press(keyboard(), Key.Key_Return)

    assert tab.form_panel.number_bar.isVisible()
    assert "10" in tab.form_panel.number_bar.name.text()
    press(keyboard(), Key.Key_Escape)
    assert tab.line.edit.hasFocus()
    assert not tab.form_panel.number_bar.isVisible()


def test_a_digit_that_means_nothing_to_the_item_begins_a_number(tab):
    tab.form_panel.enter()
    press(keyboard(), Key.Key_5)
    assert tab.form_panel.number_bar.field.text() == "5"

    press(keyboard(), Key.Key_Return)
    assert tab.form_panel.item("task").is_open
    assert tab.form_panel.armed == ""


# -- events


@pytest.fixture
def lesson(core, open_tab):
    visit_id = visit_with(core, EVENT_FORM)
    visits.begin(core, visit_id=visit_id)
    return open_tab(visit_id)


def test_a_function_key_counts_while_the_note_goes_on(lesson, core):
    type_text(lesson.line.edit, "half a")
    press(lesson.line.edit, Key.Key_F2)
    press(lesson.line.edit, Key.Key_2, ALT)
    press(lesson.line.edit, Key.Key_F3)

    assert lesson.form_panel.item("praise").count == 2
    assert lesson.form_panel.item("open").count == 1
    assert lesson.line.edit.hasFocus()
    assert lesson.line.edit.words == "half a"


def test_shift_takes_one_back_and_undo_brings_it_again(lesson, core):
    press(lesson.line.edit, Key.Key_F2)
    press(lesson.line.edit, Key.Key_F2)
    press(lesson.line.edit, Key.Key_F2, SHIFT)
    assert lesson.form_panel.item("praise").count == 1

    press(lesson.line.edit, Key.Key_Z, CTRL)
    assert lesson.form_panel.item("praise").count == 2


def test_an_event_is_stamped_by_the_clock_of_the_lesson(lesson, core, clock):
    clock.advance(seconds=65)
    press(lesson.line.edit, Key.Key_F2)
    event = events_of(core, lesson.visit_id, "praise")[0]

    assert event.offset_ms == 65_000
    assert event.wall == clock.now()


def test_a_timer_ends_the_other_one_of_its_group(lesson, core, clock):
    press(lesson.line.edit, Key.Key_F6)
    clock.advance(seconds=10)
    press(lesson.line.edit, Key.Key_F7)

    assert not lesson.form_panel.item("teacher").runs
    assert lesson.form_panel.item("pupils").runs
    kinds = [event.kind for event in events_of(core, lesson.visit_id, "teacher")]
    assert kinds == [EventKind.START, EventKind.STOP]


def test_an_event_from_elsewhere_appears(lesson, core):
    from observe_app.services import happenings

    happenings.tally(core, visit_id=lesson.visit_id, item="praise")

    assert lesson.form_panel.item("praise").count == 1


def test_what_happened_is_there_again_after_opening(lesson, core, open_tab):
    press(lesson.line.edit, Key.Key_F2)
    again = open_tab(lesson.visit_id)

    assert again.form_panel.item("praise").count == 1
