"""Visits of rounds that wait for the person: theirs to make, and theirs to receive; a row each on Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot

from observe_app.services.rounds import reminders
from observe_app.services.rounds.reminders import Part
from observe_app.ui.groups.tab_base import ROUNDS, GroupsTarget
from observe_app.ui.i18n import short_date
from observe_app.ui.rounds.words import span_words, where_words
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize, SectionHead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.services.rounds.reminders import Reminder

_MOST = 5


class RoundRows(QObject):
    """Rows that lead to a visit of a round.

    Signals:
        asked: the `GroupsTarget` of the row that was opened.
    """

    asked = Signal(object)

    def __init__(self, core: Core, page: QWidget) -> None:
        super().__init__(page)
        self._core, self._page = core, page
        self._waiting: tuple[Reminder, ...] = ()

    def load(self) -> bool:
        """Ask what waits: what Today does not show as a visit anyway, because it is not made yet or overdue."""
        found = reminders.of_me(self._core)
        self._waiting = tuple(one for one in found if one.late or not one.visit_id)
        return bool(self._waiting)

    def fill(self, add: Callable[[QWidget, int], None]) -> list[TwoLineRow]:
        """Add what waits under its head; return the rows."""
        if not self._waiting:
            return []
        head = QCoreApplication.translate("TodayRounds", "Visits of a round")
        add(SectionHead(head, str(len(self._waiting)), self._page), 26)
        rows = [self._row(one) for one in self._waiting[:_MOST]]
        for row in rows:
            add(row, 0)
        return rows

    def _row(self, one: Reminder) -> TwoLineRow:
        tr = QCoreApplication.translate
        visiting, visited = tr("TodayRounds", "You visit {name}"), tr("TodayRounds", "{name} visits you")
        words = visiting if one.part is Part.OBSERVER else visited
        pairing = one.pairing
        lead = short_date(pairing.on) if pairing.on is not None else tr("TodayRounds", "No time yet")
        late = tr("TodayRounds", "has not taken place yet") if one.late else ""
        second = " · ".join(
            part for part in (late, span_words(pairing.start_min, pairing.end_min), where_words(pairing)) if part
        )
        button = Button(tr("TodayRounds", "Look"), self._page, size=ButtonSize.SMALL)
        row = TwoLineRow(
            words.format(name=one.other), one.round_title, second, self._page, lead=lead, button=button, warn=one.late
        )
        row.setObjectName("round_row")
        for part in (row, button):
            part.setProperty("target", GroupsTarget(ROUNDS, pairing.round_id, pairing.id))
        row.opened.connect(self._on_opened)
        button.clicked.connect(self._on_opened)
        return row

    @Slot()
    def _on_opened(self) -> None:
        target = self.sender().property("target")
        if isinstance(target, GroupsTarget):
            self.asked.emit(target)
