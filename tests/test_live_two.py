"""Two unfinished visits at once in the real window: what belongs to one never comes up in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.services import visits
from tests.live_job_hands import Lesson, has_keyboard, planned, shown
from tests.ui.window import CTRL, SHIFT, Key, Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock) as made:
        yield made


def begin(program: Program, clock: FakeClock, form: str, teacher: str) -> Lesson:
    lesson = planned(program, clock, form=form, teacher=teacher, minutes=50)
    lesson.start()
    return lesson


def test_starting_a_visit_never_touches_another_that_is_unfinished(program: Program, clock: FakeClock) -> None:
    first = begin(program, clock, "talk-and-participation", "Amina Diallo")
    first.at("02:00")
    first.function(2)
    program.type("T half a li")
    clock.advance(seconds=60)
    second = planned(program, clock, form="talk-and-participation", teacher="Ben Okafor")
    assert second.tab.line.typed == ""
    assert second.tab.form_panel.on_now.chips == ()
    second.start()
    second.at("00:30")
    second.function(5)
    program.type("S7 another")
    clock.advance(seconds=60)

    shown(program, clock, first.visit_id)
    assert first.tab.line.typed == "T half a li"
    assert [chip.item_id for chip in first.tab.form_panel.on_now.chips] == ["teacher-talk"]
    assert first.tab.live.clock.elapsed_ms() == first.now == 270_000
    assert first.asked == ""
    program.say("ne")
    assert first.noted() == [("02:00", "T", "half a line", ())]
    shown(program, clock, second.visit_id)
    assert second.tab.line.typed == "S7 another"
    assert [chip.item_id for chip in second.tab.form_panel.on_now.chips] == ["quiet"]
    assert second.tab.live.clock.elapsed_ms() == second.now == 90_000
    program.press(Key.Key_N, CTRL)
    assert {visits.get(program.core, one.visit_id).ended for one in (first, second)} == {None}


def test_keys_alone_and_seats_stay_with_the_visit_they_were_asked_for(program: Program, clock: FakeClock) -> None:
    first = begin(program, clock, "copus", "Amina Diallo")
    program.press(Key.Key_Escape)
    program.press(Key.Key_Space, text=" ")
    program.type("half")
    second = begin(program, clock, "copus", "Ben Okafor")
    program.say("a note")
    assert has_keyboard("note_edit")
    program.press(Key.Key_S, CTRL | SHIFT, "\x13")
    assert second.tab.shows_seats
    program.press(Key.Key_Escape)
    third = begin(program, clock, "general-peer-observation", "Chen Wei")
    assert not third.tab.shows_seats
    assert third.tab.form_panel.isVisible()
    shown(program, clock, first.visit_id)
    assert first.tab.line.typed == "half"


def test_an_undo_takes_back_nothing_of_the_other_visit(program: Program, clock: FakeClock) -> None:
    first = begin(program, clock, "general-peer-observation", "Amina Diallo")
    program.say("in the first")
    second = begin(program, clock, "general-peer-observation", "Ben Okafor")
    program.say("in the second")
    shown(program, clock, first.visit_id)
    first.undo()
    assert (first.noted(), len(second.noted())) == ([], 1)
    first.undo()
    assert len(second.noted()) == 1
    shown(program, clock, second.visit_id)
    second.redo()
    assert first.noted() == []
    second.undo()
    assert second.noted() == []
    shown(program, clock, first.visit_id)
    first.redo()
    assert [note[2] for note in first.noted()] == ["in the first"]
    assert second.noted() == []
