"""How the record is to be opened from now on, and what becomes of the backups; asked before anything changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from observe_app.services.protection import LEAST_PASSPHRASE, Wish
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.services.protection import Protection


class ProtectSheet(Sheet):
    """Protect the record, or change what opens it.

    Args:
        found: how it stands.

    Signals:
        wished: a `Wish`, once both lines of the passphrase are good.
    """

    wished = Signal(object)

    def __init__(self, found: Protection, parent: QWidget) -> None:
        begin = QCoreApplication.translate("ProtectSheet", "Protect your record")
        change = QCoreApplication.translate("ProtectSheet", "What opens your record")
        super().__init__(change if found.is_on else begin, parent, width=600)
        self.setObjectName("protect_sheet")
        self._found = found
        if not found.is_on:
            self.add_lead(self.tr("Whoever takes this computer’s disk, or a copy of it, can then read nothing of it."))
        self._build_ways()
        self._build_passphrase()
        self._build_backups()
        self.add_safe(self.tr("Not now"))
        main = self.add_main(self.tr("Keep it so") if found.is_on else self.tr("Protect it"), enter_accepts=True)
        main.setObjectName("protect_main")
        self._show_way()

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def accept(self) -> None:
        """Say what is wished for, unless the passphrase needs a look."""
        passphrase: str | None = None
        same = self._found.is_on and self._found.kept_in == self._way()
        if self.passphrase_radio.isChecked() and not (same and not self.first_edit.text() + self.again_edit.text()):
            same = False
            passphrase = self.first_edit.text()
            if len(passphrase) < LEAST_PASSPHRASE:
                self._warn(self.first_field, self.tr("It needs at least {n} characters.").format(n=LEAST_PASSPHRASE))
                return
            if passphrase != self.again_edit.text():
                self._warn(self.again_field, self.tr("These two are not the same."))
                return
        backups = str(self.backups_box.currentData() or "convert")
        wish = Wish(on=True, passphrase=passphrase, backups=backups, same_way=same)
        super().accept()
        self.wished.emit(wish)

    @Slot()
    def _on_way_chosen(self) -> None:
        self._show_way()
        if self.passphrase_radio.isChecked():
            self.first_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_shown(self, shown: bool) -> None:
        for edit in (self.first_edit, self.again_edit):
            edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    @Slot()
    def _on_typed(self) -> None:
        for field in (self.first_field, self.again_field):
            field.set_warning("")

    # --- build ------------------------------------------------------------------------------------

    def _build_ways(self) -> None:
        self.keyring_radio = QRadioButton(self.tr("It opens by itself while you are signed in to this computer"), self)
        self.keyring_radio.setObjectName("by_keyring")
        self.passphrase_radio = QRadioButton(self.tr("It opens with a passphrase, asked at every start"), self)
        self.passphrase_radio.setObjectName("by_passphrase")
        self._ways = QButtonGroup(self)
        self.body.addWidget(self.keyring_radio)
        if not self._found.keyring:
            self.keyring_radio.setEnabled(False)
            why = self.tr("This computer has no place for passwords that Observe could use.")
            label = TextLabel(why, self, step="small", tone="muted", wrap=True)
            label.setContentsMargins(scaled(26), 0, 0, 0)
            self.body.addWidget(label)
        self.body.addWidget(self.passphrase_radio)
        for radio in (self.keyring_radio, self.passphrase_radio):
            self._ways.addButton(radio)
            radio.clicked.connect(self._on_way_chosen)
        by_passphrase = not self._found.keyring or self._found.kept_in == "passphrase"
        (self.passphrase_radio if by_passphrase else self.keyring_radio).setChecked(True)

    def _build_passphrase(self) -> None:
        self._lines = QWidget(self)
        column = QVBoxLayout(self._lines)
        column.setContentsMargins(scaled(26), 0, 0, 0)
        column.setSpacing(8)
        self.first_edit, self.again_edit = self._secret("first_edit"), self._secret("again_edit")
        has_one = self._found.kept_in == "passphrase"
        hint = self.tr("Four words that do not belong together are easy to keep in mind.")
        if has_one:
            hint = self.tr("Leave both empty to keep the one that you have.")
        column.addWidget(TextLabel(hint, self._lines, step="small", tone="muted", wrap=True))
        name = self.tr("New passphrase") if has_one else self.tr("Passphrase")
        self.first_field = Field(name, self.first_edit, self._lines)
        self.again_field = Field(self.tr("Once more"), self.again_edit, self._lines)
        self.show_box = QCheckBox(self.tr("Show what I type"), self._lines)
        self.show_box.clicked.connect(self._on_shown)
        pair = QHBoxLayout()
        pair.setSpacing(12)
        pair.addWidget(self.first_field, 1)
        pair.addWidget(self.again_field, 1)
        column.addLayout(pair)
        column.addWidget(self.show_box)
        if self._found.has_words:
            told = self.tr("Forgotten, it can be replaced with your twelve words.")
        else:
            told = self.tr("Forgotten, nobody can open your record: no twelve words are set up yet.")
        self.forgotten_label = TextLabel(
            told, self._lines, tone="muted" if self._found.has_words else "warm", wrap=True
        )
        column.addWidget(self.forgotten_label)
        self.body.addWidget(self._lines)

    def _build_backups(self) -> None:
        self.backups_box = ComboBox(self)
        self.backups_box.setObjectName("backups_box")
        for value, words in (
            ("convert", self.tr("Protect them, too")),
            ("remove", self.tr("Remove them, but for the one made now")),
            ("keep", self.tr("Leave them as they are: readable")),
        ):
            self.backups_box.addItem(words, value)
        label = self.tr("Backups that are not protected: {n}").format(n=self._found.plain)
        field = Field(label, self.backups_box, self)
        field.setVisible(self._found.plain > 0)
        self.body.addWidget(field)

    def _secret(self, name: str) -> LineEdit:
        edit = LineEdit("", self._lines)
        edit.setObjectName(name)
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        edit.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        edit.textEdited.connect(self._on_typed)
        return edit

    def _way(self) -> str:
        return "passphrase" if self.passphrase_radio.isChecked() else "keyring"

    def _show_way(self) -> None:
        self._lines.setVisible(self.passphrase_radio.isChecked())

    def _warn(self, field: Field, sentence: str) -> None:
        field.set_warning(sentence)
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)


class EndProtectionSheet(Sheet):
    """One question before anybody who reads the disk can read the record again.

    Signals:
        wished: a `Wish`.
    """

    wished = Signal(object)

    def __init__(self, found: Protection, parent: QWidget) -> None:
        title = QCoreApplication.translate("EndProtectionSheet", "End the protection?")
        super().__init__(title, parent, width=600)
        self.setObjectName("end_protection_sheet")
        told = self.tr("Whoever can read this computer’s disk can then read your record and its backups.")
        self.body.addWidget(TextLabel(told, self, step="body", wrap=True))
        self.backups_box = ComboBox(self)
        self.backups_box.setObjectName("backups_box")
        for value, words in (
            ("convert", self.tr("Make them readable, too")),
            ("keep", self.tr("Leave them protected")),
        ):
            self.backups_box.addItem(words, value)
        field = Field(self.tr("Protected backups: {n}").format(n=found.sealed), self.backups_box, self)
        field.setVisible(found.sealed > 0)
        self.body.addWidget(field)
        self.add_safe(self.tr("Keep it protected"))
        self.add_main(self.tr("End it")).setObjectName("end_main")
        self.accepted.connect(self._on_accepted)

    @Slot()
    def _on_accepted(self) -> None:
        self.wished.emit(Wish(on=False, backups=str(self.backups_box.currentData())))
