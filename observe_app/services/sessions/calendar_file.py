"""Sessions as a file for calendars (.ics), with the link of the call. Nothing that is confidential goes into it.

Title, place, link and time: no names, notes, agenda or objectives. A series goes out as one event each, which every
calendar understands, or as one rule with its exceptions, which one can move as a whole. icalendar is imported in the
functions that need it: only an export pays for it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from observe_app import __version__
from observe_app.domain.errors import Invalid
from observe_app.domain.sessions import series as rules
from observe_app.domain.sessions.series import Every, Rule
from observe_app.domain.sessions.states import SessionState
from observe_app.services.exchange.files import write_whole
from observe_app.services.sessions.sessions import of_series, zone_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_SHOWN = frozenset({"start", "minutes", "place", "title", "link", "state", "deleted", "zone"})
_UID = "{session}@observe.session"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def session_uid(session_id: str) -> str:
    """Return the id under which calendars know a session, the same in every file of it."""
    return _UID.format(session=session_id)


def calendar_bytes(core: Core, session_id: str, *, series: bool = False, as_rule: bool = False) -> bytes:
    """Return the calendar file of a session, or of its whole series.

    Args:
        core: the open data folder.
        session_id: the session.
        series: with all sessions of its series that have a day.
        as_rule: those that follow the rule as one event with exceptions; a session that was changed stays alone.

    Raises:
        NotFound: no such session. Invalid: it has no date and time yet.
    """
    from icalendar import Calendar  # noqa: PLC0415

    with core.store.read() as unit:
        session = unit.sessions.sessions.get(session_id)
        told = [one for one in (of_series(unit, session) if series else (session,)) if one.start is not None]
        if session.start is None:
            raise Invalid("start", "", "empty")
        changed = {one.id: _sequence(unit, one.id) for one in told}
    calendar = Calendar()
    calendar.add("prodid", f"-//Observe//Observe {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    now = core.clock.now().replace(microsecond=0)
    in_rule: frozenset[str] = frozenset()
    rule = next((found for one in told if (found := Rule.from_json(one.rule)) is not None), None)
    if series and as_rule and rule is not None:
        first = next(one for one in told if one.rule)
        days = _days(first, rule, told)
        in_rule = frozenset(one.id for one in told if _follows(one, first, days))
        event = _event(first, now, max(changed.values()))
        _repeat(event, first, rule, days, [one for one in told if one.id in in_rule])
        calendar.add_component(event)
    for one in told:
        if one.id not in in_rule:
            calendar.add_component(_event(one, now, changed[one.id]))
    if in_rule:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def export_calendar(core: Core, *, session_id: str, target: Path, series: bool = False, as_rule: bool = False) -> int:
    """Write the calendar file; what stood there before stands until it is whole. Return the bytes written.

    Raises:
        NotFound: no such session. Invalid: it has no date and time yet. ExportFailed: it cannot be written.
    """
    data = calendar_bytes(core, session_id, series=series, as_rule=as_rule)
    write_whole(target, data)
    return len(data)


def _sequence(unit: ReadUnit, session_id: str) -> int:
    history = unit.journal.of_record("session", session_id)
    return len({action.id for action, change in history.changes if change.column in _SHOWN})


def _event(session: Session, now: datetime, sequence: int) -> Any:
    from icalendar import Event  # noqa: PLC0415

    assert session.start is not None  # noqa: S101  (asked before)
    event = Event()
    event.add("uid", session_uid(session.id))
    event.add("sequence", sequence)
    event.add("dtstamp", now)
    start = session.start.astimezone(UTC).replace(microsecond=0)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=session.minutes))
    event.add("summary", session.title)
    if session.place or session.link:
        event.add("location", session.place or session.link)
    if session.link:
        event.add("url", session.link)
        event.add("conference", session.link, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
        event.add("description", session.link)
    event.add("class", "PRIVATE")
    if session.state == SessionState.CANCELLED:
        event.add("status", "CANCELLED")
    return event


# --- one rule --------------------------------------------------------------------------------------------------------


def _local(session: Session) -> datetime:
    assert session.start is not None  # noqa: S101  (asked before)
    return session.start.astimezone(zone_of(session.zone)).replace(microsecond=0)


def _days(first: Session, rule: Rule, told: Sequence[Session]) -> tuple[date, ...]:
    """Return every day that the rule names up to the last session, those without one too."""
    begin = _local(first).date()
    last = max((_local(one).date() for one in told), default=begin)
    if last <= begin:
        return (begin,)
    every, _none = rules.days(begin, Rule(rule.every, last=last), lambda _day: True)
    return every


def _follows(one: Session, first: Session, days: Sequence[date]) -> bool:
    """Tell whether a session is what the rule says it is: day, time of day, length, title, place and link."""
    there, begin = _local(one), _local(first)
    same = (one.minutes, one.title, one.place, one.link, one.zone) == (
        first.minutes, first.title, first.place, first.link, first.zone,
    )  # fmt: skip
    return same and there.time() == begin.time() and there.date() in days and one.state != SessionState.CANCELLED


def _repeat(event: Any, first: Session, rule: Rule, days: Sequence[date], following: Sequence[Session]) -> None:
    """Let an event recur on the days of the sessions that follow the rule."""
    begin = _local(first)
    del event["dtstart"], event["dtend"]
    event.add("dtstart", begin)
    event.add("dtend", begin + timedelta(minutes=first.minutes))
    recurs: dict[str, Any] = {"freq": "monthly" if rule.every is Every.MONTHLY else "weekly"}
    if rule.every is Every.FORTNIGHTLY:
        recurs["interval"] = 2
    if rule.every is Every.MONTHLY:
        number = (begin.day - 1) // 7 + 1
        recurs["byday"] = f"{-1 if number > 4 else number}{_WEEKDAYS[begin.weekday()]}"
    until = datetime.combine(days[-1], begin.time(), begin.tzinfo).astimezone(UTC)
    event.add("rrule", {**recurs, "until": until})
    there = {_local(one).date() for one in following}
    for day in days:
        if day not in there:
            event.add("exdate", datetime.combine(day, begin.time(), begin.tzinfo))
