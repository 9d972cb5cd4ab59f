"""Readings of a goal as tests and galleries draw them."""

from __future__ import annotations

from datetime import date, timedelta

from observe_app.services.charts.readings import GoalReadings, Point, ReadingLine, VisitDay

FIRST = date(2026, 9, 7)


def points(count: int, *, start: float = 54.0, step: float = 2.5, n: int | None = 24, apart: int = 28) -> ReadingLine:
    """The goal's own measure, so many times."""
    return ReadingLine(
        "",
        tuple(
            Point(f"r{at}", FIRST + timedelta(days=apart * at), start + step * at - (at % 3), n if at != 2 else None)
            for at in range(count)
        ),
    )


def goal(count: int = 5, *, visits: int = 3, outcomes: int = 1, long: bool = False) -> GoalReadings:
    """A goal with baseline and target, visits below, outcomes beside it."""
    title = "Pupils explain their thinking in every lesson" + (
        " and answer one another’s questions" * 5 if long else ""
    )
    outcome = tuple(
        ReadingLine(
            f"Class {7 + at} A, average of the maths test" + (" in the long version of the year" * 4 if long else ""),
            tuple(Point(f"o{at}{i}", FIRST + timedelta(days=30 * i + at), 3.1 + 0.2 * i, 26) for i in range(2 + at)),
        )
        for at in range(outcomes)
    )
    own = (points(count),) if count else ()
    return GoalReadings(
        title,
        "Share of answers with a reason",
        "%",
        (*own, *outcome),
        54.0,
        80.0,
        date(2027, 6, 30),
        tuple(VisitDay(FIRST + timedelta(days=14 + 35 * at), f"v{at}") for at in range(visits)),
    )
