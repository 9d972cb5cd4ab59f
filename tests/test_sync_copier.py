"""Two laptops with a folder each and a copier between them that is as bad as they come: late, partly, doubled, renamed.

The copier is a process of its own and works on real files while both laptops write and run their rounds.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.clock import SystemClock
from observe_app.domain.errors import NotFound
from observe_app.services import notes, people, visits
from observe_app.services.core import close
from observe_app.services.sync import rounds, setup
from tests.keyrings import memory_keyring
from tests.test_sync_kill import rows_of, until_quiet

if TYPE_CHECKING:
    from observe_app.services.core import Core

HERE = Path(__file__).parent.parent
_NAMES = (
    "{stem} (1){end}",
    "{stem} (Anna's conflicted copy){end}",
    "{stem}.sync-conflict-20261121-101010-ABCDEFG{end}",
)


class Copier:
    """Keeps two folders alike, in its own time."""

    def __init__(self, one: Path, other: Path, seed: int) -> None:
        self._sides = (one, other)
        self._dice = random.Random(seed)

    def step(self, *, calm: bool = False) -> int:
        """Copy some files; when calm all, whole and under their own names. Return how many were not alike."""
        unlike = 0
        for source, target in (self._sides, self._sides[::-1]):
            for path in sorted(one for one in source.rglob("*") if one.is_file() and not one.name.endswith(".tmp")):
                unlike += self._copy(path, target / path.relative_to(source), calm=calm)
        return unlike

    def _copy(self, path: Path, target: Path, *, calm: bool) -> bool:
        try:
            data = path.read_bytes()
            there = target.read_bytes() if target.exists() else None
        except OSError:
            return True
        if there is not None and (len(there) > len(data) or there == data or not any(data[:8])):
            return False
        chance = 0.0 if calm else self._dice.random()
        target.parent.mkdir(parents=True, exist_ok=True)
        if chance < 0.4:
            target.write_bytes(data)
        elif chance < 0.55:
            target.write_bytes(data[: self._dice.randint(0, len(data))])
        elif chance < 0.6:
            target.write_bytes(bytes(len(data)))
        elif chance < 0.66:
            stem, _dot, end = target.name.rpartition(".")
            name = self._dice.choice(_NAMES).format(stem=stem, end=f".{end}")
            target.with_name(name).write_bytes(data)
        return True


def copy_for_ever(one: Path, other: Path, seed: int) -> None:
    """Copy until the process is ended."""
    copier = Copier(one, other, seed)
    while True:
        copier.step()
        time.sleep(0.01)


@pytest.mark.parametrize("seed", [1, 2])
def test_two_laptops_agree_although_a_bad_copier_lies_between_them(tmp_path: Path, seed: int) -> None:
    one, other, dice = tmp_path / "one", tmp_path / "other", random.Random(seed)
    one.mkdir()
    other.mkdir()
    with memory_keyring():
        first = wire_core(tmp_path / "first", clock=SystemClock())
        second = wire_core(tmp_path / "second", clock=SystemClock())
        people.introduce(first, name="Jonas Brandt")
        words = setup.make_identity(first)
        setup.create(first, one)
        rounds.run_round(first)
        Copier(one, other, seed).step(calm=True)
        setup.recover(second, words, other)
        visit = visits.begin(first, visit_id=visits.plan(first).id).id
        command = [sys.executable, "-m", "tests.test_sync_copier", str(one), str(other), str(seed)]
        with subprocess.Popen(command, cwd=HERE) as copier:
            try:
                written = _write(first, second, visit, dice)
            finally:
                copier.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
                copier.wait()
        last = Copier(one, other, seed)
        for _ in range(60):
            last.step(calm=True)
            until_quiet(first, second)
            if rows_of(tmp_path / "first") == rows_of(tmp_path / "second"):
                break
        assert rows_of(tmp_path / "first") == rows_of(tmp_path / "second")
        for core in (first, second):
            assert written <= {event.text for event in notes.stream(core, visit)}
            close(core)


def _write(first: Core, second: Core, visit: str, dice: random.Random) -> set[str]:
    """Let both write, and do rounds while the copier is at it; return the notes."""
    written = set()
    for number in range(120):
        core = dice.choice((first, second))
        if _knows(core, visit):
            words = f"note {number} {dice.getrandbits(32):08x}"
            notes.add(core, visit_id=visit, line=words, offset_ms=number * 1000)
            written.add(words)
        if dice.random() < 0.5:
            rounds.run_round(dice.choice((first, second)))
    return written


def _knows(core: Core, visit: str) -> bool:
    with contextlib.suppress(NotFound):
        return bool(visits.get(core, visit))
    return False


if __name__ == "__main__":
    copy_for_ever(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
