"""People: adding, changing, finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.people import Person, Role, checked_name, clean_line

if TYPE_CHECKING:
    from observe_app.services.core import Core

MAX_FIELD = 300
MAX_LOAD = 40
_LINES = ("email", "staff_id", "subjects", "language", "pronouns", "building", "manager_id")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a list shows them; `last` is the start of their latest visit in any role."""

    person: Person
    visits_as_teacher: int = 0
    visits_as_observer: int = 0
    last: datetime | None = None


class PersonRest(TypedDict, total=False):
    """What can be said of a person besides their name."""

    email: str
    staff_id: str
    subjects: str
    roles: tuple[Role, ...]
    archived: bool
    language: str
    pronouns: str
    building: str
    manager_id: str
    week_load: int | None
    left_on: date | None


class PersonFields(PersonRest, total=False):
    """What can be changed of a person."""

    name: str


def checked_fields(fields: PersonFields) -> PersonFields:
    """Return the fields cleaned.

    Raises:
        Invalid: an empty name, or a text that is too long.
    """
    found = PersonFields(**fields)
    if "name" in found:
        found["name"] = checked_name(found["name"])
    for key in _LINES:
        if key in found:
            text = clean_line(found[key])  # type: ignore[literal-required]
            if len(text) > MAX_FIELD:
                raise Invalid(key, text[:40], "too_long", str(MAX_FIELD))
            found[key] = text  # type: ignore[literal-required]
    load = found.get("week_load")
    if load is not None and not 1 <= load <= MAX_LOAD:
        raise Invalid("week_load", str(load), "out_of_range", f"1–{MAX_LOAD}")
    return found


def add(core: Core, *, name: str, fields: PersonFields | None = None, **more: Unpack[PersonRest]) -> Person:
    """Add a person. Two people may have one name.

    Args:
        core: the open data folder.
        name: theirs.
        fields: what else is known, all at once. more: the same, one by one.

    Raises:
        Invalid: the name is empty or a text too long. NotFound: no such line manager.
    """
    known: PersonFields = {**(fields or {}), **more, "name": name}
    checked = checked_fields(known)
    person = Person(core.ids.new(), **checked)
    with core.store.write("person.add") as unit:
        if person.manager_id:
            unit.people.get(person.manager_id)
        unit.people.add(person)
        unit.commit()
    return person


def get(core: Core, person_id: str) -> Person:
    """Return a person.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.people.get(person_id)


def open_person(core: Core, person_id: str) -> Opened[Person]:
    """Return a person for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.people.get(person_id), unit.seen(("person", person_id)))


def edit(core: Core, *, person_id: str, seen: Seen, **fields: Unpack[PersonFields]) -> Opened[Person]:
    """Change fields of a person.

    Raises:
        NotFound: no such id, or no such line manager. Invalid: a text that the rules refuse; a manager of oneself.
    """
    with core.store.write("person.edit", seen=seen) as unit:
        checked = checked_fields(fields)
        if manager := checked.get("manager_id", ""):
            unit.people.get(manager)
            if manager == person_id:
                raise Invalid("manager_id", unit.people.get(manager).name, "oneself")
        unit.people.change(person_id, checked)
        unit.commit()
    return open_person(core, person_id)


def leave(core: Core, *, person_ids: tuple[str, ...], last_day: date | None, seen: Seen | None = None) -> None:
    """Put people among those who left, as one act: no longer offered, every record of them stays.

    Args:
        core: the open data folder.
        person_ids: who leaves.
        last_day: None where nobody knows; of a day to come, they are offered until then.
        seen: what was on screen; None for what is stored now.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("person.leave") as unit:
        unit.see(seen if seen is not None else unit.seen(*(("person", one) for one in person_ids)))
        gone = last_day is None or last_day < today(core)
        for one in person_ids:
            unit.people.change(one, {"archived": gone, "left_on": last_day})
        unit.commit()


def come_back(core: Core, *, person_id: str, seen: Seen | None = None) -> None:
    """Say that somebody is here again.

    Raises:
        NotFound: no such id. Invalid: they turned out to be somebody else ("merged"); undo parts them again.
    """
    with core.store.write("person.edit") as unit:
        person = unit.people.get(person_id)
        if person.merged_into:
            raise Invalid("person", person.name, "merged", unit.people.kept(person).name)
        unit.see(seen if seen is not None else unit.seen(("person", person_id)))
        unit.people.change(person_id, {"archived": False, "left_on": None})
        unit.commit()


def today(core: Core) -> date:
    """Return the day that it is where the person is."""
    from observe_app.services.school import calendar  # noqa: PLC0415  (no first page asks it)

    return calendar.today(core)


def kept(core: Core, person_id: str) -> Person:
    """Return a person, or whom they turned out to be.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.people.kept(unit.people.get(person_id))


def delete(core: Core, *, person_id: str, seen: Seen) -> None:
    """Move a person to the bin; their visits stay. Undo brings them back.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("person.delete", seen=seen) as unit:
        unit.people.change(person_id, {"deleted": True})
        unit.commit()


def listing(core: Core, *, words: str = "", archived: bool = False) -> tuple[PersonRow, ...]:
    """Return people by name with their visits; with words only those found; leavers only when `archived`."""
    with core.store.read() as unit:
        found = unit.people.all(archived=archived, today=today(core))
        if words.strip():
            joined = unit.people.kept_ids()
            wanted = {joined.get(one, one) for one in unit.search.people(words, limit=100_000)}
            found = tuple(person for person in found if person.id in wanted)
        counts = unit.people.visit_counts()
    return tuple(PersonRow(person, *counts.get(person.id, (0, 0, None))) for person in found)


def by_name(core: Core, name: str) -> Person:
    """Return the one person of this name.

    Raises:
        NotFound: nobody has it. Ambiguous: several people do.
    """
    with core.store.read() as unit:
        found = unit.people.named(clean_line(name))
    if not found:
        raise NotFound("person", name)
    if len(found) > 1:
        raise Ambiguous("person", name, tuple(person.id for person in found))
    return found[0]


def ensure(core: Core, name: str) -> Person:
    """Return the one person of this name, added when there is nobody.

    Raises:
        Ambiguous: several people have it. Invalid: the name is empty or too long.
    """
    try:
        return by_name(core, name)
    except NotFound:
        return add(core, name=name)


def me(core: Core) -> Person | None:
    """Return the person who uses this data folder, None before that was said."""
    person_id = core.settings.get().me_id
    if person_id is None:
        return None
    try:
        return get(core, person_id)
    except NotFound:
        return None


def introduce(core: Core, *, name: str, school: str = "", role: str = "") -> Person | None:
    """Keep who uses this data folder; an empty name is fine and leaves it open.

    Raises:
        Invalid: the name is too long.
    """
    person: Person | None = None
    if name.strip():
        known = me(core)
        if known is None:
            person = ensure(core, name)
        elif known.name == clean_line(name):
            person = known
        else:
            person = edit(core, person_id=known.id, seen=open_person(core, known.id).seen, name=name).value
    core.settings.change(
        me_id=person.id if person else core.settings.get().me_id,
        my_name=person.name if person else "",
        school=clean_line(school)[:MAX_FIELD],
        my_role=role,
        first_run_done=True,
    )
    core.store.me = core.settings.get().me_id
    return person
