"""Counts of one question as bars: a line for each answer, as many as there were, of how many."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import RIGHT, draw_text

_LINE, _BAR, _GAP = 26, 10, 14
_MOST_LABEL = 0.42


class CountBars(QWidget):
    """One line an answer: words, bar, number. Bars are shares of `n` and never of the largest."""

    def __init__(self, rows: tuple[tuple[str, int], ...], n: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows, self._n = rows, n
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        lines = [self.tr("{answer}: {count} of {n}").format(answer=name, count=count, n=n) for name, count in rows]
        self.setAccessibleName("; ".join(lines))
        self.setToolTip("")

    def sizeHint(self) -> QSize:
        """A line for each answer."""
        return QSize(scaled(320), scaled(_LINE) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """As high as the hint."""
        return QSize(scaled(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, bar, number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words, numbers = font("text"), font("text", tabular=True)
        metrics = QFontMetrics(words)
        widest = max((metrics.horizontalAdvance(name) for name, _count in self._rows), default=0) + 2
        left = min(widest, round(self.width() * _MOST_LABEL))
        right = QFontMetrics(numbers).horizontalAdvance(str(max(self._n, 10))) + 4
        room = max(20, self.width() - left - right - 2 * scaled(_GAP))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for place, (name, count) in enumerate(self._rows):
            top = place * scaled(_LINE)
            high = scaled(_LINE)
            label = QRect(self.width() - left if mirrored else 0, top, left, high)
            draw_text(painter, label, name, font=words, color=color("ink"))
            start = left + scaled(_GAP)
            width = room * count / self._n if self._n else 0
            y = top + (high - scaled(_BAR)) / 2
            track = QRectF(self.width() - start - room if mirrored else start, y, room, scaled(_BAR))
            painter.setPen(Qt.PenStyle.NoPen)
            if tokens().scheme.is_contrast:  # a filled track would be read as a full bar
                painter.setPen(color("line2"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(track.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
                painter.setPen(Qt.PenStyle.NoPen)
            else:
                painter.setBrush(color("line2"))
                painter.drawRoundedRect(track, 2, 2)
            if count:
                x = track.right() - width if mirrored else track.left()
                painter.setBrush(color("accent"))
                painter.drawRoundedRect(QRectF(x, y, max(width, 3), scaled(_BAR)), 2, 2)
            figure = QRect(0 if mirrored else self.width() - right, top, right, high)
            draw_text(painter, figure, str(count), font=numbers, color=color("ink" if count else "muted"), align=RIGHT)
