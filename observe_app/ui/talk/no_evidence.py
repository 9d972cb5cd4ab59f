"""The mark of a claim or an answer that rests on nothing yet."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets import KeyCap

_TOP = 5


class NoEvidence(QWidget):
    """Says that a claim rests on nothing yet, and the key that mends it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = self.tr("No evidence yet: pick a note, press")
        self._cap = KeyCap("L", self)
        self.setAccessibleName(self.tr("No evidence yet: pick a note, press L"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(80, self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Broken link and the words, both warm."""
        painter = QPainter(self)
        mirrored, side = self.layoutDirection() == Qt.LayoutDirection.RightToLeft, scaled(15)
        paint_icon(
            painter,
            QRectF(self.width() - side if mirrored else 0, _TOP + scaled(3), side, side),
            "unlink",
            color("warm"),
        )
        self._wrapped().draw(painter, 0 if mirrored else side + 6, _TOP, color("warm"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again; the keycap follows the last word."""
        super().resizeEvent(event)
        self._fit()

    def _wrapped(self) -> Wrapped:
        return Wrapped(self._words, font("text"), line_height("text"), max(1, self.width() - scaled(15) - 6))

    def _fit(self) -> None:
        text, line = self._wrapped(), line_height("text")
        width = self._cap.sizeHint().width()
        lead = scaled(15) + 6
        beside = lead + text.last_width + 7 + width <= self.width()
        x = lead + text.last_width + 7 if beside else float(lead)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x - width
        y = _TOP + (text.height - line if beside else text.height)
        self._cap.setGeometry(int(x), int(y) + 1, width, scaled(18))
        height = int(y) + line
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
