"""Groups and who has which part in them over time; each act is one that undo takes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.services import history, people
from observe_app.services.groups import groups

if TYPE_CHECKING:
    from observe_app.services.core import Core


def names(core: Core, group_id: str, day: date | None = None) -> list[str]:
    return [person.name for person in groups.members(core, group_id, on=day)]


def test_a_group_needs_a_name_and_a_known_kind(core: Core) -> None:
    with pytest.raises(Invalid):
        groups.add(core, name=" \u200b\t")
    with pytest.raises(Invalid):
        groups.add(core, name="Maths", kind="sect")
    with pytest.raises(Invalid):
        groups.add(core, purpose="No name")
    with pytest.raises(Invalid):
        groups.add(core, name="Maths", purpose="x" * 20_001)

    assert groups.listing(core) == ()


def test_groups_stand_by_name_those_that_meet_no_more_only_when_asked(core: Core) -> None:
    old = groups.add(core, name="alumni")
    groups.add(core, name="Zoology")
    groups.add(core, name="arts")
    opened = groups.open_group(core, old.id)
    groups.edit(core, group_id=old.id, seen=opened.seen, archived=True)

    assert [row.group.name for row in groups.listing(core)] == ["arts", "Zoology"]
    assert [row.group.name for row in groups.listing(core, archived=True)] == ["arts", "Zoology", "alumni"]


def test_people_belong_from_a_day_to_a_day(core: Core) -> None:
    group = groups.add(core, name="Maths")
    today = groups.today(core)
    ines, tom = people.add(core, name="Ines"), people.add(core, name="Tom")
    groups.set_member(core, group_id=group.id, person_id=ines.id, roles=("recorder", "facilitator"))
    groups.set_member(core, group_id=group.id, person_id=tom.id, since=today + timedelta(days=10))

    assert names(core, group.id) == ["Ines"]
    assert names(core, group.id, today + timedelta(days=10)) == ["Ines", "Tom"]
    assert groups.parts(core, group.id)[0].member.roles == ("facilitator", "recorder"), "in the order of the roles"

    groups.leave(core, group_id=group.id, person_id=ines.id)
    assert names(core, group.id) == ["Ines"], "the last day is one of them"
    assert names(core, group.id, today + timedelta(days=1)) == []
    assert groups.of_person(core, ines.id)[0].id == group.id


def test_a_last_day_before_the_first_is_refused(core: Core) -> None:
    group, ines = groups.add(core, name="Maths"), people.add(core, name="Ines")
    today = groups.today(core)
    with pytest.raises(Invalid) as refused:
        groups.set_member(core, group_id=group.id, person_id=ines.id, since=today, until=today - timedelta(days=1))
    assert refused.value.rule == "before_start"
    with pytest.raises(Invalid):
        groups.set_member(core, group_id=group.id, person_id=ines.id, roles=("boss",))
    with pytest.raises(NotFound):
        groups.leave(core, group_id=group.id, person_id=ines.id)

    assert groups.parts(core, group.id) == ()


def test_several_come_as_one_act(core: Core) -> None:
    group = groups.add(core, name="Maths")
    found = [people.add(core, name=name).id for name in ("Ines", "Tom", "Leïla")]
    assert groups.add_members(core, group_id=group.id, person_ids=(*found, found[0])) == 3
    assert groups.add_members(core, group_id=group.id, person_ids=found) == 0
    history.undo(core)

    assert names(core, group.id) == []
    with pytest.raises(NotFound):
        groups.add_members(core, group_id=group.id, person_ids=(found[0], "nobody"))
    assert names(core, group.id) == [], "none of them came"


def test_every_act_is_taken_back(core: Core) -> None:
    group, ines = groups.add(core, name="Maths"), people.add(core, name="Ines")
    groups.set_member(core, group_id=group.id, person_id=ines.id, roles=("facilitator",))
    groups.remove_member(core, group_id=group.id, person_id=ines.id)
    assert names(core, group.id) == []
    history.undo(core)
    assert groups.parts(core, group.id)[0].member.roles == ("facilitator",)

    groups.delete(core, group_id=group.id)
    assert groups.listing(core) == ()
    history.undo(core)
    assert [row.people for row in groups.listing(core)] == [1]


def test_a_group_is_found_by_name_or_id(core: Core) -> None:
    one = groups.add(core, name="Maths")
    groups.add(core, name="Arts")
    groups.add(core, name="ARTS")

    assert groups.by_name(core, " maths ").id == one.id
    assert groups.by_name(core, one.id[-8:]).id == one.id
    with pytest.raises(Ambiguous):
        groups.by_name(core, "arts")
    with pytest.raises(NotFound):
        groups.by_name(core, one.id[-3:])
