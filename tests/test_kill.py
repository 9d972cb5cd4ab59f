"""`kill -9` in the middle of typing: nothing lost that was called saved, the unfinished line half a second old."""

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
DRAFT_BEHIND_S = 0.5
SLACK_S = 0.4  # two busy cores: the parent's kill and the child's own clock reading may be late by as much


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_kill_loses_nothing_that_was_shown_as_saved(
    tmp_path: Path, data_folder: Path, request: pytest.FixtureRequest
) -> None:
    kills = 50 if request.config.getoption("--long") else 8
    core = wire_core(data_folder, clock=SystemClock())
    visit_id = visits.begin(core, visit_id=visits.plan(core).id).id
    close(core)
    dice = random.Random(20260310)

    saved: list[str] = []
    for number in range(kills):
        saved += one_kill(data_folder, visit_id, number, dice.uniform(0.3, 1.6))

    assert len(saved) > kills, "the child hardly typed anything: the test would prove nothing"
    core = wire_core(data_folder, clock=SystemClock())
    kept = [event.text for event in notes.stream(core, visit_id)]
    assert set(saved) <= set(kept)
    assert len(kept) == len(set(kept)), "a note was stored twice"
    assert backup.check(core) == ()
    close(core)


def one_kill(folder: Path, visit_id: str, seed: int, after: float) -> list[str]:
    """Let the child type for a while, kill it, check the unfinished line; return what it had shown as saved."""
    command = [sys.executable, "-m", "tests.kill_child", str(folder), visit_id, str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HERE) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        killed_at = _kill_after(child, after)
        lines += child.stdout.read().splitlines()
    typed = [line.split(" ", 2) for line in lines if line.startswith("typed ")]
    known = [parts[2].strip() for parts in typed if float(parts[1]) < killed_at - DRAFT_BEHIND_S - SLACK_S]
    with closing(sqlite3.connect(folder / "observe.sqlite")) as connection:
        drafts = [row[0] for row in connection.execute("SELECT text FROM draft")]
        stored = {row[0] for row in connection.execute("SELECT text FROM event")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    # A line that was only its speaker then may be a whole note by now; the words behind the speaker are what is stored.
    words = known[-1].removeprefix("T").strip() if known else ""
    if known and words not in stored:
        whole = [text for text in stored if text.startswith(words)]
        assert whole or any(draft.strip().startswith(known[-1]) for draft in drafts), (known[-1], drafts)
    return [line.removeprefix("saved ").strip() for line in lines if line.startswith("saved ")]


def _kill_after(child: subprocess.Popen[str], seconds: float) -> float:
    """Wait on the child itself, then kill it; return when."""
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        now = time.monotonic()
        child.send_signal(signal.SIGKILL)
        return now
    pytest.fail(f"the child ended by itself with {child.returncode}")
