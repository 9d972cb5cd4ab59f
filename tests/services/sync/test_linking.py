"""Linking a colleague to a card: one person id on all computers, in one act that undo takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Invalid
from observe_app.services import history, people, steps, visits
from observe_app.services.groups import groups
from observe_app.services.sessions import follow_ups
from observe_app.services.sync import colleagues, linking
from tests.also_hands import Colleague
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina"):
            made.add(name)
        yield made


def test_every_reference_moves_to_the_cards_id_and_back(staff: School) -> None:
    joonas, amina = staff.cores["Joonas"], staff.cores["Amina"]
    visit = staff.visit("Joonas", "Amina")
    old = visits.get(joonas, visit).teacher_id
    step = steps.add(joonas, visit_id=visit, text="Wait longer", owner_id=old)
    staff.rounds(times=2)
    (one,) = linking.candidates(joonas, old)
    linked = linking.link(joonas, person_id=old, fingerprint=one.card.fingerprint)
    assert linked.id == amina.settings.get().me_id
    assert linked.card == one.card.fingerprint
    seen = visits.get(joonas, visit)
    assert (seen.teacher, seen.teacher_id) == ("Amina", linked.id)
    assert steps.open_step(joonas, step.id).value.owner_id == linked.id
    assert [row.person.id for row in people.listing(joonas) if row.person.name == "Amina"] == [linked.id]
    assert linking.candidates(joonas, linked.id) == ()
    history.undo(joonas)
    assert visits.get(joonas, visit).teacher_id == old
    assert steps.open_step(joonas, step.id).value.owner_id == old
    assert linking.of_person(joonas, old) is None


def test_who_is_linked_is_called_as_their_own_card_says(staff: School) -> None:
    joonas, amina = staff.cores["Joonas"], str(staff.cores["Amina"].settings.get().me_id)
    staff.rounds(times=2)
    planted = {"name": "Kofi, head of maths", "email": "", "subjects": ""}
    Colleague(joonas, "").writes("person", amina, planted, inserted=True)
    linked = linking.link(joonas, person_id=amina, fingerprint=staff.print_of("Amina"))
    assert linked.name == "Amina"

    history.undo(joonas)
    typed = people.add(joonas, name="Amina D.")
    linked = linking.link(joonas, person_id=typed.id, fingerprint=staff.print_of("Amina"))
    assert (linked.id, linked.name) == (amina, "Amina")


def test_two_people_of_one_name_are_told_apart_by_their_cards(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    first, second = people.add(joonas, name="Amina"), people.add(joonas, name="Amina")
    staff.rounds(times=2)
    (one,) = linking.candidates(joonas, second.id)
    linked = linking.link(joonas, person_id=second.id, fingerprint=one.card.fingerprint)
    assert linking.candidates(joonas, first.id) == ()
    assert linking.of_person(joonas, first.id) is None
    found = linking.of_person(joonas, linked.id)
    assert found is not None
    assert found.card.fingerprint == staff.print_of("Amina")


def test_nobody_else_is_oneself(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    staff.rounds(times=2)
    me = joonas.settings.get().me_id
    with pytest.raises(Invalid):
        linking.link(joonas, person_id=me, fingerprint=staff.print_of("Amina"))


def test_a_link_can_be_taken_off(staff: School) -> None:
    joonas = staff.cores["Joonas"]
    person = people.add(joonas, name="Amina")
    staff.rounds(times=2)
    linked = linking.link(joonas, person_id=person.id, fingerprint=staff.print_of("Amina"))
    assert linking.unlink(joonas, linked.id).card == ""
    assert colleagues.to_compare(joonas, [linked.id])  # their id says who they are, still


def test_who_is_linked_to_a_card_stays_in_groups_rounds_and_promises(staff: School) -> None:
    staff.rounds(times=2)
    joonas = staff.cores["Joonas"]
    known = people.add(joonas, name="Amina before her card")
    group = groups.add(joonas, name="Questions")
    groups.set_member(joonas, group_id=group.id, person_id=known.id)
    promise = follow_ups.add(joonas, text="Count questions", owner_id=known.id)
    card = next(one.card for one in colleagues.listing(joonas, numbers=False) if one.card.name == "Amina")
    linked = linking.link(joonas, person_id=known.id, fingerprint=card.fingerprint)
    assert linked.id == card.person_id
    assert [one.id for one in groups.members(joonas, group.id)] == [card.person_id]
    assert follow_ups.open_follow_up(joonas, promise.id).value.owner_id == card.person_id
