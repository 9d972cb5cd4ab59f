"""The words of the note line: a text field that hands over speaker and time as soon as they are typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from observe_app.domain.note_line import MAX_NOTE, clean_note
from observe_app.ui.form_panel.item_keys import asks_number, form_key
from observe_app.ui.observe.note_head import Head, split_head
from observe_app.ui.theme import color, font, set_focus_ring

if TYPE_CHECKING:
    from observe_app.ui.observe.tag_popup import TagPopup

LINE = 24
MOST_LINES = 4
_CARET = 2
PASTE_MOST = 10 * MAX_NOTE
_TAG = re.compile(r"(?:^|(?<=\s))#([\w-]{0,39})$")
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NoteEdit(QPlainTextEdit):
    """Plain text in 18 px with its head taken out.

    Signals:
        touched: the first sign of a new note (a key, a paste, an input method's preview).
        changed: head or words changed, by the user or by the program.
        entered: Enter. start_pressed: Ctrl+Enter on an empty line.
        up_pressed, escaped: Up on an empty line; Esc.
        undo_asked, redo_asked: Ctrl+Z and its opposite on an empty line.
        scroll_asked: -1 or +1, a page of the stream up or down.
        tag_typed: what follows "#" at the cursor, None when nothing is being completed.
        paste_refused: length of a text too long for any note.
    """

    touched = Signal()
    changed = Signal()
    entered = Signal()
    start_pressed = Signal()
    up_pressed = Signal()
    escaped = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    scroll_asked = Signal(int)
    tag_typed = Signal(object)
    paste_refused = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_edit")
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(font("note"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.setCursorWidth(_CARET)
        self.setAccessibleName(self.tr("Note"))
        set_focus_ring(self, shown=False)
        self.popup: TagPopup | None = None
        self._head = Head()
        self._reads_head = True
        self._stepping = False
        self._before = ""
        self._was_empty = True
        self._preview = False
        self._elsewhere = 0
        self.textChanged.connect(self._on_text_changed)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    # -- public

    @property
    def head(self) -> Head:
        """Time and speaker taken out of the line."""
        return self._head

    @property
    def words(self) -> str:
        """What is left: the words as typed."""
        return self.toPlainText()

    @property
    def is_empty(self) -> bool:
        """Nothing typed, nothing taken out."""
        return not self._head.pieces and not self._preview and self.document().isEmpty()

    def load(self, line: str, *, reads_head: bool = True) -> None:
        """Show a line; it has no past that undo could reach, and does not count as touched.

        Args:
            line: as typed.
            reads_head: False where a time alone is edited.
        """
        self._reads_head = reads_head
        self._head, words = split_head(line) if reads_head else (Head(), line)
        self._stepping = True
        self.setPlainText(words)
        self._stepping = False
        self._before = words
        self._was_empty = self.is_empty
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.changed.emit()
        self.tag_typed.emit(None)

    @Slot()
    def see_act_elsewhere(self) -> None:
        """Something was done in the form since the last sign: undo means that first, and the words stay."""
        self._elsewhere = -1

    def put_back(self) -> None:
        """Turn the last piece of the head into text again, before the words."""
        piece = self._head.pieces[-1]
        self._head = self._head.without_last()
        cursor = QTextCursor(self.document())
        self._stepping = True
        cursor.insertText(piece.raw.rstrip(" "))
        self._stepping = False
        self._before = self.toPlainText()
        self.setTextCursor(cursor)
        self.changed.emit()

    def complete(self, tag: str) -> None:
        """Finish the tag at the cursor."""
        cursor = self.textCursor()
        found = _TAG.search(cursor.block().text()[: cursor.positionInBlock()])
        if found:
            cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(found.group(1)))
            cursor.insertText(f"{tag} ")
            self.setTextCursor(cursor)

    def wanted_lines(self) -> int:
        """Lines to show, 1 to 4."""
        return max(1, min(MOST_LINES, round(self.document().documentLayout().documentSize().height())))

    # -- slots

    @Slot()
    def _on_text_changed(self) -> None:
        text = self.toPlainText()
        if self._stepping or text == self._before:
            return
        self._elsewhere = 0
        if self._was_empty and text:
            self._was_empty = False
            self.touched.emit()
        if self._reads_head and len(self._before) <= len(text):
            text = self._take_head(text)
        self._before = text
        self._was_empty = self.is_empty
        self.changed.emit()

    @Slot()
    def _on_cursor_moved(self) -> None:
        cursor = self.textCursor()
        found = _TAG.search(cursor.block().text()[: cursor.positionInBlock()][-60:])
        self.tag_typed.emit(found.group(1) if found and self.hasFocus() else None)

    # -- Qt overrides

    def event(self, event: QEvent) -> bool:
        """Undo and redo belong to the line while it has the focus, not to the window's menu."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and undo_step(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The caret, in the accent and still: nothing blinks during a lesson."""
        super().paintEvent(event)
        if self.hasFocus():
            caret = self.cursorRect()
            caret.setWidth(_CARET)
            QPainter(self.viewport()).fillRect(caret, color("accent"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the line; what is left types."""
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        shift = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        step = undo_step(event)
        if form_key(event) or asks_number(event):
            event.ignore()  # the page gives it to the form
        elif step:
            self._step_back(step)
        elif self.popup is not None and self.popup.isVisible() and self._popup_key(key):
            return
        elif key in _ENTER and not shift:
            begins = self.is_empty and bool(modifiers & Qt.KeyboardModifier.ControlModifier)
            (self.start_pressed if begins else self.entered).emit()
        elif key in _ENTER:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key == Qt.Key.Key_Up and self.is_empty:
            self.up_pressed.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.scroll_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Backspace and self._head.pieces and self._at_start():
            self.put_back()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A preview of composed text counts as the first sign of the note."""
        if event.preeditString() and self.is_empty:
            self._preview = True
            self._was_empty = False
            self.touched.emit()
        super().inputMethodEvent(event)
        if not event.preeditString() and self._preview:
            self._preview = False
            self._was_empty = self.is_empty
            self.changed.emit()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only; what could never be a note is refused and said, not cut."""
        text = clean_note(source.text())
        if len(text) > PASTE_MOST:
            self.paste_refused.emit(len(text))
            return
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is completed without the focus."""
        super().focusOutEvent(event)
        self.tag_typed.emit(None)

    # -- helpers

    def _take_head(self, text: str) -> str:
        while (piece := self._head.read(text)) is not None:
            self._head = self._head.with_piece(piece)
            cursor = QTextCursor(self.document())
            units = len(piece.raw.encode("utf-16-le")) // 2  # Qt counts UTF-16 units
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, units)
            self._stepping = True
            cursor.removeSelectedText()
            self._stepping = False
            text = self.toPlainText()
        return text

    def _step_back(self, step: int) -> None:
        meant = self._elsewhere == step  # that is the newest thing done, or taken back
        if meant or (self.is_empty and not (step > 0 and self.document().isRedoAvailable())):
            self._elsewhere = -step if meant else 0
            (self.undo_asked if step < 0 else self.redo_asked).emit()
            return
        before, pieces = self.toPlainText(), self._head.pieces
        self._stepping = True
        if step < 0:
            self.undo()
        else:
            self.redo()
        self._stepping = False
        text = self.toPlainText()
        if step < 0 and pieces and text == pieces[-1].raw + before:
            self._head = self._head.without_last()
        elif step > 0 and (piece := self._head.read(before)) is not None and before == piece.raw + text:
            self._head = self._head.with_piece(piece)
        self._before = text
        self._was_empty = self.is_empty
        self.changed.emit()

    def _popup_key(self, key: Qt.Key) -> bool:
        popup = self.popup
        if popup is None:
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            popup.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in _ENTER and popup.chosen is not None:
            self.complete(popup.chosen)
        elif key == Qt.Key.Key_Escape:
            popup.close_offer()
        else:
            return False
        return True

    def _at_start(self) -> bool:
        cursor = self.textCursor()
        return cursor.position() == 0 and not cursor.hasSelection()


def undo_step(event: QKeyEvent) -> int:
    """Return -1 for the system's undo key, 1 for redo (Ctrl+Shift+Z everywhere), 0 for any other."""
    if event.matches(QKeySequence.StandardKey.Undo):
        return -1
    control_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    again = event.key() == Qt.Key.Key_Z and event.modifiers() == control_shift
    return 1 if again or event.matches(QKeySequence.StandardKey.Redo) else 0
