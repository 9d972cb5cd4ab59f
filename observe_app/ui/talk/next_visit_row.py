"""The next visit: agreed in place, then opened, or given to a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid, ObserveError
from observe_app.domain.visit import Stage
from observe_app.services import next_visit
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.errors import describe
from observe_app.ui.moments import day_words, local, time_words, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.when import WhenEditor
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Field, LineEdit, NumberEdit, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

EDGE = 8


class NextVisitRow(QWidget):
    """One line while there is nothing to say, fields while the two agree, the visit once they have.

    Signals:
        agreed: a visit was planned. target_asked: `VisitTarget` of the next visit.
        calendar_asked: Visit whose calendar file is wanted. failed: ObserveError of an act.
    """

    agreed = Signal()
    target_asked = Signal(object)
    calendar_asked = Signal(object)
    failed = Signal(object)

    def __init__(self, core: Core, visit_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._core, self._visit_id = core, visit_id
        self._visit: Visit | None = None
        self._next: Visit | None = None
        self.setObjectName("next_visit")
        self.agree_button = Button(
            self.tr("Agree on the next visit"),
            self,
            kind=ButtonKind.LINK,
            size=ButtonSize.SMALL,
            icon="calendar-plus",
        )
        self.agree_button.setObjectName("agree_next")
        self._build_fields()
        self._build_agreed()
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 10, EDGE, 8)
        column.setSpacing(4)
        line = QHBoxLayout()
        line.addWidget(self.agree_button)
        line.addStretch(1)
        self.head = TextLabel(self.tr("Next visit"), self, step="small", weight=600)
        column.addWidget(self.head)
        column.addLayout(line)
        column.addWidget(self.fields)
        column.addWidget(self.planned)
        self.agree_button.clicked.connect(self._on_begin)
        self.plan_button.clicked.connect(self._on_plan)
        self.cancel_button.clicked.connect(self._on_cancel)
        self.open_button.clicked.connect(self._on_open)
        self.calendar_button.clicked.connect(self._on_calendar)
        self._show()

    def show_visit(self, visit: Visit) -> None:
        """Show what is agreed after this visit.

        Raises:
            ObserveError: it cannot be read.
        """
        self._visit = visit
        self._next = next_visit.of_visit(self._core, visit)
        if self._next is not None:
            self.fields.hide()
            self._say(self._next)
        self._show()

    # Building.

    def _build_fields(self) -> None:
        self.fields = QWidget(self)
        self.when = WhenEditor(self._core.clock, self.fields)
        self.when.date_line.setObjectName("next_date")
        self.when.time_line.setObjectName("next_time")
        self.minutes = NumberEdit(self.fields)
        self.minutes.setObjectName("next_minutes")
        self.minutes.setRange(1, 600)
        self.minutes.setFixedWidth(scaled(80))
        self.focus_line = LineEdit("", self.fields)
        self.focus_line.setObjectName("next_focus")
        self.plan_button = Button(self.tr("Plan it"), self.fields, size=ButtonSize.SMALL)
        self.plan_button.setObjectName("plan_next")
        self.cancel_button = Button(self.tr("Cancel"), self.fields, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.when, 1)
        top.addWidget(Field(self.tr("Minutes"), self.minutes, self.fields))
        low = QHBoxLayout()
        low.setSpacing(8)
        low.addWidget(self.plan_button)
        low.addWidget(self.cancel_button)
        low.addStretch(1)
        self.problem = TextLabel("", self.fields, step="small", tone="warm", wrap=True)
        self.problem.hide()
        column = QVBoxLayout(self.fields)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(Field(self.tr("What to look at"), self.focus_line, self.fields))
        column.addWidget(self.problem)
        column.addLayout(low)
        self.fields.hide()

    def _build_agreed(self) -> None:
        self.planned = QWidget(self)
        self.moment = TextLabel("", self.planned, weight=600, tabular=True, wrap=True)
        self.look = TextLabel("", self.planned, step="small", tone="muted", wrap=True)
        self.open_button = Button(self.tr("Open"), self.planned, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.open_button.setObjectName("open_next")
        self.calendar_button = Button(
            self.tr("Calendar file"), self.planned, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="calendar"
        )
        self.calendar_button.setObjectName("next_calendar")
        acts = QHBoxLayout()
        acts.setSpacing(4)
        acts.addWidget(self.open_button)
        acts.addWidget(self.calendar_button)
        acts.addStretch(1)
        column = QVBoxLayout(self.planned)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for widget in (self.moment, self.look):
            column.addWidget(widget)
        column.addLayout(acts)

    def _show(self) -> None:
        self.planned.setVisible(self._next is not None)
        self.head.setVisible(self._next is not None or not self.fields.isHidden())
        self.agree_button.setVisible(self._next is None and self.fields.isHidden())

    def _say(self, visit: Visit) -> None:
        moment = self.tr("No date yet")
        if visit.start is not None:
            day = local(visit.start, visit.zone).date()
            moment = self.tr("{day}, {time}, {minutes} min").format(
                day=day_words(day, today_of(self._core.clock)),
                time=time_words(visit.start, visit.zone),
                minutes=visit.minutes,
            )
        self.moment.setText(moment)
        self.look.setText(visit.focus)
        self.look.setVisible(bool(visit.focus))
        self.calendar_button.setVisible(visit.start is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter plans it, Escape lets it be."""
        inside = not self.fields.isHidden()
        if inside and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_plan()
        elif inside and event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
        else:
            super().keyPressEvent(event)

    # Slots.

    @Slot()
    def _on_begin(self) -> None:
        if self._visit is None:
            return
        self.when.set_zone(self._core.clock.zone_name())
        self.when.show_moment(None)
        self.minutes.setValue(self._visit.minutes)
        self.focus_line.setText(" ".join(self._visit.focus.split()))
        self.focus_line.setCursorPosition(0)
        self.problem.hide()
        self.fields.show()
        self._show()
        self.when.setFocus()

    @Slot()
    def _on_cancel(self) -> None:
        self.fields.hide()
        self._show()
        self.agree_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_plan(self) -> None:
        try:
            start = self.when.read()
        except Invalid as error:
            self.when.set_warning(describe(error).text)
            return
        if start is None:
            self._warn(self.tr("Give it a day and a time."))
            self.when.setFocus()
            return
        words = self.focus_line.text().strip()
        same = self._visit is not None and words == " ".join(self._visit.focus.split())
        try:
            next_visit.agree(
                self._core,
                visit_id=self._visit_id,
                start=start,
                minutes=self.minutes.value(),
                focus=None if same else words,
            )
        except Invalid as error:
            self._warn(describe(error).text)
            return
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.fields.hide()
        self.agreed.emit()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _warn(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.show()

    @Slot()
    def _on_open(self) -> None:
        if self._next is not None:
            self.target_asked.emit(VisitTarget(self._next.id, Stage.PREPARE.value))

    @Slot()
    def _on_calendar(self) -> None:
        self.calendar_asked.emit(self._next)
