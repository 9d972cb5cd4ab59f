"""The words of the note line: a text field that hands over speaker and time as soon as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QMenu, QPlainTextEdit, QWidget

from observe_app.domain.abbreviations import expansion, finishes
from observe_app.domain.note_line import MAX_NOTE, clean_note
from observe_app.ui.form_panel.item_keys import asks_number, form_key
from observe_app.ui.observe.line_asks import Ask, AskKind, read_ask, text_before, units
from observe_app.ui.observe.note_head import Head, split_head
from observe_app.ui.observe.note_links import Links, Target, split_links
from observe_app.ui.theme import color, font, set_focus_ring

if TYPE_CHECKING:
    from observe_app.ui.observe.line_popup import LinePopup

LINE = 24
MOST_LINES = 4
_CARET = 2
PASTE_MOST = 10 * MAX_NOTE
_RETURN = "\r"
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
        tag_typed: what follows "#" at the cursor, None when no tag is being completed.
        asked: the `Ask` for an item or a command at the cursor, None when there is none any more.
        split_pressed: Ctrl+Enter with words in the line.
        menu_opening: the `QMenu` of the words, for whoever adds to it.
        question_asked: Alt+Down, or the menu: the word at the cursor that judges.
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
    asked = Signal(object)
    split_pressed = Signal()
    menu_opening = Signal(object)
    question_asked = Signal()
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
        self.popup: LinePopup | None = None
        self.targets: tuple[Target, ...] = ()
        self.abbreviations: tuple[tuple[str, ...], ...] = ()
        self._head = Head()
        self._links = Links()
        self._expanded = ("", "")
        self._ask: Ask | None = None
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
    def links(self) -> Links:
        """Form items picked for this note."""
        return self._links

    @property
    def words(self) -> str:
        """What is left: the words as typed."""
        return self.toPlainText()

    @property
    def parts(self) -> tuple[str, str]:
        """The words before the cursor and those after it."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
        first = cursor.selectedText().replace("\u2029", "\n")
        return first, self.toPlainText()[len(first) :]

    @property
    def is_empty(self) -> bool:
        """Nothing typed, nothing taken out."""
        return not (self._head.pieces or self._links.picked or self._preview) and self.document().isEmpty()

    def load(self, line: str, *, reads_head: bool = True) -> None:
        """Show a line; it has no past that undo could reach, and does not count as touched.

        Args:
            line: as typed.
            reads_head: False where a time alone is edited.
        """
        self._reads_head = reads_head
        self._links = Links()
        if reads_head:
            line, self._links = split_links(line, self.targets)
        self._head, words = split_head(line) if reads_head else (Head(), line)
        self._stepping = True
        self.setPlainText(words)
        self._stepping = False
        self._before = words
        self._was_empty = self.is_empty
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.changed.emit()
        self._set_ask(None)

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

    def complete(self, value: str) -> None:
        """Finish what is being completed at the cursor: a tag, a link to an item, or the name of a command."""
        ask, cursor = self._ask, self.textCursor()
        if ask is None:
            return
        keep, start = QTextCursor.MoveMode.KeepAnchor, cursor.position() - units(ask.typed)
        if ask.kind is AskKind.TAG:
            cursor.setPosition(start, keep)
            cursor.insertText(f"{value} ")
        elif ask.kind is AskKind.COMMAND:
            cursor.setPosition(start, keep)
            cursor.insertText(value)
            self.setTextCursor(cursor)
            if not value.endswith(" "):
                self.entered.emit()
            return
        else:
            before = self.toPlainText()
            cursor.setPosition(start - 1, keep)
            self._stepping = True
            cursor.removeSelectedText()
            self._stepping = False
            self._before = self.toPlainText()
            self._links = self._links.with_item(value, before, self._before)
            self.changed.emit()
        self.setTextCursor(cursor)

    def drop_link(self, item_id: str) -> None:
        """Take a picked item away again."""
        self._links = self._links.without(item_id)
        self._was_empty = self.is_empty
        self.changed.emit()

    def line_menu(self) -> QMenu:
        """Make the menu of the words, with what the line adds to it."""
        menu = self.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(menu)
        return menu

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
        if not self.hasFocus():
            self._set_ask(None)
            return
        cursor = self.textCursor()
        if cursor.hasSelection() or not self._reads_head:
            self._set_ask(None)
            return
        first = cursor.blockNumber() == 0 and not self._head.pieces
        self._set_ask(read_ask(text_before(cursor), first=first))

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
        if key == Qt.Key.Key_Down and modifiers & Qt.KeyboardModifier.AltModifier:
            self.question_asked.emit()
        elif form_key(event) or asks_number(event):
            event.ignore()  # the page gives it to the form
        elif step:
            self._step_back(step)
        elif self.popup is not None and self.popup.isVisible() and self._popup_key(key):
            return
        elif key in _ENTER and not shift:
            self._enter(control=bool(modifiers & Qt.KeyboardModifier.ControlModifier))
        elif key in _ENTER:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
            self._expand("\n")
        elif key == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif key == Qt.Key.Key_Up and self.is_empty:
            self.up_pressed.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.scroll_asked.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Backspace and self._head.pieces and self._at_start():
            self.put_back()
        elif key == Qt.Key.Key_Backspace and self._links.picked and self.document().isEmpty():
            self.drop_link(self._links.ids[-1])
        else:
            super().keyPressEvent(event)
            self._expand(event.text())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A preview of composed text counts as the first sign of the note."""
        if event.preeditString() and self.is_empty:
            self._preview = True
            self._was_empty = False
            self.touched.emit()
        super().inputMethodEvent(event)
        self._expand(event.commitString()[-1:])
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

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the row that is picked, else the first, while something is offered; else it leaves the line."""
        popup, ask = self.popup, self._ask
        if forward and ask is not None and popup is not None and popup.offers:
            value = popup.chosen or popup.offers[0].value
            self.complete(f"{value.rstrip()} " if ask.kind is AskKind.COMMAND else value)
            return True
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is completed without the focus."""
        super().focusOutEvent(event)
        self._set_ask(None)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with the words; the cursor goes to where the pointer is."""
        if event.reason() == QContextMenuEvent.Reason.Mouse and not self.textCursor().hasSelection():
            self.setTextCursor(self.cursorForPosition(event.pos()))
        self.line_menu().popup(event.globalPos())

    # -- helpers

    def _enter(self, *, control: bool) -> None:
        if control and self.is_empty:
            self.start_pressed.emit()
        elif control:
            self.split_pressed.emit()
        else:
            self._expand(_RETURN)
            self.entered.emit()

    def _expand(self, sign: str) -> None:
        """Write out the school's short word that this sign has just finished."""
        if not self.abbreviations or not self._reads_head or not (finishes(sign) or sign == _RETURN):
            return
        cursor = self.textCursor()
        if sign == "\n":
            cursor.movePosition(QTextCursor.MoveOperation.Left)
        before = text_before(cursor)
        if sign not in (_RETURN, "\n"):
            before = before[: -len(sign)]
        inside = sign == _RETURN and self.document().characterAt(cursor.position()).isalnum()
        command = before.startswith("/") and cursor.blockNumber() == 0 and not self._head.pieces
        if inside or command or cursor.hasSelection():
            return
        found = expansion(before, len(before), self.abbreviations, sign)
        if found is None:
            return
        # Its own step of the text's undo: Ctrl Z takes back the long word and leaves the short one.
        place, block, short = QTextCursor(self.document()), cursor.block().position(), self.toPlainText()
        place.setPosition(block + units(before[: found.start]))
        place.setPosition(block + units(before[: found.end]), QTextCursor.MoveMode.KeepAnchor)
        place.insertText(found.text)
        self._expanded = short, self.toPlainText()

    def _set_ask(self, ask: Ask | None) -> None:
        before, self._ask = self._ask, ask
        tag = ask if ask is not None and ask.kind is AskKind.TAG else None
        other = ask if tag is None else None
        if tag is None and before is not None and before.kind is AskKind.TAG:
            self.tag_typed.emit(None)
        if other is not None or (before is not None and before.kind is not AskKind.TAG):
            self.asked.emit(other)
        if tag is not None:
            self.tag_typed.emit(tag.typed)

    def _take_head(self, text: str) -> str:
        while (piece := self._head.read(text)) is not None:
            self._head = self._head.with_piece(piece)
            cursor = QTextCursor(self.document())
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, units(piece.raw))
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
        behind = self.document().characterCount() - self.textCursor().position()
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
        if step < 0 and (text, before) == self._expanded:  # writing goes on behind the short word
            cursor = self.textCursor()
            cursor.setPosition(self.document().characterCount() - behind)
            self.setTextCursor(cursor)
        self._links = self._links.stepped_back(before, text) if step < 0 else self._links.stepped_on(before, text)
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
