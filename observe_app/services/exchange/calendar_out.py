"""A visit as a file for calendars (.ics). Nothing that is confidential goes into it.

The moments are written in UTC: a visit happens once, and a calendar shows it in the zone of whoever looks at it, also
in the night when clocks change. icalendar is imported in the function that needs it: only an export pays for it.
"""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from observe_app import __version__
from observe_app.domain.errors import Invalid
from observe_app.services import visits
from observe_app.services.exchange.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

_SHOWN = frozenset({"start", "minutes", "room", "class_name", "subject", "focus", "deleted"})
_UID = "{visit}@observe.visit"


def visit_uid(visit_id: str) -> str:
    """Return the id under which calendars know a visit, the same in every file of it."""
    return _UID.format(visit=visit_id)


def calendar_bytes(core: Core, visit_id: str, *, summary: str = "Visit", with_focus: bool = False) -> bytes:
    """Return the calendar file of a visit.

    Args:
        core: the open data folder.
        visit_id: the visit.
        summary: the word for a visit in the person's language; the class stands behind it, no name does.
        with_focus: with what the observer looks for, as the description; only where the person asks for it.

    Raises:
        NotFound: no such visit. Invalid: it has no date and time yet.
    """
    from icalendar import Calendar, Event  # noqa: PLC0415

    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
        history = unit.journal.of_record("visit", visit_id)
    if visit.start is None:
        raise Invalid("start", "", "empty")
    event = Event()
    event.add("uid", visit_uid(visit_id))
    event.add("sequence", len({action.id for action, change in history.changes if change.column in _SHOWN}))
    event.add("dtstamp", core.clock.now().replace(microsecond=0))
    start = visit.start.astimezone(UTC).replace(microsecond=0)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=visit.minutes))
    event.add("summary", _summary(visit, summary))
    if visit.room:
        event.add("location", visit.room)
    event.add("class", "PRIVATE")
    if with_focus and visit.focus:
        event.add("description", visit.focus)
    calendar = Calendar()
    calendar.add("prodid", f"-//Observe//Observe {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def export_calendar(
    core: Core, *, visit_id: str, target: Path, summary: str = "Visit", with_focus: bool = False
) -> Visit:
    """Write the calendar file of a visit; what stood there before stands until it is whole.

    Raises:
        NotFound: no such visit. Invalid: it has no date and time yet. ExportFailed: it cannot be written.
    """
    write_whole(target, calendar_bytes(core, visit_id, summary=summary, with_focus=with_focus))
    return visits.get(core, visit_id)


def _summary(visit: Visit, word: str) -> str:
    what = ", ".join(part for part in (visit.class_name, visit.subject) if part)
    return f"{word}: {what}" if what else word
