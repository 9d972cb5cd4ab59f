"""What a page shows before there is anything: a drawn time line, one sentence, a way on, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.widgets.key_cap import KeyHint
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.paint import paint_dot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.ui.widgets.button import Button

_WIDTH = 420
_TICKS = (40, 66, 134, 180, 196, 300, 318, 370)


class TimeLineMark(QWidget):
    """The drawn time line: ticks, a moment, a ring, a starred dot. Decoration only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """420 x 20."""
        return QSize(_WIDTH, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Line, ticks, dots."""
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 9, _WIDTH, 1), color("line"))
        for x in _TICKS:
            painter.fillRect(QRectF(x, 4, 2, 12), color("mid"))
        paint_dot(painter, QPointF(110, 10), 14, "accent", filled=True)
        paint_dot(painter, QPointF(250, 10), 13, "accent", filled=False, pen=2)
        paint_dot(painter, QPointF(318, 10), 10, "warm", filled=True)


class EmptyState(QWidget):
    """Left-aligned column in the upper half of the page.

    Args:
        sentence: the 28 px line.
        text: what one can do, a few lines at most.
        buttons: one main and at most one other way on.
        keys: keys and words shown under the buttons.
    """

    def __init__(
        self,
        sentence: str,
        text: str = "",
        parent: QWidget | None = None,
        *,
        buttons: Sequence[Button] = (),
        keys: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.sentence = TextLabel(sentence, self, step="empty", wrap=True)
        self.text_label = TextLabel(text, self, step="lead", tone="muted", wrap=True)
        self.text_label.setMaximumWidth(scaled(500))
        self.text_label.setVisible(bool(text))
        column = QVBoxLayout(self)
        column.setContentsMargins(120, 0, 24, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(TimeLineMark(self))
        column.addSpacing(46)
        column.addWidget(self.sentence)
        column.addSpacing(6)
        column.addWidget(self.text_label)
        column.addSpacing(20)
        column.addLayout(_row(buttons, 12))
        column.addSpacing(16)
        column.addLayout(_row([KeyHint(key, words, self) for key, words in keys], 12))
        column.addStretch(5)


def _row(widgets: Sequence[QWidget], spacing: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(spacing)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
