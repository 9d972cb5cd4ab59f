"""Who spoke to whom as lines over the plan: thicker for more, bent so that there and back lie side by side."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from observe_app.ui.theme import color

if TYPE_CHECKING:
    from collections.abc import Sequence

_THIN, _THICK = 1.5, 7.0
_BEND = 0.13
_FARTHEST = 36.0
_HEAD = 5.0
_ALPHA, _FAINT = 0.72, 0.16


class FlowLine:
    """One line: from a point to a point, or a short stroke to the class where `end` is None."""

    __slots__ = ("count", "end", "faint", "start", "up")

    def __init__(self, start: QRectF, end: QRectF | None, count: int, *, up: bool = True, faint: bool = False) -> None:
        """Say where the two places are drawn; `up`: the class is toward the front; `faint`: not meant now."""
        self.start, self.end, self.count, self.up, self.faint = start, end, count, up, faint


class FlowLines(QWidget):
    """Lies over the seats, takes no pointer; the tables say the same in words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lines: tuple[FlowLine, ...] = ()
        self._picture: QPixmap | None = None
        self._drawn: tuple[QPointF, QPointF] | None = None

    @property
    def lines(self) -> tuple[FlowLine, ...]:
        """What is drawn."""
        return self._lines

    def show_lines(self, lines: Sequence[FlowLine]) -> None:
        """Draw these, thin ones over thick ones."""
        self._lines = tuple(sorted(lines, key=lambda one: (not one.faint, -one.count)))
        self._picture = None
        self.update()

    def show_drawn(self, line: tuple[QPointF, QPointF] | None) -> None:
        """Draw the line that is being drawn now, None for none."""
        if line != self._drawn:
            self._drawn = line
            self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme draws in other colours."""
        if event.type() == QEvent.Type.PaletteChange:
            self._picture = None
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The seats lie elsewhere."""
        self._picture = None
        super().resizeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines as drawn last, because each press below repaints what lies over it; the one that is drawn now."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._lines:
            if self._picture is None:
                self._picture = self._drawn_lines()
            painter.drawPixmap(0, 0, self._picture)
        if self._drawn is not None:
            pen = QPen(color("accent"), 2.5)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(*self._drawn)

    def _drawn_lines(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((line.count for line in self._lines), default=1)
        for line in self._lines:
            ink = color("bar")
            ink.setAlphaF(_FAINT if line.faint else _ALPHA)
            width = _THIN + (_THICK - _THIN) * sqrt((line.count - 1) / max(1, most - 1)) if most > 1 else 2.0
            pen = QPen(ink, width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if line.end is None:
                self._paint_stroke(painter, line)
            else:
                self._paint_bow(painter, line, line.end, width)
        painter.end()
        return picture

    def _paint_stroke(self, painter: QPainter, line: FlowLine) -> None:
        way = -1 if line.up else 1
        x, y = line.start.center().x(), line.start.top() if line.up else line.start.bottom()
        painter.drawLine(QPointF(x, y), QPointF(x, y + way * max(6.0, line.start.height() * 0.24)))

    def _paint_bow(self, painter: QPainter, line: FlowLine, to: QRectF, width: float) -> None:
        start, end = line.start.center(), to.center()
        dx, dy = end.x() - start.x(), end.y() - start.y()
        length = hypot(dx, dy)
        if length < 1:
            return
        bend = min(length * _BEND, _FARTHEST)
        control = QPointF(
            min(self.width() - 4.0, max(4.0, (start.x() + end.x()) / 2 - dy / length * bend * 2)),
            min(self.height() - 4.0, max(4.0, (start.y() + end.y()) / 2 + dx / length * bend * 2)),
        )
        start = _edge(line.start, control)
        tip = _edge(to, control)
        angle = atan2(tip.y() - control.y(), tip.x() - control.x())
        head = _HEAD + width * 0.9
        neck = QPointF(tip.x() - head * 0.9 * cos(angle), tip.y() - head * 0.9 * sin(angle))
        path = QPainterPath(start)
        path.quadTo(control, neck)
        painter.drawPath(path)
        wing = QPainterPath(tip)
        for turn in (pi - 0.48, pi + 0.48):
            wing.lineTo(tip.x() + head * 1.15 * cos(angle + turn), tip.y() + head * 1.15 * sin(angle + turn))
        wing.closeSubpath()
        painter.fillPath(wing, painter.pen().color())


def _edge(seat: QRectF, toward: QPointF) -> QPointF:
    """Return where the way from the middle of a seat to a point leaves the seat."""
    middle = seat.center()
    dx, dy = toward.x() - middle.x(), toward.y() - middle.y()
    wide, high = seat.width() / 2, seat.height() / 2
    reach = min(wide / abs(dx) if dx else 1e9, high / abs(dy) if dy else 1e9, 1.0)
    return QPointF(middle.x() + dx * reach, middle.y() + dy * reach)
