"""The marked words of the note line: a click or a key asks about one, and by themselves they ask nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QTextCursor

from observe_app.ui.observe.word_marks import WordMarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.low_inference import Mark
    from observe_app.ui.observe.note_edit import NoteEdit


class NoteMarks(WordMarks):
    """Marks the words of one field.

    Signals:
        question_asked: (word as its list has it, QRect of it in the field), by a click or a key.
    """

    question_asked = Signal(str, QRect)

    def __init__(self, edit: NoteEdit) -> None:
        super().__init__(edit)
        self._edit = edit
        self._left: set[str] = set()
        edit.changed.connect(self._on_changed)
        edit.question_asked.connect(self.ask_at_cursor)

    @Slot(str)
    def leave_word(self, word: str) -> None:
        """Mark this word no more in the line as it is; the next line begins anew."""
        self._left.add(word)
        self.mark_now()

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
        super()._on_changed()

    # -- Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a marked word asks."""
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
        return super().eventFilter(watched, event)

    # -- helpers

    def _judging(self, text: str) -> Sequence[Mark]:
        """Return what judges, without the words that were left; a command is no note."""
        return () if text.startswith("/") else [one for one in super()._judging(text) if one.word not in self._left]

    def _ask(self, cursor: QTextCursor, word: str) -> None:
        self.question_asked.emit(word, self._rect_of(cursor))

    def _rect_of(self, cursor: QTextCursor) -> QRect:
        """Return where a word stands in the field; of one that wraps, its beginning."""
        first, last = QTextCursor(cursor), QTextCursor(cursor)
        first.setPosition(cursor.selectionStart())
        last.setPosition(cursor.selectionEnd())
        begin, end = self._edit.cursorRect(first), self._edit.cursorRect(last)
        return QRect(begin.topLeft(), end.bottomRight()) if begin.top() == end.top() else begin
