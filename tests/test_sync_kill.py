"""`kill -9` while somebody writes and their words go into the shared folder: nothing that was called saved is lost.

In the end a second laptop, which had only the twelve words and the folder, shows the same. With `--long` a thousand
kills, otherwise forty.
"""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import keyring
import pytest

from observe_app.app import wire_core
from observe_app.domain.clock import SystemClock
from observe_app.services import backup, people, visits
from observe_app.services.core import close
from observe_app.services.sync import rounds, setup
from tests.file_keyring import ENVIRONMENT, FileKeyring
from tests.test_kill import HERE, one_kill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.services.core import Core

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
MOST_ROUNDS = 40


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this process and those that it starts find the same keyring."""
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "keyring.json"))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.file_keyring.FileKeyring")
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    yield
    keyring.set_keyring(before)


class Told:
    """What the killed ones called saved."""

    def __init__(self) -> None:
        self.notes: dict[str, set[str]] = {}
        self.last: dict[str, str] = {}
        self.gone: set[str] = set()
        self.sent = 0

    def hear(self, said: list[tuple[float, str]]) -> None:
        """Take down the lines of one process."""
        for _at, line in said:
            word, _, rest = line.partition(" ")
            if word in {"saved", "edited"}:
                note, _, words = rest.partition(" ")
                self.notes.setdefault(note, set()).add(words)
                self.last[note] = words
            elif word == "gone":
                self.gone.add(rest)
            elif word == "round":
                self.sent += int(rest)


def test_a_kill_loses_nothing_and_a_second_laptop_shows_the_same(
    tmp_path: Path, data_folder: Path, keys: None, request: pytest.FixtureRequest
) -> None:
    kills = 1000 if request.config.getoption("--long") else 40
    shared = tmp_path / "shared"
    shared.mkdir()
    core = wire_core(data_folder, clock=SystemClock())
    people.introduce(core, name="Jonas Brandt")
    words = setup.make_identity(core)
    setup.create(core, shared)
    visit = visits.begin(core, visit_id=visits.plan(core).id).id
    close(core)

    dice, told = random.Random(20260421), Told()
    command = [sys.executable, "-m", "tests.sync_kill_child", str(data_folder), visit]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE) as server:
        for number in range(kills):
            told.hear(one_kill(server, tmp_path / "said.txt", number, dice.uniform(0.0, 0.6 if number % 3 else 0.15)))
            with closing(sqlite3.connect(data_folder / "observe.sqlite")) as connection:
                assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",), f"kill {number}"
                everything_is_there(connection, told)
        assert server.stdin is not None
        server.stdin.close()

    assert len(told.notes) > 2 * kills, "the children hardly typed anything: the test would prove nothing"
    there = sum(1 for _file in shared.glob("observe/d/*/*.seg"))
    assert there > kills // 2, "hardly anything was sent: the test would prove nothing"
    first = wire_core(data_folder, clock=SystemClock())
    second = wire_core(tmp_path / "second", clock=SystemClock())
    try:
        setup.recover(second, words, shared)
        until_quiet(first, second)
        assert backup.check(first) == ()
        assert backup.check(second) == ()
        assert rows_of(data_folder) == rows_of(tmp_path / "second")
    finally:
        close(second)
        close(first)
    with closing(sqlite3.connect(tmp_path / "second" / "observe.sqlite")) as connection:
        everything_is_there(connection, told)


def everything_is_there(connection: sqlite3.Connection, told: Told) -> None:
    """What was called saved is in the record, and every word of it in the journal."""
    stored = dict(connection.execute("SELECT id, text FROM event"))
    assert told.notes.keys() <= stored.keys()
    written = {row[0] for row in connection.execute("SELECT new FROM journal_change WHERE table_name = 'event'")}
    lost = {words for every in told.notes.values() for words in every} - written
    assert not lost, f"{len(lost)} saved texts are gone"
    deleted = {row[0] for row in connection.execute("SELECT id FROM event WHERE deleted = 1")}
    assert told.gone <= deleted
    assert not {row for row, count in _twice(connection) if count > 1}, "a change is there twice"


def _twice(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    return connection.execute("SELECT op, count(*) FROM journal_change GROUP BY op HAVING count(*) > 1").fetchall()


def until_quiet(*cores: Core) -> None:
    """Do rounds on all until nothing goes and nothing comes."""
    for _ in range(MOST_ROUNDS):
        reports = [report for core in cores for report in rounds.run_round(core)]
        assert not any(report.problem for report in reports), reports
        if not any(report.sent or report.received or report.waiting or report.incomplete for report in reports):
            return
    pytest.fail("the laptops never come to a rest")


def rows_of(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what two laptops of one person show alike."""
    with closing(sqlite3.connect(folder / "observe.sqlite")) as connection:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall()
            for table in ("visit", "event", "person", "visit_member", "claim", "answer")
        }
