"""The lesson as a line: phases, pauses, clock gaps, note ticks, starred moments, now. A click goes to that minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from observe_app.domain.note_line import clock_text
from observe_app.ui.observe.stream_model import StreamModel, gap_words, length_text
from observe_app.ui.observe.strip_marks import StripMarks
from observe_app.ui.theme import color, font, paint_icon, scaled, tokens
from observe_app.ui.widgets.paint import CENTER, LEFT, RIGHT, draw_text, hairline
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.lesson_parts import Gap, Phase

_MARGIN = 24
_BAR_TOP, _BAR = 8, 16
_TICK_TOP, _TICK = 29, 6
_AXIS_TOP, _AXIS = 38, 14
_NAME, _NAME_LEAST, _NAME_ENOUGH = 8, 24, 120  # room beside a phase's name, the least for one, and what is enough
_GAP = 5  # half of a gap's mark
_REACH = 12  # pixels either side of a gap's mark that belong to it
_STAR = 4.5  # radius of a starred moment's dot
_MINUTE = 60_000


class TimeStrip(QWidget):
    """56 px under the visit's header.

    Signals:
        minute_chosen: lesson time in ms that was clicked, as an object (it may pass 32 bits).
        gap_chosen: id of the clock gap whose mark was clicked.
    """

    minute_chosen = Signal(object)
    gap_chosen = Signal(str)

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
        self._marks = StripMarks()
        self._model: StreamModel | None = None
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
        self._marks.load(events)
        self._show()

    def follow(self, model: StreamModel) -> None:
        """Show what is in the stream from now on, each change at its own small cost."""
        self._model = model
        model.rowsInserted.connect(self._on_rows_put)
        model.rowsAboutToBeRemoved.connect(self._on_rows_taken)
        model.dataChanged.connect(self._on_rows_changed)
        model.modelReset.connect(self._on_reset)
        self._on_reset()

    def gap_at(self, x: float) -> Gap | None:
        """Return the clock gap whose mark is at this place, the nearest of several."""
        near = sorted(self._marks.gaps, key=lambda gap: abs(self._x(gap.offset_ms) - x))
        return near[0] if near and abs(self._x(near[0].offset_ms) - x) <= _REACH else None

    def sizeHint(self) -> QSize:
        """As wide as the page."""
        return QSize(600, tokens().size.strip)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the minute under the pointer; on the mark of a gap ask about that."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        gap = self._gap_under(event.position())
        if gap is not None:
            self.gap_chosen.emit(gap.event)
        else:
            self.minute_chosen.emit(self._offset(event.position().x()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The strip has no keys of its own; the stream's arrows do the same."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """What is under the pointer as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self.words_at(event.pos().x())), self)
            return True
        return super().event(event)

    def words_at(self, x: float) -> str:
        """Return what is at a place, in words: a gap, or the minute with its phase and pause."""
        gap = self.gap_at(x)
        if gap is not None:
            return f"{clock_text(gap.offset_ms)} · {gap_words(gap)}"
        offset = self._offset(x)
        within = (one for one in self._marks.phases if one.start_ms <= offset < (one.end_ms or offset + 1))
        words = [clock_text(offset), *(phase.name for phase in within)]
        for pause in self._marks.pauses:
            if pause.start_ms <= offset < self._end(pause.end_ms):
                length = length_text(self._end(pause.end_ms) - pause.start_ms)
                words.append(self.tr("paused {length}").format(length=length))
        return " · ".join(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Segments, pauses, ticks, dots, mark, gaps, axis."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("bg"))
        self._paint_segments(painter)
        self._paint_marks(painter)
        self._paint_axis(painter)
        if self._now_ms is not None:
            painter.fillRect(QRect(self._x(self._now_ms) - 1, scaled(_BAR_TOP) - 2, 2, scaled(_BAR + 14)), color("ink"))
        for gap in self._marks.gaps:
            self._paint_gap(painter, gap)
        hairline(painter, self.rect(), "line")

    def _paint_marks(self, painter: QPainter) -> None:
        """Ticks, and dots for starred moments; ticks that touch are one plane, so that thousands cost as little."""
        left, room, total = _MARGIN, self._room(), self._total_ms()
        top, height = scaled(_TICK_TOP), scaled(_TICK)
        ticks: list[QRect] = []
        start = end = -2
        for x in sorted(self._marks.places(left, room, total, starred=False)):
            if x - 1 > end + 1:
                ticks.append(QRect(start, top, end + 1 - start, height))
                start = x - 1
            end = x
        ticks.append(QRect(start, top, end + 1 - start, height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("mid"))
        painter.drawRects(ticks[1:])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("warm"))
        for x in self._marks.places(left, room, total, starred=True):
            painter.drawEllipse(QPointF(x, top + height / 2), _STAR, _STAR)
        painter.restore()

    @Slot(QModelIndex, int, int)
    def _on_rows_put(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._put(first, last)

    @Slot(QModelIndex, int, int)
    def _on_rows_taken(self, _parent: QModelIndex, first: int, last: int) -> None:
        if self._model is not None:
            for row in range(first, last + 1):
                event = self._model.event_at(row)
                if event is not None:
                    self._marks.take(event.id)
            self._show()

    @Slot(QModelIndex, QModelIndex)
    def _on_rows_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._put(first.row(), last.row())

    @Slot()
    def _on_reset(self) -> None:
        if self._model is not None:
            self.set_events(self._model.events)

    def _put(self, first: int, last: int) -> None:
        if self._model is not None:
            for row in range(first, last + 1):
                event = self._model.event_at(row)
                if event is not None:
                    self._marks.put(event)
            self._show()

    def _show(self) -> None:
        self._describe()
        self.update()

    def _paint_segments(self, painter: QPainter) -> None:
        left, right = _MARGIN, self.width() - _MARGIN
        painter.fillRect(QRect(left, scaled(_BAR_TOP) + scaled(_BAR), right - left, 1), color("line"))
        now = self._now_ms or 0
        phases = self._marks.phases
        first = phases[0].start_ms if phases else now
        top, height = scaled(_BAR_TOP), scaled(_BAR) + 1
        painter.fillRect(QRect(left, top, self._x(first) - left, height), color("tint"))
        for number, phase in enumerate(phases):
            x, end = (
                self._x(phase.start_ms),
                self._x(max(now, phase.start_ms) if phase.end_ms is None else phase.end_ms),
            )
            box = QRect(x, top, max(0, end - x - 1), height)
            painter.fillRect(box, color("tint" if number % 2 else "tint2"))
        for pause in self._marks.pauses:
            self._paint_hatch(painter, pause.start_ms, self._end(pause.end_ms), "pause")
        for phase in phases:
            self._paint_name(painter, phase)

    def _paint_name(self, painter: QPainter, phase: Phase) -> None:
        """The name within its segment, up to the next pause or gap; of a phase just begun right of the now mark."""
        look, now = font("small"), self._now_ms or 0
        left = self._x(phase.start_ms) + _NAME
        end = max(now, phase.start_ms) if phase.end_ms is None else phase.end_ms
        holes = [one.start_ms for one in self._marks.pauses]
        holes += [one.offset_ms for one in self._marks.gaps if one.counted_ms > 0 and not one.by_hand]
        right = self._x(min((hole for hole in holes if phase.start_ms < hole < end), default=end)) - _NAME
        wanted = min(QFontMetrics(look).horizontalAdvance(phase.name), scaled(_NAME_ENOUGH))
        if phase.end_ms is None and right - left < wanted:
            left, right = self._x(end) + _NAME, self.width() - _MARGIN
        if right - left >= scaled(_NAME_LEAST):
            box = QRect(left, scaled(_BAR_TOP), right - left, scaled(_BAR) + 1)
            draw_text(painter, box, phase.name, font=look, color=color("ink"), align=LEFT)

    def _paint_hatch(self, painter: QPainter, start_ms: int, end_ms: int, icon: str = "") -> None:
        """A part of the bar in which nothing of the lesson was seen."""
        x, end = self._x(start_ms), self._x(end_ms)
        box = QRect(x, scaled(_BAR_TOP), max(2, end - x), scaled(_BAR) + 1)
        painter.fillRect(box, color("bg"))
        painter.fillRect(box, QBrush(color("mid"), Qt.BrushStyle.BDiagPattern))
        side = scaled(12)
        if icon and box.width() >= side + 6:
            spot = QRectF(0, 0, side, side)
            spot.moveCenter(QRectF(box).center())
            painter.fillRect(spot.adjusted(-2, -2, 2, 2), color("bg"))
            paint_icon(painter, spot, icon, color("muted"))

    def _paint_gap(self, painter: QPainter, gap: Gap) -> None:
        """A diamond on the bar's upper edge: filled and warm while somebody has to say, else an outline."""
        if gap.counted_ms > 0 and not gap.by_hand:
            self._paint_hatch(painter, gap.offset_ms, gap.offset_ms + gap.counted_ms)
        x, y, half = self._x(gap.offset_ms) + 0.5, scaled(_BAR_TOP) + 0.5, scaled(_GAP)
        points = [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = color("warm" if gap.open else "muted")
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if gap.open else color("bg"))
        painter.drawPolygon(QPolygonF(points))
        painter.restore()

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
        newest = max(self._now_ms or 0, self._marks.newest)
        over = newest - self._minutes * _MINUTE
        return self._minutes * _MINUTE if over <= 0 else -(-newest // (5 * _MINUTE)) * 5 * _MINUTE

    def _x(self, offset_ms: int) -> int:
        room = self._room()
        return _MARGIN + round(room * max(0, min(offset_ms, self._total_ms())) / self._total_ms())

    def _room(self) -> int:
        return max(1, self.width() - 2 * _MARGIN)

    def _end(self, end_ms: int | None) -> int:
        return (self._now_ms or 0) if end_ms is None else end_ms

    def _gap_under(self, place: QPointF) -> Gap | None:
        return self.gap_at(place.x()) if place.y() < scaled(_TICK_TOP) else None

    def _offset(self, x: float) -> int:
        return int(max(0.0, min(1.0, (x - _MARGIN) / self._room())) * self._total_ms())

    def _describe(self) -> None:
        marks = self._marks
        words = self.tr("Lesson strip: {notes} notes, {stars} starred").format(notes=marks.notes, stars=marks.stars)
        self.setAccessibleName(words)
        parts = [phase.name for phase in marks.phases if phase.end_ms is None]
        parts += [gap_words(gap) for gap in marks.gaps if gap.open]
        self.setAccessibleDescription(", ".join(parts))
