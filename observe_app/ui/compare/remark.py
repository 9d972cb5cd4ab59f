"""A remark at the foot of a view: what it rests on and what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.theme import color, paint_icon, scaled
from observe_app.ui.widgets import Rule, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class _Sign(QWidget):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(scaled(20), scaled(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = scaled(18)
        paint_icon(QPainter(self), QRectF(0, 1, side, side), "info", color("muted"))


class Remark(QWidget):
    """A rule, a sign and a few sentences."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = Rule(self, line="line")
        self.sign = _Sign(self)
        self.words = TextLabel("", self, tone="muted", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.rule)
        inner = QVBoxLayout()
        inner.setContentsMargins(scaled(28), 0, 0, 0)
        inner.addWidget(self.words)
        column.addLayout(inner)

    def say(self, *sentences: str) -> None:
        """Say these sentences, one after the other."""
        text = " ".join(one for one in sentences if one)
        self.words.setText(text)
        self.setVisible(bool(text))

    def resizeEvent(self, event: object) -> None:
        """The sign stands beside the first line, where reading begins."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.sign.move(self.width() - self.sign.width() if mirrored else 0, 11)
