"""One person at the side of the list: every field keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import Invalid, NotFound, ObserveError
from observe_app.domain.people import Person, Role
from observe_app.domain.visit import VisitFilter
from observe_app.services import people, visits
from observe_app.services.pdf.words import languages
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.errors import describe
from observe_app.ui.i18n import language_name, role_name, short_date, stage_name
from observe_app.ui.moments import local
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.people.photo import PhotoField
from observe_app.ui.people.qdays import day_of, to_qdate
from observe_app.ui.theme import scaled
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import (
    Button,
    ButtonSize,
    ComboBox,
    DateEdit,
    Field,
    LineEdit,
    ScrollPane,
    SectionHead,
    TextLabel,
)

if TYPE_CHECKING:
    from observe_app.services.core import Core

_FIELDS = ("name", "subjects", "email", "staff_id", "pronouns", "building")
_VISITS = 6


class PersonEditor(QWidget):
    """The fields of a person, their visits, and what can be done.

    Signals:
        visit_asked: id of a visit to open.
        archive_asked, delete_asked, merge_asked: of the person shown.
        shown: another person, or the same one as stored now.
        writing, saved: something is not on the disk yet; all of it is.
        save_failed: the ObserveError of a write that is tried again.
    """

    visit_asked = Signal(str)
    archive_asked = Signal()
    delete_asked = Signal()
    merge_asked = Signal()
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
        if self.person is not None and not self.manager_field.settle():
            self.manager_field.restore()
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

    @Slot(str)
    def _on_manager_chosen(self, person_id: str) -> None:
        if self.person is None:
            return
        self.fields["manager_id"].set_warning("")
        try:
            self._take(people.edit(self._core, person_id=self.person.id, seen=self._seen, manager_id=person_id))
        except ObserveError as error:
            self.fields["manager_id"].set_warning(describe(error).text)
        else:
            self.saved.emit()
        self._show_manager(self.person)

    @Slot(str)
    def _on_manager_new(self, name: str) -> None:
        try:
            person = people.add(self._core, name=name)
        except Invalid as error:
            self.fields["manager_id"].set_warning(describe(error).text)
            return
        self._on_manager_chosen(person.id)

    @Slot(str)
    def _on_manager_unclear(self, name: str) -> None:
        words = self.tr("Several people are called {name}. Pick one from the list.").format(name=name) if name else ""
        self.fields["manager_id"].set_warning(words)

    @Slot(QDate)
    def _on_last_day(self, _day: QDate) -> None:
        last = day_of(self.last_day)
        if self.person is None or self.person.left_on == last:
            return
        people.leave(self._core, person_ids=(self.person.id,), last_day=last, seen=self._seen)
        self.saved.emit()

    @Slot()
    def _on_photo(self) -> None:
        self.fields["photo"].set_warning("")
        if self.person is not None:
            self._take(people.open_person(self._core, self.person.id))
            self.saved.emit()

    @Slot(object)
    def _on_photo_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.fields["photo"].set_warning(f"{told.text} {told.hint}".strip())

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
        self._show_manager(person)
        self.photo.show_person(person)
        self._show_leaving(person)
        gone = person.archived or person.left_on is not None
        self.archive_button.setText(self.tr("Stays") if gone and not person.archived else
                                    self.tr("Is here again") if gone else self.tr("Has left"))  # fmt: skip
        self.archive_button.updateGeometry()
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

    def _show_manager(self, person: Person) -> None:
        name = ""
        if person.manager_id:
            try:
                name = people.kept(self._core, person.manager_id).name
            except NotFound:
                name = self.tr("somebody who is not here any more")
        self.manager_field.show_person(person.manager_id or None, name)

    def _show_leaving(self, person: Person) -> None:
        """Show the last day of who left or will leave."""
        leaving = person.archived or person.left_on is not None
        self.last_day.blockSignals(True)
        self.last_day.setDate(to_qdate(person.left_on or people.today(self._core)))
        self.last_day.blockSignals(False)
        self.fields["left_on"].setVisible(leaving)
        joined = person.merged_into != ""
        if joined:
            words = self.tr("Joined with {name}. Undo parts the two again.").format(
                name=people.kept(self._core, person.id).name
            )
        elif person.archived:
            words = self.tr("No longer offered when a visit is planned. Their visits stay.")
        else:
            words = self.tr("Offered until the last day, then no longer. Their visits stay.")
        self.archive_note.setText(words)
        self.archive_note.setVisible(leaving)

    def _show_language(self, code: str) -> None:
        """Show what is kept; one that the pages do not speak stays and can be seen."""
        if self.language_box.findData(code) < 0:
            self.language_box.addItem(language_name(code), code)
        self.language_box.setCurrentIndex(self.language_box.findData(code))

    def _build_language(self) -> Field:
        self.language_box = ComboBox(self)
        self.language_box.setObjectName("person_language")
        self.language_box.addItem(self.tr("Same as this program"), "")
        for code in languages():
            self.language_box.addItem(language_name(code), code)
        self.language_box.activated.connect(self._on_language_chosen)
        return Field(
            self.tr("Reads in"), self.language_box, self, hint=self.tr("The language of the pages released to them.")
        )

    def _build(self) -> None:
        self._pane = ScrollPane(self, plane="side")
        body = self._pane.body
        body.setContentsMargins(24, 18, 24, 18)
        body.setSpacing(12)
        self.fields: dict[str, Field] = {}
        self._build_fields()
        for name in ("photo", "name", "subjects", "email"):
            body.addWidget(self.fields[name])
        for pair in (("pronouns", "staff_id"), ("building", "week_load")):
            row = QHBoxLayout()
            row.setSpacing(scaled(12))
            for name in pair:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            body.addLayout(row)
        for name in ("manager_id", "language"):
            body.addWidget(self.fields[name])
        body.addWidget(self._build_roles())
        body.addSpacing(6)
        body.addWidget(self._build_visits())
        body.addSpacing(4)
        body.addLayout(self._build_acts())
        body.addWidget(self.fields["left_on"])
        body.addWidget(self.archive_note)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)

    def _build_fields(self) -> None:
        self.name_line, self.subjects_line = LineEdit(parent=self), LineEdit(parent=self)
        self.email_line, self.staff_line = LineEdit(parent=self), LineEdit(parent=self)
        self.pronouns_line, self.building_line = LineEdit(parent=self), LineEdit(parent=self)
        lines = (
            self.name_line, self.subjects_line, self.email_line, self.staff_line, self.pronouns_line,
            self.building_line,
        )  # fmt: skip
        labels = (
            self.tr("Name"), self.tr("Subjects"), self.tr("E-mail"), self.tr("Staff number"), self.tr("Pronouns"),
            self.tr("Building"),
        )  # fmt: skip
        for name, line, label in zip(_FIELDS, lines, labels, strict=True):
            field = self.fields[name] = Field(label, line, self)
            line.setObjectName(f"person_{name}")
            self._saver.bind_line(name, line, field)
        self.load_line = LineEdit(parent=self, placeholder=self.tr("any number"))
        self.load_line.setObjectName("person_week_load")
        self.fields["week_load"] = Field(self.tr("Visits a week"), self.load_line, self)
        self._saver.bind_line("week_load", self.load_line, self.fields["week_load"], read=_load, show=_shown)
        self.manager_field = PersonField(self._core, Role.COORDINATOR, self)
        self.manager_field.setObjectName("person_manager")
        self.manager_field.line.setPlaceholderText(self.tr("Nobody"))
        self.fields["manager_id"] = Field(self.tr("Line manager"), self.manager_field, self)
        self.manager_field.chosen.connect(self._on_manager_chosen)
        self.manager_field.add_asked.connect(self._on_manager_new)
        self.manager_field.unclear.connect(self._on_manager_unclear)
        self.fields["language"] = self._build_language()
        self.photo = PhotoField(self._core, self)
        self.photo.saved.connect(self._on_photo)
        self.photo.failed.connect(self._on_photo_failed)
        self.fields["photo"] = Field(self.tr("Photo"), self.photo, self)
        self.fields["photo"].label.hide()
        self.last_day = DateEdit(self)
        self.last_day.setObjectName("person_left_on")
        self.last_day.userDateChanged.connect(self._on_last_day)
        self.fields["left_on"] = Field(self.tr("Last day"), self.last_day, self)

    def _build_visits(self) -> QWidget:
        self.visits_head = SectionHead(self.tr("Visits"), "", self, step="text", rule="line")
        holder = QWidget(self)
        under = QVBoxLayout(holder)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        under.addWidget(self.visits_head)
        self._visits = QVBoxLayout()
        self._visits.setSpacing(0)
        under.addLayout(self._visits)
        return holder

    def _build_acts(self) -> QGridLayout:
        self.archive_note = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.archive_button = Button("", self, size=ButtonSize.SMALL, icon="archive")
        self.archive_button.setObjectName("person_archive")
        self.merge_button = Button(self.tr("Join with another"), self, size=ButtonSize.SMALL, icon="merge")
        self.merge_button.setObjectName("person_merge")
        self.delete_button = Button(self.tr("Delete"), self, size=ButtonSize.SMALL, icon="trash-2")
        self.delete_button.setObjectName("person_delete")
        self.archive_button.clicked.connect(self.archive_asked)
        self.merge_button.clicked.connect(self.merge_asked)
        self.delete_button.clicked.connect(self.delete_asked)
        acts = QGridLayout()
        acts.setHorizontalSpacing(8)
        acts.setVerticalSpacing(8)
        acts.addWidget(self.archive_button, 0, 0)
        acts.addWidget(self.delete_button, 0, 1)
        acts.addWidget(self.merge_button, 1, 0, 1, 2)
        acts.setColumnStretch(2, 1)
        return acts

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
    return {name: getattr(person, name) for name in (*_FIELDS, "week_load")}


def _load(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        raise Invalid("week_load", text.strip()[:40], "not_a_number") from None


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
