"""Wires everything: `wire_core` without Qt for the command line, `open_window` with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.clock import Clock
    from observe_app.domain.ids import Ids
    from observe_app.services.core import Core
    from observe_app.store.folder import WindowLock
    from observe_app.store.vault import Vault

WINDOW_BUSY_MS = 400
"""How long the window's writes wait for another program; longer would be felt, and it tries again by itself."""


def wire_core(
    data: Path | None = None,
    *,
    clock: Clock | None = None,
    ids: Ids | None = None,
    busy_ms: int = 5000,
    key: bytes | None = None,
    passphrase: str | None = None,
    vault: Vault | None = None,
    protect_new: bool = False,
) -> Core:
    """Open a data folder and build everything that needs no window.

    Args:
        data: the data folder; the system's own place when None.
        clock: the computer's when None.
        ids: makes random ones when None.
        busy_ms: how long writes wait for another program.
        key: what protects the database, where the caller knows it; else the vault is asked.
        passphrase: what the vault is protected by, where it is.
        vault: this folder's, where one was opened already.
        protect_new: protect a database that is to be made, where this computer has a keyring.

    Raises:
        DatabaseLockedAway: the database is protected, and not by what is known here.
        DataFolderUnusable, DatabaseDamaged, DatabaseNewer, DatabaseLocked, DiskFull, NotStored: as named.
    """
    from observe_app.domain.clock import SystemClock  # noqa: PLC0415  (the store takes most of the start; see open_window)
    from observe_app.domain.ids import Ids as RandomIds  # noqa: PLC0415
    from observe_app.paths import forms_dir  # noqa: PLC0415
    from observe_app.services.catalogue import Catalogue  # noqa: PLC0415
    from observe_app.services.core import Core as Wired  # noqa: PLC0415
    from observe_app.store.database import Store  # noqa: PLC0415
    from observe_app.store.folder import DataFolder  # noqa: PLC0415
    from observe_app.store.look import default_folder  # noqa: PLC0415
    from observe_app.store.opening import key_of  # noqa: PLC0415
    from observe_app.store.settings import SettingsBox  # noqa: PLC0415
    from observe_app.store.vault import Vault as Kept  # noqa: PLC0415

    files = DataFolder(default_folder() if data is None else data)
    files.ensure()
    clock = clock or SystemClock()
    ids = ids or RandomIds(clock)
    settings = SettingsBox(files.settings)
    vault = vault or Kept(files.path)
    key = key or key_of(files, vault, passphrase=passphrase, protect_new=protect_new)
    store = Store(files.database, clock=clock, ids=ids, busy_ms=busy_ms, key=key)
    store.me = settings.get().me_id
    store.on_put_back = vault.keep_again
    return Wired(store, clock, ids, settings, Catalogue((forms_dir(), files.forms), store), files, vault)


def open_window(
    data: Path | None = None,
    *,
    quit_after_paint: bool = False,
    milestone: Callable[[str], object] | None = None,
) -> int:
    """Open the window on a data folder and run until it closes.

    Args:
        data: the data folder; the system's own place when None.
        quit_after_paint: close by itself once the pages are there; for trying an installation.
        milestone: told "painted" and "ready" as they are reached; for measuring.

    Returns:
        Exit status: 0 when it closed as it should, 1 when the data could not be opened.
    """
    import gc  # noqa: PLC0415

    # Loading makes only what stays: collecting among it costs a fifth of the start. Once the pages are there, the
    # window's thread collects, and no other.
    gc.disable()
    from observe_app.store.look import default_folder, read_look  # noqa: PLC0415
    from observe_app.ui.fast_import import plain_import  # noqa: PLC0415

    folder = default_folder() if data is None else data
    with plain_import():
        from observe_app.ui.application import run_window  # noqa: PLC0415  (Qt loads here and nowhere earlier)
    look = read_look(folder)
    held: list[WindowLock] = []
    vaults: list[Vault] = []

    def reached(name: str) -> None:
        if name == "ready":
            from observe_app.ui.collecting import collect_here  # noqa: PLC0415  (Qt is loaded by now)

            gc.freeze()
            collect_here()
        if milestone is not None:
            milestone(name)

    try:
        return run_window(
            lambda: _open_for_window(folder, held, _only(vaults, folder)),
            folder=folder,
            theme=look.theme,
            language=look.language,
            reduce_motion=look.reduce_motion,
            text_size=look.text_size,
            quit_when_ready=quit_after_paint,
            milestone=reached,
            vault=lambda: _only(vaults, folder),
        )
    finally:
        for lock in held:
            lock.release()


def _only(vaults: list[Vault], folder: Path) -> Vault:
    """Return the one vault of the window, made when it is first wanted: after the first paint."""
    from observe_app.store.vault import Vault as Kept  # noqa: PLC0415

    if not vaults:
        vaults.append(Kept(folder))
    return vaults[0]


def _open_for_window(folder: Path, held: list[WindowLock], vault: Vault) -> Core:
    """Take the one place on a data folder, unless it is held already, and open the folder; runs in a worker.

    A record that is not there yet is protected where this computer has a place for passwords.

    Raises:
        DataFolderInUse, DataFolderUnusable, and what `wire_core` raises.
    """
    from observe_app.store.folder import DataFolder, WindowLock  # noqa: PLC0415

    files = DataFolder(folder)
    files.ensure()
    if not held:
        lock = WindowLock(files.window_lock)
        lock.acquire()
        held.append(lock)
    start_log(files.log)
    return wire_core(folder, busy_ms=WINDOW_BUSY_MS, vault=vault, protect_new=True)


def start_log(path: Path) -> None:
    """Log errors and places to a file of at most 1 MB; never what somebody wrote."""
    import logging  # noqa: PLC0415
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415

    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    try:
        handler = RotatingFileHandler(path, maxBytes=500_000, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def take_pictures(core: Core, folder: Path) -> list[Path]:
    """Draw every page of the window offscreen, light and dark, into a folder.

    Returns:
        The pictures, PNG files.
    """
    from observe_app.ui.fast_import import plain_import  # noqa: PLC0415

    with plain_import():
        from observe_app.ui.pictures import draw_pages  # noqa: PLC0415
    return draw_pages(core, folder)
