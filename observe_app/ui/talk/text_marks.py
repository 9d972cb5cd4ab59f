"""The soft underline of words that judge in a claim: it comes after a pause and forbids nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip

from observe_app.domain.low_inference import marks
from observe_app.ui.observe.line_asks import units
from observe_app.ui.theme import color
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.ui.talk.in_place import InPlaceText

PAUSE_MS = 700
MOST = 60


class TextMarks(QObject):
    """Marks the words of one text that is edited in place."""

    def __init__(self, edit: InPlaceText) -> None:
        super().__init__(edit)
        self._edit = edit
        self._words: frozenset[str] = frozenset()
        self._shown: list[tuple[QTextCursor, str]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.mark_now)
        edit.textChanged.connect(self._on_changed)
        edit.viewport().installEventFilter(self)
        edit.installEventFilter(self)

    @property
    def marked(self) -> tuple[str, ...]:
        """The words underlined now, as they are written."""
        return tuple(cursor.selectedText() for cursor, _word in self._shown)

    def set_words(self, words: frozenset[str]) -> None:
        """Mark these words from now on; none at all turns the marks off."""
        if words != self._words:
            self._words = words
            self.mark_now()

    @Slot()
    def mark_now(self) -> None:
        """Underline what judges in the words as they stand."""
        self._timer.stop()
        text = self._edit.text()
        self._shown = []
        for mark in marks(text, self._words)[-MOST:] if text else ():
            cursor = QTextCursor(self._edit.document())
            cursor.setPosition(units(text[: mark.start]))
            cursor.setPosition(units(text[: mark.end]), QTextCursor.MoveMode.KeepAnchor)
            self._shown.append((cursor, mark.word))
        self._draw()

    @Slot()
    def _on_changed(self) -> None:
        kept = [(cursor, word) for cursor, word in self._shown if cursor.selectedText().casefold() == word]
        if len(kept) != len(self._shown):
            self._shown = kept
            self._draw()
        if self._words:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The pointer on a marked word is told why; another theme has another ink."""
        if self._shown and isinstance(event, QHelpEvent) and watched is self._edit.viewport():
            for cursor, _word in self._shown:
                if self._holds(cursor, event):
                    tip = self.tr("“{word}” judges. What was seen or heard?").format(word=cursor.selectedText())
                    QToolTip.showText(event.globalPos(), plain_tip(tip), self._edit)
                    return True
        elif event.type() == QEvent.Type.PaletteChange and watched is self._edit and self._shown:
            self._draw()
        return False

    def _holds(self, cursor: QTextCursor, event: QHelpEvent) -> bool:
        at = self._edit.cursorForPosition(event.pos()).position()
        return cursor.selectionStart() <= at <= cursor.selectionEnd()

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
        if drawn or self._edit.extraSelections():
            self._edit.setExtraSelections(drawn)
