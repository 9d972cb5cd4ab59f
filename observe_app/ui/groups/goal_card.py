"""One goal on a group's page: from where to where, its chart, what it is pursued by, what can be done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.groups.goal import GoalStatus
from observe_app.services.charts.mirror import mirrored
from observe_app.services.charts.picture import Size
from observe_app.services.charts.readings import readings
from observe_app.ui.charts.painting import screen_ruler
from observe_app.ui.charts.view import ChartView
from observe_app.ui.charts.words import chart_words
from observe_app.ui.groups.asked import Act, Ask
from observe_app.ui.groups.words import goal_facts, number_words, value_words
from observe_app.ui.moments import list_date
from observe_app.ui.theme import scaled, text_size
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, TextLabel
from observe_app.ui.widgets.flow import FlowRow

if TYPE_CHECKING:
    from datetime import date

    from observe_app.services.charts.picture import Picture
    from observe_app.services.charts.readings import GoalReadings
    from observe_app.services.groups.page import GoalView

_DAYS = 12
"""Linked visits shown by their days; more are counted."""


class GoalChart(ChartView):
    """The chart of a goal: on the page the title stands above it, copies and files have it inside."""

    def __init__(self, data: GoalReadings, parent: QWidget | None = None) -> None:
        self._data = data
        super().__init__(partial(readings, replace(data, titled=False)), parent)

    def whole_picture(self, width: float = 0.0) -> Picture:
        """Return the picture with its title, for copies; 0 is the width shown."""
        size = Size(width or self.width(), scale=text_size() / 100)
        made = readings(self._data, size, screen_ruler, chart_words())
        return mirrored(made) if self.isRightToLeft() else made


class GoalCard(QWidget):
    """A goal.

    Signals:
        asked: an `Ask`.
    """

    asked = Signal(object)

    def __init__(self, view: GoalView, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._today = view, today
        self.chart: ChartView | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, scaled(10), 0, scaled(18))
        self._column.setSpacing(scaled(6))
        self._build()

    def _build(self) -> None:
        goal = self._view.goal
        self._column.addWidget(TextLabel(goal.title, self, step="heading", weight=600, wrap=True))
        for told in self._facts():
            self._column.addWidget(TextLabel(told, self, step="small", tone="muted", wrap=True))
        if self._view.found:
            self.chart = GoalChart(self._view.chart, self)
            self.chart.setObjectName(f"goal_chart_{goal.id}")
            self.chart.opened.connect(self._on_visit)
            self._column.addSpacing(scaled(4))
            self._column.addWidget(self.chart)
        else:
            text = self.tr("No reading yet. The first one says where you stand.")
            self._column.addWidget(TextLabel(text, self, step="small", tone="muted", wrap=True))
        if self._view.visits or self._view.steps or self._view.sessions:
            self._column.addWidget(self._linked())
        self._column.addWidget(self._actions())

    def _facts(self) -> list[str]:
        view, goal = self._view, self._view.goal
        facts = goal_facts(goal, self._today)
        what = self.tr("{measure}: {facts}").format(measure=goal.measure, facts=facts) if facts else goal.measure
        told = [what if goal.measure else facts]
        latest = view.latest
        if latest is not None:
            value = value_words(latest.value, goal.unit)
            day = list_date(latest.on, self._today)
            words = self.tr("Latest: {value} on {day}, n {n}") if latest.n else self.tr("Latest: {value} on {day}")
            told.append(words.format(value=value, day=day, n=number_words(latest.n or 0)))
        if view.serves:
            words = self.tr("Serves “{goal}” of {group}") if view.serves_group else self.tr("Serves “{goal}”")
            told.append(words.format(goal=view.serves, group=view.serves_group))
        if goal.status != GoalStatus.OPEN and goal.story:
            told.append(goal.story)
        return [one for one in told if one]

    def _linked(self) -> FlowRow:
        row = self._flow()
        view = self._view
        if view.visits:
            count = len(view.visits)
            words = self.tr("1 visit:") if count == 1 else self.tr("{n} visits:").format(n=count)
            row.add(TextLabel(words, row, step="small", tone="muted"))
        for visit in view.visits[:_DAYS]:
            day = list_date(visit.day, self._today) if visit.day is not None else self.tr("no date")
            if visit.mine:
                row.add(self._way(day, Act.VISIT, visit.visit_id, row))
            else:
                row.add(TextLabel(day, row, step="small"))
        if len(view.visits) > _DAYS:
            more = self.tr("and {n} more").format(n=len(view.visits) - _DAYS)
            row.add(TextLabel(more, row, step="small", tone="muted"))
        for session in view.sessions[:_DAYS]:
            row.add(self._way(_short(session.title), Act.SESSION, session.session_id, row))
        if view.steps:
            done = sum(1 for step in view.steps if step.status == "done")
            words = self.tr("Action steps: {n} of {of} done").format(n=done, of=len(view.steps))
            row.add(TextLabel(words, row, step="small", tone="muted"))
        return row

    def _flow(self) -> FlowRow:
        row = FlowRow(self, gap=scaled(8))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # may be as high as its lines
        policy.setHeightForWidth(True)
        row.setSizePolicy(policy)
        return row

    def _way(self, words: str, act: Act, target: str, parent: QWidget) -> Button:
        made = Button(words, parent, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        made.setProperty("ask", Ask(act, target))
        made.clicked.connect(self._on_button)
        return made

    def _actions(self) -> FlowRow:
        goal = self._view.goal
        row = self._flow()
        shown = [
            (Act.READING, self.tr("Add a reading"), "plus"),
            (Act.LINK, self.tr("Link"), "link"),
            (Act.GOAL_CLOSE, self.tr("Close"), "flag"),
        ]
        for act, words, icon in shown:
            made = Button(words, row, size=ButtonSize.SMALL, icon=icon)
            made.setObjectName(f"{act.value}_{goal.id}")
            made.setAccessibleDescription(goal.title)
            made.setProperty("ask", Ask(act, goal.id))
            made.clicked.connect(self._on_button)
            row.add(made)
        more = Button(self.tr("More"), row, size=ButtonSize.SMALL)
        more.setObjectName(f"more_{goal.id}")
        more.setAccessibleDescription(goal.title)
        menu = QMenu(more)
        menu.triggered.connect(self._on_menu)
        for act, words in (
            (Act.GOAL, self.tr("Change the goal…")),
            (Act.READINGS, self.tr("All readings…")),
            (Act.READINGS_IN, self.tr("Bring in a table of readings…")),
            (Act.READINGS_OUT, self.tr("Save the readings as a table…")),
            (Act.GOAL_DELETE, self.tr("Delete the goal")),
        ):
            action = QAction(words, menu)
            action.setData(act)
            action.setEnabled(bool(self._view.found) or act not in {Act.READINGS, Act.READINGS_OUT})
            menu.addAction(action)
        if self.chart is not None:
            menu.addSeparator()
            action = QAction(self.tr("The chart: table, copy, save…"), menu)
            action.triggered.connect(self._on_chart)
            menu.addAction(action)
        more.setMenu(menu)
        row.add(more)
        return row

    @Slot()
    def _on_button(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.asked.emit(sender.property("ask"))

    @Slot(QAction)
    def _on_menu(self, action: QAction) -> None:
        if action.data():  # the chart's own actions do what they say themselves
            self.asked.emit(Ask(Act(action.data()), self._view.goal.id))

    @Slot()
    def _on_chart(self) -> None:
        if self.chart is not None:
            self.chart.menu().open_at(self.chart.mapToGlobal(self.chart.rect().center()))

    @Slot(str, object)
    def _on_visit(self, visit_id: str, _moment: object) -> None:
        if visit_id:
            self.asked.emit(Ask(Act.VISIT, visit_id))


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
