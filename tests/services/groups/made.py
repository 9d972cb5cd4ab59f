"""A learning community as it stands in the middle of a year, made through the services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from observe_app.domain.groups.goal import GoalStatus, LinkKind
from observe_app.domain.sessions.session import FollowUp
from observe_app.services import people, steps, visits
from observe_app.services.groups import goals, groups, readings, resources

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.groups.goal import Goal
    from observe_app.domain.groups.group import PeerGroup
    from observe_app.services.core import Core

NAMES = ("Amina Diallo-Žižek", "Joonas Παπαδόπουλος", "Ines Nguyen", "Tom Whitfield", "Leïla Ben Amor", "Marek Nowak")


@dataclass(frozen=True)
class Community:
    """What was made."""

    group: PeerGroup
    goal: Goal
    reached: Goal
    visit_ids: tuple[str, ...]


def community(core: Core, *, count: int = 5, long: bool = False) -> Community:
    """Make a community of six with a goal of so many readings, a goal that was reached, and what goes with them."""
    me = people.me(core) or people.introduce(core, name="Amina Diallo-Žižek")
    assert me is not None
    more = " of the whole upper school and everybody who teaches there" * (2 if long else 0)
    group = groups.add(
        core,
        name=f"Talk in mathematics{more}",
        purpose=f"Pupils in years 7 to 9 explain how they reached an answer, not only what it is{more}.",
        measure="share of answers that come with a reason",
        revisit=groups.today(core) + timedelta(days=50),
        norms="We start and end on time.\nWhat is said here stays here.\nEverybody brings one piece of a lesson.",
        school_goals="Every pupil is heard in every lesson",
    )
    found = [me, *(people.ensure(core, name + more[:60]) for name in NAMES[1:])]
    roles = (("facilitator",), ("recorder",), ("time_keeper",), (), (), ("sponsor",))
    since = groups.today(core) - timedelta(days=90)
    for person, role in zip(found, roles, strict=True):
        groups.set_member(core, group_id=group.id, person_id=person.id, roles=role, since=since)
    school = goals.add(core, title="Every pupil is heard in every lesson")
    goal = goals.add(
        core, group_id=group.id, title=f"More answers come with a reason{more}",
        measure="share of answers with a reason",
        unit="%", baseline=41, target=70, due=groups.today(core) + timedelta(days=200), parent_id=school.id,
    )  # fmt: skip
    first = groups.today(core) - timedelta(days=30 * count)
    for at in range(count):
        readings.add(core, goal_id=goal.id, on=first + timedelta(days=30 * at), value=41 + 4.5 * at - at % 2, n=24 + at)
    reached = goals.add(core, group_id=group.id, title="Everybody was visited once", measure="colleagues visited")
    goals.close(core, goal_id=reached.id, status=GoalStatus.REACHED, story="Swapping one hour a week made room for it.")
    visit_ids = _visits(core, goal, me.id, found[1].id, first)
    _promises(core, group.id, found[2].id, me.id)
    resources.add_link(
        core, group_id=group.id, link="https://example.org/talk-moves", title="Talk moves, a page each",
        licence="CC BY 4.0",
    )  # fmt: skip
    return Community(group, goal, reached, visit_ids)


def _visits(core: Core, goal: Goal, me: str, other: str, first: date) -> tuple[str, ...]:
    made = []
    for at, (teacher, observer) in enumerate(((me, other), (other, me), (other, other))):
        start = core.clock.now() - timedelta(days=80 - 25 * at)
        visit = visits.plan(core, teacher_id=teacher, observer_id=observer, start=start, class_name=f"8 {'ABC'[at]}")
        step = steps.add(
            core, visit_id=visit.id, text=f"Wait five seconds before helping, class {at}", owner_id=teacher
        )
        goals.link(core, goal_id=goal.id, kind=LinkKind.VISIT, target_id=visit.id)
        goals.link(core, goal_id=goal.id, kind=LinkKind.STEP, target_id=step.id)
        made.append(visit.id)
    return tuple(made)


def _promises(core: Core, group_id: str, owner: str, other: str) -> None:
    today = groups.today(core)
    now = core.clock.now()
    with core.store.write("follow_up.add") as unit:
        for at, (text, person, due, status) in enumerate((
            ("Bring two transcripts of starters", owner, today - timedelta(days=3), "open"),
            ("Ask the library for the talk cards", other, today + timedelta(days=6), "open"),
            ("Book the small hall for June", owner, None, "open"),
            ("Film one starter, with consent", other, today, "done"),
        )):  # fmt: skip
            unit.sessions.follow_ups.add(
                FollowUp(core.ids.new(), "", group_id, "", text, person, due, status, now if status == "done" else None,
                         float(at), now)
            )  # fmt: skip
        unit.commit()
