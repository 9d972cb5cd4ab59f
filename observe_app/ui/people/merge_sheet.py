"""Joining two records of one person: which one stays, what comes together; seen before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.people import Role
from observe_app.services import people
from observe_app.services.school import merge
from observe_app.ui.errors import describe
from observe_app.ui.people.import_model import field_word
from observe_app.ui.people.person_field import PersonField
from observe_app.ui.theme import scaled
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import ElidedLabel, Field, Plane, ScrollPane, Sheet, TextLabel, caption
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.services.core import Core
    from observe_app.services.school.merge import Likely, MergePlan

_MOST = 340


def why_word(why: str) -> str:
    """Return why two may be one person."""
    tr = QCoreApplication.translate
    return {
        "email": tr("people", "same e-mail"), "staff_id": tr("people", "same staff number"),
        "name": tr("people", "same name"), "similar": tr("people", "names alike"),
    }.get(why, "")  # fmt: skip


def record_words(table: str, count: int) -> str:
    """Return what would name the other record, such as "visits: 3"."""
    tr = QCoreApplication.translate
    name = {
        "visit_member": tr("people", "parts in visits"), "action_step": tr("people", "action steps"),
        "group_member": tr("people", "groups"), "lesson_slot": tr("people", "lessons of the timetable"),
        "school_class": tr("people", "classes"), "pairing": tr("people", "visits of rounds"),
        "visit_round": tr("people", "rounds of visits"), "goal": tr("people", "goals"),
        "session": tr("people", "sessions"), "session_item": tr("people", "lines of sessions"),
        "attendance": tr("people", "attendances"), "follow_up": tr("people", "follow-ups"),
        "person": tr("people", "people they lead"), "hours_entry": tr("people", "entries of hours"),
        "certificate": tr("people", "certificates"), "event": tr("people", "notes"),
        "journal_entry": tr("people", "journal entries"), "portfolio": tr("people", "portfolios"),
        "reader": tr("people", "visits that they may read"),
    }.get(table, tr("people", "other records"))  # fmt: skip
    return tr("people", "{what}: {n}").format(what=name, n=count)


class PersonCard(Plane):
    """One of the two records, with the choice to keep it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.keep = QRadioButton(self.tr("Keep this record"), self)
        self.name = ElidedLabel("", self, step="body", weight=600)
        self.facts = [ElidedLabel("", self, step="small", tone="muted") for _ in range(3)]
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.name)
        for line in self.facts:
            column.addWidget(line)
        column.addWidget(self.keep)

    def show_person(self, person: Person, visits: int) -> None:
        """Show somebody."""
        self.name.setText(person.name)
        count = self.tr("1 visit") if visits == 1 else self.tr("{n} visits").format(n=visits)
        left = self.tr("has left") if person.archived else ""
        lines = ((person.email, person.staff_id), (person.subjects, person.building), (count, left))
        for label, facts in zip(self.facts, lines, strict=True):
            label.setText(" · ".join(part for part in facts if part) or self.tr("–"))
        self.keep.setAccessibleName(self.tr("Keep the record of {name}").format(name=person.name))


class MergeSheet(Sheet):
    """Two records.

    Signals:
        merged: the `MergePlan` that was done.
    """

    merged = Signal(object)

    def __init__(self, core: Core, host: QWidget, one_id: str, other_id: str = "") -> None:
        super().__init__("", host, width=720)
        self.title_label.setText(self.tr("Join two records of one person"))
        self.setAccessibleName(self.tr("Join two records of one person"))
        self.setObjectName("merge_sheet")
        self._core = core
        self._ids = [one_id, other_id]
        self._plan: MergePlan | None = None
        self._counts = {row.person.id: row for row in people.listing(core, archived=True)}
        self._build(picks=not other_id)
        self._show(first=True)

    @property
    def plan(self) -> MergePlan | None:
        """What would be done, None while it cannot be."""
        return self._plan

    def _build(self, *, picks: bool) -> None:
        self.add_lead(
            self.tr(
                "Nothing is lost: visits, groups and hours of both stand under one name, and undo parts them again."
            )
        )
        self.picker = PersonField(self._core, Role.TEACHER, self)
        self.picker.setObjectName("merge_other")
        self.picker_field = Field(self.tr("The other record"), self.picker, self)
        self.picker_field.setVisible(picks)
        self.picker.add_button.setMaximumWidth(0)
        self.body.addWidget(self.picker_field)
        self.cards = (PersonCard(self), PersonCard(self))
        self._group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(scaled(12))
        for card in self.cards:
            row.addWidget(card, 1)
            self._group.addButton(card.keep)
            card.keep.clicked.connect(self._on_keep)
        self.body.addLayout(row)
        self.told = QVBoxLayout()
        self.told.setSpacing(scaled(6))
        self.body.addLayout(self.told)
        self.add_safe(self.tr("Leave them apart"))
        self.add_main(self.tr("Join the two"), icon="merge")
        self.picker.chosen.connect(self._on_other)
        self.accepted.connect(self._on_accepted)

    @Slot(str)
    def _on_other(self, person_id: str) -> None:
        self._ids[1] = person_id
        if person_id in self._counts:
            self.picker.show_person(person_id, self._counts[person_id].person.name)
        self._show(first=True)

    @Slot()
    def _on_keep(self) -> None:
        self._show(first=False)

    def _show(self, *, first: bool) -> None:
        """Show the two and what joining them would do; at `first` the better one is kept."""
        known = [self._counts.get(one) for one in self._ids]
        for card, row in zip(self.cards, known, strict=True):
            card.setVisible(row is not None)
            if row is not None:
                card.show_person(row.person, row.visits_as_teacher + row.visits_as_observer)
        clear_layout(self.told)
        self._plan = None
        assert self.main_button is not None  # noqa: S101  (built with the sheet)
        one, other = known
        if one is None or other is None:
            self.main_button.set_disabled_because(self.tr("Choose the other record first."))
            return
        if first:
            keep, _gone = merge.better_kept(self._core, one.person, other.person)
            self.cards[self._ids.index(keep.id)].keep.setChecked(True)
        self._look()

    def _look(self) -> None:
        kept = 0 if self.cards[0].keep.isChecked() else 1
        assert self.main_button is not None  # noqa: S101  (as above)
        try:
            self._plan = merge.plan(self._core, keep_id=self._ids[kept], gone_id=self._ids[1 - kept])
        except ObserveError as error:
            told = describe(error)
            self._say(f"{told.text} {told.hint}".strip(), tone="warm")
            self.main_button.set_disabled_because(told.text)
            return
        self.main_button.set_disabled_because("")
        self._tell(self._plan)

    def _tell(self, plan: MergePlan) -> None:
        if plan.together:
            self._say(
                self.tr("Both take part in one and the same visit ({n}). Are they really one person?").format(
                    n=plan.together
                ),
                tone="warm",
            )
        if plan.taken:
            fields = ", ".join(field_word(name) for name in plan.taken)
            self._say(self.tr("Taken over from the other record: {fields}.").format(fields=fields))
        if plan.counts:
            self.told.addWidget(caption(self.tr("What will stand under {name}").format(name=plan.keep.name), self))
            self._say(" · ".join(record_words(table, count) for table, count in plan.counts), tone="ink")
        else:
            self._say(self.tr("Nothing names the other record yet."))
        if plan.followed:
            words = self.tr(
                "Visits that colleagues made ({n}) stay as they were signed and show the name that is kept."
            )
            self._say(words.format(n=plan.followed))

    def _say(self, words: str, *, tone: str = "muted") -> None:
        self.told.addWidget(TextLabel(words, self, step="text", tone=tone, wrap=True))

    @Slot()
    def _on_accepted(self) -> None:
        if self._plan is not None:
            plan = merge.merge(self._core, keep_id=self._plan.keep.id, gone_id=self._plan.gone.id)
            self.merged.emit(plan)


class TwinsSheet(Sheet):
    """Who may be there twice.

    Signals:
        chosen: ids of two records to look at.
    """

    chosen = Signal(str, str)

    def __init__(self, found: tuple[Likely, ...], host: QWidget) -> None:
        super().__init__("", host, width=620)
        self.title_label.setText(self.tr("People who may be listed twice"))
        self.setAccessibleName(self.tr("People who may be listed twice"))
        self.setObjectName("twins_sheet")
        self.pane = ScrollPane(self, margin=0, exact=True)
        self.rows: list[TwoLineRow] = []
        if not found:
            self.body.addWidget(
                TextLabel(
                    self.tr("Nobody has the e-mail, the staff number or nearly the name of somebody else."),
                    self,
                    wrap=True,
                )
            )
            self.pane.hide()
        for two in found:
            words = self.tr("{one} and {other}").format(one=two.one.name, other=two.other.name)
            facts = " · ".join(part for part in (why_word(two.why), two.one.email, two.other.email) if part)
            row = TwoLineRow(words, "", facts, self.pane, icon="merge")
            row.setProperty("one", two.one.id)
            row.setProperty("other", two.other.id)
            row.opened.connect(self._on_row)
            self.rows.append(row)
            self.pane.body.addWidget(row)
        self.body.addWidget(self.pane)
        self.add_safe(self.tr("Close"))

    def open_over(self) -> None:
        """Show the sheet, as high as its rows."""
        super().open_over()
        if self.rows:
            self.fit(self.pane, scaled(_MOST))

    @Slot()
    def _on_row(self) -> None:
        row = self.sender()
        if row is None:
            return
        one, other = str(row.property("one")), str(row.property("other"))
        self.reject()
        self.chosen.emit(one, other)
