"""Two records of one person become one, whole, and are two again by undo."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import Invalid
from observe_app.domain.groups.group import GroupMember, PeerGroup, member_id
from observe_app.domain.ids import natural_id
from observe_app.domain.people import Person, Role
from observe_app.domain.school.classes import LessonSlot, SchoolClass, SlotKind
from observe_app.domain.sessions.session import Attendance
from observe_app.domain.visit import VisitFilter
from observe_app.services import history, people, visits
from observe_app.services.school import merge
from observe_app.store.repos.merging import known_cells
from observe_app.store.schema import Base

if TYPE_CHECKING:
    from observe_app.services.core import Core

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


@pytest.fixture
def two(core: Core) -> tuple[Person, Person]:
    return (
        people.add(core, name="Amina Diallo", email="amina@x.org", roles=(Role.TEACHER,)),
        people.add(core, name="Diallo, Amina", staff_id="DIA", subjects="Maths", roles=(Role.COACH,)),
    )


def fill(core: Core, keep: Person, gone: Person) -> str:
    other = people.add(core, name="Bo Li")
    visit = visits.plan(core, teacher_id=gone.id, observer_id=other.id)
    with core.store.write("test.fill") as unit:
        unit.school.slots.add(LessonSlot("s1", gone.id, SlotKind.TEACHING, 1, None, 480, 540))
        unit.school.classes.add(SchoolClass("c1", "8b", teacher_ids=(gone.id, other.id, keep.id)))
        unit.groups.groups.add(PeerGroup("g1", "Maths", created=NOW))
        for person, roles in ((keep, ("recorder",)), (gone, ("facilitator",))):
            unit.groups.members.add(GroupMember(member_id("g1", person.id), "g1", person.id, roles))
        for person, state in ((keep, "absent"), (gone, "present")):
            row = natural_id("attendance", "t1", person.id)
            unit.sessions.attendance.add(Attendance(row, "t1", "g1", person.id, state))
        unit.people.change(other.id, {"manager_id": gone.id})
        unit.commit()
    return visit.id


def test_everything_names_the_kept_one_and_undo_parts_them_again(core: Core, two: tuple[Person, Person]) -> None:
    keep, gone = two
    visit_id = fill(core, keep, gone)

    found = merge.merge(core, keep_id=keep.id, gone_id=gone.id)

    assert dict(found.counts)["visit_member"] == 1
    kept = people.get(core, keep.id)
    assert (kept.email, kept.staff_id, kept.subjects, kept.roles) == (
        "amina@x.org", "DIA", "Maths", (Role.TEACHER, Role.COACH),
    )  # fmt: skip
    assert visits.get(core, visit_id).teacher_id == keep.id
    assert [row.person.name for row in people.listing(core, archived=True)] == ["Amina Diallo", "Bo Li"]
    with core.store.read() as unit:
        assert [slot.person_id for slot in unit.school.slots.find()] == [keep.id]
        (school_class,) = unit.school.classes.find()
        assert (len(school_class.teacher_ids), gone.id in school_class.teacher_ids) == (2, False)
        (member,) = unit.groups.members.find(group_id="g1")
        assert (member.person_id, set(member.roles)) == (keep.id, {"recorder", "facilitator"})
        (present,) = unit.sessions.attendance.find(session_id="t1")
        assert (present.person_id, present.state) == (keep.id, "present")
        assert unit.people.named("Bo Li")[0].manager_id == keep.id
        assert unit.merging.naming(gone.id) == {}

    assert history.undo(core).kind == "person.merge"

    assert visits.get(core, visit_id).teacher_id == gone.id
    with core.store.read() as unit:
        assert {one.person_id for one in unit.groups.members.find(group_id="g1")} == {keep.id, gone.id}
        assert {one.state for one in unit.sessions.attendance.find(session_id="t1")} == {"absent", "present"}
    assert people.get(core, gone.id) == gone


def test_what_others_signed_names_the_old_record_and_shows_the_new_name(core: Core, two: tuple[Person, Person]) -> None:
    keep, gone = two
    visit_id = visits.plan(core, teacher_id=gone.id).id
    with core.store.write("test.bind") as unit:
        unit.plain.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('fingerprint', 'mine')")
        unit.shares.bind(visit_id, "theirs", "school")
        unit.commit()

    plan = merge.merge(core, keep_id=keep.id, gone_id=gone.id)

    assert plan.followed == 1
    with core.store.read() as unit:
        rows = unit.plain.execute("SELECT person_id FROM visit_member WHERE visit_id = ?", (visit_id,)).fetchall()
    assert [row[0] for row in rows] == [gone.id], "the signed record is as it was"
    visit = visits.get(core, visit_id)
    assert (visit.teacher_id, visit.teacher) == (keep.id, "Amina Diallo")
    assert [row.teacher for row in visits.listing(core, VisitFilter(person_id=keep.id))] == ["Amina Diallo"]
    (row,) = people.listing(core, words="amina")
    assert (row.person.id, row.visits_as_teacher) == (keep.id, 1)


def test_oneself_and_a_linked_colleague_are_the_ones_to_keep(core: Core, two: tuple[Person, Person]) -> None:
    one, other = two
    core.settings.change(me_id=other.id)
    with pytest.raises(Invalid) as caught:
        merge.merge(core, keep_id=one.id, gone_id=other.id)
    assert caught.value.rule == "is_me_merged"
    assert merge.better_kept(core, one, other) == (other, one)

    core.settings.change(me_id=None)
    with core.store.write("test.card") as unit:
        unit.people.change(other.id, {"card": "ff"})
        unit.commit()
    with pytest.raises(Invalid) as caught:
        merge.merge(core, keep_id=one.id, gone_id=other.id)
    assert caught.value.rule == "is_linked"


def test_one_who_was_joined_is_not_joined_twice(core: Core, two: tuple[Person, Person]) -> None:
    keep, gone = two
    merge.merge(core, keep_id=keep.id, gone_id=gone.id)
    with pytest.raises(Invalid):
        merge.merge(core, keep_id=keep.id, gone_id=gone.id)
    with pytest.raises(Invalid) as caught:
        people.come_back(core, person_id=gone.id)
    assert caught.value.rule == "merged"


def test_a_chain_of_joins_leads_to_the_last(core: Core, two: tuple[Person, Person]) -> None:
    keep, gone = two
    last = people.add(core, name="A. Diallo")
    merge.merge(core, keep_id=keep.id, gone_id=gone.id)
    merge.merge(core, keep_id=last.id, gone_id=keep.id)

    assert people.kept(core, gone.id).id == last.id
    assert people.by_name(core, "Diallo, Amina").id == last.id
    history.undo(core)
    assert people.kept(core, gone.id).id == keep.id


def test_two_computers_that_join_both_ways_lose_nobody(core: Core, two: tuple[Person, Person]) -> None:
    one, other = two
    visit = visits.plan(core, teacher_id=other.id)
    with core.store.write("person.merge") as unit:
        unit.people.change(one.id, {"merged_into": other.id, "archived": True})
        unit.people.change(other.id, {"merged_into": one.id, "archived": True})
        unit.commit()

    assert {row.person.id for row in people.listing(core, archived=True)} == {one.id, other.id}
    assert visits.get(core, visit.id).teacher
    assert people.kept(core, one.id).id in {one.id, other.id}


def test_likely_twins_are_found_by_address_number_and_name(core: Core) -> None:
    made = [
        Person("1", "Bo Li", email="bo@x.org"), Person("2", "Li Bo", email="other@x.org"),
        Person("3", "Cy Young", email="BO@x.org"), Person("4", "Amina Žižek-Diallo"),
        Person("5", "Amina Zizek-Dialo"), Person("6", "Somebody Else"),
        Person("7", "Tom Tall", staff_id="7"), Person("8", "Tom Tall", staff_id="8"),
    ]  # fmt: skip
    found = [(two.one.id, two.other.id, two.why) for two in merge.likely_among(made)]
    assert found == [("1", "3", "email"), ("1", "2", "name"), ("4", "5", "similar")]


def test_every_column_that_names_a_person_is_thought_of() -> None:
    """A new table with people in it must say what becomes of them when two are joined."""
    names = {
        "person_id", "teacher_id", "observer_id", "owner_id", "facilitator_id", "recorder_id", "time_keeper_id",
        "organiser_id", "manager_id", "author_id", "by_id", "teacher_ids", "people", "asked", "merged_into",
    }  # fmt: skip
    there = {(table.name, column.name) for table in Base.metadata.tables.values() for column in table.columns
             if column.name in names}  # fmt: skip
    assert there - known_cells() == set()


@given(st.lists(st.sampled_from(["Bo Li", "Li, Bo", "Dr. Bo Li", "Ann Oh", "Anne Oh", "X"]), max_size=8))
def test_twins_are_two_different_records_named_once(names: list[str]) -> None:
    made = [Person(str(place), name) for place, name in enumerate(names)]
    found = [(two.one.id, two.other.id) for two in merge.likely_among(made)]
    assert len(set(found)) == len(found)
    assert all(one < other for one, other in found)


def test_lists_of_ids_in_rules_follow(core: Core, two: tuple[Person, Person]) -> None:
    keep, gone = two
    with core.store.write("test.round") as unit:
        unit.plain.execute(
            "INSERT INTO visit_round(id, title, first, last, people, rules, created) VALUES "
            "('r', 'Spring', ?, ?, ?, ?, ?)",
            (date(2026, 3, 1).isoformat(), date(2026, 4, 1).isoformat(), json.dumps([gone.id, keep.id]),
             json.dumps({"never": [[gone.id, "x"]]}), "2026-03-01T00:00:00.000000Z"),
        )  # fmt: skip
        unit.commit()
    merge.merge(core, keep_id=keep.id, gone_id=gone.id)
    with core.store.read() as unit:
        row = unit.plain.execute("SELECT people, rules FROM visit_round").fetchone()
    assert json.loads(row[0]) == [keep.id]
    assert json.loads(row[1]) == {"never": [[keep.id, "x"]]}
