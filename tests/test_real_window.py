"""The program on a real screen: what no offscreen platform shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from observe_app.domain.clock import SystemClock
from observe_app.services import notes, people, visits
from observe_app.ui.theme import ThemeChoice
from tests.ui.shots import theme_controller
from tests.ui.window import CTRL, Key, Program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.xcb


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path) -> Iterator[Program]:
    theme = theme_controller(qapp)
    theme.apply(ThemeChoice.LIGHT)
    made = Program(qtbot, data_folder, SystemClock(), theme)
    yield made
    made.end()


def test_a_note_typed_into_a_window_on_a_screen_is_kept(program: Program, qtbot: QtBot) -> None:
    assert QApplication.platformName() == "xcb"
    with qtbot.waitSignal(program.window.first_painted, timeout=15_000), qtbot.waitSignal(program.starter.ready):
        program.starter.show()
    program.window.raise_()
    program.window.activateWindow()  # without a window manager the server still hands over the keyboard
    program.wait(lambda: program.window.isActiveWindow() and QApplication.focusWidget() is not None)
    people.introduce(program.core, name="Jonas Brandt")
    program.window.go("today")
    assert not program.window.screen().grabWindow(program.window.winId()).toImage().isNull()

    program.press(Key.Key_Return, CTRL, "\r")
    program.wait(lambda: QApplication.focusWidget().objectName() == "note_edit")
    program.say("S7 “Can I use the bar?” #open")

    (row,) = visits.listing(program.core)
    (note,) = notes.stream(program.core, row.id)
    assert (note.speaker, note.text, note.tags) == ("S7", "“Can I use the bar?”", ("open",))
    assert program.window.close()
    assert program.starter.desk is None
    assert not program.window.isVisible()
