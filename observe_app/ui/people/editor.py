"""One person at the side of the list: every field keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import NotFound
from observe_app.domain.people import Person, Role
from observe_app.domain.visit import VisitFilter
from observe_app.services import people, visits
from observe_app.services.pdf.words import languages
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.i18n import language_name, role_name, short_date, stage_name
from observe_app.ui.moments import local
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import (
    Button,
    ButtonSize,
    ComboBox,
    Field,
    LineEdit,
    ScrollPane,
    SectionHead,
    TextLabel,
)

if TYPE_CHECKING:
    from observe_app.services.core import Core

_FIELDS = ("name", "subjects", "email", "staff_id")
_VISITS = 6


class PersonEditor(QWidget):
    """The fields of a person, their visits, and what can be done.

    Signals:
        visit_asked: id of a visit to open.
        archive_asked, delete_asked: of the person shown. shown: another person, or the same one as stored now.
        writing, saved: something is not on the disk yet; all of it is.
        save_failed: the ObserveError of a write that is tried again.
    """

    visit_asked = Signal(str)
    archive_asked = Signal()
    delete_asked = Signal()
    writing = Signal()
    shown = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self.person: Person | None = None
        self._seen: Seen = NOTHING_SEEN
        self.role_boxes: dict[Role, QCheckBox] = {}
        self._saver = FieldSaver(self._write, self)
        self._build()
        self._saver.writing.connect(self.writing)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.save_failed)

    @property
    def seen(self) -> Seen:
        """What of the person is on screen."""
        return self._seen

    def show_person(self, person_id: str | None) -> None:
        """Show a person, or the same one again as stored now; None for nobody."""
        self._pane.setVisible(person_id is not None)
        if person_id is None:
            self.person = None
            return
        try:
            opened = people.open_person(self._core, person_id)
        except NotFound:
            self.show_person(None)
            return
        same = self.person is not None and self.person.id == person_id
        self.person, self._seen = opened.value, opened.seen
        show = self._saver.load if same else self._saver.reset
        show(_values(opened.value), opened.seen)
        self._show_rest(opened.value)
        self.shown.emit()

    def leave(self) -> bool:
        """Store what is only on the screen; False when it could not be stored."""
        return self._saver.leave()

    def begin(self) -> None:
        """Bring the keyboard to the name."""
        self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_line.selectAll()

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        assert self.person is not None  # noqa: S101  (fields show only with a person)
        opened = people.edit(self._core, person_id=self.person.id, seen=seen, **{name: value})
        self._take(opened)
        return _values(opened.value), opened.seen

    def _take(self, opened: Opened[Person]) -> None:
        self.person, self._seen = opened.value, opened.seen

    @Slot()
    def _on_role_clicked(self) -> None:
        if self.person is None:
            return
        roles = tuple(role for role, box in self.role_boxes.items() if box.isChecked())
        self._take(people.edit(self._core, person_id=self.person.id, seen=self._seen, roles=roles))
        self.saved.emit()

    @Slot()
    def _on_language_chosen(self) -> None:
        chosen = str(self.language_box.currentData() or "")
        if self.person is None or chosen == self.person.language:
            return
        self._take(people.edit(self._core, person_id=self.person.id, seen=self._seen, language=chosen))
        self.saved.emit()

    @Slot()
    def _on_visit(self) -> None:
        row = self.sender()
        if row is not None:
            self.visit_asked.emit(str(row.property("visit")))

    # --- showing ----------------------------------------------------------------------------------

    def _show_rest(self, person: Person) -> None:
        for role, box in self.role_boxes.items():
            box.setChecked(role in person.roles)
        self._show_language(person.language)
        self.archive_button.setText(self.tr("Is here again") if person.archived else self.tr("Has left"))
        self.archive_button.updateGeometry()
        self.archive_note.setVisible(person.archived)
        while (item := self._visits.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        wanted = VisitFilter(person_id=person.id, limit=_VISITS)
        rows = visits.listing(self._core, wanted)
        total = visits.count(self._core, wanted).visits
        self.visits_head.set_right(str(total) if total else "")
        if not rows:
            none = TextLabel(self.tr("No visits yet."), self._pane, step="small", tone="muted")
            none.setContentsMargins(0, 8, 0, 0)
            self._visits.addWidget(none)
        for row in rows:
            moment = row.started or row.start
            day = short_date(local(moment, row.zone).date()) if moment is not None else self.tr("No date")
            what = " ".join(part for part in (row.class_name, row.subject) if part)
            first = self.tr("{day}, {stage}").format(day=day, stage=stage_name(row.stage))
            other = row.teacher if row.teacher != person.name else row.observer
            made = TwoLineRow(
                first, "", " · ".join(part for part in (other, what) if part), self._pane, icon="notebook-text"
            )
            made.setProperty("visit", row.id)
            made.opened.connect(self._on_visit)
            self._visits.addWidget(made)

    def _show_language(self, code: str) -> None:
        """Show what is kept; one that the pages do not speak stays and can be seen."""
        if self.language_box.findData(code) < 0:
            self.language_box.addItem(language_name(code), code)
        self.language_box.setCurrentIndex(self.language_box.findData(code))

    def _build_language(self) -> Field:
        self.language_box = ComboBox(self)
        self.language_box.setObjectName("person_language")
        self.language_box.addItem(self.tr("As the program"), "")
        for code in languages():
            self.language_box.addItem(language_name(code), code)
        self.language_box.activated.connect(self._on_language_chosen)
        return Field(
            self.tr("Reads in"), self.language_box, self, hint=self.tr("The language of the pages released to them.")
        )

    def _build(self) -> None:
        self.name_line, self.subjects_line = LineEdit(parent=self), LineEdit(parent=self)
        self.email_line, self.staff_line = LineEdit(parent=self), LineEdit(parent=self)
        lines = (self.name_line, self.subjects_line, self.email_line, self.staff_line)
        labels = (self.tr("Name"), self.tr("Subjects"), self.tr("E-mail"), self.tr("Staff number"))
        self._pane = ScrollPane(self, plane="side")
        body = self._pane.body
        body.setContentsMargins(24, 18, 24, 18)
        body.setSpacing(12)
        self.fields: dict[str, Field] = {}
        for name, line, label in zip(_FIELDS, lines, labels, strict=True):
            field = self.fields[name] = Field(label, line, self)
            line.setObjectName(f"person_{name}")
            self._saver.bind_line(name, line, field)
            body.addWidget(field)
        self.fields["language"] = self._build_language()
        body.addWidget(self.fields["language"])
        body.addWidget(self._build_roles())
        self.archive_note = TextLabel(
            self.tr("No longer offered when a visit is planned. Their visits stay."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self.visits_head = SectionHead(self.tr("Visits"), "", self, step="text", rule="line")
        body.addSpacing(6)
        holder = QWidget(self)
        under = QVBoxLayout(holder)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self.visits_head)
        self._visits = QVBoxLayout()
        self._visits.setSpacing(0)
        under.addLayout(self._visits)
        body.addWidget(holder)
        self.archive_button = Button("", self, size=ButtonSize.SMALL, icon="archive")
        self.archive_button.setObjectName("person_archive")
        self.delete_button = Button(self.tr("Delete"), self, size=ButtonSize.SMALL, icon="trash-2")
        self.delete_button.setObjectName("person_delete")
        self.archive_button.clicked.connect(self.archive_asked)
        self.delete_button.clicked.connect(self.delete_asked)
        acts = QHBoxLayout()
        acts.addWidget(self.archive_button)
        acts.addWidget(self.delete_button)
        acts.addStretch(1)
        body.addSpacing(4)
        body.addLayout(acts)
        body.addWidget(self.archive_note)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)

    def _build_roles(self) -> QWidget:
        holder = QWidget(self)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.addWidget(TextLabel(self.tr("Usual role"), holder, step="small", weight=600), 0, 0, 1, 2)
        for number, role in enumerate(Role):
            box = QCheckBox(role_name(role), holder)
            box.setObjectName(f"role_{role.value}")
            box.clicked.connect(self._on_role_clicked)
            self.role_boxes[role] = box
            grid.addWidget(box, 1 + number // 2, number % 2)
        return holder


def _values(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in _FIELDS}
