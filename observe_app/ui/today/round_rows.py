"""Visits of rounds that wait for the person: theirs to make, and theirs to receive; a row each on Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.services.rounds import reminders
from observe_app.services.rounds.reminders import Part
from observe_app.ui.groups.tab_base import ROUNDS, GroupsTarget
from observe_app.ui.i18n import short_date
from observe_app.ui.rounds.words import span_words, where_words
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.services.rounds.reminders import Reminder


def waiting(core: Core) -> tuple[Reminder, ...]:
    """Return the visits of open rounds that Today does not show as visits anyway: not made yet, or overdue."""
    return tuple(one for one in reminders.of_me(core) if one.late or not one.visit_id)


def round_row(one: Reminder, page: QWidget) -> tuple[TwoLineRow, Button]:
    """Return the row of a reminder and its button; both carry the property "target" of where they lead."""
    tr = QCoreApplication.translate
    if one.part is Part.OBSERVER:
        who = tr("TodayRounds", "You visit {name}").format(name=one.other)
    else:
        who = tr("TodayRounds", "{name} visits you").format(name=one.other)
    pairing = one.pairing
    lead = short_date(pairing.on) if pairing.on is not None else tr("TodayRounds", "No time yet")
    late = tr("TodayRounds", "has not taken place yet") if one.late else ""
    parts = (late, span_words(pairing.start_min, pairing.end_min), where_words(pairing))
    button = Button(tr("TodayRounds", "Look"), page, size=ButtonSize.SMALL)
    row = TwoLineRow(
        who, one.round_title, " · ".join(part for part in parts if part), page, lead=lead, button=button, warn=one.late
    )
    row.setObjectName("round_row")
    for part in (row, button):
        part.setProperty("target", GroupsTarget(ROUNDS, pairing.round_id, pairing.id))
    return row, button
