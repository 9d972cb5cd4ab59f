"""Seating plan, privacy blank, key card, own keys and film in the lesson, through the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.domain.event import EventKind
from observe_app.domain.seating_layouts import rows_and_columns
from observe_app.domain.timeline import timers
from observe_app.services import seating
from observe_app.ui.theme import ThemeChoice
from tests.live_job_hands import Lesson, has_keyboard, planned, shown
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, NONE, SHIFT, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

LEFT = Qt.MouseButton.LeftButton

# The offscreen platform has no keyboard to grab; popups work without. A machine without sound or graphics plays all the
# same; what it lacks, Qt says as a warning.
pytestmark = pytest.mark.qt_log_ignore(
    "does not support grabbing the keyboard", "PulseAudio", "No RHI backend", "Couldn.t (load|resolve)", extend=True
)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    theme = theme_controller(qapp)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, data_folder, clock, theme)
    made.open()
    introduced(made.core)
    made.window.go("today")
    yield made
    made.end()
    theme.set_text_size(100)


def begin(program: Program, clock: FakeClock, form: str = "", **more: object) -> Lesson:
    lesson = planned(program, clock, form=form, minutes=50, **more)
    lesson.start()
    return lesson


def spoken(lesson: Lesson) -> list[tuple[str, str, int]]:
    return [(one.speaker, one.to, one.offset_ms // 1000) for one in lesson.events(EventKind.TALLY) if one.seat]


# --- seats -----------------------------------------------------------------------------------------------------------


def test_a_plan_is_typed_and_who_speaks_is_recorded_by_keys_and_clicks(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation", class_name="8 B")
    lesson.at("00:30")
    program.say("/seats")
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: program.window.findChild(QWidget, "plan_editor") is not None)
    program.type("5 6")
    program.press(Key.Key_Return, text="\r")
    program.press(Key.Key_Return, text="\r")
    program.window.activateWindow()  # as a window system does when a sheet has gone
    plan = seating.plan_of(program.core, lesson.visit_id)
    assert plan is not None
    assert len(plan.seats) == 30

    seats = lesson.tab.seats
    program.wait(seats.entry.hasFocus)
    lesson.at("01:00")
    program.type("7")
    lesson.at("01:04")
    program.say(" 9")
    lesson.at("01:20")
    program.say("t7")
    lesson.at("01:30")
    QTest.mouseClick(seats.room.button("s12"), LEFT)
    lesson.at("01:40")
    QTest.mouseClick(seats.room.button("s3"), LEFT)
    assert spoken(lesson) == [("S7", "S9", 60), ("T", "S7", 80), ("S12", "", 90), ("S3", "", 100)]
    lesson.undo()
    assert spoken(lesson)[-1] == ("S12", "", 90)
    program.type("Ben whispers")
    assert has_keyboard("note_edit")
    program.press(Key.Key_Return, text="\r")
    assert lesson.noted() == [("01:40", "", "Ben whispers", ())]
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    assert not lesson.tab.shows_seats
    assert has_keyboard("note_edit")


def test_an_item_that_is_answered_beside_the_seats_is_seen(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation")
    seating.set_plan(program.core, visit_id=lesson.visit_id, plan=rows_and_columns(4, 6))
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    panel = lesson.tab.form_panel
    assert not panel.isVisible()
    lesson.alt("r")
    assert panel.isVisible()
    program.type("3")
    assert not panel.isVisible()
    assert has_keyboard("note_edit")
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    assert panel.isVisible()


def regions_walked(lesson: Lesson, presses: int = 8) -> list[str]:
    """Press F6 and say where it comes to."""
    tab, found = lesson.tab, []
    for _ in range(presses):
        lesson.program.press(Key.Key_F6)
        focused = QApplication.focusWidget()
        places = {"form": tab.form_panel, "seats": tab.seats, "codes": tab.board, "notes": tab.pane.view}
        places |= {"line": tab.line, "codes line": tab.codes_line, "film": tab.film}
        inside = [name for name, part in places.items() if part is not None and (
            part is focused or part.isAncestorOf(focused))]  # fmt: skip
        found.append(inside[0] if inside else focused.objectName() if focused is not None else "nothing")
    return found


@pytest.mark.parametrize("percent", [100, 150])
def test_f6_walks_through_form_and_notes_and_back_to_the_line(program: Program, clock: FakeClock, percent: int) -> None:
    program.desk.apply_text_size(percent)
    lesson = begin(program, clock, "general-peer-observation")
    program.window.resize(1024, 768)
    program.wait(lambda: lesson.tab.width() < 1024)
    assert lesson.tab.is_narrow is (percent == 150)
    program.say("one note")
    assert regions_walked(lesson, 6) == ["form", "notes", "line"] * 2
    for presses in (1, 2):
        for _ in range(presses):
            program.press(Key.Key_F6)
        assert lesson.tab.form_panel.isVisible() is (percent == 100 or presses == 1)
        program.press(Key.Key_Escape)
        assert has_keyboard("note_edit")
        assert lesson.tab.form_panel.isVisible() is (percent == 100)


def test_f6_walks_through_codes_and_seats_too(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "copus")
    program.say("one note")
    assert regions_walked(lesson, 3) == ["codes", "notes", "line"]
    program.press(Key.Key_Escape)
    assert regions_walked(lesson, 3) == ["codes", "notes", "codes line"]
    program.press(Key.Key_Space, text=" ")
    program.say("/seats")
    assert lesson.tab.shows_seats
    assert "seats" in regions_walked(lesson, 6)


# --- the blank, the card, own keys -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["general-peer-observation", "copus"])
def test_the_blank_in_the_middle_of_a_word_loses_nothing(program: Program, clock: FakeClock, form: str) -> None:
    lesson = begin(program, clock, form)
    lesson.at("01:00")
    program.type("T half a wo")
    program.press(Key.Key_F12)
    assert program.window.blank.is_covering
    program.type("strangers type")
    program.press(Key.Key_Return, text="\r")
    lesson.alt("q")
    lesson.at("02:00")
    program.press(Key.Key_F12)
    assert not program.window.blank.is_covering
    assert has_keyboard("note_edit")
    program.say("rd")
    assert lesson.noted() == [("01:00", "T", "half a word", ())]
    assert lesson.events(EventKind.INTERVAL) == []
    assert lesson.tab.live.clock.elapsed_ms() == 120_000


def test_f1_shows_the_keys_of_the_form_and_gives_the_line_back(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "copus")
    program.type("half")
    program.press(Key.Key_F1)
    program.wait(lambda: program.window.findChild(QWidget, "key_card") is not None)
    program.press(Key.Key_Escape)
    program.window.activateWindow()  # as a window system does when a sheet has gone
    program.wait(lambda: has_keyboard("note_edit"))
    program.say(" a line")
    assert [one[2] for one in lesson.noted()] == ["half a line"]


def set_key(program: Program, form: str, target: str, key: Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Choose whose keys, go to the row, Enter, and press the new key."""
    box = program.part("keys_of")
    box.setCurrentIndex(box.findData(form))
    box.activated.emit(box.currentIndex())
    table = program.part("keys_table")
    table.setFocus()
    table.choose(target)
    program.press(Key.Key_Return, text="\r")
    program.press(key, held)


def test_keys_of_ones_own_count_in_the_lesson_that_is_open(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "talk-and-participation")
    program.type("half a li")
    program.press(Key.Key_Comma, CTRL, ",")
    program.wait(lambda: program.window.current_name == "settings")
    set_key(program, "talk-and-participation", "teacher-talk", Key.Key_F7)
    set_key(program, "", "pause", Key.Key_D, CTRL | SHIFT)
    set_key(program, "", "blank", Key.Key_B, CTRL)
    shown(program, clock, lesson.visit_id)
    lesson.at("01:00")
    assert lesson.tab.line.typed == "half a li"
    lesson.function(7)
    states = timers(lesson.tab.live.form.items, lesson.events())
    assert states["teacher-talk"].running_since == 60_000
    lesson.function(2)
    assert states == timers(lesson.tab.live.form.items, lesson.events())
    program.press(Key.Key_D, CTRL | SHIFT, "\x04")
    assert lesson.tab.live.paused_since == 60_000
    program.press(Key.Key_P, CTRL | SHIFT, "\x10")
    assert lesson.tab.live.paused_since == 60_000
    program.press(Key.Key_B, CTRL, "\x02")
    assert program.window.blank.is_covering
    program.press(Key.Key_B, CTRL, "\x02")
    assert not program.window.blank.is_covering
    program.say("ne")
    assert [one[2] for one in lesson.noted()] == ["half a line"]
