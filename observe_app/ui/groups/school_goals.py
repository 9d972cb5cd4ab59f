"""The school's goals, which those of groups serve: made, read, changed, closed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.groups.goal import GoalStatus
from observe_app.services.groups import goals, groups
from observe_app.ui.errors import describe
from observe_app.ui.groups.goal_sheets import CloseGoalSheet, GoalSheet
from observe_app.ui.groups.words import goal_facts
from observe_app.ui.moments import list_date
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonSize, Rule, ScrollPane, Sheet, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from observe_app.services.core import Core
    from observe_app.services.groups.goals import SchoolGoal

_HIGH = 430
_SERVED = 4


class SchoolGoalsSheet(Sheet):
    """The list of the school's goals; each change is kept at once.

    Signals:
        deleted: title of a goal that is in the bin now.
    """

    deleted = Signal(str)

    def __init__(self, core: Core, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("SchoolGoals", "Goals of the school"), parent, width=720)
        self.setObjectName("school_goals_sheet")
        self._core = core
        self.add_lead(
            self.tr(
                "Goals of groups can serve them. They stay on your own computers: whoever you share a group with "
                "sees its goals, not these."
            )
        )
        self.pane = ScrollPane(self, margin=0)
        self.body.addWidget(self.pane)
        self.problem = TextLabel("", self, step="small", tone="err", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)
        self.new_button = self.add_other(self.tr("New school goal…"))
        self.new_button.setObjectName("school_goal_new")
        self.new_button.clicked.connect(self._on_new)
        self.add_safe(self.tr("Done"))
        self._load()

    def begin(self) -> None:
        """Open it, on the way to a first goal where there is none."""
        self.open_over()
        self.fit(self.pane, scaled(_HIGH))
        if not goals.of_school(self._core):
            self.new_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, focused: str = "") -> None:
        clear_layout(self.pane.body)
        place = QWidget(self.pane)
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, scaled(4), 0)
        column.setSpacing(0)
        found = goals.school_goals(self._core)
        today = groups.today(self._core)
        for one in found:
            column.addWidget(self._row(one, today, place))
            column.addWidget(Rule(place))
        if not found:
            words = self.tr("None yet. One sentence is enough: for whom, and what shall be different.")
            column.addWidget(TextLabel(words, place, tone="muted", wrap=True))
        self.pane.body.addWidget(place)
        place.show()  # a part that is not shown yet has no height for the pane
        if self.isVisible():
            self.fit(self.pane, scaled(_HIGH))
            again = self.pane.findChildren(Button, focused) if focused else []
            (again[-1] if again else self.safe_button or self.new_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: SchoolGoal, today: date, parent: QWidget) -> QWidget:
        made = QWidget(parent)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, scaled(8), 0, scaled(8))
        row.setSpacing(scaled(8))
        words = QVBoxLayout()
        words.setSpacing(scaled(1))
        words.addWidget(TextLabel(one.goal.title, made, weight=600, wrap=True))
        for line in self._told(one, today):
            words.addWidget(TextLabel(line, made, step="small", tone="muted", wrap=True))
        row.addLayout(words, 1)
        still = one.goal.status == GoalStatus.OPEN
        acts = (
            (self.tr("Change"), "change", self._on_change),
            (self.tr("Close…"), "close", self._on_close) if still else (self.tr("Open again"), "open", self._on_open),
            (self.tr("Delete"), "delete", self._on_delete),
        )
        for text, name, act in acts:
            button = Button(text, made, size=ButtonSize.SMALL)
            button.setObjectName(f"school_goal_{name}_{one.goal.id}")
            button.setAccessibleDescription(one.goal.title)
            button.setProperty("goal", one.goal.id)
            button.clicked.connect(act)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _told(self, one: SchoolGoal, today: date) -> list[str]:
        goal = one.goal
        state = {
            GoalStatus.REACHED.value: self.tr("reached"),
            GoalStatus.DROPPED.value: self.tr("not pursued any more"),
        }.get(goal.status, "")
        day = list_date(goal.closed.date(), today) if goal.closed is not None else ""
        facts = [part for part in (state, day, goal.measure, goal_facts(goal, today)) if part]
        told = [" · ".join(facts)] if facts else []
        if goal.story:
            told.append(goal.story)
        if one.served_by:
            served = [self.tr("{goal} ({group})").format(goal=title, group=name) for title, name in one.served_by]
            words = self.tr("Served by: {goals}")
            if len(served) > _SERVED:
                words = self.tr("Served by: {goals} and {n} more")
            told.append(words.format(goals=" · ".join(served[:_SERVED]), n=len(served) - _SERVED))
        return told

    # --- acts -------------------------------------------------------------------------------------

    @Slot()
    def _on_new(self) -> None:
        self._open(GoalSheet(self._core, "", None, self))

    @Slot()
    def _on_change(self) -> None:
        if found := self._asked():
            self._open(GoalSheet(self._core, "", goals.open_goal(self._core, found), self))

    @Slot()
    def _on_close(self) -> None:
        if not (found := self._asked()):
            return
        sheet = CloseGoalSheet(self._core, goals.open_goal(self._core, found), self)
        sheet.kept.connect(self._on_closed)
        sheet.begin()

    @Slot()
    def _on_open(self) -> None:
        if found := self._asked():
            opened = goals.open_goal(self._core, found)
            self._try(partial(goals.close, self._core, goal_id=found, status=GoalStatus.OPEN, seen=opened.seen))
            self._load(f"school_goal_close_{found}")

    @Slot()
    def _on_delete(self) -> None:
        if found := self._asked():
            opened = goals.open_goal(self._core, found)
            if self._try(partial(goals.delete, self._core, goal_id=found, seen=opened.seen)):
                self.deleted.emit(opened.value.title)
            self._load()

    @Slot(str)
    def _on_kept(self, goal_id: str) -> None:
        self._load(f"school_goal_change_{goal_id}")

    @Slot(str, str)
    def _on_closed(self, goal_id: str, _status: str) -> None:
        self._load(f"school_goal_open_{goal_id}")

    def _open(self, sheet: GoalSheet) -> None:
        sheet.kept.connect(self._on_kept)
        sheet.begin()

    def _asked(self) -> str:
        sender = self.sender()
        if sender is None:
            return ""
        return str(sender.property("goal"))

    def _try(self, act: Callable[[], object]) -> bool:
        self.problem.hide()
        try:
            act()
        except ObserveError as error:
            told = describe(error)
            self.problem.setText(f"{told.text} {told.hint}".strip())
            self.problem.show()
            return False
        return True
