"""SQLite's errors, told as ours."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from observe_app.domain.errors import (
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseLockedAway,
    DataFolderUnusable,
    DiskFull,
    NotStored,
    ObserveError,
)
from observe_app.store import driver
from observe_app.store.columns import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
_REFUSED = {
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
}


def translate(error: Exception, path: Path) -> ObserveError | None:
    """Return our error for one of either library, None when it can only be a bug of ours (wrong SQL, wrong values)."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in _BUSY:
        return DatabaseLocked(path)
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(path)
    if code == sqlite3.SQLITE_NOTADB and driver.is_sealed(path) and not _was_sealed(error):
        return DatabaseLockedAway(path, "no_key")  # protected since by another program
    if code in _DAMAGED:
        return DatabaseDamaged(path, str(error))
    if code in _REFUSED:
        return NotStored(path, str(error)) if path.exists() else DataFolderUnusable(path.parent, str(error))
    return None


def _was_sealed(error: Exception) -> bool:
    """Whether the error is of the library that opens protected files."""
    return not isinstance(error, sqlite3.Error)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into ours.

    Raises:
        ObserveError: one of the storage errors.
    """
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, driver.errors()) and (ours := translate(error.orig, path)) is not None:
            raise ours from error
        raise
    except driver.errors() as error:
        if (ours := translate(error, path)) is not None:
            raise ours from error
        raise
    except UnicodeDecodeError as error:
        # Where SQLite's own words name what it stumbled over, damage may be no text, which Python then says instead.
        raise DatabaseDamaged(path, "it holds text that is none") from error
    except Unreadable as error:
        raise DatabaseDamaged(path, str(error)) from error
