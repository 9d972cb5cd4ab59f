"""Visits of a round as files for calendars (.ics), one a person. Who visits whom, when and where; nothing else.

Every visit keeps its id in all files, so that a newer file moves what an older one put in; what was called off goes
out as a cancellation in a file of its own, because a calendar file says one thing only. Moments are in UTC, as
calendars show them in the zone of whoever looks. icalendar is imported in the function that needs it: only an export
pays for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app import __version__
from observe_app.domain.errors import Invalid
from observe_app.domain.rounds.round import PairingState
from observe_app.services.exchange.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from observe_app.domain.people import Person
    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core

_SHOWN = frozenset(
    {"on", "start_min", "end_min", "room", "building", "class_name", "subject", "state", "observer_id", "teacher_id"}
)
_UID = "{pairing}@observe.round"
_ADDRESS = re.compile(r"[^@\s:;,\"<>]+@[^@\s:;,\"<>]+")
_MAX_STEM = 80


@dataclass(frozen=True, slots=True)
class InviteWords:
    """The words of an invitation, in the language of whoever reads it; the names in braces are filled in."""

    summary: str = "{observer} visits {teacher}: {what}"
    plain: str = "{observer} visits {teacher}"
    cancelled: str = "{name} cancelled"


PLAIN = InviteWords()


@dataclass(frozen=True, slots=True)
class Invitations:
    """What was written.

    Attributes:
        files: (id of a person, file). pairings: ids of the visits that were told. untimed: visits without a time yet.
    """

    files: tuple[tuple[str, Path], ...]
    pairings: tuple[str, ...]
    untimed: int = 0


def pairing_uid(pairing_id: str) -> str:
    """Return the id under which calendars know a visit of a round, the same in every file of it."""
    return _UID.format(pairing=pairing_id)


def moment_of(day: date, minute: int, zone: str) -> datetime:
    """Return the moment, in UTC, of a time on the wall of a zone; one that is not known is this computer's."""
    plain = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001  (a wall time)
    try:
        return plain.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return plain.astimezone().astimezone(UTC)


def invitation_bytes(
    core: Core, round_id: str, *, person_id: str = "", cancelled: bool = False, words: InviteWords = PLAIN
) -> bytes:
    """Return the calendar file of the visits of a round.

    Args:
        core: the open data folder.
        round_id: the round.
        person_id: only visits that this person observes or is observed in; "" all of them.
        cancelled: those that were called off, as cancellations.
        words: in which it is written.

    Raises:
        NotFound: no such round or person. Invalid: no visit of it has a time.
    """
    with core.store.read() as unit:
        zone = unit.rounds.rounds.get(round_id).zone
        found = [one for one in unit.rounds.pairings.find(round_id=round_id) if _fits(one, person_id, cancelled)]
        if not found:
            raise Invalid("visits", "", "empty")
        people = {one.id: one for one in unit.people.all(archived=True)}
        changed = {}
        for one in found:
            history = unit.journal.of_record("pairing", one.id)
            changed[one.id] = len({action.id for action, change in history.changes if change.column in _SHOWN})
        me = core.settings.get().me_id or ""
    return _calendar(core, found, people, changed, zone, people.get(me), cancelled=cancelled, words=words)


def export_invitations(
    core: Core, *, round_id: str, folder: Path, people: Iterable[str] | None = None, words: InviteWords = PLAIN
) -> Invitations:
    """Write a calendar file for each person into a folder, and one more for what was called off.

    Args:
        core: the open data folder.
        round_id: the round.
        folder: is there already; files of the same name are replaced.
        people: ids of who gets one; None for everybody who has a visit.
        words: in which it is written.

    Raises:
        NotFound: no such round. Invalid: no visit has a time. ExportFailed: the folder does not take them.
    """
    with core.store.read() as unit:
        unit.rounds.rounds.get(round_id)
        pairings = unit.rounds.pairings.find(round_id=round_id)
        names = {one.id: one.name for one in unit.people.all(archived=True)}
    timed = [one for one in pairings if one.on is not None]
    those = {who for one in timed for who in one.pair} & (set(people) if people is not None else set(names))
    if not those:
        raise Invalid("visits", "", "empty")
    files: list[tuple[str, Path]] = []
    taken: set[str] = set()
    told: set[str] = set()
    for person_id in sorted(those, key=lambda one: (names.get(one, "").casefold(), one)):
        stem = _stem(names.get(person_id, ""), taken)
        for cancelled in (False, True):
            fitting = [one for one in timed if _fits(one, person_id, cancelled)]
            if not fitting:
                continue
            data = invitation_bytes(core, round_id, person_id=person_id, cancelled=cancelled, words=words)
            name = words.cancelled.format(name=stem) if cancelled else stem
            target = folder / f"{name}.ics"
            write_whole(target, data)
            files.append((person_id, target))
            told |= {one.id for one in fitting if not cancelled}
    untimed = sum(1 for one in pairings if one.on is None and one.counts)
    return Invitations(tuple(files), tuple(sorted(told)), untimed)


def _fits(pairing: Pairing, person_id: str, cancelled: bool) -> bool:  # noqa: FBT001  (of this module alone)
    if pairing.on is None or pairing.start_min is None or pairing.end_min is None:
        return False
    if (pairing.state == PairingState.CANCELLED) is not cancelled:
        return False
    return not person_id or person_id in pairing.pair


def _calendar(
    core: Core,
    found: Sequence[Pairing],
    people: dict[str, Person],
    changed: dict[str, int],
    zone: str,
    me: Person | None,
    *,
    cancelled: bool,
    words: InviteWords,
) -> bytes:
    from icalendar import Calendar, Event, vCalAddress  # noqa: PLC0415

    def address(person: Person | None) -> vCalAddress | None:
        if person is None or not _ADDRESS.fullmatch(person.email):
            return None
        made = vCalAddress(f"mailto:{person.email}")
        made.params["CN"] = person.name.replace('"', "'")
        return made

    organizer = address(me)
    calendar = Calendar()
    calendar.add("prodid", f"-//Observe//Observe {__version__}//EN")
    calendar.add("version", "2.0")
    # An invitation needs somebody who invites; without an address it is a notice.
    calendar.add("method", "CANCEL" if cancelled else "REQUEST" if organizer is not None else "PUBLISH")
    now = core.clock.now().replace(microsecond=0)
    for one in found:
        event = Event()
        event.add("uid", pairing_uid(one.id))
        event.add("sequence", changed[one.id])
        event.add("dtstamp", now)
        assert one.on is not None  # noqa: S101  (asked in `_fits`)
        event.add("dtstart", moment_of(one.on, one.start_min or 0, zone))
        event.add("dtend", moment_of(one.on, one.end_min or 0, zone))
        event.add("summary", _summary(one, people, words))
        if place := ", ".join(part for part in (one.room, one.building) if part):
            event.add("location", place)
        event.add("class", "PRIVATE")
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        if organizer is not None:
            event.add("organizer", organizer)
            for who in one.pair:
                attendee = address(people.get(who))
                if attendee is not None:
                    event.add("attendee", attendee)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _summary(pairing: Pairing, people: dict[str, Person], words: InviteWords) -> str:
    what = ", ".join(part for part in (pairing.class_name, pairing.subject) if part)
    observer, teacher = (people[who].name if who in people else "–" for who in pairing.pair)
    return (words.summary if what else words.plain).format(observer=observer, teacher=teacher, what=what)


def _stem(name: str, taken: set[str]) -> str:
    """Return a name that every file system takes, another one for a second person of that name."""
    plain = re.sub(r"[^\w\-. ]", "-", name)[:_MAX_STEM].strip(" .-") or "person"
    found, number = plain, 2
    while found.casefold() in taken:
        found, number = f"{plain} {number}", number + 1
    taken.add(found.casefold())
    return found
