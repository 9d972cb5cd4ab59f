"""The data is protected and asks for its passphrase, or for the twelve words where that is forgotten or lost."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from observe_app.domain.errors import DatabaseLockedAway, VaultClosed, WordsWrong
from observe_app.ui.errors import describe
from observe_app.ui.widgets.fields import Field, LineEdit, TextArea
from observe_app.ui.widgets.labels import TextLabel
from observe_app.ui.widgets.sheet import Sheet


class OpeningLockedSheet(Sheet):
    """Stays until the record is open; closing it closes the program.

    Args:
        by_passphrase: the record opens with a passphrase; else what opens it is missing on this computer.
        has_words: the twelve words open it, too.
        needs_passphrase: what the words open has to be kept under a new passphrase, as nothing else keeps it here.

    Signals:
        passphrase_given: what was typed.
        words_given: the twelve words as typed, and the new passphrase or "".
    """

    passphrase_given = Signal(str)
    words_given = Signal(str, str)

    def __init__(self, parent: QWidget, *, by_passphrase: bool, has_words: bool, needs_passphrase: bool) -> None:
        super().__init__(
            QCoreApplication.translate("OpeningLockedSheet", "Your record is protected"), parent, width=560
        )
        self.setObjectName("opening_locked_sheet")
        self._by_passphrase, self._has_words, self._needs_passphrase = by_passphrase, has_words, needs_passphrase
        self._in_words = False
        self._build_passphrase()
        self._build_words()
        self._other = self.add_other("")
        self._other.setObjectName("forgotten")
        self._other.clicked.connect(self._on_other_way)
        self.add_safe(self.tr("Close"))
        self.open_button = self.add_main(self.tr("Open"), enter_accepts=True)
        self.open_button.setObjectName("open_locked")
        self._show(in_words=not by_passphrase)

    # --- public -----------------------------------------------------------------------------------

    def open_over(self) -> None:
        """Dim the window and begin in the field."""
        super().open_over()
        self._first_field().setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    def show_error(self, error: Exception) -> None:
        """Say at the field why it did not open; the person may try again."""
        self._set_busy(busy=False)
        told = describe(error)
        sentence = f"{told.text} {told.hint}".strip()
        if isinstance(error, VaultClosed) and error.reason == "too_short":
            self.new_field.set_warning(sentence)
            self.new_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._in_words:
            self.words_field.set_warning(sentence)
            self.words_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            if isinstance(error, DatabaseLockedAway) and error.reason == "wrong_passphrase":
                sentence = self.tr("That is not it. Look at capitals and the layout of the keyboard, then try again.")
            self.passphrase_field.set_warning(sentence)
            self.passphrase_edit.selectAll()
            self.passphrase_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self) -> None:
        """The record is open: go."""
        self._close()
        self.closed.emit()

    @Slot()
    def accept(self) -> None:
        """Try what was typed; the sheet stays until that worked."""
        if not self._in_words:
            if self.passphrase_edit.text():
                self._set_busy(busy=True)
                self.passphrase_given.emit(self.passphrase_edit.text())
            return
        if self._needs_passphrase and self.new_edit.text() != self.again_edit.text():
            self.again_field.set_warning(self.tr("These two are not the same."))
            self.again_edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if self.words_edit.text().strip():
            self._set_busy(busy=True)
            self.words_given.emit(self.words_edit.text(), self.new_edit.text())

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_other_way(self) -> None:
        self._show(in_words=not self._in_words)
        self._first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for edit in (self.passphrase_edit, self.new_edit, self.again_edit):
            edit.setEchoMode(mode)

    @Slot()
    def _on_typed(self) -> None:
        for field in (self.passphrase_field, self.words_field, self.new_field, self.again_field):
            field.set_warning("")

    # --- build ------------------------------------------------------------------------------------

    def _build_passphrase(self) -> None:
        self._first = _part(self)
        told = self.tr("It opens with your passphrase. Nothing is shown before.")
        self.passphrase_edit = _secret("passphrase_edit", self._first)
        self.passphrase_field = Field(self.tr("Passphrase"), self.passphrase_edit, self._first)
        self.show_box = QCheckBox(self.tr("Show what I type"), self._first)
        self.show_box.setObjectName("show_passphrase")
        self.show_box.clicked.connect(self._on_shown)
        self.passphrase_edit.textEdited.connect(self._on_typed)
        self._lost = TextLabel("", self._first, step="small", tone="muted", wrap=True)
        self._lost.setObjectName("forgotten_told")
        self._lost.setText(
            self.tr(
                "Forgotten? No twelve words were set up for this record, so nobody can open it without the "
                "passphrase. Look where you might have written it down."
            )
        )
        self._lost.setVisible(not self._has_words)
        _fill(self._first, TextLabel(told, self, wrap=True), self.passphrase_field, self.show_box, self._lost)
        self.body.addWidget(self._first)

    def _build_words(self) -> None:
        self._second = _part(self)
        missing = self.tr("What opens it is not on this computer. Your twelve words open it.")
        forgotten = self.tr("Your twelve words open it as well. They stand on the sheet that you printed or wrote.")
        lost = self.tr(
            "What opens it is not on this computer, and no twelve words were set up for it. It opens on the computer "
            "and in the account where it was written."
        )
        told = lost if not self._has_words else forgotten if self._by_passphrase else missing
        self.words_edit = TextArea("", self._second, lines=2, most=3)
        self.words_edit.setObjectName("words_edit")
        self.words_field = Field(self.tr("Your twelve words"), self.words_edit, self._second)
        self.new_edit, self.again_edit = _secret("new_edit", self._second), _secret("again_edit", self._second)
        hint = self.tr("Asked from now on when Observe starts; at least 8 letters.")
        self.new_field = Field(self.tr("New passphrase"), self.new_edit, self._second, hint=hint)
        self.again_field = Field(self.tr("Once more"), self.again_edit, self._second)
        self.words_edit.edited.connect(self._on_typed)
        self.new_edit.textEdited.connect(self._on_typed)
        self.again_edit.textEdited.connect(self._on_typed)
        self.words_field.setVisible(self._has_words)
        for field in (self.new_field, self.again_field):
            field.setVisible(self._has_words and self._needs_passphrase)
        _fill(self._second, TextLabel(told, self, wrap=True), self.words_field, self.new_field, self.again_field)
        self.body.addWidget(self._second)

    # --- helpers ----------------------------------------------------------------------------------

    def _show(self, *, in_words: bool) -> None:
        self._in_words = in_words
        self._first.setVisible(not in_words)
        self._second.setVisible(in_words)
        self._other.setText(self.tr("I have the passphrase") if in_words else self.tr("I have forgotten it"))
        self._other.setVisible(self._by_passphrase and self._has_words)
        self.open_button.setVisible(not in_words or self._has_words)

    def _first_field(self) -> QWidget:
        if not self._in_words:
            return self.passphrase_edit
        return self.words_edit if self._has_words else (self.safe_button or self)

    def _set_busy(self, *, busy: bool) -> None:
        self.open_button.setEnabled(not busy)
        self.open_button.setText(self.tr("Opening…") if busy else self.tr("Open"))
        for edit in (self.passphrase_edit, self.words_edit, self.new_edit, self.again_edit):
            edit.setReadOnly(busy)


def can_ask(error: Exception) -> bool:
    """Whether the person can do something about it here: a passphrase, or the words."""
    if isinstance(error, DatabaseLockedAway):
        return error.reason in {"passphrase", "wrong_passphrase", "no_key", "wrong_words"}
    return isinstance(error, (WordsWrong, VaultClosed))


def _part(parent: QWidget) -> QWidget:
    part = QWidget(parent)
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return part


def _fill(part: QWidget, *widgets: QWidget) -> None:
    column = part.layout()
    for widget in widgets:
        if column is not None:
            column.addWidget(widget)


def _secret(name: str, parent: QWidget) -> LineEdit:
    edit = LineEdit("", parent)
    edit.setObjectName(name)
    edit.setEchoMode(QLineEdit.EchoMode.Password)
    edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    return edit
