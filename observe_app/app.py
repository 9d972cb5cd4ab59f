"""Wires everything: `wire_core` without Qt for the command line, `open_window` with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.clock import Clock
    from observe_app.domain.ids import Ids
    from observe_app.services.core import Core

WINDOW_BUSY_MS = 400
"""How long the window's writes wait for another program; longer would be felt, and it tries again by itself."""


def wire_core(
    data: Path | None = None, *, clock: Clock | None = None, ids: Ids | None = None, busy_ms: int = 5000
) -> Core:
    """Open a data folder and build everything that needs no window.

    Args:
        data: the data folder; the system's own place when None.
        clock: the computer's when None.
        ids: makes random ones when None.
        busy_ms: how long writes wait for another program.

    Raises:
        DataFolderUnusable, DatabaseDamaged, DatabaseNewer, DatabaseLocked, DiskFull, NotStored: as named.
    """
    from observe_app.domain.clock import SystemClock  # noqa: PLC0415  (the store takes most of the start; see open_window)
    from observe_app.domain.ids import Ids as RandomIds  # noqa: PLC0415
    from observe_app.paths import forms_dir  # noqa: PLC0415
    from observe_app.services.catalogue import Catalogue  # noqa: PLC0415
    from observe_app.services.core import Core as Wired  # noqa: PLC0415
    from observe_app.store.database import Store  # noqa: PLC0415
    from observe_app.store.folder import DataFolder, default_folder  # noqa: PLC0415
    from observe_app.store.settings import SettingsBox  # noqa: PLC0415

    files = DataFolder(default_folder() if data is None else data)
    files.ensure()
    clock = clock or SystemClock()
    ids = ids or RandomIds(clock)
    settings = SettingsBox(files.settings)
    store = Store(files.database, clock=clock, ids=ids, busy_ms=busy_ms)
    store.me = settings.get().me_id
    return Wired(store, clock, ids, settings, Catalogue((forms_dir(), files.forms)), files)
