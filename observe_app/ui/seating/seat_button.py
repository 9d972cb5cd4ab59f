"""One place of the plan as a button of its own, so that keyboard and screen reader find it too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from observe_app.ui.theme import color, font, scaled, set_focus_ring, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import CENTER, LEFT, RIGHT, draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

_RADIUS = 6
_ROOMY = 30
_NARROW = 26
_TALL = 34
_ICON = 14


class SeatKind(Enum):
    """What a button of the room stands for; a spot is where a seat could be."""

    SEAT = "seat"
    TEACHER = "teacher"
    SPOT = "spot"


@dataclass(frozen=True, slots=True)
class SeatLook:
    """What a place shows.

    Attributes:
        text: initials, or the number. number: shown small beside initials, "" otherwise.
        count: how often somebody there spoke; None shows nothing.
        empty, absent: nobody sits there; somebody is missing today.
        chosen: is the one meant now. last: spoke last. aimed: would be spoken to.
    """

    text: str = ""
    number: str = ""
    count: int | None = None
    empty: bool = False
    absent: bool = False
    chosen: bool = False
    last: bool = False
    aimed: bool = False


class SeatButton(QAbstractButton):
    """A seat, a place of the teacher, or a free spot. The room around it handles pointer and arrow keys."""

    def __init__(self, seat_id: str, kind: SeatKind, parent: QWidget) -> None:
        super().__init__(parent)
        self.seat_id = seat_id
        self.kind = kind
        self.look = SeatLook()
        self.setObjectName(f"seat_{seat_id}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        set_focus_ring(self, shown=False)

    def show_look(self, look: SeatLook) -> None:
        """Show this; the name stays."""
        if look != self.look:
            self.look = look
            self.setToolTip(plain_tip(look.text) if len(look.text) > 3 else "")
            self.update()

    def mark(self, *, chosen: bool = False, last: bool = False, aimed: bool = False) -> None:
        """Show whether the place is meant now, spoke last, would be spoken to."""
        self.show_look(replace(self.look, chosen=chosen, last=last, aimed=aimed))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The room's: a press may become a line to another seat."""
        event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The room's."""
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The room's."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The room's and the page's: they know what is typed and where the arrows lead."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Focus is painted here."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, edge, words, count, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.kind is SeatKind.SPOT:
            self._paint_spot(painter, rect)
        else:
            ink = self._paint_plane(painter, rect)
            self._paint_words(painter, rect, ink)
        if self.hasFocus():
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    # -- painting

    def _paint_spot(self, painter: QPainter, rect: QRectF) -> None:
        painter.setPen(QPen(color("ctl" if self.underMouse() or self.hasFocus() else "line"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(color("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
        if self.underMouse() or self.hasFocus():
            side = scaled(_ICON)
            at = QRectF(rect.center().x() - side / 2, rect.center().y() - side / 2, side, side)
            paint_icon(painter, at, "plus", color("muted"))

    def _paint_plane(self, painter: QPainter, rect: QRectF) -> QColor:
        look = self.look
        if look.chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("fill"))
            painter.drawRoundedRect(rect, _RADIUS, _RADIUS)
            return color("onfill")
        teacher, away = self.kind is SeatKind.TEACHER, look.empty or look.absent
        plane = "tint" if look.count else "side" if away else "field"
        if teacher:
            plane = "tint2"
        if look.aimed or self.isDown():
            plane = "tint2"
        elif self.underMouse() and self.isEnabled() and not teacher and not look.count:
            plane = "hover"
        edge = "line" if away else "mid" if look.count or teacher else "ctl"
        style = Qt.PenStyle.DashLine if away else Qt.PenStyle.SolidLine
        inset = 0.5
        pen = QPen(color(edge), 1, style)
        if look.last or look.aimed:
            pen, inset = QPen(color("accent"), 2), 1.0
        painter.setPen(pen)
        painter.setBrush(color(plane))
        painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)
        return color("muted") if away else color("ink")

    def _paint_words(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        look = self.look
        tall = rect.height() >= scaled(_TALL)
        counted = look.count if look.count and rect.width() >= (_NARROW if tall else scaled(_ROOMY)) else None
        small = ink if look.chosen else color("muted")
        inner = rect.adjusted(3, 0, -3, 0)
        if look.number and tall:
            corner = QRectF(inner.left() + 1, rect.top() + 2, inner.width(), scaled(14))
            draw_text(painter, corner, look.number, font=font("axis", tabular=True), color=small, align=LEFT)
        if counted is not None:
            face = font("axis", weight=600, tabular=True)
            room = QFontMetrics(face).horizontalAdvance(str(counted)) + 4
            ink_count = ink if look.chosen else color("accent")
            if tall:
                corner = QRectF(inner.left(), rect.top() + 2, inner.width() - 1, scaled(14))
            else:
                corner, inner = (
                    QRectF(inner.right() - room, rect.top(), room, rect.height()),
                    inner.adjusted(0, 0, -room, 0),
                )
            draw_text(painter, corner, str(counted), font=face, color=ink_count, align=RIGHT)
        beside = inner.width() - 2 * (QFontMetrics(font("axis", weight=600)).horizontalAdvance(str(counted)) + 4)
        meets = counted is not None and QFontMetrics(self._face(inner.width())).horizontalAdvance(look.text) > beside
        if tall and (look.number or meets):  # else the words stay in line with those of the seats beside it
            inner = inner.adjusted(0, scaled(9), 0, 0)
        draw_text(painter, inner, look.text, font=self._face(inner.width()), color=ink, align=CENTER)

    def _face(self, room: float) -> QFont:
        """The largest of three steps in which the words fit, the smallest where none does."""
        weight = 400 if self.look.empty or self.look.absent else 600
        face = font("axis", weight=weight, tabular=True)
        for step in ("body", "small"):
            larger = font(step, weight=weight, tabular=True)
            if (
                QFontMetrics(larger).horizontalAdvance(self.look.text) <= room
                and self.height() >= tokens().type[step].line
            ):
                return larger
        return face
