"""A few sentences about the whole conversation: long text under a line that folds it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from observe_app.services import visits
from observe_app.ui.theme import font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core

LEAST = 44
_FEW_LINES = 84


class LongText(QPlainTextEdit):
    """A field of many lines that takes the room there is.

    Signals:
        edited: the person changed the text (not the program).
        came: the caret came.
        left: the caret went elsewhere.
    """

    edited = Signal()
    came = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loading = False
        self.setFont(font("text"))
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_text_changed)

    def set_text(self, text: str) -> None:
        """Show another text; does not count as an edit, and the caret stays as near as it can."""
        shown = self.toPlainText()
        if text == shown or (self.hasFocus() and text.split() == shown.split()):
            return
        place, top = self.textCursor().position(), self.verticalScrollBar().value()
        self._loading = True
        self.setPlainText(text)
        self._loading = False
        cursor = self.textCursor()
        cursor.setPosition(min(place, len(self.toPlainText())))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(top)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the caret came."""
        super().focusInEvent(event)
        self.came.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the caret went; a menu of the field itself does not count."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    @Slot()
    def _on_text_changed(self) -> None:
        if not self._loading:
            self.edited.emit()


class SummaryFold(QWidget):
    """The summary: one line with its first words, a field while it is written or where nothing else stands here.

    Signals:
        edited: words changed; they are stored by `store`. left: the caret left. folded: it was opened or folded.
    """

    edited = Signal()
    left = Signal()
    folded = Signal()

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._visit_id = core, visit_id
        self._seen: Seen | None = None
        self._dirty = False
        self._alone = True
        self.fold_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, tone="muted")
        self.fold_button.setObjectName("summary_fold")
        self.fold_button.setFixedHeight(scaled(24))
        self.first_words = ElidedLabel("", self, step="small", tone="quote", mode=Qt.TextElideMode.ElideRight)
        self.first_words.setObjectName("summary_words")
        self.first_words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.text = LongText(self)
        self.text.setObjectName("conversation_text")
        self.text.setAccessibleName(self.tr("Summary of the conversation"))
        self.text.setPlaceholderText(self.tr("What did the two of you find, in a few sentences?"))
        self.text.setMinimumHeight(scaled(LEAST))
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.fold_button)
        line.addWidget(self.first_words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addLayout(line)
        column.addWidget(self.text, 1)
        self.fold_button.clicked.connect(self._on_fold)
        self.text.edited.connect(self._on_edited)
        self.text.came.connect(self._on_came)
        self.text.left.connect(self._on_left)
        self._open(opened=True)

    @property
    def is_open(self) -> bool:
        """Whether the text shows."""
        return not self.text.isHidden()

    @property
    def wanted_height(self) -> int:
        """Height that it needs in px: its line, and a few lines of text while it is open."""
        return scaled(24) + 2 + (scaled(_FEW_LINES) + 2 if self.is_open else 0)

    def set_alone(self, *, alone: bool) -> None:
        """Say whether nothing else stands here: then the field is open, else it is one line until it is written in."""
        self._alone = alone
        if not self.text.hasFocus():
            self._open(opened=alone)

    def show_text(self, text: str) -> None:
        """Show the text as it is stored now; words that are not stored yet stay as they are."""
        if not self._dirty:
            self._seen = None
            self.text.set_text(text)
            self._tell()

    @Slot()
    def write(self) -> None:
        """Open it, and put the caret behind the last word."""
        self._open(opened=True)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def store(self) -> None:
        """Write the words that are only on the screen.

        Raises:
            ObserveError: they could not be written; they stay on the screen.
        """
        if not self._dirty:
            return
        seen = self._seen or visits.open_visit(self._core, self._visit_id).seen
        words = self.text.toPlainText()
        self._seen = visits.update(self._core, visit_id=self._visit_id, seen=seen, conversation=words).seen
        self._dirty = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the field for its line."""
        if event.key() == Qt.Key.Key_Escape and self.text.hasFocus():
            self.fold_button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere in the line writes."""
        if event.button() == Qt.MouseButton.LeftButton and not self.is_open:
            self.write()
        else:
            super().mousePressEvent(event)

    def _open(self, *, opened: bool) -> None:
        changed = opened != self.is_open
        self.text.setVisible(opened)
        self.fold_button.set_icon("chevron-down" if opened else "chevron-right")
        self._tell()
        if changed:
            self.updateGeometry()
            self.folded.emit()

    def _tell(self) -> None:
        words = " ".join(self.text.toPlainText().split())
        short = bool(words) and not self.is_open
        self.fold_button.setText(self.tr("Summary") if short else self.tr("Summary in a few sentences"))
        self.fold_button.setToolTip(self.tr("Fold the summary") if self.is_open else self.tr("Write the summary"))
        self.fold_button.setAccessibleDescription(words or self.fold_button.toolTip())
        self.first_words.setText(words if short else "")
        if self.is_open:
            self.unsetCursor()
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @Slot()
    def _on_fold(self) -> None:
        if self.is_open:
            self._open(opened=False)
        else:
            self.write()

    @Slot()
    def _on_edited(self) -> None:
        self._dirty = True
        self.edited.emit()

    @Slot()
    def _on_came(self) -> None:
        if not self._dirty:
            opened = visits.open_visit(self._core, self._visit_id)
            self.text.set_text(opened.value.conversation)
            self._seen = opened.seen

    @Slot()
    def _on_left(self) -> None:
        self.left.emit()
        # Only once the focus has arrived: another window in front is no reason to fold.
        QTimer.singleShot(0, self, self._fold_left)

    @Slot()
    def _fold_left(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and focused is not self.text and not self._alone:
            self._open(opened=False)
