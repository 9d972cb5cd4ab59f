"""Who can read a visit, and what became of its action steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.ui.i18n import step_name
from observe_app.ui.talk.due import show_day
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, ElidedLabel, Rule, SectionHead, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from observe_app.domain.action_step import ActionStep

_STATUSES = (StepStatus.OPEN, StepStatus.DONE, StepStatus.DROPPED)


class Readers(QWidget):
    """Says in names who can read this."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = SectionHead(self.tr("Who can read this"), "", self)
        self.you = TextLabel(self.tr("You"), self, weight=600)
        self.teacher = ElidedLabel("", self, weight=600)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        rows = (
            (self.you, self.tr("observer"), self.tr("in this program")),
            (self.teacher, self.tr("teacher"), self.tr("the PDF that you hand over")),
        )
        for place, (name, role, what) in enumerate(rows):
            line = QHBoxLayout()
            line.setContentsMargins(0, 7, 0, 7)
            line.setSpacing(8)
            line.addWidget(name)
            line.addWidget(TextLabel(role, self, tone="muted"))
            line.addStretch(1)
            line.addWidget(TextLabel(what, self, tone="muted"))
            grid.addLayout(line, 2 * place, 0)
            grid.addWidget(Rule(self), 2 * place + 1, 0)
        self.nobody = TextLabel(
            self.tr("Nobody else. It stays on this computer."), self, step="small", tone="muted", wrap=True
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(grid)
        column.addSpacing(8)
        column.addWidget(self.nobody)
        column.addStretch(1)

    def show_names(self, teacher: str) -> None:
        """Say who the teacher is."""
        self.teacher.setText(teacher or self.tr("Not named yet"))


class StepLine(QWidget):
    """A step with where it stands.

    Signals:
        status_chosen: StepStatus that the person chose.
    """

    status_chosen = Signal(object)

    def __init__(self, number: int, step: ActionStep, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step_id = step.id
        late = step.due is not None and step.due < today and step.status is StepStatus.OPEN
        self.status_box = ComboBox(self)
        self.status_box.setObjectName("step_status")
        for status in _STATUSES:
            self.status_box.addItem(step_name(status), status.value)
        self.status_box.setCurrentIndex(_STATUSES.index(step.status))
        self.status_box.setAccessibleName(self.tr("Where step {n} stands: {text}").format(n=number, text=step.text))
        self.status_box.activated.connect(self._on_activated)
        tone = "ink" if step.status is StepStatus.OPEN else "muted"
        count = TextLabel(str(number), self, weight=600, tabular=True)
        count.setFixedWidth(scaled(17))
        text = TextLabel(step.text, self, tone=tone, wrap=True)
        due = ""
        if step.due is not None:
            due = self.tr("due {day}").format(day=show_day(step.due, today, QLocale()))
        when = TextLabel(due, self, step="small", tone="warm" if late else "muted", tabular=True)
        when.setVisible(bool(due))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text)
        words.addWidget(when)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.status_box, 0, Qt.AlignmentFlag.AlignTop)

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        self.status_chosen.emit(_STATUSES[place])


class StepsSince(QWidget):
    """The visit's steps, each with its status.

    Signals:
        status_chosen: (step id, StepStatus) that the person chose.
    """

    status_chosen = Signal(str, object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._shown: tuple[ActionStep, ...] | None = None
        self._lines: list[StepLine] = []
        self.head = SectionHead(self.tr("Action steps since"), "", self)
        self.nothing = TextLabel(self.tr("None were agreed."), self, tone="muted", wrap=True)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self._rows)
        column.addSpacing(8)
        column.addWidget(self.nothing)
        column.addStretch(1)

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """Lines from top to bottom."""
        return tuple(self._lines)

    def show_steps(self, steps: Sequence[ActionStep]) -> None:
        """Show the steps as they are stored; the one with the keyboard keeps it."""
        if tuple(steps) == self._shown:
            return
        held = next((place for place, line in enumerate(self._lines) if line.status_box.hasFocus()), None)
        self._shown = tuple(steps)
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for number, step in enumerate(steps, 1):
            line = StepLine(number, step, self._today, self)
            line.status_chosen.connect(self._on_status)
            self._lines.append(line)
            self._rows.addWidget(line)
            self._rows.addWidget(Rule(self))
        self.nothing.setVisible(not self._lines)
        if held is not None and held < len(self._lines):
            self._lines[held].status_box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_status(self, status: StepStatus) -> None:
        line = self.sender()
        if isinstance(line, StepLine):
            self.status_chosen.emit(line.step_id, status)
