"""A link of one line that gives up its end where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

_ICON = 15
_GAP = 6
_HEIGHT = 24


class LinkLine(QAbstractButton):
    """An icon and words in the accent; what does not fit is in the tooltip."""

    def __init__(self, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The whole line."""
        return QSize(self._wanted(), scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and a few letters."""
        return QSize(scaled(80), scaled(_HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip comes and goes with the room."""
        super().resizeEvent(event)
        self.setToolTip(plain_tip(self.text()) if self._wanted() > self.width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon and words; underlined under the pointer."""
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side, ink = scaled(_ICON), color("accent")
        left = self.width() - side if mirrored else 0
        paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), self._icon, ink)
        face = font("small")
        face.setUnderline(self.underMouse())
        inset = side + _GAP
        rect = self.rect().adjusted(0 if mirrored else inset, 0, -inset if mirrored else 0, 0)
        draw_text(painter, rect, self.text(), font=face, color=ink)
        painter.end()

    def _wanted(self) -> int:
        return QFontMetrics(font("small")).horizontalAdvance(self.text()) + scaled(_ICON) + _GAP + 1
