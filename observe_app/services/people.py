"""People: adding, changing, finding."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import Opened, Seen
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.people import Person, Role, checked_name, clean_line

if TYPE_CHECKING:
    from observe_app.services.core import Core

MAX_FIELD = 300


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a list shows them; `last` is the start of their latest visit in any role."""

    person: Person
    visits_as_teacher: int = 0
    visits_as_observer: int = 0
    last: datetime | None = None


class PersonFields(TypedDict, total=False):
    """What can be changed of a person."""

    name: str
    email: str
    staff_id: str
    subjects: str
    roles: tuple[Role, ...]
    archived: bool
    language: str


def checked_fields(fields: PersonFields) -> PersonFields:
    """Return the fields cleaned.

    Raises:
        Invalid: an empty name, or a text that is too long.
    """
    found = PersonFields(**fields)
    if "name" in found:
        found["name"] = checked_name(found["name"])
    for key in ("email", "staff_id", "subjects", "language"):
        if key in found:
            text = clean_line(found[key])
            if len(text) > MAX_FIELD:
                raise Invalid(key, text[:40], "too_long", str(MAX_FIELD))
            found[key] = text
    return found


def add(
    core: Core,
    *,
    name: str,
    email: str = "",
    staff_id: str = "",
    subjects: str = "",
    roles: tuple[Role, ...] = (),
) -> Person:
    """Add a person. Two people may have one name.

    Raises:
        Invalid: the name is empty or a text too long.
    """
    fields = checked_fields({"name": name, "email": email, "staff_id": staff_id, "subjects": subjects})
    person = Person(core.ids.new(), fields["name"], fields["email"], fields["staff_id"], fields["subjects"], roles)
    with core.store.write("person.add") as unit:
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
        NotFound: no such id. Invalid: a text that the rules refuse.
    """
    with core.store.write("person.edit", seen=seen) as unit:
        unit.people.change(person_id, checked_fields(fields))
        unit.commit()
    return open_person(core, person_id)


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
        found = unit.people.all(archived=archived)
        if words.strip():
            wanted = set(unit.search.people(words, limit=10_000))
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
