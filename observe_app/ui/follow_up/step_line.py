"""One action step with where it stands, and what later visits showed of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from observe_app.domain.action_step import StepStatus
from observe_app.domain.note_line import clock_text
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.days import show_day
from observe_app.ui.follow_up.link_line import LinkLine
from observe_app.ui.i18n import step_name
from observe_app.ui.moments import list_date, local
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from observe_app.domain.visit import Visit
    from observe_app.services.step_course import StepCourse, StepSighting

_MOST_SIGHTINGS = 4
_MOST_LATER = 12
_LIFT = 4
"""Puts the words on one line with the button at the end."""
_LONGEST = 300


def visit_day(visit: Visit, today: date) -> str:
    """Return the day of a visit, "" while it has none."""
    moment = visit.started or visit.start
    return list_date(local(moment, visit.zone).date(), today) if moment is not None else ""


def later_target(visit: Visit) -> VisitTarget:
    """Return where a later visit takes up earlier steps: its Talk, its Prepare while it has not begun."""
    return VisitTarget(visit.id, "talk" if visit.started is not None else "prepare")


class StepLine(QWidget):
    """A step: its words, its day, its first practice, how it will be noticed, where it was seen.

    What closes a step is a later visit, in whose Talk both say that they saw it; here it is dropped or opened again.

    Signals:
        status_chosen: `StepStatus` that the person chose, dropped or open.
        target_asked: `VisitTarget` of a moment, or of a later visit that can close it.
    """

    status_chosen = Signal(object)
    target_asked = Signal(object)

    def __init__(
        self,
        number: int,
        course: StepCourse,
        today: date,
        parent: QWidget | None = None,
        *,
        elsewhere: bool = False,
        later: Sequence[Visit] = (),
    ) -> None:
        """Make a line.

        Args:
            number: counted from 1.
            course: the step.
            today: for words about dates.
            parent: Qt parent.
            elsewhere: it comes from another visit, which is said.
            later: visits that can close it, the next one first.
        """
        super().__init__(parent)
        self.course = course
        self._today = today
        self._later = tuple(later)[:_MOST_LATER]
        step = course.step
        open_ = step.status is StepStatus.OPEN
        count = TextLabel(str(number), self, weight=600, tabular=True)
        count.setMinimumWidth(scaled(17))
        self.text = TextLabel(
            step.text or self.tr("A step without words yet"), self, tone="ink" if open_ else "muted", wrap=True
        )
        self.state_button = self._make_state_button(number)
        self.text.setContentsMargins(0, _LIFT, 0, 0)
        count.setContentsMargins(0, _LIFT, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.state_button, 0, Qt.AlignmentFlag.AlignTop)
        below = QVBoxLayout()
        below.setContentsMargins(scaled(17) + 8, 0, 0, 0)
        below.setSpacing(2)
        for line in self._further(elsewhere=elsewhere):
            below.addWidget(TextLabel(line, self, step="small", tone="muted", wrap=True))
        self.sighting_buttons = tuple(self._sighting(one) for one in course.sightings[:_MOST_SIGHTINGS])
        for button in self.sighting_buttons:
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(2)
        column.addLayout(row)
        column.addLayout(below)

    def _make_state_button(self, number: int) -> Button:
        step = self.course.step
        button = Button(
            self._state_words(),
            self,
            kind=ButtonKind.LINK,
            size=ButtonSize.SMALL,
            icon="check" if step.status is StepStatus.DONE else "",
            tone=self._state_tone(),
        )
        button.setObjectName("step_state")
        button.setAccessibleName(
            self.tr("Where step {n} stands: {state}. {text}").format(
                n=number, state=self._state_words(), text=step.text
            )
        )
        button.clicked.connect(self._on_state)
        return button

    def state_menu(self) -> QMenu:
        """Make the list of what can be done: go where a later visit closes it, drop it, open it again."""
        menu = QMenu(self)
        if self.course.step.status is not StepStatus.OPEN:
            self._add_status(menu, self.tr("Open again"), StepStatus.OPEN)
            return menu
        for place, visit in enumerate(self._later):
            words = (
                self.tr("Say in the talk of {day} that it was seen…")
                if visit.started is not None
                else self.tr("Look for it in the visit planned for {day}…")
            )
            day = visit_day(visit, self._today) or self.tr("a day not fixed yet")
            action = QAction(words.format(day=day), menu)
            action.setData(place)
            action.triggered.connect(self._on_later)
            menu.addAction(action)
        if not self._later:
            menu.addAction(self.tr("A later visit closes it; none is planned yet")).setEnabled(False)
        menu.addSeparator()
        self._add_status(menu, self.tr("Drop it"), StepStatus.DROPPED)
        return menu

    def _add_status(self, menu: QMenu, words: str, status: StepStatus) -> None:
        action = QAction(words, menu)
        action.setData(status.value)
        action.triggered.connect(self._on_status)
        menu.addAction(action)

    def _state_words(self) -> str:
        step = self.course.step
        if step.status is StepStatus.DONE:
            closing = next((one.visit for one in self.course.sightings if one.visit.id == step.closed_visit_id), None)
            if closing is not None:
                return self.tr("seen {day}").format(day=visit_day(closing, self._today))
            return step_name(step.status)
        if step.status is StepStatus.DROPPED:
            return step_name(step.status)
        if step.due is not None:
            return self.tr("due {day}").format(day=show_day(step.due, self._today, QLocale()))
        return step_name(step.status)

    def _state_tone(self) -> str:
        step = self.course.step
        if step.status is StepStatus.DONE:
            return "accent"
        late = step.due is not None and step.due < self._today and step.status is StepStatus.OPEN
        return "warm" if late else "muted"

    def _further(self, *, elsewhere: bool) -> list[str]:
        step = self.course.step
        lines = []
        if elsewhere:
            lines.append(self.tr("agreed {day}").format(day=visit_day(self.course.visit, self._today)))
        if step.practice.strip():
            lines.append(self.tr("First: {practice}").format(practice=step.practice.strip()))
        if step.notice.strip():
            lines.append(self.tr("Noticed by: {notice}").format(notice=step.notice.strip()))
        half = step.teacher_agrees is not step.observer_agrees
        if half and step.status is StepStatus.OPEN:
            lines.append(
                self.tr("The teacher has seen it; you have not yet.")
                if step.teacher_agrees
                else self.tr("You have seen it; the teacher has not yet.")
            )
        elif step.status is StepStatus.OPEN and self.course.sightings:
            lines.append(self.tr("A later visit shows it; neither of you has said so yet."))
        left = len(self.course.sightings) - _MOST_SIGHTINGS
        if left > 0:
            lines.append(self.tr("Seen {n} more times.").format(n=left))
        return lines

    def _sighting(self, one: StepSighting) -> LinkLine:
        words = " ".join(f"{one.event.speaker} {one.event.text}".split())
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"  # the tooltip's limit
        text = self.tr("{day}, {time} {words}").format(
            day=visit_day(one.visit, self._today), time=clock_text(one.event.offset_ms), words=short
        )
        button = LinkLine(text.strip(), "link-2", self)
        button.setObjectName("step_sighting")
        button.setProperty("visit", one.visit.id)
        button.setProperty("event", one.event.id)
        button.clicked.connect(self._on_sighting)
        return button

    @Slot()
    def _on_sighting(self) -> None:
        button = self.sender()
        if button is not None:
            target = VisitTarget(str(button.property("visit")), "observe", str(button.property("event")))
            self.target_asked.emit(target)

    @Slot()
    def _on_state(self) -> None:
        menu = self.state_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.state_button.mapToGlobal(QPoint(0, self.state_button.height())))

    @Slot()
    def _on_later(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.target_asked.emit(later_target(self._later[int(action.data())]))

    @Slot()
    def _on_status(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.status_chosen.emit(StepStatus(str(action.data())))
