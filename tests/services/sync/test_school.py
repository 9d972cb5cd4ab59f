"""A computer of the school: it reads every visit that says so, and leaves nothing in the folder."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.errors import NotReleasable, SharingRefused
from observe_app.domain.ids import Ids
from observe_app.domain.sync.shares import ShareRole
from observe_app.domain.turn import Voice
from observe_app.services import notes, people, releases, turns, visits
from observe_app.services.sync import rounds, school, setup, sharing
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School
from tests.services.sync.share_hands import school as a_school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core

OTHERS = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"


@pytest.fixture(params=[True, False], ids=["with the key", "without"])
def keyed(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock, keyed: bool) -> Iterator[School]:
    with memory_keyring(), a_school(tmp_path, _blank_database, clock) as made:
        made.add("Joonas", school_key=keyed)
        made.add("Amina")
        people.ensure(made.cores["Joonas"], "Amina")
        made.meet()
        yield made


def files(made: School) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in made.shared.rglob("*") if one.is_file()}


def empty(made: School, name: str) -> Core:
    """Return a computer without a record."""
    data = made.place / f"data {name}"
    data.mkdir()
    shutil.copy(made.blank, data / "observe.sqlite")
    return wire_core(data, clock=made.clock, ids=Ids(made.clock))


def opened(made: School, words: str) -> Core:
    """Return a computer of the school that has looked into the folder."""
    core = made.cores["School"] = empty(made, "School")
    setup.open_as_school(core, words, made.shared)
    for _ in range(3):
        rounds.run_round(core)
    return core


@pytest.mark.parametrize("keyed", [True], indirect=True)
def test_the_school_reads_what_was_released_and_leaves_nothing(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    draft = staff.visit("Joonas", "Amina", "Not released")
    staff.rounds(times=2)
    before = files(staff)

    core = opened(staff, staff.school_words)

    assert {row[0] for row in staff.ask("School", "SELECT text FROM event")} == {"Five breaths of waiting"}
    assert releases.latest(core, visit) is not None
    assert draft not in {row[0] for row in staff.ask("School", "SELECT id FROM visit")}
    rights = sharing.rights(core, visit)
    assert (rights.role, rights.writes, rights.joins, rights.decides) == (ShareRole.SCHOOL, False, False, False)
    assert people.me(core).name == "School"
    with pytest.raises(NotReleasable, match="not_yours"):
        turns.add(core, visit_id=visit, voice=Voice.BOTH, text="From the school")
    notes.add(core, visit_id=visits.plan(core).id, line="A note of its own", offset_ms=0)
    for _ in range(4):
        assert not rounds.run_round(core)[0].problem
    assert not setup.refresh_card(core)
    assert files(staff) == before
    assert rounds.statuses(core)[0].waiting == 0


@pytest.mark.parametrize("keyed", [True], indirect=True)
def test_what_comes_later_reaches_the_school_too(staff: School) -> None:
    core = opened(staff, staff.school_words)
    visit = staff.released("Joonas", "Amina")
    staff.rounds("Joonas", "Amina", times=2)
    turns.add(staff.cores["Amina"], visit_id=visit, voice=Voice.TEACHER, text="I counted to seven")
    staff.rounds("Amina")
    rounds.run_round(core)

    assert [one.text for one in turns.of_visit(core, visit)] == ["I counted to seven"]


@pytest.mark.parametrize("keyed", [False], indirect=True)
def test_without_a_key_nothing_opens(staff: School) -> None:
    visit = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    core = staff.cores["School"] = empty(staff, "School")

    with pytest.raises(SharingRefused, match="not_school"):
        setup.open_as_school(core, OTHERS, staff.shared)

    assert setup.folders(core) == ()
    assert not setup.has_identity(core)
    assert not sharing.school_opens(staff.cores["Joonas"], visit)
    assert all(one.share.role is not ShareRole.SCHOOL for one in sharing.takers(staff.cores["Amina"], visit))


@pytest.mark.parametrize("keyed", [True], indirect=True)
def test_the_words_are_known_for_the_schools_where_a_person_types_theirs(staff: School) -> None:
    core = staff.cores["School"] = empty(staff, "School")

    done = setup.recover(core, staff.school_words, staff.shared)

    assert done.school
    assert school.is_school(core)
    assert not school.is_school(staff.cores["Joonas"])
    with pytest.raises(SharingRefused, match="school"):
        setup.join(core, staff.shared)


@pytest.mark.parametrize("keyed", [True], indirect=True)
def test_a_persons_record_does_not_become_the_schools(staff: School) -> None:
    core = empty(staff, "Nora")
    staff.cores["Nora"] = core
    people.introduce(core, name="Nora")

    with pytest.raises(SharingRefused, match="school_words"):
        setup.open_as_school(core, staff.school_words, staff.shared)

    assert people.me(core).name == "Nora"
    assert not setup.has_identity(core)


@pytest.mark.parametrize("keyed", [True], indirect=True)
def test_before_a_release_it_is_said_that_the_school_will_open_it(staff: School) -> None:
    assert sharing.school_opens(staff.cores["Joonas"], staff.visit("Joonas", "Amina"))
    released = staff.released("Joonas", "Amina")
    staff.rounds(times=2)
    assert sharing.school_opens(staff.cores["Amina"], released)
