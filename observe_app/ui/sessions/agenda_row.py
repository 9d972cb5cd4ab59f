"""One line of the agenda: what, and how many minutes. Enter goes on, Alt with an arrow moves it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN, Seen
from observe_app.ui.sessions.undo_line import UndoLine
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.sessions.session import SessionItem

MINUTES_WIDE = 64


class AgendaLine(UndoLine):
    """A line that hands its keys on.

    Signals:
        went_on: Enter. moved: -1 or 1, by Alt and an arrow. stepped: -1 or 1, by an arrow. emptied: Backspace in it
        when it is empty.
    """

    went_on = Signal()
    moved = Signal(int)
    stepped = Signal(int)
    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the list."""
        keys = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        by = keys.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & _CONTROL:
            self.went_on.emit()
        elif by is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(by)
        elif by is not None:
            self.stepped.emit(by)
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


_CONTROL = Qt.KeyboardModifier.ControlModifier


class AgendaRow(QWidget):
    """A line that is kept, or the empty one at the end.

    Signals:
        edited: the person typed. left: they went on. went_on, moved, stepped, emptied: as of `AgendaLine`.
        delete_asked: the button at its end.
    """

    edited = Signal()
    left = Signal()
    went_on = Signal()
    moved = Signal(int)
    stepped = Signal(int)
    emptied = Signal()
    delete_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("agenda_row")
        self.item_id = ""
        self.seen: Seen = NOTHING_SEEN
        self.stored: tuple[str, int | None] = ("", None)
        self.title_line = AgendaLine("", self, placeholder=self.tr("Next line of the agenda"))
        self.title_line.setObjectName("agenda_title")
        self.title_line.setAccessibleName(self.tr("Line of the agenda"))
        self.minutes_line = AgendaLine("", self, placeholder=self.tr("min"))
        self.minutes_line.setObjectName("agenda_minutes")
        self.minutes_line.setAccessibleName(self.tr("Minutes"))
        self.minutes_line.setFixedWidth(scaled(MINUTES_WIDE))
        self.minutes_line.setMaxLength(3)
        self.delete_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=self.tr("Delete this line")
        )
        self.delete_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # for the pointer: Backspace does the same
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self.title_line, 1)
        row.addWidget(self.minutes_line)
        row.addWidget(self.delete_button)
        for line in (self.title_line, self.minutes_line):
            line.textEdited.connect(self.edited)
            line.left.connect(self.left)
            line.went_on.connect(self.went_on)
            line.moved.connect(self.moved)
            line.stepped.connect(self.stepped)
        self.title_line.emptied.connect(self.emptied)
        self.delete_button.clicked.connect(self.delete_asked)
        self.show_new()

    @property
    def values(self) -> tuple[str, int | None]:
        """Title and minutes as they stand; None for no minutes, -1 for what is no number."""
        text = self.minutes_line.text().strip()
        minutes = int(text) if text.isascii() and text.isdigit() else None if not text else -1
        return " ".join(self.title_line.text().split()), minutes

    @property
    def is_dirty(self) -> bool:
        """Whether something of it is only on the screen."""
        return self.values != self.stored

    @property
    def has_focus(self) -> bool:
        """Whether the person is in it."""
        return self.title_line.hasFocus() or self.minutes_line.hasFocus()

    def show_item(self, item: SessionItem, seen: Seen) -> None:
        """Show a line as it is kept; words of the person's own stay."""
        fresh = (item.title, item.minutes)
        if self.item_id != item.id or not self.is_dirty:
            typed = self.item_id in {"", item.id} and self.values == fresh
            self.item_id, self.stored, self.seen = item.id, fresh, seen
            if not typed:
                self.title_line.setText(item.title)
                self.minutes_line.setText("" if item.minutes is None else str(item.minutes))
        self.delete_button.setVisible(True)
        self.delete_button.setEnabled(True)

    def show_new(self) -> None:
        """Be the empty line at the end."""
        self.item_id, self.stored, self.seen = "", ("", None), NOTHING_SEEN
        self.title_line.clear()
        self.minutes_line.clear()
        self.delete_button.setEnabled(False)

    def begin(self, *, at_end: bool = True) -> None:
        """Bring the keyboard here."""
        self.title_line.setFocus(Qt.FocusReason.OtherFocusReason)
        if at_end:
            self.title_line.end(False)

    @Slot()
    def forget(self) -> None:
        """Show what is kept again."""
        title, minutes = self.stored
        self.title_line.setText(title)
        self.minutes_line.setText("" if minutes is None else str(minutes))
