"""The turn of the school year in a sheet: everything that would happen is seen, and then done as one step."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.people import Role
from observe_app.services import people
from observe_app.services.school import rollover
from observe_app.ui.errors import describe
from observe_app.ui.i18n import short_date
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.people.qdays import day_of, to_qdate
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import DateEdit, Field, LineEdit, Plane, ScrollPane, SectionHead, Sheet, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.school.year import Stretch
    from observe_app.services.core import Core
    from observe_app.services.school.rollover import RolloverPlan, RolloverWish

_WIDTH, _HIGH = 860, 470
_MOST_NAMES = 24


class StretchPick(QWidget):
    """A term or holiday of the new year: in it or not, and its days."""

    changed = Signal()

    def __init__(self, one: Stretch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._one = one
        self.box = QCheckBox(one.name or self.tr("Holiday"), self)
        self.box.setChecked(True)
        self.first_edit, self.last_edit = DateEdit(self), DateEdit(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addWidget(self.box, 1)
        for edit, day, name in (
            (self.first_edit, one.first, self.tr("First day of {name}")),
            (self.last_edit, one.last, self.tr("Last day of {name}")),
        ):
            edit.setDate(to_qdate(day))
            edit.setAccessibleName(name.format(name=one.name))
            edit.userDateChanged.connect(self.changed)
            row.addWidget(edit)
        self.box.clicked.connect(self.changed)

    @property
    def stretch(self) -> Stretch | None:
        """What it is to be, None when it is left out."""
        if not self.box.isChecked():
            return None
        return replace(self._one, first=day_of(self.first_edit), last=day_of(self.last_edit))


class RolloverSheet(Sheet):
    """The new year.

    Signals:
        turned: the `RolloverPlan` that was done.
    """

    turned = Signal(object)

    def __init__(self, core: Core, host: QWidget) -> None:
        super().__init__("", host, width=_WIDTH)
        self.title_label.setText(self.tr("Begin a new school year"))
        self.setAccessibleName(self.tr("Begin a new school year"))
        self.setObjectName("rollover_sheet")
        self._core = core
        self._leavers: dict[str, str] = {}
        self._first = rollover.propose(core)
        self.plan: RolloverPlan | None = None
        self._build()
        self._look()

    def open_over(self) -> None:
        """Show the sheet, as high as the window has room for."""
        super().open_over()
        self._fit()

    def wish(self) -> RolloverWish:
        """Return what the fields say."""
        year = replace(
            self._first.year, name=self.name_line.text(), first=day_of(self.first_edit), last=day_of(self.last_edit)
        )
        return rollover.RolloverWish(
            year,
            tuple(one for pick in self.term_picks if (one := pick.stretch) is not None),
            tuple(one for pick in self.holiday_picks if (one := pick.stretch) is not None),
            move_up=self.up_box.isChecked(),
            fresh_first=self.fresh_box.isChecked(),
            leavers=tuple(self._leavers),
            end_timetables=self.slots_box.isChecked(),
        )

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _look(self) -> None:
        """Say what would happen as the fields are now."""
        self.fresh_box.setEnabled(self.up_box.isChecked())
        assert self.main_button is not None  # noqa: S101  (built with the sheet)
        clear_layout(self._told)
        try:
            self.plan = rollover.plan(self._core, self.wish())
        except ObserveError as error:
            self.plan = None
            told = describe(error)
            self._say(f"{told.text} {told.hint}".strip(), "warm")
            self.main_button.set_disabled_because(told.text)
        else:
            self.main_button.set_disabled_because("")
            self._tell(self.plan)
        QTimer.singleShot(0, self, self._fit)

    @Slot()
    def _on_year(self) -> None:
        self._look()

    @Slot(str)
    def _on_leaver(self, person_id: str) -> None:
        self.leaver_field.show_person(None, "")
        if person_id:
            self._leavers[person_id] = people.get(self._core, person_id).name
            self._look()

    @Slot(str)
    def _on_unknown(self, _name: str) -> None:
        self.leaver_field.restore()

    @Slot()
    def accept(self) -> None:
        """Turn the year; what cannot be stays on the screen."""
        try:
            done = rollover.roll_over(self._core, self.wish())
        except ObserveError as error:
            clear_layout(self._told)
            told = describe(error)
            self._say(f"{told.text} {told.hint}".strip(), "warm")
            return
        super().accept()
        self.turned.emit(done)

    # --- showing ----------------------------------------------------------------------------------

    def _tell(self, plan: RolloverPlan) -> None:
        if plan.overlaps:
            self._say(self.tr("It cuts into {years}.").format(years=", ".join(plan.overlaps)), "warm")
        year = plan.wish.year
        self._say(self.tr("{name}: {first} to {last}").format(
            name=year.name, first=_dated(year.first), last=_dated(year.last)
        ), "ink")  # fmt: skip
        if plan.moved:
            moved = [self.tr("{old} → {new}").format(old=old.name, new=new.name) for old, new in plan.moved]
            self._list(self.tr("Classes go on: {names}"), moved)
        if plan.ended:
            self._list(self.tr("Leave the school: {names}"), [one.name for one in plan.ended])
        if plan.fresh:
            self._list(self.tr("Begin anew, empty: {names}"), [one.name for one in plan.fresh])
        if plan.leavers:
            self._list(self.tr("Have left by then: {names}"), [person.name for person in plan.leavers])
        if plan.slots:
            self._say(self.tr("Weekly lessons of the old timetables that end: {n}").format(n=plan.slots))
        self._say(self.tr("Visits, groups and hours stay as they are. Undo takes the whole step back."))

    def _list(self, words: str, names: list[str]) -> None:
        shown = names[:_MOST_NAMES]
        if len(names) > len(shown):
            shown.append(self.tr("and {n} more").format(n=len(names) - len(shown)))
        self._say(words.format(names=", ".join(shown)))

    def _say(self, words: str, tone: str = "muted") -> None:
        self._told.addWidget(TextLabel(words, self, step="text", tone=tone, wrap=True))

    @Slot()
    def _fit(self) -> None:
        if self.isVisible():
            self.fit(self.pane, scaled(_HIGH))

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.pane = ScrollPane(self, margin=0, exact=True)
        self.pane.body.setSpacing(scaled(14))
        self._build_year()
        self._build_rest()
        told = Plane("side", self)
        self._told = QVBoxLayout(told)
        self._told.setContentsMargins(16, 12, 16, 12)
        self._told.setSpacing(scaled(6))
        self.pane.body.addWidget(SectionHead(self.tr("What will happen"), "", self, step="body"))
        self.pane.body.addWidget(told)
        self.term_picks = self._picks(self.tr("Its terms"), self._first.terms)
        self.holiday_picks = self._picks(self.tr("Its holidays"), self._first.holidays)
        self.body.addWidget(self.pane)
        self.add_safe(self.tr("Not now"))
        self.add_main(self.tr("Begin the year"), icon="check")

    def _build_year(self) -> None:
        year = self._first.year
        self.name_line = LineEdit(year.name, self)
        self.name_line.setObjectName("rollover_name")
        self.first_edit, self.last_edit = DateEdit(self), DateEdit(self)
        self.first_edit.setObjectName("rollover_first")
        self.last_edit.setObjectName("rollover_last")
        self.first_edit.setDate(to_qdate(year.first))
        self.last_edit.setDate(to_qdate(year.last))
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        row.addWidget(Field(self.tr("Name of the year"), self.name_line, self), 2, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Field(self.tr("First day"), self.first_edit, self), 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Field(self.tr("Last day"), self.last_edit, self), 1, Qt.AlignmentFlag.AlignTop)
        self.pane.body.addLayout(row)
        self.name_line.left.connect(self._on_year)
        self.first_edit.userDateChanged.connect(self._on_year)
        self.last_edit.userDateChanged.connect(self._on_year)

    def _picks(self, head: str, found: tuple[Stretch, ...]) -> list[StretchPick]:
        if not found:
            return []
        self.pane.body.addWidget(SectionHead(head, str(len(found)), self, step="text", rule="line"))
        picks = []
        for one in found:
            pick = StretchPick(one, self)
            pick.changed.connect(self._look)
            picks.append(pick)
            self.pane.body.addWidget(pick)
        return picks

    def _build_rest(self) -> None:
        self.up_box = QCheckBox(self.tr("Classes go up a year; those of the last year leave"), self)
        self.fresh_box = QCheckBox(self.tr("Begin the classes of the first year anew, empty"), self)
        self.slots_box = QCheckBox(self.tr("Weekly timetables end, for new ones come"), self)
        for box, name in (
            (self.up_box, "rollover_up"), (self.fresh_box, "rollover_fresh"), (self.slots_box, "rollover_slots"),
        ):  # fmt: skip
            box.setObjectName(name)
            box.setChecked(True)
            box.clicked.connect(self._look)
        boxes = QVBoxLayout()
        boxes.setSpacing(scaled(8))
        for box in (self.up_box, self.fresh_box, self.slots_box):
            boxes.addWidget(box)
        self.leaver_field = PersonField(self._core, Role.TEACHER, self)
        self.leaver_field.setObjectName("rollover_leaver")
        self.leaver_field.chosen.connect(self._on_leaver)
        self.leaver_field.add_asked.connect(self._on_unknown)
        hint = self.tr("Whoever has a last day before the new year is among them already.")
        row = QHBoxLayout()
        row.setSpacing(scaled(24))
        row.addLayout(boxes, 1)
        row.addWidget(Field(self.tr("Who leaves"), self.leaver_field, self, hint=hint), 1, Qt.AlignmentFlag.AlignTop)
        self.pane.body.addLayout(row)


def _dated(day: date) -> str:
    return f"{short_date(day)} {day.year}"
