"""Whether the files that are open are still the ones that lie in the data folder.

A file that is deleted or replaced while it is open goes on taking writes on Linux and macOS, into nowhere. SQLite looks
for this only without a write-ahead log (SQLITE_FCNTL_HAS_MOVED, os_unix.c), so the store looks by itself.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Identity = tuple[int, int]


class Standing(Enum):
    """What became of the open files."""

    SAME = "same"
    LOG_GONE = "log_gone"
    GONE = "gone"
    REPLACED = "replaced"


def _identity(path: Path) -> Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Place:
    """The files of one database as they were when it was opened; its log must exist by then."""

    def __init__(self, path: Path) -> None:
        """Remember which files these are."""
        self.path = path
        self.log = path.with_name(path.name + "-wal")
        self.memory = path.with_name(path.name + "-shm")
        self._file = _identity(path)
        self._log = _identity(self.log)

    def standing(self) -> Standing:
        """Return what became of the files; about 4 microseconds."""
        file = _identity(self.path)
        if file is None:
            return Standing.GONE
        if file != self._file:
            return Standing.REPLACED
        return Standing.SAME if _identity(self.log) == self._log else Standing.LOG_GONE
