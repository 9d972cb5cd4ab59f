"""The files: formats old, new, damaged and foreign; full and locked; backups, settings, search."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.app import wire_core
from observe_app.domain.errors import (
    BackupFailed,
    DatabaseDamaged,
    DatabaseLocked,
    DatabaseNewer,
    DataFolderInUse,
    DataFolderUnusable,
    DiskFull,
    NotStored,
)
from observe_app.domain.settings import Settings
from observe_app.domain.visit import VisitFilter
from observe_app.services import backup, notes, people, search, visits
from observe_app.services.core import close
from observe_app.store.folder import DataFolder, WindowLock
from observe_app.store.migrate import create_statements
from observe_app.store.settings import SettingsBox
from tests.store import raw

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


MOUNT, UMOUNT = shutil.which("mount") or "", shutil.which("umount") or ""


def shape(path: Path) -> list[tuple[str, str, str]]:
    """Return what stands in a file's schema, white space aside, triggers left out."""
    with closing(raw.connect(path)) as connection:
        rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE type <> 'trigger'")
        return sorted((kind, name, "".join(sql.split())) for kind, name, sql in rows)


def test_upgrading_from_nothing_gives_the_format_of_a_new_file(tmp_path: Path, data_folder: Path) -> None:
    from observe_app.store.upgrade import run

    run(tmp_path / "upgraded.sqlite")

    assert shape(tmp_path / "upgraded.sqlite") == shape(data_folder / "observe.sqlite")
    assert len(create_statements()) > 20


def test_a_newer_major_format_is_refused_and_left_alone(data_folder: Path) -> None:
    path = data_folder / "observe.sqlite"
    with closing(raw.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2003")

    with pytest.raises(DatabaseNewer) as caught:
        wire_core(data_folder)

    assert (caught.value.found, caught.value.known) == ("2.3", "1.6")
    with closing(raw.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2003,)


def test_a_newer_minor_format_is_opened(data_folder: Path) -> None:
    with closing(raw.connect(data_folder / "observe.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 1007")

    core = wire_core(data_folder)
    people.add(core, name="Ilse Bakker")
    close(core)

    with closing(raw.connect(data_folder / "observe.sqlite")) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1007,)


def test_triggers_that_went_missing_come_back_at_the_next_start(data_folder: Path) -> None:
    with closing(raw.connect(data_folder / "observe.sqlite")) as connection:
        connection.execute("DROP TRIGGER journal_event_insert")
        connection.execute("DROP TRIGGER search_event_insert")

    core = wire_core(data_folder)
    visit = visits.plan(core)
    notes.add(core, visit_id=visit.id, line="found again", offset_ms=0)

    assert len(search.notes(core, "again")) == 1
    assert backup.check(core) == ()
    close(core)


@pytest.mark.parametrize(
    "content", [b"not a database at all" * 500, b"\x00" * 4096, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_damaged_database_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "observe.sqlite"
    path.write_bytes(content)

    with pytest.raises(DatabaseDamaged) as caught:
        wire_core(tmp_path)

    assert caught.value.path == path
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    with closing(raw.connect(tmp_path / "observe.sqlite")) as connection:
        connection.execute("CREATE TABLE recipes(name TEXT)")

    with pytest.raises(DatabaseDamaged):
        wire_core(tmp_path)


def test_an_empty_file_becomes_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "observe.sqlite").touch()
    core = wire_core(tmp_path)
    assert visits.listing(core) == ()
    close(core)


def told_of_damage(folder: Path) -> tuple[str, ...]:
    """Return what opening and checking a data folder says is wrong."""
    try:
        core = wire_core(folder)
    except DatabaseDamaged as error:
        return (error.detail,)
    try:
        return backup.check(core)
    except DatabaseDamaged as error:
        return (error.detail,)
    finally:
        close(core)


def test_a_damaged_page_is_found_by_the_check_or_said_on_reading(data_folder: Path) -> None:
    core = wire_core(data_folder)
    visit = visits.plan(core)
    for number in range(400):
        notes.add(core, visit_id=visit.id, line=f"note {number} " + "x" * 300, offset_ms=number)
    close(core)
    path = data_folder / "observe.sqlite"
    raw = bytearray(path.read_bytes())
    for page in range(40, len(raw) // 4096, 7):
        raw[page * 4096 : page * 4096 + 600] = b"\xde" * 600
    path.write_bytes(raw)

    assert told_of_damage(data_folder)


def test_a_locked_database_is_said_and_the_write_works_later(core: Core) -> None:
    impatient = wire_core(core.folder, clock=core.clock, busy_ms=20)
    holder = raw.connect(core.files.database, auto=True)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseLocked):
        people.add(impatient, name="Ilse Bakker")
    holder.execute("ROLLBACK")
    holder.close()

    people.add(impatient, name="Ilse Bakker")
    assert [row.person.name for row in people.listing(impatient)] == ["Ilse Bakker"]
    close(impatient)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on a real disk of four megabytes, where this machine allows making one."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = sys.platform == "linux" and MOUNT and os.geteuid() == 0
    if not mounted or subprocess.run([MOUNT, "-t", "tmpfs", "-o", "size=4m", "tmpfs", place], check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run([UMOUNT, "-l", place], check=True)


def fill(core: Core, visit_id: str, stored: list[str]) -> None:
    """Store notes until the disk is full; each id is listed only once its note is stored."""
    for number in range(10_000):
        event = notes.add(core, visit_id=visit_id, line=f"{number} " + "word " * 200, offset_ms=number)
        stored.append(event.id)


def test_a_full_disk_loses_nothing_that_was_stored(small_disk: Path, clock: FakeClock) -> None:
    core = wire_core(small_disk, clock=clock)
    visit = visits.plan(core)
    stored: list[str] = []

    with pytest.raises(DiskFull) as caught:
        fill(core, visit.id, stored)

    assert caught.value.path == core.files.database
    assert stored

    assert [event.id for event in notes.stream(core, visit.id)] == stored
    close(core)
    core = wire_core(small_disk, clock=clock)
    assert [event.id for event in notes.stream(core, visit.id)] == stored
    close(core)


def test_a_read_only_database_is_said(data_folder: Path) -> None:
    """Made read-only by the file system itself where this machine allows it, as permissions do not bind root."""
    if os.name != "posix":
        pytest.skip("needs POSIX permissions")
    if os.geteuid() == 0:
        bound = subprocess.run([MOUNT, "--bind", "-o", "ro", data_folder, data_folder], check=False).returncode == 0
        if not bound:
            pytest.skip("cannot mount")
        subprocess.run([MOUNT, "-o", "remount,bind,ro", data_folder], check=False)
    else:
        data_folder.chmod(0o500)
        (data_folder / "observe.sqlite").chmod(0o400)
    try:
        with pytest.raises((NotStored, DataFolderUnusable)):
            wire_core(data_folder)
    finally:
        if os.geteuid() == 0:
            subprocess.run([UMOUNT, "-l", data_folder], check=True)
        else:
            data_folder.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DataFolderUnusable):
        wire_core(tmp_path / "file" / "data")


def test_one_window_a_folder(tmp_path: Path) -> None:
    files = DataFolder(tmp_path)
    first, second = WindowLock(files.window_lock), WindowLock(files.window_lock)
    first.acquire()

    with pytest.raises(DataFolderInUse):
        second.acquire()
    first.release()
    second.acquire()
    second.release()


def test_backups_come_once_a_day_and_the_oldest_go(core: Core, clock: FakeClock) -> None:
    core.settings.change(backup_keep=3)
    made = []
    for _day in range(5):
        made.append(backup.daily(core))
        assert backup.daily(core) is None
        clock.advance(seconds=24 * 3600)

    assert all(made)
    assert sorted(path.name for path in backup.listing(core)) == [path.name for path in made[2:] if path]


def test_a_backup_brings_back_what_it_held(core: Core, clock: FakeClock) -> None:
    people.add(core, name="Before")
    saved = backup.make(core)
    people.add(core, name="After")
    folder = core.folder
    close(core)

    aside = backup.restore(folder, saved, clock)

    again = wire_core(folder, clock=clock)
    assert [row.person.name for row in people.listing(again)] == ["Before"]
    close(again)
    assert aside is not None
    with closing(raw.connect(aside)) as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (2,)


@pytest.mark.parametrize("content", [b"", b"rubbish", None])
def test_restoring_something_else_is_refused_and_changes_nothing(
    core: Core, tmp_path: Path, clock: FakeClock, content: bytes | None
) -> None:
    people.add(core, name="Kept")
    folder = core.folder
    close(core)
    wrong = tmp_path / "wrong.sqlite"
    if content is not None:
        wrong.write_bytes(content)

    with pytest.raises(BackupFailed):
        backup.restore(folder, wrong, clock)

    again = wire_core(folder, clock=clock)
    assert [row.person.name for row in people.listing(again)] == ["Kept"]
    close(again)


def test_settings_survive_and_unknown_ones_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('version = 1\nmy_name = "Joonas"\nlater_thing = 7\nbackup_keep = "wrong type"\n', encoding="utf-8")

    box = SettingsBox(path)
    assert box.get().my_name == "Joonas"
    assert box.get().backup_keep == Settings().backup_keep
    box.change(theme="dark", school="Šiaulių gimnazija")

    assert SettingsBox(path).get().theme == "dark"
    assert SettingsBox(path).get().school == "Šiaulių gimnazija"
    assert "later_thing = 7" in path.read_text(encoding="utf-8")


def test_settings_that_cannot_be_read_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe = [broken")

    box = SettingsBox(path)

    assert box.get() == Settings()
    assert box.problem is not None
    assert (tmp_path / "settings.unreadable.toml").read_bytes() == b"\xff\xfe = [broken"


@given(words=st.text(max_size=40))
def test_any_typed_text_can_be_searched_for(core: Core, words: str) -> None:
    search.notes(core, words)
    visits.listing(core, VisitFilter(words=words))
    visits.count(core, VisitFilter(words=words))
    people.listing(core, words=words)


def test_search_finds_prefixes_without_accents_and_marks_them(core: Core) -> None:
    teacher = people.add(core, name="Zoë Müller")
    visit = visits.plan(core, teacher_id=teacher.id, class_name="Year 8")
    notes.add(core, visit_id=visit.id, line="T L’élève attend, wait", offset_ms=0)

    (hit,) = notes_hits = search.notes(core, "eleve wai")
    assert len(notes_hits) == 1
    assert [hit.text[start:end] for start, end in hit.marks] == ["élève", "wait"]
    assert [row.id for row in visits.listing(core, VisitFilter(words="muller wait"))] == [visit.id]
    assert visits.listing(core, VisitFilter(words="muller absent")) == ()
    assert visits.count(core, VisitFilter(words="muller wait")).notes == 1
    assert [row.person.id for row in people.listing(core, words="zoe")] == [teacher.id]


def test_deleted_and_edited_notes_are_found_as_they_are_now(core: Core) -> None:
    visit = visits.plan(core)
    event = notes.add(core, visit_id=visit.id, line="first words", offset_ms=0)
    opened = notes.edit(core, event_id=event.id, line="second words", seen=notes.open_note(core, event.id).seen)
    assert search.notes(core, "first") == ()
    assert len(search.notes(core, "second")) == 1
    notes.delete(core, event_id=event.id, seen=opened.seen)
    assert search.notes(core, "second") == ()
