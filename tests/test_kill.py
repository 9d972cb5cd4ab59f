"""`kill -9` in the middle of a lesson: nothing lost that was called saved, the unfinished line half a second old.

With `--long` a thousand kills, otherwise a few.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from observe_app.app import wire_core
from observe_app.domain.clock import SystemClock
from observe_app.services import backup, notes, visits
from observe_app.services.core import close

HERE = Path(__file__).parent.parent
FORM = "talk-and-participation"
DRAFT_BEHIND_S = 0.5
SLACK_S = 0.4  # two busy cores: the parent's kill and the child's own clock reading may be late by as much
PATIENCE_S = 60.0
CHECK_EVERY = 25

pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")


def test_a_kill_loses_nothing_that_was_shown_as_saved(
    tmp_path: Path, data_folder: Path, request: pytest.FixtureRequest
) -> None:
    kills = 1000 if request.config.getoption("--long") else 12
    core = wire_core(data_folder, clock=SystemClock())
    visit_id = visits.begin(core, visit_id=visits.plan(core, form_id=FORM).id).id
    close(core)
    dice = random.Random(20260310)

    events: set[str] = set()
    written: list[str] = []
    command = [sys.executable, "-m", "tests.kill_child", str(data_folder), visit_id]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HERE) as server:
        for number in range(kills):
            said = one_kill(server, tmp_path / "said.txt", number, dice.uniform(0.02, 1.2))
            unfinished_line_is_kept(data_folder, said, whole=number % CHECK_EVERY == 0)
            events |= {line.removeprefix("saved ") for _at, line in said if line.startswith("saved ")}
            written += [line.removeprefix("note ") for _at, line in said if line.startswith("note ")]
            missing = events - stored_ids(data_folder)
            assert not missing, f"kill {number}: {len(missing)} events that were called saved are gone"
        assert server.stdin is not None
        server.stdin.close()

    assert len(written) > kills // 2, "the children hardly typed anything: the test would prove nothing"
    assert len(events) > len(written), "nothing but notes was stored"
    core = wire_core(data_folder, clock=SystemClock())
    kept = [event.text for event in notes.stream(core, visit_id)]
    with closing(sqlite3.connect(data_folder / "observe.sqlite")) as connection:
        everything = {row[0] for row in connection.execute("SELECT text FROM event WHERE kind = 'note'")}
    assert set(written) <= everything
    whole = [text for text in kept if text.startswith("note ") and text in written]
    assert len(whole) == len(set(whole)), "a note was stored twice"
    assert backup.check(core) == ()
    close(core)


def one_kill(server: subprocess.Popen[str], out: Path, seed: int, after: float) -> list[tuple[float, str]]:
    """Let a window type for a while and kill it; return what it said, with the moment of the kill first."""
    assert server.stdin is not None
    assert server.stdout is not None
    out.write_text("")
    server.stdin.write(f"{seed} {out}\n")
    server.stdin.flush()
    child = int(server.stdout.readline())
    begin = time.monotonic()
    while not out.stat().st_size and time.monotonic() < begin + PATIENCE_S:
        time.sleep(0.005)
    time.sleep(after)
    killed_at = time.monotonic()
    os.kill(child, signal.SIGKILL)
    status = int(server.stdout.readline())
    assert status == -signal.SIGKILL, f"the window ended by itself with {status}"
    lines = out.read_text(encoding="utf-8", errors="replace").split("\n")
    return [(killed_at, line) for line in lines[:-1]]  # the last one may be half written


def unfinished_line_is_kept(folder: Path, said: list[tuple[float, str]], *, whole: bool) -> None:
    """Check the draft, and now and then the whole database."""
    typed = [(killed, *line.split(" ", 2)[1:]) for killed, line in said if line.startswith("typed ")]
    known = [words.strip() for killed, at, words in typed if float(at) < killed - DRAFT_BEHIND_S - SLACK_S]
    with closing(sqlite3.connect(folder / "observe.sqlite")) as connection:
        drafts = [row[0] for row in connection.execute("SELECT text FROM draft")]
        stored = {row[0] for row in connection.execute("SELECT text FROM event")}
        if whole:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    # A line that was only its speaker then may be a whole note by now; the words behind the speaker are what is stored.
    words = known[-1].removeprefix("T").strip() if known else ""
    if words and words not in stored:
        whole_notes = [text for text in stored if text.startswith(words)]
        begun = [draft for draft in drafts if words in draft]
        assert whole_notes or begun, (words, drafts)


def stored_ids(folder: Path) -> set[str]:
    """Return the ids of every event in the file, taken back ones too."""
    with closing(sqlite3.connect(folder / "observe.sqlite")) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM event")}
