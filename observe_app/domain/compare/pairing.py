"""Laying two records of one lesson on each other: clocks by an offset, moments one to one, sheets cell by cell.

Times are integer milliseconds, stretches half-open. The tolerance of moments and the length of intervals are two
things: the one asks whether two presses were one event, the other how finely a sheet was coded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from observe_app.domain.agreement import Counts
from observe_app.domain.compare.agree_view import Cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.lesson_parts import Stretch
    from observe_app.domain.timeline import IntervalSheet

REACH_MS = 15 * 60_000
"""Two observers of one lesson do not start their clocks further apart than this."""

LEAST_VOTES = 3
"""Fewer matching events than these say nothing about the clocks."""

_MOST_PAIRS = 200_000
_CANDIDATES = 40
_MOST_CELLS = 2_000_000


# -- moments


def match(a: Sequence[int], b: Sequence[int], tolerance_ms: int) -> tuple[tuple[int, int], ...]:
    """Match moments one to one: as many pairs as can be, and of those the ones that lie closest together.

    Args:
        a: moments in ms, ascending.
        b: the other ones.
        tolerance_ms: two moments so far apart or less may be one.

    Returns:
        Places in `a` and `b`, by moment; no two pairs cross.
    """
    lows = [bisect_left(b, moment - tolerance_ms) for moment in a]
    highs = [bisect_right(b, moment + tolerance_ms) for moment in a]
    if sum(high - low for low, high in zip(lows, highs, strict=True)) > _MOST_CELLS:
        return _earliest(a, b, tolerance_ms)
    # best[i][p - low]: (pairs, minus their distance) of the first i of a and the first p of b. Only p within reach of
    # a moment are kept: before them its row says what the row above says, after them what its last one says.
    best: list[list[tuple[int, int]]] = []

    def above(row: int, upto: int) -> tuple[int, int]:
        return best[row - 1][min(upto, highs[row - 1]) - lows[row - 1]] if row else (0, 0)

    for row, (low, high) in enumerate(zip(lows, highs, strict=True)):
        made = [above(row, low)]
        for upto in range(low + 1, high + 1):
            pairs, cost = above(row, upto - 1)
            made.append(max(made[-1], above(row, upto), (pairs + 1, cost - abs(a[row] - b[upto - 1]))))
        best.append(made)
    found: list[tuple[int, int]] = []
    upto = len(b)
    for row in reversed(range(len(a))):
        low = lows[row]
        upto = min(upto, highs[row])
        value = best[row][upto - low]
        if value == above(row, upto):
            continue
        while upto > low + 1 and best[row][upto - 1 - low] == value:
            upto -= 1
        upto -= 1
        found.append((row, upto))
    return tuple(reversed(found))


def _earliest(a: Sequence[int], b: Sequence[int], tolerance_ms: int) -> tuple[tuple[int, int], ...]:
    """Return as many pairs, always the earliest that fit; they may not be the closest ones."""
    at_a = at_b = 0
    found: list[tuple[int, int]] = []
    while at_a < len(a) and at_b < len(b):
        apart = a[at_a] - b[at_b]
        if abs(apart) <= tolerance_ms:
            found.append((at_a, at_b))
            at_a, at_b = at_a + 1, at_b + 1
        elif apart < 0:
            at_a += 1
        else:
            at_b += 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Votes:
    """What matching moments say about two clocks: to be added to b's, how many of how many match at it."""

    offset_ms: int = 0
    votes: int = 0
    of: int = 0


def best_offset(
    a: Mapping[str, Sequence[int]], b: Mapping[str, Sequence[int]], tolerance_ms: int, reach_ms: int = REACH_MS
) -> Votes | None:
    """Return the offset at which the most moments of the same kind match, None where too few do.

    Of offsets with as many matches the one nearest to zero wins, so that nothing is moved without a reason.

    Args:
        a: moments in ms, ascending, by what they are.
        b: the other ones.
        tolerance_ms: as in `match`.
        reach_ms: no offset is larger.
    """
    shared = [key for key in a if b.get(key)]
    of = sum(min(len(a[key]), len(b[key])) for key in shared)
    apart = _differences(a, b, shared, reach_ms)
    best = (0, 0, 0)
    for offset in (0, *_peaks(apart, tolerance_ms)):
        best = max(best, _score(a, b, shared, offset, tolerance_ms))
    votes, _distance, offset = best[0], best[1], best[2]
    if votes < LEAST_VOTES:
        return None
    centre = _centre(a, b, shared, offset, tolerance_ms)
    if _score(a, b, shared, centre, tolerance_ms)[0] >= votes and offset:
        offset = centre
    return Votes(offset, votes, of)


def _differences(
    a: Mapping[str, Sequence[int]], b: Mapping[str, Sequence[int]], shared: Sequence[str], reach_ms: int
) -> list[int]:
    found: list[int] = []
    # What happened seldom says the most about the clocks, and a thousand presses of one key would only cost time.
    for key in sorted(shared, key=lambda one: (len(a[one]) * len(b[one]), one)):
        if found and len(found) + len(a[key]) * len(b[key]) > _MOST_PAIRS:
            break
        # Of one that fills the lesson some moments stand for all; what is found is weighed against every moment later.
        step = -(-len(a[key]) * len(b[key]) // _MOST_PAIRS)
        for moment in a[key][:: max(1, step)]:
            low, high = bisect_left(b[key], moment - reach_ms), bisect_right(b[key], moment + reach_ms)
            found += [moment - other for other in b[key][low:high]]
    return sorted(found)


def _peaks(apart: Sequence[int], tolerance_ms: int) -> list[int]:
    """Return the middles of the windows that hold the most differences, each window as wide as the tolerance."""
    windows: list[tuple[int, int]] = []
    end = 0
    for start, low in enumerate(apart):
        while end < len(apart) and apart[end] <= low + tolerance_ms:
            end += 1
        windows.append((end - start, start))
    windows.sort(key=lambda one: (-one[0], abs(apart[one[1]])))
    return [median_low(apart[start : start + count]) for count, start in windows[:_CANDIDATES]]


def _score(
    a: Mapping[str, Sequence[int]],
    b: Mapping[str, Sequence[int]],
    shared: Iterable[str],
    offset: int,
    tolerance_ms: int,
) -> tuple[int, int, int]:
    votes = sum(len(_earliest(a[key], [moment + offset for moment in b[key]], tolerance_ms)) for key in shared)
    return votes, -abs(offset), offset


def _centre(
    a: Mapping[str, Sequence[int]],
    b: Mapping[str, Sequence[int]],
    shared: Iterable[str],
    offset: int,
    tolerance_ms: int,
) -> int:
    apart = [
        a[key][one] - b[key][other]
        for key in shared
        for one, other in match(a[key], [moment + offset for moment in b[key]], tolerance_ms)
    ]
    return median_low(apart) if apart else offset


# -- sheets


@dataclass(frozen=True, slots=True)
class Laid:
    """Two sheets on each other.

    Attributes:
        first: index of the first interval in a's count. both: whether each interval was coded by both.
        blank_a, blank_b: intervals that only the other one coded.
        cells: by code, one for each interval.
        levels: (index, level of a, level of b) where both chose one.
    """

    first: int = 0
    both: tuple[bool, ...] = ()
    blank_a: int = 0
    blank_b: int = 0
    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    levels: tuple[tuple[int, int, int], ...] = ()

    @property
    def n(self) -> int:
        """How many intervals both coded."""
        return sum(self.both)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a sheet says of one interval: the codes, and its level."""

    codes: frozenset[str] = frozenset()
    level: int | None = None


def ticked(sheet: IntervalSheet, shift: int = 0, merge: int = 1) -> dict[int, Ticked]:
    """Return the coded intervals of a sheet by index, moved by whole intervals and then merged.

    An interval made of several is coded only where all of them are, has every code that one of them has, and a level
    only where it is one interval.
    """
    parts = {one.index + shift: Ticked(frozenset(one.ticked), one.level) for one in sheet.coded}
    if merge <= 1:
        return parts
    made: dict[int, Ticked] = {}
    for index in {place // merge for place in parts}:
        found = [parts.get(index * merge + part) for part in range(merge)]
        if all(one is not None for one in found):
            made[index] = Ticked(frozenset().union(*(one.codes for one in found if one is not None)))
    return made


def lay(a: Mapping[int, Ticked], b: Mapping[int, Ticked], codes: Sequence[str]) -> Laid:
    """Lay two sheets on each other; only intervals that both coded are compared.

    Args:
        a: coded intervals by index.
        b: those of the other one, in the same count.
        codes: those that both sheets have.
    """
    places = sorted(a.keys() | b.keys())
    if not places:
        return Laid(cells=dict.fromkeys(codes, ()))
    span = range(places[0], places[-1] + 1)
    both = tuple(place in a and place in b for place in span)
    cells = {
        code: tuple(
            _cell(code in a[place].codes, code in b[place].codes) if shared else Cell.NOT_COMPARED
            for place, shared in zip(span, both, strict=True)
        )
        for code in codes
    }
    levels = []
    for place in places:
        one, other = a.get(place, Ticked()).level, b.get(place, Ticked()).level
        if one is not None and other is not None:
            levels.append((place, one, other))
    return Laid(
        places[0], both, sum(one not in a for one in places), sum(one not in b for one in places), cells, tuple(levels)
    )


def _cell(a: bool, b: bool) -> Cell:  # noqa: FBT001  (the two are the whole question)
    if a and b:
        return Cell.BOTH
    if a:
        return Cell.ONLY_A
    return Cell.ONLY_B if b else Cell.NEITHER


def tally(cells: Iterable[Cell]) -> Counts:
    """Return how many cells are of each kind; those not compared are in no figure."""
    found = list(cells)
    return Counts(found.count(Cell.BOTH), found.count(Cell.ONLY_A), found.count(Cell.ONLY_B), found.count(Cell.NEITHER))


def best_shift(a: Mapping[int, Ticked], b: Mapping[int, Ticked], most: int) -> int:
    """Return by how many whole intervals b's sheet fits a's best, 0 where moving it gains fewer than three ticks.

    At least half of the shorter sheet stays compared. The nearest to zero wins among equals.

    Args:
        a: coded intervals by index.
        b: those of the other one, in the same count.
        most: no shift is larger.
    """

    def ticks(shift: int) -> tuple[int, int]:
        pairs = [(a[place], b[place - shift]) for place in a if place - shift in b]
        if 2 * len(pairs) < min(len(a), len(b)):
            return -1, 0
        common = sum(len(one.codes & other.codes) for one, other in pairs)
        return common, -sum(len(one.codes ^ other.codes) for one, other in pairs)

    still = ticks(0)
    best = max(range(-most, most + 1), key=lambda shift: (*ticks(shift), -abs(shift)))
    return best if ticks(best)[0] >= still[0] + LEAST_VOTES and ticks(best)[1] > still[1] else 0


# -- states


def during(stretches: Iterable[Stretch], start_ms: int, end_ms: int, by_ms: int = 0) -> tuple[tuple[int, int], ...]:
    """Return the parts of stretches within [start, end), each moved first; what goes on lasts to the end."""
    made = []
    for one in stretches:
        low = max(start_ms, one.start_ms + by_ms)
        high = end_ms if one.end_ms is None else min(end_ms, one.end_ms + by_ms)
        if low < high:
            made.append((low, high))
    return tuple(sorted(made))


def states(
    a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]], watched: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int, Cell], ...]:
    """Return who had a timer on, stretch by stretch of the time that both watched; neighbours differ."""
    borders = sorted({edge for row in (a, b, watched) for span in row for edge in span})
    made: list[tuple[int, int, Cell]] = []
    for low, high in pairwise(borders):
        if not _within(low, watched):
            continue
        cell = _cell(_within(low, a), _within(low, b))
        if made and made[-1][1] == low and made[-1][2] is cell:
            made[-1] = (made[-1][0], high, cell)
        else:
            made.append((low, high, cell))
    return tuple(made)


def _within(moment: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (moment, 1 << 62)) - 1
    return place >= 0 and spans[place][0] <= moment < spans[place][1]


def without(start_ms: int, end_ms: int, taken: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return [start, end) without the stretches taken out of it, which may overlap."""
    made = []
    at = start_ms
    for low, high in sorted(taken):
        if low > at:
            made.append((at, min(low, end_ms)))
        at = max(at, high)
        if at >= end_ms:
            break
    if at < end_ms:
        made.append((at, end_ms))
    return tuple(one for one in made if one[0] < one[1])


def time_of(parts: Iterable[tuple[int, int, Cell]]) -> Counts:
    """Return the ms of each kind."""
    sums = dict.fromkeys(Cell, 0)
    for low, high, cell in parts:
        sums[cell] += high - low
    return Counts(sums[Cell.BOTH], sums[Cell.ONLY_A], sums[Cell.ONLY_B], sums[Cell.NEITHER])
