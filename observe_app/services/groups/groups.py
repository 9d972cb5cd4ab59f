"""Groups and who has which part in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypedDict, Unpack
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.changes import NOTHING_SEEN, Opened
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.groups.goal import GoalStatus
from observe_app.domain.groups.group import GroupKind, GroupMember, GroupRole, PeerGroup, member_id
from observe_app.domain.note_line import clean_note
from observe_app.domain.people import Person, checked_name, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from observe_app.domain.changes import Seen
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

SHORTEST_ID = 6
"""Signs of an id that may stand for it."""

MAX_LINE = 300
"""Characters of a line such as a measure."""

MAX_WORDS = 20_000
"""Characters of a purpose, of norms, of a note."""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as a list shows it: how many belong to it today, its open goals and those that were reached."""

    group: PeerGroup
    people: int = 0
    goals_open: int = 0
    goals_reached: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a group. `now`: they belong to it today."""

    member: GroupMember
    person: Person
    now: bool = True


class GroupFields(TypedDict, total=False):
    """What can be changed of a group."""

    name: str
    kind: str
    purpose: str
    measure: str
    revisit: date | None
    norms: str
    school_goals: str
    archived: bool


def today(core: Core) -> date:
    """Return the day it is where this computer stands."""
    try:
        zone = ZoneInfo(core.clock.zone_name())
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return core.clock.now().astimezone(zone).date()


def checked_line(field: str, text: str, most: int = MAX_LINE) -> str:
    """Return a text on one line.

    Raises:
        Invalid: it is too long.
    """
    line = clean_line(text)
    if len(line) > most:
        raise Invalid(field, line[:40], "too_long", str(most))
    return line


def checked_words(field: str, text: str, most: int = MAX_WORDS) -> str:
    """Return a text of several lines.

    Raises:
        Invalid: it is too long.
    """
    words = clean_note(text)
    if len(words) > most:
        raise Invalid(field, words[:40], "too_long", str(most))
    return words


def checked_fields(fields: GroupFields) -> GroupFields:
    """Return the fields cleaned.

    Raises:
        Invalid: an empty name, an unknown kind, or a text that is too long.
    """
    found = GroupFields(**fields)
    if "name" in found:
        found["name"] = checked_name(found["name"])
    if "kind" in found and found["kind"] not in set(GroupKind):
        raise Invalid("kind", found["kind"][:40], "unknown")
    if "measure" in found:
        found["measure"] = checked_line("measure", found["measure"])
    for key in ("purpose", "norms", "school_goals"):
        if key in found:
            found[key] = checked_words(key, found[key])
    return found


def add(core: Core, **fields: Unpack[GroupFields]) -> PeerGroup:
    """Make a group; it needs a name.

    Raises:
        Invalid: as `checked_fields`.
    """
    values = checked_fields(fields)
    if "name" not in values:
        raise Invalid("name", "", "empty")
    group = PeerGroup(core.ids.new(), created=core.clock.now(), **values)
    with core.store.write("group.add") as unit:
        unit.groups.groups.add(group)
        unit.commit()
    return group


def get(core: Core, group_id: str) -> PeerGroup:
    """Return a group.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.groups.groups.get(group_id)


def open_group(core: Core, group_id: str) -> Opened[PeerGroup]:
    """Return a group for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.groups.groups.get(group_id), unit.seen(("peer_group", group_id)))


def edit(core: Core, *, group_id: str, seen: Seen = NOTHING_SEEN, **fields: Unpack[GroupFields]) -> Opened[PeerGroup]:
    """Change fields of a group.

    Raises:
        NotFound: no such id. Invalid: as `checked_fields`.
    """
    with core.store.write("group.edit", seen=seen) as unit:
        unit.groups.groups.change(group_id, checked_fields(fields))
        unit.commit()
    return open_group(core, group_id)


def delete(core: Core, *, group_id: str, seen: Seen = NOTHING_SEEN) -> None:
    """Move a group to the bin; what belongs to it stays with it. Undo brings it back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("group.delete", seen=seen) as unit:
        unit.groups.groups.remove(group_id)
        unit.commit()


def listing(core: Core, *, archived: bool = False) -> tuple[GroupRow, ...]:
    """Return the groups by name; those that do not meet any more only when `archived`."""
    day = today(core)
    with core.store.read() as unit:
        groups = [one for one in unit.groups.groups.find() if archived or not one.archived]
        known = _known(unit)
        people: dict[str, set[str]] = {}
        for member in unit.groups.members.find():
            person = _standing(unit, known, member.person_id)
            if person is not None and member.on(day):
                people.setdefault(member.group_id, set()).add(person.id)
        goals = [goal for goal in unit.groups.goals.find() if goal.group_id]
    rows = []
    for group in sorted(groups, key=lambda one: (one.archived, one.name.casefold(), one.id)):
        own = [goal.status for goal in goals if goal.group_id == group.id]
        rows.append(
            GroupRow(group, len(people.get(group.id, ())), own.count(GoalStatus.OPEN), own.count(GoalStatus.REACHED))
        )
    return tuple(rows)


def by_name(core: Core, name: str) -> PeerGroup:
    """Return the one group of this name, or of this id, or whose id begins or ends so.

    Raises:
        NotFound: there is none. Ambiguous: several fit.
    """
    wanted = clean_line(name).casefold()
    with core.store.read() as unit:
        known = unit.groups.groups.find(order="name")
    found = [one for one in known if one.name.casefold() == wanted]
    if not found and len(wanted) >= SHORTEST_ID:
        found = [one for one in known if one.id.startswith(wanted) or one.id.endswith(wanted)]
    if not found:
        raise NotFound("group", name)
    if len(found) > 1:
        raise Ambiguous("group", name, tuple(one.id for one in found))
    return found[0]


# --- who belongs to it -----------------------------------------------------------------------------------------------


def members(core: Core, group_id: str, *, on: date | None = None) -> tuple[Person, ...]:
    """Return who belongs to a group on a day, today when None, by name; nobody for a group that is not there."""
    day = on or today(core)
    return tuple(one.person for one in parts(core, group_id) if one.member.on(day))


def parts(core: Core, group_id: str) -> tuple[Part, ...]:
    """Return everybody's part in a group, those of today first, then those with a role, then by name."""
    day = today(core)
    with core.store.read() as unit:
        known = _known(unit)
        made: dict[str, Part] = {}
        for member in unit.groups.members.find(group_id=group_id):
            person = _standing(unit, known, member.person_id)
            if person is not None and (person.id not in made or member.on(day)):
                made[person.id] = Part(member, person, member.on(day))
    order = list(GroupRole)
    return tuple(
        sorted(
            made.values(),
            key=lambda one: (
                not one.now,
                min((order.index(GroupRole(role)) for role in one.member.roles if role in set(order)), default=99),
                one.person.name.casefold(),
                one.person.id,
            ),
        )
    )


def of_person(core: Core, person_id: str, *, on: date | None = None) -> tuple[PeerGroup, ...]:
    """Return the groups that somebody belongs to on a day, today when None, by name."""
    day = on or today(core)
    with core.store.read() as unit:
        ids = [one.group_id for one in unit.groups.members.find(person_id=person_id) if one.on(day)]
        found = unit.groups.groups.find(id=ids) if ids else ()
    return tuple(sorted((one for one in found if not one.archived), key=lambda one: (one.name.casefold(), one.id)))


def set_member(
    core: Core,
    *,
    group_id: str,
    person_id: str,
    roles: tuple[str, ...] = (),
    since: date | None = None,
    until: date | None = None,
    seen: Seen = NOTHING_SEEN,
) -> GroupMember:
    """Give somebody a part in a group, or change it.

    Raises:
        NotFound: no such group or person. Invalid: an unknown role, or the last day comes before the first.
    """
    member = GroupMember(member_id(group_id, person_id), group_id, person_id, _roles(roles), since, until)
    if since is not None and until is not None and until < since:
        raise Invalid("until", until.isoformat(), "before_start", since.isoformat())
    with core.store.write("group.member", seen=seen) as unit:
        unit.groups.groups.get(group_id)
        unit.people.get(person_id)
        member = replace(member, id=_part_id(unit, group_id, person_id))
        unit.groups.members.put(member)
        unit.commit()
    return member


def add_members(core: Core, *, group_id: str, person_ids: Iterable[str], since: date | None = None) -> int:
    """Let people belong to a group as one action; who does already stays as they are. Return how many came.

    Raises:
        NotFound: no such group or person.
    """
    wanted = tuple(dict.fromkeys(person_ids))
    day = today(core)
    came = 0
    with core.store.write("group.member") as unit:
        unit.groups.groups.get(group_id)
        there = {one.person_id for one in unit.groups.members.find(group_id=group_id) if one.on(day)}
        for person_id in wanted:
            unit.people.get(person_id)
            if person_id not in there:
                unit.groups.members.put(
                    GroupMember(_part_id(unit, group_id, person_id), group_id, person_id, (), since)
                )
                came += 1
        unit.commit()
    return came


def leave(core: Core, *, group_id: str, person_id: str, last_day: date | None = None) -> GroupMember:
    """End somebody's part in a group on a day, today when None; what they did in it stays.

    Raises:
        NotFound: they have no part in it. Invalid: the day comes before their first.
    """
    day = last_day or today(core)
    with core.store.write("group.leave") as unit:
        found = _part_id(unit, group_id, person_id)
        member = unit.groups.members.get(found)
        if member.since is not None and day < member.since:
            raise Invalid("until", day.isoformat(), "before_start", member.since.isoformat())
        unit.see(unit.seen(("group_member", found)))
        member = unit.groups.members.change(found, {"until": day})
        unit.commit()
    return member


def remove_member(core: Core, *, group_id: str, person_id: str) -> None:
    """Take somebody out of a group as if they had never been in it; undo brings them back.

    Raises:
        NotFound: they have no part in it.
    """
    with core.store.write("group.unmember") as unit:
        found = _part_id(unit, group_id, person_id)
        unit.see(unit.seen(("group_member", found)))
        unit.groups.members.remove(found)
        unit.commit()


def _roles(roles: Iterable[str]) -> tuple[str, ...]:
    given = set(roles)
    known = [role.value for role in GroupRole]
    for one in given:
        if one not in known:
            raise Invalid("role", one[:40], "unknown")
    return tuple(one for one in known if one in given)


def _part_id(unit: ReadUnit, group_id: str, person_id: str) -> str:
    """Return the id of somebody's part: that of two joined records may bear another one's."""
    found = unit.groups.members.find(group_id=group_id, person_id=person_id)
    return found[0].id if found else member_id(group_id, person_id)


def _known(unit: ReadUnit) -> dict[str, Person]:
    return {person.id: person for person in unit.people.all(archived=True)}


def _standing(unit: ReadUnit, known: dict[str, Person], person_id: str) -> Person | None:
    """Return a person, or the one they turned out to be; None for nobody."""
    for _hop in range(8):
        if person_id in known:
            return known[person_id]
        try:
            person_id = unit.people.get(person_id).merged_into
        except NotFound:
            return None
    return None
