"""What every part of a printed form is made with: its measures, boxes and rings for a pen, and the head of an item."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, Flowable

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn, Panel
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, Setting, space, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.pdf.form_document import FormDocument, PaperItem
    from observe_app.services.pdf.form_words import FormWords
    from observe_app.services.pdf.layout.styles import Sheet
    from observe_app.services.pdf.structure import Node

GUTTER = 40.0
"""Left of an item: its number and its key."""
TOP = 36.0
"""Free paper above the first page's title."""
BOX = 9.0
_ROOMY = 14.0
_HEAD_ROOM = 120.0
_LINE = 40
PEN = look.MUTED
"""Boxes and rings: dark enough to be found, lighter than what a pen writes into them."""

SHEETS = {
    name: replace(sheet, margin=46.0, foot=54.0, head=50.0, gap=10.0, band_top=0.0)
    for name, sheet in look.SHEETS.items()
}


def turned(sheet: Sheet) -> Sheet:
    """Return the sheet lying on its side."""
    return replace(sheet, width=sheet.height, height=sheet.width, margin=34.0, head=46.0, foot=50.0)


@dataclass(frozen=True, slots=True)
class FormKit(Setting):
    """The form with everything that setting it needs."""

    document: FormDocument
    own: FormWords

    @property
    def body(self) -> float:
        """Width right of the gutter."""
        return self.sheet.column - GUTTER

    def label(self, item: PaperItem, node: Node, *, large: bool = True) -> list[Any]:
        """Return label, condition and help of an item; whatever is long can split."""
        out: list[Any] = []
        if item.label.strip():
            needed = f'  <font size="7.8" color="#56636F">({self.markup(self.own.required)})</font>'
            style = "item" if large else "cell_strong"
            if len(item.label) <= CELL_LIMIT:
                markup = self.markup(item.label) + (needed if item.required else "")
                out.append(self.marked(markup, style, node.add("P")))
            else:
                out += self.paragraphs(item.label, style, node)
        if item.condition:
            out += self.paragraphs(item.condition, "only_if", node)
        return [*out, *self.paragraphs(item.help, "small", node)]


def bare(*extra: tuple[Any, ...], top: float = 0.0, bottom: float = 0.0) -> list[tuple[Any, ...]]:
    """Return the commands of a table that shows no lines of its own."""
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), top),
        ("BOTTOMPADDING", (0, 0), (-1, -1), bottom),
        *extra,
    ]


def tag(item: PaperItem, node: Node | None = None) -> Drawn:
    """Return number and key of an item, as wide as the gutter."""

    def paint(canvas: Any, _width: float, height: float) -> None:
        if not item.number:
            return
        canvas.setFillColor(look.ACCENT)
        canvas.setFont(fonts.SEMIBOLD, 9.2)
        number = str(item.number)
        canvas.drawString(0, height - 9.4, number)
        if item.key:
            keycap(canvas, max(17.0, fonts.width(number, fonts.SEMIBOLD, 9.2) + 3), height - 11.4, item.key)

    return Drawn(GUTTER, 12, paint, node)


def keycap(canvas: Any, x: float, y: float, key: str) -> None:
    """Draw a key of the keyboard with its letter, lower left corner at (x, y)."""
    wide = max(10.5, fonts.width(key, fonts.SEMIBOLD, 7) + 5)
    canvas.setStrokeColor(look.RULE)
    canvas.setLineWidth(0.7)
    canvas.roundRect(x, y, wide, 10.5, 2, stroke=1, fill=0)
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.SEMIBOLD, 7)
    canvas.drawCentredString(x + wide / 2, y + 2.8, key)


def box(canvas: Any, x: float, y: float, size: float = BOX) -> None:
    """Draw a square to tick."""
    canvas.setStrokeColor(PEN)
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, y, size, size, 1.2, stroke=1, fill=0)


def ring(canvas: Any, x: float, y: float, label: str = "", radius: float = 5.4) -> None:
    """Draw a ring to fill in, centre at (x, y), with a small number to be found again when it is typed in."""
    canvas.setStrokeColor(PEN)
    canvas.setFillColor(look.WHITE)
    canvas.setLineWidth(0.8)
    canvas.circle(x, y, radius, stroke=1, fill=1)
    if label:
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 6.6)
        canvas.drawCentredString(x, y - 2.3, label)


def box_cell(width: float, node: Node | None = None) -> Drawn:
    """Return a box in the middle of a cell."""
    return Drawn(width, _ROOMY, lambda canvas, wide, high: box(canvas, (wide - BOX) / 2, (high - BOX) / 2 + 0.5), node)


def mark(*, one: bool, label: str = "") -> Drawn:
    """Return the ring of a choice of one, or the box of a choice of any."""

    def paint(canvas: Any, _width: float, height: float) -> None:
        if one:
            ring(canvas, 5.4, height / 2, label)
        else:
            box(canvas, 1, (height - BOX) / 2)

    return Drawn(12, 12, paint)


def worded_boxes(kit: FormKit, words: tuple[str, ...], node: Node | None, *, down: bool) -> Drawn:
    """Return small boxes with a word each, below or beside one another."""
    size = 7.6
    widths = [fonts.width(word, fonts.REGULAR, size) + 12 for word in words]
    line = 11.6

    def paint(canvas: Any, _width: float, height: float) -> None:
        x, y = 0.0, height
        for word, wide in zip(words, widths, strict=True):
            at = y - line
            box(canvas, x, at + 2.4, 6.6)
            canvas.setFillColor(look.MUTED)
            canvas.setFont(fonts.REGULAR, size)
            canvas.drawString(x + 9.6, at + 3.2, kit.ink.line(word))
            if down:
                y -= line
            else:
                x += wide + 12

    total = sum(widths) + 12 * (len(words) - 1)
    return Drawn(max(widths) if down else total, line * (len(words) if down else 1), paint, node)


def absences(kit: FormKit) -> tuple[str, ...]:
    """Return the words for having no value; "not seen" means something in a lesson only."""
    own = kit.own
    if kit.document.use == "lesson":
        return own.not_seen, own.not_looked_for, own.not_applicable
    return (own.not_applicable,)


def absence_widths(kit: FormKit) -> tuple[float, ...]:
    """Return the widths of their columns."""
    return (38.0, 46.0, 26.0)[-len(absences(kit)) :]


class Lines(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """Lines to write on."""

    def __init__(self, count: int, apart: float = 22.0, left: float = 0.0) -> None:
        """Rule `count` lines, `apart` points from each other, from `left` to the right edge."""
        super().__init__()
        self.count, self.apart, self.left = count, apart, left

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width."""
        self.width, self.height = width, self.count * self.apart + 3
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[Any]:
        """Part between two lines, at least two on each side."""
        first = int((height - 3) // self.apart)
        if first < 2 or self.count - first < 2:
            return []
        return [Lines(first, self.apart, self.left), Lines(self.count - first, self.apart, self.left)]

    def draw(self) -> None:
        """Draw the lines as decoration."""
        self.canv.saveState()
        self.canv.setStrokeColor(look.TEAL)
        self.canv.setLineWidth(0.6)
        for number in range(self.count):
            y = self.height - (number + 1) * self.apart
            self.canv.line(self.left, y, self.width, y)
        self.canv.restoreState()


def cells(count: int, width: float, height: float, paint: Callable[[Any, float, float], None] | None = None) -> Drawn:
    """Return cells side by side to write in; `paint(canvas, x, width)` adds to each."""

    def draw(canvas: Any, wide: float, high: float) -> None:
        one = wide / count
        canvas.setStrokeColor(look.TEAL)
        canvas.setLineWidth(0.6)
        canvas.rect(0, 0, wide, high, stroke=1, fill=0)
        for number in range(count):
            if number:
                canvas.setStrokeColor(look.TEAL)
                canvas.line(number * one, 0, number * one, high)
            if paint is not None:
                paint(canvas, number * one, one)

    return Drawn(width, height, draw)


def long_head(item: PaperItem, said: list[Any]) -> list[Any]:
    """Return an item's head that may be longer than a page: number and key, then its words, which can split."""
    return [CondPageBreak(_HEAD_ROOM), tag(item), Panel(said, padding=(0, 0, 0, GUTTER))]


def bulk(item: PaperItem) -> int:
    """Return how much room an item's words take, in characters; a line of its own counts as so many."""
    told = (item.label, item.help, item.condition)
    return sum(len(text) + _LINE * text.strip().count("\n") for text in told)


def is_long(item: PaperItem) -> bool:
    """Whether an item's words are too many to be kept on one page with what is filled in."""
    return bulk(item) > CELL_LIMIT * 2


def beside(kit: FormKit, item: PaperItem, content: list[Any], node: Node, at: int = 0) -> Any:
    """Return an item's number and key in the gutter, and right of them what belongs to it.

    The number is read before the node's child `at`.
    """
    label = node.add("Lbl")
    node.children.insert(at, node.children.pop())
    return table([[tag(item, label), content or [space(1)]]], [GUTTER, kit.body], bare(), head=0)
