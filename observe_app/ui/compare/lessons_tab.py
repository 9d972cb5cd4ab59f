"""Lessons: the visits of a term below one another in time, their tags, the steps agreed in them, and who spoke."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from observe_app.services import visits
from observe_app.services.charts.lessons import lessons
from observe_app.services.charts.shares import Bars, ShareBar, balance, bars
from observe_app.services.charts.steps import steps
from observe_app.ui.charts import ChartView
from observe_app.ui.compare.lesson_data import row_of
from observe_app.ui.compare.remark import Remark
from observe_app.ui.compare.tab_base import CompareTab
from observe_app.ui.compare.talk_data import balance_of, steps_of
from observe_app.ui.moments import today_of
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.widgets import Button, ButtonKind, ScrollPane, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.compare.marks import Term
    from observe_app.domain.progress import Progress
    from observe_app.domain.record import VisitRecord
    from observe_app.services.charts.lessons import LessonRow
    from observe_app.services.charts.shares import BalanceRow
    from observe_app.services.charts.steps import StepLines
    from observe_app.services.core import Core
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.jobs import JobRunner

_AT_FIRST = 8
"""Lessons shown before somebody asks for all."""
_MOST = 60
_LANES = 6
_TAGS = 12
_TWO = 860


@dataclass(frozen=True, slots=True)
class _Told:
    """What was read of the visits. left: visits that are not among the rows."""

    rows: tuple[LessonRow, ...]
    steps: StepLines
    balance: tuple[BalanceRow, ...]
    left: int = 0


class LessonsTab(CompareTab):
    """The visits of a term in time."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("compare_lessons")
        self._found: Read | None = None
        self._columns = 0
        self._most = _AT_FIRST
        self._build()
        for chart in (self.lessons, self.tags, self.steps, self.balance):
            chart.opened.connect(self.open_visit)
        self.all_button.clicked.connect(self._on_all)

    def start_widget(self) -> QWidget | None:
        """The lessons."""
        return self.lessons if self.stack.currentWidget() is self.content else None

    def regions(self) -> tuple[QWidget, ...]:
        """All charts."""
        return (self.content,)

    def show_read(self, found: Read) -> None:
        """Read the visits of the term, the latest first."""
        if self._found is not None and self._found.chosen != found.chosen:
            self._most = _AT_FIRST
        self._found = found
        if not found.term.visits:
            self.say_empty(
                self.tr("No lessons to show"),
                self.tr("No visit with these choices has taken place. Choose other dates, another form or person."),
            )
            return
        core, term, most, language = self.core, found.term, self._most, QLocale().name()
        title, until = self.tr("Action steps"), today_of(core.clock)

        def read(progress: Progress) -> _Told:
            ids = [visit.id for visit in term.visits]
            records: list[VisitRecord] = []
            for at, visit_id in enumerate(ids[-_MOST:]):
                progress.step(at, len(ids))
                records.append(visits.load_record(core, visit_id))
            rows = tuple(row_of(record, language, most=_LANES) for record in reversed(records[-most:]))
            return _Told(rows, steps_of(records, title, until), balance_of(records), len(ids) - len(rows))

        self.latest.ask(read, self._on_read)

    def _on_read(self, told: _Told) -> None:
        found = self._found
        if found is None:
            return
        self.lessons.set_maker(partial(lessons, told.rows))
        self.all_button.setVisible(told.left > 0 and len(told.rows) < _MOST)
        self.all_button.setText(self.tr("Show {n} more").format(n=min(told.left, _MOST - len(told.rows))))
        self.tags.set_maker(partial(bars, self._tags(found.term)))
        self.tags.setVisible(bool(found.term.tags))
        self.steps.set_maker(partial(steps, told.steps))
        self.steps_label.setVisible(bool(told.steps.steps))
        self.steps.setVisible(bool(told.steps.steps))
        self.balance.set_maker(partial(balance, told.balance))
        self.balance.setVisible(bool(told.balance))
        self.balance_label.setVisible(bool(told.balance))
        self.remark.say(self._remark(told))
        self.show_content(self.content)
        self._columns = 0
        self._arrange()

    def _tags(self, term: Term) -> Bars:
        rows = tuple(
            ShareBar(f"tag:{tag}", f"#{tag}", n, of,
                     note=self.tr("in 1 visit") if visits_ == 1 else self.tr("in {n} visits").format(n=visits_))
            for tag, n, of, visits_ in term.tags[:_TAGS]
        )  # fmt: skip
        base = self.tr("of {n} notes").format(n=term.tags[0][2]) if term.tags else ""
        return Bars(self.tr("Tags"), rows, base)

    def _remark(self, told: _Told) -> str:
        said = [self.tr("Lanes show what was recorded, at its moment; a lesson without a lane had nothing of the kind "
                        "recorded, which does not say that it did not happen.")]  # fmt: skip
        if not told.steps.steps:
            said.append(self.tr("No action steps were agreed in these visits."))
        if not told.balance:
            said.append(self.tr("No conversation was written down in turns."))
        return " ".join(said)

    @Slot()
    def _on_all(self) -> None:
        self._most = _MOST
        if self._found is not None:
            self.show_read(self._found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.width() >= room_for(_TWO) else 1
        if columns == self._columns:
            return
        self._columns = columns
        while self.grid.takeAt(0) is not None:
            pass
        row = column = 0
        for label, chart in ((None, self.tags), (self.steps_label, self.steps), (self.balance_label, self.balance)):
            if chart.isHidden():
                continue
            if label is not None:
                self.grid.addWidget(label, row, column)
            self.grid.addWidget(chart, row + 1, column)
            column += 1
            if column >= columns:
                row, column = row + 2, 0
        for at in range(2):
            self.grid.setColumnStretch(at, 1 if at < columns else 0)

    def _build(self) -> None:
        self.content = ScrollPane(self, exact=True)
        self.stack.addWidget(self.content)
        body = self.content.body
        body.setContentsMargins(24, 20, 24, 24)
        self.lessons = ChartView(None, self)
        self.lessons.setObjectName("lessons_chart")
        self.all_button = Button("", self, kind=ButtonKind.LINK)
        self.all_button.setObjectName("lessons_all")
        self.tags = ChartView(None, self)
        self.tags.setObjectName("lessons_tags")
        self.steps_label = TextLabel(self.tr("Action steps"), self, weight=600)
        self.steps = ChartView(None, self)
        self.steps.setObjectName("lessons_steps")
        self.balance_label = TextLabel(self.tr("Who spoke in the conversation, in words"), self, weight=600)
        self.balance = ChartView(None, self)
        self.balance.setObjectName("lessons_balance")
        body.addWidget(TextLabel(self.tr("The lessons in time, the latest first"), self, step="heading", weight=600))
        body.addSpacing(10)
        body.addWidget(self.lessons)
        more = QHBoxLayout()
        more.addWidget(self.all_button)
        more.addStretch(1)
        body.addLayout(more)
        body.addSpacing(20)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(scaled(48))
        self.grid.setVerticalSpacing(scaled(8))
        body.addLayout(self.grid)
        body.addSpacing(16)
        self.remark = Remark(self)
        body.addWidget(self.remark)
        body.addStretch(1)
