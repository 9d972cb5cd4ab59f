"""The soft underline of words that judge in a claim; the pointer on one of them is told why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QToolTip

from observe_app.ui.observe.word_marks import WordMarks
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QObject

    from observe_app.ui.talk.in_place import InPlaceText


class TextMarks(WordMarks):
    """Marks the words of one text that is edited in place."""

    def __init__(self, edit: InPlaceText) -> None:
        super().__init__(edit)
        self._edit = edit
        edit.textChanged.connect(self._on_changed)

    def set_words(self, words: frozenset[str]) -> None:
        """Mark these words from now on, where they are others than before."""
        if words != self._words:
            super().set_words(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer on a marked word is told why."""
        if self._shown and isinstance(event, QHelpEvent) and watched is self._edit.viewport():
            for cursor, _word in self._shown:
                if self._holds(cursor, event):
                    tip = self.tr("“{word}” judges. What was seen or heard?").format(word=cursor.selectedText())
                    QToolTip.showText(event.globalPos(), plain_tip(tip), self._edit)
                    return True
        return super().eventFilter(watched, event)

    def _holds(self, cursor: QTextCursor, event: QHelpEvent) -> bool:
        at = self._edit.cursorForPosition(event.pos()).position()
        return cursor.selectionStart() <= at <= cursor.selectionEnd()
