"""Copies that leave as files: none without the word that it left, and no older file lost."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import ExportFailed, NotReleasable
from observe_app.services import releases
from observe_app.services.copies import save_copy
from tests.services.test_releases import make_visit

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.release import Release
    from observe_app.services.core import Core

OLDER = b"%PDF of last week"
NEWER = b"%PDF of today"


@pytest.fixture
def release(core: Core) -> Release:
    """Return the first revision of a visit."""
    return releases.release(core, visit_id=make_visit(core))


def names_in(folder: Path) -> list[str]:
    """Return what lies in a folder, hidden files too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_that_leaves_is_written_down_and_stands_alone(core: Core, release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "given.pdf"
    target.write_bytes(OLDER)

    copy = save_copy(core, release=release, reader="Amina", scope="summary", target=target, data=NEWER)

    assert target.read_bytes() == NEWER
    assert copy.sha256 == hashlib.sha256(NEWER).hexdigest()
    assert releases.copies(core, release.visit_id) == (copy,)
    assert names_in(folder) == ["given.pdf"]


def test_what_cannot_be_written_down_does_not_leave_and_the_older_file_stands(
    core: Core, release: Release, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "given.pdf"
    target.write_bytes(OLDER)
    releases.take_back(core, release.visit_id)

    with pytest.raises(NotReleasable):
        save_copy(core, release=release, reader="Amina", scope="summary", target=target, data=NEWER)

    assert target.read_bytes() == OLDER
    assert names_in(folder) == ["given.pdf"]
    assert releases.copies(core, release.visit_id) == ()


def test_a_file_that_cannot_take_its_name_counts_as_nothing_sent(core: Core, release: Release, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    target = folder / "given.pdf"
    target.mkdir(parents=True)

    with pytest.raises(ExportFailed):
        save_copy(core, release=release, reader="Amina", scope="summary", target=target, data=NEWER)

    assert names_in(folder) == ["given.pdf"]
    assert target.is_dir()
    assert releases.copies(core, release.visit_id) == ()
    releases.take_back(core, release.visit_id)
    assert releases.latest(core, release.visit_id) is None


def test_a_folder_that_is_not_there_counts_as_nothing_sent(core: Core, release: Release, tmp_path: Path) -> None:
    with pytest.raises(ExportFailed):
        save_copy(core, release=release, reader="A", scope="record", target=tmp_path / "gone" / "x.pdf", data=NEWER)

    assert releases.copies(core, release.visit_id) == ()
