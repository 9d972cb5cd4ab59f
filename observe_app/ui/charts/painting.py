"""A display list with Qt's painter: hairlines on whole device pixels, colours of the theme in force."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from observe_app.services.charts.picture import Anchor, Box, Dot, HalfBox, Line, Path, Word
from observe_app.ui.theme import color, font

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.charts.picture import Part, Picture

    Colours = Callable[[str], QColor]

_STRONG = 600
_EDGE, BEYOND = 3.0, 6.0


def chart_font(size: float, weight: int) -> QFont:
    """Return the font of a chart's words; figures have equal widths."""
    made = QFont(font("axis", weight=weight, tabular=True))
    made.setPixelSize(max(1, round(size)))
    return made


@lru_cache(maxsize=64)
def _metrics(size: int, weight: int, _family: str) -> QFontMetricsF:
    return QFontMetricsF(chart_font(size, weight))


@lru_cache(maxsize=16_384)
def _width(text: str, size: int, weight: int, family: str) -> float:
    return _metrics(size, weight, family).horizontalAdvance(text)


def screen_ruler(text: str, size: float, weight: int) -> float:
    """Return the width in pixels of a line of text as it is painted."""
    return _width(text, max(1, round(size)), _STRONG if weight >= _STRONG else 400, font("axis").family())


def ring_of(spot: QRectF, within: QRect, *, to_left: bool) -> QRectF:
    """Return where the ring of a spot runs: inside the chart, but beyond an edge where words begin at it.

    A row whose label stands at the very edge has a ring that is open there, for it would strike through a letter.
    """
    found = spot.adjusted(0.5, 0.5, -0.5, -0.5).intersected(QRectF(within).adjusted(1, 1, -1, -1))
    if spot.left() < _EDGE:
        found.setLeft(-BEYOND)
    if to_left and spot.right() > within.width() - _EDGE:
        found.setRight(within.width() + BEYOND)
    return found


def paint_picture(
    painter: QPainter,
    picture: Picture,
    *,
    ground: str = "bg",
    colours: Colours | None = None,
    seen: tuple[float, float] | None = None,
) -> None:
    """Paint a picture at (0, 0) of the painter.

    Args:
        painter: of the widget or the page.
        picture: the parts.
        ground: token of the plane it lies on, which hollow marks are filled with.
        colours: says what a token looks like, None for the theme in force.
        seen: from which height to which it shows, in px; None for all of it. A map of four hundred visits is a hundred
            screens high, and a pointer over it must not paint them all.
    """
    _Brush(painter, ground, colours or color).paint(picture, seen)


class _Brush:
    def __init__(self, painter: QPainter, ground: str, colours: Colours) -> None:
        self.painter, self.ground, self._colours = painter, ground, colours
        self._known: dict[str, QColor] = {}
        self._fonts: dict[tuple[int, int], QFont] = {}

    def paint(self, picture: Picture, seen: tuple[float, float] | None = None) -> None:
        self.painter.save()
        # Words have the direction of what they say: in a window read from the right "24 of 25" is no "of 25 24".
        self.painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for part in picture.parts:
            if seen is None or _shows(part, *seen):
                self._part(part)
        self.painter.restore()

    def _color(self, name: str) -> QColor:
        if name not in self._known:
            self._known[name] = self._colours(self.ground if name == "ground" else name)
        return self._known[name]

    def _part(self, part: Part) -> None:
        match part:
            case Word():
                self._word(part)
            case Line():
                self._line(part)
            case Box():
                self._box(part)
            case HalfBox():
                self._half(part)
            case Dot():
                self._pens(part.fill, part.edge, part.weight)
                self.painter.drawEllipse(QPointF(part.x, part.y), part.radius, part.radius)
            case Path():
                self._path(part)

    def _pens(self, fill: str, edge: str, weight: float) -> None:
        if edge:
            pen = QPen(self._color(edge), weight)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            self.painter.setPen(pen)
        else:
            self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self._color(fill) if fill else Qt.BrushStyle.NoBrush)

    def _line(self, part: Line) -> None:
        """Upright and level lines lie on whole pixels; others, and dashes, are drawn as they fall."""
        level, upright = part.y1 == part.y2, part.x1 == part.x2
        if (level or upright) and not part.dash:
            thick = max(1.0, round(part.weight))
            x, y = min(part.x1, part.x2), min(part.y1, part.y2)
            if level:
                rect = QRectF(x, round(y - thick / 2), abs(part.x2 - part.x1), thick)
            else:
                rect = QRectF(round(x - thick / 2), y, thick, abs(part.y2 - part.y1))
            self.painter.fillRect(rect, self._color(part.tone))
            return
        pen = QPen(self._color(part.tone), part.weight)
        if part.dash:
            pen.setDashPattern([length / part.weight for length in part.dash])
        self.painter.setPen(pen)
        shift = 0.5 if upright else 0.0
        start = QPointF(round(part.x1) + shift if upright else part.x1, part.y1)
        end = QPointF(round(part.x2) + shift if upright else part.x2, part.y2)
        self.painter.drawLine(start, end)

    def _box(self, part: Box) -> None:
        rect = QRectF(part.x, part.y, part.width, part.height)
        if not part.radius and not part.edge:
            self.painter.fillRect(rect, self._color(part.fill))
            return
        self._pens(part.fill, part.edge, part.weight)
        inset = part.weight / 2 if part.edge else 0.0
        rect.adjust(inset, inset, -inset, -inset)
        radius = min(part.radius, rect.width() / 2, rect.height() / 2)
        self.painter.drawRoundedRect(rect, radius, radius)

    def _half(self, part: HalfBox) -> None:
        top = part.y if part.upper else part.y + part.height / 2
        self.painter.fillRect(QRectF(part.x, top, part.width, part.height / 2), self._color(part.tone))
        self._box(Box(part.x, part.y, part.width, part.height, edge=part.tone, weight=part.weight))

    def _path(self, part: Path) -> None:
        self._pens(part.fill, part.edge, part.weight)
        points = QPolygonF([QPointF(x, y) for x, y in part.points])
        if part.closed:
            self.painter.drawPolygon(points)
        else:
            self.painter.setBrush(Qt.BrushStyle.NoBrush)
            self.painter.drawPolyline(points)

    def _word(self, part: Word) -> None:
        key = (max(1, round(part.size)), part.weight)
        if key not in self._fonts:
            self._fonts[key] = chart_font(*key)
        self.painter.setFont(self._fonts[key])
        self.painter.setPen(self._color(part.tone))
        x = part.x
        if part.anchor is not Anchor.START:
            wide = screen_ruler(part.text, part.size, part.weight)
            x -= wide if part.anchor is Anchor.END else wide / 2
        self.painter.drawText(QPointF(x, part.y), part.text)


def _shows(part: Part, top: float, bottom: float) -> bool:
    """Whether any of a part may lie between two heights; a line of text is taken for higher than it is."""
    match part:
        case Word():
            return top - 2 * part.size <= part.y <= bottom + 2 * part.size
        case Line():
            low, high, more = min(part.y1, part.y2), max(part.y1, part.y2), part.weight
        case Dot():
            low, high, more = part.y - part.radius, part.y + part.radius, part.weight
        case Path():
            heights = [y for _x, y in part.points] or [top]
            low, high, more = min(heights), max(heights), part.weight
        case _:
            low, high, more = part.y, part.y + part.height, part.weight
    return high + more >= top and low - more <= bottom
