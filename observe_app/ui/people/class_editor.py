"""One class at the side of the list: every field keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.changes import NOTHING_SEEN, Opened, Seen
from observe_app.domain.errors import Invalid, NotFound, ObserveError
from observe_app.domain.people import Role
from observe_app.domain.seating import SeatingPlan, loads
from observe_app.services import people
from observe_app.services.school import calendar, classes
from observe_app.ui.autosave import FieldSaver
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.seating.plan_row import PlanPicture
from observe_app.ui.seating.words import seats_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    ElidedLabel,
    Field,
    LineEdit,
    ScrollPane,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.school.classes import SchoolClass
    from observe_app.services.core import Core

_FIELDS = ("name", "subject", "year_group", "room", "building")


class ClassEditor(QWidget):
    """The fields of a class, its teachers and its seating plan.

    Signals:
        archive_asked, delete_asked: of the class shown.
        writing, saved: something is not on the disk yet; all of it is. save_failed: an `ObserveError`.
    """

    archive_asked = Signal()
    delete_asked = Signal()
    writing = Signal()
    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self.school_class: SchoolClass | None = None
        self._seen: Seen = NOTHING_SEEN
        self._plan = SeatingPlan()
        self._saver = FieldSaver(self._write, self)
        self._build()
        self._saver.writing.connect(self.writing)
        self._saver.saved.connect(self.saved)
        self._saver.failed.connect(self.save_failed)

    @property
    def seen(self) -> Seen:
        """What of the class is on screen."""
        return self._seen

    def show_class(self, class_id: str | None) -> None:
        """Show a class, or the same one again as stored now; None for none."""
        self._pane.setVisible(class_id is not None)
        if class_id is None:
            self.school_class = None
            return
        try:
            opened = classes.open_class(self._core, class_id)
        except NotFound:
            self.show_class(None)
            return
        same = self.school_class is not None and self.school_class.id == class_id
        self._take(opened)
        show = self._saver.load if same else self._saver.reset
        show(_values(opened.value), opened.seen)
        self._show_rest(opened.value)

    def leave(self) -> bool:
        """Store what is only on the screen."""
        return self._saver.leave()

    def begin(self) -> None:
        """Bring the keyboard to the name."""
        self.name_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_line.selectAll()

    # --- writing ----------------------------------------------------------------------------------

    def _write(self, name: str, value: Any, seen: Seen) -> tuple[dict[str, Any], Seen]:
        assert self.school_class is not None  # noqa: S101  (fields show only with a class)
        opened = classes.edit(self._core, class_id=self.school_class.id, seen=seen, **{name: value})
        self._take(opened)
        return _values(opened.value), opened.seen

    def _take(self, opened: Opened[SchoolClass]) -> None:
        self.school_class, self._seen = opened.value, opened.seen

    def _change(self, **fields: Any) -> None:
        if self.school_class is None:
            return
        try:
            self._take(classes.edit(self._core, class_id=self.school_class.id, seen=self._seen, **fields))
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self._show_rest(self.school_class)
        self.saved.emit()

    @Slot(str)
    def _on_teacher(self, person_id: str) -> None:
        self.teacher_field.show_person(None, "")
        if self.school_class is not None and person_id and person_id not in self.school_class.teacher_ids:
            self._change(teacher_ids=(*self.school_class.teacher_ids, person_id))

    @Slot(str)
    def _on_teacher_new(self, name: str) -> None:
        try:
            person = people.add(self._core, name=name)
        except Invalid as error:
            self.save_failed.emit(error)
            return
        self.teacher_field.restore()
        self._on_teacher(person.id)

    @Slot()
    def _on_teacher_gone(self) -> None:
        button = self.sender()
        if self.school_class is not None:
            gone = str(button.property("person"))
            self._change(teacher_ids=tuple(one for one in self.school_class.teacher_ids if one != gone))

    @Slot()
    def _on_term(self) -> None:
        chosen = str(self.term_box.currentData() or "")
        if self.school_class is not None and chosen != self.school_class.term_id:
            self._change(term_id=chosen)

    @Slot()
    def _on_seating(self) -> None:
        from observe_app.ui.seating.plan_editor import PlanEditor  # noqa: PLC0415  (only when a plan is made)

        if self.school_class is None:
            return
        editor = PlanEditor(self, self._plan, students=self.school_class.size)
        editor.plan_kept.connect(self._on_plan_kept)
        editor.open_over()

    @Slot(object)
    def _on_plan_kept(self, plan: SeatingPlan) -> None:
        if self.school_class is None:
            return
        try:
            classes.set_plan(self._core, class_id=self.school_class.id, plan=plan, seen=self._seen)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self.show_class(self.school_class.id)
        self.saved.emit()

    # --- showing ----------------------------------------------------------------------------------

    def _show_rest(self, one: SchoolClass) -> None:
        self._show_terms(one.term_id)
        clear_layout(self._teachers)
        for person_id in one.teacher_ids:
            self._teachers.addWidget(self._teacher_row(person_id))
        try:
            self._plan = loads(one.seating)
        except Invalid:
            self._plan = SeatingPlan()
        seats = len(self._plan.seats)
        self.picture.setVisible(bool(seats))
        self.picture.show_plan(self._plan)
        self.seats_label.setText(
            seats_words(seats) if seats else self.tr("A visit to this class begins with the plan that is made here.")
        )
        self.seating_button.setText(self.tr("Change the plan") if seats else self.tr("Make a seating plan"))
        self.seating_button.updateGeometry()
        self.archive_button.setText(self.tr("Bring back") if one.archived else self.tr("Move to earlier years"))
        self.archive_button.updateGeometry()

    def _teacher_row(self, person_id: str) -> QWidget:
        try:
            name = people.kept(self._core, person_id).name
        except NotFound:
            name = self.tr("somebody who is not here any more")
        gone = Button(
            "", self, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="x",
            name=self.tr("{name} does not teach this class").format(name=name),
        )  # fmt: skip
        gone.setProperty("person", person_id)
        gone.clicked.connect(self._on_teacher_gone)
        row = QWidget(self)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(scaled(8))
        line.addWidget(ElidedLabel(name, row, step="text"), 1)
        line.addWidget(gone)
        return row

    def _show_terms(self, term_id: str) -> None:
        self.term_box.clear()
        self.term_box.addItem(self.tr("Any"), "")
        for term in calendar.terms(self._core):
            self.term_box.addItem(term.name, term.id)
        at = self.term_box.findData(term_id)
        if at < 0:
            self.term_box.addItem(self.tr("A term that was deleted"), term_id)
            at = self.term_box.count() - 1
        self.term_box.setCurrentIndex(at)

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._pane = ScrollPane(self, plane="side")
        body = self._pane.body
        body.setContentsMargins(24, 18, 24, 18)
        body.setSpacing(12)
        self.fields: dict[str, Field] = {}
        self._build_fields()
        body.addWidget(self.fields["name"])
        for pair in (("subject", "year_group"), ("size", "room"), ("building", "term_id")):
            row = QHBoxLayout()
            row.setSpacing(scaled(12))
            for name in pair:
                row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
            body.addLayout(row)
        self._build_teachers(body)
        self._build_seating(body)
        self.archive_button = Button("", self, size=ButtonSize.SMALL, icon="archive")
        self.archive_button.setObjectName("class_archive")
        self.delete_button = Button(self.tr("Delete"), self, size=ButtonSize.SMALL, icon="trash-2")
        self.delete_button.setObjectName("class_delete")
        self.archive_button.clicked.connect(self.archive_asked)
        self.delete_button.clicked.connect(self.delete_asked)
        acts = QHBoxLayout()
        acts.addWidget(self.archive_button)
        acts.addWidget(self.delete_button)
        acts.addStretch(1)
        body.addSpacing(6)
        body.addLayout(acts)
        body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pane)

    def _build_fields(self) -> None:
        labels = (
            self.tr("Class"), self.tr("Subject"), self.tr("Year group"), self.tr("Room"), self.tr("Building"),
        )  # fmt: skip
        lines = {}
        for name, label in zip(_FIELDS, labels, strict=True):
            lines[name] = LineEdit(parent=self)
            lines[name].setObjectName(f"class_{name}")
            field = self.fields[name] = Field(label, lines[name], self)
            self._saver.bind_line(name, lines[name], field)
        self.name_line = lines["name"]
        self.size_line = LineEdit(parent=self)
        self.size_line.setObjectName("class_size")
        self.fields["size"] = Field(self.tr("Students"), self.size_line, self)
        self._saver.bind_line("size", self.size_line, self.fields["size"], read=_size, show=_shown)
        self.term_box = ComboBox(self)
        self.term_box.setObjectName("class_term")
        self.term_box.activated.connect(self._on_term)
        self.fields["term_id"] = Field(self.tr("Year or term"), self.term_box, self)

    def _build_teachers(self, body: QVBoxLayout) -> None:
        holder = QWidget(self)
        under = QVBoxLayout(holder)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(6)
        self._teachers = QVBoxLayout()
        self._teachers.setSpacing(0)
        self.teacher_field = PersonField(self._core, Role.TEACHER, self)
        self.teacher_field.setObjectName("class_teacher")
        self.teacher_field.line.setPlaceholderText(self.tr("Who teaches it"))
        self.teacher_field.chosen.connect(self._on_teacher)
        self.teacher_field.add_asked.connect(self._on_teacher_new)
        under.addWidget(TextLabel(self.tr("Teachers"), self, step="small", weight=600))
        under.addLayout(self._teachers)
        under.addWidget(self.teacher_field)
        body.addWidget(holder)

    def _build_seating(self, body: QVBoxLayout) -> None:
        self.picture = PlanPicture(self)
        self.seats_label = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.seating_button = Button("", self, size=ButtonSize.SMALL, icon="layout-grid")
        self.seating_button.setObjectName("class_seating")
        self.seating_button.clicked.connect(self._on_seating)
        body.addWidget(TextLabel(self.tr("Seating plan"), self, step="small", weight=600))
        body.addWidget(self.picture)
        body.addWidget(self.seats_label)
        body.addWidget(self.seating_button)


def _values(one: SchoolClass) -> dict[str, Any]:
    return {name: getattr(one, name) for name in (*_FIELDS, "size")}


def _size(text: str) -> int | None:
    if not text.strip():
        return None
    try:
        return int(text)
    except ValueError:
        raise Invalid("size", text.strip()[:40], "not_a_number") from None


def _shown(value: int | None) -> str:
    return "" if value is None else str(value)
