"""States, attendance, times and clocks of sessions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.sessions.states import Presence, SessionState
from observe_app.ui.i18n import time_of_day
from observe_app.ui.moments import day_words, list_date, local, time_words

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.sessions.session import Session


def state_name(state: str) -> str:
    """Return where a session stands, "" for one that is planned."""
    tr = QCoreApplication.translate
    return {
        SessionState.RUNNING.value: tr("sessions", "running"),
        SessionState.HELD.value: tr("sessions", "held"),
        SessionState.CANCELLED.value: tr("sessions", "cancelled"),
    }.get(state, "")


def presence_name(state: str) -> str:
    """Return whether somebody was there; "" where nobody said."""
    tr = QCoreApplication.translate
    return {
        Presence.PRESENT.value: tr("sessions", "present"),
        Presence.PART.value: tr("sessions", "in part"),
        Presence.APOLOGIES.value: tr("sessions", "apologies"),
        Presence.ABSENT.value: tr("sessions", "not there"),
    }.get(state, "")


def when_words(session: Session, today: date, *, near: bool = False) -> str:
    """Return day and time of a session: "Thu 12 Mar, 15:30"; `near`: with "today" and "tomorrow"."""
    moment = session.started or session.start
    if moment is None:
        return QCoreApplication.translate("sessions", "No day yet")
    there = local(moment, session.zone)
    day = day_words(there.date(), today) if near else list_date(there.date(), today)
    words = QCoreApplication.translate("sessions", "{day}, {time}")
    return words.format(day=day[:1].upper() + day[1:], time=time_words(moment, session.zone))


def span_words(session: Session, today: date) -> str:
    """Return day, begin and end of a session, such as "Thu 12 Mar, 15:30" and the end behind a dash."""
    begun = when_words(session, today)
    end = session.ended
    if end is None and session.start is not None and session.started is None:
        from observe_app.services.sessions.sessions import ends  # noqa: PLC0415  (loaded by whoever shows sessions)

        end = ends(session)
    if end is None:
        return begun
    return f"{begun}–{time_of_day(local(end, session.zone).time())}"


def clock_words(seconds: int) -> str:
    """Return a time as clocks show it: "4:05", "1:04:05"."""
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def minutes_words(minutes: int) -> str:
    """Return a number of minutes: "20 min"."""
    return QCoreApplication.translate("sessions", "{n} min").format(n=minutes)
