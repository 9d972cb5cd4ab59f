"""Badges: the words say who can read; a click lists the names."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text, rounded

_HEIGHT = 26
_ICON = 16
_PADDING = 10
_GAP = 7


class BadgeTone(Enum):
    """Ground and ink tokens."""

    ACCENT = ("tint", "accent")
    WARM = ("warmtint", "warm")


class Badge(QPushButton):
    """Round-ended label with an icon. Clickable unless `active` is False (a word like "New").

    Icons of the audience: "lock" only you, "user" teacher and you, "users" and others.
    """

    def __init__(
        self,
        text: str,
        icon: str = "",
        parent: QWidget | None = None,
        *,
        tone: BadgeTone = BadgeTone.ACCENT,
        active: bool = True,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._tone = tone
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if not active:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_badge(self, text: str, icon: str, tone: BadgeTone = BadgeTone.ACCENT) -> None:
        """Show other words."""
        self._icon, self._tone = icon, tone
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """26 high."""
        width = QFontMetrics(font("small", weight=600)).horizontalAdvance(self._words()) + 2 * _PADDING
        return QSize(width + (scaled(_ICON) + _GAP if self._icon else 0), scaled(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, icon, words."""
        painter = QPainter(self)
        ground, ink = self._tone.value
        pressed = self.isDown() or (self.underMouse() and self.isEnabled())
        plane = "tint2" if pressed and self._tone is BadgeTone.ACCENT else ground
        edge = color(ink) if tokens().scheme.is_contrast else None
        rounded(painter, QRectF(self.rect()), self.height() / 2, fill=color(plane), edge=edge)
        rect = self.rect().adjusted(_PADDING, 0, -_PADDING, 0)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if self._icon:
            side = scaled(_ICON)
            left = rect.right() - side + 1 if mirrored else rect.left()
            paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), self._icon, color(ink))
            rect.adjust(0 if mirrored else side + _GAP, 0, -(side + _GAP) if mirrored else 0, 0)
        draw_text(painter, rect, self._words(), font=font("small", weight=600), color=color(ink))

    def _words(self) -> str:
        return self.text().replace("&", "")
