"""One line of what a sheet about a release says: a sign, a name or count, and what goes with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.theme import color, paint_icon, scaled
from observe_app.ui.widgets import ElidedLabel, TextLabel
from observe_app.ui.widgets.layout import clear_layout
from observe_app.ui.widgets.paint import hairline

_ICON = 18


class Fact(QWidget):
    """A sign, words in 600 and words beside them, over a hairline."""

    def __init__(
        self, icon: str, name: str, words: str = "", parent: QWidget | None = None, *, tone: str = "muted"
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone = icon, tone
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 9, 0, 9)
        row.setSpacing(12)
        row.addSpacing(scaled(_ICON) + 12)  # a margin would not change sides where reading goes the other way
        if name and words:
            # A long name gives way; what is said of it does not.
            row.addWidget(ElidedLabel(name, self, weight=600))
            row.addWidget(TextLabel(words, self, tone="muted"))
            row.addStretch(1)
        else:
            row.addWidget(TextLabel(name or words, self, wrap=True), 1)
        self.setAccessibleName(f"{name} {words}".strip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sign and the line."""
        painter = QPainter(self)
        hairline(painter, self.rect())
        side = scaled(_ICON)
        left = self.width() - side if self.isRightToLeft() else 0
        paint_icon(painter, QRectF(left, (self.height() - side) / 2, side, side), self._icon, color(self._tone))
        painter.end()


class Facts(QWidget):
    """Facts below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._shown: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every line as one text."""
        return tuple(f"{name} {words}".strip() for _icon, name, words, _tone in self._shown)

    def show_facts(self, facts: tuple[tuple[str, str, str, str], ...]) -> None:
        """Show these lines, each as (icon, name, words, colour token of the icon)."""
        if facts == self._shown:
            return
        self._shown = facts
        clear_layout(self._column)
        for icon, name, words, tone in facts:
            self._column.addWidget(Fact(icon, name, words, self, tone=tone))
