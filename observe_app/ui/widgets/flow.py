"""Buttons in a row that goes on in the next line where there is no room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QStyle

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out from where reading begins, each as wide as it wants to be; lines as high as their highest.

    Args:
        parent: whose layout it is, None where it goes into another layout.
        gap: px between neighbours and between lines.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add one at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return one, None beyond the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take one out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It needs no more than it asks for."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """More lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        high = sum(line[0] for line in lines) + self._gap * max(0, len(lines) - 1)
        return high + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """All in one line."""
        shown = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return self._with_margins(QSize(wide, max((size.height() for size in shown), default=0)))

    def minimumSize(self) -> QSize:
        """As wide as the widest."""
        shown = [item.minimumSize() for item in self._shown()]
        wide = max((size.width() for size in shown), default=0)
        return self._with_margins(QSize(wide, max((size.height() for size in shown), default=0)))

    def setGeometry(self, rect: QRect) -> None:
        """Place everything; mirrored where reading goes from right to left."""
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        parent = self.parentWidget()
        direction = parent.layoutDirection() if parent is not None else Qt.LayoutDirection.LeftToRight
        top = inside.top()
        for high, items in self._lines(inside.width()):
            left = inside.left()
            for item in items:
                size = item.sizeHint().boundedTo(QSize(inside.width(), high))
                place = QRect(QPoint(left, top + (high - size.height()) // 2), size)
                item.setGeometry(QStyle.visualRect(direction, inside, place))
                left += size.width() + self._gap
            top += high + self._gap

    def _shown(self) -> list[QLayoutItem]:
        # While a window goes, Qt may take the items before the layout that held them.
        return [item for item in self._items if shiboken6.isValid(item) and not item.isEmpty()]

    def _lines(self, width: int) -> list[tuple[int, list[QLayoutItem]]]:
        lines: list[tuple[int, list[QLayoutItem]]] = []
        used = 0
        for item in self._shown():
            size = item.sizeHint()
            if lines and used + self._gap + size.width() <= width:
                high, items = lines[-1]
                lines[-1] = (max(high, size.height()), [*items, item])
                used += self._gap + size.width()
            else:
                lines.append((size.height(), [item]))
                used = size.width()
        return lines

    def _with_margins(self, size: QSize) -> QSize:
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
