"""A round of 60 people in 5 days of 6 periods, solved, beside the plain greedy plan that it begins with.

Quality: visits, each of which counts half as much again where the wish about subjects is met; as a ratio to the plain
plan.
"""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.rounds.check import check
from observe_app.domain.rounds.rules import Rules, SubjectRule, Travel
from observe_app.domain.rounds.school import Colleague, Day, School
from observe_app.domain.school.classes import LessonSlot, SlotKind
from observe_app.services.rounds.greedy import greedy
from observe_app.services.rounds.problem import problem_of
from observe_app.services.rounds.solve import solve

if TYPE_CHECKING:
    from tests.benches.common import Result

_PEOPLE, _DAYS, _PERIODS = 60, 5, 6
_SUBJECTS = ("maths", "english", "science", "history", "art", "sport")
_TEACHES, _BUSY = 0.72, 0.06


def run() -> Result:
    """Measure one search, loading OR-Tools included, and the plain plan without wishes beside it."""
    school = _school()
    begin = time.perf_counter()
    problem = problem_of(school)
    plain = [problem.options[place].visit for place in greedy(problem, wishes=False)]
    greedy_s = time.perf_counter() - begin
    begin = time.perf_counter()
    solution = solve(school)
    whole_s = time.perf_counter() - begin
    again = solve(school)
    assert not check(school, plain)
    assert not check(school, solution.visits)
    report = solution.report
    met = sum(bool(problem.grid.subject_met(one.observer_id, one.teacher_id)) for one in plain)
    score, reference = _score(report.found, report.subject_met or 0), _score(len(plain), met)
    return {
        "name": "rounds-solve",
        "people": _PEOPLE,
        "lessons": report.lessons,
        "options": report.options,
        "wanted": report.wanted,
        "found": report.found,
        "subject_met": report.subject_met,
        "ended": str(report.ended),
        "first_s": report.first_s,
        "best_s": report.best_s,
        "seconds": round(whole_s, 2),
        "same_again": str(again.visits == solution.visits),
        "reference": "plain greedy plan",
        "reference_s": round(greedy_s, 2),
        "reference_found": len(plain),
        "reference_subject_met": met,
        "quality_ratio": round(score / reference, 3) if reference else None,
    }


def _score(found: int, met: int) -> float:
    """Return visits, each with a wish that is met counted as one and a half."""
    return found + met / 2


def _school() -> School:
    chance = random.Random(1)
    people = tuple(
        Colleague(
            f"p{number:02}",
            frozenset({_SUBJECTS[number % len(_SUBJECTS)]}),
            "NSE"[number % 3],
            f"p{number - number % 12:02}" if number % 12 else "",
        )
        for number in range(_PEOPLE)
    )
    slots = []
    for person in people:
        for weekday in range(_DAYS):
            for period in range(_PERIODS):
                drawn, start = chance.random(), 480 + 60 * period
                if drawn < _TEACHES + _BUSY:
                    kind = SlotKind.TEACHING if drawn < _TEACHES else SlotKind.BUSY
                    name = f"{person.id}-{weekday}-{period}"
                    slots.append(LessonSlot(name, person.id, kind, weekday, None, start, start + 50))
    monday = date(2026, 3, 16)
    days = tuple(Day(monday + timedelta(days=number)) for number in range(_DAYS))
    rules = Rules(
        observes=2,
        observed=2,
        subject=SubjectRule.SAME,
        travel=(Travel("N", "S", 10), Travel("N", "E", 15)),
        travel_minutes=10,
        week_load=4,
    )
    return School(people, days, tuple(slots), rules)
