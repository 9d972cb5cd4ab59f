"""The soft underline of words that judge: it comes after a pause in typing and asks nothing by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from observe_app.domain.low_inference import marks
from observe_app.ui.observe.line_asks import units
from observe_app.ui.theme import color

if TYPE_CHECKING:
    from observe_app.ui.observe.note_edit import NoteEdit

PAUSE_MS = 700
MOST = 60
"""Words underlined at once, the last ones: a very long note must not make its keys wait."""


class NoteMarks(QObject):
    """Marks the words of one field.

    Signals:
        question_asked: (word as its list has it, QRect of it in the field), by a click or a key.
    """

    question_asked = Signal(str, QRect)

    def __init__(self, edit: NoteEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._words: frozenset[str] = frozenset()
        self._left: set[str] = set()
        self._shown: list[tuple[QTextCursor, str]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.mark_now)
        edit.changed.connect(self._on_changed)
        edit.question_asked.connect(self.ask_at_cursor)
        edit.viewport().installEventFilter(self)
        edit.installEventFilter(self)

    @property
    def marked(self) -> tuple[str, ...]:
        """The words underlined now, as they are written."""
        return tuple(cursor.selectedText() for cursor, _word in self._shown)

    def set_words(self, words: frozenset[str]) -> None:
        """Mark these words from now on; none at all turns the marks off."""
        self._words = words
        self.mark_now()

    @Slot(str)
    def leave_word(self, word: str) -> None:
        """Mark this word no more in the line as it is; the next line begins anew."""
        self._left.add(word)
        self.mark_now()

    @Slot()
    def mark_now(self) -> None:
        """Underline what judges in the words as they stand."""
        self._timer.stop()
        text = self._edit.words
        found = [] if text.startswith("/") else [one for one in marks(text, self._words) if one.word not in self._left]
        self._shown = []
        for mark in found[-MOST:]:
            cursor = QTextCursor(self._edit.document())
            cursor.setPosition(units(text[: mark.start]))
            cursor.setPosition(units(text[: mark.end]), QTextCursor.MoveMode.KeepAnchor)
            self._shown.append((cursor, mark.word))
        self._draw()

    @Slot()
    def ask_at_cursor(self) -> None:
        """Ask about the marked word at the cursor, or the nearest one before it, or the first one."""
        if self._timer.isActive():
            self.mark_now()
        at = self._edit.textCursor().position()
        before = [shown for shown in self._shown if shown[0].selectionStart() <= at]
        for chosen in before[-1:] or self._shown[:1]:
            self._ask(*chosen)

    # -- slots

    @Slot()
    def _on_changed(self) -> None:
        if self._edit.is_empty:
            self._left.clear()
        kept = [(cursor, word) for cursor, word in self._shown if cursor.selectedText().casefold() == word]
        if len(kept) != len(self._shown):
            self._shown = kept
            self._draw()
        if self._words:
            self._timer.start()

    # -- Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a marked word asks; another theme has another ink."""
        if (
            self._shown
            and event.type() == QEvent.Type.MouseButtonRelease
            and watched is self._edit.viewport()
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
            and not self._edit.textCursor().hasSelection()
        ):
            place = event.position().toPoint()
            for cursor, word in self._shown:
                if self._rect_of(cursor).contains(place):
                    self._ask(cursor, word)
                    break
        elif event.type() == QEvent.Type.PaletteChange and watched is self._edit and self._shown:
            self._draw()
        return False

    # -- helpers

    def _ask(self, cursor: QTextCursor, word: str) -> None:
        self.question_asked.emit(word, self._rect_of(cursor))

    def _rect_of(self, cursor: QTextCursor) -> QRect:
        """Return where a word stands in the field; of one that wraps, its beginning."""
        first, last = QTextCursor(cursor), QTextCursor(cursor)
        first.setPosition(cursor.selectionStart())
        last.setPosition(cursor.selectionEnd())
        begin, end = self._edit.cursorRect(first), self._edit.cursorRect(last)
        return QRect(begin.topLeft(), end.bottomRight()) if begin.top() == end.top() else begin

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
