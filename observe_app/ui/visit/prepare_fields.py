"""The fields of the Prepare tab and where they stand; what they do is the tab's."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.people import Role
from observe_app.ui.people.class_offer import ClassOffer
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.seating.plan_row import PlanRow
from observe_app.ui.theme import scaled
from observe_app.ui.visit.calendar_button import CalendarButton
from observe_app.ui.visit.form_picker import FormPicker
from observe_app.ui.visit.lead_row import LeadRow
from observe_app.ui.when import WhenEditor
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    Field,
    LineEdit,
    Plane,
    ScrollPane,
    SectionHead,
    TextArea,
    TextLabel,
)
from observe_app.ui.widgets.layout import SCROLL_BAR

if TYPE_CHECKING:
    from observe_app.services.core import Core

PANE_MARGINS = 56
AREAS = ("focus", "looking_for", "context", "preparation")
_COLUMN = 960


class PrepareFields(Plane):
    """What is agreed before the lesson, as fields."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        """Build every field; nothing is loaded."""
        super().__init__("page", parent)
        self.setObjectName("prepare_tab")
        self._core = core
        self._build()

    def _build(self) -> None:
        self.pane = ScrollPane(self)
        body = self.pane.body
        body.setContentsMargins(24, 18, PANE_MARGINS - 24, 28)
        content = QWidget(self.pane)
        content.setMaximumWidth(scaled(_COLUMN))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        head = SectionHead(self.tr("The lesson"), "", content)
        self.calendar = CalendarButton(self._core, head)
        head.add_right(self.calendar)
        column.addWidget(head)
        column.addLayout(self._build_lesson(content))
        column.addSpacing(8)
        column.addWidget(SectionHead(self.tr("What to look for"), "", content))
        column.addLayout(self._build_words(content))
        body.addWidget(content)
        body.addStretch(1)
        self._build_side()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.pane, 1)
        row.addWidget(self.side)
        self._order_keys()

    def visit_fields(self) -> dict[str, Field]:
        """Return the labelled fields of the visit by column."""
        found = {name: note for name, (_line, note) in self._lines.items()}
        found |= {name: note for name, (_area, note) in self._areas.items()}
        return found | {"class_size": self._size_note, "minutes": self._minutes_note}

    def _order_keys(self) -> None:
        """Tab goes as one reads, whatever was built first."""
        when = self.when_editor
        order: tuple[QWidget, ...] = (
            self.teacher_field.line, self.observer_field.line, self.class_line, self.subject_line, self.topic_line,
            when.date_line, when.time_line, self.minutes_line, self.room_line, self.size_line,
            self.focus_area, self.looking_area, *self.lead.stops(), self.context_area, self.meeting_area,
            *self.seating.stops(), *self.forms.stops(), self.start_button,
        )  # fmt: skip
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _build_lesson(self, parent: QWidget) -> QVBoxLayout:
        self.teacher_field = PersonField(self._core, Role.TEACHER, parent)
        self.observer_field = PersonField(self._core, Role.OBSERVER, parent)
        self.teacher_field.line.setObjectName("visit_teacher")
        self.observer_field.line.setObjectName("visit_observer")
        self._teacher_note = Field(self.tr("Teacher"), self.teacher_field, parent)
        self._observer_note = Field(self.tr("Observer"), self.observer_field, parent)
        self.teacher_field.line.setAccessibleName(self.tr("Teacher"))
        self.observer_field.line.setAccessibleName(self.tr("Observer"))
        self.class_line, self.subject_line = LineEdit(parent=parent), LineEdit(parent=parent)
        self.class_offer = ClassOffer(self._core, self.class_line)
        self.topic_line, self.room_line = LineEdit(parent=parent), LineEdit(parent=parent)
        self.size_line, self.minutes_line = LineEdit(parent=parent), LineEdit(parent=parent)
        self.when_editor = WhenEditor(self._core.clock, parent)
        self._lines = {
            "class_name": (self.class_line, Field(self.tr("Class"), self.class_line, parent)),
            "subject": (self.subject_line, Field(self.tr("Subject"), self.subject_line, parent)),
            "topic": (self.topic_line, Field(self.tr("Topic"), self.topic_line, parent)),
            "room": (self.room_line, Field(self.tr("Room"), self.room_line, parent)),
        }
        self._size_note = Field(self.tr("Students"), self.size_line, parent)
        self._minutes_note = Field(self.tr("Minutes"), self.minutes_line, parent)
        for name, (line, _note) in self._lines.items():
            line.setObjectName(f"visit_{name}")
        self.size_line.setObjectName("visit_class_size")
        self.minutes_line.setObjectName("visit_minutes")
        return self._place_lesson()

    def _place_lesson(self) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        for number, (widget, left, span) in enumerate(
            (
                (self._teacher_note, 0, 2),
                (self._observer_note, 2, 2),
                (self._lines["class_name"][1], 0, 1),
                (self._lines["subject"][1], 1, 1),
                (self._lines["topic"][1], 2, 2),
            )
        ):
            grid.addWidget(widget, 0 if number < 2 else 1, left, 1, span, Qt.AlignmentFlag.AlignTop)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        row = QHBoxLayout()
        row.setSpacing(16)
        self.size_line.setMinimumWidth(scaled(60))
        self.minutes_line.setMinimumWidth(scaled(60))
        below = QHBoxLayout()
        below.setSpacing(16)
        self._when_rows = (row, below)
        for part, stretch in ((self.when_editor, 7), (self._minutes_note, 2), *self._place_parts()):
            row.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
        self._row_broken = False
        both = QVBoxLayout()  # a row of its own: inside the grid it would pull the columns apart
        both.setSpacing(12)
        both.addLayout(grid)
        both.addLayout(row)
        both.addLayout(below)
        return both

    def _place_parts(self) -> tuple[tuple[QWidget, int], ...]:
        return (self._lines["room"][1], 4), (self._size_note, 2)

    def _break_when_row(self, room: int) -> None:
        """Room and students go below day, time and minutes where all five do not fit."""
        parts = (self.when_editor, self._minutes_note, *(part for part, _stretch in self._place_parts()))
        broken = sum(part.minimumSizeHint().width() + 16 for part in parts) - 16 > room
        if broken == self._row_broken:
            return
        self._row_broken = broken
        for part, stretch in self._place_parts():
            self._when_rows[not broken].removeWidget(part)
            self._when_rows[broken].addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)

    def _build_words(self, parent: QWidget) -> QVBoxLayout:
        self.focus_area = TextArea(
            "", parent, lines=2, most=8, step="lead", placeholder=self.tr("What would the teacher like you to look at?")
        )
        self.looking_area = TextArea(
            "", parent, placeholder=self.tr("What would be heard and seen, in words you both use")
        )
        self.context_area = TextArea("", parent, placeholder=self.tr("What a visitor should know of this class"))
        self.meeting_area = TextArea("", parent, placeholder=self.tr("What you agreed on before the lesson"))
        areas = (self.focus_area, self.looking_area, self.context_area, self.meeting_area)
        labels = (
            self.tr("Focus, in the teacher’s words"), self.tr("Looking for"), self.tr("Context of the class"),
            self.tr("Notes of the meeting before"),
        )  # fmt: skip
        self._areas = {}
        column = QVBoxLayout()
        column.setSpacing(12)
        for name, area, label in zip(AREAS, areas, labels, strict=True):
            area.setObjectName(f"visit_{name}")
            self._areas[name] = (area, Field(label, area, parent))
        column.addWidget(self._areas["focus"][1])
        column.addWidget(self._areas["looking_for"][1])
        self.lead = LeadRow(self._core, parent)
        column.addWidget(self.lead)
        pair = QHBoxLayout()
        pair.setSpacing(16)
        pair.addWidget(self._areas["context"][1], 1, Qt.AlignmentFlag.AlignTop)
        pair.addWidget(self._areas["preparation"][1], 1, Qt.AlignmentFlag.AlignTop)
        column.addLayout(pair)
        self.seating = PlanRow(self._core, parent)
        column.addWidget(self.seating)
        return column

    def _build_side(self) -> None:
        self.side = Plane("side", self)
        self.start_button = Button(
            self.tr("Start the lesson"),
            self.side,
            kind=ButtonKind.PRIMARY,
            size=ButtonSize.MAIN,
            keys=self.tr("Ctrl Enter"),
        )
        self.start_button.setObjectName("start_the_lesson")
        self.start_words = TextLabel("", self.side, step="small", tone="muted", wrap=True)
        self.forms = FormPicker(self._core, self.side)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(24, 18, 24 - SCROLL_BAR, 20)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, SCROLL_BAR, 0)
        head.addWidget(SectionHead(self.tr("Form"), "", self.side))
        column.addLayout(head)
        column.addWidget(self.forms, 1)
        column.addSpacing(12)
        column.addWidget(self.start_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(6)
        column.addWidget(self.start_words)
