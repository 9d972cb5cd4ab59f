"""The agenda of a running session: what is through, what is on, what comes; a click goes to a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.sessions.words import minutes_words
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.paint import RIGHT, draw_text, hairline, paint_inner_focus, paint_selection

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from observe_app.domain.sessions.session import SessionItem

_HIGH = 34
_TIME = 118


class ProgressList(QWidget):
    """Lines with their minutes.

    Signals:
        item_asked: id of the line to go to.
    """

    item_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda_progress")
        self.setAccessibleName(self.tr("Agenda"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._items: tuple[SessionItem, ...] = ()
        self._live = False
        self._at = 0

    @property
    def items(self) -> tuple[SessionItem, ...]:
        """The lines shown."""
        return self._items

    def show_items(self, items: tuple[SessionItem, ...], *, live: bool) -> None:
        """Show these; `live`: a click goes to one."""
        self._items, self._live = items, live
        self._at = min(self._at, max(0, len(items) - 1))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if live and items else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if live else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription("; ".join(self._said(one) for one in items))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row for each line."""
        return QSize(200, max(1, len(self._items)) * scaled(_HIGH))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the line under the pointer."""
        at = int(event.position().y()) // scaled(_HIGH)
        if self._live and event.button() == Qt.MouseButton.LeftButton and 0 <= at < len(self._items):
            self.item_asked.emit(self._items[at].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter goes there."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None and self._items:
            self._at = max(0, min(len(self._items) - 1, self._at + step))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._live and self._items:
            self.item_asked.emit(self._items[self._at].id)
        else:
            super().keyPressEvent(event)

    def _said(self, item: SessionItem) -> str:
        state = self.tr("on now") if item.started is not None else self.tr("through") if item.done else ""
        return ", ".join(part for part in (item.title, self._time(item), state) if part)

    def _time(self, item: SessionItem) -> str:
        taken = max(1, round(item.spent_s / 60)) if item.spent_s else 0
        if item.minutes is None:
            return minutes_words(taken) if taken else ""
        if not taken:
            return minutes_words(item.minutes)
        return self.tr("{taken} of {n} min").format(taken=taken, n=item.minutes)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sign, words, minutes."""
        painter = QPainter(self)
        high = scaled(_HIGH)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for at, item in enumerate(self._items):
            rect = QRect(0, at * high, self.width(), high)
            now = item.started is not None
            if now:
                paint_selection(painter, rect, right_to_left=mirrored)
            hairline(painter, rect)
            self._paint_item(painter, rect, item, mirrored=mirrored)
            if self.hasFocus() and at == self._at:
                paint_inner_focus(painter, rect)

    def _paint_item(self, painter: QPainter, rect: QRect, item: SessionItem, *, mirrored: bool) -> None:
        now = item.started is not None
        side = scaled(16)
        edge = scaled(12)
        left = rect.right() - edge - side if mirrored else rect.left() + edge
        top = rect.center().y() - side // 2
        icon = "play" if now else "check" if item.done else ""
        if icon:
            paint_icon(painter, QRect(left, top, side, side).toRectF(), icon, color("accent" if now else "muted"))
        inner = (
            rect.adjusted(edge, 0, -(edge * 2 + side), 0) if mirrored else rect.adjusted(edge * 2 + side, 0, -edge, 0)
        )
        time = scaled(_TIME)
        words = inner.adjusted(time, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -time, 0)
        place = QRect(inner.left(), inner.top(), time, inner.height()) if mirrored else inner
        tone = color("muted" if item.done and not now else "ink")
        draw_text(painter, words, item.title, font=font("text", weight=600 if now else 400), color=tone)
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if mirrored else RIGHT
        small = font("small", tabular=True)
        draw_text(painter, place, self._time(item), font=small, color=color("muted"), align=align)
