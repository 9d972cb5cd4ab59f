"""What every use case is given: the open store, the clock, the settings, the forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.changes import Changes
    from observe_app.domain.clock import Clock
    from observe_app.domain.ids import Ids
    from observe_app.services.catalogue import Catalogue
    from observe_app.store.database import Store
    from observe_app.store.folder import DataFolder
    from observe_app.store.settings import SettingsBox
    from observe_app.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Core:
    """One data folder, opened. Made by `app.wire_core`."""

    store: Store
    clock: Clock
    ids: Ids
    settings: SettingsBox
    catalogue: Catalogue
    files: DataFolder
    vault: Vault

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self.files.path


def subscribe(core: Core, listener: Callable[[Changes], None]) -> Callable[[], None]:
    """Call the listener after every commit, in the thread that wrote; return what ends that."""
    return core.store.subscribe(listener)


def load_ahead() -> None:
    """Load what the first write needs, so that the window does not wait for it then."""
    from observe_app.store import ownership  # noqa: F401, PLC0415
    from observe_app.store.repos import shares  # noqa: F401, PLC0415
    from observe_app.store.sync import choices, conflicts  # noqa: F401, PLC0415


def poll_outside(core: Core) -> Changes | None:
    """Return what other processes changed since the last call, None when nothing."""
    return core.store.poll_outside()


def set_aside(core: Core, line: str) -> bool:
    """Add a line that the database would not take to the recovery file; False where even that fails."""
    from observe_app.store import recovery  # noqa: PLC0415  (only when storing failed)

    return recovery.append(core.files.recovery, line, core.store.key)


def close(core: Core) -> None:
    """Close the store."""
    core.store.close()
