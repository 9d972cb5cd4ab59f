"""The school's year: terms and holidays beside each other, what is on now, and the turn of the year."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.school.terms import TermKind, year_at
from observe_app.services.school import calendar
from observe_app.ui.i18n import short_date
from observe_app.ui.people.room_base import Room
from observe_app.ui.people.year_sheets import StretchSheet, kind_name
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    Message,
    MessageKind,
    ScrollPane,
    SectionHead,
    TextLabel,
)
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.school.terms import Holiday, SchoolTerm
    from observe_app.services.core import Core
    from observe_app.services.school.rollover import RolloverPlan
    from observe_app.ui.jobs import JobRunner

_WEEKS = 12


class YearRoom(Room):
    """Terms, holidays, the turn of the year."""

    tables: ClassVar[frozenset[str]] = frozenset({"school_term", "holiday", "school_class"})

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, parent)
        self.setObjectName("year_room")
        self.term_rows: list[TwoLineRow] = []
        self.holiday_rows: list[TwoLineRow] = []
        self._build()

    # --- room -------------------------------------------------------------------------------------

    def buttons(self) -> tuple[QWidget, ...]:
        """The turn of the year."""
        return (self.turn_button,)

    def regions(self) -> tuple[QWidget, ...]:
        """Terms and holidays."""
        return (self.pane,)

    def start_widget(self) -> QWidget | None:
        """Adding a term."""
        return self.term_button

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        terms, holidays = calendar.terms(self.core), calendar.holidays(self.core)
        today = calendar.today(self.core)
        self._show_now(terms, today)
        for place in (self._terms, self._holidays):
            clear_layout(place)
        ordered = sorted(terms, key=lambda term: _place(term, terms))
        self.term_rows = [self._row(term, kind_name(term.kind), today, "calendar") for term in ordered]
        self.holiday_rows = [self._row(one, "", today, "sun") for one in reversed(holidays)]
        for rows, place, none in (
            (self.term_rows, self._terms, self.tr("No terms yet. Dates of lists and comparisons can follow them.")),
            (self.holiday_rows, self._holidays, self.tr("No holidays yet. Rounds of visits leave their days out.")),
        ):
            for row in rows:
                place.addWidget(row)
            if not rows:
                place.addWidget(TextLabel(none, self, step="text", tone="muted", wrap=True))
        self.terms_head.set_right(str(len(terms)) if terms else "")
        self.holidays_head.set_right(str(len(holidays)) if holidays else "")

    # --- showing ----------------------------------------------------------------------------------

    def _show_now(self, terms: tuple[SchoolTerm, ...], today: date) -> None:
        now = calendar.current_term(self.core)
        if now is None:
            ahead = next((term for term in terms if term.first > today), None)
            words = self.tr("No term is on today.")
            if ahead is not None:
                words += " " + self.tr("{name} begins on {day}.").format(name=ahead.name, day=short_date(ahead.first))
            self.now_label.setText(self.tr("Between terms") if terms else self.tr("The school’s year"))
            self.now_words.setText(words if terms else self.tr("Say when its terms and holidays are."))
            return
        left = len(calendar.teaching_days(self.core, today, now.last))
        letter = calendar.week_letter(self.core, today)
        parts = [
            self.tr("until {day}").format(day=short_date(now.last)),
            self.tr("1 school day left") if left == 1 else self.tr("{n} school days left").format(n=left),
            self.tr("week {letter}").format(letter=letter) if letter else "",
        ]
        self.now_label.setText(now.name)
        self.now_words.setText(" · ".join(part for part in parts if part))

    def _row(self, one: SchoolTerm | Holiday, kind: str, today: date, sign: str) -> TwoLineRow:
        days = len(calendar.teaching_days(self.core, one.first, one.last)) if kind else (one.last - one.first).days + 1
        if kind:
            count = self.tr("1 school day") if days == 1 else self.tr("{n} school days").format(n=days)
        else:
            count = self.tr("1 day") if days == 1 else self.tr("{n} days").format(n=days)
        words = self.tr("{first} to {last}").format(first=_with_year(one.first), last=_with_year(one.last))
        is_on = one.first <= today <= one.last
        row = TwoLineRow(
            one.name or self.tr("Holiday"), kind, f"{words} · {count}", self, icon=sign,
            aside=self.tr("now") if is_on else "",
        )  # fmt: skip
        row.setProperty("stretch", one.id)
        row.opened.connect(self._on_term if kind else self._on_holiday)
        return row

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_term(self) -> None:
        row = self.sender()
        wanted = str(row.property("stretch"))
        found = next((term for term in calendar.terms(self.core) if term.id == wanted), None)
        if found is not None:
            self._open(found, has_kind=True)

    @Slot()
    def _on_holiday(self) -> None:
        row = self.sender()
        wanted = str(row.property("stretch"))
        found = next((one for one in calendar.holidays(self.core) if one.id == wanted), None)
        if found is not None:
            self._open(found, has_kind=False)

    @Slot()
    def _on_add_term(self) -> None:
        self._open(None, has_kind=True)

    @Slot()
    def _on_add_holiday(self) -> None:
        self._open(None, has_kind=False)

    def _open(self, known: SchoolTerm | Holiday | None, *, has_kind: bool) -> None:
        today = calendar.today(self.core)
        year = year_at(calendar.terms(self.core), today)
        stretches = [one for one in calendar.terms(self.core) if one.kind != TermKind.YEAR] if has_kind else list(
            calendar.holidays(self.core)
        )  # fmt: skip
        after = max((one.last for one in stretches), default=None)
        first = after + timedelta(days=1) if after else year.first if year else today
        last = first + (timedelta(weeks=_WEEKS) if has_kind else timedelta(days=4))
        self.sheet = StretchSheet(self.core, self, has_kind=has_kind, first=first, last=last, known=known)
        self.sheet.kept.connect(self.reload)
        self.sheet.deleted.connect(self._on_deleted)
        # Opened by a click in a row that goes with the next reload: the sheet comes after the click.
        QTimer.singleShot(0, self.sheet, self._open_sheet)

    @Slot()
    def _open_sheet(self) -> None:
        self.sheet.open_over()

    @Slot()
    def _on_deleted(self) -> None:
        words = self.tr("It is in the bin. Undo brings it back.")
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
        self.reload()

    @Slot()
    def _on_turn(self) -> None:
        from observe_app.ui.people.rollover_sheet import RolloverSheet  # noqa: PLC0415  (once a year)

        self.turning = RolloverSheet(self.core, self)
        self.turning.turned.connect(self._on_turned)
        self.turning.open_over()

    @Slot(object)
    def _on_turned(self, plan: RolloverPlan) -> None:
        words = self.tr("{year} is there: {classes} classes, {left} people have left.").format(
            year=plan.wish.year.name, classes=len(plan.moved) + len(plan.fresh), left=len(plan.leavers)
        )
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "check", key="undo/"))
        self.reload()

    # --- build ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.turn_button = Button(self.tr("Begin a new school year"), self, icon="step-forward")
        self.turn_button.setObjectName("year_turn")
        self.turn_button.clicked.connect(self._on_turn)
        self.pane = ScrollPane(self, margin=tokens().size.margin)
        self.now_label = TextLabel("", self, step="heading", weight=600)
        self.now_words = TextLabel("", self, step="text", tone="muted", wrap=True)
        body = self.pane.body
        body.addWidget(self.now_label)
        body.addSpacing(2)
        body.addWidget(self.now_words)
        body.addSpacing(scaled(22))
        self._terms, self._holidays = QVBoxLayout(), QVBoxLayout()
        self.terms_head = SectionHead(self.tr("Terms"), "", self, step="body")
        self.holidays_head = SectionHead(self.tr("Holidays"), "", self, step="body")
        self.term_button = self._adder(self.tr("Add a term"), "term_add")
        self.holiday_button = self._adder(self.tr("Add a holiday"), "holiday_add")
        self.term_button.clicked.connect(self._on_add_term)
        self.holiday_button.clicked.connect(self._on_add_holiday)
        grid = QGridLayout()
        grid.setHorizontalSpacing(scaled(40))
        for column, (head, place, button) in enumerate(
            (
                (self.terms_head, self._terms, self.term_button),
                (self.holidays_head, self._holidays, self.holiday_button),
            )
        ):
            place.setSpacing(0)
            under = QVBoxLayout()
            under.setSpacing(scaled(8))
            under.addWidget(head)
            under.addLayout(place)
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            under.addLayout(line)
            under.addStretch(1)
            grid.addLayout(under, 0, column)
            grid.setColumnStretch(column, 1)
        body.addLayout(grid)
        body.addStretch(1)
        column_of = QVBoxLayout(self)
        column_of.setContentsMargins(0, 0, 0, 0)
        column_of.addWidget(self.pane)

    def _adder(self, words: str, name: str) -> Button:
        button = Button(words, self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="plus")
        button.setObjectName(name)
        return button


def _place(term: SchoolTerm, terms: tuple[SchoolTerm, ...]) -> tuple[int, bool, date, str]:
    """The newest year first; within it the year itself, then its parts as they come."""
    year = term if term.kind == TermKind.YEAR else year_at(terms, term.first)
    return -(year or term).first.toordinal(), term.kind != TermKind.YEAR, term.first, term.id


def _with_year(day: date) -> str:
    return f"{short_date(day)} {day.year}" if str(day.year) not in short_date(day) else short_date(day)
