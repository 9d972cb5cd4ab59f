"""A new form asks for nothing but a title; it may begin empty, as a copy, or from a file or table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QRadioButton, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.form import Form, Section, text_in
from observe_app.services import own_forms
from observe_app.ui.forms.words import language_code
from observe_app.ui.widgets import ComboBox, Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.ui.forms.shelf import Shelf

_WIDTH = 620
_MOST = 120


class NewFormSheet(Sheet):
    """Title, and what to begin from.

    Signals:
        begun: id of the new form, a draft. failed: the ObserveError why there is none.
        import_asked: bring a file or a table in instead.
    """

    begun = Signal(str)
    failed = Signal(object)
    import_asked = Signal()

    def __init__(self, core: Core, shelf: Shelf, language: str, host: QWidget) -> None:
        super().__init__(self.tr("New form"), host, width=_WIDTH)
        self.setObjectName("new_form_sheet")
        self._core, self._language = core, language
        self.title_line = LineEdit(parent=self, placeholder=self.tr("For example: Questioning and talk"))
        self.title_line.setObjectName("new_form_title")
        self.title_line.setMaxLength(_MOST)
        self.empty_radio = QRadioButton(self.tr("Empty"), self)
        self.empty_radio.setObjectName("new_form_empty")
        self.empty_radio.setChecked(True)
        self.copy_radio = QRadioButton(self.tr("With everything in this form"), self)
        self.copy_radio.setObjectName("new_form_copy")
        self.copy_box = ComboBox(self)
        self.copy_box.setObjectName("new_form_source")
        self.copy_box.setAccessibleName(self.tr("Form to copy"))
        self._fill(shelf)
        self.body.addWidget(Field(self.tr("Title"), self.title_line, self))
        self.body.addSpacing(4)
        self.body.addWidget(TextLabel(self.tr("Begin"), self, step="small", weight=600))
        self.body.addWidget(self.empty_radio)
        self.body.addWidget(self.copy_radio)
        self.body.addWidget(self.copy_box)
        self.import_button = self.add_other(self.tr("From a file or table…"))
        self.import_button.setObjectName("new_form_import")
        self.add_safe(self.tr("Not now"))
        self.add_main(self.tr("Make the form"), enter_accepts=True)
        self.title_line.textEdited.connect(self._show_state)
        self.copy_radio.toggled.connect(self._show_state)
        self.copy_box.activated.connect(self._on_source_chosen)
        self.import_button.clicked.connect(self._on_import)
        self.accepted.connect(self._on_accepted)
        self._show_state()

    def open_over(self) -> None:
        """Show the sheet; the title is what one came for."""
        super().open_over()
        self.title_line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _show_state(self) -> None:
        if self.main_button is not None:
            missing = not self.title_line.text().strip()
            self.main_button.set_disabled_because(self.tr("A form needs a title.") if missing else "")

    @Slot()
    def _on_source_chosen(self) -> None:
        self.copy_radio.setChecked(True)

    @Slot()
    def _on_import(self) -> None:
        self.reject()
        self.import_asked.emit()

    @Slot()
    def _on_accepted(self) -> None:
        title = self.title_line.text().strip()
        try:
            if self.copy_radio.isChecked():
                opened = own_forms.copy_of(self._core, str(self.copy_box.currentData()), title=title)
            else:
                opened = own_forms.start(self._core, form=self._empty_form(title))
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.begun.emit(opened.value.form_id)

    def _empty_form(self, title: str) -> Form:
        section = Section("section-1", (("", self.tr("First section")),), ())
        return Form("", 1, (("", title),), (), (section,), language=language_code(self._language))

    def _fill(self, shelf: Shelf) -> None:
        for entry in shelf.entries:
            if not entry.problems:
                self.copy_box.addItem(text_in(entry.title, self._language) or entry.form_id, entry.form_id)
        ids = {entry.form_id for entry in shelf.entries}
        for draft in shelf.drafts:
            if draft.form_id not in ids:
                self.copy_box.addItem(text_in(draft.form.title, self._language) or draft.form_id, draft.form_id)
        for part in (self.copy_radio, self.copy_box):
            part.setEnabled(self.copy_box.count() > 0)
