"""Files that are taken away, replaced or made by somebody else while they are in use."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import BackupFailed, DatabaseDamaged, DatabaseNewer, DatabaseReplaced
from observe_app.services import backup, notes, people, visits
from observe_app.services.core import close, poll_outside
from observe_app.store.migrate import APPLICATION_ID
from tests.store import raw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

pytestmark = pytest.mark.skipif(os.name != "posix", reason="elsewhere an open file cannot be taken away")


def texts(core: Core, visit_id: str) -> list[str]:
    return [event.text for event in notes.stream(core, visit_id)]


def take_database(folder: Path) -> None:
    for name in ("observe.sqlite", "observe.sqlite-wal", "observe.sqlite-shm"):
        (folder / name).unlink()


def take_folder(folder: Path) -> None:
    shutil.rmtree(folder)


def take_database_alone(folder: Path) -> None:
    (folder / "observe.sqlite").unlink()


def take_log(folder: Path) -> None:
    (folder / "observe.sqlite-wal").unlink()


@pytest.mark.parametrize("take", [take_database, take_folder, take_database_alone, take_log])
def test_a_file_taken_away_while_open_comes_back_with_everything(
    core: Core, data_folder: Path, take: Callable[[Path], None]
) -> None:
    visit = visits.plan(core)
    notes.add(core, visit_id=visit.id, line="before", offset_ms=0)

    take(data_folder)
    notes.add(core, visit_id=visit.id, line="after", offset_ms=1)

    with closing(raw.connect(data_folder / "observe.sqlite", read_only=True)) as other:
        assert other.execute("SELECT text FROM event ORDER BY offset_ms").fetchall() == [("before",), ("after",)]
    assert texts(core, visit.id) == ["before", "after"]
    assert backup.check(core) == ()


def test_looking_outside_brings_a_lost_file_back_without_a_write(core: Core, data_folder: Path) -> None:
    visit = visits.plan(core)
    take_database(data_folder)

    poll_outside(core)

    second = wire_core(data_folder)
    assert visits.get(second, visit.id).id == visit.id
    close(second)


def test_closing_keeps_what_was_stored_in_a_file_taken_away(data_folder: Path) -> None:
    core = wire_core(data_folder)
    visit = visits.plan(core)
    take_database(data_folder)
    close(core)

    again = wire_core(data_folder)
    assert visits.get(again, visit.id).id == visit.id
    close(again)


def test_another_file_in_its_place_is_said_and_what_was_open_is_kept(
    core: Core, data_folder: Path, clock: FakeClock
) -> None:
    visit = visits.plan(core)
    other = backup.make(core, data_folder / "other.sqlite")
    notes.add(core, visit_id=visit.id, line="only in the open one", offset_ms=0)
    other.replace(data_folder / "observe.sqlite")

    with pytest.raises(DatabaseReplaced) as caught:
        notes.add(core, visit_id=visit.id, line="too late", offset_ms=1)
    with pytest.raises(DatabaseReplaced):
        poll_outside(core)

    with closing(raw.connect(caught.value.copy)) as copy:
        assert copy.execute("SELECT text FROM event").fetchall() == [("only in the open one",)]
    assert len(list((data_folder / "backups").iterdir())) == 1
    assert clock.now()


@pytest.mark.parametrize(
    "name", ["100%20 %s", "q?mark#hash&x=1;a", "ünï 😀", 'it\'s "so"', "new\nline", "a" * 200 + "/b"]
)
def test_any_folder_name_serves_for_opening_backup_restore_and_upgrade(
    tmp_path: Path, clock: FakeClock, name: str
) -> None:
    from observe_app.store.upgrade import run

    folder = tmp_path / name
    core = wire_core(folder, clock=clock)
    visit = visits.plan(core)
    made = backup.make(core)
    close(core)
    backup.restore(folder, made, clock)
    run(folder / "upgraded.sqlite")

    core = wire_core(folder, clock=clock)
    assert visits.get(core, visit.id).id == visit.id
    close(core)
    assert (folder / "upgraded.sqlite").stat().st_size > 10_000


def spoil(path: Path, *statements: str) -> bytes:
    """Run statements on a file and return its bytes."""
    with closing(raw.connect(path, auto=True)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        for statement in statements:
            connection.execute(statement)
    return path.read_bytes()


REFUSED = {
    "a table is missing": ("DROP TABLE journal_change",),
    "no writer": ("DELETE FROM meta",),
    "a format that never was": ("PRAGMA user_version = 5",),
    "a format below zero": ("PRAGMA user_version = -5",),
    "a view in a table's place": ("ALTER TABLE draft RENAME TO d2", "CREATE VIEW draft AS SELECT * FROM d2"),
    "a view beside": ("CREATE VIEW more AS SELECT 1",),
    "a computed column": (
        "DROP TABLE draft",
        "CREATE TABLE draft(visit_id, slot, text AS (slot || 'x'), offset_ms, wall)",
    ),
    "a column is missing": ("ALTER TABLE draft DROP COLUMN wall",),
}


@raw.only_plain
@pytest.mark.parametrize("case", REFUSED)
def test_a_file_that_is_not_as_ours_are_is_refused_and_left_as_it_is(data_folder: Path, case: str) -> None:
    path = data_folder / "observe.sqlite"
    before = spoil(path, *REFUSED[case])

    with pytest.raises(DatabaseDamaged):
        wire_core(data_folder)
    with pytest.raises(BackupFailed):
        backup.restore(data_folder / "elsewhere", path, core_clock())

    assert path.read_bytes() == before
    assert not (data_folder / "elsewhere" / "observe.sqlite").exists()


def core_clock() -> FakeClock:
    from observe_app.domain.clock import FakeClock as Fake

    return Fake()


@pytest.mark.parametrize(
    ("statements", "error"),
    [
        (("CREATE TABLE a(b)",), DatabaseDamaged),
        ((f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 2000"), DatabaseNewer),
        ((f"PRAGMA application_id = {APPLICATION_ID}", "CREATE TABLE visit(id)"), DatabaseDamaged),
    ],
)
def test_a_file_that_is_refused_is_not_written_to(
    tmp_path: Path, statements: tuple[str, ...], error: type[Exception]
) -> None:
    before = spoil(tmp_path / "observe.sqlite", *statements)

    with pytest.raises(error):
        wire_core(tmp_path)

    assert (tmp_path / "observe.sqlite").read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["observe.sqlite"]


@raw.only_plain
def test_triggers_of_a_restored_file_never_run(data_folder: Path, tmp_path: Path, clock: FakeClock) -> None:
    spoil(
        data_folder / "observe.sqlite",
        'CREATE TRIGGER "evil "" one" BEFORE INSERT ON event BEGIN SELECT raise(ignore); END',
        "CREATE TRIGGER evil_two AFTER INSERT ON person BEGIN UPDATE person SET name = 'evil'; END",
        "DROP TRIGGER journal_event_insert",
        "CREATE TRIGGER journal_event_insert AFTER INSERT ON event BEGIN DELETE FROM event; END",
    )
    backup.restore(tmp_path / "fresh", data_folder / "observe.sqlite", clock)

    core = wire_core(tmp_path / "fresh", clock=clock)
    visit = visits.plan(core)
    notes.add(core, visit_id=visit.id, line="kept", offset_ms=0)
    person = people.add(core, name="Ilse Bakker")

    assert texts(core, visit.id) == ["kept"]
    assert people.get(core, person.id).name == "Ilse Bakker"
    assert backup.check(core) == ()
    close(core)


def test_what_somebody_wrote_is_in_no_error_of_the_database(core: Core) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    with core.store.read() as unit, pytest.raises(SQLAlchemyError) as caught:
        unit.session.execute(text("SELECT * FROM nowhere WHERE a = :words"), {"words": "said in confidence"})

    assert "confidence" not in str(caught.value)


def test_half_a_sign_in_a_setting_does_not_stop_the_settings(core: Core) -> None:
    core.settings.change(school="half \ud83d sign", purpose_line="\x00\x1b[31m")

    assert "half ? sign" in core.files.settings.read_text(encoding="utf-8")
    assert core.settings.change(theme="dark").theme == "dark"
