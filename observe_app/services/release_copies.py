"""Keeping that a copy of a revision went out."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from observe_app.domain.errors import NotReleasable
from observe_app.domain.people import clean_line
from observe_app.domain.release import Copy

if TYPE_CHECKING:
    from observe_app.domain.release import Release
    from observe_app.services.core import Core


def add_copy(
    core: Core, *, release: Release, reader: str, way: str, scope: str, file_name: str = "", data: bytes = b""
) -> Copy:
    """Keep that a copy of a revision went out.

    Args:
        core: the open data folder.
        release: the revision.
        reader: who it is for.
        way: "file" or "print".
        scope: "summary" or "record".
        file_name: without its folder.
        data: the bytes that were written, of which the SHA-256 is kept.

    Raises:
        NotReleasable: the revision was taken back meanwhile.
    """
    copy = Copy(
        id=core.ids.new(),
        visit_id=release.visit_id,
        release_id=release.id,
        at=core.clock.now(),
        reader=clean_line(reader),
        way=way,
        scope=scope,
        file_name=clean_line(file_name),
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )
    with core.store.write("copy.add", scope=release.visit_id, undoable=False) as unit:
        if unit.after.release(release.id).taken_back is not None:
            raise NotReleasable(release.visit_id, "taken_back", str(release.number))
        unit.after.add_copy(copy)
        unit.commit()
    return copy
