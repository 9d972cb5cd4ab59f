"""What a data folder still holds of an erased visit outside the open database: backups, set-aside lines, free pages."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from observe_app.domain.errors import ObserveError
from observe_app.store import driver, recovery
from observe_app.store.sync import purge

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from observe_app.store.sync.connection import Connection


def compact(path: Path, key: bytes | None) -> bool:
    """Write a database anew, so that nothing deleted is left in its pages or its log; False while others are at it."""
    connection = driver.connect(path, key)
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA temp_store = MEMORY")  # else the words would stand in a temporary file for a moment
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy[0]
    except driver.errors():
        return False
    finally:
        connection.close()


def clean_backups(folder: Path, key: bytes | None, visits: Iterable[str]) -> tuple[Path, ...]:
    """Erase visits in every backup, and keep the moment each was made; return those that could not be opened."""
    wanted = tuple(visits)
    failed: list[Path] = []
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if not path.is_file() or path.name.endswith(("-wal", "-shm", "-journal")):
            continue
        try:
            _clean(path, key, wanted)
        except driver.errors(ObserveError, OSError):
            failed.append(path)
    return tuple(failed)


def _clean(path: Path, key: bytes | None, visits: tuple[str, ...]) -> None:
    made = path.stat()
    connection = driver.connect(path, driver.key_for(path, key))
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute("PRAGMA secure_delete = ON")
        connection.create_function("observe_capturing", 0, lambda: 0)
        if not any(_holds(connection, visit) for visit in visits):
            return
        connection.execute("BEGIN IMMEDIATE")
        for visit in visits:
            purge.erase(connection, visit)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()
    os.utime(path, ns=(made.st_atime_ns, made.st_mtime_ns))


def _holds(connection: Connection, visit: str) -> bool:
    if purge.rows_of(connection, visit) - {("visit", visit)}:
        return True
    return connection.execute("SELECT 1 FROM visit WHERE id = ?", (visit,)).fetchone() is not None


def clean_recovery(path: Path, key: bytes | None, visits: Iterable[str]) -> bool:
    """Take the lines about visits out of a recovery file; False where it could not be written.

    Lines that the key does not open stay: whose they are cannot be told.
    """
    wanted = tuple(visits)
    if not path.is_file():
        return True
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        kept = [line for line in lines if not any(visit in _said(line, key) for visit in wanted)]
        if kept == lines:
            return True
        size = path.stat().st_size
        with path.open("rb+") as file:  # over the old words first: a new file would leave them on the disk
            file.write(b"\0" * size)
            file.flush()
            os.fsync(file.fileno())
            file.seek(0)
            file.truncate()
            file.write("".join(f"{line}\n" for line in kept).encode())
            file.flush()
            os.fsync(file.fileno())
        if not kept:
            with contextlib.suppress(OSError):
                path.unlink()
    except OSError:
        return False
    return True


def _said(line: str, key: bytes | None) -> str:
    return "\n".join(recovery.opened(line, key))
