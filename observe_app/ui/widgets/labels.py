"""Words on the page: a label in a step of the type scale, one that elides in the middle, a caption."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from observe_app.ui.theme.current import color
from observe_app.ui.theme.fonts import font
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text
from observe_app.ui.widgets.tips import plain_tip


class TextLabel(QLabel):
    """Plain text in a step and tone of the design; the tone follows the theme.

    Args:
        step: step of the type scale ("page", "heading", "body", "text", "small", "caption"...).
        tone: "ink", "quote", "muted", "accent", "warm" or "err".
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        step: str = "text",
        tone: str = "ink",
        weight: int | None = None,
        wrap: bool = False,
        tabular: bool = False,
        italic: bool = False,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(step, weight=weight, tabular=tabular, italic=italic))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    @property
    def tone(self) -> str:
        """Token of the colour."""
        return str(self.property("tone"))

    def set_tone(self, tone: str) -> None:
        """Colour the words by another token."""
        if tone != self.tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


def caption(text: str, parent: QWidget | None = None) -> TextLabel:
    """Caption label, 12/600 spaced and muted; upper case where the script has it."""
    label = TextLabel(text.upper(), parent, step="caption", tone="muted")
    label.setAccessibleName(text)
    return label


class ElidedLabel(QWidget):
    """One line that gives up its middle when there is no room; the whole text is the tooltip then."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        step: str = "text",
        tone: str = "ink",
        weight: int | None = None,
        align_right: bool = False,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle,
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._mode = mode
        self._align = RIGHT if align_right else LEFT
        self._font = font(step, weight=weight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def setText(self, text: str) -> None:  # noqa: N802  (as QLabel has it)
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self._update_tool_tip()
        self.updateGeometry()
        self.update()

    def set_tone(self, tone: str) -> None:
        """Colour the words by another token."""
        self._tone = tone
        self.update()

    @property
    def is_elided(self) -> bool:
        """True when some of the text does not show."""
        return QFontMetrics(self._font).horizontalAdvance(self._text) > self.width()

    def sizeHint(self) -> QSize:
        """The whole line."""
        metrics = QFontMetrics(self._font)
        return QSize(metrics.horizontalAdvance(self._text) + 1, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters."""
        return QSize(min(48, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """The tooltip comes and goes with the room."""
        self._update_tool_tip()

    def changeEvent(self, event: QEvent) -> None:
        """Mirrored layouts turn the alignment round."""
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The line, elided."""
        painter = QPainter(self)
        align = self._align
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            align = RIGHT if align == LEFT else LEFT
        ink = color(self._tone)
        draw_text(painter, QRectF(self.rect()), self._text, font=self._font, color=ink, align=align, elide=self._mode)

    def _update_tool_tip(self) -> None:
        self.setToolTip(plain_tip(self._text) if self.is_elided else "")
