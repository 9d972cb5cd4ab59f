"""The privacy blank in the whole program: in the middle of a lesson, and by the key that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from observe_app.services import notes, visits
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, SHIFT, Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    made = Program(qtbot, data_folder, clock, theme_controller(qapp))
    made.open()
    introduced(made.core)
    made.window.go("today")
    yield made
    made.end()


@pytest.fixture
def lesson(program):
    """Return the program with a lesson that has begun and half a note in its line."""
    program.press(Key.Key_Return, CTRL, "\r")
    program.wait(lambda: QApplication.focusWidget().objectName() == "note_edit")
    program.say("T good morning")
    program.type("S7 can I u")
    return program


def test_a_lesson_runs_on_behind_it_and_half_a_note_is_there_afterwards(lesson, clock):
    edit = QApplication.focusWidget()
    before = edit.words
    (visit,) = visits.listing(lesson.core)

    lesson.press(Key.Key_F12)
    assert lesson.window.blank.is_covering
    for key, text in ((Key.Key_X, "x"), (Key.Key_Return, "\r"), (Key.Key_F2, "")):
        lesson.press(key, text=text)
    clock.advance(seconds=90)
    lesson.press(Key.Key_F12)

    assert QApplication.focusWidget() is edit
    assert edit.words == before
    assert len(notes.stream(lesson.core, visit.id)) == 1
    lesson.type("se")
    assert edit.words == before + "se"
    assert visits.get(lesson.core, visit.id).ended is None


def test_the_key_chosen_in_the_settings_works_at_once_and_after_a_restart(program):
    program.window.go("settings")
    table = program.part("keys_table")
    table.setFocus()
    table.choose("blank")
    program.press(Key.Key_Return)
    program.press(Key.Key_B, CTRL | SHIFT)

    program.press(Key.Key_F12)
    assert not program.window.blank.is_covering
    program.press(Key.Key_B, CTRL | SHIFT)
    assert program.window.blank.is_covering
    program.press(Key.Key_Escape)

    program.reload()
    program.press(Key.Key_B, CTRL | SHIFT)
    assert program.window.blank.is_covering


def test_it_hides_every_page(program):
    for page in ("today", "visits", "people", "forms", "settings"):
        program.window.go(page)
        program.press(Key.Key_F12)
        assert program.window.blank.is_covering, page
        assert program.window.windowTitle() == "Clock"
        program.press(Key.Key_Escape)
        assert not program.window.blank.is_covering, page
