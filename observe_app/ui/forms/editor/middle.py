"""The middle column: the properties of what is chosen, in one language at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.domain.form_texts import languages_of, without_language
from observe_app.ui.forms.editor.form_props import FormProps
from observe_app.ui.forms.editor.item_props import ItemProps
from observe_app.ui.forms.editor.languages import LanguageBox, LanguageSwitch
from observe_app.ui.forms.editor.section_props import SectionProps
from observe_app.ui.forms.editor.target import THE_FORM, Part, Target
from observe_app.ui.i18n import language_name
from observe_app.ui.widgets import Field, Plane, ScrollPane, Sheet

if TYPE_CHECKING:
    from observe_app.ui.forms.editor.keeper import FormKeeper
    from observe_app.ui.forms.editor.props import Props


class Middle(Plane):
    """Form, section or item.

    Signals:
        writing, saved, failed: of the fields.
        duplicate_asked, remove_asked: of what is shown. renamed: the item's new id.
        language_changed: code of the language being written now, "" for the form's own.
    """

    writing = Signal()
    saved = Signal()
    failed = Signal(object)
    duplicate_asked = Signal()
    remove_asked = Signal()
    renamed = Signal(str)
    language_changed = Signal(str)

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._keeper = keeper
        self._target = THE_FORM
        self._language = self._told_language = ""
        self._added: tuple[str, ...] = ()
        self._sheet: Sheet | None = None
        self._box: LanguageBox | None = None
        self.form_props = FormProps(keeper, self)
        self.section_props = SectionProps(keeper, self)
        self.item_props = ItemProps(keeper, self)
        self._parts: dict[Part, Props] = {
            Part.FORM: self.form_props,
            Part.SECTION: self.section_props,
            Part.ITEM: self.item_props,
        }
        self.languages = LanguageSwitch(self)
        self.pane = ScrollPane(self)
        self.pane.body.setContentsMargins(24, 14, 24, 24)
        head = QWidget(self)
        inner = QVBoxLayout(head)
        inner.setContentsMargins(24, 8, 24, 0)
        inner.addWidget(self.languages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.pane, 1)
        for part, props in self._parts.items():
            self.pane.body.addWidget(props)
            props.setVisible(part is Part.FORM)
            props.writing.connect(self.writing)
            props.saved.connect(self.saved)
            props.failed.connect(self.failed)
        self.pane.body.addStretch(1)
        for one in (self.section_props, self.item_props):
            one.duplicate_asked.connect(self.duplicate_asked)
            one.remove_asked.connect(self.remove_asked)
        self.item_props.renamed.connect(self.renamed)
        self.form_props.language_wanted.connect(self._on_language_wanted)
        self.languages.chosen.connect(self._on_language)
        self.languages.remove_asked.connect(self._on_language_removed)

    @property
    def props(self) -> Props:
        """What shows."""
        return self._parts[self._target.part]

    @property
    def language(self) -> str:
        """Code of the language being written, "" for the form's own."""
        return self._language

    def show_target(self, target: Target) -> None:
        """Show a part of the form; the same one again as it is now."""
        moved = target != self._target
        self._target = target
        form = self._keeper.form
        found = languages_of(form)
        known = (*found, *(code for code in self._added if code not in found and code != form.language))
        if self._language not in known:
            self._language = ""
        if self._language != self._told_language:
            self._told_language = self._language
            self.language_changed.emit(self._language)
        self.languages.show_languages(form.language, known, self._language)
        # Fields first, then the change of panes: nothing is seen half filled.
        self.props.show_target(target.id, self._language)
        for part, props in self._parts.items():
            props.setVisible(part is target.part)
        if moved:
            self.pane.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Another form comes: nothing of this one stays."""
        self._language, self._added, self._target = "", (), THE_FORM
        self._told_language = ""
        for props in self._parts.values():
            props.target_id = "\0"

    @property
    def is_clean(self) -> bool:
        """Whether everything on the screen is on the disk."""
        return self.props.saver.is_clean

    def flush(self) -> bool:
        """Write what is only on the screen."""
        return self.props.flush()

    def leave(self) -> bool:
        """Write what is only on the screen; a value that is no value holds the person once."""
        return self.props.leave()

    def focus_first(self) -> None:
        """Bring the keyboard to the first field."""
        if self._target.part is Part.ITEM:
            self.item_props.focus_first()
        elif self._target.part is Part.SECTION:
            self.section_props.focus_first()
        else:
            self.form_props.focus_title()

    # --- languages --------------------------------------------------------------------------------

    def add_language(self, code: str) -> None:
        """Begin a translation; it stays once a text is written in it."""
        if code and code != self._keeper.form.language and self.flush():
            if code not in self._added:
                self._added = (*self._added, code)
            self._language = code
            self.show_target(self._target)
            self.focus_first()

    @Slot(str)
    def _on_language(self, code: str) -> None:
        if self.flush():
            self._language = code
        self.show_target(self._target)

    @Slot()
    def _on_language_removed(self) -> None:
        code = self._language
        if not code or not self.flush():
            return
        self._added = tuple(one for one in self._added if one != code)
        self._language = ""
        if not self._keeper.try_edit(lambda form: without_language(form, code)):
            self._language = code
        self.show_target(self._target)

    @Slot()
    def _on_language_wanted(self) -> None:
        sheet = Sheet(self.tr("Translate the form"), self, width=520)
        sheet.setObjectName("language_sheet")
        self._box = LanguageBox(sheet)
        own = self._keeper.form.language
        self._box.removeItem(self._box.findData(own))
        hint = self.tr("Every text then has a second field; what is left empty shows in {language}.")
        field = Field(self.tr("Into"), self._box, sheet, hint=hint.format(language=language_name(own)))
        sheet.body.addWidget(field)
        sheet.add_safe(self.tr("Cancel"))
        sheet.add_main(self.tr("Add this language"))
        sheet.accepted.connect(self._on_language_accepted)
        self._sheet = sheet
        sheet.open_over()
        self._box.setFocus()

    @Slot()
    def _on_language_accepted(self) -> None:
        if self._box is not None:
            self.add_language(self._box.code())
        self._sheet = self._box = None
