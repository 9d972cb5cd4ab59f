"""The tab Hours: everybody by name with their hours, one person's statement, rules, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QDate, QModelIndex, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.services.learning import certificates, hours
from observe_app.ui.groups.tab_base import GroupsTab
from observe_app.ui.hours.model import HoursModel, HoursTable
from observe_app.ui.hours.out import PdfOut
from observe_app.ui.hours.sheets import CheckSheet, EntrySheet, IssueSheet, RulesSheet, WithdrawSheet
from observe_app.ui.hours.statement_view import StatementView
from observe_app.ui.moments import today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    DateEdit,
    EmptyState,
    Message,
    MessageKind,
    SearchField,
    TextLabel,
)

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from observe_app.domain.hours import Certificate, HoursEntry
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.render import PdfResult
    from observe_app.services.pdf.term_export import Look
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.groups.tab_base import GroupsTarget
    from observe_app.ui.jobs import JobRunner

TYPING_MS = 120
_LEAST = 372


class HoursTab(GroupsTab):
    """Hours of everybody, and what can be issued over them."""

    tables: ClassVar[frozenset[str]] = frozenset({
        "hours_rule", "hours_entry", "certificate", "person", "visit", "visit_member", "session", "attendance",
        "school_term",
    })  # fmt: skip

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("hours_tab")
        self._selected = ""
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.reload)
        self.out = PdfOut(core, jobs, self)
        self._build()
        self._connect()
        self._set_year()

    # --- tab --------------------------------------------------------------------------------------

    def actions_widgets(self) -> tuple[QWidget, ...]:
        """Look a number up; rules."""
        return (self.check_button, self.rules_button)

    def regions(self) -> tuple[QWidget, ...]:
        """List, statement."""
        return (self.left, self.view)

    def start_widget(self) -> QWidget | None:
        """The search line."""
        return self.search

    def show_target(self, target: GroupsTarget) -> None:
        """Show a person's statement."""
        self._selected = target.id

    @property
    def days(self) -> tuple[date, date]:
        """The days that are counted, both included."""
        first, last = (edit.date().toPython() for edit in (self.first_edit, self.last_edit))
        return (first, last) if first <= last else (last, first)  # type: ignore[operator,return-value]  # stubs know no date

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        self._typing.stop()
        first, last = self.days
        try:
            rows = hours.overview(self.core, first=first, last=last, words=self.search.text())
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.model.show_rows(rows)
        if self.model.number_of(self._selected) < 0:
            self._selected = rows[0].person.id if rows else ""
        number = self.model.number_of(self._selected)
        if number >= 0:
            self.table.setCurrentIndex(self.model.index(number, 0))
        searching = bool(self.search.text().strip())
        self.stack.setCurrentWidget(self.table if rows else self.nobody if searching else self.empty)
        self._show_person()

    @Slot()
    def stop(self) -> None:
        """Write no further."""
        self.out.stop()

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_typed(self) -> None:
        self._typing.start()

    @Slot()
    def _on_left_search(self) -> None:
        self.table.setFocus()

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None and row.person.id != self._selected:
            self._selected = row.person.id
            self._show_person()

    @Slot()
    def _on_rules(self) -> None:
        sheet = RulesSheet(self.core, self)
        sheet.accepted.connect(self.reload)
        sheet.open_with(sheet.rows[0].per_box)

    @Slot()
    def _on_check(self) -> None:
        sheet = CheckSheet(self.core, self)
        sheet.open_with(sheet.number_line)

    @Slot()
    def _on_add(self) -> None:
        found = self.view.statement
        if found is not None:
            sheet = EntrySheet(self.core, found.person, self)
            sheet.accepted.connect(self.reload)
            sheet.open_with(sheet.what_line)

    @Slot(object)
    def _on_edit(self, entry: HoursEntry) -> None:
        found = self.view.statement
        if found is None:
            return
        try:
            sheet = EntrySheet(self.core, found.person, self, entry=entry)
        except ObserveError as error:
            self.failed.emit(error)
            return
        sheet.accepted.connect(self.reload)
        sheet.open_with(sheet.what_line)

    @Slot(object)
    def _on_delete(self, entry: HoursEntry) -> None:
        try:
            hours.delete_entry(self.core, entry_id=entry.id, seen=hours.open_entry(self.core, entry.id).seen)
        except ObserveError as error:
            self.failed.emit(error)
            return
        words = self.tr("Taken away: {what}.").format(what=entry.what)
        self.message_posted.emit(Message(MessageKind.NEWS, words, self.tr("Undo"), "trash-2", key="undo/"))
        self.reload()

    @Slot()
    def _on_issue(self) -> None:
        found = self.view.statement
        if found is not None:
            sheet = IssueSheet(self.core, found.person, found.first, found.last, self)
            sheet.issued.connect(self._on_issued)
            sheet.open_over()
            sheet.fit(sheet.pane, scaled(620))

    @Slot(object)
    def _on_issued(self, certificate: Certificate) -> None:
        words = self.tr("{number} is issued for {name}.").format(number=certificate.number, name=certificate.name)
        self.message_posted.emit(Message(MessageKind.NEWS, words, icon="award", key="certificate"))
        self.reload()

    @Slot(object)
    def _on_withdraw(self, certificate: Certificate) -> None:
        sheet = WithdrawSheet(self.core, certificate, self)
        sheet.accepted.connect(self.reload)
        sheet.open_with(sheet.why_line)

    @Slot()
    def _on_pdf(self) -> None:
        found = self.view.statement
        if found is None:
            return
        core, person, days = self.core, found.person.id, (found.first, found.last)

        def make(look: Look, target: Path, progress: Progress) -> PdfResult:
            from observe_app.services.pdf.learning_export import statement_document, write_pages  # noqa: PLC0415

            made = statement_document(core, person_id=person, first=days[0], last=days[1], look=look)
            return write_pages(made, target, progress)

        self.out.ask(self.tr("Hours {name}").format(name=found.person.name), make)

    @Slot(object)
    def _on_certificate(self, certificate: Certificate) -> None:
        core = self.core

        def make(look: Look, target: Path, _progress: Progress) -> PdfResult:
            from observe_app.services.pdf.learning_export import certificate_page, write_certificate  # noqa: PLC0415

            return write_certificate(certificate_page(core, certificate, look), target)

        self.out.ask(self.tr("Certificate {number}").format(number=certificate.number), make)

    # --- helpers ----------------------------------------------------------------------------------

    def _set_year(self) -> None:
        """Begin with the school year that is on."""
        first, last = hours.school_year(self.core, today_of(self.core.clock))
        for edit, day in ((self.first_edit, first), (self.last_edit, last)):
            edit.blockSignals(True)
            edit.setDate(QDate(day.year, day.month, day.day))
            edit.blockSignals(False)

    def _show_person(self) -> None:
        if not self._selected:
            self.view.show_statement(None, (), ())
            return
        first, last = self.days
        try:
            found = hours.statement(self.core, person_id=self._selected, first=first, last=last)
            by_hand = tuple(one for one in hours.entries(self.core, found.person.id) if first <= one.on <= last)
            issued = certificates.of_person(self.core, found.person.id)
        except ObserveError as error:
            self.failed.emit(error)
            return
        self.view.show_statement(found, by_hand, issued)

    def _build(self) -> None:
        self.check_button = Button(self.tr("Look up"), self, icon="award")
        self.check_button.setToolTip(self.tr("Look a certificate up by its number"))
        self.check_button.setObjectName("hours_check")
        self.rules_button = Button(self.tr("What counts"), self, icon="sliders-horizontal")
        self.rules_button.setObjectName("hours_rules")
        self.left = QWidget(self)
        self.search = SearchField(self.tr("Find people"), self.left)
        self.search.setObjectName("hours_search")
        self.search.setMaximumWidth(scaled(260))
        self.search.setMinimumWidth(80)
        self.first_edit, self.last_edit = DateEdit(self.left), DateEdit(self.left)
        self.first_edit.setObjectName("hours_first")
        self.last_edit.setObjectName("hours_last")
        self.first_edit.setAccessibleName(self.tr("First day"))
        self.last_edit.setAccessibleName(self.tr("Last day"))
        bar = QHBoxLayout()
        bar.setContentsMargins(24, 12, 12, 12)
        bar.setSpacing(scaled(8))
        bar.addWidget(self.search, 1)
        bar.addStretch(1)
        bar.addWidget(self.first_edit)
        bar.addWidget(TextLabel(self.tr("to"), self.left, step="small", tone="muted"))
        bar.addWidget(self.last_edit)
        self.model = HoursModel(self)
        self.table = HoursTable(self.model, self.left)
        self.empty = EmptyState(
            self.tr("Nobody here yet"),
            self.tr("Hours are counted for the people of the school. Add them under People, or bring in a list."),
            self.left,
        )
        self.nobody = EmptyState(
            self.tr("Nobody found"), self.tr("No name, subject or e-mail address has words that begin so."), self.left
        )
        self.stack = QStackedWidget(self.left)
        for widget in (self.table, self.empty, self.nobody):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self.left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.stack, 1)
        self.view = StatementView(self.core, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.left, 54)
        row.addWidget(self.view, 46)
        self.view.setMinimumWidth(_LEAST)

    def _connect(self) -> None:
        self.search.textEdited.connect(self._on_typed)
        self.search.left_downwards.connect(self._on_left_search)
        self.first_edit.dateChanged.connect(self._on_typed)
        self.last_edit.dateChanged.connect(self._on_typed)
        self.table.selected.connect(self._on_selected)
        self.rules_button.clicked.connect(self._on_rules)
        self.check_button.clicked.connect(self._on_check)
        self.view.add_asked.connect(self._on_add)
        self.view.edit_asked.connect(self._on_edit)
        self.view.delete_asked.connect(self._on_delete)
        self.view.issue_asked.connect(self._on_issue)
        self.view.pdf_asked.connect(self._on_pdf)
        self.view.certificate_asked.connect(self._on_certificate)
        self.view.withdraw_asked.connect(self._on_withdraw)
        self.out.message_posted.connect(self.message_posted)
        self.out.failed.connect(self.failed)
        self.out.busy_changed.connect(self.busy_changed)
