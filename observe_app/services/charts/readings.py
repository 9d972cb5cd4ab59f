"""Readings of a goal's measure on a true axis of days, with baseline and target, what each rests on, and visits below.

Fewer than three readings are points without a line, and the picture says so. Where visits or outcomes stand beside
readings it says, too, that this is a sequence and no cause.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.services.charts.drawing import BODY, SMALL, TEXT, Drawing, nothing
from observe_app.services.charts.figures import number
from observe_app.services.charts.picture import Anchor, Picture, Table
from observe_app.services.charts.steps import day_words

if TYPE_CHECKING:
    from observe_app.services.charts.picture import Cell, Ruler, Size
    from observe_app.services.charts.words import ChartWords

LEAST = 3
"""Readings that a line needs."""
MOST_PANELS = 6
_PLOT = 112.0
_HEAD = 22.0
_ROW = 16.0
_GAP = 30.0
_LONG_DAYS = 360
_NICE = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Point:
    """One reading. `n`: how many it rests on, None where not said."""

    key: str
    on: date
    value: float
    n: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """The readings of one series by day. `name`: "" for the goal's own measure."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class VisitDay:
    """The day of a visit, and nothing else of it. `visit_id`: "" where it is not to be opened."""

    on: date
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class GoalReadings:
    """A goal's readings, those of outcomes beside it, and what they are compared with.

    Attributes:
        lines: the goal's own measure first, then outcomes. baseline, target: of the own measure, None where not said.
        due: the day of the target. titled: whether the title is drawn; a page has it in words of its own.
    """

    title: str
    measure: str = ""
    unit: str = ""
    lines: tuple[ReadingLine, ...] = ()
    baseline: float | None = None
    target: float | None = None
    due: date | None = None
    visits: tuple[VisitDay, ...] = ()
    titled: bool = True

    @property
    def is_sequence(self) -> bool:
        """Whether something stands beside the readings that one could take for their cause."""
        return bool(self.visits) or any(line.name for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Axis:
    begin: date
    until: date
    left: float
    right: float

    def x(self, day: date) -> float:
        span = (self.until - self.begin).days
        return self.left + (self.right - self.left) * ((day - self.begin).days / span if span else 0.5)


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    step: float

    def place(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)

    def grid(self) -> list[float]:
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * index for index in range(count + 1)]


def readings(data: GoalReadings, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return a panel for each series under one axis of days."""
    if not any(line.points for line in data.lines):
        return nothing(size, ruler, words, data.title)
    return _Panels(data, Drawing(size, ruler, words)).picture()


def readings_table(data: GoalReadings, words: ChartWords) -> Table:
    """Return every reading with its n, baseline and target, the days of visits, and what this does not show."""
    rows: list[tuple[Cell, ...]] = [
        (_label(line, data, words), point.on.isoformat(), point.value, point.n, point.note)
        for line in data.lines
        for point in line.points
    ]
    own = data.measure or words.readings_own
    if data.baseline is not None:
        told = words.readings_baseline.format(value=_value(data.baseline, data.unit, words))
        rows.append((own, None, data.baseline, None, told))
    if data.target is not None:
        rows.append((own, data.due.isoformat() if data.due else None, data.target, None, _target(data, words)))
    rows += [(words.readings_visits, visit.on.isoformat(), None, None, "") for visit in data.visits]
    if data.is_sequence:
        rows.append((words.readings_sequence, None, None, None, ""))
    head = (words.column_series, words.column_date, words.column_value, words.column_n, words.column_note)
    return Table(head, tuple(rows))


class _Panels:
    def __init__(self, data: GoalReadings, drawing: Drawing) -> None:
        self.data, self.draw, self.words = data, drawing, drawing.words
        self.lines = [line for line in data.lines if line.points][:MOST_PANELS]
        days = [point.on for line in self.lines for point in line.points] + [visit.on for visit in data.visits]
        if data.due is not None and data.target is not None and any(not line.name for line in self.lines):
            days.append(data.due)
        self.begin, self.until = min(days), max(days)
        self.year = (self.until - self.begin).days > _LONG_DAYS

    def picture(self) -> Picture:
        draw = self.draw
        y = 0.0
        title = draw.wrapped(self.data.title, draw.width, BODY, 600) if self.data.titled else []
        for at, text in enumerate(title):
            draw.word(0, draw.px(15) + at * draw.px(19), text, size=BODY, weight=600)
            y = draw.px(22) + at * draw.px(19)
        scales = [self._scale(line) for line in self.lines]
        labels = [number(at, self.words, 3) for scale in scales for at in scale.grid()]
        if self.data.visits:
            labels.append(self.words.readings_visits)
        left = min(max(draw.wide(label) for label in labels) + draw.px(10), draw.width * 0.4)
        axis = _Axis(self.begin, self.until, left + draw.px(14), max(draw.width - draw.px(14), left + draw.px(16)))
        for row, (line, scale) in enumerate(zip(self.lines, scales, strict=True)):
            y = self._panel(line, scale, axis, y + (draw.px(14) if row else 0.0), row)
        y = self._below(axis, left, y)
        for tone, text in self._feet():
            for part in draw.wrapped(text, draw.width, SMALL, lines=3):
                y += draw.px(_ROW)
                draw.word(0, y, part, tone=tone)
        made = partial(readings_table, self.data, self.words)
        return draw.done(y + draw.px(8), self.data.title, self._alt(), made)

    # -- one series

    def _panel(self, line: ReadingLine, scale: _Scale, axis: _Axis, y: float, row: int) -> float:
        """Draw the readings of one series from y downwards; return where it ends."""
        draw, words = self.draw, self.words
        label = _label(line, self.data, words)
        unit = self.data.unit if not line.name else ""
        head = f"{label}, {unit}" if unit and label != unit else label
        y += draw.px(_HEAD)
        used = draw.word(0, y - draw.px(6), head, tone="muted", size=TEXT, room=draw.width)
        few = self._few(line)
        if few:
            if used + draw.px(16) + draw.wide(few, SMALL, 600) > draw.width:
                y += draw.px(_ROW)
                used = -draw.px(16)
            draw.word(used + draw.px(16), y - draw.px(6), few, tone="warm", weight=600, room=draw.width)
        top = y + draw.px(_GAP)
        bottom = top + draw.px(_PLOT)
        for at in scale.grid():
            level = bottom - (bottom - top) * scale.place(at)
            draw.line(axis.left - draw.px(14), level, draw.width, level, "line2")
            draw.word(
                axis.left - draw.px(18), level + draw.px(4), number(at, words, 3), tone="muted", anchor=Anchor.END
            )
        if not line.name:
            self._levels(scale, axis, top, bottom)
        places = [(axis.x(point.on), bottom - (bottom - top) * scale.place(point.value)) for point in line.points]
        if len(places) >= LEAST:
            draw.path(places, edge="mid", weight=1.8)
        self._points(line, places, axis, row)
        return bottom + draw.px(10)

    def _levels(self, scale: _Scale, axis: _Axis, top: float, bottom: float) -> None:
        """Draw baseline and target as dashed lines with their words, apart from each other."""
        draw, data = self.draw, self.data
        told: list[tuple[float, str, str]] = []
        if data.baseline is not None:
            text = self.words.readings_baseline.format(value=_value(data.baseline, data.unit, self.words))
            told.append((bottom - (bottom - top) * scale.place(data.baseline), text, "muted"))
        if data.target is not None:
            told.append((bottom - (bottom - top) * scale.place(data.target), _target(data, self.words), "accent"))
        for y, text, tone in told:
            draw.line(axis.left - draw.px(14), y, draw.width, y, "ctl" if tone == "muted" else "bar", 1.2, (5.0, 4.0))
            # The lower of the two is written below its line, the upper one above: they never meet.
            under = len(told) == 2 and y == max(one[0] for one in told) and told[0][0] != told[1][0]
            base = y + draw.px(14) if under else y - draw.px(5)
            draw.word(draw.width, base, text, tone=tone, anchor=Anchor.END, room=draw.width - axis.left)

    def _points(self, line: ReadingLine, places: list[tuple[float, float]], axis: _Axis, row: int) -> None:
        draw, words = self.draw, self.words
        near = min((b[0] - a[0] for a, b in pairwise(places) if b[0] > a[0]), default=99.0)
        radius = 4.0 if near >= 9 else 3.0
        half = max(12.0, min(near / 2, 20.0))
        free = -1e9
        unit = self.data.unit if not line.name else ""
        for at, (point, (x, y)) in enumerate(zip(line.points, places, strict=True)):
            key = f"{line.name}@{point.key}"
            if draw.size.chosen == key:
                draw.dot(x, y, 10, fill="tint2")
            last = at == len(places) - 1
            draw.dot(x, y, radius, fill="bar" if last else "ground", edge="bar", weight=1.8)
            value, n = number(point.value, words, 2), words.readings_n.format(n=point.n) if point.n else ""
            wide = max(draw.wide(value, SMALL, 600), draw.wide(n))
            middle = min(max(x, axis.left - draw.px(12) + wide / 2), draw.width - wide / 2)
            if middle - wide / 2 > free + 4:
                high = draw.px(26 if n else 13)
                draw.box(middle - wide / 2 - 1, y - draw.px(7) - high, wide + 2, high, fill="ground")
                draw.word(middle, y - draw.px(22 if n else 10), value, weight=600, anchor=Anchor.MIDDLE)
                draw.word(middle, y - draw.px(9), n, tone="muted", anchor=Anchor.MIDDLE)
                free = middle + wide / 2
            says = words.readings_says if point.n else words.readings_says_unsaid
            told = says.format(
                label=_label(line, self.data, words),
                date=day_words(point.on, words, year=True),
                value=_value(point.value, unit, words),
                n=point.n,
            )
            rect = (x - half, y - 12, 2 * half, 24)
            draw.spot(rect, key, f"{told}. {point.note}" if point.note else told, row=row, column=at)

    def _few(self, line: ReadingLine) -> str:
        if len(line.points) >= LEAST:
            return ""
        return self.words.readings_one if len(line.points) == 1 else self.words.readings_few.format(n=len(line.points))

    def _scale(self, line: ReadingLine) -> _Scale:
        values = [point.value for point in line.points]
        if not line.name:
            values += [value for value in (self.data.baseline, self.data.target) if value is not None]
        low, high = min(values), max(values)
        span = high - low
        if span <= abs(high) * 1e-9:
            span = abs(high) * 0.2 or 1.0
            low, high = low - span / 2, high + span / 2
        if low >= 0 and low < 0.6 * high:
            low = 0.0  # near enough to nought for the axis to begin there
        step = _nice((high - low) / 3)
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        return _Scale(first * step, max(last, first + 1) * step, step)

    # -- below

    def _below(self, axis: _Axis, left: float, y: float) -> float:
        """Write the days at both ends, then a tick for each visit."""
        draw, words = self.draw, self.words
        y += draw.px(12)
        first, last = (day_words(day, words, year=True) for day in (self.begin, self.until))
        begin = left - draw.px(4)
        if self.begin == self.until:
            draw.word(min(axis.x(self.begin), draw.width - draw.wide(first) / 2), y, first, tone="muted",
                      anchor=Anchor.MIDDLE)  # fmt: skip
        else:
            used = draw.word(begin, y, first, tone="muted", room=draw.width - begin)
            if begin + used + 10 + draw.wide(last) <= draw.width:
                draw.word(draw.width, y, last, tone="muted", anchor=Anchor.END)
        for day in _months(self.begin, self.until):
            draw.line(axis.x(day), y - draw.px(20), axis.x(day), y - draw.px(16), "ctl")
        if not self.data.visits:
            return y
        y += draw.px(8)
        middle = y + draw.px(12)
        draw.word(0, draw.middle(y, draw.px(24)), words.readings_visits, tone="muted", room=left)
        draw.line(axis.left - draw.px(14), middle, draw.width, middle, "line2")
        for at, visit in enumerate(self.data.visits):
            x = axis.x(visit.on)
            draw.line(x, middle - draw.px(6), x, middle + draw.px(6), "mid", 2.0)
            told = words.readings_visit.format(date=day_words(visit.on, words, year=True))
            key = f"visit@{at}"
            draw.spot((x - 12, middle - 12, 24, 24), key, told, visit.visit_id, row=len(self.lines), column=at)
        return y + draw.px(26)

    def _feet(self) -> list[tuple[str, str]]:
        words = self.words
        points = [point for line in self.lines for point in line.points]
        said = [point.n for point in points if point.n is not None]
        made: list[tuple[str, str]] = []
        counts = []
        if said:
            same = min(said) == max(said)
            counts.append(
                words.readings_n.format(n=said[0]) if same else words.readings_ns.format(low=min(said), high=max(said))
            )
        if len(said) < len(points):
            counts.append(words.readings_n_unsaid.format(count=len(points) - len(said), of=len(points)))
        made.append(("muted", " · ".join(counts)))
        lows = [low for low in (self._scale(line).low for line in self.lines) if low > 0]
        if lows and len(self.lines) > 1:
            made.append(("muted", words.readings_axes))
        elif lows:
            made.append(("muted", words.readings_axis.format(low=number(lows[0], words, 3))))
        hidden = sum(1 for line in self.data.lines if line.points) - len(self.lines)
        if hidden:
            made.append(("muted", words.readings_more.format(count=hidden)))
        if self.data.is_sequence:
            made.append(("ink", words.readings_sequence))
        return made

    def _alt(self) -> str:
        feet = [text if text.endswith(".") else f"{text}." for _tone, text in self._feet()]
        return " ".join((f"{self.data.title}.", *(f"{spot.says}." for spot in self.draw.spots[:60]), *feet))


def _label(line: ReadingLine, data: GoalReadings, words: ChartWords) -> str:
    return line.name or data.measure or words.readings_own


def _value(value: float, unit: str, words: ChartWords) -> str:
    told = number(value, words, 2)
    return f"{told} {unit}" if unit else told


def _target(data: GoalReadings, words: ChartWords) -> str:
    value = _value(data.target or 0.0, data.unit, words)
    if data.due is None:
        return words.readings_target.format(value=value)
    return words.readings_target_due.format(value=value, date=day_words(data.due, words, year=True))


def _nice(step: float) -> float:
    power = 10.0 ** math.floor(math.log10(step))
    return next(nice * power for nice in _NICE if nice * power >= step * (1 - 1e-9))


def _months(begin: date, until: date) -> list[date]:
    """Return the first of each month in between; quarters and years where months are too many."""
    days = (until - begin).days
    every = 1 if days < 400 else 3 if days < 1500 else 12
    made: list[date] = []
    at = begin.replace(day=1)
    while len(made) < 60:
        at = (at + timedelta(days=32)).replace(day=1)
        if at >= until:
            return made
        if (at.month - 1) % every == 0:
            made.append(at)
    return made
