"""Text that is edited where it stands: it looks like the page until the caret is in it."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from observe_app.ui.talk.wrapped import Wrapped, line_height
from observe_app.ui.theme import color, font, set_focus_ring


class InPlaceText(QTextEdit):
    """Plain text that grows with what is written; the card around it paints the plane while it has the caret.

    Args:
        step: step of the type scale. weight: 400 or 600.
        one_line: Enter goes on instead of breaking the line; pasted line ends become spaces.

    Signals:
        edited: the user changed the text (not the program).
        focus_changed: the caret came or went.
        went_on: Enter in a one-line text, or Ctrl Enter anywhere: the person is done here.
        escaped: Escape was pressed.
        went_back: Shift Tab where `tab_goes_back`.

    Attributes:
        tab_goes_on, tab_goes_back: Tab stays among the parts of what is being written; the owner moves the caret.
    """

    edited = Signal()
    focus_changed = Signal(bool)
    went_on = Signal()
    escaped = Signal()
    went_back = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        step: str = "text",
        weight: int | None = None,
        one_line: bool = False,
        tone: str = "ink",
    ) -> None:
        super().__init__(parent)
        self._line = line_height(step)
        self._one_line = one_line
        self._tone = tone
        self._loading = False
        self._hint = ""
        self.tab_goes_on = False
        self.tab_goes_back = False
        self.setProperty("plain", "true")
        set_focus_ring(self, shown=False)
        self.setFont(font(step, weight=weight))
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._load("")
        self.textChanged.connect(self._on_text_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)

    def text(self) -> str:
        """Return the whole text."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show another text; does not count as an edit, and the caret stays as near as it can.

        What is stored is cleaned of outer and doubled spaces; while the caret is here they stay, or a space
        typed before a pause would go under the person's hands.
        """
        shown = self.toPlainText()
        if text == shown or (self.hasFocus() and text.split() == shown.split()):
            return
        place = self.textCursor().position()
        self._load(text)
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(cursor)

    def set_hint(self, hint: str) -> None:
        """Show these muted words while there is no text."""
        self._hint = hint
        self.setAccessibleDescription(hint)
        self._fit()
        self.viewport().update()

    def write(self, *, at_end: bool = True) -> None:
        """Put the caret here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End if at_end else QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def begin_with(self, words: str, gap: str) -> None:
        """Put first words in as if they were typed, one undo of the text takes them out; select the first gap."""
        cursor = self.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(words)
        place = words.find(gap)
        if place >= 0:
            cursor.setPosition(place)
            cursor.setPosition(place + len(gap), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def sizeHint(self) -> QSize:
        """Height of the lines there are."""
        return QSize(80, self._wanted_height())

    def minimumSizeHint(self) -> QSize:
        """As high as its lines; as narrow as the page wants it."""
        return QSize(40, self._wanted_height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in one line and Ctrl Enter go on; Escape leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if self._one_line or with_control:
                self.went_on.emit()
                return
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes on, and back, within what is being written where the owner says so."""
        if self.tab_goes_on and forward:
            self.went_on.emit()
            return True
        if self.tab_goes_back and not forward:
            self.went_back.emit()
            return True
        return super().focusNextPrevChild(forward)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words without their look."""
        words = source.text()
        self.insertPlainText(" ".join(words.split()) if self._one_line else words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the card."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the card, unless only a menu of the text opened."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.focus_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, or the hint in its place."""
        super().paintEvent(event)
        if self._hint and self.document().isEmpty():
            painter = QPainter(self.viewport())
            self._wrapped_hint().draw(painter, 0, 0, color("muted"))
            painter.end()

    def _wrapped_hint(self) -> Wrapped:
        return Wrapped(self._hint, self.font(), self._line, max(1, self.viewport().width()))

    def _wanted_height(self) -> int:
        if self.document().isEmpty() and self._hint:
            return int(self._wrapped_hint().height)
        return max(self._line, round(self.document().documentLayout().documentSize().height()))

    def _load(self, text: str) -> None:
        self._loading = True
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        look = QTextBlockFormat()
        look.setLineHeight(self._line, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(look)
        self.document().setUndoRedoEnabled(True)
        self._loading = False
        self._fit()

    def _fit(self) -> None:
        wanted = self._wanted_height()
        if self.height() != wanted or self.maximumHeight() != wanted:
            self.setFixedHeight(wanted)

    @Slot()
    def _on_text_changed(self) -> None:
        self._fit()
        if not self._loading:
            self.edited.emit()

    @Slot()
    def _on_size_changed(self) -> None:
        self._fit()
