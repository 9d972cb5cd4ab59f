"""Who is there: everybody with one key, then whoever differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.people import Role
from observe_app.domain.sessions.states import Presence
from observe_app.services import people
from observe_app.services.sessions import attendance
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.sessions.words import presence_name
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ComboBox,
    ElidedLabel,
    LineEdit,
    SectionHead,
    TextLabel,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.core import Core
    from observe_app.services.sessions.attendance import Line

_MINUTES = 52
_HERE = frozenset({Presence.PRESENT.value, Presence.PART.value})


class AttendanceRow(QWidget):
    """Somebody, whether they are there, and for how many minutes where not throughout.

    Signals:
        chosen: person id, state ("" for nothing said), minutes or None.
    """

    chosen = Signal(str, str, object)

    def __init__(self, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("attendance_row")
        self.person_id = person_id
        self.name = ElidedLabel("", self)
        self.state_box = ComboBox(self)
        self.state_box.setObjectName("attendance_state")
        self.state_box.addItem("–", "")
        for state in Presence:
            self.state_box.addItem(presence_name(state.value), state.value)
        self.minutes_line = LineEdit("", self, placeholder=self.tr("min"))
        self.minutes_line.setObjectName("attendance_minutes")
        self.minutes_line.setFixedWidth(scaled(_MINUTES))
        self.minutes_line.setMaxLength(3)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(6))
        row.addWidget(self.name, 1)
        row.addWidget(self.minutes_line)
        row.addWidget(self.state_box)
        self.state_box.activated.connect(self._on_chosen)
        self.minutes_line.editingFinished.connect(self._on_minutes)

    def show_line(self, line: Line) -> None:
        """Show what is kept."""
        state = line.mark.state if line.mark is not None else ""
        name = line.person.name if line.member else self.tr("{name} (guest)").format(name=line.person.name)
        self.name.setText(name)
        self.state_box.setAccessibleName(self.tr("Is {name} there?").format(name=line.person.name))
        self.minutes_line.setAccessibleName(self.tr("Minutes of {name}").format(name=line.person.name))
        self.state_box.setCurrentIndex(max(0, self.state_box.findData(state)))
        self.minutes_line.setVisible(state == Presence.PART)
        if not self.minutes_line.hasFocus():
            minutes = line.mark.minutes if line.mark is not None else None
            self.minutes_line.setText("" if minutes is None else str(minutes))

    def _minutes(self) -> int | None:
        text = self.minutes_line.text().strip()
        return int(text) if text.isascii() and text.isdigit() else None

    @Slot()
    def _on_chosen(self) -> None:
        state = str(self.state_box.currentData() or "")
        self.chosen.emit(self.person_id, state, self._minutes() if state == Presence.PART else None)

    @Slot()
    def _on_minutes(self) -> None:
        if self.minutes_line.isModified():
            self.minutes_line.setModified(False)
            self._on_chosen()


class AttendanceList(QWidget):
    """Everybody expected or marked.

    Signals:
        saved: something was kept. save_failed: an `ObserveError`.
    """

    saved = Signal()
    save_failed = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._session_id = ""
        self.rows: dict[str, AttendanceRow] = {}
        self.head = SectionHead(self.tr("Attendance"), "", self, step="body", rule="line")
        self.all_button = Button(
            self.tr("All present"), self.head, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="check"
        )
        self.all_button.setObjectName("all_present")
        self.all_button.setToolTip(self.tr("Alt A: everybody of whom nothing is said yet"))
        self.head.add_right(self.all_button)
        self.none = TextLabel(
            self.tr("Nobody is expected: the session has no group. Add who is there."),
            self, step="small", tone="muted", wrap=True,
        )  # fmt: skip
        self._lines = QVBoxLayout()
        self._lines.setSpacing(scaled(4))
        self.guest_field = PersonField(core, Role.TEACHER, self)
        self.guest_field.line.setObjectName("guest_line")
        self.guest_field.line.setPlaceholderText(self.tr("Somebody else who is there"))
        self.guest_field.line.setAccessibleName(self.tr("Somebody else who is there"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(scaled(8))
        column.addWidget(self.head)
        column.addWidget(self.none)
        column.addLayout(self._lines)
        column.addWidget(self.guest_field)
        self.all_button.clicked.connect(self.all_present)
        self.guest_field.chosen.connect(self._on_guest)
        self.guest_field.add_asked.connect(self._on_new_guest)

    def show_session(self, session_id: str) -> None:
        """Show who is expected and marked."""
        self._session_id = session_id
        lines = attendance.sheet(self._core, session_id)
        wanted: dict[str, AttendanceRow] = {}
        for place, line in enumerate(lines):
            row = self.rows.get(line.person.id)
            if row is None:
                row = AttendanceRow(line.person.id, self)
                row.chosen.connect(self._on_chosen)
            row.show_line(line)
            wanted[line.person.id] = row
            if self._lines.indexOf(row) != place:
                self._lines.removeWidget(row)
                self._lines.insertWidget(place, row)
        for key, row in self.rows.items():
            if key not in wanted:
                self._lines.removeWidget(row)
                row.hide()
                row.deleteLater()
        self.rows = wanted
        counts = attendance.counts(lines)
        here = sum(counts[state] for state in _HERE)
        self.head.set_right(self.tr("{n} of {of}").format(n=here, of=len(lines)) if lines else "")
        self.none.setVisible(not lines)
        self.all_button.setVisible(bool(counts[""]))

    @Slot()
    def all_present(self) -> None:
        """Everybody of whom nothing is said yet is there."""
        self._do(lambda: attendance.all_present(self._core, session_id=self._session_id))

    def _do(self, act: Callable[[], object]) -> None:
        try:
            act()
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self.show_session(self._session_id)
        self.saved.emit()

    @Slot(str, str, object)
    def _on_chosen(self, person_id: str, state: str, minutes: int | None) -> None:
        if not state:
            self._do(lambda: attendance.unmark(self._core, session_id=self._session_id, person_id=person_id))
            return
        self._do(
            lambda: attendance.mark(
                self._core, session_id=self._session_id, person_id=person_id, state=state, minutes=minutes
            )
        )

    @Slot(str)
    def _on_guest(self, person_id: str) -> None:
        if person_id:
            self._on_chosen(person_id, Presence.PRESENT.value, None)
        self.guest_field.show_person("", "")

    @Slot(str)
    def _on_new_guest(self, name: str) -> None:
        try:
            person = people.add(self._core, name=name)
        except ObserveError as error:
            self.save_failed.emit(error)
            return
        self._on_guest(person.id)
