"""Files in memory, as rounds see a folder: what a bundle holds is read as if it lay in one."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

from observe_app.services.sync.folder_io import FileSeen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Shelf:
    """The files of a bundle, as if they lay in a shared folder that nobody can write."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Hold these."""
        self._files = files

    def list(self) -> Sequence[FileSeen]:
        """Return the files."""
        return [FileSeen(name, len(raw), 0) for name, raw in self._files.items()]

    def read(self, name: str, limit: int) -> bytes:
        """Return a file's bytes."""
        raw = self._files.get(name)
        if raw is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        if len(raw) > limit:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
        return raw

    def write_new(self, name: str, data: bytes) -> None:  # noqa: ARG002  (a shared folder's own words)
        """Refuse."""
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def delete(self, name: str) -> None:  # noqa: ARG002  (the same)
        """Refuse."""
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def undate(self, name: str) -> None:  # noqa: ARG002  (the same)
        """Refuse."""
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))
