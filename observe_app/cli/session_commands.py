"""`session …`: plan, list and show sessions, their lines, attendance and follow-ups; run them; minutes, calendar."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from observe_app.cli import output, session_out_commands
from observe_app.cli.parts import add, group
from observe_app.cli.people_commands import person_meant
from observe_app.cli.session import opened
from observe_app.cli.visit_commands import aware, local, short_id

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.domain.sessions.session import FollowUp, Session, SessionItem
    from observe_app.services.core import Core
    from observe_app.services.sessions.sessions import SessionFields

_EVERY = ("weekly", "fortnightly", "monthly")
_STATES = ("planned", "running", "held", "cancelled")
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_PRESENCE = ("present", "part", "apologies", "absent")


def add_to(commands: Commands) -> None:
    """Add the commands."""
    found = group(commands, "session", "plan sessions of a group, run them and write them down")
    _plan(found)
    _write_down(found)
    session_out_commands.add_to(found)


def _plan(found: Commands) -> None:
    one = add(found, "new", "plan a session, or a series of them, and print its id", new)
    one.add_argument("title", metavar="TITLE")
    _fields(one)
    one.add_argument("--every", choices=_EVERY, help="make a series of it, without holidays")
    one.add_argument("--count", type=int, default=0, help="how many sessions in all")
    one.add_argument("--until", type=_day, metavar="DATE", help="no session after this day")
    one.add_argument("--agenda", metavar="LINE", action="append", default=[], help='"Two clips 20"; may be repeated')
    one = add(found, "edit", "change a session, or all that follow in its series", edit)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("--title", metavar="TEXT")
    _fields(one)
    one.add_argument("--following", action="store_true", help="and all later ones of its series")
    one = add(found, "list", "list sessions, the earliest first", listing)
    one.add_argument("--group", metavar="NAME", help="only of this group")
    one.add_argument("--state", choices=_STATES, help="only these")
    one = add(found, "show", "show a session with all that was written down", show)
    one.add_argument("session", metavar="SESSION", help="its title, or six signs of its id")
    for name, text, run in (
        ("cancel", "say that a session will not be", cancel),
        ("delete", "move a session to the bin; undo in the window brings it back", delete),
    ):
        one = add(found, name, text, run)
        one.add_argument("session", metavar="SESSION")
        one.add_argument("--following", action="store_true", help="and all later ones of its series")


def _fields(one: argparse.ArgumentParser) -> None:
    one.add_argument("--group", metavar="NAME", help="whose session it is")
    one.add_argument("--start", metavar="ISO", type=_moment, help="such as 2026-03-12T15:30, in this computer's zone")
    one.add_argument("--minutes", type=int, help="planned length (60)")
    one.add_argument("--place", metavar="TEXT")
    one.add_argument("--link", metavar="URL", help="of the call")
    one.add_argument("--objectives", metavar="TEXT", help="what it is for")
    one.add_argument("--kind", choices=("session", "meeting"))
    one.add_argument("--facilitator", metavar="NAME")
    one.add_argument("--recorder", metavar="NAME")
    one.add_argument("--time-keeper", metavar="NAME")


def _write_down(found: Commands) -> None:
    one = add(found, "item", "add a line to the agenda, the parking lot or the decisions", item)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("title", metavar="TEXT", help='of the agenda with its minutes at the end: "Two clips 20"')
    one.add_argument("--kind", choices=("agenda", "parking", "decision"), default="agenda")
    one.add_argument("--minutes", type=int)
    one.add_argument("--person", metavar="NAME", help="who leads it or brought it in")
    one = add(found, "attend", "say who was there; everybody else of the group with --all", attend)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("person", metavar="NAME", nargs="*")
    one.add_argument("--state", choices=_PRESENCE, default="present")
    one.add_argument("--minutes", type=int, help="how long they were there")
    one.add_argument("--all", action="store_true", help="everybody of whom nothing is said yet was there")
    one = add(found, "follow-up", "write down what somebody will do, or that it is done", follow_up)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("text", metavar="TEXT", nargs="?", default="")
    one.add_argument("--owner", metavar="NAME")
    one.add_argument("--due", type=_day, metavar="DATE")
    one.add_argument("--done", metavar="ID", help="of a follow-up that `session show` lists")
    one = add(found, "note", "put a line under the facilitator's notes", note)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("text", metavar="TEXT")
    for name, text, run in (
        ("start", "begin a session and its first line", start),
        ("next", "go to the next line of the agenda", next_line),
        ("clock", "say what the clock of a session shows", clock),
    ):
        add(found, name, text, run).add_argument("session", metavar="SESSION")
    one = add(found, "stop", "end a session, or say that it was held", stop)
    one.add_argument("session", metavar="SESSION")
    one.add_argument("--minutes", type=int, help="how long it really was")


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901  (only its year is looked at)
    if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:  # the ends of the calendar have no other time zone
        raise argparse.ArgumentTypeError(f"“{text}” is no date and time; write it like 2026-03-12T15:30")
    return moment


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write it like 2026-03-12") from None


# --- planning --------------------------------------------------------------------------------------------------------


def _given(core: Core, arguments: Namespace) -> SessionFields:
    from observe_app.services.groups.groups import by_name  # noqa: PLC0415  (help and usage need no services)
    from observe_app.services.sessions.sessions import SessionFields, checked_fields  # noqa: PLC0415

    fields: SessionFields = SessionFields()
    for key in ("title", "minutes", "place", "link", "objectives", "kind"):
        value = getattr(arguments, key)
        if value is not None:
            fields[key] = value
    if arguments.start is not None:
        fields["start"] = aware(core, arguments.start)
    checked_fields(fields)
    if arguments.group is not None:
        fields["group_id"] = by_name(core, arguments.group).id if arguments.group else ""
    return fields


def _with_roles(core: Core, arguments: Namespace, fields: SessionFields) -> SessionFields:
    """Return the fields with who does what; somebody new is added, and so only once all else is fine."""
    from observe_app.domain.errors import NotFound  # noqa: PLC0415
    from observe_app.services import people  # noqa: PLC0415

    for role in ("facilitator", "recorder", "time_keeper"):
        name = getattr(arguments, role)
        if name is None:
            continue
        try:
            person_id = person_meant(core, name).id if name else ""
        except NotFound:
            person_id = people.ensure(core, name).id
        fields[f"{role}_id"] = person_id  # type: ignore[literal-required]
    return fields


def new(arguments: Namespace) -> int:
    """Plan a session, or a series."""
    from observe_app.services.sessions import items, series, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        fields = _given(core, arguments)
        left_out: tuple[date, ...] = ()
        for line in arguments.agenda:
            items.checked_lines(line)
        if arguments.every:
            series.check_series(core, every=arguments.every, count=arguments.count, last=arguments.until, **fields)
        else:
            sessions.made(core, fields)
        fields = _with_roles(core, arguments, fields)
        if arguments.every:
            made = series.plan_series(
                core, every=arguments.every, count=arguments.count, last=arguments.until, **fields
            )
            found, left_out = made.sessions, made.left_out
        else:
            found = (sessions.plan(core, **fields),)
        for one in found if arguments.agenda else ():
            items.add_lines(core, session_id=one.id, text="\n".join(arguments.agenda))
    if arguments.json:
        output.say_json({"session": found[0].id, "sessions": [one.id for one in found], "left_out": _days(left_out)})
    else:
        for one in found:
            output.say(one.id)
        if left_out:
            output.say(f"Holidays left out: {', '.join(_days(left_out))}")
    return 0


def _days(days: tuple[date, ...]) -> list[str]:
    return [day.isoformat() for day in days]


def edit(arguments: Namespace) -> int:
    """Change a session."""
    from observe_app.services.sessions import sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        seen = sessions.open_session(core, found.id).seen
        fields = _with_roles(core, arguments, _given(core, arguments))
        after = sessions.edit(core, session_id=found.id, seen=seen, following=arguments.following, **fields).value
    _say(arguments, {"session": after.id}, after.title)
    return 0


def cancel(arguments: Namespace) -> int:
    """Cancel a session."""
    from observe_app.services.sessions import sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        sessions.cancel(core, session_id=found.id, following=arguments.following)
    _say(arguments, {"session": found.id}, f"Cancelled: {found.title}")
    return 0


def delete(arguments: Namespace) -> int:
    """Move a session to the bin."""
    from observe_app.services.sessions import sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        gone = sessions.delete(core, session_id=found.id, following=arguments.following)
    _say(arguments, {"session": found.id, "deleted": gone}, f"In the bin: {gone}")
    return 0


def _say(arguments: Namespace, value: Any, line: str) -> None:
    if arguments.json:
        output.say_json(value)
    else:
        output.say(line)


# --- reading ---------------------------------------------------------------------------------------------------------


def listing(arguments: Namespace) -> int:
    """List sessions."""
    from observe_app.services.groups.groups import by_name  # noqa: PLC0415
    from observe_app.services.sessions import sessions  # noqa: PLC0415

    with opened(arguments) as core:
        group_id = by_name(core, arguments.group).id if arguments.group else ""
        rows = sessions.listing(core, group_id=group_id, state=arguments.state or "")
    if arguments.json:
        output.say_json(
            [
                _session(row.session) | {"group": row.group, "here": row.here, "open_follow_ups": row.follow_ups}
                for row in rows
            ]
        )
    elif not rows:
        output.say("No sessions.")
    else:
        output.say_table(
            ("SESSION", "START", "MIN", "STATE", "HERE", "GROUP", "TITLE"),
            [
                (
                    short_id(row.session.id),
                    local(row.session.started or row.session.start, row.session.zone),
                    str(row.session.minutes),
                    row.session.state,
                    str(row.here or ""),
                    row.group,
                    row.session.title,
                )
                for row in rows
            ],
        )
    return 0


def _session(one: Session) -> dict[str, Any]:
    from observe_app.services.exchange.visit_json import moment  # noqa: PLC0415

    return {
        "id": one.id, "title": one.title, "kind": one.kind, "state": one.state, "series": one.series_id,
        "start": moment(one.start), "minutes": one.minutes, "zone": one.zone, "place": one.place, "link": one.link,
        "started": moment(one.started), "ended": moment(one.ended),
    }  # fmt: skip


def _item(one: SessionItem) -> dict[str, Any]:
    return {
        "id": one.id, "kind": one.kind, "title": one.title, "text": one.text, "minutes": one.minutes,
        "spent_s": one.spent_s, "done": one.done,
    }  # fmt: skip


def _follow_up(one: FollowUp, owner: str) -> dict[str, Any]:
    due = one.due.isoformat() if one.due is not None else None
    return {"id": one.id, "text": one.text, "owner": owner, "due": due, "status": one.status}


def show(arguments: Namespace) -> int:
    """Show a session."""
    from observe_app.services.sessions import attendance, follow_ups, items, series, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        lines = items.of_session(core, found.id)
        sheet = attendance.sheet(core, found.id)
        promised = follow_ups.of_session(core, found.id)
        carried = series.carried(core, found.id)
    if arguments.json:
        output.say_json(
            _session(found)
            | {
                "objectives": found.objectives,
                "notes": found.notes,
                "items": [_item(one) for one in lines],
                "planned_min": items.planned_min(lines),
                "attendance": [
                    {
                        "person": one.person.name,
                        "state": one.mark.state if one.mark is not None else None,
                        "minutes": one.mark.minutes if one.mark is not None else None,
                    }
                    for one in sheet
                ],
                "follow_ups": [_follow_up(row.follow_up, row.owner) for row in promised],
                "carried": {
                    "parking": [_item(one) for one in carried.parking],
                    "follow_ups": [_follow_up(one, "") for one in carried.follow_ups],
                },
            }
        )
        return 0
    output.say(f"{found.title} ({short_id(found.id)}), {found.state}")
    output.say(
        f"  {local(found.started or found.start, found.zone) or 'no day yet'}, {found.minutes} min {found.place}"
    )
    for one in lines:
        long = f" ({one.minutes} min)" if one.minutes is not None else ""
        output.say(f"  {one.kind}: {one.title}{long}")
    for line in sheet:
        output.say(f"  {line.mark.state if line.mark is not None else 'expected'}: {line.person.name}")
    for row in promised:
        promise = row.follow_up
        output.say(f"  follow-up {short_id(promise.id)}, {promise.status}: {promise.text} {row.owner}".rstrip())
    for one in carried.parking:
        output.say(f"  still parked: {one.title}")
    return 0


# --- writing down ----------------------------------------------------------------------------------------------------


def item(arguments: Namespace) -> int:
    """Add a line."""
    from observe_app.services.sessions import items, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        title, minutes_of = arguments.title, arguments.minutes
        if arguments.kind == "agenda" and minutes_of is None:
            title, minutes_of = items.split_minutes(title)
        person = person_meant(core, arguments.person).id if arguments.person else ""
        one = items.add(
            core, session_id=found.id, kind=arguments.kind, title=title, minutes=minutes_of, person_id=person
        )
    _say(arguments, {"item": one.id, "minutes": one.minutes}, one.id)
    return 0


def attend(arguments: Namespace) -> int:
    """Say who was there."""
    from observe_app.services.sessions import attendance, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        known = [person_meant(core, name).id for name in arguments.person]
        for person_id in known:
            attendance.mark(
                core, session_id=found.id, person_id=person_id, state=arguments.state, minutes=arguments.minutes
            )
        if arguments.all:
            attendance.all_present(core, session_id=found.id)
        counts = attendance.counts(attendance.sheet(core, found.id))
    told = {name or "unsaid": number for name, number in counts.items()}
    _say(arguments, told, ", ".join(f"{name}: {number}" for name, number in told.items() if number) or "Nobody.")
    return 0


def follow_up(arguments: Namespace) -> int:
    """Write down a follow-up, or close one."""
    from observe_app.domain.errors import NotFound  # noqa: PLC0415
    from observe_app.services.sessions import follow_ups, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        if arguments.done:
            rows = follow_ups.of_session(core, found.id)
            ids = [row.follow_up.id for row in rows if arguments.done in (row.follow_up.id, short_id(row.follow_up.id))]
            if not ids:
                raise NotFound("follow-up", arguments.done)
            seen = follow_ups.open_follow_up(core, ids[0]).seen
            kept = follow_ups.edit(core, follow_up_id=ids[0], seen=seen, status="done").value
        else:
            owner = person_meant(core, arguments.owner).id if arguments.owner else ""
            kept = follow_ups.add(core, session_id=found.id, text=arguments.text, owner_id=owner, due=arguments.due)
    _say(arguments, {"follow_up": kept.id, "status": kept.status}, kept.id)
    return 0


def note(arguments: Namespace) -> int:
    """Put a line under the notes."""
    from observe_app.services.sessions import running, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        kept = running.add_note(core, session_id=found.id, text=arguments.text)
    _say(arguments, {"session": kept.id}, kept.notes.splitlines()[-1])
    return 0


def start(arguments: Namespace) -> int:
    """Begin a session."""
    from observe_app.services.sessions import running, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        running.start(core, session_id=found.id)
        _say_clock(core, arguments, found.id)
    return 0


def next_line(arguments: Namespace) -> int:
    """Go to the next line."""
    from observe_app.services.sessions import running, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        running.next_item(core, session_id=found.id)
        _say_clock(core, arguments, found.id)
    return 0


def clock(arguments: Namespace) -> int:
    """Say what the clock shows."""
    from observe_app.services.sessions import sessions  # noqa: PLC0415

    with opened(arguments) as core:
        _say_clock(core, arguments, sessions.find(core, arguments.session).id)
    return 0


def _say_clock(core: Core, arguments: Namespace, session_id: str) -> None:
    from observe_app.services.sessions import running  # noqa: PLC0415

    now = running.read(core, session_id)
    title = now.item.title if now.item is not None else None
    following = now.following.title if now.following is not None else None
    told = {
        "session_s": now.session_s, "item": title, "item_s": now.item_s, "left_s": now.left_s, "next": following,
        "behind_s": now.behind_s,
    }  # fmt: skip
    left = "" if now.left_s is None else f", {now.left_s // 60} min left" if now.left_s >= 0 else ", over time"
    _say(
        arguments, told, f"{now.session_s // 60} min: {title or 'no line is on'}{left}; next: {following or 'nothing'}"
    )


def stop(arguments: Namespace) -> int:
    """End a session."""
    from observe_app.domain.sessions.running import lasted_min  # noqa: PLC0415
    from observe_app.services.sessions import running, sessions  # noqa: PLC0415

    with opened(arguments) as core:
        found = sessions.find(core, arguments.session)
        if found.state == "running" and arguments.minutes is None:
            done = running.stop(core, session_id=found.id)
        else:
            done = running.hold(core, session_id=found.id, minutes=arguments.minutes)
    _say(arguments, {"session": done.id, "minutes": lasted_min(done)}, f"{done.title}: {lasted_min(done)} min")
    return 0
