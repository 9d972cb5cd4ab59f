"""Sessions: planning, opening, changing one or all that follow in its series, listing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypedDict, Unpack, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.changes import NOTHING_SEEN, Opened
from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import clean_line
from observe_app.domain.sessions.running import lasted_min
from observe_app.domain.sessions.session import Session
from observe_app.domain.sessions.states import Presence, SessionKind, SessionState

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_LINE = 300
MAX_TEXT = 100_000
MAX_LINK = 2_000
MAX_MINUTES = 600
_LINES = ("title", "place", "zone")
_TEXTS = ("objectives", "notes")
_PEOPLE = ("facilitator_id", "recorder_id", "time_keeper_id")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SHORTEST_ID = 6
_SAFE = ("https://", "http://", "tel:", "sip:", "sips:", "msteams:", "zoommtg:")
"""What a link of a call may begin with; anything else could do something when it is clicked."""


class SessionFields(TypedDict, total=False):
    """What can be changed of a session by typing."""

    group_id: str
    title: str
    kind: str
    start: datetime | None
    minutes: int
    zone: str
    place: str
    link: str
    objectives: str
    notes: str
    facilitator_id: str
    recorder_id: str
    time_keeper_id: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as a list shows it.

    Attributes:
        group: name of its group, "" for none. here: who was there, in full or in part. follow_ups: open ones of it.
    """

    session: Session
    group: str = ""
    here: int = 0
    follow_ups: int = 0


@dataclass(frozen=True, slots=True)
class Present:
    """How long somebody was there. state: "present" or "part"."""

    person_id: str
    minutes: int
    state: str


@dataclass(frozen=True, slots=True)
class Held:
    """A session that was held: on which day of its place, for how many minutes, and who was there for how long."""

    session: Session
    on: date
    minutes: int
    present: tuple[Present, ...]


def checked_fields(fields: SessionFields) -> SessionFields:
    """Return the fields cleaned.

    Raises:
        Invalid: an empty title, an unknown kind, a text too long, a length or start that no session has, or a link
            that is none.
    """
    found: dict[str, Any] = dict(fields)
    for key in _LINES:
        if key in found:
            found[key] = checked_line(key, found[key])
    for key in _TEXTS:
        if key in found:
            found[key] = checked_words(key, found[key])
    if "title" in found and not found["title"]:
        raise Invalid("title", "", "empty")
    if found.get("kind", SessionKind.SESSION) not in set(SessionKind):
        raise Invalid("kind", str(found["kind"])[:40], "unknown")
    if "link" in found:
        found["link"] = checked_link(found["link"])
    minutes, start = found.get("minutes"), found.get("start")
    if minutes is not None and not 1 <= minutes <= MAX_MINUTES:
        raise Invalid("minutes", str(minutes), "out_of_range", f"1–{MAX_MINUTES}")
    if start is not None:
        if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
            raise Invalid("start", start.isoformat(), "out_of_range", f"{_FIRST_YEAR}–{_LAST_YEAR}")
        found["start"] = require_utc(start)
    return cast("SessionFields", found)


def checked_line(field: str, text: str) -> str:
    """Return a text on one line.

    Raises:
        Invalid: it is too long.
    """
    line = clean_line(text)
    if len(line) > MAX_LINE:
        raise Invalid(field, line[:40], "too_long", str(MAX_LINE))
    return line


def checked_words(field: str, text: str) -> str:
    """Return a text of several lines.

    Raises:
        Invalid: it is too long.
    """
    words = clean_note(text)
    if len(words) > MAX_TEXT:
        raise Invalid(field, words[:40], "too_long", str(MAX_TEXT))
    return words


def checked_link(text: str) -> str:
    """Return a link to a call; one without a scheme is taken for a web address.

    Raises:
        Invalid: it is too long, or leads somewhere that is no call.
    """
    link = "".join(clean_line(text).split())
    if not link:
        return ""
    if len(link) > MAX_LINK:
        raise Invalid("link", link[:40], "too_long", str(MAX_LINK))
    if not link.casefold().startswith(_SAFE):
        before = link.partition("/")[0]
        if ":" in before.rpartition(":")[0] or (":" in before and not before.rpartition(":")[2].isdigit()):
            raise Invalid("link", link[:40], "unknown")
        if "." not in before and not before.startswith("localhost"):
            raise Invalid("link", link[:40], "unknown")
        link = f"https://{link}"
    return link


# --- reading ---------------------------------------------------------------------------------------------------------


def get(core: Core, session_id: str) -> Session:
    """Return a session.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.sessions.sessions.get(session_id)


def open_session(core: Core, session_id: str) -> Opened[Session]:
    """Return a session for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.sessions.sessions.get(session_id), unit.seen(("session", session_id)))


def find(core: Core, words: str) -> Session:
    """Return the one session of an id that begins so (six signs at least), or of this title.

    Raises:
        NotFound: there is none. Ambiguous: several fit.
    """
    with core.store.read() as unit:
        known = unit.sessions.sessions.find()
    wanted = clean_line(words).casefold()
    found = [one for one in known if one.title.casefold() == wanted or one.id == wanted]
    if not found and len(wanted) >= _SHORTEST_ID:
        found = [one for one in known if one.id.startswith(wanted) or one.id.endswith(wanted)]
    if not found:
        raise NotFound("session", words)
    if len(found) > 1:
        raise Ambiguous("session", words, tuple(one.id for one in found[:8]))
    return found[0]


def listing(core: Core, *, group_id: str = "", state: str = "") -> tuple[SessionRow, ...]:
    """Return the sessions, of one group and in one state when these are named: those with a day first, the latest last.

    What is planned comes in its order; sort as the page needs it.
    """
    equal: dict[str, Any] = {key: value for key, value in (("group_id", group_id), ("state", state)) if value}
    with core.store.read() as unit:
        found = unit.sessions.sessions.find(**equal)
        names = group_names(unit)
        here: dict[str, int] = {}
        for one in unit.sessions.attendance.find(state=(Presence.PRESENT.value, Presence.PART.value)):
            here[one.session_id] = here.get(one.session_id, 0) + 1
        waiting: dict[str, int] = {}
        for follow_up in unit.sessions.follow_ups.find(status="open"):
            waiting[follow_up.session_id] = waiting.get(follow_up.session_id, 0) + 1
    far = datetime.max.replace(tzinfo=UTC)
    return tuple(
        SessionRow(one, names.get(one.group_id, ""), here.get(one.id, 0), waiting.get(one.id, 0))
        for one in sorted(found, key=lambda one: (one.started or one.start or far, one.created, one.id))
    )


def group_names(unit: ReadUnit) -> dict[str, str]:
    """Return the names of groups by id."""
    return {group.id: group.name for group in unit.groups.groups.find()}


def of_series(unit: ReadUnit, session: Session) -> tuple[Session, ...]:
    """Return the sessions of a session's series in their order; itself where it stands alone."""
    if not session.series_id:
        return (session,)
    found = unit.sessions.sessions.find(series_id=session.series_id)
    return tuple(sorted(found, key=lambda one: (when_of(one), one.id)))


def when_of(session: Session) -> datetime:
    """Return the moment by which sessions are in order: when it was planned for, else when it was; the end of time."""
    return session.start or session.started or datetime.max.replace(tzinfo=UTC)


def running(core: Core) -> tuple[Session, ...]:
    """Return the sessions that run now, the newest first."""
    with core.store.read() as unit:
        found = unit.sessions.sessions.find(state=SessionState.RUNNING.value)
    return tuple(sorted(found, key=when_of, reverse=True))


def upcoming(core: Core, *, since: datetime, until: datetime) -> tuple[SessionRow, ...]:
    """Return what is planned to begin between two moments, the soonest first."""
    rows = listing(core, state=SessionState.PLANNED.value)
    return tuple(one for one in rows if one.session.start is not None and since <= one.session.start < until)


def day_of(session: Session) -> date | None:
    """Return the day on which a session is or was, by the clock of its place; None while no day is set."""
    moment = session.started or session.start
    return moment.astimezone(zone_of(session.zone)).date() if moment is not None else None


def held(core: Core, first: date, last: date) -> tuple[Held, ...]:
    """Return the sessions held from first to last with how long everybody was there, the earliest first.

    Who was there throughout counts as long as the session was; in part, as the minutes that were put in, none where
    nobody did. Apologies and absences are no minutes.
    """
    with core.store.read() as unit:
        found = unit.sessions.sessions.find(state=SessionState.HELD.value)
        marks = unit.sessions.attendance.find(state=(Presence.PRESENT.value, Presence.PART.value))
        turned = unit.people.kept_ids()
    made = []
    for session in sorted(found, key=lambda one: (when_of(one), one.id)):
        day = day_of(session)
        if day is None or not first <= day <= last:
            continue
        long = lasted_min(session)
        present: dict[str, Present] = {}
        for one in marks:
            if one.session_id != session.id:
                continue
            who = turned.get(one.person_id, one.person_id)
            there = Present(who, _minutes(one.state, one.minutes, long), one.state)
            if who not in present or present[who].minutes < there.minutes:  # two that turned out to be one
                present[who] = there
        made.append(Held(session, day, long, tuple(present.values())))
    return tuple(made)


def _minutes(state: str, minutes: int | None, long: int) -> int:
    if minutes is None:
        return long if state == Presence.PRESENT else 0
    return minutes


# --- writing ---------------------------------------------------------------------------------------------------------


def plan(core: Core, **fields: Unpack[SessionFields]) -> Session:
    """Plan a session; it needs a title. Who leads it is whom the group made facilitator, where nobody is named.

    Raises:
        Invalid: as `checked_fields`. NotFound: no such group or person.
    """
    session = made(core, fields)
    with core.store.write("session.plan") as unit:
        session = prepared(unit, session)
        unit.sessions.sessions.add(session)
        unit.commit()
    return session


def made(core: Core, fields: SessionFields) -> Session:
    """Return a planned session that is not kept yet.

    Raises:
        Invalid: as `checked_fields`.
    """
    empty = Session(
        id=core.ids.new(), group_id="", series_id="", rule="", title="", kind=SessionKind.SESSION.value, start=None,
        minutes=60, zone=core.clock.zone_name(), place="", link="", objectives="", notes="",
        state=SessionState.PLANNED.value, started=None, ended=None, facilitator_id="", recorder_id="",
        time_keeper_id="", created=core.clock.now(),
    )  # fmt: skip
    values = checked_fields(cast("SessionFields", {"title": "", **fields}))
    changes: dict[str, Any] = dict(values)
    return replace(empty, **changes)


def prepared(unit: ReadUnit, session: Session) -> Session:
    """Return the session with the people that its group gave these parts, where none is named."""
    check_named(unit, {"group_id": session.group_id, **{key: getattr(session, key) for key in _PEOPLE}})
    if not session.group_id:
        return session
    parts = unit.groups.members.find(group_id=session.group_id)
    for key in _PEOPLE:
        role = key.removesuffix("_id")
        named = next((one.person_id for one in parts if role in one.roles and one.until is None), "")
        if named and not getattr(session, key):
            changes: dict[str, Any] = {key: named}
            session = replace(session, **changes)
    return session


def check_named(unit: ReadUnit, values: dict[str, Any]) -> None:
    """See that the people and the group that are named exist.

    Raises:
        NotFound: one does not.
    """
    if values.get("group_id"):
        unit.groups.groups.get(values["group_id"])
    for key in _PEOPLE:
        if values.get(key):
            unit.people.get(values[key])


def edit(
    core: Core,
    *,
    session_id: str,
    seen: Seen = NOTHING_SEEN,
    following: bool = False,
    **fields: Unpack[SessionFields],
) -> Opened[Session]:
    """Change a session, and with `following` all planned ones that come later in its series, as one action.

    A new start moves the later ones by as many days, to the same time of day on the clock of the place.

    Raises:
        NotFound: no such session, group or person. Invalid: as `checked_fields`.
    """
    values = checked_fields(fields)
    with core.store.write("session.edit_series" if following else "session.edit", seen=seen) as unit:
        before = unit.sessions.sessions.get(session_id)
        check_named(unit, dict(values))
        unit.sessions.sessions.change(session_id, values)
        if "group_id" in values and values["group_id"] != before.group_id:
            regroup(unit, session_id, values["group_id"])
        for later in _later(unit, before) if following else ():
            moved = {key: value for key, value in values.items() if key not in {"notes", "start"}}
            start = values.get("start")
            if start is not None and before.start is not None and later.start is not None:
                moved["start"] = _moved(later.start, before.start, start, later.zone)
            unit.see(unit.seen(("session", later.id)))
            unit.sessions.sessions.change(later.id, moved)
            if "group_id" in moved and moved["group_id"] != later.group_id:
                regroup(unit, later.id, str(moved["group_id"]))
        unit.commit()
    return open_session(core, session_id)


def regroup(unit: Any, session_id: str, group_id: str) -> None:
    """Let what belongs to a session belong to its new group too."""
    for table in (
        unit.sessions.items, unit.sessions.attendance, unit.sessions.follow_ups, unit.groups.resources,
    ):  # fmt: skip
        for one in table.find(session_id=session_id):
            table.change(one.id, {"group_id": group_id})


def _later(unit: ReadUnit, session: Session) -> tuple[Session, ...]:
    return tuple(
        one
        for one in of_series(unit, session)
        if one.id != session.id and one.state == SessionState.PLANNED and when_of(one) > when_of(session)
    )


def _moved(later: datetime, before: datetime, start: datetime, zone_name: str) -> datetime:
    """Return the start of a later session after its forerunner was moved."""
    zone = zone_of(zone_name)
    new, old, own = (one.astimezone(zone) for one in (start, before, later))
    day = own.date() + (new.date() - old.date())
    return datetime(day.year, day.month, day.day, new.hour, new.minute, tzinfo=zone).astimezone(UTC)


def zone_of(name: str) -> ZoneInfo:
    """Return a zone by name, UTC where it is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def cancel(core: Core, *, session_id: str, seen: Seen = NOTHING_SEEN, following: bool = False) -> Session:
    """Say that a session will not be, and with `following` none of the later ones of its series; it stays listed.

    Raises:
        NotFound: no such session. Invalid: it was held already.
    """
    return _set_state(core, "session.cancel", session_id, seen, SessionState.CANCELLED, following=following)


def plan_again(core: Core, *, session_id: str, seen: Seen = NOTHING_SEEN) -> Session:
    """Plan a session again that was cancelled.

    Raises:
        NotFound: no such session. Invalid: it was held already.
    """
    return _set_state(core, "session.again", session_id, seen, SessionState.PLANNED)


def _set_state(
    core: Core, kind: str, session_id: str, seen: Seen, state: SessionState, *, following: bool = False
) -> Session:
    with core.store.write(kind, seen=seen) as unit:
        session = unit.sessions.sessions.get(session_id)
        if session.state in {SessionState.HELD, SessionState.RUNNING}:
            raise Invalid("session", session.title[:40], "taken")
        for one in (session, *(_later(unit, session) if following else ())):
            unit.see(unit.seen(("session", one.id)))
            unit.sessions.sessions.change(one.id, {"state": state.value})
        unit.commit()
        return unit.sessions.sessions.get(session_id)


def delete(core: Core, *, session_id: str, seen: Seen = NOTHING_SEEN, following: bool = False) -> int:
    """Move a session to the bin, and with `following` the later planned ones; return how many. Undo brings all back.

    Raises:
        NotFound: no such session.
    """
    with core.store.write("session.delete", seen=seen) as unit:
        session = unit.sessions.sessions.get(session_id)
        gone = (session, *(_later(unit, session) if following else ()))
        for one in gone:
            unit.see(unit.seen(("session", one.id)))
            unit.sessions.sessions.remove(one.id)
        unit.commit()
    return len(gone)


def ends(session: Session) -> datetime | None:
    """Return when a session is to end, None while no day is set."""
    return session.start + timedelta(minutes=session.minutes) if session.start is not None else None
