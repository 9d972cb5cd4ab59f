"""A plain plan, made in one go: what a person with a list would do, and where the search begins."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from observe_app.domain.rounds.report import Part
from observe_app.domain.rounds.rules import Shape

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.rounds.slots import Lesson
    from observe_app.services.rounds.problem import Problem


def greedy(problem: Problem, *, wishes: bool = True) -> list[int]:
    """Return places in `problem.options` of visits that go together.

    Those with the fewest options choose first. What was planned before is taken first, then what meets most wishes,
    then the teacher with the fewest options of their own.

    Args:
        problem: what is to be planned.
        wishes: whether wishes are looked at.
    """
    rounds = _Taking(problem)
    of: dict[str, list[int]] = defaultdict(list)
    for place, option in enumerate(problem.options):
        of[option.observer_id].append(place)
    held = {(one.observer_id, one.teacher_id, one.slot_id, one.on) for one in problem.before}
    few = Counter(option.lesson.teacher_id for option in problem.options)

    grid, rules = problem.grid, problem.school.rules
    worth = {
        pair: rules.subject_weight * bool(grid.subject_met(*pair))
        + rules.partner_weight * bool(grid.partner_met(*pair))
        for pair in {option.pair for option in problem.options if wishes}
    }

    def order(place: int) -> tuple[bool, int, int, int]:
        option = problem.options[place]
        key = option.observer_id, option.lesson.teacher_id, option.lesson.slot_id, option.lesson.on
        return key not in held, -worth.get(option.pair, 0), few[option.lesson.teacher_id], place

    for places in of.values():
        places.sort(key=order)
    people = sorted(of, key=lambda person: (len(of[person]), person))
    most = max((problem.need[person, Part.OBSERVES] for person in people), default=0)
    for _turn in range(most):
        for person in people:
            next((place for place in of[person] if rounds.take(place)), None)
    return sorted(rounds.taken)


class _Taking:
    """Takes options as long as they go with those taken before."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self.taken: list[int] = []
        self._need = dict(problem.need)
        self._pairs = dict(problem.pairs)
        self._weeks: Counter[tuple[str, object]] = Counter(problem.week_left())
        self._days: dict[tuple[str, date], list[Lesson]] = defaultdict(list)
        self._back: dict[tuple[str, str], list[int]] = defaultdict(list)
        if problem.school.rules.shape == Shape.RECIPROCAL:
            for place, option in enumerate(problem.options):
                self._back[option.pair].append(place)

    def take(self, place: int) -> bool:
        """Take an option, and one back where visits go both ways; return whether that went."""
        if not self._fits(place):
            return False
        self._add(place, 1)
        if self._problem.school.rules.shape != Shape.RECIPROCAL:
            return True
        observer, teacher = self._problem.options[place].pair
        if self._pairs.get((observer, teacher), 0) <= self._pairs.get((teacher, observer), 0):
            return True
        for back in self._back[teacher, observer]:
            if self._fits(back):
                self._add(back, 1)
                return True
        self._add(place, -1)
        return False

    def _fits(self, place: int) -> bool:
        option, problem = self._problem.options[place], self._problem
        observer, teacher = option.pair
        if place in self.taken or not self._need[observer, Part.OBSERVES] or not self._need[teacher, Part.OBSERVED]:
            return False
        now, first = self._pairs.get(option.pair, 0), problem.pairs.get(option.pair, 0)
        if now - first >= problem.pair_limit(option.pair):
            return False
        if problem.school.rules.shape == Shape.CHAIN and self._pairs.get((teacher, observer), 0):
            return False
        for person in option.pair:
            limit = problem.grid.load_limit(person)
            if limit is not None and self._weeks[person, option.lesson.week] >= limit:
                return False
        on = option.lesson.on
        if any(not problem.grid.apart(option.lesson, other) for other in self._days[observer, on]):
            return False
        return not any(_meet(option.lesson, other) for other in self._days[f"{teacher}\0", on])

    def _add(self, place: int, by: int) -> None:
        option = self._problem.options[place]
        observer, teacher = option.pair
        self._need[observer, Part.OBSERVES] -= by
        self._need[teacher, Part.OBSERVED] -= by
        self._pairs[option.pair] = self._pairs.get(option.pair, 0) + by
        for person in option.pair:
            self._weeks[person, option.lesson.week] += by
        days = self._days[observer, option.lesson.on], self._days[f"{teacher}\0", option.lesson.on]
        if by > 0:
            self.taken.append(place)
            for day in days:
                day.append(option.lesson)
        else:
            self.taken.remove(place)
            for day in days:
                day.remove(option.lesson)


def _meet(one: Lesson, other: Lesson) -> bool:
    return one.start_min < other.end_min and other.start_min < one.end_min
