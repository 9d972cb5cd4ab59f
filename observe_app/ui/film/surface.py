"""Where a film is seen: a plain part of the page, so that sheets, lists and the privacy blank lie over it.

Qt's own video widget is a window of its own inside the page: it would show through the blank and take the keyboard.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from types import ModuleType

_GROUND = Qt.GlobalColor.black
"""A film stands on black in every theme: its own edges are none of the page's colours."""


class FilmSurface(QWidget):
    """Shows the frame that is due, in the film's own shape.

    Args:
        media: Qt's multimedia module, which comes with the extra.
        parent: where it lies.
    """

    def __init__(self, media: ModuleType, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("film_surface")
        self.setAccessibleName(self.tr("Film"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._sink: Any = media.QVideoSink(self)
        self._options: Any = media.QVideoFrame.PaintOptions()
        self._options.backgroundColor = QColor(_GROUND)
        self._sink.videoFrameChanged.connect(self._on_frame)

    @property
    def sink(self) -> Any:
        """Where the player puts its frames."""
        return self._sink

    @Slot()
    def _on_frame(self) -> None:
        """Frames that come faster than they can be painted are left out."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame, black where it does not reach."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        frame = self._sink.videoFrame()
        if frame.isValid():
            frame.paint(painter, self.rect().toRectF(), self._options)
