"""Replies that arrived and that nobody here has opened, as rows of Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.errors import NotFound
from observe_app.services import replies, visits
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import local, time_words
from observe_app.ui.two_line_row import TwoLineRow
from observe_app.ui.widgets import Button, ButtonSize

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from observe_app.domain.reply import Reply
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core


def arrived(core: Core) -> tuple[tuple[Reply, Visit], ...]:
    """Return visits with a reply that nobody here has opened, each with the newest one; none of the bin."""
    found: dict[str, tuple[Reply, Visit]] = {}
    for reply in replies.unseen(core):
        if reply.visit_id in found:
            continue
        try:
            visit = visits.get(core, reply.visit_id)
        except NotFound:
            continue
        if not visit.deleted:
            found[visit.id] = (reply, visit)
    return tuple(found.values())


def reply_row(core: Core, reply: Reply, visit: Visit, today: date, parent: QWidget) -> TwoLineRow:
    """Return a row that says who replied to which visit, with a button that opens it."""
    translate = QCoreApplication.translate
    zone = core.clock.zone_name()
    lead = ""
    if reply.at is not None:
        day = local(reply.at, zone).date()
        lead = time_words(reply.at, zone) if day == today else short_date(day)
    button = Button(translate("TodayReplies", "Read"), parent, size=ButtonSize.SMALL)
    button.setObjectName("read_arrived")
    button.setProperty("visit", visit.id)
    row = TwoLineRow(
        visit.teacher or translate("TodayReplies", "Teacher not named yet"),
        visit.class_line,
        _words(reply) or _about(visit),
        parent,
        lead=lead or translate("TodayReplies", "New"),
        button=button,
    )
    row.setObjectName("arrived_reply")
    row.setProperty("visit", visit.id)
    return row


def _words(reply: Reply) -> str:
    """Return the first words that the teacher wrote, as a quotation."""
    texts = (reply.overall, *(point.text for point in reply.points))
    said = next((" ".join(text.split()) for text in texts if text.strip()), "")
    return QCoreApplication.translate("TodayReplies", "“{words}”").format(words=said) if said else ""


def _about(visit: Visit) -> str:
    moment = visit.started or visit.start
    if moment is None:
        return QCoreApplication.translate("TodayReplies", "Replied to your visit")
    day = short_date(local(moment, visit.zone).date())
    return QCoreApplication.translate("TodayReplies", "Replied to your visit of {day}").format(day=day)
