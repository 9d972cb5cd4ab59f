"""Buttons in a row that goes on in the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget


class FlowRow(QWidget):
    """Places widgets from where reading begins, each as wide as it wants to be; lines as high as their highest.

    Args:
        parent: the widget that it lies in.
        gap: px between neighbours and between lines.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._parts: list[QWidget] = []
        self._gap = gap
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Add one at the end; a hidden one takes no room until it is shown."""
        hidden = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and widget.isHidden()
        widget.setParent(self)
        widget.setVisible(not hidden)
        self._parts.append(widget)
        self.updateGeometry()

    def parts(self) -> tuple[QWidget, ...]:
        """Return what lies in it, in order, hidden ones too."""
        return tuple(self._parts)

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        margins = self.contentsMargins()
        lines = self._lines(width - margins.left() - margins.right())
        high = sum(line[0] for line in lines) + self._gap * max(0, len(lines) - 1)
        return high + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        """All in one line, or as the width it has breaks them."""
        shown = self._shown()
        wide = sum(part.sizeHint().width() for part in shown) + self._gap * max(0, len(shown) - 1)
        margins = self.contentsMargins()
        wide += margins.left() + margins.right()
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest."""
        margins = self.contentsMargins()
        wide = max((part.minimumSizeHint().width() for part in self._shown()), default=0)
        return QSize(wide + margins.left() + margins.right(), self.sizeHint().height())

    def resizeEvent(self, event: object) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._place()

    def event(self, event: QEvent) -> bool:
        """A part wants another size, came or went."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._place()
        return done

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _place(self) -> None:
        inside = self.contentsRect()
        top = inside.top()
        for high, parts in self._lines(inside.width()):
            left = inside.left()
            for part in parts:
                size = part.sizeHint().boundedTo(QSize(inside.width(), high))
                place = QRect(QPoint(left, top + (high - size.height()) // 2), size)
                part.setGeometry(QStyle.visualRect(self.layoutDirection(), inside, place))
                left += size.width() + self._gap
            top += high + self._gap

    def _lines(self, width: int) -> list[tuple[int, list[QWidget]]]:
        lines: list[tuple[int, list[QWidget]]] = []
        used = 0
        for part in self._shown():
            size = part.sizeHint()
            if lines and used + self._gap + size.width() <= width:
                high, parts = lines[-1]
                lines[-1] = (max(high, size.height()), [*parts, part])
                used += self._gap + size.width()
            else:
                lines.append((size.height(), [part]))
                used = size.width()
        return lines
