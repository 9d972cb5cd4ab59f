"""A round as a model of OR-Tools' CP-SAT: one yes or no for every possible visit.

ortools is asked for inside the functions: it takes half a second to load, and only who solves needs it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from observe_app.domain.rounds.report import Part
from observe_app.domain.rounds.rules import Shape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.rounds.slots import Lesson
    from observe_app.services.rounds.problem import Option, Problem

VISIT = 10_000
"""What a visit is worth: more than all that moving others for it costs."""
NOBODY = 3_000
"""What it costs more to leave somebody without any visit than to leave another with one too few."""
SAME, SAME_PAIR = 200, 60
"""What it is worth to leave a visit of the plan before where it is, or at least its two people together."""
WISH = 10
"""What each point of a wish's weight is worth."""


@dataclass(slots=True)
class Model:
    """The model, its yes-or-no of each option in their order, and numbers that follow from those."""

    model: Any
    take: list[Any]
    follows: list[_Follows]

    def hint(self, taken: Iterable[int]) -> None:
        """Let the search begin at these options; without the numbers that follow it would not find its way there."""
        chosen = frozenset(taken)
        for place, one in enumerate(self.take):
            self.model.add_hint(one, place in chosen)
        for term, places, less, most in self.follows:
            self.model.add_hint(term, min(most, max(0, sum(place in chosen for place in places) - less)))


_Follows = tuple[Any, list[int], int, int]
"""A number, the options it counts, what is taken off, and its bound."""


def build(problem: Problem) -> Model:
    """Return the model of a problem."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  (see the module's head)

    made = cp_model.CpModel()
    take = [made.new_bool_var("") for _option in problem.options]
    builder = _Builder(problem, made, take)
    builder.lessons()
    builder.observers()
    builder.pairs()
    builder.needs()
    builder.weeks()
    builder.wishes()
    builder.before()
    made.maximize(sum(value * one for one, value in zip(builder.terms, builder.values, strict=True)))
    return Model(made, take, builder.follows)


class _Builder:
    def __init__(self, problem: Problem, model: Any, take: list[Any]) -> None:
        self._problem, self._model, self._take = problem, model, take
        self._rules = problem.school.rules
        self.terms: list[Any] = []
        self.values: list[int] = []
        self.follows: list[_Follows] = []
        self._grouped: dict[str, dict[str, dict[tuple[str, Any], list[int]]]] = {}
        self._of_pair: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, option in enumerate(problem.options):
            self._of_pair[option.pair].append(place)

    def _group(self, key: Any) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = defaultdict(list)
        for place, option in enumerate(self._problem.options):
            found[key(option)].append(place)
        return found

    def _sum(self, places: Iterable[int]) -> Any:
        return sum(self._take[place] for place in places)

    def _value(self, term: Any, value: int) -> None:
        if value:
            self.terms.append(term)
            self.values.append(value)

    def lessons(self) -> None:
        """One visitor a lesson, and a teacher's lessons that overlap count as one."""
        of = self._group(_lesson_of)
        for places in of.values():
            if len(places) > 1:
                self._model.add_at_most_one(self._take[place] for place in places)
        days: dict[tuple[str, Any], list[Lesson]] = defaultdict(list)
        for lesson in of:
            days[lesson.teacher_id, lesson.on].append(lesson)
        for lessons in days.values():
            for number, one in enumerate(lessons):
                for other in lessons[number + 1 :]:
                    if one.start_min < other.end_min and other.start_min < one.end_min:
                        self._model.add_at_most_one(self._take[place] for place in (*of[one], *of[other]))

    def observers(self) -> None:
        """Nobody is in two places, or too late in the second."""
        for places in self._group(lambda option: (option.observer_id, option.lesson.on)).values():
            cells: dict[tuple[int, int, str], list[int]] = defaultdict(list)
            for place in places:
                lesson = self._problem.options[place].lesson
                cells[lesson.start_min, lesson.end_min, lesson.building].append(place)
            self._cells(list(cells.values()))

    def _cells(self, cells: list[list[int]]) -> None:
        """Allow visits of one observer's day only where they go together; each cell is one time and building."""
        lessons = [self._problem.options[cell[0]].lesson for cell in cells]
        apart = self._problem.grid.apart
        told: set[frozenset[int]] = set()
        for moment in sorted({lesson.start_min for lesson in lessons}):
            now = frozenset(n for n, one in enumerate(lessons) if one.start_min <= moment < one.end_min)
            if now not in told:
                told.add(now)
                self._model.add_at_most_one(self._take[place] for n in sorted(now) for place in cells[n])
        for one in range(len(cells)):
            for other in range(one + 1, len(cells)):
                first, second = lessons[one], lessons[other]
                overlap = first.start_min < second.end_min and second.start_min < first.end_min
                if not overlap and not apart(first, second):
                    self._model.add_at_most_one(self._take[place] for n in (one, other) for place in cells[n])

    def pairs(self) -> None:
        """Two people meet no more often than they may, and back where visits go both ways."""
        problem = self._problem
        for pair, places in self._of_pair.items():
            limit = problem.pair_limit(pair)
            if limit < len(places):
                self._model.add(self._sum(places) <= limit)
            back = self._of_pair.get((pair[1], pair[0]), [])
            if self._rules.shape == Shape.CHAIN and back and pair[0] < pair[1]:
                self._model.add_at_most_one(self._take[place] for place in (*places, *back))
            if self._rules.shape == Shape.RECIPROCAL and (pair[0] < pair[1] or not back):
                self._both_ways(pair, places, back)

    def _both_ways(self, pair: tuple[str, str], there: list[int], back: list[int]) -> None:
        # Fixed visits may lack the one back; then that one may come, and nothing else may go lopsided.
        ahead = self._problem.pairs.get((pair[1], pair[0]), 0) - self._problem.pairs.get(pair, 0)
        gap = self._sum(there) - self._sum(back)
        self._model.add(gap <= max(0, ahead))
        self._model.add(gap >= min(0, ahead))

    def needs(self) -> None:
        """Visits count; nobody gets more than they need, and nobody is to go without."""
        for part, groups in (
            (Part.OBSERVES, self._group(lambda option: option.observer_id)),
            (Part.OBSERVED, self._group(lambda option: option.lesson.teacher_id)),
        ):
            standing = {one.observer_id if part == Part.OBSERVES else one.teacher_id for one in self._problem.fixed}
            for person, places in groups.items():
                most = self._problem.need[person, part]
                self._model.add(self._sum(places) <= most)
                if most > 1 and person not in standing:
                    some = self._model.new_bool_var("")
                    self._model.add(self._sum(places) >= some)
                    self._value(some, NOBODY)
                    self.follows.append((some, places, 0, 1))
        for one in self._take:
            self._value(one, VISIT)

    def weeks(self) -> None:
        """Keep to everybody's limit of a week, and spread visits over days and weeks."""
        standing = self._problem.week_left()
        weeks = len({day.on.isocalendar()[:2] for day in self._problem.school.days}) or 1
        need = self._problem.need
        for person in (one.id for one in self._problem.school.people):
            limit = self._problem.grid.load_limit(person)
            fair = -(-(need[person, Part.OBSERVES] + need[person, Part.OBSERVED]) // weeks)
            for (_who, week), places in self._of_person("week").get(person, {}).items():
                if limit is not None:
                    self._model.add(self._sum(places) <= max(0, limit - standing.get((person, week), 0)))
                if weeks > 1:
                    self._beyond(places, fair)
            for places in self._of_person("on").get(person, {}).values():
                self._beyond(places, 1)

    def _of_person(self, what: str) -> dict[str, dict[tuple[str, Any], list[int]]]:
        found: dict[str, dict[tuple[str, Any], list[int]]] = self._grouped.get(what, {})
        if not found:
            for place, option in enumerate(self._problem.options):
                at = getattr(option.lesson, what)
                for person in option.pair:
                    found.setdefault(person, {}).setdefault((person, at), []).append(place)
            self._grouped[what] = found
        return found

    def _beyond(self, places: list[int], fair: int) -> None:
        """Count visits beyond a fair share as a little less worth."""
        if not self._rules.spread_weight or len(places) <= fair:
            return
        most = len(places)
        beyond = self._model.new_int_var(0, most, "")
        self._model.add(beyond >= self._sum(places) - fair)
        self._value(beyond, -WISH * self._rules.spread_weight)
        self.follows.append((beyond, places, fair, most))

    def wishes(self) -> None:
        """Visits that meet a wish are worth more."""
        grid, rules = self._problem.grid, self._rules
        for place, option in enumerate(self._problem.options):
            subject = grid.subject_met(*option.pair)
            partner = grid.partner_met(*option.pair)
            value = (rules.subject_weight if subject else 0) + (rules.partner_weight if partner else 0)
            self._value(self._take[place], WISH * value)

    def before(self) -> None:
        """What was planned before is worth more where it was."""
        held = {(one.observer_id, one.teacher_id, one.slot_id, one.on) for one in self._problem.before}
        pairs = {(one.observer_id, one.teacher_id) for one in self._problem.before}
        for place, option in enumerate(self._problem.options):
            of = option.lesson
            if (option.observer_id, of.teacher_id, of.slot_id, of.on) in held:
                self._value(self._take[place], SAME)
            elif option.pair in pairs:
                self._value(self._take[place], SAME_PAIR)


def _lesson_of(option: Option) -> Lesson:
    return option.lesson
