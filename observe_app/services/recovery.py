"""A copy of words that the database would not take, wherever one can be made."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable
from observe_app.services.core import set_aside

if TYPE_CHECKING:
    from observe_app.services.core import Core

_NAME = "observe-recovery.txt"
_PRIVATE = 0o600


def keep_copy(core: Core, line: str) -> Path | None:
    """Add a line to the recovery file; on the disk when this returns.

    Returns:
        The file: the one in the data folder, or where that takes nothing (full, read-only) one in the system's own
        folder for temporary files, readable by its owner alone. None where neither could be written.
    """
    if set_aside(core, line):
        return core.files.recovery
    from observe_app.store import recovery  # noqa: PLC0415  (only when storing failed)

    path = Path(tempfile.gettempdir()) / _NAME
    return path if _append(path, recovery.as_kept(line, core.store.key)) else None


def show(core: Core) -> tuple[tuple[str, ...], int]:
    """Return the lines of the recovery file, and how many more cannot be opened with what is known here.

    Raises:
        FileUnreadable: it is there and cannot be read.
    """
    from observe_app.store import recovery  # noqa: PLC0415  (services load before the store does)

    try:
        return recovery.read(core.files.recovery, core.store.key)
    except OSError as error:
        raise FileUnreadable(core.files.recovery, "denied", str(error)) from error


def _append(path: Path, line: str) -> bool:
    # That folder belongs to everybody: nobody's link is followed, and nobody else's file is written to.
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    with contextlib.suppress(OSError):
        descriptor = os.open(path, flags, _PRIVATE)
        try:
            if hasattr(os, "getuid") and os.fstat(descriptor).st_uid != os.getuid():
                return False
            data = f"{line}\n".encode("utf-8", "replace")
            if os.write(descriptor, data) != len(data):
                return False
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return True
    return False
