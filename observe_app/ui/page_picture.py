"""One page of the PDF on the screen, sharp on every screen, with a hairline around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent

    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.preview import PageImage

MOST_WIDTH = 860
_A4 = 297 / 210
_LETTER = 11 / 8.5


class PagePicture(QWidget):
    """Shows a page as large as it fits, or as wide as it fits; an old page stays until the new one is there.

    Signals:
        size_changed: the page needs other pixels. turned: -1 or 1: the person wants another page.
    """

    size_changed = Signal()
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._ratio = _A4
        self._by_width = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage | None:
        """The page as it is shown, None before the first."""
        return self._image

    def show_page(self, page: PageImage, paper: Paper, name: str) -> None:
        """Show a page; `name` says it in words."""
        image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888)
        self._image = image.copy()  # the bytes belong to the job's result
        # The sheet's own ratio: that of whole pixels would change the width that is asked for, by one, for ever.
        self._ratio = _LETTER if paper == "Letter" else _A4
        self.setAccessibleName(name)
        self._fit_height()
        self.update()

    def clear(self) -> None:
        """Show no page."""
        self._image = None
        self.update()

    def set_by_width(self, *, by_width: bool) -> None:
        """Show the page as wide as there is room (it scrolls), or whole."""
        self._by_width = by_width
        self._fit_height()
        self.size_changed.emit()
        self.update()

    def page_rect(self) -> QRectF:
        """Where the page lies, in logical pixels."""
        width = min(float(self.width()), MOST_WIDTH) - 2
        if not self._by_width:
            width = min(width, int((self.height() - 4) / self._ratio))
        width = max(1.0, round(width))
        left = round((self.width() - width) / 2)
        return QRectF(left, 1, width, round(width * self._ratio))

    def wanted_px(self) -> int:
        """Width of the page in device pixels."""
        return round(self.page_rect().width() * self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """Room for a page."""
        return QSize(360, 480)

    def minimumSizeHint(self) -> QSize:
        """Small enough for the smallest window."""
        return QSize(160, 160)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page keys and arrows turn pages."""
        steps = {
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Right: 1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room, other pixels."""
        super().resizeEvent(event)
        self._fit_height()
        self.size_changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page on white, whatever the theme: paper is white."""
        painter = QPainter(self)
        rect = self.page_rect()
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self._image.width() == self.wanted_px():
                rect.setHeight(self._image.height() / self.devicePixelRatioF())  # pixel for pixel
            painter.drawImage(rect, self._image)
        else:
            painter.fillRect(rect, color("bg"))
        painter.setPen(QPen(color("line"), 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
        painter.end()

    def _fit_height(self) -> None:
        wanted = round(self.page_rect().height()) + 2 if self._by_width else 0
        if self.minimumHeight() != wanted:
            self.setMinimumHeight(wanted)
