"""Words that go on under an edge fade out there, so that a line cut in half reads as more to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Slot
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from observe_app.ui.theme import color, scaled, tokens
from observe_app.ui.widgets.layout import SCROLL_BAR

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollArea

_HEIGHT = 26
_WHOLE = 0.3
_MARGIN = 10
"""Px beyond the edge that are white space and no words."""


class EdgeFade(QWidget):
    """The fade at one edge of a scroll area; it shows only while there is more beyond that edge.

    Args:
        area: what scrolls; the fade is its child and follows its size.
        top: the upper edge, else the lower one.
    """

    def __init__(self, area: QScrollArea, *, top: bool = False) -> None:
        super().__init__(area)
        self._area, self._top = area, top
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.installEventFilter(self)
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self._show_if_more)
        bar.rangeChanged.connect(self._show_if_more)
        self._place()
        self._show_if_more()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the edge of the area."""
        if watched is self._area and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the page to nothing; whoever wants high contrast sees the edge as it is."""
        if tokens().scheme.is_contrast:
            return
        page = color("bg")
        clear = QColor(page)
        clear.setAlpha(0)
        height = float(self.height())
        fade = QLinearGradient(0, 0, 0, height) if self._top else QLinearGradient(0, height, 0, 0)
        fade.setColorAt(0, page)
        fade.setColorAt(_WHOLE, page)
        fade.setColorAt(1, clear)
        painter = QPainter(self)
        painter.fillRect(self.rect(), fade)
        painter.end()

    def _place(self) -> None:
        area, high = self._area, scaled(_HEIGHT)
        left = SCROLL_BAR if area.layoutDirection() == Qt.LayoutDirection.RightToLeft else 0
        self.setGeometry(QRect(left, 0 if self._top else area.height() - high, area.width() - SCROLL_BAR, high))

    @Slot()
    def _show_if_more(self) -> None:
        bar = self._area.verticalScrollBar()
        beyond = bar.value() - bar.minimum() if self._top else bar.maximum() - bar.value()
        more = beyond > _MARGIN
        self.setVisible(more)
        if more:
            self.raise_()
