"""`kill -9` while two talk, while a visit leaves and while a reply comes in: all of it is there, or none of it.

With `--long` a thousand kills, otherwise a few.
"""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.clock import SystemClock
from observe_app.domain.evidence import ClaimKind
from observe_app.services import backup, people, releases, replies, talk, turns, visits
from observe_app.services.core import close
from tests.test_kill import CHECK_EVERY, DRAFT_BEHIND_S, HERE, SLACK_S, one_kill

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


@pytest.fixture
def visit(data_folder: Path) -> str:
    """Keep a visit whose conversation has begun, with a claim."""
    core = wire_core(data_folder, clock=SystemClock())
    teacher, me = people.ensure(core, "Amina Diallo-Žižek"), people.introduce(core, name="Jonas Brandt")
    made = visits.plan(core, teacher_id=teacher.id, observer_id=me.id, start=core.clock.now())
    visits.begin(core, visit_id=made.id)
    visits.finish(core, visit_id=made.id)
    talk.add_claim(core, visit_id=made.id, kind=ClaimKind.STRENGTH, title="Silence is used")
    turns.start_talk(core, made.id)
    close(core)
    return made.id


class Told:
    """What the killed ones called saved."""

    def __init__(self) -> None:
        self.turns: set[str] = set()
        self.numbers: list[int] = []
        self.copies: set[str] = set()
        self.replies: set[str] = set()

    def hear(self, said: list[tuple[float, str]]) -> None:
        """Take down the lines of one process."""
        for _at, line in said:
            word, _, rest = line.partition(" ")
            if word == "turn":
                self.turns.add(rest)
            elif word == "released":
                self.numbers.append(int(rest))
            elif word == "copied":
                self.copies.add(rest)
            elif word == "reply":
                self.replies.add(rest)


def test_a_kill_leaves_all_or_nothing_of_what_leaves_and_comes_in(
    tmp_path: Path, data_folder: Path, visit: str, request: pytest.FixtureRequest
) -> None:
    kills = 1000 if request.config.getoption("--long") else 12
    dice, told, out = random.Random(20260324), Told(), tmp_path / "out"
    out.mkdir()
    command = [sys.executable, "-m", "tests.talk_kill_child", str(data_folder), visit, str(out)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE) as server:
        for number in range(kills):
            longest = 2.5 if number % 2 else 1.2
            said = one_kill(server, tmp_path / "said.txt", number, dice.uniform(0.02, longest))
            told.hear(said)
            with closing(sqlite3.connect(data_folder / "observe.sqlite")) as connection:
                nothing_is_lost(connection, told)
                nothing_is_half_done(connection, out)
                the_line_is_kept(connection, said)
                if number % CHECK_EVERY == 0:
                    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert server.stdin is not None
        server.stdin.close()

    assert len(told.turns) > kills // 2, "the children hardly typed anything: the test would prove nothing"
    assert told.numbers, "nothing was released: the test would prove nothing"
    assert told.replies, "nothing came in: the test would prove nothing"
    the_program_reads_it(data_folder, visit)


def nothing_is_lost(connection: sqlite3.Connection, told: Told) -> None:
    """What was called saved is stored, once."""
    stored = [row[0] for row in connection.execute("SELECT text FROM turn")]
    assert told.turns <= set(stored)
    assert len(stored) == len(set(stored)), "a turn was stored twice"
    numbers = [row[0] for row in connection.execute("SELECT number FROM release")]
    assert set(told.numbers) <= set(numbers)
    assert sorted(numbers) == list(range(1, len(numbers) + 1)), "a number twice, or none"
    assert told.copies <= {row[0] for row in connection.execute("SELECT sha256 FROM release_copy")}
    assert told.replies <= {row[0] for row in connection.execute("SELECT sha256 FROM reply")}


def nothing_is_half_done(connection: sqlite3.Connection, out: Path) -> None:
    """A reply has its file, a file that left its row, a released visit its stage."""
    replied = {row[0] for row in connection.execute("SELECT sha256 FROM reply")}
    kept = dict(connection.execute("SELECT sha256, content FROM kept_file").fetchall())
    assert set(kept) == replied
    assert all(hashlib.sha256(content).hexdigest() == sha for sha, content in kept.items())
    named = connection.execute("SELECT count(*) FROM reader").fetchone()[0]
    assert named == len(replied), "a reply names one reader each"
    written = {row[0] for row in connection.execute("SELECT sha256 FROM release_copy WHERE deleted = 0")}
    for path in out.glob("*.pdf"):
        data = path.read_bytes()
        assert data.rstrip().endswith(b"%%EOF"), path.name
        assert hashlib.sha256(data).hexdigest() in written, f"{path.name} left and nobody knows"
    stages = {
        row[0] for row in connection.execute("SELECT stage FROM visit WHERE id IN (SELECT visit_id FROM release)")
    }
    assert stages <= {"follow_up"}


def the_line_is_kept(connection: sqlite3.Connection, said: list[tuple[float, str]]) -> None:
    """The unfinished line is at most half a second old, and no words of it are stored already."""
    typed = [(killed, *line.split(" ", 2)[1:]) for killed, line in said if line.startswith("typed ")]
    known = [words for killed, at, words in typed if float(at) < killed - DRAFT_BEHIND_S - SLACK_S]
    drafts = [row[0] for row in connection.execute("SELECT text FROM draft")]
    stored = {row[0] for row in connection.execute("SELECT text FROM turn")}
    assert not [words for words in stored if any(draft.endswith(words) for draft in drafts)], (
        "said and still in the line"
    )
    if known and not any(text.startswith(known[-1]) for text in stored):
        assert [draft for draft in drafts if known[-1].strip() in draft], (known[-1], drafts)


def the_program_reads_it(folder: Path, visit_id: str) -> None:
    """Opened again, every revision is read, every reply has its file, and the check finds nothing."""
    core = wire_core(folder, clock=SystemClock())
    try:
        assert backup.check(core) == ()
        for release in releases.of_visit(core, visit_id):
            assert hashlib.sha256(release.document.encode()).hexdigest() == release.digest
            assert releases.document_of(release).revision == release.number
        for reply in replies.of_visit(core, visit_id):
            assert replies.file_of(core, reply) is not None
        assert turns.of_visit(core, visit_id)
    finally:
        close(core)
