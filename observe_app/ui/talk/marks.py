"""The three kinds of claim as they look: the round marks of the PDF, their colour and their key."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from observe_app.domain.evidence import ClaimKind
from observe_app.ui.theme import color, font

KINDS: tuple[ClaimKind, ...] = (ClaimKind.STRENGTH, ClaimKind.GROWTH, ClaimKind.QUESTION)


def kind_color(kind: ClaimKind) -> QColor:
    """Colour of a kind's mark in the theme in force."""
    names = {ClaimKind.STRENGTH: "accent", ClaimKind.GROWTH: "warm", ClaimKind.QUESTION: "muted"}
    return color(names[kind])


def bar_color(kind: ClaimKind) -> QColor:
    """Colour of the bar beside a quotation."""
    names = {ClaimKind.STRENGTH: "accent", ClaimKind.GROWTH: "warm", ClaimKind.QUESTION: "mid"}
    return color(names[kind])


def kind_key(kind: ClaimKind) -> str:
    """Key that sends a note to this kind's column."""
    return {ClaimKind.STRENGTH: "S", ClaimKind.GROWTH: "G", ClaimKind.QUESTION: "Q"}[kind]


def paint_kind(painter: QPainter, rect: QRectF, kind: ClaimKind) -> None:
    """Paint a kind's round mark: plus, arrow or question mark, told apart without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(kind_color(kind))
    painter.drawEllipse(rect)
    size, center = rect.width(), rect.center()
    ink = color("bg")
    if kind is ClaimKind.QUESTION:
        face = font("small", weight=600)
        face.setPixelSize(max(8, round(size * 0.68)))
        painter.setFont(face)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "?")
    else:
        pen = QPen(ink, max(1.4, size * 0.105))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        arm = size * 0.23
        painter.drawLine(center - QPointF(arm, 0), center + QPointF(arm, 0))
        if kind is ClaimKind.STRENGTH:
            painter.drawLine(center - QPointF(0, arm), center + QPointF(0, arm))
        else:
            tip = center + QPointF(arm, 0)
            painter.drawPolyline([tip - QPointF(arm * 0.8, arm * 0.8), tip, tip - QPointF(arm * 0.8, -arm * 0.8)])
    painter.restore()


class KindMark(QWidget):
    """A kind's mark as a widget; the word beside it says the same, so it has no name of its own."""

    def __init__(self, kind: ClaimKind, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(size, size)

    def paintEvent(self, _event: object) -> None:
        """Paint the mark over the whole widget."""
        painter = QPainter(self)
        paint_kind(painter, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._kind)
        painter.end()
