"""A rating as dots on a line; the user presses a number, an arrow key, or clicks a dot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QSlider, QToolTip, QWidget

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.theme.fonts import font
from observe_app.ui.widgets.paint import draw_text, paint_dot
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_STEP = 26
_GAP = 20
_HEIGHT = 26


class DotScale(QSlider):
    """Dots for the levels 1 to n and the word of the level; 0 means no rating.

    A slider to screen readers: value, and the word as description.

    Args:
        levels: words of the levels, lowest first.
        name: accessible name, the item rated.
        absent: word shown without a rating, for example "not seen".

    Signals:
        rated: the level the user chose, 0 to take it back; not sent by `set_rating`.
    """

    rated = Signal(int)

    def __init__(self, levels: Sequence[str], name: str, parent: QWidget | None = None, *, absent: str = "") -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._levels = tuple(levels)
        self._absent = absent
        self._last = 0
        self.setRange(0, len(self._levels))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self._describe()

    @property
    def word(self) -> str:
        """Word of the level, or of its absence."""
        return self._levels[self.value() - 1] if self.value() else self._absent

    def set_rating(self, level: int, absent: str | None = None) -> None:
        """Show a level (0 none) and, without one, the kind of absence; sends nothing."""
        if absent is not None:
            self._absent = absent
        self.setValue(level)
        self._describe()
        self.update()

    def set_last(self, level: int) -> None:
        """Mark the level of the last visit with a ring; 0 for none."""
        self._last = level
        self.update()

    def sizeHint(self) -> QSize:
        """Dots and the longest word."""
        metrics = QFontMetrics(font("text", weight=600))
        words = max((metrics.horizontalAdvance(word) for word in (*self._levels, self._absent)), default=0)
        return QSize(self._dots_width() + _GAP + words + 4, scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits set, arrows move, Backspace takes back."""
        key = event.key()
        forward = Qt.Key.Key_Left if self._mirrored() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self._mirrored() else Qt.Key.Key_Left
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_0 <= len(self._levels):
            self._rate(int(key) - int(Qt.Key.Key_0))
        elif key == forward:
            self._rate(min(len(self._levels), self.value() + 1))
        elif key == back:
            self._rate(max(0, self.value() - 1))
        elif key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._rate(0)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The nearest dot; the chosen dot again takes the rating back."""
        level = self._level_at(event.position().toPoint())
        if level:
            self._rate(0 if level == self.value() else level)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        """Dragging does nothing: a rating is one decision."""

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Nothing is left to do."""

    def event(self, event: QEvent) -> bool:
        """Tooltip with the word of the dot under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            point = self.mapFromGlobal(self.cursor().pos())
            level = self._level_at(point)
            word = plain_tip(self._levels[level - 1]) if level else ""
            QToolTip.showText(self.mapToGlobal(point), word, self)
            return True
        return super().event(event)

    def sliderChange(self, change: QAbstractSlider.SliderChange) -> None:  # noqa: N802  (Qt's name)
        """A value set through the accessibility bus counts as the user's."""
        super().sliderChange(change)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, dots, ring of the last visit, word."""
        painter = QPainter(self)
        middle = self.height() / 2
        first, last = self._center(1), self._center(len(self._levels))
        left = min(first.x(), last.x())
        painter.fillRect(QRectF(left, middle - 0.5, abs(last.x() - first.x()), 1), color("line"))
        for level in range(1, len(self._levels) + 1):
            center = self._center(level)
            if level == self.value():
                paint_dot(painter, center, 13, "accent", filled=True)
            else:
                paint_dot(painter, center, 9, "ctl", filled=False)
            if level == self._last and level != self.value():
                paint_dot(painter, center, 13, "mid", filled=False, pen=2)
        rect = self.rect()
        if self._mirrored():
            rect.setRight(rect.right() - self._dots_width() - _GAP)
        else:
            rect.setLeft(rect.left() + self._dots_width() + _GAP)
        rated = bool(self.value())
        draw_text(
            painter,
            rect,
            self.word,
            font=font("text" if rated else "small", weight=600 if rated else 400),
            color=color("accent" if rated else "muted"),
        )

    def _rate(self, level: int) -> None:
        if level == self.value():
            return
        self.set_rating(level)
        self.rated.emit(level)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.word)

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _dots_width(self) -> int:
        return _STEP * max(0, len(self._levels) - 1) + 14

    def _center(self, level: int) -> QPointF:
        x = 7.0 + _STEP * (level - 1)
        return QPointF(self.width() - x if self._mirrored() else x, self.height() / 2)

    def _level_at(self, point: QPoint) -> int:
        for level in range(1, len(self._levels) + 1):
            if abs(point.x() - self._center(level).x()) <= _STEP / 2:
                return level
        return 0
