"""Files written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from typing import TYPE_CHECKING

from observe_app.domain.errors import ExportFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EFBIG: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.EISDIR: "denied",
    errno.ENOENT: "missing_folder",
    errno.ENOTDIR: "missing_folder",
}


def write_whole(target: Path, data: bytes) -> None:
    """Write beside the target, force it to the disk, then put it in the target's place.

    Raises:
        ExportFailed: disk full, no right to write, no such folder; what stood there before stands there still.
    """
    with whole_file(target, data) as put:
        put()


@contextlib.contextmanager
def whole_file(target: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Hold bytes whole on the disk beside the target; the function given puts them in its place, nothing else does.

    Raises:
        ExportFailed: disk full, no right to write, no such folder; what stood there before stands there still.
    """
    if not fit_to_replace(target):
        raise ExportFailed(target, "not_a_file")
    partial = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}.part")

    def put() -> None:
        with exporting(target):
            partial.replace(target)

    try:
        with exporting(target), partial.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield put
    finally:
        with contextlib.suppress(OSError, ValueError):
            partial.unlink(missing_ok=True)


def fit_to_replace(target: Path) -> bool:
    """Return whether a file may be put here: the name is one, and no device or pipe would end by it."""
    try:
        return bool(target.name) and (target.is_file() or target.is_dir() or not target.exists())
    except (OSError, ValueError):
        return True  # writing will say it better


@contextlib.contextmanager
def exporting(target: Path) -> Iterator[None]:
    """Turn errors of the disk into `ExportFailed`."""
    try:
        yield
    except (OSError, ValueError) as error:
        reason = _REASONS.get(getattr(error, "errno", None) or 0, "other")
        raise ExportFailed(target, reason, str(getattr(error, "strerror", "") or error)) from error
