"""What goes wrong around the note line: no room, no file, other writers, too much text. Nothing typed is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.domain.errors import DiskFull
from observe_app.domain.ids import Ids
from observe_app.services import history, notes, visits
from observe_app.services.core import close
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from observe_app.ui.widgets import MessageKind
from observe_app.ui.widgets.tips import plain_tip
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

ENTER = Qt.Key.Key_Return
MOUNT, UMOUNT = shutil.which("mount") or "", shutil.which("umount") or ""


def texts(core, visit_id):
    return [event.text for event in notes.stream(core, visit_id)]


@pytest.fixture
def blocked(data_folder):
    """Return a connection of another program, not yet in the way."""
    connection = sqlite3.connect(data_folder / "observe.sqlite", isolation_level=None)
    yield connection
    connection.close()


@pytest.fixture
def impatient(data_folder, clock, qapp):
    opened = wire_core(data_folder, clock=clock, ids=Ids(clock), busy_ms=20)
    yield opened
    close(opened)


@pytest.fixture
def hurried(impatient, qtbot):
    """Return a tab whose store waits only 20 ms for others."""
    made = ObserveTab(impatient, ChangeBus())
    qtbot.addWidget(made)
    made.open_visit(plan_visit(impatient))
    made.show()
    made.focus_line()
    return made


def test_a_half_line_that_cannot_be_kept_goes_to_the_recovery_file_when_the_visit_changes(hurried, impatient, blocked):
    visits.begin(impatient, visit_id=hurried.visit_id)
    other = plan_visit(impatient)
    hurried.open_visit(hurried.visit_id)
    type_text(hurried.line.edit, "S3 half a line")
    blocked.execute("begin immediate")

    hurried.open_visit(other)
    blocked.execute("rollback")

    assert "S3 half a line" in impatient.files.recovery.read_text(encoding="utf-8")
    assert hurried.line.is_empty


def test_a_half_line_waits_in_its_visit(tab, core, open_tab):
    first, second = tab.visit_id, plan_visit(core)
    type_text(tab.line.edit, "T begun but not")
    tab.open_visit(second)
    assert tab.line.is_empty
    tab.open_visit(first)
    assert tab.line.line == "T begun but not"
    tab.leave()

    assert open_tab(first).line.line == "T begun but not"
    assert texts(core, first) == []


def test_a_new_note_laid_aside_for_an_edit_is_kept_at_once(tab, core):
    type_text(tab.line.edit, "T stored")
    press(tab.line.edit, ENTER)
    type_text(tab.line.edit, "T new words")
    tab.acts.edit_last()

    assert [draft.text for draft in notes.drafts(core, tab.visit_id)] == ["T new words"]
    tab.leave()


def test_an_edit_does_not_claim_to_have_seen_what_came_while_its_editor_was_open(tab, core):
    type_text(tab.line.edit, "T first")
    press(tab.line.edit, ENTER)
    note = tab.model.events[0]
    tab.acts.edit(note.id)
    elsewhere = notes.open_note(core, note.id)
    notes.edit(core, event_id=note.id, line="T from elsewhere", seen=elsewhere.seen)

    type_text(tab.line.edit, " and here")
    press(tab.line.edit, ENTER)

    changes = [
        change
        for _action, change in history.of_record(core, table="event", row=note.id).changes
        if change.column == "text"
    ]
    assert [change.new for change in changes] == ["first", "from elsewhere", "first and here"]
    assert changes[2].over == changes[1].over == (changes[0].op,)


def test_the_longest_note_is_kept_and_a_longer_paste_stays_and_is_said(tab, core):
    paste(tab, "x" * 100_000)
    press(tab.line.edit, ENTER)
    assert texts(core, tab.visit_id) == []
    assert len(tab.line.edit.words) == 100_000
    assert "100000" in tab.line.problem

    tab.line.clear_line()
    paste(tab, "word " * 3999 + "last")
    press(tab.line.edit, ENTER)
    assert [len(text) for text in texts(core, tab.visit_id)] == [19_999]


def paste(tab, text):
    data = QMimeData()
    data.setText(text)
    data.setHtml(f"<h1>{text[:10]}</h1>")
    QApplication.clipboard().setMimeData(data)
    press(tab.line.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QApplication.clipboard().clear()  # what Python made and Qt still holds at the exit crashes there


def test_a_paste_of_markup_stays_text(tab, core):
    paste(tab, "<b>bold</b> {0} &lt; %s")
    press(tab.line.edit, ENTER)

    assert texts(core, tab.visit_id) == ["<b>bold</b> {0} &lt; %s"]


def test_enter_held_down_stores_a_line_once(tab, core):
    type_text(tab.line.edit, "T once")
    for number in range(20):
        event = QKeyEvent(QKeyEvent.Type.KeyPress, ENTER, Qt.KeyboardModifier.NoModifier, "\r", number > 0, 1)
        QApplication.sendEvent(tab.line.edit, event)

    assert texts(core, tab.visit_id) == ["once"]


def test_fast_typing_keeps_every_line_in_order(tab, core):
    lines = [f"line {number}" for number in range(40)]
    for line in lines:
        type_text(tab.line.edit, line)
        press(tab.line.edit, ENTER)

    assert texts(core, tab.visit_id) == lines


def test_a_clock_or_zone_set_anew_in_the_lesson_moves_no_note(tab, core, clock):
    offsets = []
    for jump, zone in ((0, "UTC"), (-3 * 3600, "America/New_York"), (86_400, "Europe/Berlin"), (-86_400, "UTC")):
        clock.jump_wall(seconds=jump)
        clock.zone = zone
        clock.advance(seconds=60)
        type_text(tab.line.edit, f"T at {zone}")
        press(tab.line.edit, ENTER)
        offsets.append(tab.model.events[-1].offset_ms)

    assert [offset - offsets[0] for offset in offsets] == [0, 60_000, 120_000, 180_000]


@pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be taken away")
def test_a_database_deleted_in_the_lesson_costs_nothing(tab, core, data_folder):
    type_text(tab.line.edit, "T before")
    press(tab.line.edit, ENTER)
    for one in data_folder.glob("observe.sqlite*"):
        one.unlink()
    type_text(tab.line.edit, "T after")
    press(tab.line.edit, ENTER)

    with sqlite3.connect(data_folder / "observe.sqlite") as other:
        assert other.execute("select text from event order by id").fetchall() == [("before",), ("after",)]
    other.close()


@pytest.fixture
def small_disk(tmp_path):
    place = tmp_path / "disk"
    place.mkdir()
    able = sys.platform == "linux" and MOUNT and os.geteuid() == 0
    if not able or subprocess.run([MOUNT, "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run([UMOUNT, "-l", place], check=True)


def test_a_full_disk_keeps_the_line_on_screen_and_stores_it_when_there_is_room(small_disk, clock, qtbot):
    core = wire_core(small_disk, clock=clock, ids=Ids(clock))
    made = ObserveTab(core, ChangeBus())
    qtbot.addWidget(made)
    made.open_visit(plan_visit(core))
    made.show()
    made.focus_line()
    type_text(made.line.edit, "T stored")
    press(made.line.edit, ENTER)
    ballast = small_disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        while True:
            try:
                file.write(b"\0" * 4096)
            except OSError:
                break
    failed = []
    made.not_saved.connect(failed.append)
    paste(made, "T " + "no room for this " * 900)
    press(made.line.edit, ENTER)

    assert any(isinstance(error, DiskFull) for error in failed)
    assert made.message_bar.message.kind is MessageKind.RISK
    assert made.line.line.startswith("T no room for this")
    assert texts(core, made.visit_id) == ["stored"]

    ballast.unlink()
    made.keeper.try_again()
    assert len(texts(core, made.visit_id)) == 2
    assert made.line.is_empty
    close(core)


@pytest.mark.parametrize("text", ["<b>x</b>", "&lt;i&gt;", "a < b\nc", "<img src=x>"])
def test_a_tooltip_shows_markup_as_it_was_written(qapp, text):
    from PySide6.QtGui import QTextDocument

    document = QTextDocument()
    document.setHtml(plain_tip(text))

    assert document.toPlainText() == text
    assert plain_tip("plain {words} %s") == "plain {words} %s"
