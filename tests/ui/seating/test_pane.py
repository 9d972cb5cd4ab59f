"""Who spoke, by keys, clicks and lines: each press is one event with its moment, and undo takes it back."""

from __future__ import annotations

import sqlite3

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.domain import seating as plans
from observe_app.domain.errors import DatabaseLocked
from observe_app.domain.event import EventKind
from observe_app.domain.participation import Basis
from observe_app.domain.seating import SeatState
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.domain.timeline import Share
from observe_app.services import history, notes, seating, visits
from observe_app.ui.observe.live_visit import LiveVisit
from observe_app.ui.observe.stream_model import StreamModel
from tests.ui.observe.keys import press, type_text
from tests.ui.seating.conftest import PLAN

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier


def spoken(core, visit_id):
    found = [event for event in notes.stream(core, visit_id) if not event.deleted]
    return [(event.speaker, event.to, event.seat, event.offset_ms) for event in found]


def type_and_keep(pane, keys):
    type_text(pane.entry, keys)
    press(pane.entry, Key.Key_Return)


def click(pane, seat_id, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(pane.room.button(seat_id), LEFT, modifier)


def draw(pane, start, end):
    """Draw a line from a seat to a point of the room or to another seat."""
    first, room = pane.room.button(start), pane.room
    to = room.button(end).geometry().center() if isinstance(end, str) else end
    QTest.mousePress(room, LEFT, pos=first.geometry().center())
    for part in (0.3, 0.7, 1.0):
        QTest.mouseMove(room, first.geometry().center() + (to - first.geometry().center()) * part)
    QTest.mouseRelease(room, LEFT, pos=to)


@pytest.mark.parametrize(
    ("keys", "speaker", "to", "seat"),
    [
        ("7", "S7", "", "s7"),
        ("79", "S7", "S9", "s7"),
        ("7 9", "S7", "S9", "s7"),
        ("12", "S12", "", "s12"),
        ("1 2", "S1", "S2", "s1"),
        ("t", "T", "", "t1"),
        ("t7", "T", "S7", "t1"),
        ("7t", "S7", "T", "s7"),
        ("ss", "SS", "", "class"),
    ],
)
def test_numbers_and_enter_say_who_spoke_to_whom(core, pane, visit_id, keys, speaker, to, seat):
    type_and_keep(pane, keys)

    assert spoken(core, visit_id) == [(speaker, to, seat, 60_000)]
    assert pane.told["saved"] == 1
    assert pane.entry.words == ""


def test_the_moment_is_that_of_the_first_key(core, clock, pane, visit_id):
    type_text(pane.entry, "7")
    clock.advance(seconds=5)
    type_and_keep(pane, " 9")

    assert spoken(core, visit_id) == [("S7", "S9", "s7", 60_000)]
    type_and_keep(pane, "3")
    assert spoken(core, visit_id)[1][3] == 65_000


def test_what_is_typed_stands_in_words_before_it_is_kept(core, pane, visit_id):
    type_text(pane.entry, "7")
    assert pane.entry.words == "S7"
    assert pane.room.button("s7").look.chosen
    type_text(pane.entry, " ")
    assert pane.entry.words == "S7 →"
    type_text(pane.entry, "9")
    assert pane.entry.words == "S7 to S9"
    assert pane.room.button("s9").look.aimed
    assert spoken(core, visit_id) == []


def test_backspace_and_escape_take_back_what_is_typed(pane):
    type_text(pane.entry, "12")
    press(pane.entry, Key.Key_Backspace)
    assert pane.entry.words == "S1"
    press(pane.entry, Key.Key_Escape)
    assert pane.entry.words == ""
    assert pane.told["left"] == 0
    press(pane.entry, Key.Key_Escape)
    assert pane.told["left"] == 1


def test_other_letters_go_to_the_note_line(core, pane, visit_id):
    type_text(pane.entry, "B")
    type_text(pane.entry, "é")

    assert pane.told["typed"] == ["B", "é"]
    assert spoken(core, visit_id) == []


def test_a_number_that_no_seat_has_is_told_and_kept_nowhere(core, pane, visit_id, open_pane):
    type_text(pane.entry, "7 9")
    type_text(pane.entry, "9")

    assert "no seat" in pane.said.text().lower() or "No seat" in pane.said.text()
    assert pane.entry.words == "S7 to S9"
    press(pane.entry, Key.Key_Return)
    assert spoken(core, visit_id) == [("S7", "S9", "s7", 60_000)]


def test_a_number_that_only_begins_one_is_not_kept(core, pane, visit_id):
    seating.set_plan(core, visit_id=visit_id, plan=plans.remove(PLAN, "s2"))
    type_and_keep(pane, "2")

    assert spoken(core, visit_id) == []
    assert "No seat" in pane.said.text()


def test_a_click_is_one_who_spoke_and_leaves_the_keyboard_where_it_is(core, pane, visit_id):
    click(pane, "s7")

    assert spoken(core, visit_id) == [("S7", "", "s7", 60_000)]
    assert QApplication.focusWidget() is pane.entry
    assert "S7 to the class" in pane.said.text()
    assert "01:00" in pane.said.text()
    assert pane.undo_hint.isVisible()


def test_a_click_with_shift_says_to_whom(core, pane, visit_id):
    click(pane, "s7")
    click(pane, "s9", SHIFT)
    assert spoken(core, visit_id) == [("S7", "S9", "s7", 60_000)]
    click(pane, "s11", SHIFT)
    assert spoken(core, visit_id)[1][:2] == ("S7", "S11")


def test_a_number_and_a_click_say_it_too(core, pane, visit_id):
    type_text(pane.entry, "7")
    click(pane, "t1")

    assert spoken(core, visit_id) == [("S7", "T", "s7", 60_000)]


def test_a_line_from_seat_to_seat_says_to_whom(core, clock, pane, visit_id):
    draw(pane, "s7", "s9")
    draw(pane, "t1", "s1")

    assert [one[:2] for one in spoken(core, visit_id)] == [("S7", "S9"), ("T", "S1")]


def test_a_line_that_ends_nowhere_is_nothing(core, pane, visit_id):
    draw(pane, "s7", QPoint(2, pane.room.height() - 2))
    draw(pane, "s7", QPoint(-40, -40))

    assert spoken(core, visit_id) == []


def test_enter_and_space_press_the_seat_that_has_the_keyboard(core, pane, visit_id):
    pane.room.focus_seat("s1")
    press(pane.room.button("s1"), Key.Key_Right)
    press(pane.room.button("s2"), Key.Key_Down)
    assert pane.room.focused == "s9"
    press(pane.room.button("s9"), Key.Key_Return)
    press(pane.room.button("s9"), Key.Key_Space)

    assert [one[0] for one in spoken(core, visit_id)] == ["S9", "S9"]


def test_a_screen_reader_presses_a_seat_and_hears_what_it_counts(core, pane, visit_id):
    assert pane.room.button("s7").accessibleName() == "Seat 7, not heard"
    pane.room.button("s7").click()
    assert pane.room.button("s7").accessibleName() == "Seat 7, spoke once"
    pane.room.button("s7").click()
    assert pane.room.button("s7").accessibleName() == "Seat 7, spoke 2 times"
    assert pane.room.button("s7").look.count == 2
    assert pane.room.button("t1").accessibleName() == "Teacher’s place, not heard"


def test_undo_takes_presses_back_one_by_one(core, pane, visit_id):
    click(pane, "s7")
    click(pane, "s8")
    history.undo(core, scope=visit_id)
    assert pane.last is None
    assert pane.room.button("s8").look.count == 0
    history.undo(core, scope=visit_id)
    assert pane.view.presses == 0
    history.redo(core, scope=visit_id)
    assert pane.room.button("s7").look.count == 1


def test_presses_are_no_rows_of_the_stream(core, pane, visit_id):
    for seat_id in ("s1", "s2", "t1"):
        click(pane, seat_id)
    model = StreamModel()
    model.load(notes.stream(core, visit_id), {})

    assert model.rowCount() == 0
    assert {event.kind for event in notes.stream(core, visit_id)} == {EventKind.TALLY}


def test_what_cannot_be_stored_stays_with_its_moment_until_enter_succeeds(core, clock, pane, visit_id):
    shut = sqlite3.connect(core.store.path, isolation_level=None)
    shut.execute("BEGIN IMMEDIATE")  # another program holds the file
    click(pane, "s7")
    shut.execute("ROLLBACK")
    shut.close()

    assert [type(error) for error in pane.told["failed"]] == [DatabaseLocked]
    assert spoken(core, visit_id) == []
    assert pane.entry.words == "S7"
    clock.advance(seconds=9)
    press(pane.entry, Key.Key_Return)
    assert spoken(core, visit_id) == [("S7", "", "s7", 60_000)]


def test_figures_say_of_how_many_and_by_what(core, pane, visit_id, clock):
    assert pane.figures.text() == "Nobody was heard yet"
    click(pane, "s7")
    notes.add(core, visit_id=visit_id, line="S9 yes", offset_ms=1, wall=clock.now())

    assert pane.figures.text() == (
        "1 of 28 students heard, by 1 press on a seat\n1 of 28 students heard, by 1 note with a speaker"
    )
    assert pane.silent.text() == "27 not heard yet"
    assert pane.view.heard(Basis.NOTES) == Share(1, 28)


def test_delete_says_who_is_missing_and_the_base_follows(core, pane, visit_id):
    click(pane, "s7")
    pane.room.focus_seat("s1")
    press(pane.room.button("s1"), Key.Key_Delete)

    assert seating.plan_of(core, visit_id).seat("s1").state is SeatState.ABSENT
    assert "1 of 27" in pane.figures.text()
    assert "1 absent, not counted" in pane.silent.text()
    assert pane.room.button("s1").accessibleName() == "Seat 1, absent today, not heard"


def test_lines_show_on_request_and_by_themselves_after_the_lesson(core, pane, visit_id):
    draw(pane, "s7", "s9")
    assert pane.room.lines.lines == ()
    pane.lines_button.click()
    assert [line.count for line in pane.room.lines.lines] == [1]
    pane.lines_button.click()
    assert pane.room.lines.lines == ()

    visits.finish(core, visit_id=visit_id)
    pane.load(LiveVisit(core, visit_id))
    assert pane.lines_button.isChecked()
    assert len(pane.room.lines.lines) == 1


def over(core, pane, visit_id):
    visits.finish(core, visit_id=visit_id)
    pane.load(LiveVisit(core, visit_id))


def test_after_the_lesson_a_click_counts_nothing_but_shows_the_seats_own_lines(core, pane, visit_id):
    draw(pane, "s7", "s9")
    draw(pane, "s1", "s2")
    over(core, pane, visit_id)
    click(pane, "s7")

    assert len(spoken(core, visit_id)) == 2
    assert sorted(line.faint for line in pane.room.lines.lines) == [False, True]
    click(pane, "s7")
    assert not any(line.faint for line in pane.room.lines.lines)
    assert not pane.entry.isVisible()


def test_after_the_lesson_tables_say_the_same_as_the_picture(core, clock, pane, visit_id):
    draw(pane, "s7", "s9")
    click(pane, "s7")
    notes.add(core, visit_id=visit_id, line="S7>S9 look", offset_ms=1, wall=clock.now())
    over(core, pane, visit_id)

    def rows(table):
        model = table.model()
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    assert rows(pane.tables.voices)[0] == ["S7", "2", "1"]
    assert len(rows(pane.tables.voices)) == 28
    assert rows(pane.tables.flows) == [["S7", "S9", "1", "1"], ["S7", "the class", "1", "0"]]
    assert "Not heard: S1, S2" in pane.silent.text()
    model = pane.tables.flows.model()
    assert model.index(1, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "Presses: 1"


def test_figures_and_lines_by_notes_on_request(core, clock, pane, visit_id):
    click(pane, "s1")
    notes.add(core, visit_id=visit_id, line="S7>S9 look", offset_ms=1, wall=clock.now())
    over(core, pane, visit_id)
    assert pane.room.button("s7").look.count == 0
    pane.basis_choice.button("notes").click()

    assert pane.room.button("s7").look.count == 1
    assert pane.room.button("s1").look.count == 0


def test_before_the_lesson_nothing_is_counted(core, open_pane, visit_id):
    seating.set_plan(core, visit_id=visit_id, plan=PLAN)
    pane = open_pane(visit_id)
    click(pane, "s7")
    type_and_keep(pane, "7")

    assert spoken(core, visit_id) == []
    assert "not begun" in pane.said.text()


def test_without_a_plan_one_is_made_in_two_presses(core, qtbot, open_pane, visit_id):
    visits.begin(core, visit_id=visit_id)
    pane = open_pane(visit_id)
    assert QApplication.focusWidget() is pane.no_plan.plan_button
    press(pane.no_plan.plan_button, Key.Key_Return)
    editor = pane.window().findChild(object, "plan_editor")
    press(editor.main_button, Key.Key_Return)

    assert len(seating.plan_of(core, visit_id).seats) == 28
    assert QApplication.focusWidget() is pane.entry


def test_the_plan_of_the_class_is_taken_over_in_one_press(core, open_pane, visit_id):
    other = visits.plan(core, class_name="8b").id
    seating.set_plan(core, visit_id=other, plan=rows_and_columns(2, 3))
    visits.begin(core, visit_id=visit_id)
    pane = open_pane(visit_id)
    assert pane.no_plan.offer_button.text().startswith("Use the plan of 8b from ")
    press(pane.no_plan.offer_button, Key.Key_Return)

    assert len(pane.plan.seats) == 6
    assert seating.plan_of(core, visit_id) == pane.plan


def test_a_damaged_plan_is_told_and_a_new_one_takes_its_place(core, open_pane, visit_id):
    with core.store.write("visit.edit", scope=visit_id) as unit:
        unit.visits.change(visit_id, {"seating": "{"})
        unit.commit()
    pane = open_pane(visit_id)

    assert "cannot be read" in pane.no_plan.head.text()
    assert pane.no_plan.plan_button.isVisible()


def test_a_plan_changed_elsewhere_shows_at_once(core, pane, visit_id):
    seating.set_plan(core, visit_id=visit_id, plan=plans.set_label(PLAN, "s7", "AK"))

    assert pane.room.button("s7").look.text == "AK"
    assert pane.room.button("s7").look.number == "7"
    type_text(pane.entry, "7")
    assert pane.entry.words == "S7 AK"


def test_the_form_is_asked_back(pane):
    pane.close_button.click()

    assert pane.told["closed"] == 1


def test_a_hidden_pane_reads_nothing_until_it_is_shown(core, pane, visit_id):
    pane.hide()
    seating.set_plan(core, visit_id=visit_id, plan=plans.set_label(PLAN, "s7", "AK"))
    assert pane.room.button("s7").look.text == "7"
    pane.show()
    assert pane.room.button("s7").look.text == "AK"


@pytest.mark.parametrize("width", [360, 436, 520, 900])
def test_seats_are_large_enough_to_hit_and_within_the_pane(open_pane, core, visit_id, width):
    seating.set_plan(core, visit_id=visit_id, plan=PLAN)
    pane = open_pane(visit_id, width, 560)

    for button in pane.room.buttons.values():
        assert button.width() >= 24
        assert button.height() >= 24
        assert pane.room.rect().contains(button.geometry())
    assert pane.room.width() <= width


def test_200_seats_are_quick(core, clock, open_pane, visit_id):
    seating.set_plan(core, visit_id=visit_id, plan=rows_and_columns(10, 20, (10,)))
    visits.begin(core, visit_id=visit_id)
    pane = open_pane(visit_id)
    type_and_keep(pane, "143 200")

    assert spoken(core, visit_id)[0][:3] == ("S143", "S200", "s143")
    assert len({button.pos().toTuple() for button in pane.room.buttons.values()}) == 201
    made = dict(pane.room.buttons)
    type_and_keep(pane, "7")
    assert pane.room.buttons == made
