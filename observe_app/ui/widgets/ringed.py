"""Parts that the keyboard reaches as a whole and that paint by themselves where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.theme import set_focus_ring

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QMouseEvent


class Ringed(QWidget):
    """As wide as there is room, as high as it asks; drawn anew when the keyboard comes or goes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_focus_ring(self, shown=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring comes."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()


class RingedRow(Ringed):
    """A row that any click gives the keyboard to."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click picks the row."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)
