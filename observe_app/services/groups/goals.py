"""Goals of groups and of the school: measure, baseline, target, due day; what they are pursued by; how they end."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.groups.goal import Goal, GoalLink, GoalStatus, LinkKind, link_id
from observe_app.domain.people import clean_line
from observe_app.services.groups.groups import SHORTEST_ID, checked_line, checked_words

if TYPE_CHECKING:
    from datetime import date

    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_VALUE = 1e12
"""No measure of a school comes near; larger ones are slips of the hand."""


class GoalFields(TypedDict, total=False):
    """What can be changed of a goal."""

    title: str
    parent_id: str
    measure: str
    unit: str
    baseline: float | None
    target: float | None
    due: date | None
    story: str


@dataclass(frozen=True, slots=True)
class GoalChoice:
    """A goal that another one could serve. `group`: its group's name, "" for a goal of the school."""

    goal: Goal
    group: str = ""


def checked_value(field: str, value: float | None) -> float | None:
    """Return a number fit to be kept, None for none.

    Raises:
        Invalid: no finite number, or one far out of anything.
    """
    if value is None:
        return None
    if not math.isfinite(value):
        raise Invalid(field, str(value), "not_a_number")
    if abs(value) > MAX_VALUE:
        raise Invalid(field, f"{value:g}", "out_of_range", f"±{MAX_VALUE:g}")
    return float(value)


def checked_fields(fields: GoalFields) -> GoalFields:
    """Return the fields cleaned.

    Raises:
        Invalid: no title, a text too long, no number.
    """
    found = GoalFields(**fields)
    if "title" in found:
        found["title"] = checked_line("title", found["title"])
        if not found["title"]:
            raise Invalid("title", "", "empty")
    if "measure" in found:
        found["measure"] = checked_line("measure", found["measure"])
    if "unit" in found:
        found["unit"] = checked_line("unit", found["unit"], 40)
    if "story" in found:
        found["story"] = checked_words("story", found["story"])
    if "baseline" in found:
        found["baseline"] = checked_value("baseline", found["baseline"])
    if "target" in found:
        found["target"] = checked_value("target", found["target"])
    return found


def add(core: Core, *, group_id: str = "", person_id: str = "", **fields: Unpack[GoalFields]) -> Goal:
    """Set a goal of a group, of a person, or of the school where neither is given. It needs a title.

    Raises:
        NotFound: no such group, or goal to serve. Invalid: as `checked_fields`.
    """
    values = checked_fields(fields)
    if "title" not in values:
        raise Invalid("title", "", "empty")
    with core.store.write("goal.add") as unit:
        if group_id:
            unit.groups.groups.get(group_id)
        if values.get("parent_id"):
            unit.groups.goals.get(values["parent_id"])
        others = unit.groups.goals.find(group_id=group_id, order="position")
        place = others[-1].position + 1 if others else 1.0
        goal = Goal(
            core.ids.new(), group_id=group_id, person_id=person_id, position=place, created=core.clock.now(), **values
        )
        unit.groups.goals.add(goal)
        unit.commit()
    return goal


def get(core: Core, goal_id: str) -> Goal:
    """Return a goal.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.groups.goals.get(goal_id)


def open_goal(core: Core, goal_id: str) -> Opened[Goal]:
    """Return a goal for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.groups.goals.get(goal_id), unit.seen(("goal", goal_id)))


def edit(core: Core, *, goal_id: str, seen: Seen = NOTHING_SEEN, **fields: Unpack[GoalFields]) -> Opened[Goal]:
    """Change fields of a goal.

    Raises:
        NotFound: no such goal, or goal to serve. Invalid: as `checked_fields`, or it would serve itself.
    """
    values = checked_fields(fields)
    with core.store.write("goal.edit", seen=seen) as unit:
        if values.get("parent_id"):
            _refuse_circle(unit, goal_id, values["parent_id"])
        unit.groups.goals.change(goal_id, values)
        unit.commit()
    return open_goal(core, goal_id)


def close(
    core: Core, *, goal_id: str, status: str = GoalStatus.REACHED, story: str = "", seen: Seen = NOTHING_SEEN
) -> Opened[Goal]:
    """Say that a goal was reached, or is not pursued any more, with words on what became of it; "open" opens it again.

    Raises:
        NotFound: no such id. Invalid: an unknown status, or words too long.
    """
    if status not in set(GoalStatus):
        raise Invalid("status", status[:40], "unknown")
    now = None if status == GoalStatus.OPEN else core.clock.now()
    changes: dict[str, object] = {"status": str(status), "closed": now}
    if story:
        changes["story"] = checked_words("story", story)
    with core.store.write("goal.open" if status == GoalStatus.OPEN else "goal.close", seen=seen) as unit:
        unit.groups.goals.change(goal_id, changes)
        unit.commit()
    return open_goal(core, goal_id)


def delete(core: Core, *, goal_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Move a goal to the bin; its readings stay with it. Undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("goal.delete", seen=seen) as unit:
        unit.groups.goals.remove(goal_id)
        unit.commit()


def of_group(core: Core, group_id: str) -> tuple[Goal, ...]:
    """Return a group's goals in their order; of the school for ""."""
    with core.store.read() as unit:
        return goals_of(unit, group_id)


def of_school(core: Core) -> tuple[Goal, ...]:
    """Return the school's goals, which those of groups can serve."""
    return of_group(core, "")


def goals_of(unit: ReadUnit, group_id: str) -> tuple[Goal, ...]:
    """Return the goals of a group at one moment; of the school for "", without those of persons."""
    found = unit.groups.goals.find(group_id=group_id, order="position")
    return tuple(one for one in found if group_id or not one.person_id)


def choices(core: Core, goal: Goal) -> tuple[GoalChoice, ...]:
    """Return the goals that this one could serve: open ones of the school first, then those of other groups."""
    with core.store.read() as unit:
        names = {group.id: group.name for group in unit.groups.groups.find() if not group.archived}
        found = unit.groups.goals.find(order="position")
    below = {goal.id} - {""}  # nothing serves a goal that is not set yet
    for _level in found:  # what serves this goal, near or far, cannot be served by it
        below |= {one.id for one in found if one.parent_id in below}
    fit = [
        GoalChoice(one, names.get(one.group_id, ""))
        for one in found
        if one.id not in below
        and not one.person_id
        and (one.status == GoalStatus.OPEN or one.id == goal.parent_id)
        and (not one.group_id or (one.group_id in names and one.group_id != goal.group_id))
    ]
    return tuple(sorted(fit, key=lambda one: (bool(one.goal.group_id), one.group.casefold(), one.goal.position)))


@dataclass(frozen=True, slots=True)
class SchoolGoal:
    """A goal of the school and the goals of groups that serve it, as (title, group), open ones first."""

    goal: Goal
    seen: Seen
    served_by: tuple[tuple[str, str], ...] = ()


def school_goals(core: Core) -> tuple[SchoolGoal, ...]:
    """Return the school's goals with what serves them: open ones in their order, then closed ones, the newest first."""
    with core.store.read() as unit:
        names = {group.id: group.name for group in unit.groups.groups.find()}
        below: dict[str, list[Goal]] = {}
        for one in unit.groups.goals.find(order="position"):
            if one.parent_id and one.group_id in names:
                below.setdefault(one.parent_id, []).append(one)
        made = [
            SchoolGoal(
                goal,
                unit.seen(("goal", goal.id)),
                tuple(
                    (one.title, names[one.group_id])
                    for one in sorted(below.get(goal.id, ()), key=lambda one: one.status != GoalStatus.OPEN)
                ),
            )
            for goal in goals_of(unit, "")
        ]
    still = [one for one in made if one.goal.status == GoalStatus.OPEN]
    done = [one for one in made if one.goal.status != GoalStatus.OPEN]
    done.sort(key=lambda one: one.goal.closed.isoformat() if one.goal.closed is not None else "", reverse=True)
    return (*still, *done)


def by_title(core: Core, group_id: str, title: str) -> Goal:
    """Return the one goal of a group, or of the school for "", with this title, or whose id begins or ends so.

    Raises:
        NotFound: there is none. Ambiguous: several fit.
    """
    wanted = clean_line(title).casefold()
    known = of_group(core, group_id)
    found = [one for one in known if one.title.casefold() == wanted]
    if not found and len(wanted) >= SHORTEST_ID:
        found = [one for one in known if one.id.startswith(wanted) or one.id.endswith(wanted)]
    if not found:
        raise NotFound("goal", title)
    if len(found) > 1:
        raise Ambiguous("goal", title, tuple(one.id for one in found))
    return found[0]


# --- what a goal is pursued by ---------------------------------------------------------------------------------------


def check_link(core: Core, kind: str, target_id: str) -> None:
    """See that there is something that a goal could be linked to.

    Raises:
        NotFound: no such visit, step or session. Invalid: an unknown kind.
    """
    if kind not in set(LinkKind):
        raise Invalid("kind", kind[:40], "unknown")
    with core.store.read() as unit:
        _target(unit, kind, target_id)


def link(core: Core, *, goal_id: str, kind: str, target_id: str) -> GoalLink:
    """Say that a goal is pursued by a visit, an action step or a session.

    Raises:
        NotFound: no such goal, visit, step or session. Invalid: an unknown kind.
    """
    if kind not in set(LinkKind):
        raise Invalid("kind", kind[:40], "unknown")
    with core.store.write("goal.link") as unit:
        goal = unit.groups.goals.get(goal_id)
        _target(unit, kind, target_id)
        made = GoalLink(link_id(goal_id, kind, target_id), goal_id, str(kind), target_id, goal.group_id)
        unit.groups.links.put(made)
        unit.commit()
    return made


def unlink(core: Core, *, goal_id: str, kind: str, target_id: str) -> None:
    """Say so no longer; undo brings it back.

    Raises:
        NotFound: it was never said.
    """
    found = link_id(goal_id, kind, target_id)
    with core.store.write("goal.unlink") as unit:
        unit.see(unit.seen(("goal_link", found)))
        unit.groups.links.remove(found)
        unit.commit()


def _target(unit: ReadUnit, kind: str, target_id: str) -> None:
    if kind == LinkKind.VISIT:
        unit.visits.get(target_id)
    elif kind == LinkKind.STEP:
        unit.talk.step(target_id)
    else:
        unit.sessions.sessions.get(target_id)


def _refuse_circle(unit: ReadUnit, goal_id: str, parent_id: str) -> None:
    at = parent_id
    for _hop in range(100):
        if at == goal_id:
            raise Invalid("parent_id", goal_id[:40], "own_parent")
        if not at:
            return
        at = unit.groups.goals.get(at).parent_id
