"""Every visit by every item: words in cells where they fit, levels as figures or as filled heights where they do not.

Only the columns that are seen are made, so that four hundred visits cost no more than a page of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from observe_app.domain.compare.marks import Measure, Origin
from observe_app.services.charts.drawing import BODY, SMALL, TEXT, Drawing, nothing
from observe_app.services.charts.figures import (
    MS_BASES,
    SHARES,
    base_line,
    date_of,
    label_of,
    legend,
    local,
    says,
    spans_years,
    value_words,
)
from observe_app.services.charts.picture import Anchor, Columns, Picture, Table

if TYPE_CHECKING:
    from observe_app.domain.compare.marks import Mark, Series, Term, TermVisit
    from observe_app.services.charts.picture import Cell, Ruler, Size
    from observe_app.services.charts.words import ChartWords

_PITCH = 36.0
_CELL = 34.0
_HEAD = 34.0
_WORDS = 62.0
_SHORT = 36.0
_TINY = 12.0
_WIDEST = 110.0
_LABEL_SHARE = 0.36
_TONES = ("h1", "h2", "h3", "h4")
_ON = {"h1": "on_h12", "h2": "on_h12", "h3": "on_h34", "h4": "on_h34"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One item over all people: its lines, and a mark for each visit that has one."""

    key: str
    series: Series
    marks: dict[str, tuple[Series, Mark]]

    @property
    def greatest(self) -> float:
        """The greatest value of the row, 0.0 where there is none."""
        return max((abs(mark.value) for _s, mark in self.marks.values() if mark.value is not None), default=0.0)


@dataclass(frozen=True, slots=True)
class HeatData:
    """A term with what every picture of its map asks for, worked out once.

    Attributes:
        rows: those that are drawn. every: all of them; the widest label makes the room for each.
    """

    term: Term
    rows: tuple[_Row, ...]
    every: tuple[_Row, ...]
    greatest: dict[str, float]

    def top(self, rows: int) -> HeatData:
        """Return the first rows alone, at the same places: what is seen before the others are drawn."""
        return replace(self, rows=self.rows[:rows])


def heat_data(term: Term) -> HeatData:
    """Return a term ready for its map; best made where nobody waits, for it looks at every mark."""
    rows = heat_rows(term)
    return HeatData(term, rows, rows, {row.key: row.greatest for row in rows})


def heat_rows(term: Term) -> tuple[_Row, ...]:
    """Return the rows: the lines of several people that are of the same thing share one."""
    found: dict[tuple[str, Measure], _Row] = {}
    for series in term.series:
        row = found.setdefault((series.key, series.measure), _Row(f"{series.key}/{series.measure}", series, {}))
        row.marks.update({mark.visit_id: (series, mark) for mark in series.marks})
    return tuple(found.values())


def heat_map(of: Term | HeatData, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the map from column `size.first` on; `columns` says which visits are in it."""
    data = of if isinstance(of, HeatData) else heat_data(of)
    if not data.rows or not data.term.visits:
        return nothing(size, ruler, words, words.heat_title)
    return _Heat(data, Drawing(size, ruler, words)).picture()


def heat_table(data: Term, words: ChartWords) -> Table:
    """Return all visits by all items in words, a visit a row."""
    rows = heat_rows(data)
    several = len({visit.teacher_id for visit in data.visits}) > 1
    header = (words.column_date, *((words.column_person,) if several else ()), words.column_observer)
    made: list[tuple[Cell, ...]] = []
    for visit in data.visits:
        day = f"{local(visit.start, visit.zone):%Y-%m-%d}" if visit.start is not None else words.no_date
        cells: list[Cell] = [day, *((visit.teacher,) if several else ()), visit.observer]
        for row in rows:
            found = row.marks.get(visit.id)
            cells.append(value_words(*found, words) if found is not None else words.not_on_form)
        made.append(tuple(cells))
    return Table((*header, *(_label(row.series, words) for row in rows)), tuple(made))


def _label(series: Series, words: ChartWords) -> str:
    base = base_line(series, words)
    return f"{label_of(series, words)} ({base})" if base else label_of(series, words)


class _Heat:
    def __init__(self, of: HeatData, drawing: Drawing) -> None:
        data, self.rows, self.every = of.term, of.rows, of.every
        self.data = data
        self.draw, self.words, self.greatest = drawing, drawing.words, of.greatest
        draw = self.draw
        names = (*(label_of(row.series, self.words) for row in of.every), self.words.column_item)
        widest = max(draw.wide(name, BODY, 600) for name in names)
        self.left = min(widest + 14, draw.width * _LABEL_SHARE)
        self.room = draw.width - self.left
        self.year = spans_years(data.visits)
        self.column, self.mode = self._mode()
        total = len(data.visits)
        fits = max(int(self.room / self.column + 1e-6), 1)
        first = min(max(draw.size.first, 0), max(total - fits, 0))
        self.columns = Columns(first, min(fits, total), total)
        self.shown = data.visits[first : first + fits]
        self.several = len({visit.teacher_id for visit in data.visits}) > 1

    def _mode(self) -> tuple[float, str]:
        """Return width and kind of the columns: the kind that says most and still shows every visit."""
        count = len(self.data.visits)
        width, mode = self.draw.px(_TINY), "tiny"
        for least, mode in ((_WORDS, "words"), (_SHORT, "short"), (_TINY, "tiny")):
            width = self.draw.px(least)
            if width * count <= self.room or mode == "tiny":
                break
        return min(max(self.room / count, width), self.draw.px(_WIDEST)), mode

    def picture(self) -> Picture:
        draw, words = self.draw, self.words
        top = self._head()
        pitch = draw.px(_PITCH)
        section = ""
        several_sections = len({row.series.section for row in self.every}) > 1
        for at, row in enumerate(self.rows):
            if several_sections and row.series.section != section:
                section = row.series.section
                draw.word(0, top + draw.px(20), section, tone="muted", weight=600, room=draw.width)
                top += draw.px(28 if section else 10)
            self._row(at, row, top)
            top += pitch
        shapes = legend((mark.origin for row in self.rows for _s, mark in row.marks.values()), words)
        if shapes:
            draw.word(0, top + draw.px(16), shapes, tone="muted", room=draw.width)
            top += draw.px(22)
        shown = ""
        if self.columns.shown < self.columns.total:
            last = self.columns.first + self.columns.shown
            shown = words.heat_shown.format(first=self.columns.first + 1, last=last)
        alt = words.heat_alt.format(items=len(self.every), visits=len(self.data.visits), shown=shown)
        return draw.done(top, words.heat_title, alt, partial(heat_table, self.data, words), self.columns)

    # -- head

    def _head(self) -> float:
        """Write the names of the columns over a rule; return where the rows begin."""
        draw, words = self.draw, self.words
        top = draw.px(20) if self.several else 0.0
        if self.several:
            self._people(draw.px(14))
        base = top + draw.px(18)
        draw.word(0, base, words.column_item, tone="muted", size=TEXT, weight=600, room=self.left - 8)
        free = self.left
        names = [date_of(visit, words, year=self.year) for visit in self.shown]
        gap = draw.px(10)
        # the newest date is always there: who looks for it looks at the end
        until = draw.width - draw.wide(names[-1], TEXT, 600) - gap
        for index, visit in enumerate(self.shown):
            middle = self.left + (index + 0.5) * self.column
            date = names[index]
            newest = visit is self.data.visits[-1]
            tone, wide = ("ink" if newest else "muted"), draw.wide(date, TEXT, 600)
            x = min(max(middle, self.left + wide / 2), draw.width - wide / 2)
            if index + 1 == len(self.shown) or (x - wide / 2 >= free and x + wide / 2 <= until):
                draw.word(x, base, date, tone=tone, size=TEXT, weight=600, anchor=Anchor.MIDDLE)
                free = x + wide / 2 + gap
                if self.mode != "words":
                    draw.line(middle, base + 4, middle, top + draw.px(_HEAD) - draw.px(8), "ctl")
        rule = top + draw.px(_HEAD) - draw.px(6)
        draw.line(0, rule, draw.width, rule, "ink", 2.0)
        return rule + draw.px(6)

    def _people(self, base: float) -> None:
        """Write each person's name over that person's columns."""
        at = 0
        while at < len(self.shown):
            end = at
            while end < len(self.shown) and self.shown[end].teacher_id == self.shown[at].teacher_id:
                end += 1
            x = self.left + at * self.column
            room = (end - at) * self.column - 6
            self.draw.word(x + 2, base, self.shown[at].teacher, size=TEXT, weight=600, room=room)
            at = end

    # -- rows

    def _row(self, at: int, row: _Row, top: float) -> None:
        draw = self.draw
        cell = draw.px(_CELL)
        chosen = draw.size.chosen.split("@")[0] == row.key if draw.size.chosen else False
        if chosen:
            draw.box(0, top - 1, draw.width, cell + 2, fill="tint", radius=4)
        self._name(row, top, cell, chosen=chosen)
        for index, visit in enumerate(self.shown):
            found = row.marks.get(visit.id)
            rect = (self.left + index * self.column + 1, top, self.column - 2, cell)
            if self.mode == "tiny":
                rect = (rect[0], top, max(self.column - 1.5, 1), cell)
            self._cell(row, visit, found, rect, newest=visit is self.data.visits[-1])
            date = date_of(visit, self.words, year=True)
            says_ = says(*found, date, self.words) if found is not None else self._not_there(row, date)
            draw.spot(
                (self.left + index * self.column, top, self.column, cell),
                f"{row.key}@{visit.id}",
                f"{visit.teacher}. {says_}" if self.several else says_,
                visit.id,
                found[1].at_ms if found is not None else None,
                row=at,
                column=self.columns.first + index,
            )

    def _not_there(self, row: _Row, date: str) -> str:
        return self.words.says.format(label=label_of(row.series, self.words), date=date, value=self.words.not_on_form)

    def _name(self, row: _Row, top: float, cell: float, *, chosen: bool) -> None:
        """Write the item's label in one line or two, and the base of its figures under a short one."""
        draw = self.draw
        room = self.left - 12
        base = base_line(row.series, self.words)
        weight = 600 if chosen else 400
        label = draw.fit(label_of(row.series, self.words), room, BODY, weight)
        if label == " ".join(label_of(row.series, self.words).split()):
            second = [draw.fit(base, room)] if base else []
            first_size = BODY
            lines = [label]
        else:
            lines = draw.wrapped(label_of(row.series, self.words), room, TEXT, weight)
            first_size, second = TEXT, []
        if len(lines) + len(second) == 1:
            draw.word(0, draw.middle(top, cell, first_size), lines[0], size=first_size, weight=weight)
            return
        draw.word(0, top + cell / 2 - draw.px(2.5), lines[0], size=first_size, weight=weight)
        if second:
            draw.word(0, top + cell / 2 + draw.px(13), second[0], tone="muted", size=SMALL)
        else:
            draw.word(0, top + cell / 2 + draw.px(13), lines[1], size=first_size, weight=weight)

    def _cell(
        self,
        row: _Row,
        visit: TermVisit,
        found: tuple[Series, Mark] | None,
        rect: tuple[float, float, float, float],
        *,
        newest: bool,
    ) -> None:
        draw = self.draw
        x, y, width, height = rect
        if found is None or found[1].missing is not None:
            reach = min(3.0, width / 2 - 1)  # as long as the dash of the legend
            draw.line(x + width / 2 - reach, y + height / 2, x + width / 2 + reach, y + height / 2, "muted", 1.2)
            return
        series, mark = found
        tone = heat_tone(series, mark)
        if self.mode == "tiny":
            self._tiny(row, series, mark, rect, tone)
        else:
            self._full(row, series, mark, rect, tone, newest=newest)
        if draw.size.chosen == f"{row.key}@{visit.id}":
            draw.box(x, y, width, height, edge="ink", weight=2.0, radius=4)

    def _full(
        self,
        row: _Row,
        series: Series,
        mark: Mark,
        rect: tuple[float, float, float, float],
        tone: str,
        *,
        newest: bool,
    ) -> None:
        """Draw a cell with its words."""
        draw = self.draw
        x, y, width, height = rect
        weight = 600 if newest else 400
        if tone:
            draw.box(x, y, width, height, fill=tone, radius=3)
        else:
            draw.box(x, y, width, height, edge="line", radius=3)
            if series.measure not in SHARES and series.measure is not Measure.CHECK:
                part = abs(mark.value or 0.0) / (self.greatest[row.key] or 1.0)
                draw.box(x + 4, y + height - 7, (width - 8) * min(part, 1.0), 3, fill="mid")
        ink = _ON.get(tone, "ink")
        room = width - 6
        size, numbers = self._lettering(series, room)
        text = value_words(series, mark, self.words, short=True)
        if numbers and mark.value is not None:
            text = f"{mark.value:g}"
        elif draw.wide(text, size, weight) > room:
            size = SMALL
        if draw.wide(text, size, weight) > room and series.measure in SHARES:
            # half a figure would be another figure: shorter, or none
            text = "" if series.base in MS_BASES else f"{mark.n}/{mark.of}"
            text = text if draw.wide(text, size, weight) <= room else ""
        shown = draw.fit(text, room, size, weight)
        lift = draw.px(2) if not tone and series.measure not in SHARES else 0
        draw.word(
            x + width / 2, draw.middle(y, height, size) - lift, shown,
            tone=ink, size=size, weight=weight, anchor=Anchor.MIDDLE,
        )  # fmt: skip
        if mark.origin is Origin.IMPORTED:
            draw.dot(x + width - 6, y + 6, 2.6, edge=ink, weight=1.2)
        elif mark.origin is Origin.DERIVED:
            draw.box(x + width - 9, y + 3.5, 5.5, 5.5, edge=ink, weight=1.2)

    def _lettering(self, series: Series, room: float) -> tuple[float, bool]:
        """Return the size of a row's words, and whether its levels stand as numbers: all of them, or none."""
        levels = [word for _at, word in series.levels] if series.measure is Measure.RATING else []
        for size in (TEXT, SMALL):
            if all(self.draw.wide(word, size, 600) <= room for word in levels):
                return (size if levels or self.mode == "words" else SMALL), False
        return SMALL, True

    def _tiny(self, row: _Row, series: Series, mark: Mark, rect: tuple[float, float, float, float], tone: str) -> None:
        """Draw a cell too narrow for words: as high as its level, so that it is not told by its tone alone."""
        draw = self.draw
        x, y, width, height = rect
        part = _part(series, mark, self.greatest[row.key])
        draw.box(x, y, width, height, fill="line2")
        draw.box(x, y + height * (1 - part), width, height * part, fill=tone or "mid")
        draw.box(x, min(y + height * (1 - part), y + height - 2), width, 2, fill="bar")
        if mark.origin is Origin.IMPORTED:
            draw.dot(x + width / 2, y + 5, 2.4, edge="ink", weight=1.2)


def _part(series: Series, mark: Mark, greatest: float) -> float:
    """Return how high a narrow cell is filled, in [0, 1]."""
    if mark.value is None:
        return 1.0
    if series.measure is Measure.RATING and series.levels:
        numbers = [at for at, _word in series.levels]
        below = sum(at <= mark.value for at in numbers)
        return max(below, 0) / len(numbers)
    if series.measure in SHARES or series.measure is Measure.CHECK:
        return min(max(mark.value, 0.0), 1.0)
    return min(abs(mark.value) / greatest, 1.0) if greatest else 0.0


def heat_tone(series: Series, mark: Mark) -> str:
    """Return the token of a cell: steps of a scale and quarters of a share; "" for nought and for plain numbers."""
    if mark.value is None:
        return ""
    if series.measure is Measure.RATING and series.levels:
        numbers = [at for at, _word in series.levels]
        at = min(range(len(numbers)), key=lambda index: abs(numbers[index] - (mark.value or 0)))
        return _TONES[round(at * 3 / max(len(numbers) - 1, 1))]
    if series.measure is Measure.CHECK:
        return "h3" if mark.value else "h1"
    if series.measure in SHARES:
        return _TONES[min(int(mark.value * 4), 3)] if mark.value > 0 else ""
    return ""
