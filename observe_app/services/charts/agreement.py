"""Two sheets of one lesson laid on each other: full is both, the upper half the first, the lower half the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from observe_app.domain.compare.agree_view import Cell
from observe_app.services.charts.drawing import TEXT, Drawing, nothing
from observe_app.services.charts.figures import clock, number
from observe_app.services.charts.picture import Columns, Picture, Table

if TYPE_CHECKING:
    from observe_app.domain.compare.agree_view import CodeAgreement, SheetAgreement
    from observe_app.services.charts.picture import Cell as TableCell
    from observe_app.services.charts.picture import Ruler, Size
    from observe_app.services.charts.words import ChartWords

_MINUTE = 60_000
_ROW = 26.0
_BOX = 16.0
_LEAST = 14.0
_WIDEST = 60.0
_HEAD = 26.0
_SHORT = 1200
"""Seconds of a lesson so short that every interval is labelled, not every tenth minute."""


@dataclass(frozen=True, slots=True)
class Strip:
    """The cells of a sheet.

    Attributes:
        names: what the first and the other observer are called in "only …". visit_id: of the first, which spots open.
        decided: (code, interval in the first's count) of places the two have agreed on.
        every: show codes that nobody ticked too.
        chosen: an interval that stands out, in the first's count; None for none.
    """

    sheet: SheetAgreement
    names: tuple[str, str]
    visit_id: str = ""
    decided: frozenset[tuple[str, int]] = frozenset()
    every: bool = False
    chosen: int | None = None


def agreement_strip(data: Strip, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the strip with its legend; intervals that do not fit are scrolled to."""
    codes = _codes(data)
    if not codes or not data.sheet.intervals:
        return nothing(size, ruler, words, data.sheet.label)
    return _Agreement(data, codes, Drawing(size, ruler, words)).picture()


def _codes(data: Strip) -> list[CodeAgreement]:
    return [code for code in data.sheet.codes if data.every or code.seen]


def name_of(code: CodeAgreement) -> str:
    """Return a code as a row has it: "PQ, posing a question"."""
    return f"{code.short}, {code.label}" if code.short and code.short != code.label else code.label


def cell_words(cell: Cell, names: tuple[str, str], words: ChartWords) -> str:
    """Return what two observers say of a place, in words."""
    return {
        Cell.BOTH: words.both,
        Cell.ONLY_A: words.only.format(name=names[0]),
        Cell.ONLY_B: words.only.format(name=names[1]),
        Cell.NEITHER: words.neither,
        Cell.NOT_COMPARED: words.not_compared,
    }[cell]


def strip_table(data: Strip, words: ChartWords) -> Table:
    """Return every interval by every code of the strip."""
    codes = _codes(data)
    rows: list[tuple[TableCell, ...]] = []
    for place in range(data.sheet.intervals):
        start, end = data.sheet.span(data.sheet.first + place)
        cells = [cell_words(code.cells[place], data.names, words) for code in codes if place < len(code.cells)]
        rows.append((clock(start), clock(end), *cells))
    return Table((words.column_from, words.column_to, *(name_of(code) for code in codes)), tuple(rows))


class _Agreement:
    def __init__(self, data: Strip, codes: list[CodeAgreement], drawing: Drawing) -> None:
        self.data, self.codes, self.draw, self.words = data, codes, drawing, drawing.words
        draw = self.draw
        widest = max(draw.wide(name_of(code), TEXT) for code in codes) + 14
        self.left = min(widest, draw.width * 0.3)
        total = data.sheet.intervals
        room = draw.width - self.left
        self.step = min(max(room / total, draw.px(_LEAST)), draw.px(_WIDEST))
        fits = max(int(room / self.step + 1e-6), 1)
        first = min(max(draw.size.first, 0), max(total - fits, 0))
        self.columns = Columns(first, min(fits, total), total)

    def picture(self) -> Picture:
        draw = self.draw
        top = self._legend()
        head = top + draw.px(_HEAD)
        high = draw.px(_ROW)
        bottom = head + high * len(self.codes)
        self._chosen(top, bottom)
        self._minutes(top)
        for at, code in enumerate(self.codes):
            y = head + at * high
            draw.word(0, draw.middle(y, high, TEXT), name_of(code), size=TEXT, room=self.left - 10)
            draw.line(self.left, y + high - 1, draw.width, y + high - 1, "line2")
            for column in range(self.columns.shown):
                self._cell(at, code, self.columns.first + column, y, high)
        same = self.words.agree_same
        alt = " ".join(
            f"{name_of(code)}: {same.format(n=code.counts.both + code.counts.neither, of=code.counts.n)}."
            for code in self.codes
        )
        table = partial(strip_table, self.data, self.words)
        return draw.done(bottom + draw.px(4), self.data.sheet.label, alt, table, self.columns)

    def _legend(self) -> float:
        """Draw what full and half boxes mean, at the right where the room is; return where the strip begins."""
        draw, words = self.draw, self.words
        names = [cell_words(cell, self.data.names, words) for cell in (Cell.BOTH, Cell.ONLY_A, Cell.ONLY_B)]
        box = draw.px(18)
        gap, after = draw.px(6), draw.px(20)
        room = draw.width / 3 - box - gap - after
        shown = [draw.fit(name, max(room, 30), TEXT) for name in names]
        total = sum(draw.wide(name, TEXT) + box + gap + after for name in shown) - after
        x = max(draw.width - total, 0.0)
        for cell, name in zip((Cell.BOTH, Cell.ONLY_A, Cell.ONLY_B), shown, strict=True):
            self._box(cell, x, draw.px(5), box, draw.px(12))
            x += box + gap
            x += draw.word(x, draw.px(16), name, size=TEXT) + after
        return draw.px(28)

    def _minutes(self, top: float) -> None:
        draw = self.draw
        free = self.left
        short = self.columns.total * self.data.sheet.seconds <= _SHORT
        for column in range(self.columns.shown):
            start = self.data.sheet.span(self.data.sheet.first + self.columns.first + column)[0]
            text = number(start / _MINUTE, self.words)
            x = self.left + column * self.step
            even = start % (10 * _MINUTE) == 0 or short or column == 0
            if even and x >= free and x + draw.wide(text) <= draw.width:
                free = x + draw.word(x + 2, top + draw.px(16), text, tone="muted") + draw.px(14)

    def _chosen(self, top: float, bottom: float) -> None:
        if self.data.chosen is None:
            return
        column = self.data.chosen - self.data.sheet.first - self.columns.first
        if 0 <= column < self.columns.shown:
            self.draw.box(self.left + column * self.step, top, self.step, bottom - top, fill="tint")

    def _cell(self, at: int, code: CodeAgreement, index: int, y: float, high: float) -> None:
        draw, words = self.draw, self.words
        cell = code.cells[index] if index < len(code.cells) else Cell.NOT_COMPARED
        x = self.left + (index - self.columns.first) * self.step
        box = draw.px(_BOX)
        place = self.data.sheet.first + index
        self._box(cell, x + 1, y + (high - box) / 2, max(self.step - 3, 4), box)
        if (code.code, place) in self.data.decided:
            draw.dot(x + self.step - 5, y + 4, 2.6, fill="ink")
        start, end = self.data.sheet.span(place)
        says = words.cell_says.format(
            label=name_of(code), start=clock(start), end=clock(end), state=cell_words(cell, self.data.names, words)
        )
        rect = (x, y, self.step, high)
        draw.spot(rect, f"{code.code}@{place}", says, self.data.visit_id, start, row=at, column=index)

    def _box(self, cell: Cell, x: float, y: float, wide: float, high: float) -> None:
        draw = self.draw
        if cell is Cell.BOTH:
            draw.box(x, y, wide, high, fill="bar")
        elif cell is Cell.ONLY_A:
            draw.half(x, y, wide, high, upper=True)
        elif cell is Cell.ONLY_B:
            draw.half(x, y, wide, high, upper=False, tone="warm")
        elif cell is Cell.NOT_COMPARED:
            draw.line(x + wide / 2 - 3, y + high / 2, x + wide / 2 + 3, y + high / 2, "muted", 1.2)
