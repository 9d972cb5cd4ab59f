"""Small painting helpers shared by the kit and the pages: planes, rules, text, keycaps, dots."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter

BAR = 4  # selection bar and quotation bar


def draw_text(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    *,
    font: QFont,
    color: QColor,
    align: Qt.AlignmentFlag = LEFT,
    elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> int:
    """Draw one line, elided to the rectangle; returns the width it took in pixels."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, elide, ceil(rect.width()) + 1)
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(QRectF(rect), int(align | Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def hairline(painter: QPainter, rect: QRect, line: str = "line2", *, height: int = 1) -> None:
    """Rule along the bottom edge of a rectangle, on whole pixels."""
    painter.fillRect(QRect(rect.left(), rect.bottom() - height + 1, rect.width(), height), color(line))


def rounded(
    painter: QPainter, rect: QRectF, radius: float, *, fill: QColor | None = None, edge: QColor | None = None
) -> None:
    """Rounded plane with an optional 1 px edge inside the rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(edge, 1) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inset = 0.5 if edge is not None else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def key_cap_width(keys: str) -> int:
    """Width of a keycap in pixels; a single letter gives a square of 20."""
    return max(scaled(20), QFontMetrics(key_cap_font()).horizontalAdvance(keys) + 10)


def key_cap_font() -> QFont:
    """12/600 without the spacing of captions."""
    return font("axis", weight=600)


def paint_key_cap(
    painter: QPainter,
    rect: QRectF,
    keys: str,
    *,
    active: bool = True,
    ticked: bool = False,
    on_fill: bool = False,
) -> None:
    """Keycap: edge ``ctl`` where the key acts now, ``line`` where it is a hint; ticked is filled."""
    if on_fill:
        ground, edge, ink = None, color("onfill"), color("onfill")
    elif ticked:
        ground, edge, ink = color("fill"), color("fill"), color("onfill")
    else:
        dark = tokens().scheme.is_dark
        ground = color("hover") if dark else color("field")
        edge, ink = color("ctl" if active else "line"), color("ink" if active else "muted")
    rounded(painter, rect, tokens().size.radius_key, fill=ground, edge=edge)
    draw_text(painter, rect, keys, font=key_cap_font(), color=ink, align=CENTER)


def paint_selection(painter: QPainter, rect: QRect, *, right_to_left: bool = False) -> None:
    """Selected row: ``tint`` and a 4 px ``accent`` bar at the leading edge."""
    painter.fillRect(rect, color("tint"))
    x = rect.right() - BAR + 1 if right_to_left else rect.left()
    painter.fillRect(QRect(x, rect.top(), BAR, rect.height()), color("accent"))
    if tokens().scheme.is_contrast:
        painter.setPen(QPen(color("ink"), 1))
        painter.drawRect(rect.adjusted(0, 0, -1, -1))


def paint_inner_focus(painter: QPainter, rect: QRect, *, start: bool = True, end: bool = True) -> None:
    """Focus of rows and panels: the ring inside the edge; a cell leaves out the sides it shares with its neighbours."""
    ink = color("accent")
    painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), ink)
    painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), ink)
    if start:
        painter.fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), ink)
    if end:
        painter.fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), ink)


def paint_dot(
    painter: QPainter, center: QPointF, diameter: float, token: str, *, filled: bool, pen: float = 1.5
) -> None:
    """Filled dot (now) or ring (last, empty)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = diameter / 2
    if filled:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color(token))
    else:
        painter.setPen(QPen(color(token), pen))
        painter.setBrush(color("bg"))
        radius -= pen / 2
    painter.drawEllipse(center, radius, radius)
    painter.restore()


def paint_stage_dots(painter: QPainter, rect: QRect, done: int, count: int = 4) -> None:
    """Stages of a visit as dots on a line: ``mid`` before, a ring at stage ``done`` (0-based), small rings after."""
    step, middle = 20, rect.center().y() + 0.5
    first = rect.left() + 8.0
    painter.fillRect(QRectF(first, middle - 0.5, step * (count - 1), 1), color("line"))
    for index in range(count):
        center = QPointF(first + index * step, middle)
        if index < done:
            paint_dot(painter, center, 9, "mid", filled=True)
        elif index == done:
            paint_dot(painter, center, 12, "accent", filled=False, pen=2.5)
        else:
            paint_dot(painter, center, 8, "ctl", filled=False)
