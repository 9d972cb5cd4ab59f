"""Pieces that a page is made of: padded panels, columns, drawings. All of them can split."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable, KeepTogether
from reportlab.platypus.doctemplate import FrameActionFlowable

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from observe_app.services.pdf.layout.canvas import MarkedCanvas
    from observe_app.services.pdf.structure import Node

ENDLESS = 0xFFFFFF
"""Height offered to flowables that are asked for their own."""
_FUZZ = 0.01


class Drawn(Flowable):  # type: ignore[misc]
    """A drawing of fixed size. `paint(canvas, width, height)` draws from its lower left corner."""

    def __init__(
        self, width: float, height: float, paint: Callable[[Any, float, float], None], node: Node | None = None
    ) -> None:
        """Draw as `node`, or as decoration without one."""
        super().__init__()
        self.width, self.height, self.paint, self.node = width, height, paint, node

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the fixed size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw it and tell the structure where it lies."""
        canvas: MarkedCanvas = self.canv
        if self.node is not None and self.node.role == "Figure":
            x, y = canvas.absolutePosition(0, 0)
            self.node.box = (round(x, 2), round(y, 2), round(x + self.width, 2), round(y + self.height, 2))
        canvas.begin_mark(self.node)
        canvas.saveState()
        self.paint(canvas, self.width, self.height)
        canvas.restoreState()
        canvas.end_mark()


class Later(FrameActionFlowable):  # type: ignore[misc]
    """Flowables that are made when their turn comes: no more of a long list exists at once than a page or two show."""

    def __init__(self, parts: Iterator[list[Any]]) -> None:
        """Set the parts one after the other."""
        Flowable.__init__(self)
        self._parts = parts

    def frameAction(self, frame: Any) -> None:  # noqa: N802  (ReportLab's name)
        """Put the next part before all that follows."""
        part = next(self._parts, None)
        if part is not None:
            frame._generated_content = [*part, self]  # noqa: SLF001  (where ReportLab looks for it)


class Together(KeepTogether):  # type: ignore[misc]
    """Flowables that stay on one page where a page can hold them.

    Attributes:
        parts: the flowables; the height of the whole is only known from theirs.
    """

    def __init__(self, parts: list[Any]) -> None:
        """Hold the flowables."""
        super().__init__(parts)
        self.parts = list(parts)


def height_of(children: list[Any], width: float, canvas: Any, enough: float = ENDLESS) -> float:
    """Return the height of flowables one below the other; what lies beyond `enough` points is not asked for."""
    total = after = 0.0
    for index, child in enumerate(children):
        _width, height = child.wrapOn(canvas, width, ENDLESS)
        total += (max(after, child.getSpaceBefore()) if index else 0) + height
        if total > enough:
            break
        after = child.getSpaceAfter()
    return total


def draw_down(children: list[Any], x: float, top: float, width: float, canvas: Any) -> None:
    """Draw flowables one below the other from `top`."""
    after = 0.0
    for index, child in enumerate(children):
        _width, height = child.wrapOn(canvas, width, ENDLESS)
        top -= (max(after, child.getSpaceBefore()) if index else 0) + height
        child.drawOn(canvas, x, top)
        after = child.getSpaceAfter()


def parted(children: list[Any], width: float, room: float, canvas: Any) -> tuple[list[Any], list[Any]]:
    """Part flowables into those that fit into `room` and the rest; the one at the edge is split if it can be.

    A heading is not left behind as the last thing of the first part.
    """
    fit: list[Any] = []
    rest = list(children)
    left, after = room, 0.0
    while rest:
        child = rest[0]
        _width, height = child.wrapOn(canvas, width, ENDLESS)
        gap = max(after, child.getSpaceBefore()) if fit else 0
        if gap + height > left + _FUZZ:
            parts = child.splitOn(canvas, width, max(left - gap, 0)) if left > gap else []
            if len(parts) > 1:
                fit.append(parts[0])
                rest[:1] = parts[1:]
            break
        fit.append(rest.pop(0))
        left -= gap + height
        after = child.getSpaceAfter()
    while rest and fit and fit[-1].getKeepWithNext():
        rest.insert(0, fit.pop())
    return fit, rest


class Panel(Flowable):  # type: ignore[misc]
    """Flowables with padding (top, right, bottom, left), an optional tint and a bar at the left."""

    def __init__(
        self,
        children: list[Any],
        *,
        padding: tuple[float, float, float, float],
        fill: Any = None,
        bar: Any = None,
        bar_width: float = 3,
        radius: float = 0,
        number: int = 0,
        dashed: bool = False,
    ) -> None:
        """Hold the children; a fill is drawn with rounded corners of `radius` points.

        A number other than 0 stands in a disc between bar and words. `dashed` breaks the bar into dots.
        """
        super().__init__()
        self.children, self.padding, self.fill, self.bar = children, padding, fill, bar
        self.bar_width, self.radius, self.number, self.dashed = bar_width, radius, number, dashed

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width and the children's height."""
        top, right, bottom, left = self.padding
        self.width = width
        self.height = height_of(self.children, width - left - right, self.canv) + top + bottom
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Part it between or within children; every part is a panel of its own."""
        top, right, bottom, left = self.padding
        fit, rest = parted(self.children, width - left - right, height - top - bottom, self.canv)
        if not fit or not rest:
            return []
        return [self._like(fit, self.number), self._like(rest, 0)]

    def _like(self, children: list[Any], number: int) -> Panel:
        return Panel(
            children,
            padding=self.padding,
            fill=self.fill,
            bar=self.bar,
            bar_width=self.bar_width,
            radius=self.radius,
            number=number,
            dashed=self.dashed,
        )

    def draw(self) -> None:
        """Draw tint and bar as decoration, then the children."""
        canvas = self.canv
        top, right, _bottom, left = self.padding
        canvas.saveState()
        saving = look.saving(canvas)
        if self.fill is not None:
            canvas.setFillColor(self.fill)
            canvas.setStrokeColor(look.MUTED)
            canvas.setLineWidth(0.6)
            canvas.roundRect(0, 0, self.width, self.height, self.radius, stroke=int(saving), fill=int(not saving))
        if self.bar is not None and self.dashed:
            canvas.setFillColor(self.bar)
            size = min(self.bar_width, 2.6)
            for at in range(int(self.height / (2 * size))):
                canvas.rect(0, self.height - size * (2 * at + 1), size, size, stroke=0, fill=1)
        elif self.bar is not None:
            canvas.setFillColor(self.bar)
            canvas.rect(0, 0, min(self.bar_width, 1.4) if saving else self.bar_width, self.height, stroke=0, fill=1)
        if self.number:
            disc(canvas, 14, self.height - top - 6, self.number, 5.2)
        canvas.restoreState()
        draw_down(self.children, left, self.height - top, self.width - left - right, canvas)


class Columns(Flowable):  # type: ignore[misc]
    """Columns of equal width that start together and run on to the next page each by itself."""

    def __init__(self, columns: list[list[Any]], gutter: float) -> None:
        """Set the columns side by side, `gutter` points apart."""
        super().__init__()
        self.columns, self.gutter = columns, gutter

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the whole width and the highest column's height."""
        self.width = width
        one = self._one(width)
        self.height = max((height_of(column, one, self.canv) for column in self.columns), default=0.0)
        return self.width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """Part every column at this height."""
        one = self._one(width)
        halves = [parted(column, one, height, self.canv) for column in self.columns]
        # a column that cannot begin here must not begin on the next page beside the other's continuation
        if any(not fit and rest for fit, rest in halves) or not any(rest for _fit, rest in halves):
            return []
        return [
            Columns([fit for fit, _rest in halves], self.gutter),
            Columns([rest for _fit, rest in halves], self.gutter),
        ]

    def draw(self) -> None:
        """Draw the columns, the left one first."""
        one = self._one(self.width)
        for index, column in enumerate(self.columns):
            draw_down(column, index * (one + self.gutter), self.height, one, self.canv)

    def _one(self, width: float) -> float:
        count = max(len(self.columns), 1)
        return (width - self.gutter * (count - 1)) / count


def sign(kind: str, colour: Any) -> Callable[[Any, float, float], None]:
    """Return what draws the round sign of a heading: "plus", "arrow" or "question"."""

    def paint(canvas: Any, _width: float, height: float) -> None:
        x = y = height / 2
        saving = look.saving(canvas)
        canvas.setFillColor(colour)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(1.1)
        canvas.circle(x, y, height / 2 - 0.6 * saving, stroke=int(saving), fill=int(not saving))
        if not saving:
            canvas.setStrokeColor(look.WHITE)
            canvas.setFillColor(look.WHITE)
        canvas.setLineWidth(1.6)
        if kind == "question":
            path = canvas.beginPath()
            path.moveTo(x - 2.6, y + 1.6)
            path.curveTo(x - 2.6, y + 5, x + 2.8, y + 4.8, x + 2.6, y + 1.8)
            path.curveTo(x + 2.5, y + 0.2, x, y + 0.2, x, y - 1.5)
            canvas.drawPath(path, stroke=1, fill=0)
            canvas.circle(x, y - 4, 1, stroke=0, fill=1)
            return
        canvas.line(x - 3.5, y, x + 3.5, y)
        if kind == "plus":
            canvas.line(x, y - 3.5, x, y + 3.5)
        else:
            canvas.line(x + 0.6, y + 3, x + 3.5, y)
            canvas.line(x + 0.6, y - 3, x + 3.5, y)

    return paint


def number_disc(number: int, radius: float = 6) -> Callable[[Any, float, float], None]:
    """Return what draws a number in a dark disc at the top left."""

    def paint(canvas: Any, _width: float, height: float) -> None:
        disc(canvas, radius, height - radius, number, radius)

    return paint


def disc(canvas: Any, x: float, y: float, number: int, radius: float = 6) -> None:
    """Draw a number in a dark disc around (x, y), in a ring where ink is saved."""
    saving = look.saving(canvas)
    canvas.setFillColor(look.INK)
    canvas.setStrokeColor(look.INK)
    canvas.setLineWidth(0.9)
    canvas.circle(x, y, radius - 0.4 * saving, stroke=int(saving), fill=int(not saving))
    canvas.setFillColor(look.INK if saving else look.WHITE)
    size = 7.6 if number < 100 else 6
    canvas.setFont(fonts.SEMIBOLD, size)
    canvas.drawCentredString(x, y - size * 0.34, str(number))


CLAIM_SIGN = 11.0
"""Side of the square that carries a claim's number."""


def claim_sign(canvas: Any, x: float, y: float, number: int) -> None:
    """Draw a claim's number in a square whose lower left corner is (x, y); moments have discs."""
    canvas.saveState()
    canvas.setStrokeColor(look.ACCENT)
    canvas.setFillColor(look.ACCENT)
    canvas.setLineWidth(0.8)
    canvas.roundRect(x, y, CLAIM_SIGN, CLAIM_SIGN, 2.2, stroke=1, fill=0)
    size = 7.4 if number < 100 else 5.6
    canvas.setFont(fonts.SEMIBOLD, size)
    canvas.drawCentredString(x + CLAIM_SIGN / 2, y + CLAIM_SIGN / 2 - size * 0.34, str(number))
    canvas.restoreState()


class Placed(Flowable):  # type: ignore[misc]
    """A flowable that links lead to, with an entry of the outline or a claim's sign where it has one."""

    def __init__(
        self, child: Any, place: str, *, title: str = "", level: int = 0, number: int = 0, node: Node | None = None
    ) -> None:
        """Name the top of `child` `place`; a `title` enters the outline, a `number` hangs left of the first line.

        `node` is what the number is read as.
        """
        super().__init__()
        # Its own from now on: ReportLab writes 0 here before it parts what is higher than a page, and asks again.
        self.keepWithNext = child.getKeepWithNext()
        self.child, self.place, self.title, self.level, self.number, self.node = (
            child,
            place,
            title,
            level,
            number,
            node,
        )

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Take what the child takes."""
        self.width, self.height = self.child.wrapOn(self.canv, width, height)
        return self.width, self.height

    def minWidth(self) -> float:  # noqa: N802  (ReportLab's name)
        """Return what the child needs at least."""
        least: float = self.child.minWidth()
        return least

    def getSpaceBefore(self) -> float:  # noqa: N802  (ReportLab's name)
        """Keep the child's distance."""
        space: float = self.child.getSpaceBefore()
        return space

    def getSpaceAfter(self) -> float:  # noqa: N802  (ReportLab's name)
        """Keep the child's distance."""
        space: float = self.child.getSpaceAfter()
        return space

    def split(self, width: float, height: float) -> list[Any]:
        """Part the child; the place stays with its first part."""
        parts = self.child.splitOn(self.canv, width, height)
        if not parts:
            return []
        first = Placed(parts[0], self.place, title=self.title, level=self.level, number=self.number, node=self.node)
        return [first, *parts[1:]]

    def draw(self) -> None:
        """Name the place, then draw sign and child."""
        canvas: MarkedCanvas = self.canv
        canvas.place(self.place, 0, self.height + 4)
        if self.title:
            canvas.bookmark(self.title, self.level, self.place)
        if self.number:
            canvas.begin_mark(self.node)
            claim_sign(canvas, -CLAIM_SIGN - 5, self.height - CLAIM_SIGN - 1.6, self.number)
            canvas.end_mark()
        self.child.drawOn(canvas, 0, 0)
