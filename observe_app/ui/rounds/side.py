"""Beside the board: the visit that is chosen, what could not be met and why, who was not visited yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from observe_app.domain.rounds.board import Reached
from observe_app.domain.rounds.report import Ended
from observe_app.ui.rounds.words import (
    clash_sentence,
    reached_icon,
    reached_word,
    reason_sentence,
    shortfall_sentence,
    when_words,
    where_words,
)
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize, Plane, ScrollPane, SectionHead, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from observe_app.domain.rounds.board import BoardRow
    from observe_app.domain.rounds.check import Clash
    from observe_app.domain.rounds.report import Report

_REASONS = 4
_NOT_YET = 60
_SHORT = 40


@dataclass(frozen=True, slots=True)
class SideData:
    """What the side tells of.

    Attributes:
        names: of everybody, by id. rows: the visits. report: of the last plan, None before one.
        clashes: what the visits that count break now. missing: ids of those without a timetable.
    """

    names: dict[str, str] = field(default_factory=dict)
    rows: tuple[BoardRow, ...] = ()
    report: Report | None = None
    clashes: tuple[Clash, ...] = ()
    missing: tuple[str, ...] = ()


class RoundSide(Plane):
    """The side of a round.

    Signals:
        lock_asked, move_asked, swap_asked, cancel_asked, again_asked, open_asked, history_asked: id of a pairing.
        chosen: id of a pairing that the board is to show. import_asked: timetables are to be brought in.
        week_asked: id of whose week is to be typed in.
    """

    lock_asked = Signal(str)
    move_asked = Signal(str)
    swap_asked = Signal(str)
    cancel_asked = Signal(str)
    again_asked = Signal(str)
    open_asked = Signal(str)
    history_asked = Signal(str)
    chosen = Signal(str)
    import_asked = Signal()
    week_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("side", parent)
        self.setObjectName("round_side")
        self._data = SideData()
        self._ids: tuple[str, ...] = ()
        self.pane = ScrollPane(self, plane="side", margin=18)
        self.pane.body.setSpacing(10)
        self._visits = QVBoxLayout()
        self._visits.setSpacing(8)
        self._rest = QVBoxLayout()
        self._rest.setSpacing(8)
        self.pane.body.addLayout(self._visits)
        self.pane.body.addLayout(self._rest)
        self.pane.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pane)

    def show_data(self, data: SideData) -> None:
        """Show a round's side as it stands."""
        self._data = data
        self._show_visits()
        self._show_rest()

    def show_visits(self, ids: tuple[str, ...]) -> None:
        """Show the visits of a cell; () for none."""
        if ids != self._ids:
            self._ids = ids
            self._show_visits()
            self.pane.verticalScrollBar().setValue(0)

    # --- the visit ----------------------------------------------------------------------------------------------------

    def _show_visits(self) -> None:
        clear_layout(self._visits)
        rows = [row for row in self._data.rows if row.pairing.id in self._ids]
        for row in rows:
            self._visits.addWidget(self._visit(row))

    def _visit(self, row: BoardRow) -> QWidget:
        holder = QWidget(self)
        holder.setObjectName("visit_detail")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 10)
        column.setSpacing(4)
        one, names = row.pairing, self._data.names
        head = self.tr("{observer} visits {teacher}").format(
            observer=names.get(one.observer_id, "–"), teacher=names.get(one.teacher_id, "–")
        )
        column.addWidget(TextLabel(head, holder, step="body", weight=600, wrap=True))
        column.addWidget(TextLabel(when_words(one), holder, tabular=True, wrap=True))
        if where := where_words(one):
            column.addWidget(TextLabel(where, holder, step="small", tone="muted", wrap=True))
        state = reached_word(row.reached)
        if one.locked:
            state = self.tr("{state}, locked where it is").format(state=state)
        tone = "warm" if row.reached is Reached.LATE else "muted"
        column.addWidget(TextLabel(state, holder, step="small", tone=tone, weight=600, wrap=True))
        if one.why:
            column.addWidget(TextLabel(one.why, holder, step="small", tone="muted", wrap=True))
        for clash in self._data.clashes:
            if one.id in clash.visits:
                column.addWidget(TextLabel(clash_sentence(clash, names), holder, step="small", tone="warm", wrap=True))
        column.addSpacing(4)
        column.addWidget(self._acts(row, holder))
        return holder

    def _acts(self, row: BoardRow, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        grid.setColumnStretch(2, 1)
        one = row.pairing
        acts: list[tuple[str, str, str]] = []
        done = row.reached in {Reached.VISITED, Reached.TALKED}
        if row.reached is Reached.CANCELLED:
            acts.append(("again", self.tr("Plan it again"), "rotate-ccw"))
        elif not done:
            locked = one.locked
            acts.append(("lock", self.tr("Unlock") if locked else self.tr("Lock"), "lock-open" if locked else "lock"))
            acts.append(("move", self.tr("Move"), "calendar"))
            acts.append(("swap", self.tr("Swap"), "arrow-left-right"))
            acts.append(("cancel", self.tr("Cancel"), "x"))
        if one.visit_id:
            acts.append(("open", self.tr("Open the visit"), "notebook-text"))
        acts.append(("history", self.tr("History"), "history"))
        for number, (name, text, icon) in enumerate(acts):
            button = Button(text, holder, size=ButtonSize.SMALL, icon=icon)
            button.setObjectName(f"visit_{name}")
            button.setProperty("pairing", one.id)
            button.setProperty("act", name)
            button.clicked.connect(self._on_act)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            grid.addWidget(button, number // 2, number % 2)
        return holder

    def _act(self, name: str, pairing_id: str) -> None:
        signals = {
            "lock": self.lock_asked,
            "move": self.move_asked,
            "swap": self.swap_asked,
            "cancel": self.cancel_asked,
            "again": self.again_asked,
            "open": self.open_asked,
            "history": self.history_asked,
        }
        signals[name].emit(pairing_id)

    @Slot()
    def _on_act(self) -> None:
        button = self.sender()
        if button is not None:
            self._act(str(button.property("act")), str(button.property("pairing")))

    # --- the round ----------------------------------------------------------------------------------------------------

    def _show_rest(self) -> None:
        clear_layout(self._rest)
        data = self._data
        if data.report is not None:
            self._show_report(data.report)
        loose = [one for one in data.clashes if one.visits]
        if loose:
            self._show_clashes(loose)
        if data.missing:
            self._show_missing()
        self._show_not_yet()

    def _show_report(self, report: Report) -> None:
        done = report.found >= report.wanted
        head = self.tr("The plan") if done else self.tr("What could not be met")
        counts = self.tr("{found} of {wanted}").format(found=report.found, wanted=report.wanted)
        self._rest.addWidget(SectionHead(head, counts, self, step="text", rule="line"))
        self._say(self._how(report), "muted")
        wishes = (
            (report.subject_met, self.tr("the wish about subjects")),
            (report.partner_met, self.tr("the wish about partners")),
        )
        for met, words in wishes:
            if met is not None and met < report.found:
                told = self.tr("{n} of {total} visits meet {wish}.")
                self._say(told.format(n=met, total=report.found, wish=words), "muted")
        for short in report.shortfalls[:_SHORT]:
            self._say(shortfall_sentence(short, self._data.names), "ink", weight=600)
            for reason in short.reasons[:_REASONS]:
                self._say(f"– {reason_sentence(reason, short.possible)}", "muted")

    def _how(self, report: Report) -> str:
        if report.ended is Ended.BEST:
            words = self.tr("No plan does better.")
        elif report.ended is Ended.STOPPED:
            words = self.tr("The best plan found until you stopped. “Plan again” looks further from here.")
        else:
            words = self.tr("A good plan, though a better one may exist. “Plan again” looks further from here.")
        return words

    def _show_clashes(self, clashes: list[Clash]) -> None:
        words = self.tr("Clashes now")
        self._rest.addWidget(SectionHead(words, str(len(clashes)), self, step="text", rule="line"))
        for clash in clashes[:_SHORT]:
            self._say(clash_sentence(clash, self._data.names), "warm")

    def _show_missing(self) -> None:
        count = str(len(self._data.missing))
        self._rest.addWidget(SectionHead(self.tr("No timetable"), count, self, step="text", rule="line"))
        for one in self._data.missing[:_SHORT]:
            name = self._data.names.get(one, "–")
            row = TwoLineRow(name, "", self.tr("type in the week"), self, icon="pencil")
            row.setProperty("person", one)
            row.setObjectName("missing_row")
            row.opened.connect(self._on_week)
            self._rest.addWidget(row)
        button = Button(self.tr("Bring in timetables"), self, size=ButtonSize.SMALL, icon="upload")
        button.setObjectName("side_import")
        button.clicked.connect(self.import_asked)
        self._rest.addWidget(button)

    def _show_not_yet(self) -> None:
        waiting = {Reached.OPEN, Reached.PLANNED, Reached.LATE}
        rows = [row for row in self._data.rows if row.reached in waiting]
        if not self._data.rows:
            return
        self._rest.addWidget(SectionHead(self.tr("Not yet visited"), str(len(rows)), self, step="text", rule="line"))
        if not rows:
            self._say(self.tr("Every visit that is planned has taken place."), "muted")
        rows.sort(key=lambda row: (row.pairing.on is None, str(row.pairing.on), row.pairing.start_min or 0))
        for row in rows[:_NOT_YET]:
            one = row.pairing
            pair = self.tr("{observer} → {teacher}").format(
                observer=self._data.names.get(one.observer_id, "–"), teacher=self._data.names.get(one.teacher_id, "–")
            )
            made = TwoLineRow(pair, "", when_words(one), self, icon=reached_icon(row.reached))
            made.setProperty("pairing", one.id)
            made.opened.connect(self._on_chosen)
            self._rest.addWidget(made)
        if len(rows) > _NOT_YET:
            self._say(self.tr("and {n} more").format(n=len(rows) - _NOT_YET), "muted")

    @Slot()
    def _on_week(self) -> None:
        self.week_asked.emit(str(self.sender().property("person")))

    @Slot()
    def _on_chosen(self) -> None:
        row = self.sender()
        if row is not None:
            self.chosen.emit(str(row.property("pairing")))

    def _say(self, words: str, tone: str, *, weight: int = 400) -> None:
        self._rest.addWidget(TextLabel(words, self, step="small", tone=tone, weight=weight, wrap=True))
