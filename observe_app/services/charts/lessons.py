"""Lessons in time, one below the other on one axis of minutes: phases, lanes of moments and stretches, pauses.

The same drawing serves one lesson, several of a term, and two beside each other, by minute or by phase.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from observe_app.services.charts.drawing import BODY, TEXT, Drawing, nothing
from observe_app.services.charts.figures import clock, number
from observe_app.services.charts.picture import Anchor, Picture, Table

if TYPE_CHECKING:
    from observe_app.services.charts.picture import Cell, Ruler, Size
    from observe_app.services.charts.words import ChartWords

_MINUTE = 60_000
_STEPS = (1, 2, 5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)
_GRID = 64.0
"""Least distance of grid lines in pixels."""
_PHASE = 22.0
_LANE = 22.0
_HEAD = 24.0
_AXIS = 20.0
_SAME_PX = 0.5
"""Marks nearer than this cover each other; a hundred thousand would be painted for nothing."""
_NEAR_MS = 1000


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a lesson, half-open, in ms of the lesson clock, with its name."""

    start_ms: int
    end_ms: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """What happened of one kind.

    Attributes:
        value: said at its right, such as "12" or "12 of 38". moments, spans: in ms of the lesson clock.
        shape: of the moments: "tick", "dot", "ring" or "triangle".
    """

    key: str
    label: str
    value: str = ""
    moments: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    shape: str = "tick"


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson.

    Attributes:
        label: date, or whose. sub: class, observer. length_ms: from its start to its end, pauses included.
        unseen: pauses and what nobody observed; hatched, and never counted.
    """

    visit_id: str
    label: str
    sub: str = ""
    length_ms: int = 0
    phases: tuple[Span, ...] = ()
    lanes: tuple[Lane, ...] = ()
    unseen: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two lessons; by_phase gives phases of the same name, in order, the same width, so that they stand together."""

    first: LessonRow
    second: LessonRow
    by_phase: bool = False


def lessons(data: tuple[LessonRow, ...], size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the lessons below one another on one axis, as long as the longest."""
    if not data:
        return nothing(size, ruler, words, words.lessons_title)
    return _Lessons(data, Drawing(size, ruler, words)).picture()


def side_by_side(data: SideBySide, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return two lessons on one axis of minutes, or phase by phase."""
    rows = (data.first, data.second)
    if not data.by_phase or not (data.first.phases and data.second.phases):
        return lessons(rows, size, ruler, words)
    return _Lessons(rows, Drawing(size, ruler, words), _phase_axis(rows)).picture()


def lessons_table(data: tuple[LessonRow, ...], words: ChartWords) -> Table:
    """Return phases, stretches and moments of the lessons, in order."""
    made: list[tuple[Cell, ...]] = []
    for row in data:
        found = [(phase.start_ms, phase.end_ms, words.phases, phase.label) for phase in row.phases]
        for lane in row.lanes:
            found += [(span.start_ms, span.end_ms, lane.label, span.label) for span in lane.spans]
            found += [(at, at, lane.label, "") for at in lane.moments]
        found += [(span.start_ms, span.end_ms, words.not_observed, span.label) for span in row.unseen]
        made += [(row.label, clock(a), clock(b) if b != a else "", what, note) for a, b, what, note in sorted(found)]
    header = (words.column_visit, words.column_from, words.column_to, words.column_what, words.column_note)
    return Table(header, tuple(made))


@dataclass(frozen=True, slots=True)
class _Axis:
    """Pieces (row, start_ms, end_ms, left share, right share) that a lesson's clock is laid on, one below another."""

    pieces: tuple[tuple[int, int, int, float, float], ...]
    phased: bool = False

    def place(self, row: int, at_ms: int) -> float:
        """Return a moment's share of the width."""
        own = [piece for piece in self.pieces if piece[0] == row]
        for _row, start, end, left, right in own:
            if at_ms < end or (_row, start, end, left, right) == own[-1]:
                inside = (min(max(at_ms, start), end) - start) / (end - start) if end > start else 0.0
                return left + (right - left) * inside
        return 0.0

    def stretches(self, row: int, start_ms: int, end_ms: int) -> list[tuple[float, float]]:
        """Return where a stretch lies, in shares of the width: one part for each piece it reaches into."""
        made: list[tuple[float, float]] = []
        for piece, start, end, left, right in self.pieces:
            low, high = max(start, start_ms), min(end, end_ms)
            if piece == row and low < high:
                wide = (right - left) / (end - start)
                made.append((left + wide * (low - start), left + wide * (high - start)))
        return made


def _minute_axis(rows: tuple[LessonRow, ...]) -> _Axis:
    longest = max(max((_end(row) for row in rows), default=0), _MINUTE)
    return _Axis(tuple((at, 0, longest, 0.0, 1.0) for at in range(len(rows))))


def _end(row: LessonRow) -> int:
    ends = [span.end_ms for span in row.phases]
    ends += [span.end_ms for lane in row.lanes for span in lane.spans]
    ends += [at for lane in row.lanes for at in lane.moments]
    return max(row.length_ms, *ends, 0) if ends else row.length_ms


def _phase_axis(rows: tuple[LessonRow, ...]) -> _Axis:
    """Lay phases of the same name and order in both on the same piece; what only one has keeps a piece of its own."""
    order = _merged([phase.label for phase in rows[0].phases], [phase.label for phase in rows[1].phases])
    lengths = [
        max(
            _length(rows[0], a) if a is not None else 0,
            _length(rows[1], b) if b is not None else 0,
            _MINUTE,
        )
        for a, b in order
    ]
    total = sum(lengths)
    pieces: list[tuple[int, int, int, float, float]] = []
    left = 0.0
    for (a, b), length in zip(order, lengths, strict=True):
        right = left + length / total
        for row, at in ((0, a), (1, b)):
            if at is not None:
                phase = rows[row].phases[at]
                # what lies between two phases is shown with the later one; nothing of a lesson falls out
                start = rows[row].phases[at - 1].end_ms if at else 0
                end = phase.end_ms if at + 1 < len(rows[row].phases) else max(phase.end_ms, _end(rows[row]))
                pieces.append((row, start, max(end, start + 1), left, right))
        left = right
    return _Axis(tuple(pieces), phased=True)


def _length(row: LessonRow, at: int) -> int:
    return row.phases[at].end_ms - row.phases[at].start_ms


def _merged(first: list[str], second: list[str]) -> list[tuple[int | None, int | None]]:
    """Return pairs of places of the longest common order of names; unpaired ones in between."""
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for a in reversed(range(len(first))):
        for b in reversed(range(len(second))):
            same = first[a].casefold() == second[b].casefold()
            best[a][b] = best[a + 1][b + 1] + 1 if same else max(best[a + 1][b], best[a][b + 1])
    made: list[tuple[int | None, int | None]] = []
    a = b = 0
    while a < len(first) or b < len(second):
        if a < len(first) and b < len(second) and first[a].casefold() == second[b].casefold():
            made.append((a, b))
            a, b = a + 1, b + 1
        elif b >= len(second) or (a < len(first) and best[a + 1][b] >= best[a][b + 1]):
            made.append((a, None))
            a += 1
        else:
            made.append((None, b))
            b += 1
    return made


class _Lessons:
    def __init__(self, rows: tuple[LessonRow, ...], drawing: Drawing, axis: _Axis | None = None) -> None:
        self.rows, self.draw, self.words = rows, drawing, drawing.words
        self.axis = axis or _minute_axis(rows)
        draw = self.draw
        labels = [lane.label for row in rows for lane in row.lanes] + [self.words.phases]
        values = [lane.value for row in rows for lane in row.lanes if lane.value]
        self.label = min(max(draw.wide(one, TEXT) for one in labels) + 12, draw.width * 0.28)
        self.value = min(
            max((draw.wide(one) for one in values), default=0.0) + (12 if values else 0), draw.width * 0.14
        )
        self.left = self.label + self.value
        self.right = draw.width - draw.px(12)
        self.count = 0

    def picture(self) -> Picture:
        draw, words = self.draw, self.words
        top = 0.0
        for at, row in enumerate(self.rows):
            top = self._lesson(at, row, top) + draw.px(14)
        alt = " ".join(
            f"{row.label}: {', '.join(phase.label for phase in row.phases)}." if row.phases else f"{row.label}."
            for row in self.rows
        )
        return draw.done(top, words.lessons_title, alt, partial(lessons_table, self.rows, words))

    def _x(self, at: int, ms: int) -> float:
        return self.left + (self.right - self.left) * self.axis.place(at, ms)

    def _parts(self, at: int, span: Span) -> list[tuple[float, float]]:
        wide = self.right - self.left
        return [
            (self.left + wide * left, self.left + wide * right)
            for left, right in self.axis.stretches(at, span.start_ms, span.end_ms)
        ]

    def _lesson(self, at: int, row: LessonRow, top: float) -> float:
        draw = self.draw
        used = draw.word(0, top + draw.px(15), row.label, size=BODY, weight=600, room=draw.width)
        if row.sub:
            draw.word(used + 10, top + draw.px(15), row.sub, tone="muted", room=draw.width - used - 10)
        top += draw.px(_HEAD)
        bottom = top + (draw.px(_PHASE + 4) if row.phases else 0) + draw.px(_LANE) * max(len(row.lanes), 0)
        self._grid(at, top, bottom)
        self._unseen(at, row, top, bottom)
        if row.phases:
            self._phases(at, row, top)
            top += draw.px(_PHASE + 4)
        for lane in row.lanes:
            self._lane(at, row, lane, top)
            top += draw.px(_LANE)
        return bottom + draw.px(_AXIS)

    def _grid(self, at: int, top: float, bottom: float) -> None:
        """Draw minutes over the whole width; phase by phase they are written at the beginnings instead."""
        draw = self.draw
        if self.axis.phased:
            self._phase_grid(at, top, bottom)
            return
        longest = self.axis.pieces[at][2] / _MINUTE
        fits = max((self.right - self.left) / draw.px(_GRID), 1)
        step = next((step for step in _STEPS if longest / step <= fits), longest)
        minute = 0.0
        while minute <= longest + 1e-9:
            x = self._x(at, round(minute * _MINUTE))
            draw.line(x, top, x, bottom, "line2")
            last = minute + step > longest + 1e-9
            text = number(minute, self.words)
            shown = self.words.minutes_axis.format(n=text) if last else text
            x = min(x, draw.width - draw.wide(shown) / 2)
            draw.word(x, bottom + draw.px(14), shown, tone="muted", anchor=Anchor.MIDDLE)
            minute += step
        draw.line(self.left, bottom, self.right, bottom, "line")

    def _phase_grid(self, at: int, top: float, bottom: float) -> None:
        draw = self.draw
        free = self.left
        for row, start, _end_ms, left, _right in self.axis.pieces:
            x = self.left + (self.right - self.left) * left
            draw.line(x, top, x, bottom, "line2")
            text = clock(start)
            if row == at and x >= free - 1 and x + draw.wide(text) <= draw.width:
                free = x + draw.word(x, bottom + draw.px(14), text, tone="muted") + 8
        draw.line(self.left, bottom, self.right, bottom, "line")

    def _unseen(self, at: int, row: LessonRow, top: float, bottom: float) -> None:
        """Hatch what nobody observed, after the end of a shorter lesson nothing is drawn at all."""
        for span in row.unseen:
            for left, right in self._parts(at, span):
                self.draw.box(left, top, right - left, bottom - top, fill="line2")
                x = left + 3
                while x < right:
                    self.draw.line(x, top, x, bottom, "line", 1.0, (2.0, 3.0))
                    x += 5
            says = self.words.stretch_says.format(
                label=span.label or self.words.not_observed, start=clock(span.start_ms), end=clock(span.end_ms)
            )
            for left, right in self._parts(at, span)[:1]:
                self._spot(row, (left, top, max(right - left, 8), bottom - top), says, span.start_ms)

    def _phases(self, at: int, row: LessonRow, top: float) -> None:
        draw = self.draw
        high = draw.px(_PHASE)
        draw.word(0, draw.middle(top, high, TEXT), self.words.phases, tone="muted", size=TEXT, room=self.label - 8)
        for index, phase in enumerate(row.phases):
            left, right = next(iter(self._parts(at, phase)), (self._x(at, phase.start_ms),) * 2)
            draw.box(left, top, max(right - left - 1.5, 1), high, fill="tint" if index % 2 else "tint2", radius=2)
            room = right - left - 10
            shown = draw.fit(phase.label, room)
            if len(shown) > 1:
                draw.word(left + 5, draw.middle(top, high), shown)
            says = self.words.stretch_says.format(
                label=phase.label, start=clock(phase.start_ms), end=clock(phase.end_ms)
            )
            self._spot(row, (left, top, right - left, high), says, phase.start_ms)

    def _lane(self, at: int, row: LessonRow, lane: Lane, top: float) -> None:
        draw = self.draw
        high = draw.px(_LANE)
        draw.word(0, draw.middle(top, high, TEXT), lane.label, size=TEXT, room=self.label - 8)
        draw.word(
            self.left - 10, draw.middle(top, high), lane.value, tone="muted", anchor=Anchor.END, room=self.value - 2
        )
        if lane is not row.lanes[-1]:
            draw.line(self.left, top + high - 1, self._x(at, _end(row)), top + high - 1, "line2")
        for span in lane.spans:
            parts = self._parts(at, span)
            for left, right in parts:
                draw.box(left, top + high * 0.25, max(right - left - 1, 1.5), high * 0.5, fill="bar")
            says = self.words.stretch_says.format(
                label=span.label or lane.label, start=clock(span.start_ms), end=clock(span.end_ms)
            )
            for left, right in parts[:1]:
                self._spot(row, (left, top, max(right - left, 6), high), says, span.start_ms)
        last, drawn = -_NEAR_MS, -_SAME_PX
        for ms in lane.moments:
            x = self._x(at, ms)
            if abs(x - drawn) >= _SAME_PX:
                drawn = x
                self._mark(x, top + high / 2, lane.shape)
            if ms - last < _NEAR_MS:
                continue
            last = ms
            says = self.words.moment_says.format(label=lane.label, time=clock(ms))
            self._spot(row, (x - 6, top, 12, high), says, ms)

    def _mark(self, x: float, y: float, shape: str) -> None:
        draw = self.draw
        if shape == "dot":
            draw.dot(x, y, 3.2, fill="bar")
        elif shape == "ring":
            draw.dot(x, y, 3.2, fill="ground", edge="bar", weight=1.5)
        elif shape == "triangle":
            draw.path(((x - 4, y + 3.5), (x + 4, y + 3.5), (x, y - 4)), fill="warm", closed=True)
        else:
            draw.box(x - 0.8, y - 6, 1.6, 12, fill="bar")

    def _spot(self, row: LessonRow, rect: tuple[float, float, float, float], says: str, at_ms: int) -> None:
        self.count += 1
        self.draw.spot(rect, f"{row.visit_id}@{at_ms}#{self.count}", f"{row.label}. {says}", row.visit_id, at_ms)


def shortened(row: LessonRow, lanes: int) -> LessonRow:
    """Return the lesson with its first lanes only: many lessons below one another show less of each."""
    return replace(row, lanes=row.lanes[:lanes])
