"""Keys of one's own: for the commands of a lesson, and for the items and codes of each form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import text_in
from observe_app.domain.key_table import own_keys, with_key, without_form
from observe_app.ui.errors import describe
from observe_app.ui.settings.key_lines import command_lines, form_lines
from observe_app.ui.settings.key_list import KeyList
from observe_app.ui.settings.parts import SettingsSection, row_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ComboBox, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.form import Form
    from observe_app.domain.key_table import KeyRows
    from observe_app.services.core import Core

_BOX = 360
_LEAST = 14


class KeysSection(SettingsSection):
    """A box that says whose keys, the table, and the way back to the usual ones.

    Signals:
        keys_changed: keys of commands are others now.
    """

    keys_changed = Signal()

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(core, self.tr("Keys in a lesson"), "", parent)
        self.setObjectName("keys_section")
        self._form: Form | None = None
        self._before: KeyRows | None = None
        self.box = ComboBox(self)
        self.box.setObjectName("keys_of")
        self.box.setAccessibleName(self.tr("Keys of"))
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(_LEAST)
        self.box.setMaximumWidth(scaled(_BOX))
        self.back_button = Button(self.tr("Set all back"), self, icon="rotate-ccw")
        self.back_button.setObjectName("keys_set_back")
        self.again_button = Button(self.tr("Bring mine again"), self, kind=ButtonKind.LINK)
        self.again_button.setObjectName("keys_bring_again")
        self.again_button.hide()
        self.hint = TextLabel(
            self.tr(
                "Enter or a click on a row, then the new key. Delete gives the usual key back, Backspace takes the key "
                "away. Forms on paper keep their usual keys."
            ),
            self,
            step="small",
            tone="muted",
            wrap=True,
        )
        self.table = KeyList(self.tr("Keys"), self)
        self.table.setObjectName("keys_table")
        row = row_of(self.box, self.back_button, self.again_button, stretch=False)
        row.setStretchFactor(self.box, 1)  # the box takes what there is before the blank behind it does
        row.addStretch(0)
        self.column.addLayout(row)
        self.column.addWidget(self.hint)
        self.look_label = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.look_label.setObjectName("keys_look")
        self.column.addWidget(self.table)
        self.column.addWidget(self.look_label)
        self.box.activated.connect(self._on_form_chosen)
        self.table.chosen.connect(self._on_key_chosen)
        self.table.selected.connect(self._show_look)
        self.table.set_back.connect(self._on_set_back)
        self.back_button.clicked.connect(self._on_all_back)
        self.again_button.clicked.connect(self._on_bring_again)

    @property
    def form_id(self) -> str:
        """Whose keys are shown: a form's id, "" for the commands."""
        return self._form.id if self._form is not None else ""

    def reload(self) -> None:
        """Show the forms there are and the keys kept now."""
        language, chosen = self.locale().name(), self.form_id
        entries = [entry for entry in self.core.catalogue.entries() if not entry.problems and entry.items]
        self.box.clear()
        self.box.addItem(self.tr("Commands of a lesson"), "")
        for entry in sorted(entries, key=lambda one: text_in(one.title, language).casefold()):
            self.box.addItem(text_in(entry.title, language), entry.form_id)
        self.box.setCurrentIndex(max(0, self.box.findData(chosen)))
        self._on_form_chosen()

    # -- slots

    @Slot()
    def _on_form_chosen(self) -> None:
        form_id = str(self.box.currentData() or "")
        self._forget()
        try:
            self._form = self.core.catalogue.form(form_id) if form_id else None
        except ObserveError as error:
            self._form = None
            self.box.setCurrentIndex(0)
            told = describe(error)
            self.say(f"{told.text} {told.hint}".strip())
        self._show()

    @Slot(str, str)
    def _on_key_chosen(self, target: str, key: str) -> None:
        self._keep(with_key(self.core.settings.get().keys, self.form_id, target, key))

    @Slot(str)
    def _on_set_back(self, target: str) -> None:
        self._keep(with_key(self.core.settings.get().keys, self.form_id, target, None))

    @Slot()
    def _on_all_back(self) -> None:
        before = self.core.settings.get().keys
        if self._keep(without_form(before, self.form_id)):
            self._before = before
            self.again_button.show()
            self.again_button.setFocus()

    @Slot()
    def _on_bring_again(self) -> None:
        if self._before is not None:
            self._keep(self._before)
            self.table.setFocus()

    # -- helpers

    def _keep(self, keys: KeyRows) -> bool:
        self._forget()
        if not self.change(keys=keys):
            return False
        self._show()
        if not self.form_id:
            self.keys_changed.emit()
        return True

    def _forget(self) -> None:
        self._before = None
        self.again_button.hide()

    def _show(self) -> None:
        own = self.core.settings.get().keys
        form, language = self._form, self.locale().name()
        self.table.show_lines(command_lines(own) if form is None else form_lines(form, own, language))
        self.back_button.setEnabled(bool(own_keys(own, self.form_id)))
        self._show_look()

    @Slot()
    def _show_look(self) -> None:
        """Say in full what is wrong with the key of the chosen row, else how many need a look."""
        chosen = self.table.current
        count = sum(bool(line.clash) for line in self.table.lines)
        words = self.tr("1 key needs a look.") if count == 1 else self.tr("%n keys need a look.", "", count)
        if chosen is not None and chosen.clash:
            words = f"{chosen.words}: {chosen.clash}"
        self.look_label.setText(words if count else "")
        self.look_label.setVisible(bool(count))
