"""A database changed behind the journal's back, or killed half-way: found, named, mended where it can be."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import DatabaseDamaged
from observe_app.services import backup, notes, people, search, visits
from observe_app.services.core import close
from observe_app.services.groups import groups
from observe_app.store.settings import SettingsBox

if TYPE_CHECKING:
    from observe_app.services.core import Core


def behind(folder: Path, *statements: str) -> None:
    """Run statements as a stranger does who has found out what the triggers call."""
    with closing(sqlite3.connect(folder / "observe.sqlite", isolation_level=None)) as connection:
        connection.execute("PRAGMA trusted_schema = ON")
        connection.create_function("observe_capturing", 0, lambda: 0)
        connection.create_function("observe_op", 2, lambda table, row: "0" * 16)
        connection.create_function("observe_action", 0, lambda: "nobody")
        connection.create_function("observe_stamp", 0, lambda: "0")
        connection.create_function("observe_seen", 1, lambda op: 0)
        for statement in statements:
            connection.execute(statement)


@pytest.fixture
def filled(data_folder: Path) -> Path:
    core = wire_core(data_folder)
    visit = visits.plan(core)
    notes.add(core, visit_id=visit.id, line="T waits long #wait", offset_ms=0)
    close(core)
    return data_folder


def checked(folder: Path, *, repair: bool = False) -> tuple[str, ...]:
    core = wire_core(folder)
    found = backup.check(core, repair=repair)
    close(core)
    return found


def test_a_cell_changed_behind_the_journal_is_named_and_left_to_a_person(filled: Path) -> None:
    behind(filled, "UPDATE event SET text = 'never said'")

    assert any("event.text" in line for line in checked(filled))
    assert any("event.text" in line for line in checked(filled, repair=True))
    with closing(sqlite3.connect(filled / "observe.sqlite")) as connection:
        assert connection.execute("SELECT text FROM event").fetchall() == [("never said",)]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_doc",
        "INSERT INTO search_fts(search_fts) VALUES ('delete-all')",
        "INSERT INTO search_fts(rowid, body) VALUES (999, 'ghost')",
        "DELETE FROM journal_head",
        "INSERT INTO journal_head VALUES ('x', 'y', 'z', 'event')",
        "DROP INDEX ix_journal_change_cell",
        "DROP INDEX ix_event_visit_id_offset_ms",
        "DROP INDEX ix_search_doc_row",
    ],
)
def test_what_can_be_made_anew_is_named_and_made_anew(filled: Path, statement: str) -> None:
    behind(filled, statement)

    assert checked(filled)
    assert checked(filled, repair=True) == ()
    assert checked(filled) == ()
    core = wire_core(filled)
    assert len(search.notes(core, "waits")) == 1
    close(core)


def test_a_record_removed_behind_the_journal_is_named(filled: Path) -> None:
    behind(filled, "DELETE FROM event")

    assert any("event" in line for line in checked(filled))


def test_a_writer_beside_the_window_is_seen_and_both_are_kept(core: Core, data_folder: Path) -> None:
    visit = visits.plan(core)
    second = wire_core(data_folder)
    for number in range(10):
        notes.add(core, visit_id=visit.id, line=f"window {number}", offset_ms=number)
        notes.add(second, visit_id=visit.id, line=f"beside {number}", offset_ms=number)
    close(second)

    assert len(notes.stream(core, visit.id)) == 20
    assert backup.check(core) == ()


# --- killed at the moment a file is put in place ---

CHILD = """
import os, sys, signal
from pathlib import Path
folder, work, step = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
calls = 0
def audit(event, args):
    global calls
    if event in ("os.rename", "os.remove", "open", "sqlite3.connect") and str(folder) in repr(args):
        calls += 1
        if calls == step:
            os.kill(os.getpid(), signal.SIGKILL)
from observe_app.domain.clock import SystemClock
from observe_app.store import backup
from observe_app.store.settings import SettingsBox
sys.addaudithook(audit)
if work == "copy":
    backup.copy_database(folder / "observe.sqlite", folder / "backups" / "made.sqlite")
elif work == "restore":
    backup.restore(folder / "old.sqlite", folder / "observe.sqlite", SystemClock())
else:
    SettingsBox(folder / "settings.toml").change(school="after")
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with SIGKILL")
@pytest.mark.parametrize("work", ["copy", "restore", "settings"])
def test_a_kill_at_any_step_leaves_the_old_or_the_new_and_nothing_between(data_folder: Path, work: str) -> None:
    core = wire_core(data_folder)
    people.add(core, name="Old")
    backup.make(core, data_folder / "old.sqlite")
    people.add(core, name="New")
    core.settings.change(school="before")
    close(core)
    finished = False
    for step in range(1, 40):
        done = subprocess.run(
            [sys.executable, "-c", CHILD, str(data_folder), work, str(step)],
            check=False,
            timeout=60,
            cwd=Path(__file__).parents[2],
        )
        again = wire_core(data_folder)
        names = [row.person.name for row in people.listing(again)]
        assert names in (["New", "Old"], ["Old"])
        assert names == ["New", "Old"] or work == "restore"
        assert backup.check(again) == ()
        assert again.settings.problem is None
        assert again.settings.get().school in {"before", "after"}
        close(again)
        if done.returncode == 0:
            finished = True
            break
        assert done.returncode == -signal.SIGKILL
    assert finished
    assert SettingsBox(data_folder / "settings.toml").problem is None


@pytest.mark.parametrize(
    "change",
    [
        "group_id = group_id, roles = '" + "[" * 100_000 + "'", "group_id = group_id, roles = '{'",
        "since = '9999-99-99'",
    ],
)  # fmt: skip
def test_a_value_that_no_program_wrote_is_called_damage_and_no_accident(data_folder: Path, change: str) -> None:
    core = wire_core(data_folder)
    group = groups.add(core, name="Eight")
    who = people.ensure(core, "Amina")
    groups.set_member(core, group_id=group.id, person_id=who.id, roles=(), since=None, until=None)
    close(core)
    behind(data_folder, f"UPDATE group_member SET {change}")

    core = wire_core(data_folder)
    with pytest.raises(DatabaseDamaged):
        groups.parts(core, group.id)
    close(core)
