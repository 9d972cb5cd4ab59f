"""A column of times, read as a whole: single cells are ambiguous, a lesson is not.

"09:21:00" is nine hours in one file and nine minutes (minutes, seconds, frames) in the next; "09:05" is a clock on
the wall or the ninth minute. Each way of reading the column is weighed by what a lesson is like: time goes on, a
lesson is hours and not days long, and nobody says more than some 400 words a minute.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.services.exchange.moments import Moment, from_day_fraction, is_blank, read_moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from observe_app.services.exchange.tables import Cell

WORDS_A_MINUTE = 150
"""Pace for notes without any time: that of ordinary talk in class."""

_LONGEST = 5 * 3600.0
_SAMPLE = 4_000
_BACK, _JUMP, _SWITCH, _LATE = 4.0, 1.5, 1.0, 3.0

READINGS = ("elapsed", "frames", "hours", "clock", "days", "seconds", "minutes", "milliseconds")
"""Ways to read a column: minutes and seconds since the start; the same with frames; hours and minutes since the start;
time on the wall; and numbers in these units."""


@dataclass(frozen=True, slots=True)
class TimeColumn:
    """Where every row lies in the lesson.

    Attributes:
        offsets_ms: one for each row, never None.
        reading: one of `READINGS`, or "words" when no row had a time and the words were spaced by their number.
        unreadable: rows whose time could not be read or was out of all proportion; taken from their neighbours.
        blank: rows without a time, filled from their neighbours.
        back: rows whose time lies before that of the row above; kept as written.
        first: date and time on the wall of offset 0, without a zone; None where the file does not tell.
    """

    offsets_ms: tuple[int, ...]
    reading: str
    unreadable: tuple[int, ...] = ()
    blank: tuple[int, ...] = ()
    back: tuple[int, ...] = ()
    first: datetime | None = None


def read_times(cells: Sequence[Cell], words: Sequence[int], *, hint: str = "", reading: str = "") -> TimeColumn:
    """Read a column of times.

    Args:
        cells: the time cell of each row.
        words: number of words of each row; what is between two known times is divided by them.
        hint: what the column's head says of its meaning: "clock", "minutes", "seconds", "milliseconds" or "".
        reading: one of `READINGS` to have it read so; "" to find out.
    """
    moments = [read_moment(cell) for cell in cells]
    blank = tuple(index for index, cell in enumerate(cells) if is_blank(cell))
    if all(moment is None for moment in moments):
        lost = tuple(index for index in range(len(cells)) if not is_blank(cells[index]))
        return TimeColumn(fill([None] * len(cells), words), "words", lost, blank)
    chosen = reading if reading in READINGS else _best(moments, words, hint)
    seconds = _read(moments, chosen)
    first = _first_wall(moments) if chosen == "clock" else None
    known = _without_outliers(seconds)
    if all(value is None for value in known):
        known, chosen = [None] * len(cells), "words"
    empty = set(blank)
    unreadable = tuple(index for index, value in enumerate(known) if value is None and index not in empty)
    back, last = [], -math.inf
    for index, value in enumerate(known):
        if value is not None:
            if value < last:
                back.append(index)
            last = value
    return TimeColumn(fill(known, words), chosen, unreadable, blank, tuple(back), first)


def fill(known: Sequence[float | None], words: Sequence[int]) -> tuple[int, ...]:
    """Return milliseconds for every row: known seconds as they are, the rest by the words said in between.

    Before the first known time the lesson starts at 0; after the last one people talk at `WORDS_A_MINUTE`.
    """
    filled: list[float] = [0.0] * len(known)
    anchor, at = -1, 0.0
    for index in [*(i for i, value in enumerate(known) if value is not None), len(known)]:
        value = known[index] if index < len(known) else None
        gap = range(anchor + 1, index)
        weights = [max(words[i], 1) for i in range(max(anchor, 0), index)]
        total = sum(weights)
        pace = 60.0 / WORDS_A_MINUTE if value is None else max(value - at, 0.0) / max(total, 1)
        passed = 0 if anchor < 0 else weights[0] if weights else 0
        for i in gap:
            filled[i] = at + passed * pace
            passed += max(words[i], 1)
        if value is not None:
            filled[index], anchor, at = value, index, value
    return tuple(round(value * 1000) for value in filled)


def _best(moments: Sequence[Moment | None], words: Sequence[int], hint: str) -> str:
    sample, count = list(moments[:_SAMPLE]), list(words[:_SAMPLE])
    numbers = sum(1 for moment in sample if moment is not None and moment.number is not None)
    if hint in {"minutes", "seconds", "milliseconds"} and numbers:
        return hint
    readable = sum(1 for moment in sample if moment is not None)
    if sum(1 for moment in sample if moment is not None and (moment.wall or moment.at is not None)) * 2 > readable:
        return "clock"
    names: tuple[str, ...] = ("elapsed", "frames", "hours", "clock")
    if numbers * 2 > readable:
        names = ("days", "seconds", "minutes", "milliseconds")
    elif numbers:
        names = ("elapsed", "frames", "clock")
    return min(names, key=lambda name: _cost(name, sample, count, hint))


def _cost(name: str, moments: Sequence[Moment | None], words: Sequence[int], hint: str) -> float:
    """Return how unlike a lesson this reading is; 0 is a lesson."""
    seconds = _without_outliers(_read(moments, name))
    readable = sum(1 for moment in moments if moment is not None)
    values = [value for value in seconds if value is not None]
    if not values:
        return math.inf
    cost = {"frames": 2.0, "hours": 1.5, "clock": 0.7, "days": 0.0, "minutes": 0.3, "milliseconds": 1.0}.get(name, 0.0)
    if hint == "clock" and name == "clock":
        cost -= 1.5
    if name == "frames":
        # Typists leave frames at 0; seconds they do not.
        thirds = [moment.parts[2] for moment in moments if moment is not None and len(moment.parts) == 3]
        cost += 4 * sum(1 for third in thirds if third) / max(len(thirds), 1)
    cost += 20 * (readable - len(values)) / readable
    steps = [later - earlier for earlier, later in pairwise(values)]
    cost += 20 * sum(1 for step in steps if step < -1) / max(len(steps), 1)
    span = max(values) - min(values)
    if span > 4 * 3600:
        cost += 6 + math.log2(span / (4 * 3600))
    if len(values) >= 3:
        pace = sum(words) / max(span / 60, 1 / 60)
        cost += 3 * math.log2(pace / 400) if pace > 400 else 1.0 if pace < 0.2 else 0.0
    if name == "clock":
        hour = _wall_hour(moments)
        cost += 0 if hour is None or 6 <= hour <= 21 else 4
    else:
        cost += min(values[0] / 1200, 0.5) + (2 if values[0] > 7200 else 0)
        cost += 2 if values[0] >= 360 and span < 180 and len(values) >= 4 else 0
        if name == "elapsed" and any(moment is not None and moment.at is not None for moment in moments):
            cost += 5
    return cost


def _wall_hour(moments: Sequence[Moment | None]) -> int | None:
    for moment in moments:
        if moment is not None:
            return moment.at.hour if moment.at is not None else moment.parts[0] if moment.parts else None
    return None


def _first_wall(moments: Sequence[Moment | None]) -> datetime | None:
    first = next((moment for moment in moments if moment is not None), None)
    return first.at if first is not None else None


def _read(moments: Sequence[Moment | None], name: str) -> list[float | None]:
    """Return seconds since the lesson's start under one reading; None where it does not fit."""
    if name == "clock":
        return _from_first(_wall_seconds(moments))
    if name == "frames":
        return _mixed(moments)
    return [None if moment is None else _elapsed(moment, name) for moment in moments]


def _elapsed(moment: Moment, name: str) -> float | None:
    if moment.seconds is not None:
        return moment.seconds
    if moment.number is not None:
        if name in {"elapsed", "days"}:
            as_parts = from_day_fraction(moment.number)
            return None if as_parts is None else _elapsed(as_parts, name)
        return moment.number * {"minutes": 60.0, "seconds": 1.0, "milliseconds": 0.001}.get(name, 1.0)
    if any(part > 59 for part in moment.parts[1:]):
        return None
    if len(moment.parts) == 2:
        first, second = moment.parts
        return first * 3600.0 + second * 60 if name == "hours" else first * 60.0 + second + moment.fraction
    if len(moment.parts) == 3:
        return moment.parts[0] * 3600.0 + moment.parts[1] * 60 + moment.parts[2] + moment.fraction
    return None


def _wall_seconds(moments: Sequence[Moment | None]) -> list[float | None]:
    """Return seconds since a midnight; a twelve-hour clock that starts again at 1 goes on."""
    seconds: list[float | None] = []
    midnight, last = None, -math.inf
    for moment in moments:
        value: float | None = None
        if moment is not None and moment.at is not None:
            midnight = midnight or moment.at.replace(hour=0, minute=0, second=0, microsecond=0)
            value = (moment.at - midnight).total_seconds()
        elif moment is not None and moment.number is not None:
            value = moment.number * 86_400 if moment.number < 1 else None
        elif moment is not None and moment.parts and moment.parts[0] < 24 and all(p < 60 for p in moment.parts[1:]):
            weighed = zip(moment.parts, (3600.0, 60.0, 1.0), strict=False)
            value = sum(part * unit for part, unit in weighed) + moment.fraction
            if last - 11.5 * 3600 < value < last - 6 * 3600 and moment.parts[0] < 12:
                value += 12 * 3600
        seconds.append(value)
        last = last if value is None else value
    return seconds


def _from_first(seconds: list[float | None]) -> list[float | None]:
    first = next((value for value in seconds if value is not None), 0.0)
    return [None if value is None else value - first for value in seconds]


def _mixed(moments: Sequence[Moment | None]) -> list[float | None]:
    """Read three parts as minutes, seconds, frames, but as hours, minutes, seconds where only that goes on in time.

    Both meanings occur in one column: a spreadsheet that was given "23:47" writes 23:47:00, and the same typist goes on
    with 1:00:18 after the first hour. The cheapest path through both readings of every cell (Viterbi) finds the seam.
    """
    rows = [_meanings(moment) for moment in moments]
    paths: list[list[int]] = []
    costs: list[float] = [0.0, 0.0]
    values: tuple[float, ...] = ()
    for options in rows:
        if not options:
            paths.append([])
            continue
        came, fresh = [], []
        for style, value in enumerate(options):
            own = (0.01 if style == 0 else 0.0) + (_LATE if value > _LONGEST else 0.0)
            choice = _SWITCH if len(options) > 1 else 0.0
            ways = [
                costs[before] + _step_cost(previous, value) + (choice if before != style else 0.0)
                for before, previous in enumerate(values)
            ] or [0.0 if style == 0 else 0.5]
            best = min(range(len(ways)), key=ways.__getitem__)
            came.append(best)
            fresh.append(ways[best] + own)
        paths.append(came)
        costs, values = fresh, options
    return _walk_back(rows, paths, costs)


def _walk_back(rows: list[tuple[float, ...]], paths: list[list[int]], costs: list[float]) -> list[float | None]:
    found: list[float | None] = [None] * len(rows)
    style: int | None = None
    for index in range(len(rows) - 1, -1, -1):
        if not rows[index]:
            continue
        if style is None:
            style = min(range(len(rows[index])), key=costs.__getitem__)
        found[index] = rows[index][style]
        style = paths[index][style]
    return found


def _meanings(moment: Moment | None) -> tuple[float, ...]:
    """Return the seconds a cell may mean: with frames, then as hours; one value where there is no choice."""
    if moment is None or moment.at is not None:
        return ()
    if moment.number is not None:
        as_parts = from_day_fraction(moment.number)
        return () if as_parts is None else _meanings(as_parts)
    if len(moment.parts) != 3:
        plain = _elapsed(moment, "elapsed")
        return () if plain is None else (plain,)
    first, second, third = moment.parts
    if second > 59 or third > 59:
        return ()
    return first * 60.0 + second, first * 3600.0 + second * 60 + third + moment.fraction


def _step_cost(before: float, after: float) -> float:
    if after < before - 1:
        return _BACK
    return _JUMP if after > before + 1800 else 0.0


def _without_outliers(seconds: list[float | None]) -> list[float | None]:
    """Take out values that no lesson reaches and that stand alone."""
    values = sorted(value for value in seconds if value is not None)
    if not values:
        return seconds
    middle = values[len(values) // 2]
    return [
        None if value is None or abs(value - middle) > _LONGEST * 2 or value < -_LONGEST else value for value in seconds
    ]
