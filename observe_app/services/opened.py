"""Files that another program is to show: copies in a folder of ours that only the owner reads, gone again soon."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.core import Core

_PRIVATE_FOLDER = 0o700
_PRIVATE_FILE = 0o600


def put(core: Core, name: str, data: bytes) -> Path:
    """Write bytes under a name that fits the system, and return where they lie until `clear`.

    A file that a program still holds on to stays as it is where it says the same.

    Raises:
        ExportFailed: disk full, no right to write.
    """
    from observe_app.services.exchange.files import exporting, write_whole  # noqa: PLC0415  (rarely wanted)

    folder = core.files.opened
    target = folder / name
    with exporting(target):
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        folder.chmod(_PRIVATE_FOLDER)
        if target.is_file() and target.read_bytes() == data:
            return target
    write_whole(target, data)
    with contextlib.suppress(OSError):  # the folder keeps others out already
        target.chmod(_PRIVATE_FILE)
    return target


def clear(core: Core) -> None:
    """Remove the copies; one that a program does not let go of goes the next time."""
    folder = core.files.opened
    with contextlib.suppress(OSError):
        if not folder.is_dir() or folder.is_symlink():
            return
        for path in list(folder.iterdir()):
            with contextlib.suppress(OSError):
                path.unlink()
        folder.rmdir()
