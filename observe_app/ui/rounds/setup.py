"""A round set up in one sitting: who takes part, when, by which rules; what is missing is said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.rounds.rules import Rules
from observe_app.services import people
from observe_app.services.groups import groups
from observe_app.services.rounds import rounds, timetables
from observe_app.services.school import calendar
from observe_app.ui.errors import describe
from observe_app.ui.moments import today_of
from observe_app.ui.rounds.people_pick import Candidate, PeoplePick
from observe_app.ui.rounds.rules_part import RulesPart
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    DateEdit,
    Field,
    LineEdit,
    Plane,
    Rule,
    ScrollPane,
    SectionHead,
    TextLabel,
)

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core

_WEEKS = 2
_SIDE, _SIDE_LEAST = 340, 280
_NAMES = 3
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Ready:
    """A round that was set up or changed. `solve`: a plan is to be made now."""

    round_id: str
    solve: bool


class RoundSetup(Plane):
    """The page on which a round is set up or changed.

    Signals:
        ready: `Ready`, once it is kept. left: nothing is to be kept.
        import_asked: timetables are to be brought in. week_asked: id of whose week is to be typed in.
    """

    ready = Signal(object)
    left = Signal()
    import_asked = Signal()
    week_asked = Signal(str)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.setObjectName("round_setup")
        self._core = core
        self._round_id = ""
        self._seen: Seen | None = None
        self._touched = False
        self._build()

    @property
    def is_touched(self) -> bool:
        """Whether something was chosen that is not kept yet."""
        return self._touched

    def begin(self) -> None:
        """Set up a new round: from next Monday, two weeks, everybody who is not archived can be ticked."""
        self._round_id, self._seen = "", None
        today = today_of(self._core.clock)
        first = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
        self._show(self.tr("Round of visits"), first, first + timedelta(days=7 * _WEEKS - 3), (), "", Rules())
        self.title_label.setText(self.tr("New round of visits"))
        self.title_line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.title_line.selectAll()

    def change(self, round_id: str) -> None:
        """Change a round that is kept.

        Raises:
            NotFound: no such round.
        """
        opened = rounds.open_round(self._core, round_id)
        kept = opened.value
        self._round_id, self._seen = round_id, opened.seen
        rules, _broken = rounds.rules_of(kept)
        self._show(kept.title, kept.first, kept.last, kept.people, kept.group_id, rules)
        self.title_label.setText(self.tr("Change the round"))

    def reload_timetables(self) -> None:
        """Show anew who has a timetable."""
        self._fill(self.people.model.ticked, self.people.group_id)
        self._tell()

    # --- showing ------------------------------------------------------------------------------------------------------

    def _show(self, title: str, first: date, last: date, those: tuple[str, ...], group_id: str, rules: Rules) -> None:
        self.title_line.setText(title)
        self.first_edit.setDate(QDate(first.year, first.month, first.day))
        self.last_edit.setDate(QDate(last.year, last.month, last.day))
        self._fill(those, group_id)
        self.rules.show_rules(rules, self._named())
        self._touched = False
        self.error_label.hide()
        self._tell()

    def _fill(self, those: tuple[str, ...], group_id: str) -> None:
        lessons = timetables.counts(self._core)
        listed = [row.person for row in people.listing(self._core)]
        known = {one.id for one in listed}
        listed += [people.get(self._core, one) for one in those if one not in known]
        self.people.fill(
            [Candidate(one.id, one.name, one.subjects, lessons.get(one.id, 0)) for one in listed],
            [
                (row.group.id, row.group.name, tuple(one.id for one in groups.members(self._core, row.group.id)))
                for row in groups.listing(self._core)
            ],
            group_id=group_id,
        )
        self.people.model.set_ticked(those)

    def _named(self) -> list[tuple[str, str]]:
        ticked = set(self.people.model.ticked)
        return [(one.id, one.name) for one in self.people.model.everybody if one.id in ticked]

    def _days(self) -> tuple[date, date]:
        first, last = self.first_edit.date().toPython(), self.last_edit.date().toPython()
        return first, last  # type: ignore[return-value]  # a QDate gives a date

    def _tell(self) -> None:
        """Say in words what the round comes to, and what stands in its way."""
        ticked = set(self.people.model.ticked)
        first, last = self._days()
        days = calendar.teaching_days(self._core, first, last) if first <= last else ()
        rules = self.rules.rules
        own = {one.person_id: one for one in rules.own}
        numbers = (own[one].observes if one in own else None for one in ticked)
        wanted = sum(rules.observes if number is None else number for number in numbers)
        words = self.tr("{people} people, {visits} visits, {days} school days.")
        self.sum_label.setText(words.format(people=len(ticked), visits=wanted, days=len(days)))
        lost = [one for one in self.people.model.everybody if one.id in ticked and not one.lessons]
        self.missing_part.setVisible(bool(lost))
        if lost:
            names = ", ".join(one.name for one in lost[:_NAMES])
            if len(lost) > _NAMES:
                names = self.tr("{names} and {n} more").format(names=names, n=len(lost) - _NAMES)
            text = self.tr("No timetable of {names}: without one nobody can be planned to visit them.")
            self.missing_label.setText(text.format(names=names))
        why = ""
        if len(ticked) < _LEAST:
            why = self.tr("Choose at least two people.")
        elif not days:
            why = self.tr("There is no day with lessons between these dates.")
        self.solve_button.set_disabled_because(why)
        self.keep_button.set_disabled_because(why if first > last else "")

    # --- slots --------------------------------------------------------------------------------------------------------

    @Slot()
    def _on_changed(self) -> None:
        self._touched = True
        self._tell()

    @Slot()
    def _on_people(self) -> None:
        self.rules.set_people(self._named())
        self._on_changed()

    @Slot()
    def _on_keep(self) -> None:
        self._store(solve=False)

    @Slot()
    def _on_solve(self) -> None:
        self._store(solve=True)

    @Slot()
    def _on_first(self) -> None:
        if self.last_edit.date() < self.first_edit.date():
            self.last_edit.setDate(self.first_edit.date().addDays(7 * _WEEKS - 3))
        self._on_changed()

    def _store(self, *, solve: bool) -> None:
        first, last = self._days()
        fields = rounds.RoundFields(
            title=self.title_line.text(),
            first=first,
            last=last,
            people=self.people.model.ticked,
            rules=self.rules.rules,
            group_id=self.people.group_id,
        )
        try:
            if self._round_id and self._seen is not None:
                rounds.edit(self._core, round_id=self._round_id, seen=self._seen, **fields)
            else:
                self._round_id = rounds.create(self._core, **fields).id
        except ObserveError as error:
            told = describe(error)
            self.error_label.setText(f"{told.text} {told.hint}".strip())
            self.error_label.show()
            return
        self._touched = False
        self.ready.emit(Ready(self._round_id, solve))

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves without keeping."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The people give way where there is little room."""
        super().resizeEvent(event)
        self._side.setFixedWidth(max(scaled(_SIDE_LEAST), min(scaled(_SIDE), self.width() * 3 // 10)))

    # --- build --------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._side = Plane("list", self)
        self.people = PeoplePick(self._side)
        self.people.model.dataChanged.connect(self._on_people)
        self.people.timetable_asked.connect(self.week_asked)
        left = QVBoxLayout(self._side)
        left.setContentsMargins(24, 18, 18, 12)
        left.setSpacing(10)
        left.addWidget(SectionHead(self.tr("Who takes part"), "", self._side, step="body", rule="line"))
        left.addWidget(self.people, 1)
        pane = ScrollPane(self, margin=24)
        pane.body.setSpacing(12)
        self.title_label = TextLabel("", pane, step="page", weight=600)
        pane.body.addWidget(self.title_label)
        pane.body.addLayout(self._build_when(pane))
        pane.body.addWidget(SectionHead(self.tr("Rules"), "", pane, step="body"))
        self.rules = RulesPart(pane)
        self.rules.changed.connect(self._on_changed)
        pane.body.addWidget(self.rules)
        pane.body.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(pane, 1)
        right.addWidget(Rule(self))
        right.addWidget(self._build_foot())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addLayout(right, 1)

    def _build_when(self, pane: ScrollPane) -> QHBoxLayout:
        self.title_line = LineEdit(parent=pane)
        self.title_line.setObjectName("round_title")
        self.title_line.textEdited.connect(self._on_changed)
        self.first_edit, self.last_edit = DateEdit(pane), DateEdit(pane)
        self.first_edit.setObjectName("round_first")
        self.last_edit.setObjectName("round_last")
        self.first_edit.dateChanged.connect(self._on_first)
        self.last_edit.dateChanged.connect(self._on_changed)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Field(self.tr("Name"), self.title_line, pane), 1)
        row.addWidget(Field(self.tr("From"), self.first_edit, pane))
        row.addWidget(Field(self.tr("Until"), self.last_edit, pane))
        return row

    def _build_foot(self) -> QWidget:
        foot = QWidget(self)
        self.sum_label = TextLabel("", foot, weight=600, tabular=True, wrap=True)
        self.missing_part = QWidget(foot)
        self.missing_label = TextLabel("", self.missing_part, step="small", tone="warm", wrap=True)
        self.import_button = Button(
            self.tr("Bring in timetables"), self.missing_part, size=ButtonSize.SMALL, icon="upload"
        )
        self.import_button.setObjectName("setup_import")
        self.import_button.clicked.connect(self.import_asked)
        lost = QHBoxLayout(self.missing_part)
        lost.setContentsMargins(0, 0, 0, 0)
        lost.setSpacing(12)
        lost.addWidget(self.missing_label, 1)
        lost.addWidget(self.import_button)
        self.error_label = TextLabel("", foot, step="small", tone="warm", wrap=True)
        self.error_label.hide()
        self.back_button = Button(self.tr("Leave it"), foot)
        self.back_button.setObjectName("setup_leave")
        self.back_button.clicked.connect(self.left)
        self.keep_button = Button(self.tr("Keep without a plan"), foot)
        self.keep_button.setObjectName("setup_keep")
        self.keep_button.clicked.connect(self._on_keep)
        self.solve_button = Button(self.tr("Make the plan"), foot, kind=ButtonKind.PRIMARY, icon="calendar")
        self.solve_button.setObjectName("setup_solve")
        self.solve_button.clicked.connect(self._on_solve)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        acts.addWidget(self.sum_label, 1)
        for button in (self.back_button, self.keep_button, self.solve_button):
            acts.addWidget(button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 12, 24, 14)
        column.setSpacing(8)
        column.addWidget(self.missing_part)
        column.addWidget(self.error_label)
        column.addLayout(acts)
        return foot
