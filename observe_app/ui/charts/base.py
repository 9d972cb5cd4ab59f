"""What a menu and a screen reader ask of a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from observe_app.services.charts.picture import Picture

if TYPE_CHECKING:
    from PySide6.QtCore import QPoint


class ChartWidget(QWidget):
    """A widget that shows a picture; its spots can be walked. An empty one, until somebody draws."""

    @property
    def current_key(self) -> str:
        """Key of the spot that the keyboard stands on, "" for none."""
        return ""

    @property
    def current_index(self) -> int:
        """Place of that spot in the reading order, -1 for none."""
        return -1

    def spot_at(self, _point: QPoint) -> int:
        """Return the place in reading order of the spot under a point of the widget, -1 for none."""
        return -1

    def picture(self) -> Picture:
        """Return the picture as it is shown now."""
        return self.whole_picture()

    def whole_picture(self, width: float = 0.0) -> Picture:
        """Return the picture at its natural height; 0 is the width shown."""
        return Picture(width or self.width(), 0.0)
