"""The edge between the claims and the conversation: dragged, or moved with the arrows, it gives either more room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent

from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets.ringed import Ringed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

HEIGHT = 8
_STEP = 24
_INSET = 24
_LINE = 2
_KEYS = {Qt.Key.Key_Up: _STEP, Qt.Key.Key_Down: -_STEP}


class LowEdge(Ringed):
    """Nothing to see until the pointer or the keyboard is on it.

    Signals:
        moved: px by which what lies below is to become higher. released: as high as it is of itself again.
    """

    moved = Signal(int)
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._from: int | None = None
        self.setFixedHeight(HEIGHT)
        self.setCursor(Qt.CursorShape.SplitVCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(self.tr("Edge between the claims and the conversation"))
        self.setToolTip(self.tr("Drag to give either more room, or use the arrows; a double click puts it back"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = round(event.globalPosition().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It follows the pointer."""
        if self._from is None:
            return
        now = round(event.globalPosition().y())
        if now != self._from:
            self.moved.emit(self._from - now)
            self._from = now

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go of it."""
        self._from = None
        self.update()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back to where it stands of itself."""
        self._from = None
        self.released.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move it, Enter puts it back."""
        if event.key() in _KEYS:
            self.moved.emit(scaled(_KEYS[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.released.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The line shows."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The line goes."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line of the accent where it can be taken."""
        if not (self.underMouse() or self.hasFocus() or self._from is not None):
            return
        painter = QPainter(self)
        across = (self.height() - _LINE) // 2
        painter.fillRect(_INSET, across, self.width() - 2 * _INSET, _LINE, color("accent"))
        painter.end()
