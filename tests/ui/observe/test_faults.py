"""Faults under the real code: full, read-only and locked databases, writes and fsyncs that fail. Nothing is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import event

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.services import notes, recovery, visits
from observe_app.services.core import close, subscribe
from observe_app.services.words import describe
from observe_app.store.failures import translate
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe import ObserveTab
from observe_app.ui.widgets import MessageKind
from tests.fault_child import UNAVAILABLE
from tests.ui.observe.keys import press, type_text
from tests.ui.observe.lesson import plan_visit

ENTER = Qt.Key.Key_Return
LONG = "word " * 3500  # does not fit into pages that the database has already
BEHIND = 0.5
SAID = {"full": "The disk is full", "read-only": "Not saved", "locked": "The record is busy"}


class Fault:
    """Lets SQLite itself refuse to write, until it is lifted."""

    def __init__(self, core, kind):
        self._engine, self._kind, self.on = core.store.engine, kind, False
        self._other = sqlite3.connect(core.files.database, isolation_level=None)
        event.listen(self._engine, "checkout", self._prepare)

    def _prepare(self, connection, *_more):
        if self._kind == "full":
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages if self.on else 2**30}")
        elif self._kind == "read-only":
            connection.execute(f"PRAGMA query_only = {int(self.on)}")

    def begin(self):
        self.on = True
        if self._kind == "locked":
            self._other.execute("BEGIN IMMEDIATE")

    def lift(self):
        self.on = False
        if self._kind == "locked":
            self._other.execute("ROLLBACK")

    def end(self):
        event.remove(self._engine, "checkout", self._prepare)
        self._other.close()


@pytest.fixture
def impatient(data_folder, clock, qapp):
    opened = wire_core(data_folder, clock=clock, ids=Ids(clock), busy_ms=20)
    yield opened
    close(opened)


@pytest.fixture(params=list(SAID))
def fault(request, impatient):
    made = Fault(impatient, request.param)
    made.kind = request.param
    yield made
    made.end()


@pytest.fixture
def tab(impatient, qtbot):
    bus = ChangeBus()
    stop = subscribe(impatient, bus.publish)
    visit_id = plan_visit(impatient)
    made = ObserveTab(impatient, bus)
    qtbot.addWidget(made)
    made.resize(1290, 700)
    made.open_visit(visit_id)
    visits.begin(impatient, visit_id=visit_id)
    with qtbot.waitExposed(made):
        made.show()
    made.focus_line()
    yield made
    stop()


def copied(core):
    path = core.files.recovery
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def readable(text):
    return bool(text) and not any(sign in text for sign in ("{", "}", "Traceback", "Error", "sqlite3.", "SQLITE"))


def test_words_stay_are_copied_and_stored_when_it_works_again(tab, impatient, fault, clock, qtbot):
    clock.advance(seconds=30)
    fault.begin()
    with qtbot.waitSignals([tab.not_saved, tab.keeper.copied]):
        type_text(tab.line.edit, "T must stay ")
        tab.line.edit.insertPlainText(LONG)
        press(tab.line.edit, ENTER)
    assert tab.line.line == f"T must stay {LONG}"
    message = tab.message_bar.message
    assert message.kind is MessageKind.RISK
    assert SAID[fault.kind] in message.text
    assert readable(message.text)
    assert tab.keeper.copy_path == impatient.files.recovery
    assert [line.count("must stay word") for line in copied(impatient) if LONG.strip() in line] == [1]

    clock.advance(seconds=20)
    tab.keeper.try_again()
    assert len([line for line in copied(impatient) if LONG.strip() in line]) == 1  # each text once
    fault.lift()
    qtbot.waitUntil(lambda: len(tab.model.events) == 1, timeout=8000)
    stored = notes.stream(impatient, tab.visit_id)
    assert [(one.text, one.offset_ms) for one in stored] == [(f"must stay {LONG}".strip(), 30_000)]
    assert tab.line.is_empty
    assert tab.message_bar.message is None
    assert any("must stay" in line for line in copied(impatient))  # a copy is never taken away


def test_the_unfinished_line_is_half_a_second_behind_at_most_while_nothing_can_be_stored(tab, impatient, fault, qtbot):
    tab.line.edit.insertPlainText(LONG)
    fault.begin()
    press(tab.line.edit, ENTER)
    assert tab.keeper.failing
    typed, worst = [], 0.0
    for letter in "and it is typed on and on under load":
        type_text(tab.line.edit, letter)
        typed.append((time.monotonic(), tab.line.typed))
        until = time.monotonic() + 0.04
        while time.monotonic() < until:
            qtbot.wait(1)
        last = max((len(line.partition("word word")[2]) for line in copied(impatient)), default=0)
        missing = [at for at, text in typed if len(text.partition("word word")[2]) > last]
        worst = max(worst, time.monotonic() - missing[0] if missing else 0.0)
    fault.lift()

    assert worst <= BEHIND
    qtbot.waitUntil(lambda: not tab.keeper.failing, timeout=8000)
    assert notes.drafts(impatient, tab.visit_id)[0].text == tab.line.typed


def test_leaving_while_nothing_can_be_stored_leaves_a_copy(tab, impatient, fault):
    type_text(tab.line.edit, "T last words ")
    tab.line.edit.insertPlainText(LONG)
    fault.begin()
    tab.leave()
    fault.lift()

    assert any("T last words" in line for line in copied(impatient))


def test_a_copy_goes_elsewhere_where_the_data_folder_takes_none(core, tmp_path, monkeypatch):
    core.files.recovery.mkdir()  # in the way
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    path = recovery.keep_copy(core, "T words")

    assert path == tmp_path / "observe-recovery.txt"
    assert path.read_text(encoding="utf-8") == "T words\n"
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="links need POSIX")
def test_a_link_that_somebody_laid_there_is_not_followed(core, tmp_path, monkeypatch):
    core.files.recovery.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "observe-recovery.txt").symlink_to(tmp_path / "elsewhere")

    assert recovery.keep_copy(core, "T words") is None
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
    ],
)
def test_every_refusal_of_the_database_is_said_in_words(code, data_folder):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = code
    ours = translate(error, data_folder / "observe.sqlite")

    told = describe(ours)
    assert readable(told.title)
    assert readable(told.text)
    assert told.hint


# --- the system itself refuses, in a process of its own --------------------------------------------------------------


def broken(data_folder: Path, fault: str, tmp_path: Path) -> tuple[dict, str]:
    core = wire_core(data_folder)
    visit_id = plan_visit(core)
    close(core)
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.fault_child", str(data_folder), visit_id, fault],
        cwd=root, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    if done.returncode == UNAVAILABLE:
        pytest.skip("this machine does not let a process refuse its own system calls")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1]), visit_id


def reopened(data_folder: Path, visit_id: str) -> list[str]:
    core = wire_core(data_folder)
    found = [one.text for one in notes.stream(core, visit_id)] + [one.text for one in notes.drafts(core, visit_id)]
    close(core)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="filters system calls as Linux does")
def test_a_failed_fsync_is_said_and_loses_nothing(data_folder, tmp_path):
    told, visit_id = broken(data_folder, "fsync", tmp_path)

    assert told["saved"] == ["before the fault"]
    assert told["line"] == "T while it is broken"
    assert "Not saved" in told["message"]
    assert readable(told["message"])
    kept = reopened(data_folder, visit_id)
    copies = (data_folder / "recovery.txt").read_text(encoding="utf-8")
    assert "before the fault" in kept
    assert "while it is broken" in " ".join(kept) + copies


@pytest.mark.skipif(os.name != "posix", reason="limits of a process need POSIX")
def test_files_that_may_not_grow_are_said_and_stored_later(data_folder, tmp_path):
    told, visit_id = broken(data_folder, "growth", tmp_path)

    assert told["saved"] == ["before the fault"]
    assert told["line"] == "T while it is broken"
    assert readable(told["message"])
    assert told["copy"] == str(data_folder / "recovery.txt")
    assert told["later"] == ["before the fault", "while it is broken"]
    assert reopened(data_folder, visit_id) == ["before the fault", "while it is broken"]
