"""The board of a form that is led by its codes: keys, corrections, grace, words, and every size of window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.domain.errors import ObserveError
from observe_app.services import history, visits
from tests.services.event_form import GRID, visit_with
from tests.ui.observe.board_fixtures import ALT, SHIFT, Key, alt, board, form_of, open_page, page, stored, visit, wait
from tests.ui.observe.board_page import code_lesson
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

__all__ = ["board", "open_page", "page", "visit"]


# --- ticking


def test_in_codes_mode_keys_alone_tick_and_untick(core, page):
    type_text(page.codes_line, "qyt")
    assert stored(core, page).at(0).ticked == ("I.Lec", "I.PQ", "S.L")
    type_text(page.codes_line, "q")

    assert stored(core, page).at(0).ticked == ("I.PQ", "S.L")
    assert page.board.codes.toggles["I.PQ"].isChecked()
    assert not page.board.codes.toggles["I.Lec"].isChecked()


def test_signs_are_keys_too(page, board):
    type_text(page.codes_line, ";,")

    assert board.coder.here.ticked == ("S.Prd", "S.O")


def test_while_writing_the_key_with_alt_ticks(board):
    assert board.wants_key(alt(Key.Key_Q))
    assert board.take_key(alt(Key.Key_Q))
    assert board.take_key(alt(Key.Key_Semicolon))
    assert board.take_key(alt(Key.Key_2))

    assert board.coder.here.ticked == ("I.Lec", "S.Prd")
    assert board.coder.here.level == 2


@pytest.mark.parametrize(
    "event",
    [
        alt(Key.Key_B),
        alt(Key.Key_Q, ALT | SHIFT),
        alt(Key.Key_Q, Qt.KeyboardModifier.NoModifier),
        alt(Key.Key_Q, ALT | Qt.KeyboardModifier.ControlModifier),
        alt(Key.Key_2, ALT | Qt.KeyboardModifier.KeypadModifier),
        alt(Key.Key_8),
        alt(Key.Key_F3, Qt.KeyboardModifier.NoModifier),
    ],
)
def test_what_is_no_code_is_left_to_the_form_and_the_system(board, event):
    assert not board.wants_key(event)
    assert not board.take_key(event)
    assert board.coder.sheet.ticks == 0


def test_a_key_held_down_ticks_once(page, board):
    held = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Q, Qt.KeyboardModifier.NoModifier, "q", True)
    type_text(page.codes_line, "q")
    for _ in range(3):
        QApplication.sendEvent(page.codes_line, held)
        assert board.take_key(alt(Key.Key_Q, repeated=True))

    assert board.coder.here.ticked == ("I.Lec",)


def test_a_click_ticks_and_leaves_the_keyboard_where_it_is(core, page, board):
    page.set_codes(False)
    QTest.mouseClick(board.codes.toggles["I.Lec"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.area.viewport(), Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.foot, Qt.MouseButton.LeftButton)

    assert stored(core, page).at(0).ticked == ("I.Lec",)
    assert page.line.edit.hasFocus()


def test_a_code_reached_with_tab_ticks_with_space_and_lets_other_keys_tick(page, board):
    assert board.enter()
    first = board.codes.toggles["I.Lec"]
    assert first.hasFocus()
    press(first, Key.Key_Space)
    type_text(first, "w")
    assert board.coder.here.ticked == ("I.Lec", "I.RtW")

    press(first, Key.Key_Down)
    assert board.codes.toggles["I.CQ"].hasFocus()
    type_text(board.codes.toggles["I.CQ"], "b")
    assert board.head.said == "“b” is the key of no code"


def test_escape_on_a_code_goes_back_to_the_line(board, qtbot):
    board.enter()
    with qtbot.waitSignal(board.left):
        press(board.codes.toggles["I.Lec"], Key.Key_Escape)


def test_the_same_as_last_nothing_and_the_levels_have_keys_and_buttons(page, board, clock):
    type_text(page.codes_line, "qy")
    wait(page, clock, 125)
    type_text(page.codes_line, "=3")
    assert (board.coder.here.ticked, board.coder.here.level) == (("I.Lec", "S.L"), 3)
    wait(page, clock, 120)
    QTest.mouseClick(board.head.same, Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.foot.levels[1], Qt.MouseButton.LeftButton)
    assert (board.coder.here.ticked, board.coder.here.level) == (("I.Lec", "S.L"), 1)
    QTest.mouseClick(board.foot.levels[1], Qt.MouseButton.LeftButton)
    assert board.coder.here.level is None
    wait(page, clock, 120)
    QTest.mouseClick(board.head.nothing, Qt.MouseButton.LeftButton)
    assert board.coder.here.coded
    assert board.head.said == "noted: nothing of it occurred"


def test_what_was_ticked_last_time_has_a_ring_and_says_so(page, board, clock):
    type_text(page.codes_line, "q")
    wait(page, clock, 121)

    toggle = board.codes.toggles["I.Lec"]
    assert toggle.was_ticked
    assert toggle.accessibleName() == "Instructor, Lec, lecturing"
    assert toggle.accessibleDescription() == "ticked in the last interval"


def test_an_undone_tick_is_shown(core, page, board, visit):
    type_text(page.codes_line, "q")
    history.undo(core, scope=visit)

    assert not board.codes.toggles["I.Lec"].isChecked()
    assert board.foot.count_words == "0 ticks in this interval · 0 so far in 0 intervals"


def test_a_tick_that_is_not_stored_is_not_shown(page, board, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise ObserveError

    monkeypatch.setattr(page.keeper, "tick", refuse)
    type_text(page.codes_line, "q")
    QTest.mouseClick(board.codes.toggles["I.RtW"], Qt.MouseButton.LeftButton)

    assert len(page.failures) == 2
    assert not any(toggle.isChecked() for toggle in board.codes.toggles.values())


# --- where it stands


def test_the_head_and_the_foot_say_where_it_stands(core, clock, open_page):
    visit_id = plan_visit(core, "copus")
    code_lesson(core, clock, visit_id)
    page = open_page(visit_id)

    assert (page.board.head.title, page.board.head.place_words) == ("Minute 30 to 32", "interval 16 of 25")
    assert page.board.foot.count_words == "5 ticks in this interval · 48 so far in 16 intervals"
    assert page.board.accessibleName() == "Codes, Minute 30 to 32"
    assert page.next_tick.time_text == "0:18"


def test_it_goes_on_with_the_clock(page, board, clock):
    wait(page, clock, 119)
    assert board.shown == 0
    wait(page, clock, 1)

    assert (board.shown, page.seen[-1]) == (1, 1)


def test_a_key_after_seconds_that_nobody_told_of_belongs_to_the_present(page, board, clock):
    clock.advance(seconds=300)
    type_text(page.codes_line, "q")

    assert [one.index for one in board.coder.sheet.coded] == [2]


def test_a_key_within_the_second_of_a_change_belongs_to_what_is_on_the_screen(page, board, clock):
    clock.advance(seconds=120.5)
    type_text(page.codes_line, "q")

    assert [one.index for one in board.coder.sheet.coded] == [0]


# --- corrections


def test_an_interval_that_just_closed_is_offered_for_two_minutes(page, board, clock):
    assert board.head.earlier.text() == "correct an earlier one"
    wait(page, clock, 140)
    assert board.head.earlier.text() == "Minute 0 to 2 is still open: 1:40"
    width = board.head.earlier.width()
    wait(page, clock, 60)
    assert (board.head.earlier.text(), board.head.earlier.width()) == ("Minute 0 to 2 is still open: 0:40", width)

    press(page.codes_line, Key.Key_Left)
    type_text(page.codes_line, "q")
    assert (board.shown, board.coder.here.ticked) == (0, ("I.Lec",))


def test_a_long_interval_is_no_longer_offered_after_two_minutes(open_page, core, clock):
    visit_id = visit_with(core, form_of(replace(GRID, seconds=600)))
    visits.begin(core, visit_id=visit_id)
    page = open_page(visit_id)
    wait(page, clock, 600 + 119)
    assert page.board.head.earlier.text() == "Minute 0 to 10 is still open: 0:01"
    wait(page, clock, 1)

    assert page.board.head.earlier.text() == "correct an earlier one"


def test_arrows_go_to_older_intervals_at_any_time_and_come_back(page, board, clock):
    wait(page, clock, 31 * 60)
    for _ in range(8):
        press(page.codes_line, Key.Key_Left)
    assert (board.shown, board.head.place_words) == (7, "correcting minute 14")
    press(page.codes_line, Key.Key_Right)
    assert board.shown == 8
    press(page.codes_line, Key.Key_Escape)

    assert (board.shown, board.coder.is_correcting) == (15, False)


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Return])
def test_enter_and_escape_end_a_correction(page, board, clock, key):
    wait(page, clock, 300)
    press(page.codes_line, Key.Key_Left)
    press(page.codes_line, key)

    assert not board.coder.is_correcting


def test_a_forgotten_correction_comes_back_by_itself_and_says_so(page, board, clock):
    wait(page, clock, 300)
    press(page.codes_line, Key.Key_Left)
    for _ in range(19):
        wait(page, clock, 1)
    assert board.shown == 1
    type_text(page.codes_line, "q")
    wait(page, clock, 19)
    assert board.shown == 1
    wait(page, clock, 1)

    assert (board.shown, board.head.said) == (2, "back in the current interval")


def test_nothing_is_left_under_words_that_are_being_written(page, board, clock):
    wait(page, clock, 300)
    press(page.codes_line, Key.Key_Left)
    type_text(page.codes_line, "x")
    field = board.comments["I.O"]
    field.setFocus()
    type_text(field, "fire")
    wait(page, clock, 60)
    assert board.shown == 1
    type_text(field, " drill")
    press(field, Key.Key_Return)
    wait(page, clock, 21)

    assert board.shown == 3
    assert board.coder.sheet.at(1).comment("I.O") == "fire drill"


def test_a_click_on_the_strip_corrects_that_interval(page, board, clock):
    wait(page, clock, 600)
    QTest.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.column(2).center())
    assert (board.shown, board.coder.is_correcting) == (2, True)
    QTest.mouseClick(page.strip, Qt.MouseButton.LeftButton, pos=page.strip.column(20).center())

    assert (board.shown, board.coder.is_correcting) == (5, False)


def test_buttons_correct_without_a_keyboard(page, board, clock):
    wait(page, clock, 600)
    QTest.mouseClick(board.head.earlier, Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.head.earlier, Qt.MouseButton.LeftButton)
    QTest.mouseClick(board.head.later, Qt.MouseButton.LeftButton)
    assert board.shown == 4
    QTest.mouseClick(board.head.back, Qt.MouseButton.LeftButton)

    assert not board.coder.is_correcting
    assert board.head.back.isHidden()


def test_after_the_lesson_every_interval_can_be_typed_in_and_stays(open_page, core, clock, visit):
    clock.advance(seconds=20 * 60)
    visits.finish(core, visit_id=visit)
    page = open_page(visit)
    page.board.go_to(0)
    page.set_codes(True)
    type_text(page.codes_line, "q")
    press(page.codes_line, Key.Key_Right)
    wait(page, clock, 60)
    type_text(page.codes_line, "t")

    assert [one.ticked for one in page.board.coder.sheet.intervals] == [("I.Lec",), ("I.PQ",)]


# --- words beside codes


def test_enter_goes_to_the_words_that_a_code_asks_for_and_back_to_the_line(page, board, qtbot):
    type_text(page.codes_line, "x")
    field = board.comments["I.O"]
    press(page.codes_line, Key.Key_Return)
    assert field.hasFocus()
    type_text(field, "q is no key here")
    with qtbot.waitSignal(board.left):
        press(field, Key.Key_Return)

    assert board.coder.here.comment("I.O") == "q is no key here"
    assert board.coder.here.ticked == ("I.O",)


def test_words_half_written_are_kept_with_their_own_interval(page, board, clock):
    type_text(page.codes_line, "x")
    field = board.comments["I.O"]
    field.setFocus()
    type_text(field, "fire")
    assert board.is_dirty
    wait(page, clock, 121)

    assert board.coder.sheet.at(0).comment("I.O") == "fire"
    assert field.isHidden()


def test_words_are_kept_when_the_page_is_left_and_when_another_form_comes(page, board):
    type_text(page.codes_line, "x,")
    type_text(board.comments["I.O"], "one")
    board.flush()
    assert board.coder.here.comment("I.O") == "one"
    type_text(board.comments["S.O"], "two")
    board.load(page.item, page.keeper, "en")

    assert board.coder.here.comment("S.O") == "two"


# --- codes mode


def test_space_and_a_click_write_and_escape_leaves(page, qtbot):
    with qtbot.waitSignal(page.codes_line.write_asked):
        press(page.codes_line, Key.Key_Space)
    with qtbot.waitSignal(page.codes_line.write_asked):
        QTest.mouseClick(page.codes_line, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.codes_line.left):
        press(page.codes_line, Key.Key_Escape)
    with qtbot.waitSignal(page.codes_line.keys_asked):
        QTest.mouseClick(page.codes_line.keys_button, Qt.MouseButton.LeftButton)


def test_a_letter_without_a_code_is_answered_and_goes_nowhere(page, board):
    type_text(page.codes_line, "bé")
    assert page.codes_line.said == "“é” is the key of no code. Space writes a note."
    assert board.coder.sheet.ticks == 0
    type_text(page.codes_line, "q")

    assert page.codes_line.said == ""


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        (Key.Key_F9, SHIFT),
        (Key.Key_Z, Qt.KeyboardModifier.ControlModifier),
    ],
)
def test_other_keys_go_on_to_the_page(page, key, modifier):
    seen = []
    page.keyPressEvent = lambda event: seen.append(event.key())
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifier)
    QApplication.sendEvent(page.codes_line, event)

    assert seen == [key]
    assert page.codes_line.said == ""


def test_the_field_beside_a_code_says_how_it_is_reached_by_keys_alone(board, page):
    page.set_codes(True)
    assert board.comments["I.O"].placeholderText() == "O: what was it? Enter writes it"

    page.set_codes(False)
    assert board.comments["I.O"].placeholderText() == "O: what was it?"
