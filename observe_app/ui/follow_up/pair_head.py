"""The two names over two sides of one weight, each with when and where from, over one rule."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from observe_app.ui.follow_up.pair_line import NARROW
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, TextLabel
from observe_app.ui.widgets.paint import hairline

_SIDE_GAP = 24


class PairHead(QWidget):
    """Names "Your words" and "The teacher's reply"; the second only where there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left_words = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.right_words = ElidedLabel("", self, step="small", tone="muted", mode=Qt.TextElideMode.ElideRight)
        self.which_button = Button(
            "",
            self,
            kind=ButtonKind.LINK,
            size=ButtonSize.SMALL,
            icon="chevron-down",
            name=self.tr("Show another reply"),
        )
        self.which_button.setObjectName("which_reply")
        self.more_button = Button(
            "",
            self,
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="ellipsis",
            name=self.tr("More about this reply"),
        )
        self.more_button.setObjectName("reply_more")
        self.right = QWidget(self)
        self.left_title = TextLabel(self.tr("Your words"), self, step="heading", weight=600)
        self.right_title = TextLabel(self.tr("The teacher’s reply"), self, step="heading", weight=600)
        left = self._half(self.left_title, self.left_words)
        right = self._half(self.right_title, self.right_words)
        right.addWidget(self.which_button)
        right.addWidget(self.more_button)
        right.setContentsMargins(0, 0, 0, 0)
        self.right.setLayout(right)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 6)
        self._row.setSpacing(_SIDE_GAP)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.right, 1)

    def show_words(self, left: str, right: str, *, which: str, two: bool) -> None:
        """Show when and where from; `which` says which of several replies shows, `two`: there is a reply."""
        self.left_words.setText(left)
        self.right_words.setText(right)
        self.which_button.setText(which)
        self.which_button.setVisible(bool(which))
        self.which_button.setToolTip(self.tr("Show another reply"))
        self.right.setVisible(two)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One above the other where the answers stand under the words."""
        super().resizeEvent(event)
        narrow = self.width() < scaled(NARROW)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(2 if narrow else _SIDE_GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule."""
        painter = QPainter(self)
        hairline(painter, self.rect(), "ink", height=2 if self.right.isVisible() else 1)
        painter.end()

    def name_sides(self, *, wrote: bool, answers: bool) -> None:
        """Name the halves for who reads: the observer who wrote it, the teacher who answers, or somebody else."""
        self.left_title.setText(self.tr("Your words") if wrote else self.tr("The observer’s words"))
        self.right_title.setText(self.tr("Your reply") if answers else self.tr("The teacher’s reply"))

    def _half(self, title: QWidget, words: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(title)
        row.addWidget(words, 1)
        return row
