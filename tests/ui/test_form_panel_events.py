"""Counting, timing and sweeping by key and pointer: each press is stored before the screen shows it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.errors import DiskFull
from observe_app.domain.lesson_parts import Stretch
from observe_app.domain.timeline import Share
from observe_app.services import history, notes, visits
from observe_app.ui.theme import color
from tests.services.event_form import visit_with
from tests.ui.event_sheet import open_sheet, sheet, visit
from tests.ui.observe.keys import press, type_text

__all__ = ["open_sheet", "sheet", "visit"]

Key = Qt.Key


def click_row(item):
    QTest.mouseClick(item, Qt.MouseButton.LeftButton, pos=QPoint(80, 12))


def events(core, visit):
    return notes.stream(core, visit)


# --- tallies


def test_a_press_counts_and_is_on_disk(sheet, core, visit):
    sheet["praise"].press_key()

    assert sheet["praise"].count == 1
    assert [event.item for event in events(core, visit)] == ["praise"]
    assert sheet["praise"].accessibleName() == "Praise, specific"
    assert sheet["praise"].accessibleDescription() == "1 counted"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space, Key.Key_Plus])
def test_enter_space_and_plus_count_while_it_has_the_keyboard(sheet, key):
    sheet["praise"].setFocus()
    press(sheet["praise"], key)

    assert sheet["praise"].count == 1


def test_digits_never_count(sheet):
    sheet["praise"].setFocus()
    sheet["praise"].press_key()
    type_text(sheet["praise"], "5")

    assert sheet["praise"].count == 1


def test_shift_and_minus_take_one_back_and_nothing_from_nothing(sheet):
    for _ in range(3):
        sheet["praise"].press_key()
    sheet["praise"].press_shift()
    sheet["praise"].setFocus()
    press(sheet["praise"], Key.Key_Minus)
    assert sheet["praise"].count == 1

    press(sheet["praise"], Key.Key_Minus)
    sheet["praise"].press_shift()
    assert sheet["praise"].count == 0
    assert sheet["praise"].said == "nothing to take back"


def test_the_whole_row_takes_a_click_and_its_button_takes_back(sheet):
    click_row(sheet["praise"])
    click_row(sheet["praise"])
    sheet["praise"].set_open(True)
    QTest.mouseClick(sheet["praise"].back, Qt.MouseButton.LeftButton)

    assert sheet["praise"].count == 1


def test_the_row_is_tinted_for_a_moment_after_a_press(sheet, qtbot):
    sheet["praise"].press_key()
    assert sheet["praise"].is_flashing
    assert sheet["praise"].grab().toImage().pixelColor(200, 3) == color("tint")

    qtbot.waitUntil(lambda: not sheet["praise"].is_flashing, timeout=3000)
    assert sheet["praise"].grab().toImage().pixelColor(200, 3) != color("tint")


def test_what_is_not_stored_is_not_counted_and_is_told(sheet, monkeypatch, tmp_path):
    def full(item_id, at_ms=None):
        raise DiskFull(tmp_path)

    sheet["praise"].press_key()
    monkeypatch.setattr(sheet.keeper, "tally", full)
    sheet["praise"].press_key()

    assert sheet["praise"].count == 1
    assert [type(error) for error in sheet.failures] == [DiskFull]


# --- absences


@pytest.mark.parametrize(
    ("key", "absence"),
    [("0", Absence.NOT_SEEN), ("-", Absence.NOT_SEEN), ("l", Absence.NOT_LOOKED_FOR), ("x", Absence.NOT_APPLICABLE)],
)
def test_an_item_that_did_not_happen_says_why_by_key(sheet, qtbot, key, absence):
    for name in ("praise", "teacher", "wait"):
        sheet[name].setFocus()
        with qtbot.waitSignal(sheet[name].given) as caught:
            type_text(sheet[name], key)
        assert caught.args[0].absence is absence


def test_what_happened_is_not_unsaid_by_a_key(sheet, qtbot):
    sheet["praise"].press_key()
    with qtbot.assertNotEmitted(sheet["praise"].given):
        type_text(sheet["praise"], "lx0")


def test_absences_have_a_mouse_way_in_the_open_item(sheet, qtbot):
    for name in ("open", "silence", "wait", "task", "grid"):
        item = sheet[name]
        item.set_open(True)
        button = item.findChild(QAbstractButton, f"not_looked_for_{name}")
        with qtbot.waitSignal(item.given) as caught:
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert caught.args[0].absence is Absence.NOT_LOOKED_FOR
        item.set_answer(Answer("visit", name, None, Absence.NOT_LOOKED_FOR))
        assert button.isChecked()


def test_an_absence_is_shown_in_words(sheet):
    sheet["open"].set_answer(Answer("visit", "open", None, Absence.NOT_APPLICABLE))

    assert sheet["open"].accessibleDescription() == "not applicable"


# --- timers


def test_a_second_press_of_a_running_timer_says_so_and_ends_nothing(sheet, core, visit, clock):
    sheet["teacher"].press_key()
    clock.advance(seconds=12)
    sheet["teacher"].press_key()

    assert sheet["teacher"].runs
    assert "still on" in sheet["teacher"].said
    assert sheet["teacher"].time_words == "0:12"
    assert len(events(core, visit)) == 1


def test_shift_ends_it_and_its_button_too(sheet, clock):
    sheet["teacher"].press_key()
    clock.advance(seconds=62)
    sheet["teacher"].press_shift()
    assert (sheet["teacher"].runs, sheet["teacher"].time_words) == (False, "1:02")

    sheet["board"].press_key()
    QTest.mouseClick(sheet["board"].end, Qt.MouseButton.LeftButton)
    assert not sheet["board"].runs


def test_another_of_the_group_takes_over(sheet, clock):
    click_row(sheet["board"])
    sheet["teacher"].press_key()
    clock.advance(seconds=30)
    sheet["pupils"].press_key()

    assert sheet["teacher"].state.stretches == (Stretch(0, 30_000),)
    assert sheet["pupils"].runs
    assert sheet["board"].runs


def test_the_time_runs_on_without_asking_the_store(sheet, core, clock, qtbot, monkeypatch):
    def unread():
        pytest.fail("the store was read")

    sheet["teacher"].press_key()
    monkeypatch.setattr(core.store, "read", unread)
    before = sheet["teacher"].grab().toImage()
    clock.advance(seconds=75)
    qtbot.waitUntil(lambda: sheet["teacher"].grab().toImage() != before, timeout=4000)

    assert sheet["teacher"].time_words == "1:15"


def test_a_timer_off_says_off_and_its_name_stands_out_while_on(sheet):
    assert sheet["silence"].time_words == "off"
    assert sheet["silence"].accessibleDescription() == "off"
    sheet["silence"].press_key()

    assert sheet["silence"].accessibleDescription() == "on since 0:00"


def test_times_from_paper_are_typed_in_after_the_lesson(open_sheet, core, clock, visit):
    clock.advance(seconds=3000)
    visits.finish(core, visit_id=visit)
    sheet = open_sheet(visit)
    teacher = sheet["teacher"]
    teacher.set_open(True)
    teacher.press_key()
    assert teacher.start_edit.hasFocus()
    type_text(teacher.start_edit, "3:20")
    press(teacher.start_edit, Key.Key_Return)
    assert teacher.end_edit.hasFocus()
    type_text(teacher.end_edit, "8:05")
    press(teacher.end_edit, Key.Key_Return)

    assert teacher.state.stretches == (Stretch(200_000, 485_000),)
    assert teacher.time_words == "4:45"
    assert teacher.start_edit.text() == ""


def test_the_first_of_a_group_tells_that_one_runs_at_a_time(sheet):
    heights = [sheet[name].height() for name in ("teacher", "pupils", "silence", "board")]

    assert heights[0] > heights[1] == heights[2] == heights[3]


# --- waits


def test_two_presses_make_a_wait_and_a_letter_says_how_it_ended(sheet, core, visit, clock):
    wait = sheet["wait"]
    wait.press_key()
    assert wait.waits
    assert not wait.awaits_key
    clock.advance(ms=4600)
    assert wait.shown_words == "4.6 s"
    wait.press_key()
    assert wait.awaits_key
    wait.setFocus()
    type_text(wait, "2")

    (event,) = events(core, visit)
    assert (event.offset_ms, event.value, event.outcome) == (0, 4600, "rephrased")
    assert not wait.awaits_key
    assert wait.summary == "1 of 1 at 3 s or more, median 4.6 s"


@pytest.mark.parametrize(("key", "outcome"), [("1", "answered"), ("3", "answered_by_teacher")])
def test_a_letter_ends_a_running_wait_at_once(sheet, core, visit, clock, key, outcome):
    sheet["wait"].setFocus()
    press(sheet["wait"], Key.Key_Space)
    clock.advance(ms=900)
    type_text(sheet["wait"], key)

    (event,) = events(core, visit)
    assert (event.value, event.outcome) == (900, outcome)


def test_escape_throws_a_running_wait_away_and_leaves_at_the_second(sheet, core, visit, clock, qtbot):
    wait = sheet["wait"]
    wait.setFocus()
    wait.press_key()
    with qtbot.assertNotEmitted(wait.left):
        press(wait, Key.Key_Escape)
    assert not wait.waits
    assert events(core, visit) == ()
    with qtbot.waitSignal(wait.left):
        press(wait, Key.Key_Escape)


def test_the_outcome_has_a_mouse_way(sheet, core, visit):
    sheet["wait"].press_key()
    sheet["wait"].press_key()
    QTest.mouseClick(sheet["wait"].outcomes["answered"], Qt.MouseButton.LeftButton)
    assert events(core, visit)[0].outcome == "answered"

    QTest.mouseClick(sheet["wait"].outcomes["answered"], Qt.MouseButton.LeftButton)
    assert events(core, visit)[0].outcome == ""


def test_a_wait_that_is_not_stored_still_stands(sheet, monkeypatch, tmp_path):
    def full(*_given):
        raise DiskFull(tmp_path)

    sheet["wait"].press_key()
    monkeypatch.setattr(sheet.keeper, "wait", full)
    sheet["wait"].press_key()

    assert sheet["wait"].waits
    assert len(sheet.failures) == 1


# --- sweeps


def test_digits_and_enter_store_a_sweep_and_go_back_to_the_note(sheet, clock, qtbot):
    clock.advance(seconds=300)
    task = sheet["task"]
    task.press_key()
    assert task.field.hasFocus()
    type_text(task.field, "24")
    with qtbot.waitSignal(task.left):
        press(task.field, Key.Key_Return)

    assert [one.seen for one in task.sheet.sweeps] == [Share(24, 27)]
    assert task.value_words == "24 of 27 at 5:00 · next at 10:00"
    assert task.field.text() == ""


def test_a_slash_says_of_how_many(open_sheet, core):
    visit_id = visit_with(core, class_size=None)
    visits.begin(core, visit_id=visit_id)
    task = open_sheet(visit_id)["task"]
    assert task.of_words == "of how many?"
    task.press_key()
    type_text(task.field, "9")
    press(task.field, Key.Key_Return)
    assert "slash" in task.said

    type_text(task.field, "/10")
    press(task.field, Key.Key_Return)
    assert [one.seen for one in task.sheet.sweeps] == [Share(9, 10)]


@pytest.mark.parametrize(("typed", "told"), [("28", "28 is more than 27."), ("/", "Type how many"), ("3/0", "3 is")])
def test_a_sweep_that_cannot_be_is_explained_and_kept_on_screen(sheet, core, visit, typed, told):
    sheet["task"].press_key()
    type_text(sheet["task"].field, typed)
    press(sheet["task"].field, Key.Key_Return)

    assert told in sheet["task"].said
    assert sheet["task"].field.text() == typed
    assert events(core, visit) == ()


def test_a_wait_that_runs_names_the_key_that_throws_it_away_from_the_note(sheet):
    wait = sheet["wait"]
    wait.press_key()
    key = wait.letter if wait.letter.startswith("F") else f"Alt {wait.letter}"
    assert wait.letter
    assert f"Shift {key} throws it away" in wait.running_hint


def test_the_next_sweep_falls_due_while_one_waits(sheet, clock, qtbot):
    assert sheet["task"].value_words == "next at 5:00"
    clock.advance(seconds=301)

    qtbot.waitUntil(lambda: "due now" in sheet["task"].accessibleDescription(), timeout=4000)


def test_letters_in_the_field_are_absences_and_zero_is_a_number(sheet, qtbot):
    task = sheet["task"]
    task.press_key()
    with qtbot.waitSignal(task.given) as caught:
        type_text(task.field, "l")
    assert caught.args[0].absence is Absence.NOT_LOOKED_FOR
    with qtbot.assertNotEmitted(task.given):
        type_text(task.field, "0")
    assert task.field.text() == "0"
    press(task.field, Key.Key_Escape)
    assert task.field.text() == ""


# --- taken back


def test_what_is_undone_elsewhere_is_shown(sheet, core, visit, clock):
    sheet["praise"].press_key()
    sheet["teacher"].press_key()
    clock.advance(seconds=9)
    sheet["pupils"].press_key()
    history.undo(core, scope=visit)
    assert (sheet["teacher"].runs, sheet["pupils"].runs) == (True, False)

    history.undo(core, scope=visit)
    history.undo(core, scope=visit)
    assert (sheet["teacher"].runs, sheet["praise"].count) == (False, 0)
