"""What an import gives: what it was taken for, its title, what did not come over, and the form to try."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.form import text_in
from observe_app.services.catalogue import Origin as FormOrigin
from observe_app.ui.forms.import_reading import (
    SHAPES,
    Found,
    Origin,
    note_place,
    note_sentence,
    notes_to_show,
    recognised,
    shape_name,
    titled,
)
from observe_app.ui.forms.preview_column import PreviewColumn
from observe_app.ui.forms.words import problem_sentence
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, ElidedLabel, Field, LineEdit, Rule, ScrollPane, SectionHead, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.errors import FormProblem
    from observe_app.domain.form import Form
    from observe_app.services.exchange.form_in import Unmapped
    from observe_app.ui.forms.shelf import Shelf

_PREVIEW, _PREVIEW_SHARE = 340, 0.4
_SHOWN_NOTES = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """A form to be kept; `as_new`: under an id of its own."""

    form: Form
    as_new: bool


class FoundView(QWidget):
    """The form as it would be kept, and what the person may say about it.

    Signals:
        shape_chosen: word of what the person says it is. changed: whether it can be kept may be other now.
    """

    shape_chosen = Signal(str)
    changed = Signal()

    def __init__(self, shelf: Shelf, language: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._shelf, self._language = shelf, language
        self._found: Found | None = None
        self.say = TextLabel("", self, step="heading", weight=600, wrap=True)
        self.say.setObjectName("recognised")
        self.file_label = ElidedLabel("", self, step="small", tone="muted")
        self.title_line = LineEdit(parent=self)
        self.title_line.setObjectName("import_title")
        self.shape_box = ComboBox(self)
        self.shape_box.setObjectName("import_shape")
        self.shape_field = Field(self.tr("Read it as"), self.shape_box, self)
        self.choice_label = TextLabel("", self, step="small", weight=600, wrap=True)
        self.version_radio = QRadioButton(self.tr("as a new version of it"), self)
        self.version_radio.setObjectName("import_as_version")
        self.version_radio.setChecked(True)
        self.new_radio = QRadioButton(self.tr("as another form"), self)
        self.new_radio.setObjectName("import_as_new")
        self.notes_head = SectionHead("", "", self, step="body")
        self.notes_pane = ScrollPane(self, margin=0)
        self.notes_pane.setObjectName("import_notes")
        self.preview = PreviewColumn(self)
        self._lay_out()
        self.title_line.textEdited.connect(self._show_choice)
        self.shape_box.activated.connect(self._on_shape)

    @property
    def found(self) -> Found | None:
        """What was read, None before."""
        return self._found

    @property
    def kept(self) -> Kept | None:
        """The form as it would be kept, None before there is one."""
        if self._found is None:
            return None
        form = titled(self._found, self.title_line.text().strip(), self._language)
        as_version = self._own_title(form) is not None and self.version_radio.isChecked()
        return Kept(form, as_new=not as_version)

    @property
    def obstacle(self) -> str:
        """Why it cannot be kept as it is, "" when it can."""
        if not self.title_line.text().strip():
            return self.tr("A form needs a title.")
        if self._found is not None and self._found.problems:
            return self.tr("Something must be mended first; open it in the editor.")
        return ""

    def ask_title(self) -> None:
        """Bring the keyboard to the title, to be written over."""
        self.title_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title_line.selectAll()

    def forget(self) -> None:
        """Nothing is read."""
        self._found = None

    def show_found(self, found: Found, origin: Origin) -> None:
        """Show what came of it; a title typed meanwhile stays when it is only read in another way."""
        same = self._found is not None and self._found.form.title == found.form.title
        self._found = found
        self.say.setText(recognised(found))
        self.file_label.setText(origin.name)
        self.file_label.setVisible(bool(origin.name))
        if not same:
            self.title_line.setText(text_in(found.form.title, self._language))
            self.title_line.setCursorPosition(0)
        self._offer_shapes(found, origin)
        self._fill_notes(found)
        self._show_choice()
        self.preview.show_form(found.form, at_once=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form grows with its words while it leaves the larger part to what is said of it."""
        super().resizeEvent(event)
        share = round(event.size().width() * _PREVIEW_SHARE)
        self.preview.setFixedWidth(min(scaled(_PREVIEW), max(_PREVIEW, share)))

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_shape(self) -> None:
        self.shape_chosen.emit(str(self.shape_box.currentData()))

    @Slot()
    def _show_choice(self) -> None:
        kept = self.kept
        known = self._own_title(kept.form) if kept is not None else None
        for widget in (self.choice_label, self.version_radio, self.new_radio):
            widget.setVisible(known is not None)
        self.choice_label.setText(known or "")
        self.changed.emit()

    # --- helpers ----------------------------------------------------------------------------------

    def _own_title(self, form: Form) -> str | None:
        entry = self._shelf.entry(form.id)
        if entry is None or entry.origin is not FormOrigin.OWN:
            return None
        words = self.tr("You have “{title}” already, version {n}. Add this")
        return words.format(title=text_in(entry.title, self._language), n=entry.version)

    def _offer_shapes(self, found: Found, origin: Origin) -> None:
        # A table that was pasted is one sheet, and an XLSForm is several.
        shapes = [shape for shape in SHAPES if origin.path is not None or shape != "xlsform"]
        self.shape_field.setVisible(found.shape in shapes)
        self.shape_box.clear()
        for shape in shapes:
            self.shape_box.addItem(shape_name(shape), shape)
        self.shape_box.setCurrentIndex(max(0, self.shape_box.findData(found.shape)))

    def _fill_notes(self, found: Found) -> None:
        notes = notes_to_show(found)
        empty_pane(self.notes_pane)
        body = self.notes_pane.body
        count = len(notes) + len(found.problems)
        self.notes_head.title.setText(self.tr("Good to know") if count else self.tr("All came over"))
        self.notes_head.set_right(str(count) if count else "")
        if not count:
            words = self.tr("Every row became part of the form, as it was written.")
            label = TextLabel(words, self, tone="muted", wrap=True)
            label.setContentsMargins(0, 8, 12, 0)
            body.addWidget(label)
        for problem in found.problems:
            body.addWidget(problem_row(problem, self))
        for note in notes[:_SHOWN_NOTES]:
            body.addWidget(_note_row(note, self))
        if len(notes) > _SHOWN_NOTES:
            more = self.tr("and {n} more").format(n=len(notes) - _SHOWN_NOTES)
            body.addWidget(TextLabel(more, self, step="small", tone="muted"))
        body.addStretch(1)

    def _lay_out(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.version_radio)
        group.addButton(self.new_radio)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        fields.addWidget(Field(self.tr("Title"), self.title_line, self), 1)
        fields.addWidget(self.shape_field)
        radios = QHBoxLayout()
        radios.setSpacing(20)
        radios.addWidget(self.version_radio)
        radios.addWidget(self.new_radio)
        radios.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.say)
        left.addWidget(self.file_label)
        left.addLayout(fields)
        left.addWidget(self.choice_label)
        left.addLayout(radios)
        left.addSpacing(4)
        left.addWidget(self.notes_head)
        left.addWidget(self.notes_pane, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(left, 1)
        row.addWidget(self.preview)


def empty_pane(pane: ScrollPane) -> None:
    """Take everything out of a pane."""
    while (item := pane.body.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def problem_row(problem: FormProblem, parent: QWidget) -> QWidget:
    """Return one mistake: where it stands, and what is wrong."""
    place = problem.where
    if problem.line and not place.startswith("sheet"):
        line = parent.tr("Line {n}").format(n=problem.line)
        place = f"{line} · {place}" if place else line
    return _two_lines(place, problem_sentence(problem), parent, tone="warm")


def _note_row(note: Unmapped, parent: QWidget) -> QWidget:
    what = note.what if note.what != note.found else ""
    head = " · ".join(part for part in (note_place(note), what) if part)
    return _two_lines(head, note_sentence(note), parent, tone="ink")


def _two_lines(head: str, sentence: str, parent: QWidget, *, tone: str) -> QWidget:
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 5, 12, 0)
    column.setSpacing(0)
    if head:
        column.addWidget(ElidedLabel(head, holder, step="small", tone="muted"))
    words = TextLabel(sentence, holder, step="small", tone=tone, wrap=True)
    # May shrink: else a scroll area gives each row the height that its words would take at a third of the width.
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    words.setSizePolicy(policy)
    column.addWidget(words)
    column.addSpacing(5)
    column.addWidget(Rule(holder))
    return holder
