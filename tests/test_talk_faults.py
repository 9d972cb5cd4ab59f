"""The disk is full, the folder takes nothing, another program holds the data: said in words, and nothing half done."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.reply import Stance
from observe_app.services import backup, releases, replies, turns
from observe_app.services.pdf.render import render_bytes
from tests.services.reply_samples import filled
from tests.talk_job_hands import FollowUp, Observed, Talk, dropped, name_file, talked
from tests.ui.window import Key, Program, at_today

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock

# The offscreen platform has no keyboard to grab; popups work without.
pytestmark = [
    pytest.mark.qt_log_ignore("does not support grabbing the keyboard", extend=True),
    pytest.mark.skipif(sys.platform != "linux", reason="needs limits on files and mounts"),
]
MOUNT, UMOUNT = shutil.which("mount") or "", shutil.which("umount") or ""
ROOM = 4096
OLDER = b"%PDF of last week"


@contextlib.contextmanager
def full_disk() -> Iterator[None]:
    """Let no file of this process grow, nor be written beyond its first bytes."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let a folder take nothing, by its file system where permissions do not bind."""
    if os.geteuid():
        folder.chmod(0o500)
        yield
        folder.chmod(0o700)
        return
    if not MOUNT or subprocess.run([MOUNT, "--bind", folder, folder], check=False, capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        subprocess.run([MOUNT, "-o", "remount,bind,ro", folder], check=True)
        yield
    finally:
        subprocess.run([UMOUNT, "-l", folder], check=True)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold the database for writing, as another program may."""
    holder = sqlite3.connect(folder / "observe.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock, first_run_done=True, paper="A4") as made:
        yield made


@pytest.fixture
def lesson(program: Program) -> Observed:
    """Return a lesson with a claim, ready to be released."""
    return talked(program.core)


def plain(words: str) -> bool:
    """Whether a person can read it: words, no open field, and nothing of what the system itself said."""
    return words.strip() != "" and not any(sign in words for sign in ("{", "Error", "Errno", "I/O", "SQL", "locked"))


# --- releasing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["full", "held"])
def test_a_release_that_cannot_be_written_says_so_and_is_none(
    program: Program, lesson: Observed, data_folder: Path, fault: str
) -> None:
    hands = Talk(program, lesson.visit.id)
    program.walk(Key.Key_F6, lambda focused: focused.objectName() in ("release", "preview"))
    hands.press_button("release")
    sheet = program.part("release_sheet")
    program.wait(lambda: sheet.preview is not None and sheet.main_button.isEnabled())
    stage = program.window.current_page.stage

    with full_disk() if fault == "full" else held(data_folder):
        sheet.main_button.click()
        program.wait(sheet.trouble.isVisible)

    assert plain(sheet.trouble.text())
    assert releases.of_visit(program.core, lesson.visit.id) == ()
    assert program.window.current_page.stage is stage
    program.wait(sheet.main_button.isEnabled)
    sheet.main_button.click()
    program.wait(lambda: len(releases.of_visit(program.core, lesson.visit.id)) == 1)
    assert backup.check(program.core) == ()


# --- the PDF ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["full", "held", "read-only"])
def test_a_pdf_that_cannot_be_saved_says_so_and_no_copy_left(
    program: Program, lesson: Observed, data_folder: Path, tmp_path: Path, fault: str
) -> None:
    releases.release(program.core, visit_id=lesson.visit.id)
    page = FollowUp(program, lesson.visit.id)
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "given.pdf"
    target.write_bytes(OLDER)
    page.tab.message_bar.clear()

    with {"full": full_disk, "held": lambda: held(data_folder), "read-only": lambda: read_only(folder)}[fault]():
        page.tab.save_to(target)
        program.wait(page.tab.message_bar.isVisible)
        assert page.tab.message_bar.message is not None
        said = page.tab.message_bar.message.text

    assert plain(said)
    assert "Saved" not in said
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("given.pdf", OLDER)]
    assert releases.copies(program.core, lesson.visit.id) == ()
    assert releases.can_take_back(program.core, lesson.visit.id)
    program.wait(page.tab.preview.save_button.isEnabled)
    with program.qtbot.waitSignal(page.tab.exported, timeout=20_000):
        page.tab.save_to(target)
    assert target.read_bytes() != OLDER
    assert len(releases.copies(program.core, lesson.visit.id)) == 1


# --- a reply ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["full", "held"])
def test_a_reply_that_cannot_be_kept_says_so_and_comes_in_later(
    program: Program, lesson: Observed, data_folder: Path, tmp_path: Path, fault: str
) -> None:
    core, visit_id = program.core, lesson.visit.id
    release = releases.release(core, visit_id=visit_id)
    pdf, _result = render_bytes(releases.document_of(release))
    back = tmp_path / "back.pdf"
    back.write_bytes(filled(pdf, {"words_1": "Yes.", "readers": "Mira Novak"}, {1: "agree"}))
    sheet = dropped(program, back)
    assert sheet.main_button is not None

    with full_disk() if fault == "full" else held(data_folder):
        sheet.main_button.click()
        program.wait(lambda: not sheet.main_button.isVisible())

    assert plain(sheet.title_label.text())
    assert plain(sheet.what.text())
    assert replies.of_visit(core, visit_id) == ()
    assert releases.readers(core, visit_id) == ()
    with contextlib.closing(sqlite3.connect(data_folder / "observe.sqlite")) as connection:
        assert connection.execute("SELECT count(*) FROM kept_file").fetchone() == (0,)
    sheet.reject()
    program.wait(lambda: program.desk.replies.sheet is None)
    again = dropped(program, back)
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: len(replies.of_visit(core, visit_id)) == 1)
    assert again.found is not None
    (reply,) = replies.of_visit(core, visit_id)
    assert [point.stance for point in reply.points] == [Stance.AGREE]


# --- the conversation ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["full", "held"])
def test_what_was_said_stays_in_the_line_until_it_is_stored(
    program: Program, lesson: Observed, data_folder: Path, fault: str
) -> None:
    hands = Talk(program, lesson.visit.id)
    entry = hands.tab.conversation.entry
    program.walk(Key.Key_F6, lambda focused: focused is entry.text)

    with full_disk() if fault == "full" else held(data_folder):
        program.say("It felt long")
        program.wait(lambda: hands.tab.message_bar.isVisible() or program.message() != "")
        bar = hands.tab.message_bar if hands.tab.message_bar.isVisible() else program.window.message_bar
        assert bar.message is not None
        assert plain(bar.message.text)
        assert entry.words == "It felt long"

    assert turns.of_visit(program.core, lesson.visit.id) == ()
    program.press(Key.Key_Return, text="\r")
    program.wait(lambda: [turn.text for turn in turns.of_visit(program.core, lesson.visit.id)] == ["It felt long"])
    assert entry.words == ""


def test_a_calendar_file_that_cannot_be_written_says_so(program: Program, lesson: Observed, tmp_path: Path) -> None:
    hands = Talk(program, lesson.visit.id)
    hands.press_button("agree_next")
    program.wait(lambda: program.part("next_date").hasFocus())
    program.type("2026-04-07")
    program.fill("next_time", "10:15")
    program.press(Key.Key_Return, text="\r")
    hands.press_button("next_calendar")
    name_file(program, "calendar_dialog", tmp_path / "no such folder" / "next.ics")

    program.wait(lambda: program.message() != "" or hands.tab.message_bar.isVisible())
    bar = hands.tab.message_bar if hands.tab.message_bar.isVisible() else program.window.message_bar
    assert bar.message is not None
    assert plain(bar.message.text)
