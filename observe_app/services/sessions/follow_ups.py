"""Follow-ups: what somebody promised in a session, by when, and whether it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import NOTHING_SEEN, Opened
from observe_app.domain.errors import Invalid
from observe_app.domain.sessions.session import FollowUp
from observe_app.domain.sessions.states import FollowUpStatus
from observe_app.services.sessions.sessions import checked_words, day_of, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.changes import Seen
    from observe_app.domain.people import Person
    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_WORDS = 20_000
SOON = timedelta(days=14)
"""What is due within this time, or has no day, is shown as due."""
_LEAST_NAME = 2


class FollowUpFields(TypedDict, total=False):
    """What can be changed of a follow-up."""

    text: str
    owner_id: str
    due: date | None
    status: str


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A follow-up as a list shows it: who does it, and in which session on which day it was promised."""

    follow_up: FollowUp
    owner: str = ""
    session: str = ""
    on: date | None = None


def of_session(core: Core, session_id: str) -> tuple[FollowUpRow, ...]:
    """Return what was promised in a session, in its order."""
    with core.store.read() as unit:
        found = unit.sessions.follow_ups.find(session_id=session_id, order="position")
        names = names_of(unit)
    return tuple(FollowUpRow(one, names.get(one.owner_id, "")) for one in found)


def names_of(unit: ReadUnit) -> dict[str, str]:
    """Return everybody's name by id; of who turned out to be somebody else, that one's."""
    found = {person.id: person.name for person in unit.people.all(archived=True, merged=True)}
    return found | {one: found[kept] for one, kept in unit.people.kept_ids().items() if kept in found}


def due_of(core: Core, person_id: str = "", *, within: timedelta = SOON) -> tuple[FollowUpRow, ...]:
    """Return what is open and due soon, overdue, or without a day: of one person, of everybody for "".

    The soonest first; what has no day comes last.
    """
    today = core.clock.now().astimezone(zone_of(core.clock.zone_name())).date()
    with core.store.read() as unit:
        found = unit.sessions.follow_ups.find(status=FollowUpStatus.OPEN.value)
        sessions: dict[str, Session] = {one.id: one for one in unit.sessions.sessions.find()}
        names, turned = names_of(unit), unit.people.kept_ids()
    rows = []
    for one in found:
        session = sessions.get(one.session_id)
        if person_id and turned.get(one.owner_id, one.owner_id) != person_id:
            continue
        if (one.session_id and session is None) or (one.due is not None and one.due > today + within):
            continue  # its session lies in the bin, or there is time
        rows.append(
            FollowUpRow(
                one,
                names.get(one.owner_id, ""),
                session.title if session is not None else "",
                day_of(session) if session is not None else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.follow_up.due or date.max, row.follow_up.created)))


def open_follow_up(core: Core, follow_up_id: str) -> Opened[FollowUp]:
    """Return a follow-up for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.sessions.follow_ups.get(follow_up_id), unit.seen(("follow_up", follow_up_id)))


def add(
    core: Core,
    *,
    text: str,
    session_id: str = "",
    goal_id: str = "",
    owner_id: str = "",
    due: date | None = None,
) -> FollowUp:
    """Write down what somebody promises, in a session or for a goal.

    Raises:
        NotFound: no such session or person. Invalid: no words, or too many.
    """
    words = _words(text)
    with core.store.write("follow_up.add") as unit:
        session = unit.sessions.sessions.get(session_id) if session_id else None
        if owner_id:
            unit.people.get(owner_id)
        there = unit.sessions.follow_ups.find(session_id=session_id, order="position") if session_id else ()
        kept = FollowUp(
            core.ids.new(), session_id, session.group_id if session is not None else "", goal_id, words, owner_id,
            due, FollowUpStatus.OPEN.value, None, there[-1].position + 1 if there else 0.0, core.clock.now(),
        )  # fmt: skip
        unit.sessions.follow_ups.add(kept)
        unit.commit()
    return kept


def edit(
    core: Core, *, follow_up_id: str, seen: Seen = NOTHING_SEEN, **fields: Unpack[FollowUpFields]
) -> Opened[FollowUp]:
    """Change a follow-up.

    Raises:
        NotFound: no such follow-up or person. Invalid: no words, too many, or an unknown status.
    """
    values: dict[str, object] = dict(fields)
    if "text" in fields:
        values["text"] = _words(fields["text"])
    kind = "follow_up.edit"
    if "status" in fields:
        if fields["status"] not in set(FollowUpStatus):
            raise Invalid("status", fields["status"][:40], "unknown")
        is_open = fields["status"] == FollowUpStatus.OPEN
        values["closed"] = None if is_open else core.clock.now()
        kind = "follow_up.reopen" if is_open else "follow_up.close"
    with core.store.write(kind, seen=seen) as unit:
        if fields.get("owner_id"):
            unit.people.get(fields["owner_id"])
        unit.sessions.follow_ups.change(follow_up_id, values)
        unit.commit()
    return open_follow_up(core, follow_up_id)


def delete(core: Core, *, follow_up_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Move a follow-up to the bin; undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("follow_up.delete", seen=seen) as unit:
        unit.sessions.follow_ups.remove(follow_up_id)
        unit.commit()


def split_owner(line: str, people: Iterable[Person]) -> tuple[str, str]:
    """Return owner id and text of a line as it is typed: "Mei: collect exit tickets"; "" for nobody.

    The name may be begun only, as long as it fits one person; else the line stays whole.
    """
    name, colon, rest = line.partition(":")
    wanted = " ".join(name.split()).casefold()
    if not colon or not rest.strip() or len(wanted) < _LEAST_NAME:
        return "", line.strip()
    every = tuple(people)
    found = [one for one in every if one.name.casefold() == wanted]
    if not found:
        found = [
            one
            for one in every
            if one.name.casefold().startswith(wanted)
            or any(part.casefold().startswith(wanted) for part in one.name.split())
        ]
    return (found[0].id, rest.strip()) if len(found) == 1 else ("", line.strip())


def _words(text: str) -> str:
    words = checked_words("follow_up", text)
    if not words:
        raise Invalid("follow_up", "", "empty")
    if len(words) > MAX_WORDS:
        raise Invalid("follow_up", words[:40], "too_long", str(MAX_WORDS))
    return words
