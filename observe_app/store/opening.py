"""Which key a data folder's database opens with, and what is put right before it is opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from observe_app.domain.errors import DatabaseLockedAway, DataFolderInUse, DataFolderUnusable, VaultClosed
from observe_app.store import driver, recovery, sealing
from observe_app.store.folder import WindowLock

if TYPE_CHECKING:
    from observe_app.store.folder import DataFolder
    from observe_app.store.vault import Vault

_REASONS = {"locked": "passphrase", "passphrase": "wrong_passphrase", "keyring": "keyring"}


def key_of(
    files: DataFolder, vault: Vault, *, passphrase: str | None = None, protect_new: bool = False
) -> bytes | None:
    """Return the key of the database, None where it is plain; asks the vault only where that is needed.

    Args:
        files: the data folder.
        vault: its vault; unlocked by this where a passphrase is given.
        passphrase: as somebody typed it.
        protect_new: make a key for a database that is not there yet, where there is a keyring to keep it.

    Raises:
        DatabaseLockedAway: it is protected and cannot be opened with what is known.
    """
    put_right(files)
    if driver.is_sealed(files.database):
        found = known_key(files, vault, passphrase)
        if found is None:
            raise DatabaseLockedAway(files.database, "no_key")
        return driver.key_for(files.database, found)
    if files.database.exists():
        return None
    try:
        if vault.place():
            return known_key(files, vault, passphrase)
        if protect_new and driver.can_seal() and vault.keyring_usable():
            return vault.make_database_key(os.urandom)
    except (DatabaseLockedAway, VaultClosed):
        return None  # a new record is rather plain than none; the settings say which it is
    return None


def put_right(files: DataFolder) -> None:
    """Clear away what a killed conversion left, unless one is running."""
    if not (sealing.has_debris(files.database) or sealing.has_debris(files.recovery)):
        return
    lock = WindowLock(files.protect_lock)
    try:
        lock.acquire()
    except (DataFolderInUse, DataFolderUnusable):
        return
    try:
        sealing.tidy(files.database)
        recovery.tidy(files.recovery)
    finally:
        lock.release()


def known_key(files: DataFolder, vault: Vault, passphrase: str | None = None) -> bytes | None:
    """Return the key that the vault has, None where it never had one.

    Raises:
        DatabaseLockedAway: it has one and does not give it out: see its reasons.
    """
    try:
        if passphrase is not None and vault.place() == "passphrase":
            vault.unlock(passphrase)
        return vault.database_key()
    except VaultClosed as error:
        raise DatabaseLockedAway(files.database, _REASONS.get(error.reason, "no_key")) from None
