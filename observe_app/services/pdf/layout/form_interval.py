"""Interval sheets: codes down the side, the lesson across, on a page on its side; then what the codes mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from observe_app.services.pdf.form_document import LESSON_MINUTES
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.form_room import can_be_set, room_of
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, ROWS_TOGETHER, hairlines, space, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.form_document import PaperCode, PaperItem
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node

_LEAST_COLUMN, _MOST_COLUMN = 10.6, 80.0
_LEAST_ROW, _MOST_ROW = 11.0, 22.0
_AXIS = 21.0
_SIDE = 15.0
_BETWEEN = 12.0
"""Air between two parts of the lesson on one page."""
_CATEGORY = 66.0
_NAME_SIZE = 7.8
_BLOCK_S = 600
"""Columns are grouped by ten minutes."""
_COMMENT = 20.0
_KEY_WIDTH = 30.0


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the grid: the name of a side, a code, or the level. `first` of a category writes its name."""

    kind: str
    code: str = ""
    label: str = ""
    category: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class _Strip:
    """A part of the lesson over some of the rows: columns `start` to `end`."""

    start: int
    end: int
    rows: tuple[_Row, ...]

    def least(self) -> float:
        return _AXIS + sum(_SIDE if row.kind == "side" else _LEAST_ROW for row in self.rows)

    def flexible(self) -> int:
        return sum(row.kind != "side" for row in self.rows)


class IntervalGrid(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """The grid of one page."""

    def __init__(self, kit: FormKit, item: PaperItem, strips: list[_Strip], height: float, node: Node) -> None:
        """Fill `height` points; rows grow to what a pen likes, the rest is for comments."""
        super().__init__()
        self.kit, self.item, self.strips, self.node = kit, item, strips, node
        self.height = height
        self.names = _name_width(kit, item)

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width and the height that was given."""
        self.width = width
        return self.width, self.height

    def draw(self) -> None:
        """Draw the strips from the top, then lines for comments where there is room."""
        canvas = self.canv
        x, y = canvas.absolutePosition(0, 0)
        self.node.box = (round(x, 2), round(y, 2), round(x + self.width, 2), round(y + self.height, 2))
        canvas.begin_mark(self.node)
        canvas.saveState()
        fixed = sum(strip.least() - strip.flexible() * _LEAST_ROW for strip in self.strips)
        fixed += _BETWEEN * (len(self.strips) - 1)
        rows = sum(strip.flexible() for strip in self.strips)
        row = min(_MOST_ROW, (self.height - fixed) / max(rows, 1))
        top = self.height
        for strip in self.strips:
            top = self._strip(canvas, strip, top, row) - _BETWEEN
        self._comments(canvas, top)
        canvas.restoreState()
        canvas.end_mark()

    @property
    def _left(self) -> float:
        return (_CATEGORY if _has_categories(self.item) else 0) + self.names

    def _one(self, strip: _Strip) -> float:
        return min(_MOST_COLUMN, (self.width - self._left) / max(strip.end - strip.start, 1))

    def _strip(self, canvas: Any, strip: _Strip, top: float, row_height: float) -> float:
        one = self._one(strip)
        right = self._left + one * (strip.end - strip.start)
        self._axis(canvas, strip, top, one)
        y = top - _AXIS
        for row in strip.rows:
            if row.kind == "side":
                if row is not strip.rows[0]:
                    self._line(canvas, self._left - self.names, right, y, look.MUTED, 0.8)
                y -= _SIDE
                self._line(canvas, 0, right, y, look.INK, 0.9)
                canvas.setFillColor(look.INK)
                canvas.setFont(fonts.SEMIBOLD, 9)
                canvas.drawString(0, y + 4, self._cut(row.label, fonts.SEMIBOLD, 9, right))
                continue
            y -= row_height
            self._row(canvas, row, y, row_height, right)
            self._cells(canvas, strip, y, row_height, one, row)
        self._line(canvas, 0, right, y, look.MUTED, 0.8)
        return y

    def _row(self, canvas: Any, row: _Row, y: float, high: float, right: float) -> None:
        base = y + high / 2 - 2.7
        if row.first:
            self._line(canvas, 0, right, y + high, look.MUTED, 0.7)
            canvas.setFillColor(look.MUTED)
            canvas.setFont(fonts.REGULAR, 7.4)
            canvas.drawString(0, base, self._cut(row.category, fonts.REGULAR, 7.4, _CATEGORY - 4))
        else:
            self._line(canvas, self._left - self.names, right, y + high, look.RULE, 0.5)
        x = self._left - self.names
        canvas.setFillColor(look.INK)
        canvas.setFont(fonts.SEMIBOLD, 8.4)
        code = self._cut(row.code, fonts.SEMIBOLD, 8.4, self.names - 4)
        canvas.drawString(x, base, code)
        x += max(fonts.width(code, fonts.SEMIBOLD, 8.4) + 5, _code_width(self.item))
        canvas.setFillColor(look.TEXT)
        canvas.setFont(fonts.REGULAR, _NAME_SIZE)
        canvas.drawString(x, base, self._cut(row.label, fonts.REGULAR, _NAME_SIZE, self._left - x - 4))

    def _cells(self, canvas: Any, strip: _Strip, y: float, high: float, one: float, row: _Row) -> None:
        for column in range(strip.start, strip.end + 1):
            x = self._left + one * (column - strip.start)
            whole = column * self.item.seconds % _BLOCK_S == 0 or column in (strip.start, strip.end)
            canvas.setStrokeColor(look.MUTED if whole else look.RULE)
            canvas.setLineWidth(0.8 if whole else 0.5)
            canvas.line(x, y, x, y + high)
        if row.kind == "level":
            told = " ".join(str(level.number) for level in self.item.choices)
            if fonts.width(told, fonts.REGULAR, 6.8) <= one - 3:
                canvas.setFillColor(look.MUTED)
                canvas.setFont(fonts.REGULAR, 6.8)
                for column in range(strip.end - strip.start):
                    canvas.drawCentredString(self._left + one * (column + 0.5), y + high / 2 - 2.4, told)

    def _axis(self, canvas: Any, strip: _Strip, top: float, one: float) -> None:
        """Blocks of ten minutes above, the minute at which each column begins below them."""
        seconds, y = self.item.seconds, top - _AXIS
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 7)
        canvas.drawString(self._left - self.names, y + 3, self.kit.own.interval_minutes_axis)
        free = 0.0
        for column in range(strip.start, strip.end):
            x = self._left + one * (column - strip.start)
            begun, ended = column * seconds, (column + 1) * seconds
            if begun % _BLOCK_S == 0 or column == strip.start:
                self._line(canvas, x, x, y, look.MUTED, 0.8, up=_AXIS)
                last = min(-(-ended // _BLOCK_S) * _BLOCK_S, LESSON_MINUTES * 60) if seconds < _BLOCK_S else ended
                canvas.setFillColor(look.INK)
                canvas.setFont(fonts.SEMIBOLD, 8)
                canvas.drawString(x + 3, y + 12, f"{begun // 60}–{last // 60}")
            label = f"{begun // 60}–{ended // 60}" if seconds % 60 == 0 and one >= 22 else f"{begun // 60}"
            wide = fonts.width(label, fonts.REGULAR, 6.6)
            if begun % 60 == 0 and x + one / 2 - wide / 2 >= free:
                canvas.setFillColor(look.MUTED)
                canvas.setFont(fonts.REGULAR, 6.6)
                canvas.drawCentredString(x + one / 2, y + 3, label)
                free = x + one / 2 + wide / 2 + 2
        end = self._left + one * (strip.end - strip.start)
        self._line(canvas, self._left - self.names, end, y, look.INK, 0.9)

    def _comments(self, canvas: Any, top: float) -> None:
        count = int((top - 4) // _COMMENT)
        if count < 1:
            return
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 8)
        word = self.kit.own.comments
        for number in range(count):
            y = top - 4 - _COMMENT * (number + 1) + 4
            left = fonts.width(word, fonts.REGULAR, 8) + 6 if number == 0 else 0
            if number == 0:
                canvas.drawString(0, y + 2, word)
            self._line(canvas, left, self.width, y, look.TEAL, 0.6)

    def _cut(self, text: str, face: str, size: float, room: float) -> str:
        return fonts.fitted(self.kit.ink.line(text), face, size, room)

    @staticmethod
    def _line(canvas: Any, left: float, right: float, y: float, colour: Any, thick: float, up: float = 0) -> None:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(thick)
        canvas.line(left, y, right, y + up)


def _codes(item: PaperItem) -> list[PaperCode]:
    return [code for side in item.sides for code in side.codes]


def _has_categories(item: PaperItem) -> bool:
    return any(code.category for code in _codes(item))


def _code_width(item: PaperItem) -> float:
    return max((fonts.width(code.code, fonts.SEMIBOLD, 8.4) for code in _codes(item)), default=0.0) + 6


def _name_width(kit: FormKit, item: PaperItem) -> float:
    """Return the width for codes and their meanings: what they need, within bounds."""
    needed = max(
        (fonts.width(kit.ink.line(code.label), fonts.REGULAR, _NAME_SIZE) for code in _codes(item)), default=0.0
    )
    if item.choices:
        needed = max(needed, fonts.width(kit.ink.line(_level_row(kit, item)), fonts.SEMIBOLD, 8.4) - _code_width(item))
    most = 175.0 if not _has_categories(item) else 138.0
    return max(60.0, min(_code_width(item) + needed + 8, most))


def _level_row(kit: FormKit, item: PaperItem) -> str:
    """Return what heads the row of levels: what they are levels of, where the form says it."""
    return item.level or kit.own.interval_level_row


def _rows(kit: FormKit, item: PaperItem) -> Iterator[_Row]:
    for side in item.sides:
        if side.label.strip():
            yield _Row("side", label=side.label)
        before = None
        for code in side.codes:
            yield _Row("code", code.code, code.label, code.category, bool(code.category) and code.category != before)
            before = code.category
    if item.choices:
        yield _Row("level", _level_row(kit, item), first=_has_categories(item))


def pages(kit: FormKit, item: PaperItem, node: Node, first: float, later: float) -> list[IntervalGrid]:
    """Return the grids of an item, one a page.

    Args:
        kit: with the sheet lying on its side.
        item: the interval item.
        node: what it belongs to.
        first: height that its first page has for the grid.
        later: height of the pages after it.
    """
    rows = tuple(_rows(kit, item))
    total = max(1, -(-LESSON_MINUTES * 60 // max(item.seconds, 1)))
    width = kit.sheet.column - _name_width(kit, item) - (_CATEGORY if _has_categories(item) else 0)
    bands = -(-total // max(1, int(width // _LEAST_COLUMN)))
    size = -(-total // bands)
    strips = [
        _Strip(start, min(start + size, total), part)
        for start in range(0, total, size)
        for part in _parts(rows, min(first, later) - _AXIS)
    ]
    made: list[IntervalGrid] = []
    room = first
    while strips:
        taken = [strips.pop(0)]
        used = taken[0].least()
        while strips and used + _BETWEEN + strips[0].least() <= room:
            used += _BETWEEN + strips[0].least()
            taken.append(strips.pop(0))
        made.append(IntervalGrid(kit, item, taken, room, node.add("Figure", alt=kit.ink.line(item.label))))
        room = later
    return made


def _parts(rows: tuple[_Row, ...], room: float) -> list[tuple[_Row, ...]]:
    """Return the rows in parts that fit on a page each; usually one."""
    parts: list[list[_Row]] = [[]]
    used = 0.0
    for row in rows:
        high = _SIDE if row.kind == "side" else _LEAST_ROW
        if used + high > room and parts[-1]:
            parts.append([])
            used = 0.0
        parts[-1].append(row)
        used += high
    return [tuple(part) for part in parts]


def hint(kit: FormKit, item: PaperItem) -> str:
    """Return how the sheet is filled in, in one or a few sentences."""
    own, seconds = kit.own, item.seconds
    if seconds == 60:
        said = [own.interval_minute]
    elif seconds % 60 == 0:
        said = [own.interval_minutes.format(n=seconds // 60)]
    else:
        said = [own.interval_seconds.format(n=seconds)]
    if item.look:
        said.append(own.interval_look.format(n=item.look))
    if item.choices:
        levels = ", ".join(f"{level.number} {level.label}" for level in item.choices)
        said.append(own.interval_level.format(label=_level_row(kit, item), levels=levels))
    return " ".join(said)


def code_key(kit: FormKit, item: PaperItem, node: Node) -> list[Any]:
    """Return what each code means, what it is counted as and its key, as tables."""
    own = kit.own
    part = node.add("Sect")
    story: list[Any] = [*kit.paragraphs(own.code_key.format(label=item.label), "h2", part), space(4)]
    categories, keys = _has_categories(item), any(code.key for code in _codes(item))
    widths = [_KEY_WIDTH + 26, _KEY_WIDTH if keys else 0.0, 0.0, 84.0 if categories else 0.0]
    widths[2] = kit.sheet.column - sum(widths)
    for side in item.sides:
        head = (own.code, own.key if keys else "", side.label.strip() or own.meaning, own.counted_as * categories)
        for start in range(0, len(side.codes), ROWS_TOGETHER):
            story += [*_key_table(kit, head, side.codes[start : start + ROWS_TOGETHER], widths, part), space(9)]
    for level in item.choices:
        if level.text.strip():
            story += kit.paragraphs(f"{level.number} {level.label}: {level.text}", "small", part)
    return story


def _key_table(
    kit: FormKit, head: tuple[str, ...], codes: tuple[PaperCode, ...], widths: list[float], part: Node
) -> list[Any]:
    """Return some codes as a table; as paragraphs where a row would be higher than a page."""
    listing = part.add("Table")
    heads = listing.add("THead").add("TR")
    rows: list[list[Any]] = [[kit.text(word, "th_ink", heads.add("TH", scope="Column", once=True)) for word in head]]
    body = listing.add("TBody")
    rows += [_key_row(kit, code, body.add("TR")) for code in codes]
    commands = [*hairlines(), ("TOPPADDING", (0, 0), (-1, -1), 2.2), ("BOTTOMPADDING", (0, 0), (-1, -1), 3.2)]
    made = table(rows, widths, commands)
    if can_be_set([made], kit.sheet.column, room_of(kit.sheet)):
        return [made]
    part.children.remove(listing)
    told = [head[2], *(f"{code.code}  {code.label}  {code.text}  {code.category}" for code in codes)]
    return [one for text in told for one in kit.paragraphs(text, "small", part)]


def _key_row(kit: FormKit, code: PaperCode, row: Node) -> list[Any]:
    meaning = row.add("TD")
    said: list[Any] = []
    if len(code.text) <= CELL_LIMIT:
        label = f"<b>{kit.markup(code.label)}</b>" if code.label.strip() else ""
        said = [kit.marked(f"{label}  {kit.markup(code.text)}".strip(), "descriptor", meaning.add("P"))]
    else:
        said = [kit.text(code.label, "cell_strong", meaning.add("P")), *kit.paragraphs(code.text, "small", meaning)]
    return [
        kit.text(code.code, "cell_strong", row.add("TH", scope="Row")),
        kit.text(code.key.upper(), "small", row.add("TD")),
        said,
        kit.text(code.category, "small", row.add("TD")),
    ]
