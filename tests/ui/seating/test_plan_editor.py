"""A plan is made in seconds: typed, clicked, dragged; every change has a way back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.domain.seating import SeatingPlan, SeatState
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.services.seating import Proposal
from tests.ui.observe.keys import press, type_text

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NEW = SeatingPlan()
PLAN = rows_and_columns(3, 4)


def click(editor, seat_id):
    QTest.mouseClick(editor.room.button(seat_id), LEFT)


def drag(editor, seat_id, way):
    room = editor.room
    start = room.button(seat_id).geometry().center()
    QTest.mousePress(room, LEFT, pos=start)
    for part in (0.4, 1.0):
        QTest.mouseMove(room, start + way * part)
    QTest.mouseRelease(room, LEFT, pos=start + way)


def choose(box, words):
    box.setCurrentIndex(box.findText(words))
    box.activated.emit(box.currentIndex())


def spots(plan):
    return [(seat.number, seat.x, seat.y) for seat in plan.seats]


def test_five_six_enter_enter_is_a_plan(open_editor):
    editor = open_editor(NEW)
    assert QApplication.focusWidget() is editor.rows_line
    type_text(editor.rows_line, "5 6")
    press(editor.rows_line, Key.Key_Return)
    press(QApplication.focusWidget(), Key.Key_Return)

    assert [len(plan.seats) for plan in editor.kept] == [30]


def test_aisles_are_typed_or_chosen(open_editor):
    editor = open_editor(NEW)
    type_text(editor.rows_line, "5 2+2+2")
    typed = editor.plan
    editor.rows_line.selectAll()
    type_text(editor.rows_line, "5 6")
    choose(editor.aisles_box, "After every 2")

    assert spots(editor.plan) == spots(typed) == spots(rows_and_columns(5, 6, (2, 4)))


def test_a_line_that_asks_for_nothing_is_told_how(open_editor):
    editor = open_editor(NEW)
    before = editor.plan
    editor.rows_line.selectAll()
    type_text(editor.rows_line, "lots")
    press(editor.rows_line, Key.Key_Return)

    assert editor.plan == before
    assert "5 6" in editor.rows_field.note.text()
    assert editor.kept == []


@pytest.mark.parametrize(("students", "seats"), [(27, 27), (None, 30), (2000, 30)])
def test_the_class_size_is_the_first_guess(open_editor, students, seats):
    assert len(open_editor(NEW, students=students).plan.seats) == seats


@pytest.mark.parametrize(("shape", "count"), [("Groups of four", "26"), ("Horseshoe", "18")])
def test_ready_made_rooms_take_a_number_of_students(open_editor, shape, count):
    editor = open_editor(NEW)
    choose(editor.shape_box, shape)
    editor.rows_line.selectAll()
    type_text(editor.rows_line, count)

    assert len(editor.plan.seats) == int(count)
    assert not editor.aisles_box.isEnabled()


def test_numbers_run_another_way(open_editor):
    editor = open_editor(PLAN)
    choose(editor.numbers_box, "From back right")

    assert editor.plan.numbered(1).id == "s12"


def test_a_click_takes_a_seat_away_and_another_puts_it_back(open_editor):
    editor = open_editor(PLAN)
    click(editor, "s6")
    assert editor.plan.numbered(6) is None
    gap = next(one for one in editor.room.buttons if one.startswith("gap"))
    click(editor, gap)

    assert spots(editor.plan) == spots(PLAN)


def test_a_click_on_free_ground_puts_a_seat_there(open_editor):
    editor = open_editor(PLAN)
    last = editor.room.button("s12").geometry()
    QTest.mouseClick(editor.room, LEFT, pos=QPoint(last.right() + last.width() // 2, last.center().y()))

    assert len(editor.plan.seats) == 13
    assert editor.plan.numbered(13).y == editor.plan.numbered(12).y


def test_a_drag_moves_a_seat_and_the_teacher_and_snaps(open_editor):
    editor = open_editor(PLAN)
    drag(editor, "s12", QPoint(53, 31))
    drag(editor, "t1", QPoint(-80, 0))

    moved, place = editor.plan.seat("s12"), editor.plan.places[0]
    assert (moved.x, moved.y) != (PLAN.seat("s12").x, PLAN.seat("s12").y)
    assert moved.x % 25 == 0
    assert place.x < PLAN.places[0].x
    assert len(editor.plan.seats) == 12


def test_left_of_everything_there_is_room_too(open_editor):
    editor = open_editor(PLAN)
    start = editor.room.button("s1").geometry()
    drag(editor, "s1", QPoint(-start.width(), 0))

    gap = editor.plan.seat("s2").x - editor.plan.seat("s1").x
    assert gap > 100
    assert min(seat.x for seat in editor.plan.seats) >= 0


def test_initials_are_typed_seat_by_seat(open_editor):
    editor = open_editor(PLAN)
    assert editor.room.focused == "s1"
    for initials in ("AK", "BL", "ÉM"):
        type_text(editor.room.button(editor.room.focused), initials)
        press(editor.room.button(editor.room.focused), Key.Key_Return)
    press(editor.room.button("s4"), Key.Key_Left)
    press(editor.room.button("s3"), Key.Key_Backspace)

    assert [seat.label for seat in editor.plan.seats[:4]] == ["AK", "BL", "É", ""]
    assert editor.room.button("s1").accessibleName() == "Seat 1, AK"


def test_typing_again_on_a_seat_writes_new_initials(open_editor):
    editor = open_editor(PLAN)
    type_text(editor.room.button("s1"), "AK")
    press(editor.room.button("s1"), Key.Key_Right)
    press(editor.room.button("s2"), Key.Key_Left)
    type_text(editor.room.button("s1"), "ZZ")

    assert editor.plan.seat("s1").label == "ZZ"


def test_whole_names_are_met_with_a_quiet_word(open_editor):
    editor = open_editor(PLAN)
    type_text(editor.room.button("s1"), "Anna")

    assert editor.plan.seat("s1").label == "Anna"
    assert "Initials are enough" in editor.how_label.text()
    type_text(editor.room.button("s1"), "bellamarguerite")
    assert len(editor.plan.seat("s1").label) == 12


def test_delete_space_and_alt_arrows_work_by_keyboard(open_editor):
    editor = open_editor(PLAN)
    press(editor.room.button("s1"), Key.Key_Space)
    assert editor.plan.seat("s1").state is SeatState.ABSENT
    press(editor.room.button("s1"), Key.Key_Down, ALT)
    assert editor.plan.seat("s1").y == PLAN.seat("s1").y + 25
    press(editor.room.button("s1"), Key.Key_Right)
    press(editor.room.button("s2"), Key.Key_Delete)
    assert editor.plan.seat("s2") is None
    press(editor.room.button(editor.room.focused), Key.Key_Return)
    assert editor.plan.numbered(2) is not None
    assert "1 absent" in editor.count_label.text()


def test_undo_and_redo_step_through_every_change(open_editor):
    editor = open_editor(PLAN)
    click(editor, "s6")
    click(editor, "s7")
    press(editor.room, Key.Key_Z, CTRL)
    assert [seat.number for seat in editor.plan.seats] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]
    press(editor.room, Key.Key_Z, CTRL)
    assert editor.plan == PLAN
    press(editor.room, Key.Key_Z, CTRL)
    press(editor.room, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    press(editor.room, Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(editor.plan.seats) == 10


def test_escape_asks_twice_where_something_was_changed(open_editor):
    editor = open_editor(PLAN)
    click(editor, "s6")
    press(editor.room.button("s1"), Key.Key_Escape)
    assert "Esc again" in editor.how_label.text()
    assert editor.isVisible()
    press(editor.room.button("s1"), Key.Key_Escape)

    assert not editor.isVisible()
    assert editor.kept == []


def test_escape_leaves_at_once_where_nothing_was(open_editor):
    editor = open_editor(PLAN)
    press(editor.room.button("s1"), Key.Key_Escape)

    assert not editor.isVisible()


def test_ctrl_enter_keeps_the_plan_from_anywhere(open_editor):
    editor = open_editor(PLAN)
    press(editor.room.button("s1"), Key.Key_Return, CTRL)

    assert editor.kept == [PLAN]


def test_the_plan_of_the_class_is_on_top(open_editor):
    offer = Proposal("v", "8B", datetime(2026, 3, 12, 9, tzinfo=UTC), "UTC", rows_and_columns(2, 3))
    editor = open_editor(NEW, offer=offer)
    assert editor.offer_button.text() == "Use the plan of 8B from 12 March 2026"
    editor.offer_button.click()
    press(QApplication.focusWidget(), Key.Key_Return)

    assert editor.kept == [offer.plan]


def test_numbers_swap_and_stay_single(open_editor):
    editor = open_editor(PLAN)
    editor.room.focus_seat("s3")
    editor.number_line.setText("7")
    editor.number_line.editingFinished.emit()
    assert (editor.plan.seat("s3").number, editor.plan.seat("s7").number) == (7, 3)
    editor.number_line.setText("0")
    editor.number_line.editingFinished.emit()
    assert editor.plan.seat("s3").number == 7
    assert editor.how_label.tone == "warm"


def test_recorded_presses_keep_their_numbers(open_editor):
    editor = open_editor(PLAN, recorded=3)

    assert not editor.rows_line.isEnabled()
    assert not editor.numbers_box.isEnabled()
    assert not editor.number_line.isEnabled()
    editor.room.focus_seat("s2")
    assert not editor.number_line.isEnabled()
    assert editor.initials_line.isEnabled()


def test_nothing_is_no_plan(open_editor):
    editor = open_editor(rows_and_columns(1, 1))
    click(editor, "s1")

    assert not editor.main_button.isEnabled()
    press(editor.room, Key.Key_Return, CTRL)
    assert editor.kept == []


def test_who_is_missing_is_clicked(open_editor):
    editor = open_editor(PLAN)
    editor.tool_choice.button("absent").click()
    click(editor, "s3")

    assert editor.plan.seat("s3").state is SeatState.ABSENT
    editor.tool_choice.button("absent").click()
    assert editor.tool_choice.value == "absent"


def test_another_place_of_the_teacher_and_the_other_end_of_the_room(open_editor):
    editor = open_editor(PLAN)
    editor.place_button.click()
    assert len(editor.plan.places) == 2
    for _ in range(4):
        editor.place_button.click()
    assert len(editor.plan.places) == 4
    editor.turn_button.click()
    assert editor.plan.numbered(1).y > editor.plan.numbered(12).y


@pytest.mark.parametrize("size", [(1366, 768), (1024, 640), (700, 500)])
def test_200_seats_fit_any_window(open_editor, size):
    editor = open_editor(rows_and_columns(10, 20), size=size)

    assert all(button.width() >= 24 and button.height() >= 24 for button in editor.room.buttons.values())
    for part in (editor.main_button, editor.rows_line, editor.how_label):
        assert editor.rect().contains(part.mapTo(editor, part.rect().bottomRight()))
