"""Folders that are slow, take capital letters for small ones or stop in the middle: rounds get through, or later."""

from __future__ import annotations

import errno
import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from observe_app.services.sync import setup
from observe_app.services.sync.device import Device
from observe_app.services.sync.folder_io import DiskFolder
from observe_app.services.sync.judge import Judge
from tests.laptops import NearLaptop

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from observe_app.domain.sync.state import RoundReport
    from observe_app.services.sync.folder_io import FileSeen


class OddFolder:
    """A folder on a bad disk; counts what it is asked."""

    def __init__(self, path: Path) -> None:
        self.inner = DiskFolder(path)
        self.calls = 0

    def step(self) -> None:
        self.calls += 1

    def list(self) -> Sequence[FileSeen]:
        self.step()
        return self.inner.list()

    def read(self, name: str, limit: int) -> bytes:
        self.step()
        return self.inner.read(name, limit)

    def write_new(self, name: str, data: bytes) -> None:
        self.step()
        self.inner.write_new(name, data)

    def delete(self, name: str) -> None:
        self.step()
        self.inner.delete(name)


class Caseless(OddFolder):
    """A folder that knows one file by any mix of capital and small letters, and shows letters under capitals."""

    def list(self) -> Sequence[FileSeen]:
        return [
            type(one)(one.name.upper() if one.name.endswith(".seg") else one.name, one.size, one.mtime_ns)
            for one in super().list()
        ]

    def read(self, name: str, limit: int) -> bytes:
        return super().read(self._real(name), limit)

    def write_new(self, name: str, data: bytes) -> None:
        if self._real(name) != name or name in {one.name for one in self.inner.list()}:
            raise FileExistsError(errno.EEXIST, "exists")
        super().write_new(name, data)

    def delete(self, name: str) -> None:
        super().delete(self._real(name))

    def _real(self, name: str) -> str:
        there = {one.name.casefold(): one.name for one in self.inner.list()}
        return there.get(name.casefold(), name)


class Stops(OddFolder):
    """A folder that gives no answer after so many calls, as a share does whose network is gone."""

    def __init__(self, path: Path, after: int) -> None:
        super().__init__(path)
        self.after = after

    def step(self) -> None:
        super().step()
        if self.calls > self.after:
            raise TimeoutError(errno.ETIMEDOUT, "no answer")


def round_with(laptop: NearLaptop, make, rounds: int = 1) -> tuple[RoundReport, OddFolder]:
    with laptop.core() as core:
        folder = setup.folders(core)[0]
        keys = core.vault.keys()
        io = make()
        judge = partial(Judge, me=keys.fingerprint)
        device = Device(core.store.ledger, keys, io, folder, os.urandom, "1", judge=judge)
        for _ in range(rounds):
            report = device.round()
        io.inner.close()
        return report, io


@pytest.fixture
def pair(tmp_path: Path) -> tuple[NearLaptop, NearLaptop, Path]:
    """Return two laptops of one person, and their folder; something new waits on the first."""
    shared = tmp_path / "shared"
    shared.mkdir()
    first, second = NearLaptop(tmp_path, "first"), NearLaptop(tmp_path, "second")
    first("share", "init", str(shared), "--me", "Jonas Brandt")
    second("share", "join", str(shared), "--words-file", "-", typed=first("share", "words", "--show"))
    first("visit", "new", "--teacher", "Bo Li")
    return first, second, shared


def test_capital_letters_for_small_ones_make_no_difference(pair):
    first, second, shared = pair

    sent, _io = round_with(first, lambda: Caseless(shared), 4)
    received, _io = round_with(second, lambda: Caseless(shared), 2)

    assert (sent.problem, sent.waiting, received.problem) == ("", 0, "")
    assert len(second.json("visit", "list")) == 1
    assert len(list(shared.rglob("*.seg"))) <= 4


def test_a_folder_that_stops_at_any_call_loses_nothing(pair):
    first, second, shared = pair

    for after in range(12):
        report, io = round_with(first, lambda after=after: Stops(shared, after))
        assert report.problem in {"", "slow"}
        assert io.calls <= after + 8
    round_with(first, lambda: OddFolder(shared))
    for after in range(12):
        report, _io = round_with(second, lambda after=after: Stops(shared, after))
        assert report.problem in {"", "slow"}
    round_with(second, lambda: OddFolder(shared))

    assert len(second.json("visit", "list")) == 1
    assert first.json("check")["ok"]


def test_an_idle_round_asks_little_of_a_slow_folder(pair):
    """Where each call takes seconds, the number of calls is what people wait for."""
    first, _second, shared = pair
    for _ in range(5):
        first("visit", "new", "--teacher", "Bo Li")
        first.sync()
    round_with(first, lambda: OddFolder(shared))

    with first.core() as core:
        folder, keys = setup.folders(core)[0], core.vault.keys()
        io = OddFolder(shared)
        device = Device(
            core.store.ledger, keys, io, folder, os.urandom, "1", judge=partial(Judge, me=keys.fingerprint)
        )  # fmt: skip
        device.round()
        device.round()
        before = io.calls
        device.round()
        io.inner.close()

    assert io.calls - before <= 30
