"""Rounds of whole data folders: with the keys of the vault, the judge of the program, its lock and its log."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import NotFound, SyncBusy
from observe_app.domain.ids import Ids
from observe_app.services import backup as core_backup
from observe_app.services import notes, people, visits
from observe_app.services.core import close
from observe_app.services.sync import rounds, setup
from tests.keyrings import memory_keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


@pytest.fixture(autouse=True)
def ring() -> Iterator[None]:
    with memory_keyring():
        yield


@pytest.fixture
def laptop(tmp_path: Path, clock: FakeClock, _blank_database: Path) -> Iterator[Callable[..., Core]]:
    opened: list[Core] = []

    def make(place: str, name: str = "") -> Core:
        folder = tmp_path / place
        folder.mkdir()
        shutil.copy(_blank_database, folder / "observe.sqlite")
        opened.append(wire_core(folder, clock=clock, ids=Ids(clock)))
        if name:
            people.introduce(opened[-1], name=name)
        return opened[-1]

    yield make
    for core in opened:
        close(core)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    (tmp_path / "Maths").mkdir()
    return tmp_path / "Maths"


@pytest.fixture
def amina(laptop: Callable[..., Core], team: Path) -> Core:
    core = laptop("a", "Amina")
    setup.make_identity(core)
    setup.create(core, team)
    return core


def texts(core: Core) -> list[str]:
    with core.store.ledger.reading() as sql:
        return [row[0] for row in sql.execute("SELECT text FROM event ORDER BY text")]


def writer(core: Core) -> str:
    with core.store.ledger.reading() as sql:
        return sql.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()[0]


def test_a_person_finds_everything_on_a_second_laptop_by_the_words_alone(amina, laptop, team):
    visit = visits.plan(amina)
    notes.add(amina, visit_id=visit.id, line="T waits", offset_ms=0)
    (sent,) = rounds.run_round(amina)
    second = laptop("b")
    setup.recover(second, amina.vault.words(), team)

    (received,) = rounds.run_round(second)

    assert (sent.problem, sent.waiting, received.problem) == ("", 0, "")
    assert texts(second) == ["waits"]


def test_what_waits_is_counted_in_visits(amina):
    rounds.run_round(amina)
    assert rounds.statuses(amina)[0].visits == 0
    first, second = visits.plan(amina), visits.plan(amina)
    for at in range(9):
        notes.add(amina, visit_id=first.id, line=f"T waits {at}", offset_ms=at)

    (status,) = rounds.statuses(amina)
    assert (status.waiting > 30, status.visits) == (True, 2)
    rounds.run_round(amina)
    notes.add(amina, visit_id=second.id, line="T waits", offset_ms=0)
    assert rounds.statuses(amina)[0].visits == 1


def test_status_says_what_waits_and_when_others_were_there(amina, laptop, team, clock):
    visits.plan(amina)
    waiting = rounds.statuses(amina)[0].waiting
    rounds.run_round(amina)
    second = laptop("b", "Boris")
    setup.make_identity(second)
    setup.join(second, team)
    visits.plan(second)
    rounds.run_round(second)
    rounds.run_round(amina)

    (status,) = rounds.statuses(amina)

    assert waiting > 0
    assert status.waiting == 0
    assert status.last == clock.now()
    assert [(one.name, one.at, one.missing, one.clock_off) for one in status.laptops] == [
        ("Boris", clock.now(), 0, None)
    ]


def test_only_one_program_runs_rounds(amina):
    with rounds.alone(amina), pytest.raises(SyncBusy):
        rounds.run_round(amina)

    assert rounds.run_round(amina)[0].problem == ""


def test_a_paused_folder_rests(amina, team):
    folder = setup.folders(amina)[0]
    rounds.pause(amina, folder.id, True)

    assert rounds.run_round(amina) == ()
    assert not (team / "observe" / "d").exists()

    rounds.pause(amina, folder.id, False)

    assert len(rounds.run_round(amina)) == 1
    with pytest.raises(NotFound):
        rounds.pause(amina, "elsewhere", True)


def test_a_folder_that_is_away_is_said_and_nothing_lost(amina, team):
    visits.plan(amina)
    (team / "observe").rename(team / "elsewhere")

    (away,) = rounds.run_round(amina)
    (team / "elsewhere").rename(team / "observe")
    (back,) = rounds.run_round(amina)

    assert (away.problem, away.waiting) == ("missing", 1)
    assert (back.problem, back.sent, back.waiting) == ("", 1, 0)
    assert [one.kind for one in rounds.log_lines(amina)] == ["back", "sent", "problem"]


def test_the_log_holds_no_word_that_somebody_wrote(amina, team):
    visit = visits.plan(amina, focus="canary")
    notes.add(amina, visit_id=visit.id, line="canary", offset_ms=0)
    rounds.run_round(amina)

    assert rounds.log_lines(amina)
    assert "canary" not in repr(rounds.log_lines(amina))


def test_a_round_ends_where_the_caller_says_so(amina):
    visits.plan(amina)

    (stopped,) = rounds.run_round(amina, lambda *_about: False)
    (whole,) = rounds.run_round(amina)

    assert (stopped.sent, stopped.problem) == (0, "")
    assert whole.waiting == 0


def test_a_database_copied_elsewhere_takes_a_name_of_its_own(amina, laptop, tmp_path, clock):
    visits.plan(amina)
    rounds.run_round(amina)
    before = writer(amina)
    copy = tmp_path / "copy"
    amina.store.close()
    shutil.copytree(amina.folder, copy)
    core = wire_core(copy, clock=clock, ids=Ids(clock))

    rounds.run_round(core)

    assert writer(core) != before
    assert "new_name" in [one.kind for one in rounds.log_lines(core)]
    close(core)


def test_a_restored_backup_takes_a_name_of_its_own_and_nothing_is_lost(amina, laptop, team, clock):
    visit = visits.plan(amina)
    backup = core_backup.make(amina)
    notes.add(amina, visit_id=visit.id, line="T written after the backup", offset_ms=0)
    rounds.run_round(amina)
    before = writer(amina)
    amina.store.close()
    core_backup.restore(amina.folder, backup, clock)
    back = wire_core(amina.folder, clock=clock, ids=Ids(clock))
    after = writer(back)
    notes.add(back, visit_id=visit.id, line="T written after the restore", offset_ms=0)

    rounds.run_round(back)

    assert after != before
    assert texts(back) == ["written after the backup", "written after the restore"]
    close(back)


def test_a_file_that_arrives_for_more_than_a_day_is_told(amina, team, clock):
    half = team / "observe" / "d" / "0123abcd" / "00000001-0123456789abcdef.seg"
    half.parent.mkdir(parents=True)
    half.write_bytes(bytes(500))
    (early,) = rounds.run_round(amina)
    before = [one.kind for one in rounds.log_lines(amina)]
    clock.advance(seconds=25 * 3600)

    rounds.run_round(amina)

    assert early.incomplete == 1
    assert "late" not in before
    assert ("late", 1) in [(one.kind, one.count) for one in rounds.log_lines(amina)]
