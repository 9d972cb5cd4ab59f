"""Finds who observes whom and when, as well as can be within seconds, and says what could not be met."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.progress import Progress
from observe_app.domain.rounds.explain import explain
from observe_app.domain.rounds.needs import needs, wanted
from observe_app.domain.rounds.report import Ended, Report
from observe_app.services.rounds.greedy import greedy
from observe_app.services.rounds.model import build
from observe_app.services.rounds.problem import MOST_OPTIONS, Option, problem_of, thinned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.rounds.school import Planned, School

SECONDS = 8.0
"""How long a search takes at most, from reading the timetables to the last explanation but one."""
EFFORT = 4.0
"""Where a search gives up by CP-SAT's own count of its work, which is the same on every computer: some 4 seconds."""
_LEAST = 1.0
_ASK = 0.05


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan: the fixed visits as they were, then the others by day; `report` says how good it is."""

    visits: tuple[Planned, ...]
    report: Report


def solve(
    school: School,
    *,
    fixed: Sequence[Planned] = (),
    before: Sequence[Planned] = (),
    seconds: float = SECONDS,
    progress: Progress | None = None,
) -> Solution:
    """Return the best plan found.

    The same round gives the same plan on every computer that is fast enough to end by its own count before the seconds
    are over.

    Args:
        school: people, timetables, days and rules.
        fixed: visits that stay, whatever rules they break.
        before: the rest of the plan before; as little of it as can be is changed.
        seconds: at most; somewhat more where the explanation is long.
        progress: told visits found of visits wanted; stopping it ends the search and keeps the best found.
    """
    return _Search(school, fixed, before, seconds, progress or Progress()).run()


class _Search:
    """One search: first a plain plan, then better ones."""

    def __init__(
        self, school: School, fixed: Sequence[Planned], before: Sequence[Planned], seconds: float, progress: Progress
    ) -> None:
        self._began = time.monotonic()
        self._seconds, self._progress = seconds, progress
        self._problem = problem_of(school, fixed, before)
        self._wanted = wanted(needs(school))
        self._first_s = self._best_s = 0.0
        self._ended = Ended.BEST

    def run(self) -> Solution:
        problem = self._problem
        plan = [problem.options[place] for place in greedy(problem)]
        self._found(len(plan), first=True)
        if problem.options:
            plan = self._better(plan)
            if self._again(plan):
                short = [one.person_id for one in needs(problem.school, self._visits(plan)) if one.short]
                problem.options = thinned(problem, MOST_OPTIONS, short, plan)
                plan = self._better(plan)
        return self._solution(plan)

    def _passed(self) -> float:
        return time.monotonic() - self._began

    def _found(self, visits: int, *, first: bool = False) -> None:
        self._best_s = self._passed()
        if first:
            self._first_s = self._best_s
        if not self._progress.stopping:
            done = len(self._problem.fixed) + visits
            self._progress.step(done, max(done, self._wanted))

    def _again(self, plan: list[Option]) -> bool:
        """Tell whether somebody went short among fewer visits than there are, and there is time to look again."""
        problem = self._problem
        return (
            len(problem.options) < problem.possible
            and len(plan) + len(problem.fixed) < self._wanted
            and not self._progress.stopping
            and self._seconds - self._passed() > _LEAST
        )

    def _better(self, plan: list[Option]) -> list[Option]:
        """Return the best plan that CP-SAT finds, beginning at this one."""
        from ortools.sat.python import cp_model  # noqa: PLC0415  (loads for half a second; only who solves needs it)

        problem = self._problem
        chosen = {option: place for place, option in enumerate(problem.options)}
        model = build(problem)
        model.hint(chosen[option] for option in plan)
        solver = cp_model.CpSolver()
        set_up(solver, max(_LEAST, self._seconds - self._passed()))
        heard = self

        class Heard(cp_model.CpSolverSolutionCallback):
            """Hears of every better plan."""

            def on_solution_callback(self) -> None:
                """Tell how many visits it has."""
                heard._found(sum(self.boolean_value(one) for one in model.take))
                if heard._progress.stopping:
                    self.stop_search()

        status = _stoppable(solver, model.model, Heard(), self._progress)
        if self._progress.stopping:
            self._ended = Ended.STOPPED
        elif status == cp_model.OPTIMAL:
            self._ended = Ended.BEST if problem.whole and len(problem.options) == problem.possible else Ended.SAMPLE
        else:
            self._ended = Ended.TIME
        if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
            return plan
        return [option for option, one in zip(problem.options, model.take, strict=True) if solver.boolean_value(one)]

    def _visits(self, plan: Iterable[Option]) -> tuple[Planned, ...]:
        """Return the fixed visits, then the others by day; those that stayed keep the id of their pairing."""
        left = list(self._problem.before)
        found = []
        for visit in sorted((option.visit for option in plan), key=_when):
            same = next((one for one in left if replace(visit, id=one.id) == one), None)
            found.append((visit, same))
            if same is not None:
                left.remove(same)
        named = []
        for visit, same in found:
            near = same or next((one for one in left if _pair(one) == _pair(visit)), None)
            if near is not None and same is None:
                left.remove(near)
            named.append(replace(visit, id=near.id) if near is not None else visit)
        return (*self._problem.fixed, *named)

    def _solution(self, plan: list[Option]) -> Solution:
        problem = self._problem
        visits = self._visits(plan)
        shortfalls = explain(problem.grid, visits)
        grid, people = problem.grid, problem.grid.people
        pairs = [_pair(one) for one in visits if one.observer_id in people and one.teacher_id in people]
        subject = [grid.subject_met(*pair) for pair in pairs]
        partner = [grid.partner_met(*pair) for pair in pairs]
        kept = sum(one in visits for one in problem.before)
        return Solution(
            visits,
            Report(
                wanted=self._wanted,
                found=len(visits),
                lessons=len(grid.lessons),
                options=problem.possible,
                subject_met=None if None in subject else sum(bool(one) for one in subject),
                partner_met=None if None in partner else sum(bool(one) for one in partner),
                kept=kept,
                moved=len(problem.before) - kept,
                ended=self._ended,
                first_s=round(self._first_s, 2),
                best_s=round(self._best_s, 2),
                seconds=round(self._passed(), 2),
                shortfalls=shortfalls,
            ),
        )


def set_up(solver: Any, seconds: float) -> None:
    """Set a solver up so that it finds the same again.

    One worker: two share what they find when it happens to be found, so that no search is like the one before. Kept to
    equal steps they repeat, and are slower than the one.
    """
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.symmetry_level = 0
    solver.parameters.cp_model_probing_level = 0
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.max_time_in_seconds = seconds


def _stoppable(solver: Any, model: Any, callback: Any, progress: Progress) -> Any:
    """Return the status of a search that ends soon after somebody asked to stop."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_ASK):
            if progress.stopping:
                solver.stop_search()

    watcher = threading.Thread(target=watch, name="observe-solve-watch", daemon=True)
    watcher.start()
    try:
        return solver.solve(model, callback)
    finally:
        over.set()
        watcher.join()


def _pair(visit: Planned) -> tuple[str, str]:
    return visit.observer_id, visit.teacher_id


def _when(visit: Planned) -> tuple[str, int, str, str]:
    return visit.on.isoformat() if visit.on else "", visit.start_min or 0, visit.teacher_id, visit.observer_id
