"""The lesson as a line: phases, note ticks, starred moments, now. A click goes to that minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from observe_app.domain.event import Event, EventKind
from observe_app.domain.note_line import clock_text
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import CENTER, LEFT, RIGHT, draw_text, hairline, paint_dot

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARGIN = 24
_BAR_TOP, _BAR = 8, 16
_TICK_TOP, _TICK = 29, 6
_AXIS_TOP, _AXIS = 38, 14
_MINUTE = 60_000


class TimeStrip(QWidget):
    """56 px under the visit's header.

    Signals:
        minute_chosen: lesson time in ms that was clicked, as an object (it may pass 32 bits).
    """

    minute_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("time_strip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(tokens().size.strip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._minutes = 50
        self._now_ms: int | None = None
        self._ticks: tuple[int, ...] = ()
        self._stars: tuple[int, ...] = ()
        self._phases: tuple[tuple[int, str], ...] = ()
        self._describe()

    def set_minutes(self, minutes: int) -> None:
        """Show a lesson of this planned length."""
        self._minutes = max(1, minutes)
        self.update()

    def set_now(self, offset_ms: int | None) -> None:
        """Move the mark; it moves by whole pixels and paints only when it does."""
        before = None if self._now_ms is None else self._x(self._now_ms)
        minute = None if self._now_ms is None else self._now_ms // _MINUTE
        self._now_ms = offset_ms
        after = None if offset_ms is None else self._x(offset_ms)
        if before != after:
            self.update()
        if minute != (None if offset_ms is None else offset_ms // _MINUTE):
            self._describe()

    def set_events(self, events: Sequence[Event]) -> None:
        """Show these events."""
        shown = [event for event in events if not event.deleted]
        self._ticks = tuple(event.offset_ms for event in shown if event.kind is EventKind.NOTE and not event.starred)
        self._stars = tuple(event.offset_ms for event in shown if event.starred)
        self._phases = tuple((event.offset_ms, event.text) for event in shown if event.kind is EventKind.PHASE)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the page."""
        return QSize(600, tokens().size.strip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the minute under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.minute_chosen.emit(self._offset(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The strip has no keys of its own; the stream's arrows do the same."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """The minute under the pointer as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), clock_text(self._offset(event.pos().x())), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Segments, ticks, dots, mark, axis."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("bg"))
        self._paint_segments(painter)
        mid = color("mid")
        for x in self._places(self._ticks):
            painter.fillRect(QRect(x - 1, scaled(_TICK_TOP), 2, scaled(_TICK)), mid)
        for x in self._places(self._stars):
            paint_dot(painter, QPointF(x, scaled(_TICK_TOP) + scaled(_TICK) / 2), 9, "warm", filled=True)
        self._paint_axis(painter)
        if self._now_ms is not None:
            painter.fillRect(QRect(self._x(self._now_ms) - 1, scaled(_BAR_TOP) - 2, 2, scaled(_BAR + 14)), color("ink"))
        hairline(painter, self.rect(), "line")

    def _paint_segments(self, painter: QPainter) -> None:
        left, right = _MARGIN, self.width() - _MARGIN
        painter.fillRect(QRect(left, scaled(_BAR_TOP) + scaled(_BAR), right - left, 1), color("line"))
        now = self._now_ms or 0
        if not self._phases:
            painter.fillRect(QRect(left, scaled(_BAR_TOP), self._x(now) - left, scaled(_BAR) + 1), color("tint"))
            return
        starts = [*self._phases, (max(now, self._phases[-1][0]), "")]
        for number, (offset, name) in enumerate(self._phases):
            x, end = self._x(offset), self._x(starts[number + 1][0])
            box = QRect(x, scaled(_BAR_TOP), max(0, end - x - 1), scaled(_BAR) + 1)
            painter.fillRect(box, color("tint" if number % 2 else "tint2"))
            draw_text(painter, box.adjusted(8, 0, -4, 0), name, font=font("small"), color=color("ink"), align=LEFT)

    def _paint_axis(self, painter: QPainter) -> None:
        total = self._total_ms() // _MINUTE
        step = 5 if total <= 30 else 10 if total <= 90 else 30
        look, ink = font("axis", tabular=True), color("muted")
        room = QRectF(0, scaled(_AXIS_TOP), scaled(80), scaled(_AXIS))
        for minute in range(0, total + 1, step):
            if total - minute < step / 2 and minute != total:
                continue
            x = self._x(minute * _MINUTE)
            if minute == 0:
                room.moveLeft(x)
                draw_text(painter, room, "0", font=look, color=ink, align=LEFT)
            elif minute < total:
                room.moveLeft(x - scaled(40))
                draw_text(painter, room, str(minute), font=look, color=ink, align=CENTER)
        room.moveRight(self._x(total * _MINUTE))
        words = self.tr("{minutes} min").format(minutes=total)
        draw_text(painter, room, words, font=look, color=ink, align=RIGHT)

    def _total_ms(self) -> int:
        newest = max((self._now_ms or 0, *self._ticks[-1:], *self._stars[-1:]), default=0)
        over = newest - self._minutes * _MINUTE
        return self._minutes * _MINUTE if over <= 0 else -(-newest // (5 * _MINUTE)) * 5 * _MINUTE

    def _x(self, offset_ms: int) -> int:
        room = max(1, self.width() - 2 * _MARGIN)
        return _MARGIN + round(room * max(0, min(offset_ms, self._total_ms())) / self._total_ms())

    def _places(self, offsets: tuple[int, ...]) -> list[int]:
        """Pixels that have an event; thousands of them fall on a few hundred."""
        room, total = max(1, self.width() - 2 * _MARGIN), self._total_ms()
        return sorted({_MARGIN + round(room * max(0, min(offset, total)) / total) for offset in offsets})

    def _offset(self, x: float) -> int:
        room = max(1, self.width() - 2 * _MARGIN)
        return int(max(0.0, min(1.0, (x - _MARGIN) / room)) * self._total_ms())

    def _describe(self) -> None:
        words = self.tr("Lesson strip: {notes} notes, {stars} starred").format(
            notes=len(self._ticks) + len(self._stars), stars=len(self._stars)
        )
        self.setAccessibleName(words)
