"""Three pixels that say that something is being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class ThinBar(QWidget):
    """Three pixels that fill while a page is made; they are there all the time, so nothing moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.setFixedHeight(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def is_busy(self) -> bool:
        """Whether something is being made."""
        return self._share is not None

    def set_share(self, share: float | None) -> None:
        """Show how much is done, 0 to 1; None when nothing is being made."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it can be."""
        return QSize(10, 3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Track and done part, from the leading edge."""
        if self._share is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("line2"))
        width = round(self.width() * max(0.08, min(1.0, self._share)))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.fillRect(self.width() - width if mirrored else 0, 0, width, 3, color("accent"))
        painter.end()
