"""Two installations of one name: a database copied, restored, or somebody else under our name."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.services import backup
from observe_app.services.core import close
from observe_app.services.sync import incarnation

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.services.sync.engine_hands import Laptop


@pytest.fixture
def laptop(engine_laptop: Callable[..., Laptop]) -> Callable[..., Laptop]:
    return engine_laptop


def test_who_finds_letters_of_their_own_that_they_did_not_write_takes_another_name(laptop, tmp_path):
    first = laptop("first")
    visit = first.visit("T waits")
    first.round()
    backup.make(first.core, tmp_path / "before.sqlite")
    first.note(visit, "T goes on")
    first.round()
    name = first.writer()
    close(first.core)
    shutil.copy(tmp_path / "before.sqlite", first.core.files.database)  # as a person does who knows no better
    first.core = wire_core(first.core.folder, clock=first.core.clock)
    first.restart()
    first.note(visit, "T begins anew")

    first.round(2)
    second = laptop("second")
    second.round()

    assert first.writer() != name
    assert first.texts() == second.texts() == ["begins anew", "goes on", "waits"]


def test_a_second_person_under_our_name_makes_us_take_another_one(laptop):
    first, other = laptop("first"), laptop("other", "Boris")
    name = first.writer()
    with other.core.store.ledger.writing() as writing:
        writing.sql.execute("UPDATE meta SET value = ? WHERE key = 'writer'", (name,))
    first.visit("T waits")
    first.round()
    other.visit("S asks")
    other.round()

    first.round(2)

    assert first.writer() != name


def test_a_copy_that_only_reads_takes_another_name_when_it_finds_the_report_of_its_twin(laptop):
    first, second, copy = laptop("first"), laptop("second"), laptop("copy")
    name = second.writer()
    with copy.core.store.ledger.writing() as writing:
        writing.sql.execute("UPDATE meta SET value = ? WHERE key = 'writer'", (name,))
    first.visit("T waits")
    first.round()
    second.round()
    first.visit("S asks")
    first.round()
    copy.round()

    second.round()

    assert second.writer() != name
    assert copy.writer() == name
    assert {_reporter(one) for one in _reports(first)} == {first.writer(), second.writer(), name}


def test_an_own_report_that_comes_back_changes_no_name(laptop):
    first = laptop("first")
    name = first.writer()
    first.visit("T waits")
    first.round()
    old = _reports(first)[0]
    words = old.read_bytes()
    first.visit("S asks")
    first.round()
    old.write_bytes(words)
    first.restart()

    first.round(2)

    assert first.writer() == name


def test_a_report_with_a_forged_number_does_not_carry_ours_away(laptop):
    first = laptop("first")
    first.visit("T waits")
    first.round()
    forged = _reports(first)[0].with_name("have-99999999-0123456789ab.json")
    forged.write_bytes(b"{}")
    name = first.writer()
    first.visit("S asks")

    first.round()

    assert first.writer() == name
    assert [one.name[:13] for one in _reports(first)] == ["have-00000002"]


def _reports(laptop: Laptop) -> list[Path]:
    return sorted((laptop.shared / "observe" / "d").glob("*/have-*.json"))


def _reporter(report: Path) -> str:
    return report.parent.name


def test_place_and_computer_make_the_name_of_a_machine(tmp_path):
    one, two = tmp_path / "a" / "observe.sqlite", tmp_path / "b" / "observe.sqlite"

    assert incarnation.machine_of(one) == incarnation.machine_of(Path(one))
    assert incarnation.machine_of(one) != incarnation.machine_of(two)


def test_a_machine_that_is_another_one_takes_another_name_once(laptop):
    first = laptop("first")
    ledger = first.core.store.ledger
    incarnation.check(ledger, "here")
    name = first.writer()

    same = incarnation.check(ledger, "here")
    kept = first.writer()
    other = incarnation.check(ledger, "there")

    assert (same, other) == (False, True)
    assert kept == name != first.writer()


def test_new_keys_look_again_at_what_was_for_others(laptop):
    first, boris = laptop("first"), laptop("boris", "Boris")
    boris.visit("S asks")
    boris.round()
    first.round()
    strangers = first.ask("SELECT count(*) FROM sync_stranger")
    first.keys = boris.keys
    first.restart()

    first.round()

    assert strangers == [(1,)]
    assert first.texts() == ["asks"]
