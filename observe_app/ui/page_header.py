"""The ground of a page's own header: as high as it is told, with the rule at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from observe_app.ui.widgets.paint import hairline

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class PageHeader(QWidget):
    """Lay out what belongs in it; the rule paints itself."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule."""
        hairline(QPainter(self), self.rect())
