"""The sheet in which a seating plan is made: rows in four keys, then clicks, drags and initials where needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain import seating
from observe_app.domain.errors import Invalid
from observe_app.domain.seating_layouts import (
    Numbering,
    Shape,
    every,
    for_students,
    groups,
    horseshoe,
    middle,
    parse_count,
    parse_rows,
    renumbered,
    rows_and_columns,
    with_initials_of,
)
from observe_app.ui.errors import describe
from observe_app.ui.seating.edit_room import EditRoom, RoomArea, Tool
from observe_app.ui.seating.words import offer_words, seats_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    CheckChoice,
    ComboBox,
    Field,
    LineEdit,
    Sheet,
    TextLabel,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from observe_app.domain.seating import SeatingPlan
    from observe_app.services.seating import Proposal

_WIDTH = 880
_NAME_LETTERS = 4
_STEPS_KEPT = 200


class PlanEditor(Sheet):
    """Make or change a plan.

    Args:
        parent: over whose window it lies.
        plan: the plan so far, an empty one for none.
        offer: a plan of the same class.
        students: how many there are, None where nobody knows.
        recorded: how many presses were stored on this plan; new numbers would say another student spoke.

    Signals:
        plan_kept: the `SeatingPlan` to keep.
    """

    plan_kept = Signal(object)

    def __init__(
        self,
        parent: QWidget,
        plan: SeatingPlan,
        *,
        offer: Proposal | None = None,
        students: int | None = None,
        recorded: int = 0,
    ) -> None:
        super().__init__("", parent, width=_WIDTH)
        title = self.tr("Seating plan")
        self.title_label.setText(title)
        self.setAccessibleName(title)
        self.setObjectName("plan_editor")
        self._first = plan
        self._fresh = not plan.seats
        self._offer = offer
        self._recorded = recorded
        self._past: list[SeatingPlan] = []
        self._ahead: list[SeatingPlan] = []
        self._known = plan
        self._loading = False
        self._typed_last = False
        self._warned = False
        self._build()
        self._connect()
        self._start(students)

    # -- public

    @property
    def plan(self) -> SeatingPlan:
        """The plan as it is now."""
        return self.room.plan

    def open_over(self) -> None:
        """Show the sheet, ready for rows and columns, or at the first seat of a plan there is."""
        super().open_over()
        if self._fresh:
            self.rows_line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.rows_line.selectAll()
        elif self.plan.seats:
            self.room.focus_seat(self.plan.seats[0].id)

    @Slot()
    def accept(self) -> None:
        """Close and hand over the plan."""
        plan = self.plan
        super().accept()
        self.plan_kept.emit(plan)

    @Slot()
    def reject(self) -> None:
        """Close and change nothing; where something was changed by hand only at the second press."""
        if self._past and not self._warned and self.plan != self._first:
            self._warned = True
            self._say(self.tr("Nothing is kept yet. Esc again leaves everything as it was."), warn=True)
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z takes one change back, Ctrl+Enter keeps the plan."""
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if ctrl and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y):
            self._step(self._ahead if shift or event.key() == Qt.Key.Key_Y else self._past)
        elif ctrl and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.plan.seats:
            self.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows_line.hasFocus():
            self._on_rows_entered()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.initials_line.hasFocus():
            self.room.go_on(self.room.picked)
        else:
            super().keyPressEvent(event)
        event.accept()

    @property
    def _shape(self) -> Shape:
        return Shape(self.shape_box.currentData())

    @property
    def _numbering(self) -> Numbering:
        return Numbering(self.numbers_box.currentData())

    # -- changes

    def _change(self, plan: SeatingPlan, *, typed: bool = False) -> None:
        """Take another plan; what is typed in one go is one step."""
        before = self.room.plan
        if plan == before:
            return
        if not (typed and self._typed_last):
            self._remember(before)
        self._typed_last = typed
        self.room.show_other(plan)
        self._show()

    def _remember(self, plan: SeatingPlan) -> None:
        self._past = [*self._past[-_STEPS_KEPT:], plan]
        self._ahead = []
        self._warned = False

    def _step(self, steps: list[SeatingPlan]) -> None:
        if not steps:
            return
        (self._ahead if steps is self._past else self._past).append(self.room.plan)
        self.room.show_other(steps.pop())
        self._known = self.room.plan
        self._typed_last = False
        self._show()

    @Slot(object)
    def _on_room_changed(self, plan: SeatingPlan) -> None:
        self._remember(self._known)
        self._typed_last = False
        self._show()

    @Slot()
    def _on_shape(self) -> None:
        rows = self._shape is Shape.ROWS
        self.rows_line.setPlaceholderText("5 6" if rows else "28")
        label = self.tr("Rows and seats in a row") if rows else self.tr("Students")
        self.rows_field.label.setText(label)
        self.rows_line.setAccessibleName(label)
        self.aisles_box.setEnabled(rows)
        count = len(self.plan.seats) or 28
        self._loading = True
        self.rows_line.setText("" if rows else str(count))
        self._loading = False
        if rows:
            self._change(with_initials_of(for_students(count), self.plan), typed=True)
        else:
            self._on_rows_typed()
        self.rows_line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_rows_typed(self) -> None:
        if self._loading:
            return
        plan = self._asked()
        wrong = plan is None and bool(self.rows_line.text().strip())
        if plan is not None:
            self._change(with_initials_of(plan, self.plan), typed=True)
        self.rows_field.set_warning("")
        if wrong:
            self._show_how()

    def _asked(self) -> SeatingPlan | None:
        """Return the plan that the line and the lists ask for, None while the line says none."""
        shape, text = self._shape, self.rows_line.text()
        numbering = self._numbering
        if shape is Shape.ROWS:
            asked = parse_rows(text)
            if asked is None:
                return None
            step = self.aisles_box.currentData()
            aisles = asked.aisles or (middle(asked.columns) if step == 1 else every(asked.columns, step))
            return rows_and_columns(asked.rows, asked.columns, aisles, numbering)
        count = parse_count(text)
        if count is None:
            return None
        plan = groups(count) if shape is Shape.GROUPS else horseshoe(count)
        return plan if numbering is Numbering.FRONT_LEFT else renumbered(plan, numbering)

    @Slot()
    def _on_numbers(self) -> None:
        self._change(renumbered(self.plan, self._numbering))

    def _on_rows_entered(self) -> None:
        main = self.main_button
        if main is not None and (self._asked() is not None or not self.rows_line.text().strip()):
            main.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.rows_field.set_warning(self._how())

    @Slot()
    def _on_offer(self) -> None:
        if self._offer is not None:
            self._change(self._offer.plan)
            if self.main_button is not None:
                self.main_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _on_turn(self) -> None:
        self._change(seating.turned(self.plan))

    @Slot()
    def _on_place(self) -> None:
        """Another place of the teacher: beside the last seat, to be dragged where it belongs."""
        xs = [one.x for one in self.plan.everything]
        ys = [one.y for one in self.plan.everything]
        try:
            plan = seating.add_place(self.plan, max(xs, default=0), max(ys, default=0) + seating.PITCH)
        except Invalid as error:
            self._on_refused(error)
            return
        self._change(plan)
        self.room.focus_seat(plan.places[-1].id)

    @Slot(object)
    def _on_tool(self, value: object) -> None:
        if value is None:
            self.tool_choice.set_value(self.room.tool.value)
        self.room.tool = Tool(self.tool_choice.value)
        self._show_how()

    @Slot()
    def _on_number(self) -> None:
        seat = self.plan.seat(self.room.picked)
        text = self.number_line.text().strip()
        if seat is None or not text or text == str(seat.number):
            return
        try:
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
            self._change(seating.give_number(self.plan, seat.id, number))
        except Invalid as error:
            self._on_refused(error)
            self._on_chosen(seat.id)

    @Slot()
    def _on_initials(self) -> None:
        seat = self.plan.seat(self.room.picked)
        if seat is None or self._loading:
            return
        try:
            self._change(seating.set_label(self.plan, seat.id, self.initials_line.text()), typed=True)
        except Invalid as error:
            self._on_refused(error)

    @Slot(str)
    def _on_chosen(self, seat_id: str) -> None:
        seat = self.plan.seat(seat_id)
        self._loading = True
        for line in (self.initials_line, self.number_line):
            line.setEnabled(seat is not None and not (line is self.number_line and self._recorded))
        if seat is None:
            self.initials_line.setText("")
            self.number_line.setText("")
        else:
            if not self.initials_line.hasFocus():
                self.initials_line.setText(seat.label)
            self.number_line.setText(str(seat.number))
        self._loading = False

    @Slot(str)
    def _on_focus_moved(self, seat_id: str) -> None:
        self.area.ensureWidgetVisible(self.room.button(seat_id))

    @Slot(object)
    def _on_refused(self, error: Invalid) -> None:
        told = describe(error)
        self._say(f"{told.text} {told.hint}".strip(), warn=True)

    # -- showing

    def _show(self) -> None:
        self._known = self.room.plan
        plan = self.plan
        count = seats_words(len(plan.seats))
        missing = sum(seat.state is seating.SeatState.ABSENT for seat in plan.seats)
        if missing:
            count = self.tr("{seats}, {n} absent").format(seats=count, n=missing)
        self.count_label.setText(count)
        if self.main_button is not None:
            self.main_button.set_disabled_because("" if plan.seats else self.tr("There is no seat yet."))
        self._on_chosen(self.room.picked)
        self._show_how()

    def _show_how(self) -> None:
        if any(sum(map(str.isalpha, seat.label)) >= _NAME_LETTERS for seat in self.plan.seats):
            self._say(self.tr("Initials are enough: students stay unnamed in what others may read."), warn=True)
            return
        if self._recorded:
            said = self.tr("Contributions are recorded on these seats already, so the numbers stay as they are.")
            self._say(said)
            return
        self._say({
            Tool.SEATS: self.tr("Click a seat to take it away, a free spot to put one there. Drag to move."),
            Tool.INITIALS: self.tr("Click a seat and type. Enter goes on to the next, arrows go anywhere."),
            Tool.ABSENT: self.tr("Click whoever is missing today. They are left out of “14 of 28 spoke”."),
        }[self.room.tool])  # fmt: skip

    def _say(self, words: str, *, warn: bool = False) -> None:
        self.how_label.setText(words)
        self.how_label.set_tone("warm" if warn else "muted")

    def _how(self) -> str:
        if self._shape is Shape.ROWS:
            return self.tr("Rows and seats in a row, such as 5 6; with aisles 5 2+2+2")
        return self.tr("How many students, 1 to 200")

    # -- build

    def _build(self) -> None:
        card = self.title_label.parentWidget() or self
        self.body.addLayout(self._build_shape(card))
        self.body.addLayout(self._build_tools(card))
        self.area = RoomArea(card)
        self.room = EditRoom()
        self.area.setWidget(self.room)
        self.room.focus_moved.connect(self._on_focus_moved)
        self.body.addWidget(self.area, 1)
        self.how_label = TextLabel("", card, step="small", tone="muted", wrap=True)
        self.how_label.setMinimumHeight(scaled(36))
        self.body.addWidget(self.how_label)
        self.count_label = TextLabel("", card, step="text", weight=600, tabular=True)
        self.buttons.insertWidget(0, self.count_label)
        self.add_safe(self.tr("Leave as it was"))
        self.add_main(self.tr("Keep this plan"))

    def _build_shape(self, card: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        self.shape_box, self.aisles_box, self.numbers_box = ComboBox(card), ComboBox(card), ComboBox(card)
        for shape, words in (
            (Shape.ROWS, self.tr("Rows")),
            (Shape.GROUPS, self.tr("Groups of four")),
            (Shape.HORSESHOE, self.tr("Horseshoe")),
        ):
            self.shape_box.addItem(words, shape.value)
        for step, words in (
            (0, self.tr("None")),
            (1, self.tr("In the middle")),
            (2, self.tr("After every 2")),
            (3, self.tr("After every 3")),
        ):
            self.aisles_box.addItem(words, step)
        for numbering, words in (
            (Numbering.FRONT_LEFT, self.tr("From front left")),
            (Numbering.FRONT_RIGHT, self.tr("From front right")),
            (Numbering.BACK_LEFT, self.tr("From back left")),
            (Numbering.BACK_RIGHT, self.tr("From back right")),
            (Numbering.COLUMNS, self.tr("Column by column")),
            (Numbering.SNAKE, self.tr("There and back")),
        ):
            self.numbers_box.addItem(words, numbering.value)
        self.rows_line = LineEdit(parent=card, placeholder="5 6")
        self.rows_line.setObjectName("plan_rows")
        self.rows_field = Field(self.tr("Rows and seats in a row"), self.rows_line, card)
        self.shape_field = Field(self.tr("Room"), self.shape_box, card)
        self.aisles_field = Field(self.tr("Aisles"), self.aisles_box, card)
        self.numbers_field = Field(self.tr("Numbers"), self.numbers_box, card)
        for field, stretch in (
            (self.shape_field, 3), (self.rows_field, 4), (self.aisles_field, 3), (self.numbers_field, 3),
        ):  # fmt: skip
            row.addWidget(field, stretch, Qt.AlignmentFlag.AlignTop)
        return row

    def _build_tools(self, card: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        options = (
            (Tool.SEATS.value, self.tr("Seats")),
            (Tool.INITIALS.value, self.tr("Initials")),
            (Tool.ABSENT.value, self.tr("Absent")),
        )
        self.tool_choice = CheckChoice(options, self.tr("A click changes"), card)
        self.tool_choice.set_value(Tool.SEATS.value)
        self.initials_line, self.number_line = LineEdit(parent=card), LineEdit(parent=card)
        for line, name, width in (
            (self.number_line, self.tr("Number"), 56), (self.initials_line, self.tr("Initials"), 92),
        ):  # fmt: skip
            line.setAccessibleName(name)
            line.setPlaceholderText(name if line is self.initials_line else self.tr("No."))
            line.setFixedWidth(scaled(width))
            line.setEnabled(False)
        self.initials_line.setMaxLength(seating.MAX_LABEL)
        small = ButtonSize.SMALL
        self.turn_button = Button(
            self.tr("Turn round"), card, kind=ButtonKind.LINK, size=small, icon="rotate-ccw",
            name=self.tr("See the room from its other end"),
        )  # fmt: skip
        self.place_button = Button(
            self.tr("Teacher’s place"), card, kind=ButtonKind.LINK, size=small, icon="plus",
            name=self.tr("Add another place of the teacher"),
        )  # fmt: skip
        self.offer_button = Button("", card, kind=ButtonKind.PLAIN, size=small, icon="history")
        self.offer_button.setObjectName("plan_offer")
        self.offer_button.setVisible(self._offer is not None)
        if self._offer is not None:
            self.offer_button.setText(offer_words(self._offer))
            offers = QHBoxLayout()
            offers.addWidget(self.offer_button)
            offers.addStretch(1)
            self.body.insertLayout(0, offers)
        row.addWidget(self.tool_choice)
        row.addSpacing(12)
        row.addWidget(self.number_line)
        row.addWidget(self.initials_line)
        row.addStretch(1)
        row.addWidget(self.place_button)
        row.addWidget(self.turn_button)
        return row

    def _connect(self) -> None:
        self.shape_box.activated.connect(self._on_shape)
        self.rows_line.textChanged.connect(self._on_rows_typed)
        self.aisles_box.activated.connect(self._on_rows_typed)
        self.numbers_box.activated.connect(self._on_numbers)
        self.tool_choice.chosen.connect(self._on_tool)
        self.number_line.editingFinished.connect(self._on_number)
        self.initials_line.textEdited.connect(self._on_initials)
        self.turn_button.clicked.connect(self._on_turn)
        self.place_button.clicked.connect(self._on_place)
        self.offer_button.clicked.connect(self._on_offer)
        self.room.changed.connect(self._on_room_changed)
        self.room.chosen.connect(self._on_chosen)
        self.room.refused.connect(self._on_refused)

    def _start(self, students: int | None) -> None:
        plan = self._first
        if self._fresh:
            plan = for_students(students) if students and students <= seating.MAX_SEATS else rows_and_columns(5, 6)
            if not students:
                self._loading = True
                self.rows_line.setText("5 6")
                self._loading = False
        self.room.show_other(plan)
        if self._recorded:
            reason = self.tr("Contributions are recorded on these seats already.")
            for box in (self.shape_box, self.aisles_box, self.numbers_box, self.rows_line):
                box.setEnabled(False)
                box.setToolTip(reason)
            self.offer_button.set_disabled_because(reason)
        self._show()
