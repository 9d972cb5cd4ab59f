"""Help with words that judge: marks in the note line, and the question where the observer asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from observe_app.ui.observe.note_marks import NoteMarks
from observe_app.ui.observe.word_question import WordQuestion

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.ui.observe.note_edit import NoteEdit


class LineQuestion(QObject):
    """Serves one note line; the question stands over the page that the line's popup stands over.

    Signals:
        word_fair: a word that is never to be marked again.
        marks_off: no words are to be marked.
    """

    word_fair = Signal(str)
    marks_off = Signal()

    def __init__(self, edit: NoteEdit, line: QWidget) -> None:
        super().__init__(line)
        self._edit, self._line = edit, line
        self._question: WordQuestion | None = None
        self.marks = NoteMarks(edit)
        self.marks.question_asked.connect(self._on_question)
        edit.menu_opening.connect(self._on_menu_opening)
        edit.installEventFilter(self)

    @property
    def question(self) -> WordQuestion | None:
        """The question, None before the first."""
        return self._question

    @Slot(object)
    def _on_menu_opening(self, menu: QMenu) -> None:
        if self.marks.marked:
            ask = QAction(self.tr("What did you see or hear?") + "\tAlt+Down", menu)
            ask.setObjectName("question")
            ask.triggered.connect(self.marks.ask_at_cursor)
            menu.addSeparator()
            menu.addAction(ask)

    @Slot(str, QRect)
    def _on_question(self, word: str, place: QRect) -> None:
        line, edit = self._line, self._edit
        parent = edit.popup.parentWidget() if edit.popup is not None else line.parentWidget()
        if parent is None:
            return
        if self._question is None:
            self._question = WordQuestion(parent)
            self._question.left.connect(self.marks.leave_word)
            self._question.fair.connect(self.word_fair)
            self._question.off.connect(self.marks_off)
            self._question.closed.connect(self._on_closed)
            self._question.typed.connect(self._on_typed)
        left, top = edit.viewport().mapTo(parent, place.topLeft()).x(), line.mapTo(parent, QPoint(0, 0)).y()
        said = next((one for one in self.marks.marked if one.casefold().replace("’", "'") == word), word)
        self._question.ask(word, said, QRect(left, top, place.width(), place.height()))

    @Slot()
    def _on_closed(self) -> None:
        self._edit.setFocus()

    @Slot(object)
    def _on_typed(self, event: QKeyEvent) -> None:
        QApplication.sendEvent(self._edit, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever goes on writing has answered."""
        if event.type() == QEvent.Type.FocusIn and self._question is not None:
            self._question.hide()
        return False
