"""Copies of the database: one a day by itself, more when asked, and the way back."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from observe_app.domain.errors import BackupFailed, DatabaseLockedAway, DatabaseNewer
from observe_app.store import driver, sealing, shape
from observe_app.store.migrate import APPLICATION_ID, CURRENT, REVISIONS, version_text

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import Clock


def copy_database(source: Path, target: Path, key: bytes | None = None) -> Path:
    """Copy a database that may be in use; the copy appears whole or not at all, protected like what it is a copy of.

    Args:
        source: the database.
        target: the copy.
        key: protects the source, if anything does.

    Raises:
        DatabaseLockedAway: the source is protected, and not by this key.
        BackupFailed: the copy could not be written or the source not read.
    """
    if not target.name or (target.exists() and (not target.is_file() or target.samefile(source))):
        raise BackupFailed(target, "a copy cannot stand there")
    partial = target.with_name(target.name + ".part")
    needed = driver.key_for(source, key)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        with (
            contextlib.closing(driver.connect(source, needed)) as old,
            contextlib.closing(driver.connect(partial, needed)) as new,
        ):
            old.backup(new)
            new.execute("PRAGMA journal_mode = DELETE")
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
    except driver.errors(OSError) as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BackupFailed(target, str(error)) from error
    return target


def backups(folder: Path) -> tuple[Path, ...]:
    """Return the backups in this folder, the newest first; none when it does not exist."""
    found = [path for path in folder.glob("*.sqlite") if path.is_file()] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda path: (path.stat().st_mtime, path.name), reverse=True))


def daily(source: Path, folder: Path, clock: Clock, keep: int, key: bytes | None = None) -> Path | None:
    """Make today's backup unless it is there, and let the oldest daily ones beyond `keep` go.

    Returns:
        The new backup, None when today's was there already.

    Raises:
        BackupFailed: it could not be made.
    """
    target = folder / f"observe-{clock.now():%Y-%m-%d}.sqlite"
    if target.exists():
        return None
    copy_database(source, target, key)
    for old in sorted(folder.glob("observe-????-??-??.sqlite"), reverse=True)[max(keep, 1) :]:
        with contextlib.suppress(OSError):
            old.unlink()
    return target


def check_backup(path: Path, key: bytes | None = None) -> None:
    """See that a file is a whole Observe database that this version can open; `key` protects it, if anything does.

    Raises:
        DatabaseLockedAway: it is protected, and not by this key.
        BackupFailed: it is not.
        DatabaseNewer: it is from a newer major version.
    """
    if not path.is_file():
        raise BackupFailed(path, "no such file")
    try:
        with contextlib.closing(driver.connect(path, driver.key_for(path, key), read_only=True)) as connection:
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            whole = (
                ours and version >= min(REVISIONS) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            )
            fault = shape.fault(connection, whole=version >= CURRENT) if whole else ""
    except driver.errors() as error:
        raise BackupFailed(path, str(error)) from error
    if not ours or not whole:
        raise BackupFailed(path, "not a whole Observe database")
    if version // 1000 > CURRENT // 1000:
        raise DatabaseNewer(path, version_text(version), version_text(CURRENT))
    if fault:
        raise BackupFailed(path, fault)


def _rename(path: Path, key: bytes | None) -> None:
    """Give a restored database that shares a folder another name: what it wrote since the backup is out there.

    Raises:
        BackupFailed: it cannot be written.
    """
    try:
        with contextlib.closing(driver.connect(path, driver.key_for(path, key))) as connection:
            shares = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'sync_folder'").fetchone()
            if shares is None or connection.execute("SELECT 1 FROM sync_folder LIMIT 1").fetchone() is None:
                return
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE meta SET value = ? WHERE key = 'writer'", (os.urandom(4).hex(),))
            connection.execute("UPDATE sync_folder SET last_seq = 0, last_hash = ''")
            connection.execute("COMMIT")
    except driver.errors() as error:
        raise BackupFailed(path, str(error)) from error


def restore(
    backup: Path, database: Path, clock: Clock, *, key: bytes | None = None, seal: bool | None = None
) -> Path | None:
    """Put a backup in the database's place; the database must not be open.

    Args:
        backup: a backup, protected or plain.
        database: what it replaces.
        clock: names the copy of what stood there.
        key: protects what is protected of both.
        seal: whether the database is protected afterwards; as it was before when None, as the backup is where no
            database stands.

    Returns:
        The copy made of what stood there, None when nothing did.

    Raises:
        BackupFailed, DatabaseNewer, DatabaseLockedAway: the backup cannot be used; nothing was changed.
    """
    check_backup(backup, key)
    if seal is None:
        seal = driver.is_sealed(database) or (driver.is_sealed(backup) and not driver.is_plain(database))
    aside: Path | None = None
    if database.exists():
        aside = database.parent / "backups" / f"before-restore-{clock.now():%Y%m%d-%H%M%S}.sqlite"
        try:
            copy_database(database, aside, key)
        except (BackupFailed, DatabaseLockedAway):
            # A damaged database cannot be copied page by page; keep its bytes instead.
            aside = aside.with_suffix(".damaged")
            aside.write_bytes(database.read_bytes())
    fresh = database.with_name(database.name + ".restored")
    copy_database(backup, fresh, key)
    if key is not None:
        sealing.rewrite(fresh, key, seal=seal)
    _rename(fresh, key)
    for side in ("-wal", "-shm"):
        database.with_name(database.name + side).unlink(missing_ok=True)
    fresh.replace(database)
    return aside
