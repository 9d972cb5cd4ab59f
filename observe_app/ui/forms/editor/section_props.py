"""A section: its title, its help, when it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.form import Section
from observe_app.domain.form_edit import change_section, section_place
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.conditions_editor import ConditionsEditor
from observe_app.ui.forms.editor.inputs import LineArea
from observe_app.ui.forms.editor.props import Props, WordsField
from observe_app.ui.widgets import Button, ButtonSize, SectionHead, TextArea

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.ui.autosave import Values
    from observe_app.ui.forms.editor.keeper import FormKeeper


class SectionProps(Props):
    """Fields of a section.

    Signals:
        duplicate_asked, remove_asked: of the section.
    """

    duplicate_asked = Signal()
    remove_asked = Signal()

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__(keeper, parent)
        self._build()

    @property
    def section(self) -> Section:
        """What is shown; an empty one where it is gone."""
        place = section_place(self.keeper.form, self.target_id)
        return self.keeper.form.sections[place] if place is not None else Section(self.target_id, (), ())

    def values(self) -> Values:
        """The section's fields."""
        section = self.section
        return {
            "title": text_of(section.title, self.language),
            "help": text_of(section.help, self.language),
            "conditions": (section.show_when, section.show_any),
        }

    def changed(self, form: Form, name: str, value: Any) -> Form:
        """One of them."""
        section = self.section
        if name == "conditions":
            conditions, any_of = value
            return change_section(form, section.id, show_when=conditions, show_any=any_of)
        texts = with_text(getattr(section, name), self.language, str(value).strip())
        return change_section(form, section.id, **{name: texts})

    def dress(self) -> None:
        """The own words above those of another language; what conditions may ask about."""
        section = self.section
        self.title_field.show_own(section.title, self.language)
        self.help_field.show_own(section.help, self.language)
        self.conditions.set_items(self.keeper.form, section.id)

    def focus_first(self) -> None:
        """Bring the keyboard to the title."""
        self.title_area.setFocus()
        self.title_area.selectAll()

    def _build(self) -> None:
        self.title_area = LineArea(self, placeholder=self.tr("Such as Questioning"))
        self.title_area.setObjectName("section_title")
        self.title_field = WordsField(self.tr("Section"), self.title_area, self)
        self.help_area = TextArea("", self, lines=1, most=6)
        self.help_field = WordsField(self.tr("Help"), self.help_area, self, hint=self.tr("Stands under the title."))
        self.conditions = ConditionsEditor(self)
        title = self.title_area
        self.saver.bind(
            "title", title, title.edited, title.left,
            read=title.text, show=title.set_text, warn=self.title_field.set_warning,
        )  # fmt: skip
        self.saver.bind_area("help", self.help_area, self.help_field)
        self.saver.bind(
            "conditions", self.conditions, self.conditions.edited, self.conditions.left,
            read=self.conditions.value, show=self.conditions.set_value,
        )  # fmt: skip
        self.duplicate_button = Button(self.tr("Duplicate"), self, size=ButtonSize.SMALL, icon="copy")
        self.remove_button = Button(self.tr("Remove"), self, size=ButtonSize.SMALL, icon="trash-2")
        self.duplicate_button.clicked.connect(self.duplicate_asked)
        self.remove_button.clicked.connect(self.remove_asked)
        acts = QHBoxLayout()
        acts.addWidget(self.duplicate_button)
        acts.addWidget(self.remove_button)
        acts.addStretch(1)
        self.body.addWidget(self.title_field)
        self.body.addWidget(self.help_field)
        self.body.addWidget(SectionHead(self.tr("When it is shown"), "", self, step="body", rule="line"))
        self.body.addWidget(self.conditions)
        self.body.addSpacing(8)
        self.body.addLayout(acts)
        self.body.addStretch(1)
