"""A group's record among its people: everybody writes, nobody else reads, and nothing of a visit is in it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import NotReleasable
from observe_app.domain.groups.goal import Goal
from observe_app.domain.groups.resource import Resource
from observe_app.services import journals, people
from observe_app.services.groups import groups
from observe_app.services.learning import excerpts
from observe_app.services.sync import group_sharing
from tests.keyrings import memory_keyring
from tests.services.sync.share_hands import School, school

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock

PURPOSE = "zqpurpose: more wait time in Year 8 by June"


@pytest.fixture
def staff(tmp_path: Path, _blank_database: Path, clock: FakeClock) -> Iterator[School]:
    """Joonas leads a group with Amina; Nora is in the folder and not in the group."""
    with memory_keyring(), school(tmp_path, _blank_database, clock) as made:
        for name in ("Joonas", "Amina", "Nora"):
            made.add(name)
        for name in ("Amina", "Nora"):
            people.ensure(made.cores["Joonas"], name)
        made.meet()
        yield made


def group_of(made: School, *names: str) -> str:
    core = made.cores["Joonas"]
    group = groups.add(core, name="Questions", purpose=PURPOSE)
    me = core.settings.get().me_id
    assert me is not None
    groups.set_member(core, group_id=group.id, person_id=me)
    for name in names:
        groups.set_member(core, group_id=group.id, person_id=people.by_name(core, name).id)
    return group.id


def goal(made: School, name: str, group: str, title: str) -> str:
    core = made.cores[name]
    made_goal = Goal(core.ids.new(), group_id=group, title=title, created=core.clock.now())
    with core.store.write("goal.add") as unit:
        unit.groups.goals.add(made_goal)
        unit.commit()
    return made_goal.id


def titles(made: School, name: str) -> set[str]:
    return {row[0] for row in made.ask(name, "SELECT title FROM goal WHERE deleted = 0")}


def test_a_group_is_its_makers_alone_until_they_share_it(staff: School) -> None:
    group = group_of(staff, "Amina")
    staff.rounds(times=2)
    assert staff.ask("Amina", "SELECT count(*) FROM peer_group")[0][0] == 0
    assert group_sharing.takers(staff.cores["Joonas"], group) == ()
    assert group_sharing.can_begin(staff.cores["Joonas"], group)


def test_its_members_get_all_of_it_and_nobody_else_anything(staff: School) -> None:
    group = group_of(staff, "Amina")
    goal(staff, "Joonas", group, "Five breaths")
    group_sharing.begin(staff.cores["Joonas"], group)
    staff.rounds(times=2)
    assert groups.get(staff.cores["Amina"], group).purpose == PURPOSE
    assert titles(staff, "Amina") == {"Five breaths"}
    assert {one.name for one in groups.members(staff.cores["Amina"], group)} == {"Joonas", "Amina"}
    assert staff.ask("Nora", "SELECT count(*) FROM peer_group")[0][0] == 0
    assert titles(staff, "Nora") == set()
    for file in staff.shared.rglob("*"):
        assert not file.is_file() or b"zqpurpose" not in file.read_bytes()


def test_everybody_writes_in_it(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    staff.rounds(times=2)
    goal(staff, "Amina", group, "Ask and wait")
    groups.edit(staff.cores["Amina"], group_id=group, norms="We begin on time")
    staff.rounds(times=2)
    assert titles(staff, "Joonas") == {"Ask and wait"}
    assert groups.get(staff.cores["Joonas"], group).norms == "We begin on time"


def test_who_joins_later_gets_what_was_there_and_who_leaves_nothing_more(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    staff.rounds(times=2)
    goal(staff, "Amina", group, "By Amina")
    staff.rounds(times=2)
    joonas = staff.cores["Joonas"]
    groups.set_member(joonas, group_id=group, person_id=people.by_name(joonas, "Nora").id)
    staff.rounds(times=3)
    assert titles(staff, "Nora") == {"By Amina"}
    groups.remove_member(joonas, group_id=group, person_id=people.by_name(joonas, "Nora").id)
    staff.rounds(times=2)
    goal(staff, "Joonas", group, "Without Nora")
    staff.rounds(times=3)
    assert titles(staff, "Nora") == {"By Amina"}
    assert titles(staff, "Amina") == {"By Amina", "Without Nora"}
    nora = staff.cores["Nora"]
    with pytest.raises(NotReleasable):
        groups.edit(nora, group_id=group, norms="I was here")


def test_only_who_began_it_ends_it_and_takes_the_group_away(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    staff.rounds(times=2)
    amina = staff.cores["Amina"]
    with pytest.raises(NotReleasable):
        group_sharing.end(amina, group)
    with pytest.raises(NotReleasable):
        groups.delete(amina, group_id=group)
    group_sharing.end(staff.cores["Joonas"], group)
    goal(staff, "Joonas", group, "Later")
    staff.rounds(times=2)
    assert titles(staff, "Amina") == set()


def test_an_excerpt_is_changed_by_its_writer_alone(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    staff.rounds(times=2)
    amina = staff.cores["Amina"]
    entry = journals.add(amina, text="I wait now. The rest is mine.")
    assert [one.name for one in group_sharing.takers(amina, group) if not one.me] == ["Joonas"]
    words = excerpts.share(amina, entry_id=entry.value.id, group_id=group, text="I wait now.")
    staff.rounds(times=2)
    joonas = staff.cores["Joonas"]
    assert staff.ask("Joonas", "SELECT text FROM excerpt") == [("I wait now.",)]
    assert staff.ask("Joonas", "SELECT count(*) FROM journal_entry") == [(0,)]
    with joonas.store.write("excerpt.edit") as unit:
        unit.groups.excerpts.change(words.id, {"text": "I never wait"})
        with pytest.raises(NotReleasable):
            unit.commit()


def test_what_gets_its_group_later_reaches_its_people_and_ones_own_second_laptop(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    joonas = staff.cores["Joonas"]
    staff.second("Joonas", joonas.vault.words())
    staff.rounds(times=3)
    late = goal(staff, "Joonas", "", "Found its group late")
    staff.rounds(times=1)
    with joonas.store.write("goal.edit") as unit:
        unit.groups.goals.change(late, {"group_id": group})
        unit.commit()
    staff.rounds(times=3)
    asked = "SELECT group_id FROM goal WHERE id = ?"
    assert staff.ask("Joonas 2", asked, late) == [(group,)]
    assert staff.ask("Amina", "SELECT title FROM goal") == [("Found its group late",)]


def test_the_file_of_a_resource_comes_along(staff: School) -> None:
    group = group_of(staff, "Amina")
    group_sharing.begin(staff.cores["Joonas"], group)
    joonas = staff.cores["Joonas"]
    raw = b"zqslides" * 500
    digest = hashlib.sha256(raw).hexdigest()
    one = Resource(
        joonas.ids.new(), group_id=group, title="Slides", sha256=digest, file_name="slides.pdf", size=len(raw),
        licence="CC BY 4.0", created=joonas.clock.now(),
    )  # fmt: skip
    with joonas.store.write("resource.add") as unit:
        unit.after.keep_file(digest, "slides.pdf", raw, joonas.clock.now())
        unit.groups.resources.add(one)
        unit.commit()
    staff.rounds(times=4)
    with staff.cores["Amina"].store.read() as unit:
        kept = unit.after.kept_file(digest)
        assert kept is not None
        assert kept[1] == raw
    assert staff.ask("Nora", "SELECT count(*) FROM kept_file")[0][0] == 0
