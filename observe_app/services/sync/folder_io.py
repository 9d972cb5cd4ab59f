"""A shared folder as a program sees it: a list of names, whole files in and out, never one overwritten.

Names are given from below `observe/`, with slashes. What lies in the folder was put there by anybody: links are never
followed, long files never read, and a call that does not come back is left behind after its time.
"""

from __future__ import annotations

import contextlib
import errno
import os
import queue
import re
import stat
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")

ROOT = "observe"
TEMPORARY = ".tmp"
MOST_FILES = 200_000
"""Files that are looked at; a folder with more is not one of ours, or somebody fills it on purpose."""
DEPTH = 3

_PART = re.compile(r"[^/\\:\x00-\x1f]{1,255}")
_OWN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,90}")
_RETRIED = frozenset({5, 32, 33})
"""Windows: access denied, in use by another process, locked; scanners and cloud clients hold new files for a moment."""
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class FileSeen:
    """A file in the folder: its name below `observe/`, bytes, time of its last change in nanoseconds since 1970."""

    name: str
    size: int
    mtime_ns: int


class FolderIO(Protocol):
    """What a round asks of a shared folder. Every method raises `OSError` and nothing else."""

    def list(self) -> Sequence[FileSeen]:
        """Return the files that are there, in any order.

        Raises:
            OSError: `FileNotFoundError` where there is no shared folder.
        """

    def read(self, name: str, limit: int) -> bytes:
        """Return a file's bytes.

        Raises:
            OSError: it cannot be read, or is longer than `limit`.
        """

    def write_new(self, name: str, data: bytes) -> None:
        """Write a file that must not be there; whole and on the disk when this returns, as far as one can tell.

        Raises:
            OSError: `FileExistsError` where something of that name is there.
        """

    def delete(self, name: str) -> None:
        """Remove a file; nothing happens when it is not there.

        Raises:
            OSError: it cannot be removed.
        """

    def undate(self, name: str) -> None:
        """Give a file a time that says nothing, the same for all.

        Raises:
            OSError: the folder's system does not let one.
        """


NO_DAY = 1_577_836_800
"""Time of a file that is to tell none: the first of January 2020, in seconds."""

PROBLEMS = {
    errno.ENOSPC: "full", errno.EDQUOT: "full", errno.EROFS: "read_only", errno.EACCES: "denied",
    errno.EPERM: "denied", errno.ENOENT: "missing", errno.ENOTDIR: "missing", errno.ENODEV: "missing",
    errno.ENXIO: "missing", errno.EHOSTDOWN: "missing", errno.EHOSTUNREACH: "missing", errno.ENETUNREACH: "missing",
    errno.ENOTCONN: "missing", errno.ESTALE: "missing", errno.ETIMEDOUT: "slow", errno.EAGAIN: "slow",
    errno.EINTR: "slow",
}  # fmt: skip
_WINDOWS = {112: "full", 39: "full", 19: "read_only", 21: "missing", 53: "missing", 64: "missing", 67: "missing"}


def problem_of(error: OSError) -> tuple[str, str]:
    """Return the stable name of what an error means for a round, and the system's word for it without any path."""
    windows = getattr(error, "winerror", None)
    word = error.strerror or type(error).__name__
    if isinstance(error, TimeoutError):
        return "slow", word
    if windows in _WINDOWS:
        return _WINDOWS[windows], word
    return PROBLEMS.get(error.errno or 0, "other"), word


class DiskFolder:
    """A shared folder on a disk, a stick, a network share or in a cloud client's folder.

    Calls run in a thread of their own: one that hangs (a file that a cloud client is to fetch, a share that is gone)
    is given up after its time and raises `TimeoutError`. Use as a context manager, or call `close`.
    """

    def __init__(self, path: Path, *, patience: float = 20.0) -> None:
        """Use the folder `observe` below this path.

        Args:
            path: the folder that people chose; nothing outside `observe/` in it is touched.
            patience: seconds that one call may take; writing and listing get three times as many.
        """
        self.root = path / ROOT
        self._patience = patience
        self._hand = _Hand()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_about: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the thread go; the next call starts one again."""
        self._hand.close()

    def list(self) -> Sequence[FileSeen]:
        """Return the files that are there; see `FolderIO`."""
        return self._hand.call(lambda: list(_walk(self.root)), 3 * self._patience)

    def read(self, name: str, limit: int) -> bytes:
        """Return a file's bytes; see `FolderIO`."""
        path = self._below(name)
        return self._hand.call(lambda: _read(path, limit), self._patience + limit / (1 << 20) / 8)

    def write_new(self, name: str, data: bytes) -> None:
        """Write a file that must not be there; see `FolderIO`."""
        path = self._below(name)
        if any(_OWN_NAME.fullmatch(part) is None for part in PurePosixPath(name).parts):
            raise OSError(errno.EINVAL, "no name of ours")
        self._hand.call(lambda: self._write(path, data), 3 * self._patience + len(data) / (1 << 20))

    def delete(self, name: str) -> None:
        """Remove a file; see `FolderIO`."""
        path = self._below(name)
        self._hand.call(lambda: self._unlink(path), self._patience)

    def undate(self, name: str) -> None:
        """Give a file a time that says nothing; see `FolderIO`."""
        path = self._below(name)
        self._hand.call(lambda: self._undate(path), self._patience)

    def _undate(self, path: Path) -> None:
        self._real_parents(path.parent, make=False)
        if stat.S_ISREG(path.lstat().st_mode):
            os.utime(path, (NO_DAY, NO_DAY))

    def _below(self, name: str) -> Path:
        parts = name.split("/")
        if not 1 <= len(parts) <= DEPTH or any(not usable(part) for part in parts):
            raise OSError(errno.EINVAL, "not a name below the folder")
        return self.root.joinpath(*parts)

    def _write(self, path: Path, data: bytes) -> None:
        self._real_parents(path.parent, make=True)
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        partial = path.with_name(path.name + TEMPORARY)
        with contextlib.suppress(FileNotFoundError):
            partial.unlink()
        try:
            _write_through(partial, data)
            _put(partial, path, data)
        except BaseException:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise
        _sync_folder(path.parent)

    def _unlink(self, path: Path) -> None:
        try:
            self._real_parents(path.parent, make=False)
            path.unlink()
        except FileNotFoundError:
            self.root.lstat()  # that the folder itself is away is told

    def _real_parents(self, parent: Path, *, make: bool) -> None:
        """See that the way down holds no link, which somebody may have put there to lead elsewhere."""
        way = [self.root, *[self.root.joinpath(*parent.relative_to(self.root).parts[: n + 1]) for n in range(
            len(parent.relative_to(self.root).parts))]]  # fmt: skip
        for one in way:
            try:
                mode = one.lstat().st_mode
            except FileNotFoundError:
                if not make or one == self.root:
                    raise
                one.mkdir(exist_ok=True)
                _sync_folder(one.parent)
                mode = one.lstat().st_mode
            if not stat.S_ISDIR(mode):
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def usable(part: str) -> bool:
    """Tell whether a part of a name stays below its folder on every system."""
    return _PART.fullmatch(part) is not None and part not in {".", ".."}


def _walk(root: Path) -> Iterator[FileSeen]:
    count = 0
    places = [(os.fspath(root), "", 1)]
    if not stat.S_ISDIR(root.lstat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    while places:
        place, prefix, depth = places.pop()
        try:
            entries = list(os.scandir(place))
        except OSError:
            # A part of the folder that cannot be listed is as one that is not there yet; the root must be.
            if depth == 1:
                raise
            continue
        for entry in entries:
            count += 1
            if count > MOST_FILES:
                return
            try:
                if entry.is_symlink() or not _text(entry.name):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if depth < DEPTH:
                        places.append((entry.path, f"{prefix}{entry.name}/", depth + 1))
                    continue
                if entry.is_file(follow_symlinks=False):
                    about = entry.stat(follow_symlinks=False)
                    yield FileSeen(prefix + entry.name, about.st_size, about.st_mtime_ns)
            except OSError:
                continue


def _text(name: str) -> bool:
    """Tell whether a name can be kept as text; on Linux a name may be any bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return usable(name)


_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def _read(path: Path, limit: int) -> bytes:
    descriptor = os.open(path, _READ_FLAGS)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        about = os.fstat(descriptor)
        if not stat.S_ISREG(about.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        if about.st_size > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        found = bytearray()
        while len(found) <= limit:
            part = file.read(min(1 << 20, limit + 1 - len(found)))
            if not part:
                return bytes(found)
            found += part
    raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))


def _write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, _WRITE_FLAGS, 0o666)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        os.fsync(descriptor)


def _put(partial: Path, path: Path, data: bytes) -> None:
    """Give the finished file its name; where that will not work, write it once more under that name."""
    for wait in _WAITS:
        # `replace` would take another file's place; nobody else uses this folder's names, so looking is enough.
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        try:
            partial.replace(path)
        except OSError as error:
            if getattr(error, "winerror", None) not in _RETRIED:
                break
            time.sleep(wait)
        else:
            return
    _write_through(path, data)
    with contextlib.suppress(OSError):
        partial.unlink()


def _sync_folder(path: Path) -> None:
    """Force a folder's names to the disk, where the system can."""
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class _Hand:
    """A thread that does one thing at a time, and is left behind when it does not come back."""

    MOST_LOST = 4

    def __init__(self) -> None:
        self._asked: queue.SimpleQueue[Any] | None = None
        self._thread: threading.Thread | None = None
        self._lost: list[threading.Thread] = []

    def call(self, work: Callable[[], T], seconds: float) -> T:
        """Return what the work returns, or raise what it raises.

        Raises:
            TimeoutError: it takes longer than this, or too many before it still have not come back.
        """
        self._lost = [one for one in self._lost if one.is_alive()]
        if len(self._lost) >= self.MOST_LOST:
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))
        if self._asked is None or self._thread is None:
            self._asked = queue.SimpleQueue()
            self._thread = threading.Thread(target=_serve, args=(self._asked,), name="shared folder", daemon=True)
            self._thread.start()
        answer: queue.SimpleQueue[tuple[Any, BaseException | None]] = queue.SimpleQueue()
        self._asked.put((work, answer))
        try:
            found, error = answer.get(timeout=seconds)
        except queue.Empty:
            self._lost.append(self._thread)
            self._asked.put(None)
            self._asked = self._thread = None
            raise TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)) from None
        if error is not None:
            raise error
        return found  # type: ignore[no-any-return]  # what the work returned

    def close(self) -> None:
        """End the thread once it has nothing to do."""
        if self._asked is not None and self._thread is not None:
            self._asked.put(None)
            self._thread.join(1)
        self._asked = self._thread = None


def _serve(asked: queue.SimpleQueue[Any]) -> None:
    while (task := asked.get()) is not None:
        work, answer = task
        try:
            answer.put((work(), None))
        except BaseException as error:  # noqa: BLE001  (it is raised where the work was asked for)
            answer.put((None, error))
