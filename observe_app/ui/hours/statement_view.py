"""One person's hours beside the list: the sum, every line, how it was counted, certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.hours import HoursKind
from observe_app.ui.hours.model import LinesModel, LinesTable
from observe_app.ui.hours.words import kind_name, rule_words, time_words
from observe_app.ui.moments import list_date, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ElidedLabel,
    Plane,
    ScrollPane,
    SectionHead,
    TextLabel,
)
from observe_app.ui.widgets.flow import FlowRow
from observe_app.ui.widgets.layout import Rule, clear_layout

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from observe_app.domain.hours import Certificate, HoursEntry
    from observe_app.services.core import Core
    from observe_app.services.learning.hours import Statement

_LOW = 250


class CertificateRow(QWidget):
    """A certificate: its number, when and what for, what can be done.

    Signals:
        pdf_asked, withdraw_asked: of this certificate.
    """

    pdf_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, certificate: Certificate, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.certificate = certificate
        today = today_of(core.clock)
        if certificate.withdrawn is not None:
            words = self.tr("withdrawn {date}: {why}").format(
                date=list_date(certificate.withdrawn.date(), today), why=certificate.why
            )
        else:
            words = self.tr("{time}, issued {date}").format(
                time=time_words(certificate.minutes), date=list_date(certificate.issued.date(), today)
            )
        gone = certificate.withdrawn is not None
        number = TextLabel(certificate.number, self, weight=600, tabular=True)
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words = ElidedLabel(
            words, self, step="small", tone="warm" if gone else "muted", mode=Qt.TextElideMode.ElideRight
        )
        self.pdf_button = Button(self.tr("PDF"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.pdf_button.setAccessibleName(self.tr("{number} as PDF").format(number=certificate.number))
        self.withdraw_button = Button(self.tr("Withdraw"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.withdraw_button.setAccessibleName(self.tr("Withdraw {number}").format(number=certificate.number))
        self.withdraw_button.setVisible(not gone)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(number)
        text.addWidget(self.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 5)
        row.setSpacing(scaled(10))
        row.addLayout(text, 1)
        row.addWidget(self.pdf_button)
        row.addWidget(self.withdraw_button)
        self.pdf_button.clicked.connect(self._on_pdf)
        self.withdraw_button.clicked.connect(self._on_withdraw)

    @Slot()
    def _on_pdf(self) -> None:
        self.pdf_asked.emit(self.certificate)

    @Slot()
    def _on_withdraw(self) -> None:
        self.withdraw_asked.emit(self.certificate)


class EntryRow(QWidget):
    """Time put in by hand: changed or taken away.

    Signals:
        edit_asked, delete_asked: of this entry.
    """

    edit_asked = Signal(object)
    delete_asked = Signal(object)

    def __init__(self, entry: HoursEntry, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        day = list_date(entry.on, today_of(core.clock))
        words = self.tr("{day}, {time}: {what}").format(day=day, time=time_words(entry.minutes), what=entry.what)
        self.words = ElidedLabel(words, self, step="small", mode=Qt.TextElideMode.ElideRight)
        change, take = self.tr("Change: {what}"), self.tr("Take away: {what}")
        self.edit_button = Button(
            "",
            self,
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="pencil",
            name=change.format(what=entry.what),
        )
        self.delete_button = Button(
            "",
            self,
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="trash-2",
            name=take.format(what=entry.what),
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.words, 1)
        row.addWidget(self.edit_button)
        row.addWidget(self.delete_button)
        self.edit_button.clicked.connect(self._on_edit)
        self.delete_button.clicked.connect(self._on_delete)

    @Slot()
    def _on_edit(self) -> None:
        self.edit_asked.emit(self.entry)

    @Slot()
    def _on_delete(self) -> None:
        self.delete_asked.emit(self.entry)


class StatementView(Plane):
    """Shows a statement.

    Signals:
        pdf_asked, add_asked, issue_asked: of the person shown.
        edit_asked, delete_asked: a `HoursEntry`. certificate_asked, withdraw_asked: a `Certificate`.
    """

    pdf_asked = Signal()
    add_asked = Signal()
    issue_asked = Signal()
    edit_asked = Signal(object)
    delete_asked = Signal(object)
    certificate_asked = Signal(object)
    withdraw_asked = Signal(object)

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("statement_view")
        self._core = core
        self.statement: Statement | None = None
        self._build()
        self.pdf_button.clicked.connect(self.pdf_asked)
        self.add_button.clicked.connect(self.add_asked)
        self.issue_button.clicked.connect(self.issue_asked)

    def show_statement(
        self, found: Statement | None, entries: tuple[HoursEntry, ...], issued: tuple[Certificate, ...]
    ) -> None:
        """Show somebody's hours; None shows nobody."""
        self.statement = found
        self._whole.setVisible(found is not None)
        if found is None:
            return
        self.name.setText(found.person.name)
        self.sum.setText(self.tr("{time} in all").format(time=time_words(found.minutes)))
        sums = found.by_kind
        self.kinds.setText(
            " · ".join(f"{kind_name(kind)} {time_words(sums[kind])}" for kind in HoursKind if kind in sums)
        )
        self.kinds.setVisible(bool(sums))
        self.lines.show_lines(found.lines)
        self.nothing.setVisible(not found.lines)
        self.table.setVisible(bool(found.lines))
        told = [rule_words(found.rules[kind]) for kind in found.rules if kind in sums]
        self.rules.setText(" ".join(told))
        self.rules.setVisible(bool(told))
        self.issue_button.set_disabled_because("" if found.minutes > 0 else self.tr("Nothing counts in these days"))
        self._show_rows(entries, issued)

    def _show_rows(self, entries: tuple[HoursEntry, ...], issued: tuple[Certificate, ...]) -> None:
        clear_layout(self._rows)
        for entry in entries:
            made = EntryRow(entry, self._core, self._low)
            made.edit_asked.connect(self.edit_asked)
            made.delete_asked.connect(self.delete_asked)
            self._rows.addWidget(made)
        if issued:
            self._rows.addSpacing(scaled(8))
            head = SectionHead(self.tr("Certificates"), str(len(issued)), self._low, step="body", rule="line")
            self._rows.addWidget(head)
        for one in issued:
            row = CertificateRow(one, self._core, self._low)
            row.pdf_asked.connect(self.certificate_asked)
            row.withdraw_asked.connect(self.withdraw_asked)
            self._rows.addWidget(row)
            self._rows.addWidget(Rule(self._low))
        self._low.setVisible(bool(entries or issued))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Rows came or went: the part with them is as high as they are, up to a third of the page."""
        if watched is self._low.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit_low()
        return super().eventFilter(watched, event)

    def _fit_low(self) -> None:
        inside = self._low.widget()
        if inside is not None:
            self._low.setFixedHeight(min(inside.sizeHint().height() + 2, scaled(_LOW), max(self.height() // 3, 96)))

    def _build(self) -> None:
        self._whole = QWidget(self)
        self.name = ElidedLabel("", self, step="heading", weight=600)
        self.sum = TextLabel("", self, step="heading", weight=600, tone="accent", tabular=True)
        self.kinds = TextLabel("", self, step="small", tone="muted", wrap=True, tabular=True)
        self.lines = LinesModel(self._core, self)
        self.table = LinesTable(self.lines, self)
        self.nothing = TextLabel(
            self.tr("Nothing counts in these days: no session, visit or conversation, and no time added by hand."),
            self,
            tone="muted",
            wrap=True,
        )
        self.rules = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.privacy = TextLabel(
            self.tr("Days and minutes only; nothing that was written in a visit."),
            self,
            step="small",
            tone="muted",
            wrap=True,
        )
        head = QHBoxLayout()
        head.setSpacing(scaled(12))
        head.addWidget(self.name, 1)
        head.addWidget(self.sum)
        self._low = ScrollPane(self, plane="side", margin=0)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._low.body.setContentsMargins(0, 0, 14, 0)
        self._low.body.addLayout(self._rows)
        self._low.body.addStretch(1)
        content = self._low.widget()
        if content is not None:
            content.installEventFilter(self)
        inside = QVBoxLayout(self._whole)
        inside.setContentsMargins(24, 18, 24, 14)
        inside.setSpacing(scaled(8))
        inside.addLayout(head)
        inside.addWidget(self.kinds)
        inside.addWidget(self._acts())
        inside.addWidget(self.nothing)
        inside.addWidget(self.table, 1)
        inside.addStretch(0)  # where there is no table the foot stays a foot, the head a head
        inside.addWidget(self.rules)
        inside.addWidget(self.privacy)
        inside.addWidget(self._low)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._whole)

    def _acts(self) -> FlowRow:
        self.pdf_button = Button(self.tr("Statement"), self, size=ButtonSize.SMALL, icon="file-down")
        self.pdf_button.setObjectName("statement_pdf")
        self.add_button = Button(self.tr("Add time"), self, size=ButtonSize.SMALL, icon="plus")
        self.add_button.setObjectName("hours_add")
        self.issue_button = Button(self.tr("Certificate"), self, size=ButtonSize.SMALL, icon="award")
        self.issue_button.setToolTip(self.tr("Issue a certificate over these hours"))
        self.issue_button.setObjectName("hours_issue")
        acts = FlowRow(self._whole)
        policy = acts.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)  # two lines of buttons are higher than its hint
        acts.setSizePolicy(policy)
        for button in (self.issue_button, self.pdf_button, self.add_button):
            acts.add(button)
        return acts
