"""The ring around the widget that has the keyboard: 2 px accent with a 2 px gap, drawn above the page.

Shown when focus came by the keyboard or by the program; fields show it always. A widget that draws its
own focus (lists, the note line) sets its property ``focusRing`` to ``"none"``.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QRectF, Qt, Slot
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
    """The ring itself; it becomes a child of the window that it shows in."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring alone; the gap stays as it is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)


class FocusRingKeeper(QObject):
    """Moves one ring to whatever has the keyboard. A ring dies with its window; then there is a new one."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        app.focusChanged.connect(self._on_focus_changed)

    @property
    def widget(self) -> QWidget | None:
        """The widget that the ring is around, None when no ring shows."""
        ring = self._alive()
        return ring.widget() if ring is not None else None

    def refresh(self) -> None:
        """Show the ring again after a style change, which hides it."""
        ring, widget = self._alive(), self.widget
        if ring is not None and widget is not None:
            ring.setWidget(None)  # type: ignore[arg-type]
            ring.setWidget(widget)

    def _alive(self) -> FocusRing | None:
        return self._ring if self._ring is not None and shiboken6.isValid(self._ring) else None

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        ring = self._alive()
        if new is None or not _wants_ring(new):
            if ring is not None:
                ring.setWidget(None)  # type: ignore[arg-type]
            return
        if ring is None:
            ring = FocusRing(new.window())
            self._ring = ring
        ring.setWidget(new)


def _wants_ring(widget: QWidget) -> bool:
    choice = widget.property("focusRing")
    if choice == "none" or widget.isWindow():
        return False
    if isinstance(widget, _FIELDS):
        return True
    if choice is None and isinstance(widget, _OWN_FOCUS):
        return False
    # A mouse button is still down while a click moves the focus: no ring for the pointer.
    return QApplication.mouseButtons() == Qt.MouseButton.NoButton
