"""A round as a search sees it: the visits that are possible one by one, beside those that stay."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.rounds.needs import needs
from observe_app.domain.rounds.report import Part
from observe_app.domain.rounds.rules import PartnerRule, Shape
from observe_app.domain.rounds.school import Planned
from observe_app.domain.rounds.slots import Grid, Lesson

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.rounds.school import School

MOST_OPTIONS = 8_000
"""More possible visits than this are thinned out: hours of a timetable are much alike, and a search among fewer of them
finds in its seconds what one among all would find in minutes."""
MOST_LOOKS = 400_000
"""Of a round of many weeks, whose lessons and observers come to more than this, only every so many-th lesson of each
teacher is looked at: the others are the same hours of other weeks."""
_SCARCE = 80


@dataclass(frozen=True, slots=True)
class Option:
    """One possible visit."""

    observer_id: str
    lesson: Lesson

    @property
    def pair(self) -> tuple[str, str]:
        """Observer and teacher."""
        return self.observer_id, self.lesson.teacher_id

    @property
    def visit(self) -> Planned:
        """The visit, without a pairing of its own."""
        of = self.lesson
        return Planned(self.observer_id, of.teacher_id, of.on, of.start_min, of.end_min, of.slot_id, of.building)


@dataclass(slots=True)
class Problem:
    """What is to be solved.

    Attributes:
        fixed: visits that stay. before: the rest of the plan before, of which as much as can be is kept.
        need: visits still missing, by person and part. every: options before they were thinned out, and
            `possible` their number. whole: every lesson was looked at. pairs: how often two people are paired already.
    """

    school: School
    grid: Grid
    fixed: tuple[Planned, ...]
    before: tuple[Planned, ...]
    need: dict[tuple[str, Part], int]
    options: list[Option]
    every: list[Option] = field(default_factory=list)
    possible: int = 0
    whole: bool = True
    pairs: dict[tuple[str, str], int] = field(default_factory=dict)

    def pair_limit(self, pair: tuple[str, str]) -> int:
        """Return how often two people may still be paired."""
        if self.school.rules.partners == PartnerRule.STAY:
            return self.need[pair[0], Part.OBSERVES]
        return max(0, 1 - self.pairs.get(pair, 0))

    def week_left(self) -> dict[tuple[str, object], int]:
        """Return how many of a person's visits in a week stay, for those with a limit."""
        found: Counter[tuple[str, object]] = Counter()
        for visit in self.fixed:
            lesson = self.grid.lesson_of(visit)
            if lesson is not None:
                found[visit.observer_id, lesson.week] += 1
                found[visit.teacher_id, lesson.week] += 1
        return dict(found)


def problem_of(
    school: School,
    fixed: Sequence[Planned] = (),
    before: Sequence[Planned] = (),
    *,
    most: int = MOST_OPTIONS,
) -> Problem:
    """Return a round as a search sees it.

    Args:
        school: people, timetables and rules.
        fixed: visits that stay, whatever rules they break.
        before: visits of the plan before that may move.
        most: options at most.
    """
    grid = Grid(school)
    need = {(one.person_id, one.part): one.short for one in needs(school, fixed)}
    pairs = Counter((one.observer_id, one.teacher_id) for one in fixed)
    found = Problem(school, grid, tuple(fixed), tuple(before), need, [], pairs=dict(pairs))
    found.options = _options(found)
    found.possible = len(found.options)
    found.every = found.options
    if found.possible > most:
        found.options = thinned(found, most)
    return found


def _options(problem: Problem) -> list[Option]:
    grid, need = problem.grid, problem.need
    lessons = _looked_at(problem)
    observers = [one.id for one in problem.school.people if need[one.id, Part.OBSERVES]]
    standing = _standing(problem)
    found = []
    for lesson in lessons:
        if not need[lesson.teacher_id, Part.OBSERVED] or _met(grid, lesson.teacher_id, lesson, standing, way=False):
            continue
        for observer in observers:
            if not grid.reasons(observer, lesson) and not _met(grid, observer, lesson, standing, way=True):
                option = Option(observer, lesson)
                if _pair_left(problem, option.pair):
                    found.append(option)
    return found


def _looked_at(problem: Problem) -> list[Lesson]:
    """Return the lessons to look at: all of them, or so many of each teacher that it does not take too long."""
    grid = problem.grid
    every = -(-len(grid.lessons) * len(problem.school.people) // MOST_LOOKS)
    if every <= 1:
        return list(grid.lessons)
    problem.whole = False
    held = {(one.teacher_id, one.slot_id, one.on) for one in problem.before}
    found = []
    for number, person in enumerate(problem.school.people):
        own = grid.of_teacher(person.id)
        few = len(own) <= _SCARCE
        found += [
            lesson
            for place, lesson in enumerate(own)
            if few or (place + number) % every == 0 or (lesson.teacher_id, lesson.slot_id, lesson.on) in held
        ]
    return found


def _pair_left(problem: Problem, pair: tuple[str, str]) -> bool:
    back = problem.pairs.get((pair[1], pair[0]), 0)
    return problem.pair_limit(pair) > 0 and not (problem.school.rules.shape == Shape.CHAIN and back)


_Standing = dict[tuple[str, object], list[tuple[Lesson, bool]]]


def _standing(problem: Problem) -> _Standing:
    """Return the fixed visits by person and day, and whether the person observes in them."""
    found: _Standing = defaultdict(list)
    for visit in problem.fixed:
        lesson = problem.grid.lesson_of(visit)
        if lesson is not None:
            found[visit.observer_id, lesson.on].append((lesson, True))
            found[visit.teacher_id, lesson.on].append((lesson, False))
    return found


def _met(grid: Grid, person_id: str, lesson: Lesson, standing: _Standing, *, way: bool) -> bool:
    """Tell whether a fixed visit of somebody is in the way of a lesson; `way`: they would come as the observer."""
    for other, observes in standing.get((person_id, lesson.on), ()):
        if other.start_min < lesson.end_min and lesson.start_min < other.end_min:
            return True
        if way and observes and not grid.apart(lesson, other):
            return True
    return False


def thinned(problem: Problem, most: int, people: Iterable[str] = (), plan: Iterable[Option] = ()) -> list[Option]:
    """Return fewer options, the same ones every time.

    Those of the plan before stay, and all of people who have few; of the others, those that meet more wishes are
    likelier to stay.

    Args:
        problem: with all of its options in `every`.
        most: how many; more only where those that must stay are more.
        people: who keeps all of theirs, because they lacked some.
        plan: options that stay.
    """
    count: Counter[str] = Counter()
    for option in problem.every:
        count.update(option.pair)
    held = {(one.observer_id, one.teacher_id, one.slot_id, one.on) for one in problem.before}
    held |= {(one.observer_id, one.lesson.teacher_id, one.lesson.slot_id, one.lesson.on) for one in plan}
    whole = frozenset(people) | {person for person, number in count.items() if number <= _SCARCE}
    chance = random.Random(1)  # noqa: S311  (no secret: the same choice every time)
    grid, kept, rest = problem.grid, [], []
    for place, option in enumerate(problem.every):
        of = option.lesson
        if not whole.isdisjoint(option.pair) or (option.observer_id, of.teacher_id, of.slot_id, of.on) in held:
            kept.append(place)
        else:
            wishes = (grid.subject_met(*option.pair) or False) + (grid.partner_met(*option.pair) or False)
            rest.append((chance.random() / (1 + 2 * wishes), place))
    room = max(0, most - len(kept))
    chosen = sorted([*kept, *(place for _draw, place in sorted(rest)[:room])])
    return [problem.every[place] for place in chosen]
