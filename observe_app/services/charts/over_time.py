"""One line of marks over a term: levels labelled, visits on true time, gaps where nothing was observed.

A thin line joins neighbouring visits of an unbroken run, and only where the run has enough of them. What was looked
for and not seen, not looked for or not answered is a dash below the plot and never a value.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import LEAST, Measure, Origin
from observe_app.services.charts.axis import Scale, TimeAxis, scale_of, time_axis
from observe_app.services.charts.drawing import BODY, SMALL, Drawing
from observe_app.services.charts.figures import (
    SHARES,
    base_line,
    date_of,
    label_of,
    legend,
    local,
    says,
    spans_years,
    value_words,
    visits_line,
)
from observe_app.services.charts.picture import Anchor, Picture, Table

if TYPE_CHECKING:
    from observe_app.domain.compare.marks import Mark, Series, Term, TermVisit
    from observe_app.services.charts.picture import Cell, Ruler, Size
    from observe_app.services.charts.words import ChartWords

_PLOT = 50.0
_LEVEL = 16.0
"""Least distance of labelled levels."""
_DASHES = 12.0
_ROW = 16.0
_TITLE = 20.0
_BREAKS_TOLD = 2
_MANY = 16
"""More marks than these have a thinner line."""


@dataclass(frozen=True, slots=True)
class Course:
    """A line of marks with the visits of its person, which make its axis."""

    series: Series
    visits: tuple[TermVisit, ...]


def course_of(term: Term, series: Series) -> Course:
    """Return a line of a term with the visits of its person."""
    seen = {mark.visit_id for mark in series.marks}
    return Course(
        series,
        tuple(
            visit
            for visit in term.visits
            if visit.id in seen or (series.teacher_id and visit.teacher_id == series.teacher_id)
        ),
    )


def small_multiple(data: Course, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the chart of one line. In a taller room than it needs the plot stands at the bottom."""
    return _Small(data, Drawing(size, ruler, words)).picture()


def course_table(data: Course, words: ChartWords) -> Table:
    """Return every visit of a line, the missing ones with their reason."""
    by_id = {visit.id: visit for visit in data.visits}
    rows: list[tuple[Cell, ...]] = []
    for mark in data.series.marks:
        visit = by_id.get(mark.visit_id)
        start = visit.start if visit is not None else None
        there = local(start, visit.zone) if visit is not None and start is not None else None
        rows.append(
            (
                f"{there:%Y-%m-%d}" if there is not None else words.no_date,
                visit.observer if visit is not None else "",
                value_words(data.series, mark, words),
                mark.value if mark.missing is None else None,
                mark.n if mark.of else None,
                mark.of or None,
                words.origin_words(mark.origin),
            )
        )
    header = (
        words.column_date,
        words.column_observer,
        words.column_value,
        words.column_share if data.series.measure in SHARES else words.column_what,
        words.column_n,
        words.column_of,
        words.column_origin,
    )
    return Table(header, tuple(rows))


def alt_of(data: Course, words: ChartWords) -> str:
    """Return what the chart shows, in sentences."""
    series = data.series
    by_id = {visit.id: visit for visit in data.visits}
    year = spans_years(data.visits)
    told = "; ".join(
        words.alt_value.format(
            date=date_of(by_id[mark.visit_id], words, year=year), value=value_words(series, mark, words)
        )
        for mark in series.marks
        if mark.visit_id in by_id
    )
    visits = visits_line(series, words)
    if not series.enough:
        visits = f"{visits}, {words.too_few}"
    return words.alt_course.format(label=label_of(series, words), visits=visits, values=told)


class _Small:
    def __init__(self, data: Course, drawing: Drawing) -> None:
        self.data, self.draw, self.words = data, drawing, drawing.words
        self.series = data.series
        self.scale: Scale = scale_of(self.series, self.words)
        self.by_id = {visit.id: visit for visit in data.visits}
        self.year = spans_years(data.visits)
        self.marks = [mark for mark in self.series.marks if mark.visit_id in self.by_id]

    def picture(self) -> Picture:
        draw = self.draw
        title = draw.wrapped(label_of(self.series, self.words), draw.width, BODY, 600)
        feet = self._feet()
        grid = max(len(self.scale.grid) - 1, 1)
        plot = draw.px(max(_PLOT, grid * _LEVEL if grid <= 5 else _PLOT))
        below = draw.px(_DASHES) + draw.px(_ROW) * (1 + len(feet))
        natural = draw.px(_TITLE) * len(title) + draw.px(10) + plot + below + draw.px(4)
        height = max(natural, draw.size.height)
        for index, line in enumerate(title):
            draw.word(0, draw.px(14) + index * draw.px(_TITLE - 1), line, size=BODY, weight=600)
        bottom = height - below - draw.px(4)
        top = bottom - plot
        left = self._labels(top, bottom)
        axis = time_axis(self.data.visits, left + 8, draw.width - 8)
        self._grid(axis, left, top, bottom)
        self._breaks(axis, top, bottom)
        self._lines(axis, top, bottom)
        self._marks(axis, top, bottom)
        self._dates(axis, left, bottom + draw.px(_DASHES + 12))
        y = bottom + draw.px(_DASHES + 12)
        for tone, text, beside in feet:
            y += draw.px(_ROW)
            used = draw.word(0, y, text, tone=tone, weight=600 if tone == "warm" else 400, room=draw.width)
            draw.word(used, y, beside, tone="muted")
        return draw.done(
            height,
            label_of(self.series, self.words),
            alt_of(self.data, self.words),
            partial(course_table, self.data, self.words),
        )

    # -- axes

    def _labels(self, top: float, bottom: float) -> float:
        """Write the labels of the levels that have room; return where the plot begins."""
        draw = self.draw
        grid = self.scale.grid
        if not grid:
            return 0.0
        widest = max(draw.wide(label) for _at, label in grid)
        room = min(widest, draw.width * 0.46)
        last = bottom + 1000.0
        for index, (at, label) in enumerate(grid):
            y = self._y(at / self.scale.factor, top, bottom)
            keep = index in {0, len(grid) - 1} or (last - y >= draw.px(13) and y - top >= draw.px(13))
            if keep:
                draw.word(room, y + draw.px(4), label, tone="muted", anchor=Anchor.END, room=room)
                last = y
        return room + draw.px(6)

    def _grid(self, axis: TimeAxis, left: float, top: float, bottom: float) -> None:
        draw = self.draw
        for at, _label in self.scale.grid:
            y = self._y(at / self.scale.factor, top, bottom)
            draw.line(left, y, draw.width, y, "line")
        for x in axis.months:
            draw.line(x, bottom, x, bottom + 3, "ctl")
        if axis.undated is not None and axis.first is not None:
            draw.line(axis.undated, top - 4, axis.undated, bottom + 4, "line")

    def _y(self, value: float, top: float, bottom: float) -> float:
        return bottom - (bottom - top) * self.scale.place(value)

    def _dates(self, axis: TimeAxis, left: float, y: float) -> None:
        """Write the dates at both ends, and between them how many visits have a value where there is room."""
        draw, words = self.draw, self.words
        room = draw.width - left
        used_left = used_right = 0.0
        if axis.first is not None and axis.last is not None:
            first = date_of(axis.first, words, year=self.year)
            if axis.first.start == axis.last.start:
                x = min(max(axis.places[axis.first.id], left + draw.wide(first) / 2), draw.width - draw.wide(first) / 2)
                draw.word(x, y, first, tone="muted", anchor=Anchor.MIDDLE)
            else:
                used_left = draw.word(left, y, first, tone="muted", room=room / 2)
                end = axis.undated if axis.undated is not None else draw.width
                last = date_of(axis.last, words, year=self.year)
                if end - left - used_left >= draw.wide(last) + 8:
                    used_right = draw.word(end, y, last, tone="muted", anchor=Anchor.END)
        if axis.undated is not None and draw.wide(words.no_date) <= room - used_left - used_right - 16:
            draw.word(draw.width, y, words.no_date, tone="muted", anchor=Anchor.END)

    def _feet(self) -> list[tuple[str, str, str]]:
        """Return the lines under the dates as (tone, text, muted text beside it): base and count, then why not more."""
        words, series = self.words, self.series
        count = visits_line(series, words)
        base = base_line(series, words)
        if base and self.draw.wide(f"{base} · {count}") > self.draw.width:
            made = [("muted", base, ""), ("muted", count, "")]
        else:
            count = f"{base} · {count}" if base else count
            made = [("muted", count, "")]
        if not series.enough:
            together = self.draw.wide(words.too_few, SMALL, 600) + self.draw.wide(f" · {count}")
            fits = together <= self.draw.width
            made = [("warm", words.too_few, f" · {count}")] if fits else [("warm", words.too_few, ""), *made]
        broken = self._broken()
        more = f" +{len(broken) - _BREAKS_TOLD}" if len(broken) > _BREAKS_TOLD else ""
        told = [("muted", f"¦ {one}", "") for one in broken[:_BREAKS_TOLD]]
        if more:
            told[-1] = ("muted", told[-1][1], more)
        shapes = legend((mark.origin for mark in series.marks if mark.missing is None), words)
        return [*made, *([("muted", shapes, "")] if shapes else []), *told]

    def _broken(self) -> list[str]:
        """Return each interruption with its date and reason."""
        words, series = self.words, self.series
        return [
            words.broken.format(
                date=date_of(self.by_id[series.marks[at].visit_id], words, year=self.year),
                why=words.break_words(why),
            )
            for at, why in series.breaks
            if at < len(series.marks) and series.marks[at].visit_id in self.by_id
        ]

    # -- marks

    def _breaks(self, axis: TimeAxis, top: float, bottom: float) -> None:
        for at, _why in self.series.breaks:
            if not 0 < at < len(self.marks):
                continue
            before, after = (axis.places[self.marks[index].visit_id] for index in (at - 1, at))
            x = (before + after) / 2
            self.draw.line(x, top - 5, x, bottom + 5, "ctl", 1.0, (3.0, 3.0))

    def _runs(self) -> list[list[int]]:
        """Return the indices of unbroken runs."""
        cuts = {at for at, _why in self.series.breaks}
        runs: list[list[int]] = [[]]
        for index in range(len(self.marks)):
            if index in cuts and runs[-1]:
                runs.append([])
            runs[-1].append(index)
        return runs

    def _lines(self, axis: TimeAxis, top: float, bottom: float) -> None:
        if self.series.measure is Measure.CHOICE or not self.series.enough:
            return
        weight = 2.0 if len(self.marks) <= _MANY else 1.2
        for every in self._runs():
            run = [index for index in every if self._is_dated(self.marks[index], axis)]
            if sum(self._place(self.marks[index]) is not None for index in run) < LEAST:
                continue
            joined: list[tuple[float, float]] = []
            for index in run:
                value = self._place(self.marks[index])
                if value is None:
                    self.draw.path(joined, edge="mid", weight=weight)
                    joined = []
                else:
                    joined.append((axis.places[self.marks[index].visit_id], self._y(value, top, bottom)))
            self.draw.path(joined, edge="mid", weight=weight)

    @staticmethod
    def _is_dated(mark: Mark, axis: TimeAxis) -> bool:
        """Whether a visit stands on the time axis; those without a date stand behind the last one of it."""
        return axis.first is not None and (axis.undated is None or axis.places[mark.visit_id] <= axis.undated)

    def _place(self, mark: Mark) -> float | None:
        if mark.missing is not None:
            return None
        if self.scale.names:
            return float(self.scale.names.index(mark.words))
        return mark.value

    def _marks(self, axis: TimeAxis, top: float, bottom: float) -> None:
        draw, words = self.draw, self.words
        xs = sorted(axis.places.values())
        near = min((b - a for a, b in pairwise(xs) if b > a), default=99.0)
        radius = 4.0 if near >= 9 else 3.2 if near >= 6 else 2.6
        latest = max((i for i, mark in enumerate(self.marks) if self._place(mark) is not None), default=-1)
        half = max(12.0, min(near / 2, 20.0))
        for index, mark in enumerate(self.marks):
            x = axis.places[mark.visit_id]
            date = date_of(self.by_id[mark.visit_id], words, year=self.year)
            value = self._place(mark)
            if draw.size.chosen == f"{self.series.key}@{mark.visit_id}":
                at = bottom + draw.px(_DASHES) / 2 + 1 if value is None else self._y(value, top, bottom)
                draw.dot(x, at, 10, fill="tint2")
            if value is None:
                y = bottom + draw.px(_DASHES) / 2 + 1
                reach = min(3.0, max(near / 2 - 0.8, 1.0))
                draw.line(x - reach, y, x + reach, y, "muted", 1.5)
            else:
                y = self._y(value, top, bottom)
                self._mark(x, y, radius + (0.5 if index == latest else 0), mark.origin, latest=index == latest)
            draw.spot(
                (x - half, y - 12, 2 * half, 24),
                f"{self.series.key}@{mark.visit_id}",
                says(self.series, mark, date, words),
                mark.visit_id,
                mark.at_ms,
                row=0,
                column=index,
            )

    def _mark(self, x: float, y: float, radius: float, origin: Origin, *, latest: bool) -> None:
        """Draw a mark: past ones hollow, the latest full, an imported one with a ring around, a derived one square."""
        draw = self.draw
        if origin is Origin.IMPORTED:
            draw.dot(
                x,
                y,
                radius + (3.2 if radius > 3.5 else 2.2),
                fill="ground",
                edge="bar" if latest else "mid",
                weight=1.2,
            )
        if origin is Origin.DERIVED:
            fill = "bar" if latest else "ground"
            draw.box(x - radius, y - radius, 2 * radius, 2 * radius, fill, "bar" if latest else "mid", 1.8)
        elif latest:
            draw.dot(x, y, radius, fill="bar")
        else:
            draw.dot(x, y, radius, fill="ground", edge="mid", weight=1.8)
