"""Second step for who has a sheet: the twelve words typed in, each looked at as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit

from observe_app.domain.errors import WordsWrong
from observe_app.services.sync import setup
from observe_app.ui.errors import describe
from observe_app.ui.shared_folder.step_pane import StepPane
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Field, LineEdit, TextArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core


class RestoreStep(StepPane):
    """Takes the words as they were written, in any case and with or without numbers.

    Signals:
        words_given: the words as typed, and a passphrase that is to protect them here, or "".
    """

    words_given = Signal(str, str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("", "", "", parent)
        self._core = core
        self.title_label.setText(self.tr("Type your twelve words"))
        self.lead_label.setText(
            self.tr(
                "As they stand on your sheet, one after the other. Everything you wrote comes back from the folder. "
                "With the school’s words this computer reads every visit that the school may open."
            )
        )
        self.words_edit = TextArea("", self, lines=3, most=6, step="body")
        self.words_edit.setObjectName("restore_words")
        self.words_field = Field(self.tr("Twelve words"), self.words_edit, self)
        self.pass_edit = LineEdit("", self)
        self.pass_edit.setObjectName("restore_passphrase")
        self.pass_edit.setEchoMode(QLineEdit.EchoMode.Password)
        hint = self.tr(
            "This computer has no safe place for the words. A passphrase of 8 characters or more protects them here."
        )
        self.pass_field = Field(self.tr("New passphrase"), self.pass_edit, self, hint=hint)
        self.pass_edit.setMaximumWidth(scaled(360))
        self.pass_field.hide()
        self.body.addWidget(self.words_field)
        self.body.addSpacing(14)
        self.body.addWidget(self.pass_field)
        self.next_button.setText(self.tr("Bring my record back"))
        self.words_edit.edited.connect(self._on_typed)
        self.pass_edit.textEdited.connect(self._on_typed)
        self._on_typed()

    def start_widget(self) -> QWidget:
        """The words."""
        return self.words_edit

    def needs_passphrase(self, *, needed: bool) -> None:
        """Ask for a passphrase too, or do not."""
        self.pass_field.setVisible(needed)
        self._on_typed()

    def forget(self) -> None:
        """Let no word stand here any longer."""
        self.words_edit.set_text("")
        self.pass_edit.clear()
        self._on_typed()

    @Slot()
    def _on_typed(self) -> None:
        count = setup.typed_words(self.words_edit.text())
        self.words_field.set_warning("")
        why = ""
        if count < setup.WORDS:
            left = setup.WORDS - count
            why = self.tr("One word is missing") if left == 1 else self.tr("{n} words are missing").format(n=left)
        elif not self.pass_field.isHidden() and not self.pass_edit.text():
            why = self.tr("Choose a passphrase first")
        self.next_button.set_disabled_because(why)

    @Slot()
    def _on_next(self) -> None:
        self.warn("")
        try:
            setup.check_words(self.words_edit.text())
        except WordsWrong as error:
            told = describe(error)
            self.words_field.set_warning(f"{told.text} {told.hint}".strip())
            self.words_edit.setFocus()
            return
        self.words_given.emit(self.words_edit.text(), "" if self.pass_field.isHidden() else self.pass_edit.text())
