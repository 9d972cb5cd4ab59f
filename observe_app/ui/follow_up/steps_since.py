"""Action steps through the term: those of this visit, or all that were agreed with this teacher."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.services.step_course import StepCourse, TeacherSteps
from observe_app.ui.follow_up.step_line import StepLine, later_target, visit_day
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Rule, SectionHead, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.visit import Visit

_MOST_LATER = 12


class StepsSince(QWidget):
    """Steps with their state, and the way to a later visit.

    Signals:
        status_chosen: (step id, StepStatus) that the person chose.
        target_asked: `VisitTarget` to go to.
        term_asked: to see what changed over the teacher's visits.
    """

    status_chosen = Signal(str, object)
    target_asked = Signal(object)
    term_asked = Signal()

    def __init__(self, visit_id: str, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("steps_since")
        self._visit_id, self._today = visit_id, today
        self._steps = TeacherSteps()
        self._shown: tuple[tuple[StepCourse, ...], tuple[Visit, ...]] | None = None
        self._all = False
        self._lines: list[StepLine] = []
        self.head = SectionHead(self.tr("Action steps since"), "", self)
        self.all_button = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.all_button.setObjectName("all_steps")
        self.all_button.clicked.connect(self._on_all)
        self.nothing = TextLabel(self.tr("None were agreed."), self, tone="muted", wrap=True)
        self.nothing.setContentsMargins(0, 8, 0, 0)
        self.how = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.how.setObjectName("step_how")
        self.how.setContentsMargins(0, 8, 0, 0)
        self.later_button = Button(
            self.tr("Add what a later visit showed"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL
        )
        self.later_button.setObjectName("later_visit")
        self.later_button.clicked.connect(self._on_later)
        self.term_button = Button(
            self.tr("What changed over the term"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL
        )
        self.term_button.setObjectName("compare_term")
        self.term_button.clicked.connect(self.term_asked)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(self._rows)
        column.addWidget(self.nothing)
        column.addWidget(self.how)
        column.addSpacing(6)
        ways = FlowRow(self)
        for button in (self.later_button, self.all_button, self.term_button):
            ways.add(button)
        column.addWidget(ways)
        column.addStretch(1)

    @property
    def lines(self) -> tuple[StepLine, ...]:
        """Lines from top to bottom."""
        return tuple(self._lines)

    def show_steps(self, steps: TeacherSteps) -> None:
        """Show the steps as they are stored; the one with the keyboard keeps it."""
        self._steps = steps
        mine = steps.of_visit(self._visit_id)
        elsewhere = len(steps.courses) - len(mine)
        self._all = self._all and elsewhere > 0
        self.all_button.setVisible(elsewhere > 0)
        self.all_button.setText(
            self.tr("Only this visit’s") if self._all else self.tr("All steps, {n}").format(n=len(steps.courses))
        )
        self.later_button.setVisible(bool(mine and steps.later))
        begun = any(visit.started is not None for visit in steps.later)
        self.later_button.setText(
            self.tr("Add what a later visit showed") if begun else self.tr("Go to the visit that is planned")
        )
        shown = steps.courses if self._all else mine
        still_open = any(course.step.status is StepStatus.OPEN for course in mine)
        self.how.setVisible(still_open and not begun)
        self.how.setText(
            self.tr("A step is closed by what a later visit shows, once both of you say so.")
            if steps.later
            else self.tr("A step is closed by what a later visit shows, once both of you say so. None is planned yet.")
        )
        if (shown, steps.later) != self._shown:
            self._shown = (shown, steps.later)
            self._fill(shown)

    def later_menu(self) -> QMenu:
        """Make the list of the later visits; choosing one leads to its Talk, or to its Prepare."""
        menu = QMenu(self)
        for place, visit in enumerate(self._steps.later[:_MOST_LATER]):
            planned = self.tr("planned") if visit.started is None else ""
            words = " · ".join(part for part in (visit_day(visit, self._today), visit.class_line, planned) if part)
            action = QAction((words or self.tr("A visit without a date")).replace("&", "&&"), menu)
            action.setData(place)
            action.triggered.connect(self._on_later_chosen)
            menu.addAction(action)
        return menu

    def _fill(self, courses: tuple[StepCourse, ...]) -> None:
        held = next((place for place, line in enumerate(self._lines) if line.state_button.hasFocus()), None)
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for number, course in enumerate(courses, 1):
            elsewhere = course.visit.id != self._visit_id
            line = StepLine(number, course, self._today, self, elsewhere=elsewhere, later=self._steps.later)
            line.status_chosen.connect(self._on_status)
            line.target_asked.connect(self.target_asked)
            self._lines.append(line)
            self._rows.addWidget(line)
            self._rows.addWidget(Rule(self))
        self.nothing.setVisible(not self._lines)
        if held is not None and held < len(self._lines):
            self._lines[held].state_button.setFocus()

    @Slot(object)
    def _on_status(self, status: StepStatus) -> None:
        line = self.sender()
        if isinstance(line, StepLine):
            self.status_chosen.emit(line.course.step.id, status)

    @Slot()
    def _on_all(self) -> None:
        self._all = not self._all
        self.show_steps(self._steps)

    @Slot()
    def _on_later(self) -> None:
        later = self._steps.later
        if len(later) == 1:
            self.target_asked.emit(later_target(later[0]))
        elif later:
            menu = self.later_menu()
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.later_button.mapToGlobal(QPoint(0, self.later_button.height())))

    @Slot()
    def _on_later_chosen(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.target_asked.emit(later_target(self._steps.later[int(action.data())]))
