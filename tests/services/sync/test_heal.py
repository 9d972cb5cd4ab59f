"""What was lost in the folder comes back; what three laptops write once stays small."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.sync.segment import file_hash
from observe_app.services.sync.folder_io import DiskFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.services.sync.engine_hands import Laptop


class Killed(BaseException):
    """The process ends here."""


class Faulty:
    """A folder whose k-th call goes wrong in a given way, once."""

    def __init__(self, path: Path) -> None:
        self.disk = DiskFolder(path)
        self.at, self.calls, self.how = 0, 0, ""

    def arm(self, at: int, how: str) -> None:
        self.at, self.calls, self.how = at, 0, how

    @property
    def fired(self) -> bool:
        return 0 < self.at <= self.calls

    def _go(self) -> bool:
        self.calls += 1
        return self.calls == self.at

    def _fault(self) -> None:
        if self.how == "error":
            raise OSError(errno.EIO, "fault")
        if self.how == "full":
            raise OSError(errno.ENOSPC, "fault")
        raise Killed

    def list(self):
        if self._go():
            self._fault()
        return self.disk.list()

    def read(self, name, limit):
        if self._go():
            if self.how == "short":
                return self.disk.read(name, limit)[:-7]
            self._fault()
        return self.disk.read(name, limit)

    def write_new(self, name, data):
        if self._go():
            if self.how == "killed after":
                self.disk.write_new(name, data)
            elif self.how in {"full", "killed"}:
                self.disk.write_new(name, data[: len(data) // 2])
            elif self.how == "short":
                self.disk.write_new(name, bytes(len(data)))
                return
            self._fault()
        self.disk.write_new(name, data)

    def delete(self, name):
        if self._go():
            self._fault()
        self.disk.delete(name)

    def close(self):
        self.disk.close()


@pytest.fixture
def laptop(engine_laptop: Callable[..., Laptop]) -> Callable[..., Laptop]:
    return engine_laptop


def segments(shared: Path) -> list[Path]:
    return sorted((shared / "observe" / "d").rglob("*.seg"))


@pytest.mark.parametrize("how", ["error", "full", "short", "killed", "killed after"])
def test_whichever_call_goes_wrong_nothing_is_lost(laptop, tmp_path, how):
    """As SQLite tests itself: the k-th call fails, for every k until no call is left to fail."""
    k, fired = 0, True
    while fired:
        k, fired, shared = k + 1, False, tmp_path / f"shared-{k}"
        first = laptop(f"first-{k}", io=Faulty(shared), shared=shared)
        second = laptop(f"second-{k}", io=Faulty(shared), shared=shared)
        first.visit("T waits", "S asks")
        for one in (first, second):
            one.io.arm(k, how)
            try:
                one.round()
            except Killed:
                one.restart()
            fired |= one.io.fired
            one.io.arm(0, "")
        for _ in range(5):
            first.round()
            second.round()
        assert second.texts() == first.texts() == ["asks", "waits"], f"call {k}"
    assert k > 5


def test_an_own_file_that_is_gone_is_written_again_after_three_looks(laptop, tmp_path):
    first = laptop("first")
    first.visit("T waits")
    first.round(2)
    (file,) = segments(tmp_path / "shared")
    whole = file.read_bytes()
    file.unlink()

    first.round(2)
    after_two = segments(tmp_path / "shared")
    first.round(1)
    (again,) = segments(tmp_path / "shared")

    assert after_two == []
    assert again.read_bytes() == whole
    assert again.name != file.name


def test_bits_that_rot_without_a_trace_are_found(laptop, tmp_path):
    first = laptop("first")
    first.visit("T waits")
    first.round(2)
    (file,) = segments(tmp_path / "shared")
    whole, about = file.read_bytes(), file.stat()
    file.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    os.utime(file, ns=(about.st_atime_ns, about.st_mtime_ns))

    first.round(4)

    assert file_hash(whole) in {file_hash(one.read_bytes()) for one in segments(tmp_path / "shared")}


def test_a_dead_laptops_letters_come_from_whoever_has_them(laptop, tmp_path):
    first, second = laptop("first"), laptop("second")
    first.visit("T waits")
    first.round()
    second.round(2)
    for file in segments(tmp_path / "shared"):
        file.unlink()
    third = laptop("third")

    for _ in range(12):
        third.round()
        second.round()

    assert third.texts() == ["waits"]
    assert [file.name.startswith("copy-") for file in segments(tmp_path / "shared")] == [True]


def test_a_laptop_that_is_switched_off_gets_no_copies(laptop, tmp_path):
    first, second = laptop("first"), laptop("second")
    visit = first.visit("T waits")
    first.round()
    second.round(2)
    first.note(visit, "T goes on")

    first.round(40)

    assert not [file for file in segments(tmp_path / "shared") if file.name.startswith("copy-")]
    assert second.round().received == 1


def test_a_folder_without_a_fault_stays_as_it_is(laptop, tmp_path):
    first, second = laptop("first"), laptop("second")
    first.visit("T waits")
    second.visit("S asks")
    for _ in range(3):
        first.round()
        second.round()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "shared").rglob("*")}

    for _ in range(30):
        first.round()
        second.round()

    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "shared").rglob("*")} == before


def test_a_report_is_made_anew_each_day_and_the_older_one_removed(laptop, tmp_path, clock):
    first = laptop("first")
    first.visit("T waits")
    first.round(2)
    (before,) = (tmp_path / "shared").rglob("have-*")
    clock.advance(seconds=25 * 3600)

    first.round()

    (after,) = (tmp_path / "shared").rglob("have-*")
    assert after.name != before.name


def test_a_forged_report_is_not_believed(laptop, tmp_path):
    first, second = laptop("first"), laptop("second", "Boris")
    first.visit("T waits")
    second.visit("S asks")
    first.round()
    second.round(2)
    (report,) = [one for one in (tmp_path / "shared").rglob("have-*") if second.writer() in str(one)]
    body, signature, _digest = report.read_bytes().rstrip(b"\n").split(b"\n")
    forged = body.replace(b'"version":"0.1"', b'"version":"9.9"')
    digest = hashlib.sha256(forged + b"\n" + signature).hexdigest().encode()
    report.write_bytes(forged + b"\n" + signature + b"\n" + digest + b"\n")

    first.round()

    assert {row[0] for row in first.ask("SELECT version FROM sync_laptop")} <= {""}
