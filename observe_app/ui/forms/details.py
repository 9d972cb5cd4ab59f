"""The middle of the page: a form as its reader sees it, or what is wrong with a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.form import ItemKind, text_in
from observe_app.ui.forms.listing import FormListing
from observe_app.ui.forms.words import items_words, kinds_words, language_words, problem_sentence, use_name
from observe_app.ui.theme import text_size, tokens
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Rule, ScrollPane, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Form
    from observe_app.services.catalogue import CatalogueEntry

_EDGE = 28
_ONE_LINE = 70


@dataclass(frozen=True, slots=True)
class Reading:
    """A form with what the library knows of it.

    Attributes:
        used: where it is used, in words. next_version: number of the version in work, 0 for none.
        languages: codes, the form's own first.
    """

    form: Form
    used: str = ""
    next_version: int = 0
    languages: tuple[str, ...] = ()


class FormReader(ScrollPane):
    """Purpose, facts, source, sections and items.

    Signals:
        go_on_asked: edit the version in work.
    """

    go_on_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form_id = ""
        self.purpose = TextLabel("", self, step="body", tone="quote", wrap=True)
        self.facts = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.facts.setObjectName("form_facts")
        self.origin = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.origin.setObjectName("form_origin")
        for label in (self.purpose, self.facts, self.origin):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.in_work = TextLabel("", self, step="small", tone="ink", wrap=True)
        self.go_on_button = Button(self.tr("Go on with it"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.go_on_button.setObjectName("go_on")
        self.head = TextLabel(self.tr("Items"), self, step="heading", weight=600)
        self.open_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.open_button.setObjectName("open_all")
        self.listing = FormListing(self)
        self.empty = TextLabel(self.tr("There is no item in it yet."), self, tone="muted")
        self._lay_out()
        self.go_on_button.clicked.connect(self.go_on_asked)
        self.open_button.clicked.connect(self._on_open_all)
        self.listing.shown_asked.connect(self._on_shown_asked)
        self.listing.read_model.dataChanged.connect(self._show_open)

    def show_reading(self, reading: Reading, language: str) -> None:
        """Show a form; the same one again stays where it is scrolled to."""
        form = reading.form
        self.purpose.setText(text_in(form.purpose, language))
        self.purpose.setVisible(bool(self.purpose.text()))
        self.facts.setText(_facts(reading))
        self.origin.setText(_origin(form))
        self.origin.setVisible(bool(self.origin.text()))
        self.in_work.setText(self.tr("Version {n} is in work.").format(n=reading.next_version))
        for widget in (self.in_work, self.go_on_button):
            widget.setVisible(bool(reading.next_version))
        self.listing.show_form(form, language)
        self.listing.setVisible(bool(form.sections))
        self.empty.setVisible(not form.items)
        self.open_button.setVisible(bool(self.listing.read_model.openable))
        self._show_open()
        if form.id != self._form_id:
            self._form_id = form.id
            self.verticalScrollBar().setValue(0)

    @Slot()
    def _on_open_all(self) -> None:
        self.listing.open_all(on=not self.listing.all_open)

    @Slot()
    def _show_open(self) -> None:
        closing = self.listing.all_open
        self.open_button.setText(self.tr("Show the labels only") if closing else self.tr("Show every level and help"))
        self.open_button.updateGeometry()

    @Slot(int, int)
    def _on_shown_asked(self, top: int, height: int) -> None:
        bar = self.verticalScrollBar()
        above = self.listing.y() + top
        room = self.viewport().height()
        if above < bar.value():
            bar.setValue(above - 60)
        elif above + height > bar.value() + room:
            bar.setValue(min(above - 40, above + height + 24 - room))

    def _lay_out(self) -> None:
        _keep_to_column(self)
        body = self.body
        body.setContentsMargins(_EDGE, 18, _EDGE, 32)
        body.setSpacing(6)
        for widget in (self.purpose, self.facts, self.origin):
            body.addWidget(widget)
        work = QHBoxLayout()
        work.setSpacing(6)
        work.addWidget(self.in_work)
        work.addWidget(self.go_on_button)
        work.addStretch(1)
        body.addLayout(work)
        row = QHBoxLayout()
        row.addWidget(self.head)
        row.addStretch(1)
        row.addWidget(self.open_button)
        body.addSpacing(10)
        body.addLayout(row)
        body.addWidget(self.empty)
        body.addWidget(self.listing)
        body.addStretch(1)


class BrokenReader(ScrollPane):
    """What is wrong with a form file, line by line.

    Signals:
        folder_asked: show the file's folder. again_asked: read the file again.
    """

    folder_asked = Signal()
    again_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.say = TextLabel("", self, step="body", wrap=True)
        self.folder_button = Button(self.tr("Open the folder"), self, kind=ButtonKind.PRIMARY, icon="folder-open")
        self.folder_button.setObjectName("open_folder")
        self.again_button = Button(self.tr("Look again"), self, icon="rotate-ccw")
        self.again_button.setObjectName("look_again")
        self.folder_button.clicked.connect(self.folder_asked)
        self.again_button.clicked.connect(self.again_asked)
        self.head = SectionHead(self.tr("What to mend"), "", self)
        self._holder = QWidget(self)
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        acts.addWidget(self.folder_button)
        acts.addWidget(self.again_button)
        acts.addStretch(1)
        _keep_to_column(self)
        body = self.body
        body.setContentsMargins(_EDGE, 18, _EDGE, 32)
        body.addWidget(self.say)
        body.addSpacing(14)
        body.addLayout(acts)
        body.addSpacing(24)
        body.addWidget(self.head)
        body.addWidget(self._holder)
        body.addStretch(1)

    def show_entry(self, entry: CatalogueEntry) -> None:
        """Show a file's problems."""
        stored = entry.path is None
        file_words = self.tr("This file cannot be used as a form. Nothing else is affected: every other form works.")
        own_words = self.tr(
            "What is stored of this form cannot be read. Every other form works, and visits keep theirs."
        )
        self.say.setText(own_words if stored else file_words)
        self.folder_button.setVisible(not stored)
        count = len(entry.problems)
        self.head.set_right(self.tr("1 mistake") if count == 1 else self.tr("{n} mistakes").format(n=count))
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for problem in entry.problems:
            self._column.addWidget(self._problem(problem))
            self._column.addWidget(Rule(self._holder))

    def _problem(self, problem: FormProblem) -> QWidget:
        holder = QWidget(self._holder)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 9, 0, 10)
        column.setSpacing(1)
        place = self._where(problem)
        column.addWidget(TextLabel(place, holder, step="small", tone="muted", tabular=True, wrap=True))
        sentence = TextLabel(problem_sentence(problem), holder, wrap=True)
        sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(sentence)
        return holder

    def _where(self, problem: FormProblem) -> str:
        if not problem.line:
            return problem.where or self.tr("The whole file")
        if not problem.where:
            return self.tr("Line {n}").format(n=problem.line)
        return self.tr("Line {n} · {where}").format(n=problem.line, where=problem.where)


class Details(QStackedWidget):
    """The form, or what is wrong with the file, or nothing yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reader = FormReader(self)
        self.broken = BrokenReader(self)
        self.nothing = QWidget(self)
        for widget in (self.nothing, self.reader, self.broken):
            self.addWidget(widget)

    def show_reading(self, reading: Reading, language: str) -> None:
        """Show a form."""
        self.reader.show_reading(reading, language)
        self.setCurrentWidget(self.reader)

    def show_broken(self, entry: CatalogueEntry) -> None:
        """Show what is wrong with a file."""
        self.broken.show_entry(entry)
        self.setCurrentWidget(self.broken)

    def show_nothing(self) -> None:
        """Show nothing: no form is chosen."""
        self.setCurrentWidget(self.nothing)


def _keep_to_column(pane: ScrollPane) -> None:
    content = pane.widget()
    if content is not None:
        content.setMaximumWidth(tokens().size.text_column)


def _facts(reading: Reading) -> str:
    form = reading.form
    asked = [item for item in form.items if item.kind is not ItemKind.GUIDANCE]
    parts = (
        use_name(form.use),
        items_words(len(asked)),
        kinds_words(item.kind for item in asked),
        language_words(reading.languages or (form.language,)),
        reading.used,
    )
    return " · ".join(part for part in parts if part)


def _origin(form: Form) -> str:
    tr = QCoreApplication.translate
    source = tr("forms page", "Source: {words}").format(words=form.source) if form.source else ""
    licence = tr("forms page", "Licence: {words}").format(words=form.licence) if form.licence else ""
    apart = "\n" if len(source) + len(licence) > _ONE_LINE * 100 // text_size() else " · "
    first = apart.join(part for part in (source, licence) if part)
    return "\n".join(part for part in (first, form.citation) if part)
