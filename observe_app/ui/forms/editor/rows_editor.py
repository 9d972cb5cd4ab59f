"""A list of things edited in place: rows of inputs, added with Enter, moved with Alt and the arrows, taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.forms.editor.tab_order import insert_before
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class EditRow(QWidget):
    """One row; subclasses build its inputs and call `add_remove`.

    Signals:
        edited, left: its words changed; the person went on.
        remove_asked: take it away. step_asked: move it by -1 or 1. next_asked: Enter in it.
    """

    edited = Signal()
    left = Signal()
    remove_asked = Signal()
    step_asked = Signal(int)
    next_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.remove_button = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x", name=self.tr("Take this row away")
        )
        self.remove_button.clicked.connect(self.remove_asked)

    def watch(self, *inputs: QWidget) -> None:
        """Let Alt and the arrows in these inputs move the row."""
        for one in inputs:
            one.installEventFilter(self)

    def inputs(self) -> tuple[QWidget, ...]:
        """What Tab goes through in a row; the first is where the keyboard comes in."""
        return (self.remove_button,)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt and an arrow move the row, whatever the input would do with it."""
        if event.type() == QEvent.Type.KeyPress:
            key: QKeyEvent = event  # type: ignore[assignment]  # the type says so
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(key.key()), 0)
            if step and key.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.step_asked.emit(step)
                return True
        return False


RowType = TypeVar("RowType", bound=EditRow)


class RowsEditor(QWidget, Generic[RowType]):
    """Rows of one kind. Subclasses make rows, and turn them into a value and back.

    Signals:
        edited: something changed. left: write it now.
        row_removed, row_stepped, row_wanted: (number), (number, step), (number after which): the subclass acts.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, add_words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[RowType] = []
        self._is_settling = False
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.add_button = Button(add_words, self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus")
        self.add_button.clicked.connect(self._on_add)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addLayout(self._column)
        outer.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    # --- for subclasses ---------------------------------------------------------------------------

    def make_row(self) -> RowType:
        """Return a new row."""
        raise NotImplementedError

    def add_after(self, number: int) -> None:
        """Add a row after this one; -1 for the first."""
        raise NotImplementedError

    def remove_at(self, number: int) -> None:
        """Take a row away."""
        raise NotImplementedError

    def step(self, number: int, by: int) -> None:
        """Move a row."""
        raise NotImplementedError

    def fit(self, count: int) -> None:
        """Have exactly this many rows; those there are stay, and with them the keyboard's place."""
        # A row that goes gives up the keyboard: that is nobody leaving it.
        self._is_settling = True
        self._fit(count)
        self._is_settling = False

    def _fit(self, count: int) -> None:
        while len(self.rows) < count:
            row = self.make_row()
            row.edited.connect(self.edited)
            row.left.connect(self._on_left)
            row.remove_asked.connect(self._on_remove)
            row.step_asked.connect(self._on_step)
            row.next_asked.connect(self._on_next)
            self.rows.append(row)
            self._column.addWidget(row)
            insert_before(self.add_button, row.inputs())
            row.show()
        while len(self.rows) > count:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()

    def focus_row(self, number: int) -> None:
        """Bring the keyboard into a row."""
        if self.rows:
            row = self.rows[max(0, min(number, len(self.rows) - 1))]
            row.inputs()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_left(self) -> None:
        if not self._is_settling:
            self.left.emit()

    @Slot()
    def _on_add(self) -> None:
        self.add_after(len(self.rows) - 1)

    @Slot()
    def _on_remove(self) -> None:
        number = self._sender()
        if number is not None:
            self.remove_at(number)

    @Slot(int)
    def _on_step(self, by: int) -> None:
        number = self._sender()
        if number is not None and 0 <= number + by < len(self.rows):
            self.step(number, by)

    @Slot()
    def _on_next(self) -> None:
        number = self._sender()
        if number is None:
            return
        if number + 1 < len(self.rows):
            self.focus_row(number + 1)
        else:
            self.add_after(number)

    def _sender(self) -> int | None:
        row = self.sender()
        return next((number for number, one in enumerate(self.rows) if one is row), None)
