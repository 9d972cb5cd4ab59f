"""Sheets about a goal: what it says, how it ends, what it is pursued by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from observe_app.domain.errors import Invalid
from observe_app.domain.groups.goal import Goal, GoalStatus
from observe_app.services.groups import goals, groups
from observe_app.ui.groups.sheet_base import FieldsSheet, day_field
from observe_app.ui.groups.words import number_words, read_number
from observe_app.ui.widgets import CheckChoice, ComboBox, LineEdit, TextArea

if TYPE_CHECKING:
    from observe_app.domain.changes import Opened
    from observe_app.services.core import Core
    from observe_app.services.groups.goals import GoalFields


class GoalSheet(FieldsSheet):
    """A new goal of a group, or of the school for "", or changes to one."""

    kept = Signal(str)

    def __init__(self, core: Core, group_id: str, opened: Opened[Goal] | None, parent: QWidget) -> None:
        tr = QCoreApplication.translate
        title = tr("GoalSheet", "Set a goal") if opened is None else tr("GoalSheet", "Change the goal")
        if opened is None and not group_id:
            title = tr("GoalSheet", "New school goal")
        super().__init__(title, parent)
        self.setObjectName("goal_sheet")
        self._core, self._group_id, self._opened = core, group_id, opened
        self._build(opened.value if opened is not None else Goal("", "", group_id))
        if group_id:
            self.school_button = self.add_other(self.tr("New school goal…"))
            self.school_button.setObjectName("goal_school")
            self.school_button.clicked.connect(self._on_school)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Set it") if opened is None else self.tr("Keep"), enter_accepts=True)

    def begin(self) -> None:
        """Open with the keyboard in the title."""
        self.open_with(self.title)

    def _build(self, goal: Goal) -> None:
        self.title = LineEdit(goal.title, self)
        self.measure, self.unit = LineEdit(goal.measure, self), LineEdit(goal.unit, self, placeholder=self.tr("e.g. %"))
        self.baseline, self.target = LineEdit(_shown(goal.baseline), self), LineEdit(_shown(goal.target), self)
        self.due = day_field(groups.today(self._core), goal.due, self, hint=self.tr("e.g. 30 June, or +90"))
        self.serves = ComboBox(self)
        self.serves.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.serves.setMinimumContentsLength(12)
        self._goal = goal
        self._offer(goal.parent_id)
        hint = self.tr("One sentence: for whom, and what shall be different.")
        self.add_field("title", self.tr("Goal"), self.title, (0, 0, 2), hint=hint)
        self.add_field("measure", self.tr("Measure"), self.measure, (1, 0, 1), hint=self.tr("What is counted."))
        self.add_field("unit", self.tr("Unit"), self.unit, (1, 1, 1))
        self.add_field("baseline", self.tr("Baseline"), self.baseline, (2, 0, 1), hint=self.tr("Where you stand."))
        self.add_field("target", self.tr("Target"), self.target, (2, 1, 1), hint=self.tr("Where you want to be."))
        self.add_field("due", self.tr("By"), self.due, (3, 0, 1))
        self.add_field("parent_id", self.tr("Serves"), self.serves, (3, 1, 1))
        self.fields["parent_id"].setVisible(bool(self._group_id))  # above a goal of the school there is none

    def _offer(self, chosen: str) -> None:
        """List the goals that it could serve."""
        self.serves.clear()
        self.serves.addItem(self.tr("none"), "")
        for choice in goals.choices(self._core, self._goal):
            words = self.tr("{goal} ({group})") if choice.group else self.tr("{goal} (school)")
            self.serves.addItem(words.format(goal=choice.goal.title, group=choice.group), choice.goal.id)
        self.serves.setCurrentIndex(max(self.serves.findData(chosen), 0))

    @Slot()
    def _on_school(self) -> None:
        """Ask for a goal of the school, which this one serves then."""
        sheet = GoalSheet(self._core, "", None, self)
        sheet.kept.connect(self._on_school_kept)
        sheet.begin()

    @Slot(str)
    def _on_school_kept(self, goal_id: str) -> None:
        self._offer(goal_id)
        self.serves.setFocus(Qt.FocusReason.OtherFocusReason)

    def store(self) -> None:
        """Set the goal, or keep what was changed of it."""
        fields: GoalFields = {
            "title": self.title.text(),
            "measure": self.measure.text(),
            "unit": self.unit.text(),
            "baseline": number_of("baseline", self.baseline),
            "target": number_of("target", self.target),
            "due": self.day_of("due", self.due),
            "parent_id": str(self.serves.currentData() or ""),
        }
        if self._opened is None:
            self.kept.emit(goals.add(self._core, group_id=self._group_id, **fields).id)
            return
        goals.edit(self._core, goal_id=self._opened.value.id, seen=self._opened.seen, **fields)
        self.kept.emit(self._opened.value.id)


class CloseGoalSheet(FieldsSheet):
    """How a goal ended, with words on what became of it."""

    kept = Signal(str, str)

    def __init__(self, core: Core, opened: Opened[Goal], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("CloseGoalSheet", "Close the goal"), parent, width=600)
        self.setObjectName("close_goal_sheet")
        self._core, self._opened = core, opened
        self.add_lead(opened.value.title)
        self.how = CheckChoice(
            (
                (GoalStatus.REACHED.value, self.tr("We reached it")),
                (GoalStatus.DROPPED.value, self.tr("We do not pursue it any more")),
            ),
            self.tr("How it ended"),
            self,
        )
        self.story = TextArea(parent=self)
        self.story.set_text(opened.value.story)
        self.add_field("status", self.tr("How it ended"), self.how, (0, 0, 2))
        hint = self.tr("What helped, what you would do again. It is shown with the goal.")
        self.add_field("story", self.tr("What became of it"), self.story, (1, 0, 2), hint=hint)
        self.add_safe(self.tr("Cancel"))
        self.add_main(self.tr("Close it"))

    def begin(self) -> None:
        """Open with the keyboard on how it ended."""
        self.open_with(self.how)
        first = self.how.findChildren(QWidget)
        if first:
            first[0].setFocus()

    def store(self) -> None:
        """Close the goal.

        Raises:
            Invalid: nobody said how it ended.
        """
        status = self.how.value
        if not status:
            raise Invalid("status", "", "empty")
        goal = self._opened.value
        goals.close(self._core, goal_id=goal.id, status=status, story=self.story.text(), seen=self._opened.seen)
        self.kept.emit(goal.id, status)


def number_of(name: str, line: LineEdit) -> float | None:
    """Return the number in a line, None for an empty one.

    Raises:
        Invalid: what stands there is no number.
    """
    if not line.text().strip():
        return None
    found = read_number(line.text())
    if found is None:
        raise Invalid(name, line.text()[:40], "not_a_number")
    return found


def _shown(value: float | None) -> str:
    return number_words(value) if value is not None else ""
