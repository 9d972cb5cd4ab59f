"""The soft underline of words that judge, in any text: it comes after a pause in typing and forbids nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from observe_app.domain.low_inference import marks
from observe_app.ui.observe.line_asks import units
from observe_app.ui.theme import color

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPlainTextEdit

    from observe_app.domain.low_inference import Mark

PAUSE_MS = 700
MOST = 60
"""Words underlined at once, the last ones: a very long note must not make its keys wait."""


class WordMarks(QObject):
    """Marks the words of one field; whoever inherits it says when they changed, by `_on_changed`."""

    def __init__(self, field: QTextEdit | QPlainTextEdit) -> None:
        super().__init__(field)
        self._field = field
        self._words: frozenset[str] = frozenset()
        self._shown: list[tuple[QTextCursor, str]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.mark_now)
        field.viewport().installEventFilter(self)
        field.installEventFilter(self)

    @property
    def marked(self) -> tuple[str, ...]:
        """The words underlined now, as they are written."""
        return tuple(cursor.selectedText() for cursor, _word in self._shown)

    def set_words(self, words: frozenset[str]) -> None:
        """Mark these words from now on; none at all turns the marks off."""
        self._words = words
        self.mark_now()

    @Slot()
    def mark_now(self) -> None:
        """Underline what judges in the words as they stand."""
        self._timer.stop()
        text = self._field.toPlainText()
        self._shown = []
        for mark in self._judging(text)[-MOST:]:
            cursor = QTextCursor(self._field.document())
            cursor.setPosition(units(text[: mark.start]))
            cursor.setPosition(units(text[: mark.end]), QTextCursor.MoveMode.KeepAnchor)
            self._shown.append((cursor, mark.word))
        self._draw()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another theme has another ink."""
        if event.type() == QEvent.Type.PaletteChange and watched is self._field and self._shown:
            self._draw()
        return False

    def _judging(self, text: str) -> Sequence[Mark]:
        """Return what judges in the text."""
        return marks(text, self._words)

    @Slot()
    def _on_changed(self) -> None:
        kept = [(cursor, word) for cursor, word in self._shown if cursor.selectedText().casefold() == word]
        if len(kept) != len(self._shown):
            self._shown = kept
            self._draw()
        if self._words:
            self._timer.start()

    def _draw(self) -> None:
        form = QTextCharFormat()
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        form.setUnderlineColor(color("mid"))
        drawn = []
        for cursor, _word in self._shown:
            selection = QTextEdit.ExtraSelection()
            selection.cursor = cursor
            selection.format = form
            drawn.append(selection)
        if drawn or self._field.extraSelections():
            self._field.setExtraSelections(drawn)
