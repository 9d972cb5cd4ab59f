"""Side by side: two visits on one axis, and their notes beside each other by phase or by minute."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRect, Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.services import visits
from observe_app.services.charts.lessons import SideBySide, side_by_side
from observe_app.ui.charts import ChartView
from observe_app.ui.compare.lesson_data import day_of, form_name, row_of
from observe_app.ui.compare.sides_data import Sides, first_notes, sides_of
from observe_app.ui.compare.sides_notes import SideNotes
from observe_app.ui.compare.tab_base import CompareTab
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, ElidedLabel, Rule, ScrollPane, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.progress import Progress
    from observe_app.domain.visit import Visit
    from observe_app.services.charts.lessons import LessonRow
    from observe_app.services.core import Core
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.jobs import JobRunner

_LANES = 5
_MOST = 2000
"""Notes that are laid out before somebody asks for more: a hundred thousand at once took a quarter minute."""


class SidesTab(CompareTab):
    """Two visits."""

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("compare_sides")
        self._sides: Sides | None = None
        self._wants_phase = True
        self._most = _MOST
        self._build()
        self.chart.opened.connect(self.open_visit)
        self.notes.opened.connect(self._on_note)
        self.notes.current_changed.connect(self._on_current)
        for button in self.open_buttons:
            button.clicked.connect(self._on_open)

    def start_widget(self) -> QWidget | None:
        """The notes."""
        return self.notes if self.stack.currentWidget() is self.content else None

    def regions(self) -> tuple[QWidget, ...]:
        """Both columns."""
        return (self.content,)

    def show_read(self, found: Read) -> None:
        """Read the two visits that are chosen."""
        chosen, core, language = found.chosen, self.core, QLocale().name()
        if not chosen.visit or not chosen.other:
            self.say_empty(
                self.tr("Two visits are needed"),
                self.tr("There is one visit with these choices, or none. Choose another person or everybody."),
            )
            return
        self._wants_phase = chosen.align == "phase"

        def read(_progress: Progress) -> tuple[Sides, LessonRow, LessonRow]:
            records = [visits.load_record(core, one) for one in (chosen.visit, chosen.other)]
            # What was earlier stands where reading begins, whichever of the two was chosen first.
            records.sort(key=lambda one: (one.visit.started is None, one.visit.started or one.visit.start))
            rows = [row_of(record, language, most=_LANES) for record in records]
            return sides_of(records[0], records[1], by_phase=chosen.align == "phase"), rows[0], rows[1]

        self.latest.ask(read, self._on_read)

    def _on_read(self, found: tuple[Sides, LessonRow, LessonRow]) -> None:
        sides, first, second = found
        self._sides = sides
        for name, line, record in zip(self.names, self.lines, (sides.left, sides.right), strict=True):
            name.setText(_name(record.visit))
            line.setText(" · ".join(part for part in (record.visit.teacher, form_name(record),
                                                      record.visit.observer) if part))  # fmt: skip
        self.chart.set_maker(partial(side_by_side, SideBySide(first, second, by_phase=sides.by_phase)))
        self._most = _MOST
        self._show_notes()
        self.hint.setText(self._hint(sides))
        self.hint.setVisible(bool(self.hint.text()))
        self.show_content(self.content)
        self._place_heads()

    @Slot()
    def _on_more(self) -> None:
        self._most += _MOST
        self._show_notes()

    def _show_notes(self) -> None:
        """Show the first notes, and say how many are left."""
        if self._sides is None:
            return
        blocks, left = first_notes(self._sides.blocks, self._most)
        self.notes.show_sides(replace(self._sides, blocks=blocks))
        self.more_button.setText(self.tr("Show more notes, {n} are left").format(n=left))
        self.more_button.setVisible(left > 0)

    def _hint(self, sides: Sides) -> str:
        if not sides.blocks:
            return self.tr("Neither of the two visits has notes.")
        if self._wants_phase and not sides.by_phase:
            return self.tr("Not both lessons have phases, so they are aligned by the minute.")
        return ""

    def _place_heads(self) -> None:
        left, right, room = self.notes.columns(max(self.notes.width(), scaled(360)))
        self.heads.setColumnMinimumWidth(0, left)
        self.heads.setColumnMinimumWidth(2, right - left - room)

    def resizeEvent(self, event: object) -> None:
        """The names stand over their columns."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._place_heads()

    @Slot(int, str)
    def _on_note(self, side: int, event_id: str) -> None:
        sides = self._sides
        if sides is not None:
            record = sides.right if side else sides.left
            self.visit_asked.emit(VisitTarget(record.visit.id, "observe", event_id))

    @Slot(QRect)
    def _on_current(self, rect: QRect) -> None:
        inside = self.pane.widget()
        place = self.notes.mapTo(inside, rect.center()) if inside is not None else rect.center()
        self.pane.ensureVisible(place.x(), place.y(), 0, scaled(60))

    @Slot()
    def _on_open(self) -> None:
        sides = self._sides
        if sides is not None:
            record = sides.left if self.sender() is self.open_buttons[0] else sides.right
            self.open_visit(record.visit.id)

    # --- build ------------------------------------------------------------------------------------

    def _more(self) -> Button:
        made = Button("", self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        made.setObjectName("more_notes")
        made.clicked.connect(self._on_more)
        made.hide()
        return made

    def _build(self) -> None:
        self.content = QWidget(self)
        self.stack.addWidget(self.content)
        self.names = tuple(ElidedLabel("", self, step="heading", weight=600) for _ in range(2))
        self.lines = tuple(ElidedLabel("", self, step="small", tone="muted") for _ in range(2))
        self.open_buttons = tuple(
            Button(self.tr("Open"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL) for _ in range(2)
        )
        self.heads = QGridLayout()
        self.heads.setContentsMargins(24, 14, 24, 8)
        self.heads.setHorizontalSpacing(0)
        self.heads.setVerticalSpacing(0)
        for side, column in enumerate((1, 3)):
            cell = QVBoxLayout()
            cell.setSpacing(0)
            top = QHBoxLayout()
            top.setSpacing(12)
            top.addWidget(self.names[side], 1)
            top.addWidget(self.open_buttons[side])
            cell.addLayout(top)
            cell.addWidget(self.lines[side])
            self.heads.addLayout(cell, 0, column)
            self.heads.setColumnStretch(column, 1)
            self.open_buttons[side].setObjectName(f"side_open_{side}")
        self.pane = ScrollPane(self.content, exact=True)
        self.pane.body.setContentsMargins(24, 12, 24, 24)
        self.chart = ChartView(None, self)
        self.chart.setObjectName("sides_chart")
        self.hint = TextLabel("", self, tone="warm", wrap=True)
        self.hint.setObjectName("sides_hint")
        self.notes = SideNotes(self)
        self.pane.body.addWidget(self.chart)
        self.pane.body.addSpacing(18)
        self.pane.body.addWidget(SectionHead(self.tr("Notes"), "", self))
        self.pane.body.addSpacing(8)
        self.pane.body.addWidget(self.hint)
        self.pane.body.addWidget(self.notes)
        self.more_button = self._more()
        self.pane.body.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.pane.body.addStretch(1)
        self.pane.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self.content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.heads)
        whole.addWidget(Rule(self.content, line="line"))
        whole.addWidget(self.pane, 1)


def _name(visit: Visit) -> str:
    return " · ".join(part for part in (day_of(visit), visit.topic or visit.class_name or visit.subject) if part)
