"""What a goal can be linked to by whoever sits here: own visits, the steps agreed in them, sessions of the group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.groups.goal import GoalLink, LinkKind, link_id
from observe_app.domain.visit import VisitFilter

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_VISITS = 300
_STEPS_OF = 100
"""Newest visits whose steps are offered."""


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """Something a goal can be pursued by.

    Attributes:
        title: of a session, words of a step, the teacher of a visit. more: class and subject of a visit.
        linked: it is linked already.
    """

    kind: str
    id: str
    day: date | None = None
    title: str = ""
    more: str = ""
    linked: bool = False


def choices(core: Core, goal_id: str) -> tuple[LinkChoice, ...]:
    """Return what the goal could be linked to, linked ones first, then the newest: visits, steps, sessions.

    Of visits only those that whoever sits here was in.

    Raises:
        NotFound: no such goal.
    """
    me = core.settings.get().me_id
    with core.store.read() as unit:
        goal = unit.groups.goals.get(goal_id)
        linked = {(one.kind, one.target_id) for one in unit.groups.links.find(goal_id=goal_id)}
        found = [*_visits_and_steps(unit, me), *_sessions(unit, goal.group_id)]
    made = [LinkChoice(one.kind, one.id, one.day, one.title, one.more, (one.kind, one.id) in linked) for one in found]
    order = [kind.value for kind in LinkKind]
    newest = sorted(made, key=lambda one: (one.day or date.min, one.id), reverse=True)
    return tuple(sorted(newest, key=lambda one: (order.index(one.kind), not one.linked)))


def set_links(core: Core, *, goal_id: str, shown: Iterable[LinkChoice], wanted: Iterable[tuple[str, str]]) -> int:
    """Link a goal to what was chosen among what was shown, as one action; links to anything else stay.

    Returns:
        How many links came or went.

    Raises:
        NotFound: no such goal.
    """
    chosen = set(wanted)
    changed = 0
    with core.store.write("goal.link") as unit:
        goal = unit.groups.goals.get(goal_id)
        for one in shown:
            want = (one.kind, one.id) in chosen
            if want == one.linked:
                continue
            found = link_id(goal_id, one.kind, one.id)
            unit.see(unit.seen(("goal_link", found)))
            unit.groups.links.put(GoalLink(found, goal_id, one.kind, one.id, goal.group_id, deleted=not want))
            changed += 1
        unit.commit()
    return changed


def _visits_and_steps(unit: ReadUnit, me: str | None) -> list[LinkChoice]:
    rows = unit.visits.listing(VisitFilter(person_id=me, limit=_VISITS))
    made = []
    for at, row in enumerate(rows):
        day = _day(row.started or row.start, row.zone)
        more = " · ".join(part for part in (row.class_name, row.subject) if part)
        made.append(LinkChoice(LinkKind.VISIT.value, row.id, day, row.teacher, more))
        if at < _STEPS_OF:
            made += [LinkChoice(LinkKind.STEP.value, step.id, day, step.text, step.owner)
                     for step in unit.talk.steps(row.id)]  # fmt: skip
    return made


def _sessions(unit: ReadUnit, group_id: str) -> list[LinkChoice]:
    found = (
        unit.sessions.sessions.find(group_id=group_id, order="start")
        if group_id
        else unit.sessions.sessions.find(order="start")
    )
    return [LinkChoice(LinkKind.SESSION.value, one.id, _day(one.start, one.zone), one.title) for one in found]


def _day(moment: datetime | None, zone: str) -> date | None:
    if moment is None:
        return None
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return moment.date()
