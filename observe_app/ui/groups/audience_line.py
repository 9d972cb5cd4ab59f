"""The line under a group's name that says who can read the page, and the way to change that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.audience_words import changed_words, line_words
from observe_app.ui.theme import color, paint_icon, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

if TYPE_CHECKING:
    from observe_app.services.groups.audience import GroupAudience

_DOWN = 4
"""Pixels from the top to the words, which stand beside those of the button."""


class _Icon(QWidget):
    """A sign beside words; never the only carrier of what it means."""

    def __init__(self, name: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(scaled(18), scaled(18 + _DOWN))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon."""
        where = QRectF(self.rect()).adjusted(1, scaled(_DOWN) + 1, -1, -1)
        paint_icon(QPainter(self), where, self._name, color(self._tone))


class AudienceLine(QWidget):
    """Who reads the page.

    Signals:
        asked: an `Ask`, to see who gets what.
    """

    asked = Signal(object)

    def __init__(self, found: GroupAudience, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words, icon = line_words(found)
        changed = changed_words(found)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(_Icon(icon, "accent", self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setContentsMargins(0, scaled(_DOWN), 0, 0)
        column.setSpacing(scaled(2))
        self.words = TextLabel(words, self, step="small", wrap=True)
        self.words.setObjectName("group_audience")
        self.words.setAccessibleDescription(self.tr("Who can read this page"))
        column.addWidget(self.words)
        self.trouble = TextLabel(changed, self, step="small", tone="err", wrap=True)
        self.trouble.setObjectName("group_audience_changed")
        self.trouble.setVisible(bool(changed))
        column.addWidget(self.trouble)
        column.addStretch(1)
        row.addLayout(column, 1)
        self.button = Button(
            self.tr("Who gets what…") if found.shared or not found.can_begin else self.tr("Share with its members…"),
            self, kind=ButtonKind.LINK, size=ButtonSize.SMALL,
        )  # fmt: skip
        self.button.setObjectName("group_share")
        self.button.setAccessibleDescription(words)
        self.button.clicked.connect(self._on_button)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @Slot()
    def _on_button(self) -> None:
        self.asked.emit(Ask(Act.SHARE))
