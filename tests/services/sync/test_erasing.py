"""Erasing a visit for good: no byte of it is left, here, in the folder, or with those who had it."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import NotFound
from observe_app.domain.turn import Voice
from observe_app.services import backup, people, recovery, releases, turns, visits
from observe_app.services.core import close
from observe_app.services.sync import erasing, retention
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

CANARY = "Zyxwvutkanarienvogel"


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas observes, Amina teaches; no file of theirs is encrypted."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina"):
            made.add(name)
        people.ensure(made.cores["Joonas"], "Amina")
        made.meet()
        yield made


def holds(place: Path, word: str) -> list[str]:
    """Return the files below a place whose bytes hold a word."""
    files = (path for path in sorted(place.rglob("*")) if path.is_file())
    return [path.name for path in files if word.encode() in path.read_bytes()]


def test_no_byte_is_left_on_this_computer(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    other = staff.visit("Joonas", "Amina", line="Another lesson altogether")
    visit = staff.visit("Joonas", "Amina", line=f"{CANARY} waits")
    recovery.keep_copy(joonas, f"2026-03-10T09:05:00+00:00 {visit} {CANARY}")
    backup.make(joonas)
    data = staff.place / "data Joonas"
    assert len(holds(data, CANARY)) >= 3
    done = erasing.purge(joonas, visit, "asked for")
    assert done.unreadable == ()
    assert holds(data, CANARY) == []
    with pytest.raises(NotFound):
        visits.get(joonas, visit)
    for table in ("journal_change", "journal_head"):
        asked = f"SELECT count(*) FROM {table} WHERE row_id = ? OR row_id IN (SELECT id FROM event WHERE visit_id = ?)"
        assert staff.ask("Joonas", asked, visit, visit) == [(0,)]
    assert [row[0] for row in staff.ask("Joonas", "SELECT text FROM event WHERE visit_id = ?", other)] != []
    assert staff.ask("Joonas", "PRAGMA integrity_check") == [("ok",)]
    assert staff.ask("Joonas", "SELECT count(*) FROM search_fts WHERE search_fts MATCH 'another'") == [(1,)]


def test_those_who_had_it_erase_it_too(staff: School) -> None:
    joonas, amina = staff.cores["Joonas"], staff.cores["Amina"]
    visit = staff.visit("Joonas", "Amina", line=f"{CANARY} waits")
    releases.release(joonas, visit_id=visit)
    staff.rounds(times=2)
    turns.add(amina, visit_id=visit, voice=Voice.TEACHER, text=f"{CANARY} indeed")
    staff.rounds(times=2)
    backup.make(amina)
    assert holds(staff.place / "data Amina", CANARY)
    about = erasing.plan(joonas, visit)
    assert (about.everywhere, about.people) == (True, ("Amina",))
    done = erasing.purge(joonas, visit)
    assert [(one.name, one.erased) for one in done.holders] == [("Amina", False)]
    staff.rounds(times=3)
    assert holds(staff.place / "data Amina", CANARY) == []
    assert holds(staff.place / "data Joonas", CANARY) == []
    assert staff.ask("Amina", "SELECT count(*) FROM visit") == [(0,)]
    assert [(one.name, one.erased) for one in erasing.listing(joonas)[0].holders] == [("Amina", True)]
    about_it = "SELECT count(*) FROM sync_segment s JOIN sync_raw r ON r.hash = s.hash WHERE s.audience = ?"
    for name in ("Joonas", "Amina"):
        left = staff.ask(name, about_it, visit)[0][0]
        assert left <= 1  # the letter that says so


def test_the_folder_holds_no_letter_about_it_any_more(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.visit("Joonas", "Amina", line=f"{CANARY} waits")
    releases.release(joonas, visit_id=visit)
    staff.rounds(times=3)
    before = {path.name for path in staff.shared.rglob("*.seg")}
    erasing.purge(joonas, visit)
    staff.rounds(times=8)
    after = {path.name for path in staff.shared.rglob("*.seg")}
    gone = before - after
    assert len(gone) >= 3  # to the visit's people, and what was for oneself alone
    assert staff.ask("Joonas", "SELECT count(*) FROM sync_segment WHERE state = 'erase'") == [(0,)]
    assert visits.listing(joonas) == ()


def test_a_teacher_erases_only_their_own_copy(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    amina = staff.cores["Amina"]
    assert not erasing.plan(amina, visit).everywhere
    erasing.purge(amina, visit)
    staff.rounds(times=3)
    assert staff.ask("Amina", "SELECT count(*) FROM visit") == [(0,)]
    assert visits.get(staff.cores["Joonas"], visit).focus == "Waiting"
    assert staff.ask("Joonas", "SELECT count(*) FROM erasure") == [(0,)]
    assert staff.ask("Joonas", "SELECT count(*) FROM sync_refused") == [(0,)]


def test_a_second_computer_erases_too(staff: School) -> None:
    words = staff.cores["Joonas"].vault.words()
    visit = staff.visit("Joonas", "Amina", line=f"{CANARY} waits")
    staff.rounds(times=2)
    staff.second("Joonas", words)
    staff.rounds(times=2)
    assert holds(staff.place / "data Joonas 2", CANARY)
    erasing.purge(staff.cores["Joonas"], visit)
    staff.rounds(times=3)
    assert holds(staff.place / "data Joonas 2", CANARY) == []


def test_readers_hear_of_it_though_the_author_went_back_to_before_the_release(staff: School, tmp_path: Path) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.visit("Joonas", "Amina", line=f"{CANARY} waits")
    staff.rounds()
    backup.make(joonas, tmp_path / "before.sqlite")
    releases.release(joonas, visit_id=visit)
    staff.rounds(times=2)
    assert staff.ask("Amina", "SELECT count(*) FROM release") == [(1,)]
    close(joonas)
    shutil.copy(tmp_path / "before.sqlite", joonas.files.database)
    joonas = staff.cores["Joonas"] = wire_core(joonas.folder, clock=staff.clock)
    erasing.purge(joonas, visit)
    assert staff.ask("Joonas", "SELECT count(*) FROM visit_share") == [(0,)]
    staff.rounds(times=4)
    assert staff.ask("Amina", "SELECT count(*) FROM release") == [(0,)]
    assert holds(staff.place / "data Amina", CANARY) == []


def test_nothing_is_due_until_somebody_says_so(staff: School, clock: FakeClock) -> None:
    joonas = staff.cores["Joonas"]
    visit = staff.visit("Joonas", "Amina")
    today = date(2027, 9, 1)
    assert retention.due(joonas, today) == ()
    retention.set_years(joonas, 1)
    assert [row.id for row in retention.due(joonas, today)] == [visit]
    assert retention.due(joonas, date(2026, 7, 31)) == ()
    assert retention.erase_due(joonas, today) == 1
    assert retention.due(joonas, today) == ()
