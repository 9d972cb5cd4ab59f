"""Typing in somebody's week by hand: teaching, busy and protected hours on a grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.domain.school.classes import LessonSlot, SlotKind
from observe_app.services import people
from observe_app.services.rounds import periods, timetables
from observe_app.ui.errors import describe
from observe_app.ui.rounds.week_model import WeekModel
from observe_app.ui.rounds.week_view import WeekView
from observe_app.ui.rounds.words import span_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonSize, Field, KeyHint, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from observe_app.services.core import Core

_HIGH, _LOW, _REST = 330, 110, 330
_WIDE = 900
_FIELDS = ("class_name", "subject", "room", "building", "week")


class TimetableEditor(Sheet):
    """The week of one person; every key is kept at once, and undo takes it back.

    Signals:
        changed: something was kept.
    """

    changed = Signal()

    def __init__(self, core: Core, person_id: str, host: QWidget) -> None:
        person = people.get(core, person_id)
        super().__init__(self.tr("Week of {name}").format(name=person.name), host, width=_WIDE)
        self.setObjectName("timetable_editor")
        self._core, self._person_id = core, person_id
        self._slot: LessonSlot | None = None
        self._single = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.grid = WeekView(WeekModel(self), self)
        self.grid.kind_asked.connect(self._on_kind)
        self.grid.edit_asked.connect(self._on_edit)
        self.grid.chosen.connect(self._on_chosen)
        self._build()
        self.reload()

    def open_over(self) -> None:
        """Give the grid what the window has beside the rest."""
        room = self.window().height() - scaled(_REST)
        self.grid.setFixedHeight(max(scaled(_LOW), min(scaled(_HIGH), room)))
        super().open_over()

    def reload(self) -> None:
        """Show what is stored now; the cell stays."""
        index = self.grid.currentIndex()
        place = (index.row(), index.column()) if index.isValid() else (0, 0)
        slots = timetables.of_person(self._core, self._person_id)
        self.grid.week.show(slots, periods.bell_times(self._core))
        self.grid.setCurrentIndex(self.grid.week.index(*place))
        single = sum(1 for slot in slots if slot.on is not None)
        words = self.tr("Besides these there are times of single days: {n}. They are kept and count.")
        self._single.setText(words.format(n=single))
        self._single.setVisible(bool(single))

    @Slot(str)
    def _on_kind(self, kind: str) -> None:
        """Say what somebody does in the current cell; "" frees it."""
        index = self.grid.currentIndex()
        slots = self.grid.week.slots_at(index)
        if not index.isValid() or (not kind and not slots):
            return
        try:
            if not kind:
                for slot in slots:
                    timetables.remove(self._core, slot_id=slot.id, seen=timetables.seen_of(self._core, slot.id))
            elif slots:
                made = replace(slots[0], kind=kind)
                timetables.change(self._core, slot=made, seen=timetables.seen_of(self._core, made.id))
            else:
                period = self.grid.week.period(index.row())
                slot = LessonSlot("", self._person_id, kind, index.column(), None, period.start_min, period.end_min)
                timetables.add(self._core, slot=slot)
        except ObserveError as error:
            self._say(error)
            return
        self._kept()

    @Slot()
    def _on_edit(self) -> None:
        if not self.grid.week.slots_at(self.grid.currentIndex()):
            self._on_kind(SlotKind.TEACHING.value)
        self.lines["class_name"].setFocus()
        self.lines["class_name"].selectAll()

    @Slot()
    def _on_chosen(self) -> None:
        slots = self.grid.week.slots_at(self.grid.currentIndex())
        self._slot = slots[0] if slots else None
        for name, line in self.lines.items():
            line.setText(getattr(self._slot, name) if self._slot is not None else "")
            line.setEnabled(self._slot is not None)
        times = span_words(self._slot.start_min, self._slot.end_min) if self._slot is not None else ""
        self.times_line.setText(times)
        self.times_line.setEnabled(self._slot is not None)
        self.note.setText("")

    @Slot()
    def _on_line(self) -> None:
        slot = self._slot
        if slot is None:
            return
        try:
            found = periods.read_bell_times(self.times_line.text())
            times = found[0] if found else None
            if times is None:
                raise Invalid("time", "", "empty")
            words = {name: line.text() for name, line in self.lines.items()}
            made = replace(
                slot,
                start_min=times.start_min,
                end_min=times.end_min,
                class_name=words["class_name"],
                subject=words["subject"],
                room=words["room"],
                building=words["building"],
                week=words["week"],
            )
            if made == slot:
                return
            self._slot = timetables.change(self._core, slot=made, seen=timetables.seen_of(self._core, slot.id))
        except ObserveError as error:
            self._say(error)
            return
        self._kept()

    def _kept(self) -> None:
        self.changed.emit()
        self.reload()

    def _say(self, error: ObserveError) -> None:
        told = describe(error)
        self.note.setText(f"{told.text} {told.hint}".strip())

    def _build(self) -> None:
        self.add_lead(self.tr("What comes in from a file replaces an earlier file, and never what is typed here."))
        self.body.addWidget(self.grid)
        keys = QHBoxLayout()
        keys.setSpacing(16)
        for key, words in (
            ("T", self.tr("teaching")),
            ("B", self.tr("busy")),
            ("P", self.tr("protected")),
            (self.tr("Del"), self.tr("free")),
            (self.tr("Enter"), self.tr("write")),
        ):
            keys.addWidget(KeyHint(key, words, self))
        keys.addStretch(1)
        self.body.addLayout(keys)
        self.body.addWidget(self._single)
        self.lines: dict[str, LineEdit] = {}
        labels = (self.tr("Class"), self.tr("Subject"), self.tr("Room"), self.tr("Building"), self.tr("Week"))
        row = QHBoxLayout()
        row.setSpacing(10)
        for name, label in zip(_FIELDS, labels, strict=True):
            line = self.lines[name] = LineEdit(parent=self)
            line.setObjectName(f"slot_{name}")
            line.editingFinished.connect(self._on_line)
            row.addWidget(Field(label, line, self), 1 if name == "week" else 3)
        self.times_line = LineEdit(parent=self)
        self.times_line.setObjectName("slot_times")
        self.times_line.editingFinished.connect(self._on_line)
        row.addWidget(Field(self.tr("Times"), self.times_line, self), 3)
        self.body.addLayout(row)
        self.note = TextLabel("", self, step="small", tone="warm", wrap=True)
        self.body.addWidget(self.note)
        self.add_safe(self.tr("Done"))


class BellTimesPart(QWidget):
    """The bell times of the school, typed one a line.

    Signals:
        kept: they were kept.
    """

    kept = Signal()

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__(parent)
        self._core = core
        self.line = LineEdit(parent=self, placeholder=self.tr("1 8:50-9:40; 2 9:45-10:35; 3 10:55-11:45"))
        self.line.setObjectName("bell_times")
        found = periods.bell_times(core)
        clock = timetables.clock
        self.line.setText("; ".join(f"{one.name} {clock(one.start_min)}-{clock(one.end_min)}" for one in found))
        self.field = Field(self.tr("Bell times: each period with its times, separated by “;”"), self.line, self)
        button = Button(self.tr("Use these times"), self, size=ButtonSize.SMALL)
        button.setObjectName("use_bell_times")
        button.clicked.connect(self._on_use)
        self.line.returnPressed.connect(self._on_use)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(button)

    @Slot()
    def _on_use(self) -> None:
        try:
            periods.set_bell_times(self._core, periods.read_bell_times(self.line.text()))
        except ObserveError as error:
            told = describe(error)
            self.field.set_warning(f"{told.text} {told.hint}".strip())
            return
        self.field.set_warning("")
        self.kept.emit()
