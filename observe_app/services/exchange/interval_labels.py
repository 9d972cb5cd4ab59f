"""The headings of intervals, read together: "1, 2, 3", "0 - 2, 2 - 4", "2, 4, 6", times of day.

One label is ambiguous, a row of them is not: their step says what they count.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.services.exchange.moments import read_moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.exchange.tables import Cell

_WORDS = re.compile(
    r"^(?:interval|int\.?|intervall|intervalle|intervalo|minutes?|mins?\.?|minuten|minuto|time|no\.?|nr\.?|#|i)\s*",
    re.IGNORECASE,
)
_UNITS = re.compile(
    r"(?<![ap])\s*(?P<unit>minutes?|minuten|minutos?|mins?\.?|m|seconds?|secs?\.?|sekunden|s|['′])\s*$", re.IGNORECASE
)
_RANGE = re.compile(r"^(?P<a>[\d:.,]+)\s*[a-z'′]*\s*(?:-|–|—|−|to|bis|à|a)\s*(?P<b>[\d:.,]+)$", re.IGNORECASE)
_LONGEST_S, _SHORTEST_S = 3600, 5


@dataclass(frozen=True, slots=True)
class _Label:
    """One label before its row told what it counts: from (and to), in units; `clock`: written with a colon."""

    start: float
    end: float | None = None
    clock: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """A row of interval headings.

    Attributes:
        indexes: place in the grid to interval, from 0. seconds: length of an interval, 0 where they only count.
        odd: places whose heading does not fit the others. twice: places whose interval stood there before.
        first: number of intervals between the lesson's start and the first one.
    """

    indexes: dict[int, int]
    seconds: int
    odd: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()


def read_labels(cells: Sequence[Cell], first: int, last: int, form_seconds: int) -> Labels | None:
    """Read the headings from place `first` up to and without `last`; None where they are no row of intervals.

    Args:
        cells: one line of the grid.
        first: the first place to look at.
        last: the place behind the last one.
        form_seconds: length of an interval in the form; between two readings the one that fits it is taken.
    """
    found: dict[int, _Label] = {}
    for place in range(first, last):
        label = _label(cells[place] if place < len(cells) else None)
        if label is not None:
            found[place] = label
    if not found or (len(found) < 2 and next(iter(found.values())).end is None):
        return None
    starts = [found[place].start for place in sorted(found)]
    rising = sum(later > earlier for earlier, later in pairwise(starts))
    falling = sum(later < earlier for earlier, later in pairwise(starts))
    if falling > 0.2 * (len(starts) - 1) or rising < 0.5 * (len(starts) - 1):
        return None  # sums, and no headings
    if set(starts) <= {0, 1} and all(one.end is None for one in found.values()):
        return None  # ticks
    scale, step, base = _unit([found[place] for place in sorted(found)], form_seconds)
    if step <= 0:
        return None
    indexes, odd, twice = _placed(found, scale, step, base)
    if len(indexes) < max(1, len(found) // 2):
        return None
    return Labels(indexes, 0 if scale == 0 else round(step), odd, twice)


def _placed(
    found: dict[int, _Label], scale: float, step: float, base: float
) -> tuple[dict[int, int], tuple[int, ...], tuple[int, ...]]:
    indexes: dict[int, int] = {}
    odd, twice = [], []
    taken: set[int] = set()
    for place in sorted(found):
        position = (found[place].start * (scale or 1.0) - base) / step
        index = round(position)
        if index < 0 or abs(position - index) > 0.26:
            odd.append(place)
        else:
            if index in taken:
                twice.append(place)
            taken.add(index)
            indexes[place] = index
    return indexes, tuple(odd), tuple(twice)


def _unit(labels: list[_Label], form_seconds: int) -> tuple[float, float, float]:
    """Return the seconds in one unit, the step, and where the first interval starts.

    Step and start are seconds; where labels only count, the unit is 0 and they are labels.
    """
    step = _step(labels)
    first = labels[0].start
    ranges = sum(label.end is not None for label in labels) * 2 > len(labels)
    if any(label.clock for label in labels):
        # Parts are kept as if the first were hours: 9:02 is 542 minutes, or 9 minutes and 2 seconds.
        seconds = next((one for one in (60.0, 1.0) if step * one == form_seconds), 0.0)
        seconds = seconds or (1.0 if step >= _SHORTEST_S * 3 else 60.0)
        # A clock on the wall starts where the lesson does; time since the start begins near 0.
        start, length = first * seconds, step * seconds
        if start == length:
            return seconds, length, length
        return seconds, length, 0.0 if start <= 1800 and start % length == 0 else start
    if any(label.unit.startswith("s") for label in labels):
        return 1.0, step, 0.0 if ranges or first == 0 else first - step
    minutes = any(label.unit for label in labels)
    if step == 1 and not ranges and not (minutes and form_seconds == 60):
        return 0.0, 1.0, 0.0 if first == 0 else 1.0
    seconds = 1.0 if step == form_seconds or step > _LONGEST_S // 60 else 60.0
    length = step * seconds
    if first % step:  # "1 - 2, 3 - 4": minutes counted from 1
        return seconds, length, first * seconds
    # "2, 4, 6" are the ends of intervals, "0, 2, 4" and "0 - 2" their starts.
    return seconds, length, 0.0 if ranges or first == 0 else length


def _step(labels: list[_Label]) -> float:
    steps = Counter(round(later.start - earlier.start, 3) for earlier, later in pairwise(labels))
    lengths = Counter(round(label.end - label.start, 3) for label in labels if label.end is not None)
    common = [one for one, _count in (*steps.most_common(), *lengths.most_common()) if one > 0]
    return common[0] if common else 0.0


def _label(cell: Cell) -> _Label | None:
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _Label(float(cell)) if 0 <= cell <= 100_000 and float(cell * 2).is_integer() else _fraction(cell)
    if isinstance(cell, datetime | date) and _is_midnight(cell) and cell.year > 1904:
        # A spreadsheet that was given "2-4" keeps the second of April, or the fourth of February.
        low, high = sorted((cell.month, cell.day))
        return _Label(float(low), float(high))
    if isinstance(cell, datetime | time | timedelta):
        return _clock(cell)
    return _text(cell) if isinstance(cell, str) else None


def _is_midnight(cell: date) -> bool:
    return not isinstance(cell, datetime) or (cell.hour, cell.minute, cell.second) == (0, 0, 0)


def _fraction(days: float) -> _Label | None:
    """A part of a day that lost its dress: 0.0013888 is two minutes."""
    return _Label(round(days * 86_400) / 60, None, clock=True) if 0 < days < 1 else None


def _clock(cell: Cell) -> _Label | None:
    moment = read_moment(cell)
    if moment is not None and moment.at is not None:
        at = moment.at
        return _Label(at.hour * 60 + at.minute + at.second / 60, None, clock=True)
    if moment is not None and moment.seconds is not None:
        return _Label(moment.seconds / 60, None, unit="m")
    if moment is None or not moment.parts:
        return None
    weights = (60.0, 1.0, 1 / 60)
    return _Label(sum(part * weight for part, weight in zip(moment.parts, weights, strict=False)), None, clock=True)


def _text(cell: str) -> _Label | None:
    text = " ".join(cell.split())
    if not text or len(text) > 40 or not any(char.isdigit() for char in text):
        return None
    text, counted = _WORDS.subn("", text, count=1)
    unit = ""
    if found := _UNITS.search(text):
        unit, text = ("s" if found["unit"][0].casefold() == "s" else "m"), text[: found.start()]
    if found := _RANGE.match(text):
        start, end = _one(found["a"], unit), _one(found["b"], unit)
        if start is None or end is None or end.start <= start.start:
            return None
        return _Label(start.start, end.start, clock=start.clock, unit=unit)
    if not counted and not unit and not re.fullmatch(r"[\d:.,]+(?:\s*[ap]\.?m\.?)?", text, re.IGNORECASE):
        return None
    return _one(text, unit)


def _one(text: str, unit: str) -> _Label | None:
    if ":" in text:
        return _clock(text)
    try:
        return _Label(float(text.replace(",", ".")), None, unit=unit)
    except ValueError:
        return None
