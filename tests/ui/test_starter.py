"""From the shell to the pages: what is said when the data cannot be opened, and the way back to a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from observe_app.app import wire_core
from observe_app.domain.errors import DatabaseDamaged, DatabaseNewer, DataFolderInUse
from observe_app.services import backup, people, visits
from observe_app.services.core import close
from observe_app.store.folder import DataFolder, WindowLock
from observe_app.ui.opening_failed import OpeningFailedSheet
from observe_app.ui.settings.restore_sheet import RestoreSheet
from tests.ui.shots import theme_controller
from tests.ui.window import Key, Program, introduced

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    made = Program(qtbot, data_folder, clock, theme_controller(qapp))
    yield made
    made.end()


def refused(program: Program) -> OpeningFailedSheet:
    """Show the window and return the sheet that says why it stays empty."""
    with program.qtbot.waitSignal(program.starter.failed, timeout=15_000):
        program.show()
    sheet = program.window.findChild(OpeningFailedSheet)
    assert sheet is not None
    assert sheet.isVisible()
    return sheet


def test_a_damaged_record_offers_its_newest_backup_and_goes_on_with_it(
    program: Program, data_folder: Path, clock: FakeClock
) -> None:
    core = wire_core(data_folder, clock=clock)
    introduced(core)
    people.add(core, name="Ilse Bakker")
    backup.daily(core)
    close(core)
    (data_folder / "observe.sqlite").write_bytes(b"no database any more" * 1000)

    sheet = refused(program)
    assert isinstance(program.failures[0], DatabaseDamaged)
    with program.qtbot.waitSignal(program.starter.ready, timeout=15_000):
        sheet.findChild(QPushButton, "restore_backup").click()

    assert program.window.current_name == "today"
    assert "Ilse Bakker" in {row.person.name for row in people.listing(program.core)}
    assert list((data_folder / "backups").glob("before-restore-*"))


def test_a_second_window_is_told_that_one_is_open(program: Program, data_folder: Path) -> None:
    other = WindowLock(DataFolder(data_folder).window_lock)
    other.acquire()

    sheet = refused(program)

    assert isinstance(program.failures[0], DataFolderInUse)
    assert sheet.title_label.text() == "Observe is already open"
    assert sheet.findChild(QPushButton, "restore_backup") is None
    other.release()


def test_a_newer_record_is_left_alone_and_said(program: Program, data_folder: Path) -> None:
    with closing(sqlite3.connect(data_folder / "observe.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 9000")

    sheet = refused(program)

    assert isinstance(program.failures[0], DatabaseNewer)
    assert sheet.title_label.text() == "Written by a newer version"
    assert "this version knows" in " ".join(label.text() for label in sheet.findChildren(QLabel))
    assert sheet.findChild(QPushButton, "restore_backup") is None


def test_going_back_to_a_backup_loads_everything_again(program: Program) -> None:
    program.open()
    introduced(program.core)
    saved = backup.make(program.core)
    visits.plan(program.core, class_name="Written later")
    program.window.go("visits")

    with program.qtbot.waitSignal(program.starter.ready, timeout=15_000):
        program.desk.restore(saved)

    assert program.window.current_name == "today"
    assert visits.listing(program.core) == ()
    visits.plan(program.core, class_name="Works on")
    assert len(visits.listing(program.core)) == 1


def test_settings_ask_before_they_bring_a_backup_back(program: Program) -> None:
    program.open()
    introduced(program.core)
    saved = backup.make(program.core)
    visits.plan(program.core, class_name="Written later")
    page = program.window.go("settings")

    page.ask_restore(str(saved))
    program.press(Key.Key_Escape)
    program.wait(lambda: program.window.findChild(RestoreSheet) is None)
    assert len(visits.listing(program.core)) == 1

    page.ask_restore(str(saved))
    program.tab_to("restore_main")
    with program.qtbot.waitSignal(program.starter.ready, timeout=15_000):
        program.press(Key.Key_Space, text=" ")
    assert visits.listing(program.core) == ()
    assert people.me(program.core).name == "Jonas Brandt"


def test_a_change_from_the_command_line_appears_by_itself(program: Program, clock: FakeClock) -> None:
    program.open()
    introduced(program.core)
    page = program.window.go("visits")
    beside = wire_core(program.folder, clock=clock)

    visits.plan(beside, class_name="From beside")
    close(beside)

    program.wait(lambda: page.model.rowCount() == 1)
