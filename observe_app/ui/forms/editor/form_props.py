"""The form itself: title, purpose, when it is used, where it comes from, its languages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from observe_app.domain.form import FormUse
from observe_app.domain.form_texts import text_of, with_text
from observe_app.ui.forms.editor.inputs import LineArea
from observe_app.ui.forms.editor.languages import LanguageBox
from observe_app.ui.forms.editor.props import Props, WordsField
from observe_app.ui.forms.words import use_name
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ComboBox, Field, SectionHead, TextArea, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.form import Form
    from observe_app.ui.autosave import Values
    from observe_app.ui.forms.editor.keeper import FormKeeper

_PLAIN = ("source", "licence", "citation")


class FormProps(Props):
    """Fields of the form.

    Signals:
        language_wanted: add a language.
    """

    language_wanted = Signal()

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__(keeper, parent)
        self._build()

    def values(self) -> Values:
        """The form's own fields."""
        form = self.keeper.form
        return {
            "title": text_of(form.title, self.language),
            "purpose": text_of(form.purpose, self.language),
            "use": form.use,
            "language": form.language,
            **{name: getattr(form, name) for name in _PLAIN},
        }

    def changed(self, form: Form, name: str, value: Any) -> Form:
        """One of them."""
        if name == "title":
            return replace(form, title=with_text(form.title, self.language, str(value).strip()))
        if name == "purpose":
            return replace(form, purpose=with_text(form.purpose, self.language, str(value).strip()))
        if name == "use":
            return replace(form, use=value)
        if name == "language":
            return replace(form, language=value)
        words = str(value).strip()
        if name == "source":
            return replace(form, source=words)
        return replace(form, licence=words) if name == "licence" else replace(form, citation=words)

    def dress(self) -> None:
        """The own words above those of another language; the plain fields have one."""
        form = self.keeper.form
        self.title_field.show_own(form.title, self.language)
        self.purpose_field.show_own(form.purpose, self.language)
        for widget in self._own_only:
            widget.setVisible(not self.language)

    def focus_title(self) -> None:
        """Bring the keyboard to the title."""
        self.title_area.setFocus()
        self.title_area.selectAll()

    def _build(self) -> None:
        self.title_area = LineArea(self, placeholder=self.tr("Such as Questioning and talk"))
        self.title_area.setObjectName("form_title")
        self.purpose_area = TextArea("", self, lines=2, most=6)
        self.title_field = WordsField(self.tr("Title"), self.title_area, self)
        self.purpose_field = WordsField(
            self.tr("Purpose"), self.purpose_area, self, hint=self.tr("One or two sentences that say when to pick it.")
        )
        self.saver.bind(
            "title", self.title_area, self.title_area.edited, self.title_area.left,
            read=self.title_area.text, show=self.title_area.set_text, warn=self.title_field.set_warning,
        )  # fmt: skip
        self.saver.bind_area("purpose", self.purpose_area, self.purpose_field)
        self.use_box = ComboBox(self)
        for use in FormUse:
            self.use_box.addItem(use_name(use), use)
        self.saver.bind(
            "use", self.use_box, self.use_box.activated, self.use_box.activated,
            read=lambda: FormUse(self.use_box.currentData()), show=self._show_use,
        )  # fmt: skip
        self.language_box = LanguageBox(self)
        self.saver.bind(
            "language", self.language_box, self.language_box.activated, self.language_box.activated,
            read=self.language_box.code, show=self.language_box.set_code,
        )  # fmt: skip
        used = Field(self.tr("Used"), self.use_box, self)
        language = Field(self.tr("Written in"), self.language_box, self)
        self.add_language = Button(
            self.tr("Translate it into another language"),
            self,
            kind=ButtonKind.LINK,
            size=ButtonSize.SMALL,
            icon="plus",
        )
        self.add_language.clicked.connect(self.language_wanted)
        pair = QWidget(self)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(used)
        row.addWidget(language)
        row.addStretch(1)
        head = SectionHead(self.tr("Where it comes from"), "", self, step="body", rule="line")
        self.body.addWidget(self.title_field)
        self.body.addWidget(self.purpose_field)
        self.body.addWidget(pair)
        self.body.addWidget(self.add_language)
        self.body.addSpacing(4)
        self.body.addWidget(head)
        self._own_only: list[QWidget] = [pair, head]
        self._build_origin()
        self.body.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def _build_origin(self) -> None:
        labels = {
            "source": (self.tr("Source"), self.tr("Whose idea it is: a book, a project, a school.")),
            "licence": (self.tr("Licence"), self.tr("What others may do with it, such as CC BY 4.0.")),
            "citation": (self.tr("Citation"), self.tr("As it is to be named in a paper.")),
        }
        for name in _PLAIN:
            area = LineArea(self)
            field = Field(labels[name][0], area, self, hint=labels[name][1])
            self.saver.bind(
                name, area, area.edited, area.left, read=area.text, show=area.set_text, warn=field.set_warning
            )
            self.body.addWidget(field)
            self._own_only.append(field)
        note = TextLabel(self.tr("Shown in the library and on prints."), self, step="small", tone="muted", wrap=True)
        self.body.addWidget(note)
        self._own_only.append(note)

    @Slot(object)
    def _show_use(self, use: FormUse) -> None:
        self.use_box.setCurrentIndex(self.use_box.findData(use))
