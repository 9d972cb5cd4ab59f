"""The axes of a small chart: visits on true time, and levels, shares or numbers from bottom to top."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import Measure
from observe_app.services.charts.figures import SHARES, local, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.compare.marks import Series, TermVisit
    from observe_app.services.charts.words import ChartWords

_NOTHING = 1e-9
_NICE = (1, 2, 2.5, 5, 10)
_TOPS = (0.1, 0.25, 0.5, 1.0)
_UNDATED = 0.16
"""Share of the axis that visits without a date get, at its end."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A vertical axis.

    Attributes:
        low, high: values at its ends. grid: (value, label) of each line, the lowest first.
        names: of a choice, the words that stand for 0, 1, 2 …; () elsewhere.
        factor: what a stored value is multiplied with for the axis.
    """

    low: float
    high: float
    grid: tuple[tuple[float, str], ...]
    names: tuple[str, ...] = ()
    factor: float = 1.0

    def place(self, value: float) -> float:
        """Return where a stored value lies, 0 at the bottom and 1 at the top."""
        span = self.high - self.low
        return min(max((value * self.factor - self.low) / span, 0.0), 1.0) if span > 0 else 0.5


def scale_of(series: Series, words: ChartWords) -> Scale:
    """Return the vertical axis of a line of marks."""
    values = [mark.value for mark in series.marks if mark.value is not None]
    if series.measure is Measure.RATING and len(series.levels) > 1:
        return Scale(series.levels[0][0], series.levels[-1][0], tuple((at, word) for at, word in series.levels))
    if series.measure is Measure.CHECK:
        return Scale(0, 1, ((0, words.no), (1, words.yes)))
    if series.measure is Measure.CHOICE:
        names = tuple(dict.fromkeys(mark.words for mark in series.marks if mark.missing is None))
        return Scale(0, max(len(names) - 1, 1), tuple(enumerate(names)), names)
    if series.measure in SHARES:
        top = next((top for top in _TOPS if max(values, default=0.0) <= top), 1.0)
        return Scale(0, top, tuple((at, words.percent.format(n=number(at * 100, words))) for at in (0, top / 2, top)))
    factor = {Measure.TALLY: 10.0, Measure.WAIT: 0.001}.get(series.measure, 1.0)
    return _numbers([value * factor for value in values], factor, words)


def _numbers(values: Sequence[float], factor: float, words: ChartWords) -> Scale:
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    if high - low < _NOTHING:
        high = low + 1
    step = _nice((high - low) / 2)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    grid = [index * step for index in range(first, last + 1)]
    return Scale(grid[0], grid[-1], tuple((at, number(at, words, 3)) for at in grid), (), factor)


def _nice(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(nice * power for nice in _NICE if nice * power >= step * (1 - 1e-9))


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Visits by their start between two x.

    Attributes:
        places: x of each visit, by id. months: x of the first of each month in between.
        first, last: the dated visits at the ends, None without any. undated: x where those without a date begin.
    """

    places: dict[str, float]
    months: tuple[float, ...] = ()
    first: TermVisit | None = None
    last: TermVisit | None = None
    undated: float | None = None


def time_axis(visits: Sequence[TermVisit], left: float, right: float) -> TimeAxis:
    """Return the places of visits on a true time axis; one alone stands in the middle, undated ones at the end."""
    dated = sorted((visit for visit in visits if visit.start is not None), key=_start)
    undated = [visit for visit in visits if visit.start is None]
    end = right - (right - left) * (_UNDATED if dated else 1.0) if undated else right
    places = {
        visit.id: end + (right - end) * (index + 1) / (len(undated) + 1)
        if dated
        else _even(index, undated, left, right)
        for index, visit in enumerate(undated)
    }
    if not dated:
        return TimeAxis(places, undated=left if undated else None)
    begin, until = _start(dated[0]), _start(dated[-1])
    span = until - begin
    for visit in dated:
        places[visit.id] = left + (end - left) * ((_start(visit) - begin) / span if span else 0.5)
    months = _months(dated, left, end) if span else ()
    return TimeAxis(places, months, dated[0], dated[-1], end if undated else None)


def _even(index: int, visits: Sequence[TermVisit], left: float, right: float) -> float:
    return left + (right - left) * (index / (len(visits) - 1) if len(visits) > 1 else 0.5)


def _start(visit: TermVisit) -> float:
    return visit.start.timestamp() if visit.start is not None else 0.0


def _months(dated: Sequence[TermVisit], left: float, right: float) -> tuple[float, ...]:
    """Return x of the first of each month between the first visit and the last; quarters where months are too many."""
    earliest = dated[0].start
    if earliest is None:
        return ()
    begin, until = _start(dated[0]), _start(dated[-1])
    moment = local(earliest, dated[0].zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    step = 1 if until - begin < 400 * 86_400 else 3 if until - begin < 1500 * 86_400 else 12
    made: list[float] = []
    while moment.timestamp() <= until and len(made) < 60:
        at = moment.timestamp()
        if at > begin and (moment.month - 1) % step == 0:
            made.append(left + (right - left) * (at - begin) / (until - begin))
        moment = moment.replace(year=moment.year + moment.month // 12, month=moment.month % 12 + 1)
    return tuple(made)
