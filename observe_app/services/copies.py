"""A copy of a revision leaves as a file: no file without the word that it left, and no older file lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services import releases
from observe_app.services.exchange.files import whole_file

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.release import Copy, Release
    from observe_app.services.core import Core


def save_copy(core: Core, *, release: Release, reader: str, scope: str, target: Path, data: bytes) -> Copy:
    """Write a revision's PDF to a file and keep that it left.

    First the bytes lie whole on the disk beside the target, then the copy is written down, then the file takes its
    name. What fails before the last step leaves the older file as it was; a last step that fails takes the word back.
    A power cut between the two leaves a copy written down that nobody got, never one that nobody knows of.

    Args:
        core: the open data folder.
        release: the revision.
        reader: who it is for.
        scope: "summary" or "record".
        target: the file.
        data: the whole PDF.

    Raises:
        ExportFailed: the file cannot be written. NotReleasable: the revision was taken back meanwhile.
    """
    with whole_file(target, data) as put:
        copy = releases.add_copy(
            core, release=release, reader=reader, way="file", scope=scope, file_name=target.name, data=data
        )
        try:
            put()
        except BaseException:
            _forget(core, copy)
            raise
    return copy


def _forget(core: Core, copy: Copy) -> None:
    with core.store.write("copy.drop", scope=copy.visit_id, undoable=False) as unit:
        unit.after.drop_copy(copy.id)
        unit.commit()
