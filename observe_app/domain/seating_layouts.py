"""Ready-made seating plans: rows with aisles, groups, a horseshoe; the words that ask for one; numbers along a way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, cos, pi, sin, sqrt

from observe_app.domain.errors import Invalid
from observe_app.domain.seating import MAX_SEATS, PITCH, Place, Seat, SeatingPlan

AISLE = 70
_FRONT = 130
_GROUP_GAP = 90
_MAX_SIDE = 40
_ASKED = re.compile(r"\s*(\d{1,3})\s*[x×*,;/ ]\s*(\d{1,3}(?:\s*\+\s*\d{1,3})*)\s*", re.IGNORECASE | re.ASCII)


class Numbering(StrEnum):
    """Where the numbers start, and how they run: along the rows, along the columns, or there and back."""

    FRONT_LEFT = "front_left"
    FRONT_RIGHT = "front_right"
    BACK_LEFT = "back_left"
    BACK_RIGHT = "back_right"
    COLUMNS = "columns"
    SNAKE = "snake"


class Shape(StrEnum):
    """A ready-made room."""

    ROWS = "rows"
    GROUPS = "groups"
    HORSESHOE = "horseshoe"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a typed line asks for: so many rows of so many seats. `aisles` are the columns after which one lies."""

    rows: int
    columns: int
    aisles: tuple[int, ...] = ()


def parse_rows(text: str) -> Asked | None:
    """Read "5 6", "5x6", or "5 2+2+2" for five rows with aisles between pairs; None for anything else."""
    found = _ASKED.fullmatch(text)
    if found is None:
        return None
    blocks = [int(part) for part in found[2].split("+")]
    rows, columns = int(found[1]), sum(blocks)
    if not _fits(rows, columns) or 0 in blocks:
        return None
    ends = [sum(blocks[: index + 1]) for index in range(len(blocks) - 1)]
    return Asked(rows, columns, tuple(ends))


def parse_count(text: str) -> int | None:
    """Read a number of students; None for none, or for more than a plan holds."""
    words = text.strip()
    if not (words.isascii() and words.isdigit() and len(words) <= 3):
        return None
    return int(words) if 1 <= int(words) <= MAX_SEATS else None


def every(columns: int, step: int) -> tuple[int, ...]:
    """Return aisles after every so many columns; none at the wall."""
    return tuple(range(step, columns, step)) if step else ()


def middle(columns: int) -> tuple[int, ...]:
    """Return one aisle in the middle, none in a single column."""
    return (columns // 2,) if columns > 1 else ()


def rows_and_columns(
    rows: int, columns: int, aisles: tuple[int, ...] = (), numbering: Numbering = Numbering.FRONT_LEFT
) -> SeatingPlan:
    """Return rows behind one another, with the teacher in front of their middle.

    Args:
        rows: from front to back.
        columns: seats in a row.
        aisles: columns, counted from 1, after which there is a way through.
        numbering: where the numbers run.

    Raises:
        Invalid: no such number of seats.
    """
    if not _fits(rows, columns):
        raise Invalid("seats", str(rows * columns)[:20], "out_of_range", f"1–{MAX_SEATS}")
    at = [column * PITCH + AISLE * sum(aisle <= column for aisle in set(aisles)) for column in range(columns)]
    spots = [(at[column], _FRONT + row * PITCH) for row in range(rows) for column in range(columns)]
    return renumbered(_plan(spots), numbering)


def groups(students: int, size: int = 4) -> SeatingPlan:
    """Return tables of so many students each, about as wide as deep; the last tables may have fewer.

    Raises:
        Invalid: no such number of students, or a table too large.
    """
    if not 1 <= students <= MAX_SEATS or not 2 <= size <= 12:
        raise Invalid("seats", str(students)[:20], "out_of_range", f"1–{MAX_SEATS}")
    count = ceil(students / size)
    across = max(1, round(sqrt(count * 1.4)))
    wide = ceil(size / 2)
    spots: list[tuple[int, int]] = []
    for group in range(count):
        left = (group % across) * (wide * PITCH + _GROUP_GAP)
        top = _FRONT + (group // across) * (2 * PITCH + _GROUP_GAP)
        taken = range(min(size, students - group * size))
        spots.extend((left + (seat % wide) * PITCH, top + (seat // wide) * PITCH) for seat in taken)
    return _plan(spots)


def horseshoe(students: int) -> SeatingPlan:
    """Return one line of students around the room, open to the front; two lines where one would be too long.

    Raises:
        Invalid: no such number of students.
    """
    if not 1 <= students <= MAX_SEATS:
        raise Invalid("seats", str(students)[:20], "out_of_range", f"1–{MAX_SEATS}")
    if students < 4:
        return rows_and_columns(1, students)
    lines = 1 if students <= 30 else 2 if students <= 80 else 3
    # Each line further out is longer and takes more students, so that the gaps look alike.
    weights = [1.0 + 0.5 * line for line in range(lines)]
    spots: list[tuple[int, int]] = []
    left, radius = students, 0.0
    for line, weight in enumerate(weights):
        share = left if line == lines - 1 else round(students * weight / sum(weights))
        left -= share
        radius = max(_radius(share), radius + 1.3 * PITCH if spots else 0)
        spots.extend(_arc(share, radius))
    low_x, low_y = min(x for x, _y in spots), min(y for _x, y in spots)
    return _plan([(x - low_x, y - low_y + _FRONT) for x, y in spots], _FRONT // 2)


def renumbered(plan: SeatingPlan, numbering: Numbering) -> SeatingPlan:
    """Return the plan with new numbers along the way, whatever its form; initials stay with their seats."""
    if numbering is Numbering.COLUMNS:
        lines = _lines(plan.seats, across=False)
    else:
        lines = _lines(plan.seats, across=True)
        if numbering in {Numbering.BACK_LEFT, Numbering.BACK_RIGHT}:
            lines.reverse()
        for index, line in enumerate(lines):
            if numbering in {Numbering.FRONT_RIGHT, Numbering.BACK_RIGHT} or (
                numbering is Numbering.SNAKE and index % 2
            ):
                line.reverse()
    ordered = [seat for line in lines for seat in line]
    return replace(plan, seats=tuple(replace(seat, number=number) for number, seat in enumerate(ordered, start=1)))


def _lines(seats: tuple[Seat, ...], *, across: bool) -> list[list[Seat]]:
    """Return the seats in rows from front to back, or in columns from left to right, each in reading order.

    Seats belong to one line while each is less than half a seat from the first of it.
    """

    def at(seat: Seat) -> tuple[int, int, str]:
        return (seat.y, seat.x, seat.id) if across else (seat.x, seat.y, seat.id)

    lines: list[list[Seat]] = []
    start = 0
    for seat in sorted(seats, key=at):
        if not lines or at(seat)[0] - start >= PITCH // 2:
            lines.append([])
            start = at(seat)[0]
        lines[-1].append(seat)
    return [sorted(line, key=lambda one: at(one)[1:]) for line in lines]


def _fits(rows: int, columns: int) -> bool:
    return 1 <= rows <= _MAX_SIDE and 1 <= columns <= _MAX_SIDE and rows * columns <= MAX_SEATS


def _plan(spots: list[tuple[int, int]], front: int = 0) -> SeatingPlan:
    seats = tuple(Seat(f"s{index}", index, x, y) for index, (x, y) in enumerate(spots, start=1))
    xs = [x for x, _y in spots]
    return SeatingPlan(seats, (Place("t1", (min(xs) + max(xs)) // 2, front),))


def _radius(count: int) -> float:
    """Radius at which so many seats fit on half a circle with straight arms of about the same length."""
    return max(1.0, (count - 1) / (pi + 1.0)) * PITCH


def _arc(count: int, radius: float) -> list[tuple[int, int]]:
    """Return places along a horseshoe: an arm, half a circle at the back, an arm; in the order one walks it."""
    arm = 0.5 * radius
    length = pi * radius + 2 * arm
    spots = []
    for index in range(count):
        along = length * index / (count - 1) if count > 1 else length / 2
        if along < arm:
            x, y = -radius, along - arm
        elif along <= arm + pi * radius:
            angle = (along - arm) / radius
            x, y = -radius * cos(angle), radius * sin(angle)
        else:
            x, y = radius, arm + pi * radius - along
        spots.append((round(x), round(y)))
    return spots


def for_students(students: int) -> SeatingPlan:
    """Return rows for so many students, a little wider than deep; free seats are left out at the back.

    Raises:
        Invalid: no such number of students.
    """
    if not 1 <= students <= MAX_SEATS:
        raise Invalid("seats", str(students)[:20], "out_of_range", f"1–{MAX_SEATS}")
    columns = min(students, ceil(sqrt(students * 1.2)))
    return _plan([(seat % columns * PITCH, _FRONT + seat // columns * PITCH) for seat in range(students)])


def with_initials_of(plan: SeatingPlan, before: SeatingPlan) -> SeatingPlan:
    """Return the plan with the initials, and who is missing, that these numbers had before."""
    known = {seat.number: seat for seat in before.seats}
    seats = tuple(
        replace(seat, label=known[seat.number].label, state=known[seat.number].state) if seat.number in known else seat
        for seat in plan.seats
    )
    return replace(plan, seats=seats, title=before.title)
