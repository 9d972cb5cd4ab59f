"""What the teacher asked for, on one band over the columns."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.talk.wrapped import Wrapped
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets.paint import BAR, draw_text
from observe_app.ui.widgets.tips import plain_tip

_LEFT = 18
_LINE = 20
_PAD = 7
_MOST = 3


class FocusBand(QWidget):
    """Caption and focus in one line where there is room, wrapped to three where there is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._label = ""
        self._agreed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text("")

    def set_text(self, text: str) -> None:
        """Show another focus; a visit without one says so."""
        self._agreed = bool(text.strip())
        self._text = text.strip() or self.tr("none for this visit")
        self._label = self.tr("Focus agreed") if self._agreed else self.tr("Focus")
        self.setAccessibleName(f"{self._label}: {self._text}")
        self.setToolTip(plain_tip(self._text) if self._wrapped().lines > _MOST else "")
        self._fit()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(200, min(_MOST, max(1, self._wrapped().lines)) * scaled(_LINE) + 2 * _PAD)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, bar, caption, words."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("tint"))
        if tokens().scheme.is_contrast:
            painter.setPen(QPen(color("ink"), 1))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(QRect(self.width() - BAR if mirrored else 0, 0, BAR, self.height()), color("accent"))
        width = self._caption_width()
        left = self.width() - _LEFT - width if mirrored else _LEFT
        caption = QRect(left, _PAD, width + 4, scaled(_LINE))
        draw_text(painter, caption, self._label.upper(), font=font("caption"), color=color("accent"))
        painter.setClipRect(self.rect().adjusted(0, _PAD - 2, 0, 2 - _PAD))
        self._wrapped().draw(
            painter, _LEFT if mirrored else _LEFT + width + 12, _PAD, color("ink" if self._agreed else "muted")
        )
        painter.end()

    def _caption_width(self) -> int:
        return QFontMetrics(font("caption")).horizontalAdvance(self._label.upper())

    def _wrapped(self) -> Wrapped:
        room = self.width() - 2 * _LEFT - self._caption_width() - 12
        return Wrapped(self._text, font("body", weight=600 if self._agreed else 400), scaled(_LINE), max(60, room))

    def _fit(self) -> None:
        wanted = self.sizeHint().height()
        if self.minimumHeight() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)
