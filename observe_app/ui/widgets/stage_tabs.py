"""The four stages of a visit as tabs; the user goes to a stage by click, arrow keys or Ctrl+Tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.theme.fonts import font
from observe_app.ui.widgets.paint import CENTER, draw_text, paint_inner_focus, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEIGHT = 68
_PADDING = 12
_UNDERLINE = 3


class StageTabs(QTabBar):
    """Tabs with a 3 px underline under the current one.

    Signals:
        currentChanged: index of the tab (from QTabBar).
        tabBarClicked: index the user clicked (from QTabBar).
    """

    def __init__(self, names: Sequence[str], parent: QWidget | None = None, *, height: int = 0) -> None:
        super().__init__(parent)
        self._height = height or scaled(_HEIGHT)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setMouseTracking(True)
        for name in names:
            self.addTab(name)

    def tabSizeHint(self, index: int) -> QSize:  # noqa: N802  (Qt's name)
        """Words and 12 px on both sides; 600 weight is measured so that nothing moves."""
        width = QFontMetrics(font("text", weight=600)).horizontalAdvance(self.tabText(index))
        return QSize(width + 2 * _PADDING, self._height)

    def minimumTabSizeHint(self, index: int) -> QSize:  # noqa: N802  (Qt's name)
        """Never clipped."""
        return self.tabSizeHint(index)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words, hover plane, underline, inner focus ring."""
        painter = QPainter(self)
        pointer = self.mapFromGlobal(self.cursor().pos())
        for index in range(self.count()):
            rect = self.tabRect(index)
            current = index == self.currentIndex()
            enabled = self.isTabEnabled(index)
            if enabled and not current and self.underMouse() and rect.contains(pointer):
                plane = QRect(rect)
                plane.setHeight(scaled(34))
                plane.moveCenter(rect.center())
                rounded(painter, plane.toRectF(), 6, fill=color("hover"))
            ink = color("accent" if current else "muted")
            weight = 600 if current else 400
            draw_text(painter, rect, self.tabText(index), font=font("text", weight=weight), color=ink, align=CENTER)
            if current:
                painter.fillRect(
                    QRect(rect.left(), rect.bottom() - _UNDERLINE + 1, rect.width(), _UNDERLINE), color("accent")
                )
                if self.hasFocus():
                    paint_inner_focus(painter, rect.adjusted(2, 16, -2, -12) if self._height > scaled(50) else rect)
