"""Whole lessons with the general form, with talk and participation, and with COPUS, by keys in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdf
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu

from observe_app.domain.event import EventKind
from observe_app.domain.form import led_by_codes
from observe_app.domain.timeline import code_shares, interval_sheet, timers
from observe_app.services import backup, visits
from observe_app.services.pdf import export_feedback
from tests.live_job_hands import Lesson, has_keyboard, planned, shown
from tests.ui.shots import theme_controller
from tests.ui.window import ALT, CTRL, SHIFT, Key, Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.domain.event import Event

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock) as made:
        yield made


def told(event: Event) -> tuple[object, ...]:
    """Return what an event says, by whichever of its fields say something."""
    return (
        event.kind.value, event.offset_ms // 1000, event.speaker, event.text, event.tags, event.item, event.code,
        event.value, event.starred, event.private, event.to, event.seat,
    )  # fmt: skip


def record(lesson: Lesson) -> tuple[object, ...]:
    """Return the visit as it stands: events, answers, evidence."""
    found = visits.load_record(lesson.program.core, lesson.visit_id)
    links = sorted((link.target_kind, link.target_id, link.event_id) for link in found.evidence)
    given = sorted((one.item, str(one.value), one.absence.value if one.absence else "") for one in found.answers)
    answered = [one for one in given if one[2] not in ("", "unanswered") or one[1] != "None"]
    return (sorted(map(told, lesson.events()), key=str), answered, links)


def choose_command(lesson: Lesson, command: str) -> None:
    """Pick a command from the menu at the foot."""
    lesson.program.part("lesson_menu").click()
    menu = lesson.tab.findChild(QMenu, "lesson_commands")
    menu.findChild(QAction, command).trigger()
    menu.close()
    lesson.program.window.activateWindow()  # as a window system does when a menu has gone


def begin(program: Program, clock: FakeClock, form: str) -> Lesson:
    lesson = planned(program, clock, form=form, minutes=50)
    lesson.start()
    return lesson


# --- the general form ------------------------------------------------------------------------------------------------


class Steps:
    """The record after each thing done that undo takes back, from the lesson's start."""

    def __init__(self, lesson: Lesson) -> None:
        self.lesson, self.states = lesson, [record(lesson)]

    def __call__(self, time: str) -> None:
        """One thing is done: something was kept by it; wait for the next."""
        now = record(self.lesson)
        assert now != self.states[-1], f"nothing was kept before {time}"
        self.states.append(now)
        self.lesson.at(time)


def general_lesson(lesson: Lesson) -> list[tuple[object, ...]]:
    """Do what a person does in a lesson, step by step; return the record after each step that undo takes back."""
    step = Steps(lesson)
    write_and_mark(lesson, step)
    put_in_order(lesson, step)
    return step.states


def write_and_mark(lesson: Lesson, step: Steps) -> None:
    program = lesson.program
    lesson.at("00:20")
    program.say("T “Who has an answer?” #open")
    step("00:40")
    program.say("S4 Two fifths. #claim")
    step("01:00")
    program.type("SS laugh, then look up ")
    program.type(">q")
    program.press(Key.Key_Down)
    program.press(Key.Key_Return, text="\r")
    program.press(Key.Key_Return, text="\r")
    step("02:00")
    program.say("/phase Pair work")
    step("02:30")
    lesson.alt("q")
    program.type("3")
    step("03:00")
    program.press(Key.Key_P, CTRL | SHIFT, "\x10")
    step("04:00")
    choose_command(lesson, "resume")
    lesson.tab.focus_line()
    step("04:10")
    program.say("*")
    step("05:00")


def put_in_order(lesson: Lesson, step: Steps) -> None:
    """Split, join, keep private, change a time."""
    program = lesson.program
    program.say("T hands out strips. S7 folds hers")
    step("05:10")
    program.press(Key.Key_Up)
    program.press(Key.Key_Home)
    for _ in range(len("hands out strips. ")):
        program.press(Key.Key_Right)
    program.press(Key.Key_Return, CTRL, "\r")
    step("05:20")
    lesson.pick("hands out strips.")
    program.press(Key.Key_J, CTRL)
    step("05:30")
    lesson.pick("Two fifths.")
    program.type("p")
    step("05:40")
    lesson.pick("“Who has an answer?”")
    program.type("@")
    program.press(Key.Key_A, CTRL)
    program.say("0:25")
    step("06:00")


def test_every_step_of_a_lesson_is_taken_back_and_brought_again_one_by_one(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation")
    states = general_lesson(lesson)

    for number, before in enumerate(reversed(states[:-1]), start=1):
        lesson.undo()
        assert record(lesson) == before, f"after {number} steps back: {lesson.said}"
        assert has_keyboard("note_edit")
    lesson.undo()
    assert record(lesson) == states[0]
    assert lesson.said == "Nothing to take back in this visit"
    assert visits.get(program.core, lesson.visit_id).started is not None
    for number, after in enumerate(states[1:], start=1):
        lesson.redo()
        assert record(lesson) == after, f"after {number} steps on: {lesson.said}"
    assert backup.check(program.core) == ()


def test_a_whole_lesson_is_in_the_export_and_in_the_pdf_as_it_was_done(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    lesson = begin(program, clock, "general-peer-observation")
    general_lesson(lesson)
    lesson.at("48:00")
    program.press(Key.Key_Return, CTRL | SHIFT, "\r")
    program.tab_to("end_lesson_yes")
    program.press(Key.Key_Space, text=" ")

    found = lesson.exported(tmp_path / "visit.json")
    assert (found["visit"]["stage"], found["visit"]["ended"]) == ("talk", "2026-03-10T09:53:00Z")
    told_events = [
        (one["kind"], one["offset_ms"] // 1000, one.get("speaker", ""), one.get("text", ""), one["starred"])
        for one in found["events"]
    ]
    assert told_events == [
        ("note", 25, "T", "“Who has an answer?”", False),
        ("note", 60, "SS", "laugh, then look up", True),
        ("phase", 120, "", "Pair work", False),
        ("pause", 180, "", "", False),
        ("resume", 240, "", "", False),
        ("note", 300, "T", "hands out strips.\nS7: folds hers", False),
    ]
    (answer,) = found["answers"]
    linked = next(one["id"] for one in found["events"] if one.get("text") == "laugh, then look up")
    assert (answer["item"], answer["value"], answer["evidence"]) == ("questions", 3, [linked])
    target = tmp_path / "all.pdf"
    export_feedback(program.core, visit_id=lesson.visit_id, target=target, include_notes=True)
    printed = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(target).pages).split())
    for words in ("Who has an answer", "Pair work", "laugh, then look up", "hands out strips. S7: folds hers"):
        assert words in printed
    assert "Two fifths" not in printed


# --- talk and participation ------------------------------------------------------------------------------------------


def test_timers_and_tallies_are_pressed_while_a_note_is_written(
    program: Program, clock: FakeClock, tmp_path: Path
) -> None:
    lesson = begin(program, clock, "talk-and-participation")
    on_now = lesson.tab.form_panel.on_now
    lesson.alt("m")
    program.type("1")
    lesson.at("01:00")
    program.type("T explains the ")
    lesson.function(2)
    lesson.at("02:00")
    program.type("rule")
    lesson.function(2)
    assert [chip.item_id for chip in on_now.chips] == ["teacher-talk"]
    assert has_keyboard("note_edit")
    lesson.at("03:00")
    lesson.alt("k")
    program.type(", twice")
    lesson.alt("k")
    lesson.function(3)
    assert [chip.item_id for chip in on_now.chips] == ["student-talk"]
    program.press(Key.Key_Return, text="\r")
    lesson.at("04:00")
    program.say("/pause")
    lesson.at("06:00")
    program.say("/resume")
    lesson.at("07:00")
    lesson.function(3, SHIFT)
    assert on_now.chips == ()
    lesson.function(3, SHIFT)

    states = timers(lesson.tab.live.form.items, lesson.events())
    assert {name: state.total_ms(lesson.now) for name, state in states.items() if state.stretches} == {
        "teacher-talk": 120_000, "student-talk": 120_000,
    }  # fmt: skip
    assert lesson.noted() == [("01:00", "T", "explains the rule, twice", ())]
    assert [event.offset_ms for event in lesson.events(EventKind.TALLY)] == [180_000, 180_000]
    kinds = [one["kind"] for one in lesson.exported(tmp_path / "visit.json")["events"]]
    assert sorted(kinds) == ["note", "pause", "resume", "start", "start", "stop", "stop", "tally", "tally"]
    before = record(lesson)
    program.type("S")
    lesson.function(4)
    lesson.undo()
    assert record(lesson) == before
    assert lesson.tab.line.typed == "S"


# --- COPUS -----------------------------------------------------------------------------------------------------------


def copus_shares(lesson: Lesson) -> dict[str, tuple[int, int]]:
    item = led_by_codes(lesson.tab.live.form)
    assert item is not None
    sheet = interval_sheet(item, lesson.events())
    found = {full: shares.intervals for full, shares in code_shares(item, sheet).items()}
    return {full: (share.count, share.of) for full, share in found.items() if share.count}


def code_key(lesson: Lesson, full: str) -> str:
    return lesson.tab.board.codes.toggles[full].key.lower()


def cell(lesson: Lesson, index: int) -> tuple[str, ...]:
    item = led_by_codes(lesson.tab.live.form)
    return interval_sheet(item, lesson.events()).at(index).ticked


def copus_half(lesson: Lesson) -> None:
    """Six minutes: with Alt while writing, then by keys alone."""
    program = lesson.program
    lesson.at("00:30")
    program.type("T at the board, ")
    lesson.alt(code_key(lesson, "I.Lec"))
    lesson.alt(code_key(lesson, "S.L"))
    program.say("derives the rule")
    assert cell(lesson, 0) == ("I.Lec", "S.L")
    program.press(Key.Key_Escape)
    assert has_keyboard("codes_line")
    lesson.at("02:20")
    program.type("=")
    assert cell(lesson, 1) == ("I.Lec", "S.L")
    program.type(code_key(lesson, "I.RtW"))
    program.type("3")
    lesson.at("02:40")
    program.press(Key.Key_Space, text=" ")
    program.say("S4 asks why")
    assert has_keyboard("codes_line")
    program.press(Key.Key_Left)
    program.type(code_key(lesson, "I.RtW"))
    program.press(Key.Key_Right)
    lesson.at("04:10")
    program.type("0")
    assert cell(lesson, 2) == ()


def test_a_copus_lesson_counts_what_was_ticked(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "copus")
    copus_half(lesson)
    lesson.at("06:30")
    program.type(code_key(lesson, "I.O"))
    program.tab_to("comment_I.O")
    program.say("fire drill")
    assert has_keyboard("codes_line")
    for _ in range(3):
        program.press(Key.Key_Left)
    program.type(code_key(lesson, "S.L"))
    program.press(Key.Key_Escape)
    assert lesson.tab.board.shown == 3
    program.press(Key.Key_Escape)
    assert has_keyboard("note_edit")

    assert copus_shares(lesson) == {"I.Lec": (2, 4), "I.RtW": (2, 4), "S.L": (1, 4), "I.O": (1, 4)}
    sheet = interval_sheet(led_by_codes(lesson.tab.live.form), lesson.events())
    assert (sheet.at(1).level, sheet.at(3).comment("I.O")) == (3, "fire drill")
    assert lesson.noted() == [
        ("00:30", "T", "at the board, derives the rule", ()), ("02:40", "S4", "asks why", ()),
    ]  # fmt: skip


def test_a_copus_lesson_goes_on_where_it_stood_after_the_program_was_closed(
    program: Program, clock: FakeClock, qapp: QApplication, qtbot: QtBot, data_folder: Path
) -> None:
    lesson = begin(program, clock, "copus")
    copus_half(lesson)
    program.press(Key.Key_Space, text=" ")
    program.type("half a tho")
    before = record(lesson)
    program.end()
    clock.advance(seconds=3)

    again = Program(qtbot, data_folder, clock, theme_controller(qapp))
    again.open()
    try:
        lesson = shown(again, clock, lesson.visit_id)
        assert record(lesson) == before
        assert lesson.tab.live.clock.elapsed_ms() == lesson.now == 253_000
        assert lesson.tab.line.typed == "half a tho"
        assert lesson.tab.board.shown == 2
        assert lesson.asked == ""
        again.say("ught")
        lesson.alt(code_key(lesson, "I.PQ"))
        assert cell(lesson, 2) == ("I.PQ",)
        assert lesson.noted()[-1] == ("04:10", "", "half a thought", ())
    finally:
        again.end()


def test_after_a_longer_absence_the_clock_is_right_and_running_timers_are_asked_about(
    program: Program, clock: FakeClock, qapp: QApplication, qtbot: QtBot, data_folder: Path
) -> None:
    lesson = begin(program, clock, "talk-and-participation")
    lesson.at("02:00")
    lesson.function(2)
    lesson.at("03:00")
    program.end()
    clock.advance(seconds=240)

    again = Program(qtbot, data_folder, clock, theme_controller(qapp))
    again.open()
    try:
        lesson = shown(again, clock, lesson.visit_id)
        assert lesson.tab.live.clock.elapsed_ms() == 420_000
        assert lesson.asked == "Teacher to the class was running when the program closed at 03:00. Still on?"
        assert has_keyboard("note_edit")
        lesson.tab.message_bar.second_button.click()
        states = timers(lesson.tab.live.form.items, lesson.events())
        assert states["teacher-talk"].total_ms(lesson.now) == 60_000
        assert lesson.tab.form_panel.on_now.chips == ()
    finally:
        again.end()


def test_between_two_codes_a_command_an_edit_and_undo_come_back_to_the_codes(
    program: Program, clock: FakeClock
) -> None:
    lesson = begin(program, clock, "copus")
    lesson.at("00:30")
    program.say("first note")
    program.press(Key.Key_Escape)
    program.type(code_key(lesson, "I.Lec") + code_key(lesson, "I.PQ"))
    lesson.undo()
    assert cell(lesson, 0) == ("I.Lec",)
    program.press(Key.Key_H, CTRL | SHIFT, "\x08")
    program.say("Pair work")
    assert [event.text for event in lesson.events(EventKind.PHASE)] == ["Pair work"]
    assert has_keyboard("codes_line")
    lesson.pick("first note")
    program.press(Key.Key_Return, text="\r")
    assert lesson.tab.line.isVisible()
    program.say(", edited")
    assert has_keyboard("codes_line")
    lesson.pick("first note, edited")
    program.type("@")
    assert lesson.tab.line.isVisible()
    program.press(Key.Key_Escape)
    assert has_keyboard("codes_line")
    program.type(code_key(lesson, "I.PQ"))
    assert cell(lesson, 0) == ("I.Lec", "I.PQ")
    assert lesson.noted() == [("00:30", "", "first note, edited", ())]


def test_what_is_said_about_the_visit_meanwhile_bars_no_way_back(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation")
    program.say("first")
    lesson.at("01:00")
    program.say("second")
    program.press(Key.Key_1, CTRL | ALT, "1")
    program.fill("visit_topic", "Fractions")
    program.press(Key.Key_2, CTRL | ALT, "2")
    assert visits.get(program.core, lesson.visit_id).topic == "Fractions"
    program.press(Key.Key_Return, CTRL | SHIFT, "\r")
    program.tab_to("end_lesson_yes")
    program.press(Key.Key_Space, text=" ")
    program.press(Key.Key_2, CTRL | ALT, "2")
    program.tab_to("resume_lesson")
    program.press(Key.Key_Space, text=" ")

    lesson.undo()
    assert [note[2] for note in lesson.noted()] == ["first"]
    lesson.undo()
    assert lesson.noted() == []
    lesson.undo()
    assert lesson.said == "Nothing to take back in this visit"
    found = visits.get(program.core, lesson.visit_id)
    assert (found.topic, found.ended, found.started) == ("Fractions", None, lesson.began)
    lesson.redo()
    lesson.redo()
    assert [note[2] for note in lesson.noted()] == ["first", "second"]


def test_tab_completes_what_is_offered_and_leaves_the_line_only_otherwise(program: Program, clock: FakeClock) -> None:
    lesson = begin(program, clock, "general-peer-observation")
    program.say("T asks #open-question")
    program.type("S4 answers #op")
    program.press(Key.Key_Tab, text="\t")
    assert has_keyboard("note_edit")
    program.type(">q")
    program.press(Key.Key_Tab, text="\t")
    program.press(Key.Key_Return, text="\r")
    assert lesson.noted()[-1] == ("00:00", "S4", "answers", ("open-question",))
    assert [link[1] for link in record(lesson)[2]] == ["questions"]
    program.type("/pau")
    program.press(Key.Key_Tab, text="\t")
    assert lesson.tab.live.paused_since is None
    program.press(Key.Key_Return, text="\r")
    assert lesson.tab.live.paused_since == 0
    program.type("words")
    program.press(Key.Key_Tab, text="\t")
    assert not has_keyboard("note_edit")
    program.press(Key.Key_Escape)
    assert has_keyboard("note_edit")
