"""Margins that differ at the two sides of a layout, and change sides where one reads from the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayout, QWidget


class SideMargins(QObject):
    """Keeps the margins of a layout where reading begins and ends; Qt mirrors what stands in a layout, not its margins.

    Args:
        owner: whose direction counts; it keeps this object.
        layout: whose margins they are; of a label its own.
        margins: where reading begins, above, where it ends, below; in px.
    """

    def __init__(self, owner: QWidget, layout: QLayout | QWidget, margins: tuple[int, int, int, int]) -> None:
        super().__init__(owner)
        self._owner, self._layout, self._margins = owner, layout, margins
        owner.installEventFilter(self)
        self._apply()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Change sides with the direction."""
        if watched is self._owner and event.type() == QEvent.Type.LayoutDirectionChange:
            self._apply()
        return super().eventFilter(watched, event)

    def _apply(self) -> None:
        start, top, end, bottom = self._margins
        if self._owner.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            start, end = end, start
        self._layout.setContentsMargins(start, top, end, bottom)
