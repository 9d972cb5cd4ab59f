"""Twelve words in four columns, shown or hidden. Nothing that reads the screen hears them while they are hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from observe_app.ui.theme import color, scaled
from observe_app.ui.widgets import TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_ROW = 34
_WIDE = 440


class WordsGrid(QWidget):
    """The words with their numbers; rules between the rows as in a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: tuple[str, ...] = ()
        self._hidden = False
        self._columns = 4
        self.setObjectName("words_grid")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 1, 0, 0)
        self._grid.setSpacing(0)
        self._cells: list[tuple[QWidget, TextLabel]] = []
        for at in range(12):
            cell = QWidget(self)
            cell.setFixedHeight(scaled(_ROW))
            row = QHBoxLayout(cell)
            row.setContentsMargins(0, 0, 8, 0)
            row.setSpacing(0)
            number = TextLabel(str(at + 1), cell, step="small", tone="muted", tabular=True)
            number.setFixedWidth(scaled(28))
            word = TextLabel("", cell, step="body", weight=600)
            word.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            row.addWidget(number)
            row.addWidget(word, 1)
            self._cells.append((cell, word))
        self._arrange()

    @property
    def is_hidden(self) -> bool:
        """Whether dots stand in the words' places."""
        return self._hidden

    def set_words(self, words: str) -> None:
        """Show these words, parted by spaces; "" empties all."""
        self._words = tuple(words.split())
        self._show()

    def set_hidden(self, *, hidden: bool) -> None:
        """Put dots in the words' places, or the words again."""
        self._hidden = hidden
        self._show()

    def word(self, place: int) -> str:
        """Return the word at a place from 1."""
        return self._words[place - 1]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two or three columns where four have no room."""
        super().resizeEvent(event)
        width = event.size().width()
        columns = 4 if width >= scaled(_WIDE) else 3 if width >= scaled(_WIDE * 3 // 4) else 2
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule above, and one below each row."""
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, color("ink"))
        for row in range(12 // self._columns):
            painter.fillRect(0, (row + 1) * scaled(_ROW), self.width(), 1, color("line2"))

    def _arrange(self) -> None:
        for at, (cell, _word) in enumerate(self._cells):
            self._grid.removeWidget(cell)
            self._grid.addWidget(cell, at // self._columns, at % self._columns)
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        self.setFixedHeight(12 // self._columns * scaled(_ROW) + 2)
        self.update()

    def _show(self) -> None:
        for at, (cell, label) in enumerate(self._cells):
            word = self._words[at] if at < len(self._words) else ""
            label.setText("• • • •" if self._hidden and word else word)
            told = self.tr("hidden") if self._hidden else word
            cell.setAccessibleName(self.tr("Word {n}: {word}").format(n=at + 1, word=told))
        names = [] if self._hidden else [f"{at} {word}" for at, word in enumerate(self._words, start=1)]
        self.setAccessibleName(self.tr("Twelve words, hidden") if self._hidden else self.tr("Twelve words"))
        self.setAccessibleDescription(", ".join(names))
