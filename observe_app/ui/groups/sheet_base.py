"""What the sheets about groups share: fields in a pane that scrolls, and words on what is wrong where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.ui.errors import describe
from observe_app.ui.talk.due_field import DueField
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Field, ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

_AROUND = 220
_MOST = 620


class FieldsSheet(Sheet):
    """Fields by the names that the rules use. `store` keeps what is written; the sheet stays while it cannot be kept.

    Subclasses fill `grid` through `add_field`, and override `store`.
    """

    guards_words: ClassVar[bool] = True
    """Whether Escape asks once more where words were typed."""

    def __init__(self, title: str, parent: QWidget, *, width: int = 680) -> None:
        super().__init__(title, parent, width=width)
        self._warned = False
        self.fields: dict[str, Field] = {}
        self.pane = ScrollPane(self, margin=0)
        self.pane.body.setContentsMargins(0, 0, 0, 0)
        place = QWidget(self.pane)
        self.grid = QGridLayout(place)
        self.grid.setContentsMargins(5, 5, 5, 5)  # room for the rings of fields
        self.grid.setHorizontalSpacing(scaled(16))
        self.grid.setVerticalSpacing(scaled(12))
        self.grid.setColumnStretch(0, 1)
        self.grid.setColumnStretch(1, 1)
        self.pane.body.addWidget(place)
        self.pane.body.addStretch(1)
        self.body.addWidget(self.pane)
        self.problem = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.problem.setVisible(False)
        self.body.addWidget(self.problem)

    def add_field(self, name: str, label: str, editor: QWidget, where: tuple[int, int, int], *, hint: str = "") -> None:
        """Add a field at (row, column, columns)."""
        field = Field(label, editor, self, hint=hint)
        editor.setObjectName(name)
        self.fields[name] = field
        row, column, span = where
        self.grid.addWidget(field, row, column, 1, span)

    def open_with(self, start: QWidget) -> None:
        """Open with the keyboard in a field."""
        self.open_over()
        self.fit(self.pane, scaled(_MOST))
        start.setFocus(Qt.FocusReason.OtherFocusReason)

    def day_of(self, name: str, editor: DueField) -> date | None:
        """Return the day of a field.

        Raises:
            Invalid: what stands there is no day.
        """
        editor.line.editingFinished.emit()
        if not editor.is_understood:
            raise Invalid(name, editor.line.text()[:40], "not_a_date")
        return editor.day

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape says first that words would go, where some were typed; the second one lets them go."""
        if event.key() != Qt.Key.Key_Escape or not self.guards_words or self._warned or not self._is_typed():
            super().keyPressEvent(event)
            return
        self._warned = True
        tr = QCoreApplication.translate
        self.problem.setText(tr("FieldsSheet", "What you typed is not kept yet. Esc once more throws it away."))
        self.problem.setVisible(True)
        event.accept()

    def _is_typed(self) -> bool:
        lines = any(one.isModified() for one in self.findChildren(QLineEdit))
        return lines or any(one.document().isModified() for one in self.findChildren(QPlainTextEdit))

    def store(self) -> None:
        """Keep what is written.

        Raises:
            ObserveError: it cannot be kept; the sheet stays and says why.
        """

    @Slot()
    def accept(self) -> None:
        """Keep what is written, and close when that worked."""
        for field in self.fields.values():
            field.set_warning("")
        self._warned = False
        self.problem.setVisible(False)
        try:
            self.store()
        except ObserveError as error:
            self._say(error)
            return
        super().accept()

    def _say(self, error: ObserveError) -> None:
        told = describe(error)
        words = f"{told.text} {told.hint}".strip()
        field = self.fields.get(error.field) if isinstance(error, Invalid) else None
        if field is None:
            self.problem.setText(words)
            self.problem.setVisible(True)
        else:
            field.set_warning(words)
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.pane.ensureWidgetVisible(field)


def day_field(today: date, day: date | None, parent: QWidget, *, hint: str) -> DueField:
    """Return a field for a day that may be empty."""
    made = DueField(today, parent)
    made.line.setPlaceholderText(hint)
    made.set_day(day)
    return made
