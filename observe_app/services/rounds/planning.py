"""Solves a round and keeps the plan: what is locked or a visit already stays, the rest moves as little as it can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.rounds import report as reports
from observe_app.domain.rounds import rules as rule_file
from observe_app.domain.rounds.round import Pairing, VisitRound
from observe_app.services.rounds.facts import planned_of, school_of
from observe_app.services.rounds.solve import SECONDS, Solution, solve

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.domain.rounds.report import Report
    from observe_app.domain.rounds.school import Planned, School
    from observe_app.domain.school.classes import LessonSlot
    from observe_app.services.core import Core

LEAST_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that was found and is not kept yet.

    Attributes:
        round_id: whose. school: what it was made from. solution: the visits and how good they are.
    """

    round_id: str
    school: School
    solution: Solution

    @property
    def report(self) -> Report:
        """What could be met and what could not."""
        return self.solution.report


def find(
    core: Core,
    round_id: str,
    *,
    progress: Progress | None = None,
    seconds: float = SECONDS,
    anew: bool = False,
) -> Plan:
    """Return the best plan found; nothing is written, so this may run beside the window.

    Args:
        core: the open data folder.
        round_id: the round.
        progress: told visits found of visits wanted; once it is stopped, the best found so far is returned.
        seconds: for the search, at most.
        anew: without regard for the plan before; what is locked or a visit already stays all the same.

    Raises:
        NotFound: no such round. RulesInvalid: its rules cannot be read, or name people that do not take part.
        Invalid: fewer than two people, or no day with lessons.
    """
    with core.store.read() as unit:
        kept = unit.rounds.rounds.get(round_id)
        school = school_of(unit, kept, rule_file.loads(kept.rules))
        pairings = [one for one in unit.rounds.pairings.find(round_id=round_id, order="position") if one.counts]
    rule_file.checked(school.rules, kept.people)
    if len(school.people) < LEAST_PEOPLE:
        raise Invalid("people", str(len(school.people)), "round_people", str(LEAST_PEOPLE))
    if not school.days:
        raise Invalid("first", kept.first.isoformat(), "no_days", kept.last.isoformat())
    fixed = tuple(planned_of(one, school) for one in pairings if one.fixed)
    before = () if anew else tuple(planned_of(one, school) for one in pairings if not one.fixed)
    solution = solve(school, fixed=fixed, before=before, seconds=seconds, progress=progress)
    return Plan(round_id, school, solution)


def keep(core: Core, plan: Plan) -> VisitRound:
    """Keep a plan as one step that undo takes back.

    Pairings that were locked, or made visits, while the search ran stay as they are.

    Raises:
        NotFound: the round is gone.
    """
    slots = {one.id: one for one in plan.school.slots}
    with core.store.write("round.solve") as unit:
        repo = unit.rounds.pairings
        kept = unit.rounds.rounds.get(plan.round_id)
        now = {one.id: one for one in repo.find(round_id=plan.round_id, order="position") if one.counts}
        held = {one.id for one in now.values() if one.fixed}
        wanted = {one.id for one in plan.solution.visits}
        for gone in [one for one in now.values() if one.id not in wanted | held]:
            repo.remove(gone.id)
        new = []
        for place, visit in enumerate(plan.solution.visits, 1):
            if visit.id in held:
                continue
            if visit.id in now:
                made = _pairing(now[visit.id], visit, slots, place)
                changes = {
                    name: getattr(made, name)
                    for name in _CHANGED
                    if getattr(made, name) != getattr(now[visit.id], name)
                }
                if changes:
                    repo.change(visit.id, changes)
            else:
                blank = Pairing(core.ids.new(), kept.id, visit.observer_id, visit.teacher_id, kept.group_id)
                new.append(_pairing(blank, visit, slots, place))
        repo.add_all(new)
        unit.rounds.rounds.change(kept.id, {"report": reports.dumps(plan.report), "solved": core.clock.now()})
        unit.commit()
        return unit.rounds.rounds.get(kept.id)


_CHANGED = (
    "observer_id", "teacher_id", "on", "start_min", "end_min", "slot_id", "class_name", "subject", "room", "building",
    "position",
)  # fmt: skip


def _pairing(old: Pairing, visit: Planned, slots: dict[str, LessonSlot], place: int) -> Pairing:
    """Return a pairing at the time of a visit; what is known of its lesson comes from the timetable."""
    slot = slots.get(visit.slot_id)
    return replace(
        old,
        observer_id=visit.observer_id,
        teacher_id=visit.teacher_id,
        on=visit.on,
        start_min=visit.start_min,
        end_min=visit.end_min,
        slot_id=visit.slot_id,
        class_name=slot.class_name if slot else "",
        subject=slot.subject if slot else "",
        room=slot.room if slot else "",
        building=visit.building,
        position=float(place),
    )


def solve_and_keep(
    core: Core,
    round_id: str,
    *,
    progress: Progress | None = None,
    seconds: float = SECONDS,
    anew: bool = False,
) -> VisitRound:
    """Solve a round and keep the plan; see `find` and `keep`.

    Raises:
        NotFound, RulesInvalid, Invalid: as `find`.
    """
    return keep(core, find(core, round_id, progress=progress, seconds=seconds, anew=anew))
