"""One program at a time writes letters of a data folder: a window, a command, or an erasure."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from observe_app.domain.errors import DataFolderInUse, SyncBusy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.core import Core


@contextmanager
def alone(core: Core) -> Iterator[None]:
    """Be the one program that writes segments of this data folder.

    Raises:
        SyncBusy: another one is.
        DataFolderUnusable: the lock cannot be made.
    """
    from observe_app.store.folder import WindowLock  # noqa: PLC0415

    lock = WindowLock(core.files.sync_lock)
    try:
        lock.acquire()
    except DataFolderInUse as error:
        raise SyncBusy(core.folder) from error
    try:
        yield
    finally:
        lock.release()
