"""Protecting a database that is there, and ending that: written anew beside it, compared, then put in its place.

The file that is replaced stays whole until the new one was compared with it row by row. At every moment the path holds
one of both, whole; what a kill leaves behind is cleared away by `tidy` at the next start.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from functools import partial
from typing import TYPE_CHECKING

from observe_app.domain.errors import DatabaseLockedAway, DiskFull, ProtectionFailed
from observe_app.domain.progress import Cancelled, Progress
from observe_app.store import driver

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

FRESH, OLD = ".protecting", ".before"
_SIDES = ("-wal", "-shm", "-journal")
_OPCODES = 5_000  # of SQLite between two looks at whether to go on; about a millisecond
_CHUNK = 1 << 20


def rewrite(path: Path, key: bytes, *, seal: bool, progress: Progress | None = None) -> bool:
    """Protect a database by a key, or end that; nothing of ours may have it open.

    Args:
        path: the database; whoever else opens it meanwhile waits.
        key: 32 bytes: protect it with, or it is protected by.
        seal: protect, or end protection.
        progress: told in thousandths; until the file is replaced it can be cancelled, and then nothing was changed.

    Returns:
        Whether anything had to be done.

    Raises:
        Cancelled: the person asked to stop.
        DatabaseLockedAway: it is protected by another key.
        DiskFull, ProtectionFailed: it is in use, too large for the disk, or the new file is not equal. Nothing was
            changed.
    """
    progress = progress or Progress()
    tidy(path)
    before = driver.key_for(path, key)
    after = key if seal else None
    if (before is not None) == seal or not driver.head_of(path):
        return False
    _see_room(path)
    fresh = path.with_name(path.name + FRESH)
    try:
        with _held(path, before) as connection:
            _export(connection, fresh, after, progress)
            _compare(connection, fresh, after, progress)
            _force(fresh)
            progress.step(999, 1000)
            if os.name != "nt":  # there an open file cannot be replaced; the lock ends a moment earlier
                _put(fresh, path)
        if os.name == "nt":
            _put(fresh, path)
    except driver.errors(OSError) as error:
        if _is_full(error):
            raise DiskFull(path) from error
        raise ProtectionFailed(path, "other", f"{type(error).__name__}: {error}") from error
    finally:
        _remove(fresh)
    _clear_old(path)
    return True


def has_debris(path: Path) -> bool:
    """Whether a conversion of this file is running, or was killed; some microseconds."""
    return any(path.with_name(path.name + one).exists() for one in (OLD, FRESH, f"{FRESH}-journal"))


def tidy(path: Path) -> None:
    """Clear away what a conversion that was killed left beside a database; nothing may be converting it."""
    old = path.with_name(path.name + OLD)
    if old.exists() and not path.exists():
        old.replace(path)
    elif old.exists():
        _clear_old(path)
    fresh = path.with_name(path.name + FRESH)
    if fresh.exists() or fresh.with_name(fresh.name + "-journal").exists():
        _remove(fresh)


def wipe(path: Path) -> None:
    """Write over a file, then remove it. On flash memory the old bytes may last until the drive clears them."""
    with contextlib.suppress(OSError):
        left = path.stat().st_size
        with path.open("r+b") as file:
            while left > 0:
                left -= file.write(bytes(min(left, _CHUNK)))
            file.flush()
            os.fsync(file.fileno())
    path.unlink(missing_ok=True)


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == driver.FULL


def _see_room(path: Path) -> None:
    needed = path.stat().st_size * 11 // 10 + _CHUNK
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise ProtectionFailed(path, "no_room", str(-(-(needed - free) // 1_000_000)))


@contextlib.contextmanager
def _held(path: Path, key: bytes | None) -> Iterator[sqlite3.Connection]:
    """Open a database that nobody else has open, without a write-ahead log, and keep everybody out."""
    if key is None:
        connection: sqlite3.Connection = driver.library(sealed=True).connect(path, isolation_level=None)
        driver.unlock(connection, None)
    else:
        connection = driver.connect(path, key)
    try:
        try:
            connection.execute("PRAGMA busy_timeout = 2000")
            mode = connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0]
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except driver.errors() as error:
            raise ProtectionFailed(path, "in_use") from error
        if mode != "delete":
            raise ProtectionFailed(path, "in_use")
        yield connection
    finally:
        connection.close()


def _export(connection: sqlite3.Connection, fresh: Path, key: bytes | None, progress: Progress) -> None:
    """Write everything of the open database into a new file."""
    _remove(fresh)
    pages, size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    numbers = [int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("user_version", "application_id")]

    def look() -> int:
        done = fresh.stat().st_size if fresh.exists() else 0
        try:
            progress.step(min(590, 600 * done // max(1, pages * size)), 1000)
        except Cancelled:
            return 1
        return 0

    connection.execute(f'ATTACH ? AS fresh KEY "{driver.key_literal(key)}"', (str(fresh),))
    try:
        connection.execute("PRAGMA fresh.synchronous = OFF")  # forced to the disk once, before it counts
        connection.execute("BEGIN")
        connection.set_progress_handler(look, _OPCODES)
        connection.execute("SELECT sqlcipher_export('fresh')")
        connection.execute(f"PRAGMA fresh.user_version = {numbers[0]}")
        connection.execute(f"PRAGMA fresh.application_id = {numbers[1]}")
        connection.execute("COMMIT")
    except driver.errors():
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        progress.step(0, 1000)  # where it was stopped, this says so
        raise
    finally:
        connection.set_progress_handler(None, _OPCODES)
        connection.execute("DETACH fresh")


def _compare(connection: sqlite3.Connection, fresh: Path, key: bytes | None, progress: Progress) -> None:
    """See that both hold the same: numbers, schema, every row of every table.

    Raises:
        ProtectionFailed: they do not.
    """
    if key is None:
        other: sqlite3.Connection = driver.library(sealed=True).connect(fresh, isolation_level=None)
        driver.unlock(other, None)
    else:
        other = driver.connect(fresh, key)
    with contextlib.closing(other):
        said = other.execute("PRAGMA quick_check(1)").fetchone()[0]
        if said != "ok":
            raise ProtectionFailed(fresh, "not_equal", str(said))
        for question in ("PRAGMA user_version", "PRAGMA application_id", _SCHEMA):
            if connection.execute(question).fetchall() != other.execute(question).fetchall():
                raise ProtectionFailed(fresh, "not_equal", question)
        tables = [row[0] for row in connection.execute(_TABLES)]
        for number, name in enumerate(tables):
            place = 600 + 399 * number // len(tables)
            question = 'SELECT * FROM "{}"'.format(name.replace('"', '""'))
            if not _same(connection.execute(question), other.execute(question), partial(progress.step, place, 1000)):
                raise ProtectionFailed(fresh, "not_equal", name)


_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND coalesce(sql, '') NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
)


def _same(one: sqlite3.Cursor, other: sqlite3.Cursor, each: Callable[[], None]) -> bool:
    while True:
        each()
        here, there = one.fetchmany(5000), other.fetchmany(5000)
        if here != there:
            return False
        if not here:
            return True


def _force(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _put(fresh: Path, path: Path) -> None:
    """Put the new file in the old one's place; that keeps another name, so that it can be written over."""
    old = path.with_name(path.name + OLD)
    old.unlink(missing_ok=True)
    try:
        old.hardlink_to(path)
    except OSError:  # no hard links on this disk: between the two names `tidy` knows the way back
        path.replace(old)
    fresh.replace(path)
    if os.name != "nt":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _clear_old(path: Path) -> None:
    """Remove the file that was replaced, written over where anybody could read it."""
    old = path.with_name(path.name + OLD)
    if not old.exists():
        return
    if path.exists() and old.samefile(path):
        old.unlink(missing_ok=True)  # killed before it was replaced: the same file under a second name
    elif driver.is_sealed(old):
        old.unlink(missing_ok=True)
    else:
        wipe(old)
    _remove_sides(old)


def _remove(fresh: Path) -> None:
    """Remove an unfinished file and what SQLite has beside it."""
    if fresh.exists():
        wipe(fresh)
    _remove_sides(fresh)


def _remove_sides(path: Path) -> None:
    for side in _SIDES:
        found = path.with_name(path.name + side)
        if found.exists():
            wipe(found)


def can_open(path: Path, key: bytes | None) -> bool:
    """Whether this key opens the file."""
    try:
        with contextlib.closing(driver.connect(path, driver.key_for(path, key), read_only=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.errors(DatabaseLockedAway):
        return False
    return True
