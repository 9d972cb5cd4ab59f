"""Protecting the record on this computer's disk: how it stands, turning it on and off, the way in with twelve words."""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.errors import (
    DatabaseLockedAway,
    DiskFull,
    NotStored,
    ObserveError,
    ProtectionFailed,
    VaultClosed,
)
from observe_app.domain.progress import Cancelled, Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import Clock
    from observe_app.store.folder import DataFolder
    from observe_app.store.vault import Vault

    GetVault = Callable[[], Vault]

BACKUPS = ("convert", "remove", "keep")
"""What becomes of backups that are not as the record is afterwards."""
LEAST_PASSPHRASE = 8
"""Characters; the vault refuses shorter ones."""


@dataclass(frozen=True, slots=True)
class Protection:
    """How the data folder stands; no secret is needed to tell.

    Attributes:
        is_on: the database is protected. kept_in: "keyring", "passphrase", or "" where no key is kept.
        has_words: the twelve words open it too. keyring: this computer has a key store that could keep the key.
        possible: this installation can protect a record.
        plain, sealed: how many backups anybody can read, and how many are protected.
    """

    is_on: bool
    kept_in: str
    has_words: bool
    keyring: bool
    possible: bool
    plain: int
    sealed: int


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done.

    Attributes:
        on: whether the record is protected now.
        backup: the copy made before, None where there was no record yet; it was converted like the others.
        converted, removed: how many backups. left: those that are not as the record is now.
    """

    on: bool
    backup: Path | None = None
    converted: int = 0
    removed: int = 0
    left: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants: protection or none, by which passphrase (None: the password store), what of the backups.

    `same_way` leaves what opens the record as it is, whatever `passphrase` says.
    """

    on: bool
    passphrase: str | None = field(default=None, repr=False)
    backups: str = "convert"
    same_way: bool = False


def vault_of(folder: Path) -> Vault:
    """Return the vault of a data folder; nothing is read yet."""
    from observe_app.store.vault import Vault  # noqa: PLC0415  (services load before the store does, here and below)

    return Vault(folder)


def status(folder: Path, vault: Vault, *, ask_keyring: bool = True) -> Protection:
    """Return how a data folder stands.

    Args:
        folder: the data folder.
        vault: its vault; may be locked.
        ask_keyring: find out whether there is a key store, which may take a while; False says that there is none.
    """
    from observe_app.store import driver  # noqa: PLC0415
    from observe_app.store.folder import DataFolder  # noqa: PLC0415

    files = DataFolder(folder)
    found = _backups(files)
    sealed = sum(driver.is_sealed(path) for path in found)
    is_on = driver.is_sealed(files.database)
    place = vault.place()
    return Protection(
        is_on=is_on,
        kept_in=place if is_on else "",
        has_words=is_on and vault.wrapped_key.exists(),
        keyring=place == "keyring" or (ask_keyring and vault.keyring_usable()),
        possible=driver.can_seal(),
        plain=len(found) - sealed,
        sealed=sealed,
    )


def silent_key(vault: Vault) -> bytes | None:
    """Return the database's key where it can be had without asking anybody, else None."""
    try:
        return vault.database_key()
    except VaultClosed:
        return None


def key_for_restore(folder: Path, passphrase: str | None) -> bytes | None:
    """Return the key that protects a record or its backups, None where there is none, or it is not to be had.

    Raises:
        DatabaseLockedAway: the passphrase does not open it.
    """
    from observe_app.store.folder import DataFolder  # noqa: PLC0415

    vault = vault_of(folder)
    try:
        if passphrase is not None and vault.place() == "passphrase":
            vault.unlock(passphrase)
    except VaultClosed as error:
        if error.reason == "passphrase":
            raise DatabaseLockedAway(DataFolder(folder).database, "wrong_passphrase") from None
    return silent_key(vault)


def turn_on(
    folder: Path,
    vault: Vault,
    *,
    clock: Clock,
    passphrase: str | None = None,
    backups: str = "convert",
    progress: Progress | None = None,
    holding_lock: bool = False,
) -> Changed:
    """Protect the database, its backups and the recovery file. Nothing of ours may have the database open.

    Turning it on where it is on does what is left of it: backups that anybody can read.

    Args:
        folder: the data folder.
        vault: keeps the key.
        clock: names the copy made first.
        passphrase: opens the record from now on; the key store of this computer does where None.
        backups: one of `BACKUPS`.
        progress: told in thousandths. Until the record is replaced it can be cancelled and nothing was changed; after
            that a cancel leaves backups as they are.
        holding_lock: the caller is the one window of this folder.

    Raises:
        Cancelled: the person asked to stop; nothing was changed.
        ProtectionFailed, VaultClosed, BackupFailed, DataFolderInUse: as named; the record is as it was.
    """
    from observe_app.store import driver  # noqa: PLC0415

    progress = progress or Progress()
    with _alone(folder, holding_lock=holding_lock) as files:
        if not driver.can_seal():
            raise ProtectionFailed(files.database, "no_driver")
        key = _made_key(files, vault, passphrase)
        return _change(files, key, clock, backups, progress, seal=True)


def turn_off(
    folder: Path,
    vault: Vault,
    *,
    clock: Clock,
    backups: str = "convert",
    progress: Progress | None = None,
    holding_lock: bool = False,
) -> Changed:
    """End the protection; see `turn_on`. The key is forgotten once nothing is left that it protects.

    Raises:
        Cancelled, ProtectionFailed, VaultClosed, BackupFailed, DataFolderInUse: as `turn_on`.
        DatabaseLockedAway: the key is not known here.
    """
    from observe_app.store import driver  # noqa: PLC0415

    progress = progress or Progress()
    with _alone(folder, holding_lock=holding_lock) as files:
        key = vault.database_key()
        if key is None:
            if driver.is_sealed(files.database):
                raise DatabaseLockedAway(files.database, "no_key")
            return Changed(on=False)
        changed = _change(files, key, clock, backups, progress, seal=False)
        if not any(driver.is_sealed(path) for path in (files.database, *_backups(files))):
            vault.forget_database_key()
        return changed


def unlock(folder: Path, vault: Vault, passphrase: str) -> None:
    """Open the vault with a passphrase.

    Raises:
        DatabaseLockedAway: "wrong_passphrase".
        VaultClosed: what is kept is damaged.
    """
    from observe_app.store.folder import DataFolder  # noqa: PLC0415

    try:
        vault.unlock(passphrase)
    except VaultClosed as error:
        if error.reason != "passphrase":
            raise
        raise DatabaseLockedAway(DataFolder(folder).database, "wrong_passphrase") from None


def fulfil(folder: Path, vault: Vault, wish: Wish, clock: Clock, progress: Progress) -> Changed:
    """Do what was wished for, as the one window of this folder; see `turn_on` and `turn_off`."""
    if wish.on:
        return turn_on(
            folder,
            vault,
            clock=clock,
            passphrase=wish.passphrase,
            backups=wish.backups,
            progress=progress,
            holding_lock=True,
        )
    return turn_off(folder, vault, clock=clock, backups=wish.backups, progress=progress, holding_lock=True)


def open_with_words(folder: Path, vault: Vault, words: str, passphrase: str | None = None) -> bytes:
    """Return the database's key out of the twelve words, and keep both on this computer from now on.

    Args:
        folder: the data folder.
        vault: its vault.
        words: the twelve words as somebody typed them.
        passphrase: a new one, where they are not to go into the key store.

    Raises:
        WordsWrong: they are no twelve words.
        DatabaseLockedAway: "wrong_words", or "no_key" where this record knows no words.
        VaultClosed: what was found could not be kept.
    """
    from observe_app.store.folder import DataFolder  # noqa: PLC0415

    try:
        return vault.recover_database_key(words, passphrase)
    except VaultClosed as error:
        reason = {"other_words": "wrong_words", "none": "no_key"}.get(error.reason)
        if reason is None:
            raise
        raise DatabaseLockedAway(DataFolder(folder).database, reason) from None


def change_passphrase(vault: Vault, passphrase: str | None) -> None:
    """Keep the key under another passphrase from now on, or in the key store for None; the record stays as it is.

    Raises:
        VaultClosed: everything is kept as it was.
    """
    vault.set_passphrase(passphrase)


# --- helpers ---------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _alone(folder: Path, *, holding_lock: bool) -> Iterator[DataFolder]:
    """Be the only window of a data folder, and the only one that changes its protection."""
    from observe_app.store import opening  # noqa: PLC0415
    from observe_app.store.folder import DataFolder, WindowLock  # noqa: PLC0415

    files = DataFolder(folder)
    files.ensure()
    opening.put_right(files)
    locks = [WindowLock(files.protect_lock)] + ([] if holding_lock else [WindowLock(files.window_lock)])
    try:
        for lock in locks:
            lock.acquire()
        yield files
    finally:
        for lock in locks:
            lock.release()


def _made_key(files: DataFolder, vault: Vault, passphrase: str | None) -> bytes:
    from observe_app.store import driver  # noqa: PLC0415

    if passphrase is not None and len(passphrase) < LEAST_PASSPHRASE:
        raise ProtectionFailed(files.database, "short_passphrase", str(LEAST_PASSPHRASE))
    if driver.is_sealed(files.database):
        known = vault.database_key()
        if known is None:
            raise DatabaseLockedAway(files.database, "no_key")
        driver.key_for(files.database, known)
    place = vault.place()
    if passphrase is None and not place and not vault.keyring_usable():
        raise ProtectionFailed(files.database, "no_keyring")
    key = vault.make_database_key(os.urandom, None if place else passphrase)
    if passphrase is not None and place:
        vault.set_passphrase(passphrase)
    again = vault_of(files.path)
    if passphrase is not None:
        again.unlock(passphrase)
    if vault.place() == "keyring" or passphrase is not None:
        _see_kept(files, again.database_key() == key)
    return key


def _see_kept(files: DataFolder, kept: bool) -> None:  # noqa: FBT001  (what was found, handed on)
    if not kept:
        raise ProtectionFailed(files.database, "key_not_kept")


def _change(files: DataFolder, key: bytes, clock: Clock, backups: str, progress: Progress, *, seal: bool) -> Changed:
    from observe_app.store import backup, driver, recovery, sealing  # noqa: PLC0415

    made: Path | None = None
    with _told(files):
        if files.database.exists() and driver.is_sealed(files.database) != seal:
            progress.step(0, 1000)
            word = "before-protecting" if seal else "before-opening-up"
            made = files.backups / f"{word}-{clock.now():%Y%m%d-%H%M%S}.sqlite"
            backup.copy_database(files.database, made, key)
            try:
                sealing.rewrite(files.database, key, seal=seal, progress=_part(progress, 100, 800))
            except BaseException:
                sealing.wipe(made)  # the record stands as it was; a copy more would only have to be looked after
                raise
        recovery.convert(files.recovery, key, seal=seal)
    return _change_backups(files, key, made, backups, progress, seal=seal)


def _change_backups(
    files: DataFolder, key: bytes, made: Path | None, wish: str, progress: Progress, *, seal: bool
) -> Changed:
    from observe_app.store import driver, sealing  # noqa: PLC0415

    todo = [path for path in _backups(files) if driver.is_sealed(path) != seal]
    converted, removed, left = 0, 0, []
    for number, path in enumerate(todo):
        if wish == "keep" or progress.stopping:
            left.append(path)
            continue
        with contextlib.suppress(Cancelled):
            progress.step(900 + 100 * number // len(todo), 1000)
        try:
            if wish == "remove" and path != made:
                sealing.wipe(path)
                removed += 1
            elif sealing.rewrite(path, key, seal=seal, progress=_part(progress, 900, 900)):
                converted += 1
            else:
                left.append(path)
        except (ObserveError, OSError, Cancelled):
            left.append(path)
    with contextlib.suppress(Cancelled):
        progress.step(1000, 1000)
    return Changed(seal, made, converted, removed, tuple(left))


def _backups(files: DataFolder) -> tuple[Path, ...]:
    """Return every copy of the record in the backups folder: daily ones, rescued ones, bytes of a damaged one."""
    if not files.backups.is_dir():
        return ()
    found = [path for path in files.backups.iterdir() if path.is_file() and not path.is_symlink()]
    return tuple(sorted(path for path in found if ".sqlite" in path.name or path.suffix == ".damaged"))


def _part(progress: Progress, start: int, end: int) -> Progress:
    """Return a progress of thousandths that stands for a part of this one."""

    def report(done: int, total: int, text: str) -> None:
        progress.step(start + (end - start) * done // max(1, total), 1000, text)

    return Progress(report)


@contextlib.contextmanager
def _told(files: DataFolder) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(files.database) from error
        raise NotStored(files.database, error.strerror or str(error)) from error
