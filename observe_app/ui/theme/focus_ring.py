"""The ring around the widget that has the keyboard: 2 px accent with a 2 px gap, drawn above the page.

Shown when focus came by the keyboard or by the program; fields show it always. A widget that draws its
own focus (lists, the note line) sets its property ``focusRing`` to ``"none"``.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QFocusFrame,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

from observe_app.ui.theme.current import color

_OWN_FOCUS = (QAbstractItemView, QScrollArea, QTabBar)
_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox)
_RADIUS = 9.0


def set_focus_ring(widget: QWidget, *, shown: bool) -> None:
    """Say that a widget draws its own focus (``shown`` False) or wants the ring."""
    widget.setProperty("focusRing", "ring" if shown else "none")


class FocusRing(QFocusFrame):
    """One ring for the application; it follows the focus and the geometry of the focused widget."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        app.focusChanged.connect(self._on_focus_changed)

    def refresh(self) -> None:
        """Show the ring again after a style change, which hides it."""
        widget = self.widget()
        if widget is not None:
            self.setWidget(None)  # type: ignore[arg-type]
            self.setWidget(widget)

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self._wanted(new):
            self.setWidget(None)  # type: ignore[arg-type]
            return
        self.setWidget(new)

    def _wanted(self, widget: QWidget) -> bool:
        choice = widget.property("focusRing")
        if choice == "none" or widget.isWindow():
            return False
        if isinstance(widget, _FIELDS):
            return True
        if choice is None and isinstance(widget, _OWN_FOCUS):
            return False
        # A mouse button is still down while a click moves the focus: no ring for the pointer.
        return QApplication.mouseButtons() == Qt.MouseButton.NoButton

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring alone; the gap stays as it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)
