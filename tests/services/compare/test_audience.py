"""What a release lets a comparison tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from observe_app.domain.compare.audience import Who, Why
from observe_app.domain.errors import Ambiguous, NotFound
from observe_app.domain.people import Role
from observe_app.services import answers, notes, people, releases, visits
from observe_app.services.compare.audience import audience, myself, reader_named
from tests.services.test_releases import make_visit

if TYPE_CHECKING:
    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core


@pytest.fixture
def me(core: Core) -> Who:
    """Say who sits here."""
    found = people.introduce(core, name="Joonas Brandt")
    assert found is not None
    return Who(found.id, found.name)


@pytest.fixture
def visit_id(core: Core, me: Who) -> str:
    return observed(core, me)


def observed(core: Core, me: Who) -> str:
    made = make_visit(core)
    seen = visits.open_visit(core, made).seen
    visits.set_person(core, visit_id=made, role=Role.OBSERVER, person_id=me.person_id, seen=seen)
    return made


def rate(core: Core, visit_id: str, value: int) -> None:
    seen = answers.open_answer(core, visit_id=visit_id, item="respect").seen
    answers.give(core, visit_id=visit_id, item="respect", value=value, seen=seen)


@pytest.fixture
def teacher(core: Core, visit_id: str) -> Who:
    return reader_named(core, "Amina Diallo")


def test_before_a_release_nobody_is_shown_anything(core: Core, visit_id: str, teacher: Who, me: Who) -> None:
    for reader in (teacher, me):
        found = audience(core, [visit_id], reader=reader)

        assert not found.told
        assert found.left_out == ((Why.NOT_RELEASED, 1),)


def test_a_release_tells_its_items_and_notes_and_nothing_else(core: Core, visit_id: str, teacher: Who) -> None:
    rate(core, visit_id, 3)
    releases.release(core, visit_id=visit_id)
    notes.add(core, visit_id=visit_id, line="T written after the release", offset_ms=120_000)

    told = audience(core, [visit_id], reader=teacher).told[visit_id]

    with core.store.read() as unit:
        words = {event.text: event.id for event in unit.events.of_visit(visit_id)}
    assert told.items["respect"].level == 2
    assert told.notes == {words["waits for five breaths"]}
    assert (told.whole, told.with_notes, told.led) == (False, False, False)
    assert told.tells("respect")
    assert told.tells("")
    assert not told.tells("no_such_item")


def test_ratings_that_wait_for_the_conversation_are_not_told(core: Core, visit_id: str, teacher: Who) -> None:
    rate(core, visit_id, 3)
    releases.release(core, visit_id=visit_id, ratings=False)

    assert not audience(core, [visit_id], reader=teacher).told[visit_id].tells("respect")


def test_a_reader_is_shown_it_as_long_as_the_teacher_lets_them(core: Core, visit_id: str) -> None:
    releases.release(core, visit_id=visit_id)
    releases.set_reader(core, visit_id=visit_id, name="Mei Lindqvist")
    mei = reader_named(core, "mei lindqvist")
    before = audience(core, [visit_id], reader=mei)

    releases.set_reader(core, visit_id=visit_id, name="Mei Lindqvist", reads=False)

    assert list(before.told) == [visit_id]
    assert audience(core, [visit_id], reader=mei).left_out == ((Why.NOT_A_READER, 1),)


def test_a_withdrawn_or_taken_back_release_shows_nothing(core: Core, me: Who) -> None:
    one, other = observed(core, me), observed(core, me)
    for visit in (one, other):
        releases.release(core, visit_id=visit)
    releases.withdraw(core, one, "The wrong lesson")
    releases.take_back(core, other)

    found = audience(core, [one, other], reader=reader_named(core, "Amina Diallo"))

    assert not found.told
    assert dict(found.left_out) == {Why.WITHDRAWN: 1, Why.NOT_RELEASED: 1}


def test_a_visit_in_the_bin_is_shown_to_nobody(core: Core, visit_id: str, teacher: Who) -> None:
    releases.release(core, visit_id=visit_id)
    visits.delete(core, visit_id=visit_id, seen=visits.open_visit(core, visit_id).seen)

    assert audience(core, [visit_id], reader=teacher).left_out == ((Why.GONE, 1),)


def test_the_newest_revision_is_what_is_told(core: Core, visit_id: str, teacher: Who, clock: FakeClock) -> None:
    rate(core, visit_id, 3)
    releases.release(core, visit_id=visit_id)
    rate(core, visit_id, 4)
    before = audience(core, [visit_id], reader=teacher).told[visit_id].items["respect"].level
    clock.advance(seconds=86_400)

    releases.release(core, visit_id=visit_id, why="I looked again")

    assert before == 2
    assert audience(core, [visit_id], reader=teacher).told[visit_id].items["respect"].level == 3


def test_a_damaged_release_tells_nothing(core: Core, visit_id: str, teacher: Who) -> None:
    releases.release(core, visit_id=visit_id)
    with core.store.write("damage", undoable=False) as unit:
        unit.session.execute(text('UPDATE "release" SET document = :d'), {"d": '{"checklist": 7}'})
        unit.commit()

    found = audience(core, [visit_id], reader=teacher)

    assert not found.told
    assert found.left_out == ((Why.DAMAGED, 1),)


def test_ones_own_visit_is_whole_where_one_asks_for_it(core: Core, visit_id: str, me: Who, teacher: Who) -> None:
    assert audience(core, [visit_id], reader=me, own=True).told[visit_id].whole
    assert audience(core, [visit_id], reader=teacher, own=True).left_out == ((Why.NOT_RELEASED, 1),)


def test_many_visits_keep_their_order(core: Core, me: Who) -> None:
    made = [observed(core, me) for _number in range(3)]
    for visit in made:
        releases.release(core, visit_id=visit)
    wanted = [made[2], made[0], made[1], made[0]]

    assert list(audience(core, wanted, reader=me).told) == [made[2], made[0], made[1]]


def test_who_reads_is_somebody_known_or_a_name(core: Core, me: Who) -> None:
    people.ensure(core, "Mei Lindqvist")
    people.add(core, name="MEI LINDQVIST")

    assert myself(core) == me
    assert reader_named(core, "Somebody Else") == Who("", "Somebody Else")
    with pytest.raises(Ambiguous):
        reader_named(core, "Mei Lindqvist")
    with pytest.raises(NotFound):
        reader_named(core, " ")
