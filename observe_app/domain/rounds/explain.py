"""Why somebody has fewer visits than they need: every visit that might have been, and what took it away."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from observe_app.domain.rounds.needs import Need, needs
from observe_app.domain.rounds.report import Part, Reason, Shortfall, Why
from observe_app.domain.rounds.rules import PartnerRule, Shape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from observe_app.domain.rounds.school import Planned, School
    from observe_app.domain.rounds.slots import Grid, Lesson

MOST_LOOKS = 60_000
"""Possible visits that are looked at in all; where there are more, every so many-th lesson is."""
_ORDER = {why: place for place, why in enumerate(Why)}


def explain(grid: Grid, visits: Iterable[Planned]) -> tuple[Shortfall, ...]:
    """Return who has fewer visits than they need and why, in the order of the people.

    Args:
        grid: of the round.
        visits: the plan.
    """
    planned = tuple(visits)
    every = needs(grid.school, planned)
    short = [need for need in every if need.short]
    if not short:
        return ()
    plan = _Plan(grid, planned, every)
    lessons, people = len(grid.lessons), len(grid.school.people)
    own = {need.person_id: len(grid.of_teacher(need.person_id)) for need in short}
    looks = sum(lessons if need.part == Part.OBSERVES else own[need.person_id] * people for need in short)
    stride = max(1, -(-looks // MOST_LOOKS))
    return tuple(_shortfall(plan, need, stride) for need in short)


class _Plan:
    """A plan, for asking what else would fit into it."""

    def __init__(self, grid: Grid, visits: tuple[Planned, ...], every: tuple[Need, ...]) -> None:
        self.grid = grid
        self.school: School = grid.school
        self.need = {(one.person_id, one.part): one for one in every}
        self._pairs = Counter((one.observer_id, one.teacher_id) for one in visits)
        self._lessons: set[tuple[object, ...]] = set()
        self._days: dict[tuple[str, object], list[tuple[Lesson, bool]]] = defaultdict(list)
        self._weeks: Counter[tuple[str, object]] = Counter()
        self._backs: dict[tuple[str, str], bool] = {}
        for visit in visits:
            lesson = grid.lesson_of(visit)
            if lesson is None:
                continue
            self._lessons.add((lesson.teacher_id, lesson.on, lesson.start_min))
            for person, observes in ((visit.observer_id, True), (visit.teacher_id, False)):
                self._days[person, lesson.on].append((lesson, observes))
                self._weeks[person, lesson.week] += 1

    def reasons(self, observer: str, lesson: Lesson, part: Part) -> tuple[Why, ...]:
        """Return every reason that a visit cannot be beside the plan; `part` is what the person asked about lacks."""
        grid = self.grid
        always = (*grid.pair(observer, lesson.teacher_id), *grid.time(observer, lesson))
        return tuple(dict.fromkeys((*always, *self._beside(observer, lesson, part))))

    def _beside(self, observer: str, lesson: Lesson, part: Part) -> Iterator[Why]:
        teacher = lesson.teacher_id
        other = (teacher, Part.OBSERVED) if part == Part.OBSERVES else (observer, Part.OBSERVES)
        rules = self.school.rules
        if self._pairs[observer, teacher] and rules.partners != PartnerRule.STAY:
            yield Why.TWICE
        if not self.need[other].short:
            yield Why.FULL
        for person in (observer, teacher):
            limit = self.grid.load_limit(person)
            if limit is not None and self._weeks[person, lesson.week] >= limit:
                yield Why.LOAD
        if (teacher, lesson.on, lesson.start_min) in self._lessons:
            yield Why.VISITED
        elif self._met(observer, lesson, way=True) or self._met(teacher, lesson, way=False):
            yield Why.OVERLAP
        back = self._pairs[teacher, observer]
        lacks = rules.shape == Shape.RECIPROCAL and back <= self._pairs[observer, teacher]
        if (rules.shape == Shape.CHAIN and back) or (lacks and not self._back(observer, teacher)):
            yield Why.SHAPE

    def _back(self, observer: str, teacher: str) -> bool:
        """Tell whether the teacher could see a lesson of the observer, too."""
        key = observer, teacher
        if key not in self._backs:
            self._backs[key] = any(not self.grid.reasons(teacher, lesson) for lesson in self.grid.of_teacher(observer))
        return self._backs[key]

    def _met(self, person: str, lesson: Lesson, *, way: bool) -> bool:
        for other, observes in self._days.get((person, lesson.on), ()):
            if lesson.start_min < other.end_min and other.start_min < lesson.end_min:
                return True
            if way and observes and not self.grid.apart(lesson, other):
                return True
        return False


def _shortfall(plan: _Plan, need: Need, stride: int) -> Shortfall:
    others = [one.id for one in plan.school.people if one.id != need.person_id]
    if need.part == Part.OBSERVES:
        lessons = [lesson for lesson in plan.grid.lessons if lesson.teacher_id != need.person_id][::stride]
        possible = [(need.person_id, lesson) for lesson in lessons]
    else:
        lessons = list(plan.grid.of_teacher(need.person_id))[::stride]
        possible = [(other, lesson) for lesson in lessons for other in others]
    first, alone = _counted(plan, need, possible)
    reasons = [Reason(why, count, alone[why]) for why, count in first.items()]
    reasons.sort(key=lambda one: (-one.count, _ORDER[one.why]))
    reasons = [*_at_large(plan, need, lessons, others), *reasons]
    return Shortfall(need.person_id, need.part, need.needed, need.found, len(lessons), len(possible), tuple(reasons))


def _counted(plan: _Plan, need: Need, possible: Iterable[tuple[str, Lesson]]) -> tuple[Counter[Why], Counter[Why]]:
    """Count what took visits away first, and what alone did."""
    first: Counter[Why] = Counter()
    alone: Counter[Why] = Counter()
    for observer, lesson in possible:
        if _is_planned(plan, observer, lesson):
            continue
        why = plan.reasons(observer, lesson, need.part) or (Why.OTHERS,)
        first[min(why, key=_ORDER.__getitem__)] += 1
        if len(why) == 1:
            alone[why[0]] += 1
    return first, alone


def _is_planned(plan: _Plan, observer: str, lesson: Lesson) -> bool:
    return (lesson, True) in plan._days.get((observer, lesson.on), ())  # noqa: SLF001  (one module)


def _at_large(plan: _Plan, need: Need, lessons: list[Lesson], others: list[str]) -> Iterator[Reason]:
    """Yield what no single lesson is to blame for."""
    if not lessons and need.part == Part.OBSERVED:
        yield Reason(Why.NO_LESSONS, 0)
    if need.part == Part.OBSERVES:
        allowed = sum(not plan.grid.pair(need.person_id, other) for other in others)
    else:
        allowed = sum(not plan.grid.pair(other, need.person_id) for other in others)
    if allowed < need.needed and plan.school.rules.partners != PartnerRule.STAY:
        yield Reason(Why.FEW_PEOPLE, allowed)
    sums: Counter[Part] = Counter()
    for one in plan.need.values():
        sums[one.part] += one.needed
    there = Part.OBSERVED if need.part == Part.OBSERVES else Part.OBSERVES
    if sums[need.part] > sums[there]:
        yield Reason(Why.SUMS, sums[need.part] - sums[there])


def fitting(grid: Grid, visits: Iterable[Planned], observer_id: str) -> tuple[Lesson, ...]:
    """Return the lessons that somebody could come to beside a plan without a clash, in order."""
    planned = tuple(visits)
    plan = _Plan(grid, planned, needs(grid.school, planned))
    if observer_id not in grid.people:
        return ()
    return tuple(
        lesson for lesson in grid.lessons if not set(plan.reasons(observer_id, lesson, Part.OBSERVES)) - {Why.SHAPE}
    )
