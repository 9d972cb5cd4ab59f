"""Words that wrap and are as high as they need, without asking the layout twice."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font


class Lines(QWidget):
    """Plain text in a step and tone of the design; its height follows its width at once.

    A label whose height depends on its width makes each layout above it guess first; a page of many cards shows that.
    """

    def __init__(
        self, parent: QWidget | None = None, *, step: str = "text", tone: str = "ink", weight: int | None = None
    ) -> None:
        super().__init__(parent)
        self._step, self._tone, self._weight = step, tone, weight
        self._text = ""
        self._wrapped: Wrapped | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show other words."""
        if text != self._text:
            self._text, self._wrapped = text, None
            self.setAccessibleName(text)
            self._fit()
            self.update()

    def set_look(self, tone: str, weight: int | None = None) -> None:
        """Show the words in another tone and weight."""
        if (tone, weight) != (self._tone, self._weight):
            self._tone, self._weight, self._wrapped = tone, weight, None
            self._fit()
            self.update()

    def sizeHint(self) -> QSize:
        """As high as the words need."""
        return QSize(80, int(self._lines().height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._wrapped = None
            self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines."""
        painter = QPainter(self)
        self._lines().draw(painter, 0, 0, color(self._tone))
        painter.end()

    def _lines(self) -> Wrapped:
        if self._wrapped is None:
            face = font(self._step, weight=self._weight)
            self._wrapped = Wrapped(self._text, face, line_height(self._step), max(1, self.width()))
        return self._wrapped

    def _fit(self) -> None:
        wanted = int(self._lines().height)
        if self.minimumHeight() != wanted:
            self.setFixedHeight(wanted)
