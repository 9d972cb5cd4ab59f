"""The data folder: where it is, what lies in it, and the lock that lets one window in."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from observe_app.domain.errors import DataFolderInUse, DataFolderUnusable

if TYPE_CHECKING:
    from pathlib import Path

_PRIVATE = 0o700


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Paths inside one data folder."""

    path: Path

    @property
    def database(self) -> Path:
        """The database."""
        return self.path / "observe.sqlite"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.path / "settings.toml"

    @property
    def backups(self) -> Path:
        """Daily backups, and copies made before risky steps."""
        return self.path / "backups"

    @property
    def forms(self) -> Path:
        """The school's own forms."""
        return self.path / "forms"

    @property
    def opened(self) -> Path:
        """Copies that another program shows for the moment; no backup holds them."""
        return self.path / "opened"

    @property
    def log(self) -> Path:
        """The log; it names errors and places, never what somebody wrote."""
        return self.path / "observe.log"

    @property
    def recovery(self) -> Path:
        """Where a note goes that the database would not take."""
        return self.path / "recovery.txt"

    @property
    def protect_lock(self) -> Path:
        """Locked while the protection of the record changes."""
        return self.path / "protect.lock"

    @property
    def window_lock(self) -> Path:
        """Locked while a window is open."""
        return self.path / "window.lock"

    @property
    def sync_lock(self) -> Path:
        """Locked while a program runs rounds with the shared folders."""
        return self.path / "sync.lock"

    def ensure(self) -> None:
        """Make the folder, readable by its owner alone.

        Raises:
            DataFolderUnusable: it cannot be made or is not a folder.
        """
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=_PRIVATE)
        except OSError as error:
            raise DataFolderUnusable(self.path, str(error)) from error
        if not self.path.is_dir():
            raise DataFolderUnusable(self.path, "not a folder")


class WindowLock:
    """Held by the one window on a data folder; the system lets go of it even after a kill."""

    def __init__(self, path: Path) -> None:
        """Lock this file when acquired."""
        self._path = path
        self._file: IO[bytes] | None = None

    def acquire(self) -> None:
        """Take the lock; nothing happens when it is held already.

        Raises:
            DataFolderInUse: another window has it.
            DataFolderUnusable: the file cannot be opened.
        """
        if self._file is not None:
            return
        try:
            file = self._path.open("ab")
        except OSError as error:
            raise DataFolderUnusable(self._path.parent, str(error)) from error
        try:
            _lock(file)
        except OSError as error:
            file.close()
            raise DataFolderInUse(self._path.parent) from error
        self._file = file

    def release(self) -> None:
        """Let go; nothing happens when it is not held."""
        if self._file is not None:
            self._file.close()
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
