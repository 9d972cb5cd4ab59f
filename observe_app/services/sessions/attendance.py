"""Who was at a session: all with one act, in part with minutes, with apologies, not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.ids import natural_id
from observe_app.domain.sessions.session import Attendance
from observe_app.domain.sessions.states import Presence
from observe_app.services.sessions.sessions import MAX_MINUTES, checked_line, day_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.people import Person
    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_HERE = frozenset({Presence.PRESENT, Presence.PART})


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who is expected or was there. mark: None while nobody said. member: of the session's group that day."""

    person: Person
    mark: Attendance | None = None
    member: bool = True


def sheet(core: Core, session_id: str) -> tuple[Line, ...]:
    """Return everybody expected or marked, by name: the group's people of that day and whoever else was put down.

    Raises:
        NotFound: no such session.
    """
    with core.store.read() as unit:
        return sheet_in(unit, unit.sessions.sessions.get(session_id), core)


def sheet_in(unit: ReadUnit, session: Session, core: Core) -> tuple[Line, ...]:
    """Return the same in a unit that is open."""
    from observe_app.services.groups.groups import members  # noqa: PLC0415  (only sessions of groups need them)

    own = members(core, session.group_id, on=day_of(session)) if session.group_id else ()
    known = {person.id: Line(person) for person in own}
    people = {person.id: person for person in unit.people.all(archived=True, merged=True)}
    for mark in unit.sessions.attendance.find(session_id=session.id):
        if mark.person_id in people:
            person = unit.people.kept(people[mark.person_id])
            known[person.id] = Line(person, mark, person.id in known)
    return tuple(sorted(known.values(), key=lambda one: (one.person.name.casefold(), one.person.id)))


def mark(
    core: Core,
    *,
    session_id: str,
    person_id: str,
    state: str,
    minutes: int | None = None,
    note: str = "",
) -> Attendance:
    """Say whether somebody is there; minutes only for those who are. What was said before is answered by it.

    Raises:
        NotFound: no such session or person. Invalid: an unknown state, minutes out of range or of somebody not there.
    """
    _check(state, minutes)
    with core.store.write("session.attend") as unit:
        session = unit.sessions.sessions.get(session_id)
        unit.people.get(person_id)
        unit.see(unit.seen(("attendance", attendance_id(session_id, person_id))))
        kept = unit.sessions.attendance.put(_mark(session, person_id, state, minutes, checked_line("note", note)))
        unit.commit()
    return kept


def unmark(core: Core, *, session_id: str, person_id: str) -> None:
    """Say nothing of somebody any more; undo brings back what was said.

    Raises:
        NotFound: nothing was.
    """
    with core.store.write("session.attend") as unit:
        found = attendance_id(session_id, person_id)
        unit.see(unit.seen(("attendance", found)))
        unit.sessions.attendance.remove(found)
        unit.commit()


def all_present(core: Core, *, session_id: str, person_ids: Iterable[str] = ()) -> int:
    """Put down everybody expected of whom nothing is said yet, and those named, as there; return how many. One action.

    Raises:
        NotFound: no such session or person.
    """
    lines = sheet(core, session_id)
    wanted = [one.person.id for one in lines if one.mark is None]
    wanted += [one for one in person_ids if one not in wanted]
    with core.store.write("session.attend_all") as unit:
        session = unit.sessions.sessions.get(session_id)
        for person_id in wanted:
            unit.people.get(person_id)
            unit.see(unit.seen(("attendance", attendance_id(session_id, person_id))))
            unit.sessions.attendance.put(_mark(session, person_id, Presence.PRESENT.value, None, ""))
        unit.commit()
    return len(wanted)


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """Return how many are in each state; "" for those of whom nothing is said."""
    found = dict.fromkeys(("", *(state.value for state in Presence)), 0)
    for line in lines:
        found[line.mark.state if line.mark is not None else ""] += 1
    return found


def attendance_id(session_id: str, person_id: str) -> str:
    """Return the id of somebody's attendance, the same on every computer."""
    return natural_id("attendance", session_id, person_id)


def _mark(session: Session, person_id: str, state: str, minutes: int | None, note: str) -> Attendance:
    return Attendance(
        attendance_id(session.id, person_id), session.id, session.group_id, person_id, state, minutes, note
    )


def _check(state: str, minutes: int | None) -> None:
    if state not in set(Presence):
        raise Invalid("attendance", state[:40], "unknown")
    if minutes is None:
        return
    if state not in _HERE or not 0 <= minutes <= MAX_MINUTES:
        raise Invalid("minutes", str(minutes), "out_of_range", f"0–{MAX_MINUTES}")
