"""The lesson as a row of intervals: what went on in each, the one that fills now. A click goes to that interval."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from observe_app.domain.timeline import IntervalSheet, index_at, interval_count, interval_sheet
from observe_app.ui.form_panel.event_item import clock_words
from observe_app.ui.observe.interval_bands import Band, bands_of
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import CENTER, draw_text, hairline
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item

_MARGIN = 24
_AXIS_TOP, _AXIS = 9, 16
_FIRST, _PITCH, _BAR = 29, 14, 10
_SIDES_GAP = 6
_FILL = 4
_GAP = 4
_LABEL_LEAST, _LABEL_MOST = 86, 132
_LABEL_GAP = 11


class IntervalStrip(QWidget):
    """Under the visit's header, for forms that are led by interval codes; time runs as the user reads.

    Signals:
        interval_chosen: number of the interval that was clicked, from 0.
        minute_chosen: its beginning in ms, as an object (it may pass 32 bits).
    """

    interval_chosen = Signal(int)
    minute_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("interval_strip")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self._item: Item | None = None
        self._language = ""
        self._is_low = False
        self._label_width = 0
        self._bands: tuple[Band, ...] = ()
        self._minutes = 50
        self._now_ms: int | None = None
        self._shown = 0
        self._sheet = IntervalSheet("", 60)
        self._describe()

    # -- public

    @property
    def bands(self) -> tuple[Band, ...]:
        """The lines shown, from the top."""
        return self._bands

    @property
    def count(self) -> int:
        """How many columns there are: the planned lesson, and as many more as it runs over."""
        planned = interval_count(self._minutes, self._seconds)
        return max(1, planned, self.current + 1, self._shown + 1, len(self._sheet.intervals))

    @property
    def current(self) -> int:
        """The interval that the clock stands in, -1 before the lesson."""
        return -1 if self._now_ms is None else index_at(self._now_ms, self._seconds)

    def set_item(self, item: Item | None, language: str = "") -> None:
        """Show the intervals of this item; None shows none."""
        self._item, self._language = item, language
        self._sheet = IntervalSheet(item.id if item is not None else "", self._seconds)
        self._shown = 0
        self._make_bands()
        self._describe()

    def set_low(self, *, low: bool) -> None:
        """Show one line a side: the window is low, or its words are large."""
        if low != self._is_low:
            self._is_low = low
            self._make_bands()

    def set_minutes(self, minutes: int) -> None:
        """Show a lesson of this planned length."""
        if minutes != self._minutes:
            self._minutes = max(1, minutes)
            self.update()

    def set_now(self, offset_ms: int | None) -> None:
        """Move on to this moment of the lesson; paints only when a pixel changes."""
        before, filled, count = self.current, self._filled(), self.count
        self._now_ms = offset_ms
        if (before, count) != (self.current, self.count):
            self._describe()
            self.update()
        elif filled != self._filled():
            self.update(self._fill_rect())

    def set_events(self, events: Sequence[Event]) -> None:
        """Show what is ticked in these events; those of other items are passed over."""
        if self._item is not None:
            self.set_sheet(interval_sheet(self._item, events))

    @Slot(object)
    def set_sheet(self, sheet: IntervalSheet) -> None:
        """Show the sheet of the item."""
        if self._item is not None and sheet is not self._sheet and sheet != self._sheet:
            self._sheet = sheet
            self._describe()
            self.update()

    @Slot(int)
    def set_shown(self, index: int) -> None:
        """Mark the interval whose codes are on the screen; the ring shows when it is not the current one."""
        if index != self._shown:
            self._shown = index
            self.update()

    def column(self, index: int) -> QRect:
        """Where an interval's column lies; it may be less than a pixel wide."""
        left, right = self._span(index)
        return QRect(left, scaled(_AXIS_TOP), right - left, self.height() - scaled(_AXIS_TOP) - 4)

    # -- Qt overrides

    def sizeHint(self) -> QSize:
        """As wide as the page."""
        return QSize(600, self._height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the interval under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self._item is not None:
            index = self._index(event.position().x())
            self.interval_chosen.emit(index)
            self.minute_chosen.emit(index * self._seconds * 1000)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The strip has no keys of its own: the arrows of the board do the same."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """The interval under the pointer and its codes as a tooltip."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), plain_tip(self._words(self._index(event.pos().x()))), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Labels, columns, minutes."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        painter.fillRect(event.rect(), color("bg"))
        hairline(painter, self.rect(), "line")
        if self._item is None:
            return
        if 0 <= self.current < self.count:
            now = self.column(self.current)
            painter.fillRect(now, color("tint"))
            if tokens().scheme.is_contrast:
                painter.setPen(color("ink"))
                painter.drawRect(now.adjusted(0, 0, -1, -1))
        self._paint_bands(painter)
        self._paint_fill(painter)
        self._paint_minutes(painter)
        if self.current >= 0 and self._shown != self.current:
            painter.setPen(QPen(color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.column(self._shown).adjusted(-2, 0, 2, -2), 3, 3)

    # -- painting

    def _paint_bands(self, painter: QPainter) -> None:
        look, ink, rule = font("axis"), color("muted"), color("line2")
        left, right = self._room()
        inks = (color("bar"), color("mid"))
        rtl = self._mirrored
        start = right + scaled(_LABEL_GAP) if rtl else _MARGIN
        width = (self.width() - _MARGIN if rtl else left - scaled(_LABEL_GAP)) - start
        spans = self._spans()
        for number, band in enumerate(self._bands):
            top = self._top(number)
            box = QRectF(start, top - scaled(3), width, scaled(16))
            middle = Qt.TextElideMode.ElideMiddle
            draw_text(painter, box, band.label, font=look, color=ink, elide=middle)
            painter.fillRect(QRect(left, top + scaled(_BAR) + 2, right - left, 1), rule)
            for x, end in self._runs(band.codes, spans):
                painter.fillRect(QRect(x, top, end - x, scaled(_BAR)), inks[band.side % 2])
        self._paint_empty(painter, spans)

    def _paint_empty(self, painter: QPainter, spans: list[tuple[int, int]]) -> None:
        """A dash where somebody looked and nothing occurred: that is not the same as a column nobody coded."""
        top = (self._top(0) + self._top(len(self._bands) - 1) + scaled(_BAR)) // 2 - 1
        for one, (left, right) in zip(self._sheet.intervals, spans, strict=False):
            if one.coded and not one.ticked and right - left > 4:
                painter.fillRect(QRect((left + right) // 2 - scaled(4), top, scaled(8), 2), color("ctl"))

    def _runs(self, codes: frozenset[str], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Pixels to fill for a band; columns thinner than a few pixels run into each other."""
        found: list[tuple[int, int]] = []
        one_width = self._width_of_one()
        gap = _GAP if one_width >= 12 else 1 if one_width >= 4 else 0
        for one, (left, right) in zip(self._sheet.intervals, spans, strict=False):
            if codes.isdisjoint(one.ticked):
                continue
            found.append((left, max(left + 1, right - gap)))
        return found

    def _paint_fill(self, painter: QPainter) -> None:
        if self.current < 0:
            return
        box = self._fill_rect()
        painter.fillRect(box, color("line"))
        done = self._filled()
        painter.fillRect(
            QRect(box.right() + 1 - done if self._mirrored else box.x(), box.y(), done, _FILL), color("ink")
        )

    def _paint_minutes(self, painter: QPainter) -> None:
        total = -(-self.count * self._seconds // 60)
        step = next((step for step in (1, 2, 5, 10, 15, 30) if total / step <= 8), 60)
        box = QRectF(0, scaled(_AXIS_TOP), scaled(72), scaled(_AXIS))
        now = self.current
        held = QRectF()
        if now >= 0:
            held = QRectF(box)
            held.moveLeft(self.column(now).center().x() + 1 - box.width() / 2)
            look = font("axis", weight=600, tabular=True)
            words = self._label(now)
            draw_text(painter, held, words, font=look, color=color("ink"), align=CENTER)
            held = QRectF(held.center().x() - scaled(18), held.y(), scaled(36), held.height())
        look, ink = font("axis", tabular=True), color("muted")
        for minute in range(0, total, step):
            index = minute * 60 // self._seconds
            if index >= self.count or index == now:
                continue
            box.moveLeft(self.column(index).center().x() + 1 - box.width() / 2)
            if not held.intersects(box.adjusted(scaled(24), 0, -scaled(24), 0)):
                draw_text(painter, box, str(minute), font=look, color=ink, align=CENTER)

    # -- places

    def _make_bands(self) -> None:
        self._bands = () if self._item is None else bands_of(self._item, self._language, low=self._is_low)
        metrics = QFontMetrics(font("axis"))
        longest = max((metrics.horizontalAdvance(band.label) for band in self._bands), default=0) + 1
        self._label_width = max(scaled(_LABEL_LEAST), min(scaled(_LABEL_MOST), longest))
        self.setFixedHeight(self._height())
        self.update()

    @property
    def _seconds(self) -> int:
        return max(1, self._item.seconds) if self._item is not None else 60

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _height(self) -> int:
        if not self._bands:
            return tokens().size.strip
        return self._top(len(self._bands) - 1) + scaled(_BAR) + 8

    def _top(self, number: int) -> int:
        gaps = self._bands[number].side if number < len(self._bands) else 0
        whole = len({band.side for band in self._bands}) > 2
        return scaled(_FIRST) + number * scaled(_PITCH) + (0 if whole else gaps * scaled(_SIDES_GAP))

    def _room(self) -> tuple[int, int]:
        """Left and right edge of the columns."""
        side = _MARGIN + self._label_width + scaled(_LABEL_GAP)
        return (_MARGIN, self.width() - side) if self._mirrored else (side, self.width() - _MARGIN)

    def _span(self, index: int) -> tuple[int, int]:
        """Left and right pixel of a column."""
        left, right = self._room()
        width, count = max(1, right - left), self.count
        if self._mirrored:
            return right - round(width * (index + 1) / count), right - round(width * index / count)
        return left + round(width * index / count), left + round(width * (index + 1) / count)

    def _spans(self) -> list[tuple[int, int]]:
        """Left and right pixel of every column, as `_span`; asked for once a paint and not once a column and band."""
        left, right = self._room()
        width, count = max(1, right - left), self.count
        edges = [round(width * index / count) for index in range(count + 1)]
        if self._mirrored:
            return [(right - end, right - begin) for begin, end in pairwise(edges)]
        return [(left + begin, left + end) for begin, end in pairwise(edges)]

    def _width_of_one(self) -> float:
        left, right = self._room()
        return max(1, right - left) / self.count

    def _index(self, x: float) -> int:
        left, right = self._room()
        part = (x - left) / max(1, right - left)
        part = 1 - part if self._mirrored else part
        return max(0, min(self.count - 1, int(part * self.count)))

    def _fill_rect(self) -> QRect:
        left, right = self._span(max(0, self.current))
        return QRect(left, self.height() - 4 - _FILL, max(1, right - left), _FILL)

    def _filled(self) -> int:
        """Pixels of the current column's bottom bar."""
        if self._now_ms is None:
            return 0
        length = self._seconds * 1000
        return round(self._fill_rect().width() * (self._now_ms % length) / length)

    # -- words

    def _label(self, index: int) -> str:
        start = index * self._seconds
        return str(start // 60) if start % 60 == 0 else clock_words(start * 1000)

    def _words(self, index: int) -> str:
        """An interval and what is ticked in it."""
        start, end = index * self._seconds, (index + 1) * self._seconds
        one = self._sheet.at(index)
        codes = ", ".join(self._code(full) for full in one.ticked)
        if not codes:
            codes = self.tr("looked, nothing ticked") if one.coded else self.tr("not coded")
        return self.tr("{start} to {end}: {codes}").format(
            start=clock_words(start * 1000), end=clock_words(end * 1000), codes=codes
        )

    def _code(self, full: str) -> str:
        found = self._item.code(full) if self._item is not None else None
        return found[1].id if found else full

    def _describe(self) -> None:
        coded, begun = len(self._sheet.coded), self.current + 1
        self.setAccessibleName(self.tr("Strip of intervals"))
        self.setAccessibleDescription(
            self.tr("{coded} of {begun} intervals coded").format(coded=coded, begun=max(begun, coded))
        )
