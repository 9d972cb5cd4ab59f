"""A folder on a disk: what is listed, read, written and deleted, and what is left alone."""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import TYPE_CHECKING

import pytest

from observe_app.services.sync.folder_io import DiskFolder, problem_of, usable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "d/0123abcd/00000001-0123456789abcdef.seg"
posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes as on Linux and macOS")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "observe").mkdir()
    return tmp_path / "observe"


@pytest.fixture
def disk(root: Path) -> Iterator[DiskFolder]:
    with DiskFolder(root.parent) as made:
        yield made


def names(disk: DiskFolder) -> list[str]:
    return sorted(file.name for file in disk.list())


def test_what_was_written_is_listed_and_read_as_it_was(disk, root):
    disk.write_new(NAME, b"content")

    (file,) = disk.list()

    assert (file.name, file.size) == (NAME, 7)
    assert file.mtime_ns == (root / NAME).stat().st_mtime_ns
    assert disk.read(NAME, 100) == b"content"
    assert [path.name for path in (root / "d" / "0123abcd").iterdir()] == [NAME.rsplit("/", 1)[1]]


def test_a_file_that_is_there_is_never_written_over(disk):
    disk.write_new(NAME, b"first")

    with pytest.raises(FileExistsError):
        disk.write_new(NAME, b"second")

    assert disk.read(NAME, 100) == b"first"


def test_three_levels_are_listed_and_no_more(disk, root):
    for name in ("folder.json", "people/a.card", NAME, "d/x/y/deep.seg"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"x")

    assert names(disk) == [NAME, "folder.json", "people/a.card"]


@posix
def test_links_are_neither_listed_nor_read_nor_written_through(disk, root, tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.seg").write_bytes(b"secret")
    (root / "d").mkdir()
    (root / "d" / "0123abcd").symlink_to(outside)
    (root / "people").mkdir()
    (root / "people" / "link.card").symlink_to(outside / "secret.seg")

    assert names(disk) == []
    with pytest.raises(OSError, match=r".") as caught:
        disk.read("people/link.card", 100)
    assert caught.value.errno == errno.ELOOP
    with pytest.raises(NotADirectoryError):
        disk.write_new(NAME, b"x")
    with pytest.raises(NotADirectoryError):
        disk.delete("d/0123abcd/secret.seg")
    assert [path.name for path in outside.iterdir()] == ["secret.seg"]


@posix
def test_what_is_no_file_is_passed_over_and_does_not_hang(disk, root):
    os.mkfifo(root / "pipe.seg")

    assert names(disk) == []
    with pytest.raises(OSError, match="not a file"):
        disk.read("pipe.seg", 100)


@pytest.mark.parametrize(
    "name", ["../x.seg", "/etc/passwd", "d/../../x", "a\\b", "c:/x", "", "d//x", "d/a/b/c", "a\0b"]
)
def test_names_that_lead_elsewhere_are_refused(disk, name):
    for call in (lambda: disk.read(name, 10), lambda: disk.write_new(name, b"x"), lambda: disk.delete(name)):
        with pytest.raises(OSError, match=r"."):
            call()


def test_a_name_that_is_not_ours_is_not_written(disk):
    with pytest.raises(OSError, match="no name of ours"):
        disk.write_new("d/0123abcd/Upper Case.seg", b"x")


def test_a_file_of_ten_gigabytes_is_not_read(disk, root):
    with (root / "huge.seg").open("wb") as file:
        file.truncate(10 * 1024**3)

    with pytest.raises(OSError, match=r".") as caught:
        disk.read("huge.seg", 64 * 1024 * 1024)

    assert caught.value.errno == errno.EFBIG


def test_a_read_that_hangs_is_given_up_and_the_next_one_works(root, monkeypatch):
    (root / "slow.seg").write_bytes(b"slow")
    (root / "fast.seg").write_bytes(b"fast")
    real = os.open

    def slow(path, *about):
        if os.fspath(path).endswith("slow.seg"):
            time.sleep(0.5)
        return real(path, *about)

    monkeypatch.setattr(os, "open", slow)
    with DiskFolder(root.parent, patience=0.05) as disk:
        with pytest.raises(TimeoutError) as caught:
            disk.read("slow.seg", 100)

        assert problem_of(caught.value)[0] == "slow"
        assert disk.read("fast.seg", 100) == b"fast"


def test_without_the_folder_it_is_missing_and_nothing_is_made(disk, root):
    root.rmdir()

    for call in (disk.list, lambda: disk.write_new(NAME, b"x"), lambda: disk.read(NAME, 10)):
        with pytest.raises(FileNotFoundError) as caught:
            call()
        assert problem_of(caught.value)[0] == "missing"
    assert not root.exists()


def test_where_renaming_never_works_the_file_is_written_all_the_same(disk, root, monkeypatch):
    def replace(self, target):
        raise OSError(errno.EIO, "cloud client")

    monkeypatch.setattr(type(root), "replace", replace)

    disk.write_new(NAME, b"content")

    assert disk.read(NAME, 100) == b"content"
    assert names(disk) == [NAME]


def test_a_file_held_by_a_scanner_is_renamed_a_moment_later(disk, root, monkeypatch):
    real, tries = type(root).replace, []

    def replace(self, target):
        tries.append(target)
        if len(tries) < 3:
            error = OSError(errno.EACCES, "in use")
            error.winerror = 32
            raise error
        return real(self, target)

    monkeypatch.setattr(type(root), "replace", replace)

    disk.write_new(NAME, b"content")

    assert len(tries) == 3
    assert disk.read(NAME, 100) == b"content"


def test_a_stale_half_file_is_no_hindrance(disk, root):
    (root / "d" / "0123abcd").mkdir(parents=True)
    (root / (NAME + ".tmp")).write_bytes(b"half")

    disk.write_new(NAME, b"content")

    assert names(disk) == [NAME]


def test_deleting_what_is_not_there_is_no_fault(disk):
    disk.delete(NAME)
    disk.write_new(NAME, b"x")
    disk.delete(NAME)

    assert names(disk) == []


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (OSError(errno.ENOSPC, "x"), "full"),
        (OSError(errno.EROFS, "x"), "read_only"),
        (PermissionError(errno.EACCES, "x"), "denied"),
        (FileNotFoundError(errno.ENOENT, "x"), "missing"),
        (TimeoutError(errno.ETIMEDOUT, "x"), "slow"),
        (OSError(errno.EIO, "x"), "other"),
    ],
)
def test_errors_become_problems_without_a_path(error, problem):
    error.filename = "/home/anna/secret"

    assert problem_of(error) == (problem, "x")


@pytest.mark.parametrize(("part", "fine"), [("a b (1).seg", True), ("Ärger.seg", True), ("..", False), ("a/b", False)])
def test_parts_of_names(part, fine):
    assert usable(part) is fine


@posix
def test_names_that_are_no_text_are_passed_over(disk, root):
    os.close(os.open(os.fsencode(root) + b"/\xff\xfe.seg", os.O_CREAT | os.O_WRONLY))

    assert names(disk) == []
