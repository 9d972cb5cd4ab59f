"""A few sentences about the whole conversation: long text under a line that folds it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from observe_app.services import visits
from observe_app.ui.theme import font, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core

LEAST = 44


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
    """The summary, open or folded.

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
        self._chosen: bool | None = None
        self.fold_button = Button(
            self.tr("Summary in a few sentences"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, tone="muted"
        )
        self.fold_button.setObjectName("summary_fold")
        self.fold_button.setFixedHeight(scaled(24))
        self.text = LongText(self)
        self.text.setObjectName("conversation_text")
        self.text.setAccessibleName(self.tr("Summary of the conversation"))
        self.text.setPlaceholderText(self.tr("What did the two of you find, in a few sentences?"))
        self.text.setMinimumHeight(scaled(LEAST))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.fold_button)
        column.addWidget(self.text, 1)
        self.fold_button.clicked.connect(self._on_fold)
        self.text.edited.connect(self._on_edited)
        self.text.came.connect(self._on_came)
        self.text.left.connect(self.left)
        self._open(opened=True)

    @property
    def is_open(self) -> bool:
        """Whether the text shows."""
        return not self.text.isHidden()

    def suggest(self, *, opened: bool) -> None:
        """Open or fold it, unless the person chose, or is writing here."""
        if self._chosen is None and not self.text.hasFocus():
            self._open(opened=opened)

    def show_text(self, text: str) -> None:
        """Show the text as it is stored now; words that are not stored yet stay as they are."""
        if not self._dirty:
            self._seen = None
            self.text.set_text(text)

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

    def _open(self, *, opened: bool) -> None:
        self.text.setVisible(opened)
        self.fold_button.set_icon("chevron-down" if opened else "chevron-right")
        name = self.tr("Fold the summary") if opened else self.tr("Open the summary")
        self.fold_button.setAccessibleDescription(name)

    @Slot()
    def _on_fold(self) -> None:
        self._chosen = not self.is_open
        self._open(opened=self._chosen)
        if self._chosen:
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.folded.emit()

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
