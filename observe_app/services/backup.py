"""Backups of a data folder, and its own check."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import Clock
    from observe_app.services.core import Core
    from observe_app.store.folder import DataFolder


def daily(core: Core) -> Path | None:
    """Make today's backup unless it is there.

    Returns:
        The new backup, None when today's was there already.

    Raises:
        BackupFailed: it could not be made.
    """
    from observe_app.store import backup  # noqa: PLC0415  (services load before the store does)

    return backup.daily(
        core.files.database, core.files.backups, core.clock, core.settings.get().backup_keep, core.store.key
    )


def make(core: Core, target: Path | None = None) -> Path:
    """Make a backup now, in the backups folder or at `target`.

    Raises:
        BackupFailed: it could not be made.
    """
    from observe_app.store import backup  # noqa: PLC0415

    if target is None:
        target = core.files.backups / f"observe-{core.clock.now():%Y-%m-%d-%H%M%S}.sqlite"
    return backup.copy_database(core.files.database, target, core.store.key)


def listing(core: Core) -> tuple[Path, ...]:
    """Return the backups, the newest first."""
    from observe_app.store import backup  # noqa: PLC0415

    return backup.backups(core.files.backups)


def newest_of(folder: Path, key: bytes | None = None) -> Path | None:
    """Return the newest daily backup of a data folder that is whole, None where there is none.

    It does not need the database, which may be damaged; of protected backups only those count that this key opens.
    """
    from observe_app.domain.errors import ObserveError  # noqa: PLC0415
    from observe_app.store import backup  # noqa: PLC0415
    from observe_app.store.folder import DataFolder as Files  # noqa: PLC0415

    for path in backup.backups(Files(folder).backups):
        try:
            backup.check_backup(path, key)
        except ObserveError:
            continue
        return path
    return None


def restore(
    folder: Path, backup_file: Path, clock: Clock, *, holding_lock: bool = False, key: bytes | None = None
) -> Path | None:
    """Put a backup in the database's place while nothing has it open.

    Args:
        folder: the data folder.
        backup_file: the backup.
        clock: names the copy made of what stood there.
        holding_lock: the caller is the one window of this folder.
        key: protects the record or the backup, where the caller knows it; else the vault is asked, and nobody. The
            record is protected afterwards where it was before.

    Returns:
        The copy made of what stood there, None when nothing did.

    Raises:
        DataFolderInUse: a window is open on this folder.
        BackupFailed, DatabaseNewer, DatabaseLockedAway: the backup cannot be used; nothing was changed.
    """
    from observe_app.store import backup  # noqa: PLC0415
    from observe_app.store.folder import DataFolder as Files  # noqa: PLC0415
    from observe_app.store.folder import WindowLock  # noqa: PLC0415

    files = Files(folder)
    files.ensure()
    if key is None:
        key = _key_for(files, backup_file)
    lock = WindowLock(files.window_lock)
    if not holding_lock:
        lock.acquire()
    try:
        return backup.restore(backup_file, files.database, clock, key=key)
    finally:
        lock.release()


def _key_for(files: DataFolder, backup_file: Path) -> bytes | None:
    """Return the key where record or backup are protected; None where neither is, or nobody has it any more.

    Raises:
        DatabaseLockedAway: a passphrase would open it.
    """
    from observe_app.domain.errors import DatabaseLockedAway  # noqa: PLC0415
    from observe_app.store import driver, opening  # noqa: PLC0415
    from observe_app.store.vault import Vault  # noqa: PLC0415

    if not (driver.is_sealed(files.database) or driver.is_sealed(backup_file)):
        return None
    try:
        return opening.known_key(files, Vault(files.path))
    except DatabaseLockedAway as error:
        if error.reason == "no_key":
            return None
        raise


def check(core: Core, *, repair: bool = False) -> tuple[str, ...]:
    """Check the database, its journal and its search index; with `repair` mend what can be made anew.

    Returns:
        What is wrong, one line each, after any repair; empty when all is well.
    """
    from observe_app.store import check as checks  # noqa: PLC0415

    return checks.repair(core.store) if repair else checks.problems(core.store)
