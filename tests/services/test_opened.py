"""Copies that another program shows: only the owner's, gone again, in no backup."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import ExportFailed
from observe_app.services import backup, opened

if TYPE_CHECKING:
    from observe_app.services.core import Core

WORDS = b"%PDF the teacher's own words"


def test_a_copy_lies_in_the_data_folder_until_it_is_cleared(core: Core) -> None:
    target = opened.put(core, "reply.pdf", WORDS)

    assert target.read_bytes() == WORDS
    assert target.is_relative_to(core.folder)
    assert opened.put(core, "reply.pdf", WORDS) == target
    assert [path.name for path in target.parent.iterdir()] == ["reply.pdf"]

    opened.clear(core)
    assert not target.parent.exists()
    opened.clear(core)


@pytest.mark.skipif(sys.platform == "win32", reason="rights are kept in lists there")
def test_only_the_owner_reads_it(core: Core) -> None:
    core.files.opened.mkdir(mode=0o777)
    core.files.opened.chmod(0o777)
    before = os.umask(0)
    try:
        target = opened.put(core, "reply.pdf", WORDS)
    finally:
        os.umask(before)

    assert target.stat().st_mode & 0o777 == 0o600
    assert target.parent.stat().st_mode & 0o777 == 0o700


def test_no_backup_holds_it(core: Core) -> None:
    opened.put(core, "reply.pdf", WORDS)
    made = backup.make(core)

    assert WORDS not in made.read_bytes()
    assert not [path for path in core.files.backups.rglob("*") if path.is_file() and WORDS in path.read_bytes()]


def test_what_stands_in_the_way_is_told(core: Core) -> None:
    core.files.opened.write_text("not a folder", encoding="utf-8")

    with pytest.raises(ExportFailed):
        opened.put(core, "reply.pdf", WORDS)
    opened.clear(core)
    assert core.files.opened.is_file()
