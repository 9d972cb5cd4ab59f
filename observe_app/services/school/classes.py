"""Classes: added, changed, seated, given to a visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.changes import Opened
from observe_app.domain.errors import Ambiguous, Invalid, NotFound
from observe_app.domain.people import checked_name, clean_line
from observe_app.domain.school.classes import SchoolClass, class_key
from observe_app.domain.seating import dumps, loads

if TYPE_CHECKING:
    from observe_app.domain.changes import Seen
    from observe_app.domain.seating import SeatingPlan
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

MAX_LINE = 200
MAX_SIZE = 2000
_LINES = ("subject", "year_group", "room", "building")


class ClassRest(TypedDict, total=False):
    """What can be said of a class besides its name."""

    subject: str
    year_group: str
    size: int | None
    room: str
    building: str
    term_id: str
    teacher_ids: tuple[str, ...]
    archived: bool


class ClassFields(ClassRest, total=False):
    """What can be changed of a class."""

    name: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class as a list shows it.

    Attributes:
        teachers: their names. term: name of the year or term, "" for any. seats: of its plan, 0 without one.
        visits: how many visits chose it.
    """

    school_class: SchoolClass
    teachers: tuple[str, ...] = ()
    term: str = ""
    seats: int = 0
    visits: int = 0


def listing(core: Core, *, archived: bool = False, words: str = "") -> tuple[ClassRow, ...]:
    """Return classes by name; those of earlier years only when `archived`; with words only those that have them."""
    with core.store.read() as unit:
        found = unit.school.classes.find(order="name")
        terms = {term.id: term.name for term in unit.school.terms.find(deleted=True)}
        names = {person.id: person.name for person in unit.people.all(archived=True, merged=True)}
        into = unit.people.kept_ids()
        visits = unit.visits.by_class()
    wanted = words.casefold().split()
    rows = []
    for one in sorted(found, key=lambda one: (class_key(one.name), one.id)):
        if one.archived and not archived:
            continue
        teachers = dict.fromkeys(names.get(into.get(who, who), "") for who in one.teacher_ids)
        row = ClassRow(
            one, tuple(name for name in teachers if name), terms.get(one.term_id, ""), seats_of(one),
            visits.get(one.id, 0),
        )  # fmt: skip
        if all(word in _said(row) for word in wanted):
            rows.append(row)
    return tuple(rows)


def _said(row: ClassRow) -> str:
    one = row.school_class
    parts = (one.name, one.subject, one.year_group, one.room, one.building, row.term, *row.teachers)
    return " ".join(parts).casefold()


def seats_of(school_class: SchoolClass) -> int:
    """Return how many seats the plan of a class has, 0 without one or where it cannot be read."""
    try:
        return len(loads(school_class.seating).seats) if school_class.seating else 0
    except Invalid:
        return 0


def open_class(core: Core, class_id: str) -> Opened[SchoolClass]:
    """Return a class for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return Opened(unit.school.classes.get(class_id), unit.seen(("school_class", class_id)))


def by_name(core: Core, name: str) -> SchoolClass:
    """Return the one class of this name or id that is not of an earlier year.

    Raises:
        NotFound: none has it. Ambiguous: several do.
    """
    with core.store.read() as unit:
        found = [
            one
            for one in unit.school.classes.find()
            if one.id == name or (not one.archived and one.name.casefold() == clean_line(name).casefold())
        ]
    if not found:
        raise NotFound("class", name)
    if len(found) > 1:
        raise Ambiguous("class", name, tuple(one.id for one in found))
    return found[0]


def add(core: Core, *, name: str, **fields: Unpack[ClassRest]) -> SchoolClass:
    """Add a class.

    Raises:
        Invalid: an empty or too long name, a size that no class has. NotFound: no such teacher or term.
    """
    with core.store.write("class.add") as unit:
        values = _checked(unit, {"name": name, **fields})
        made = SchoolClass(core.ids.new(), **values)  # type: ignore[arg-type]
        unit.school.classes.add(made)
        unit.commit()
    return made


def edit(core: Core, *, class_id: str, seen: Seen | None = None, **fields: Unpack[ClassFields]) -> Opened[SchoolClass]:
    """Change a class.

    Raises:
        NotFound: no such class, teacher or term. Invalid: as `add`.
    """
    kind = "class.archive" if set(fields) == {"archived"} else "class.edit"
    with core.store.write(kind) as unit:
        unit.school.classes.get(class_id)
        unit.see(seen if seen is not None else unit.seen(("school_class", class_id)))
        unit.school.classes.change(class_id, _checked(unit, fields))
        unit.commit()
    return open_class(core, class_id)


def delete(core: Core, class_id: str, *, seen: Seen | None = None) -> None:
    """Move a class to the bin; visits keep what they took from it.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("class.delete") as unit:
        unit.school.classes.get(class_id)
        unit.see(seen if seen is not None else unit.seen(("school_class", class_id)))
        unit.school.classes.remove(class_id)
        unit.commit()


def set_plan(core: Core, *, class_id: str, plan: SeatingPlan | None, seen: Seen | None = None) -> None:
    """Keep a seating plan for a class; None, or one without seats, takes it away.

    Raises:
        NotFound: no such class. Invalid: the plan would not be read again.
    """
    text = dumps(plan) if plan is not None and plan.seats else ""
    loads(text)
    with core.store.write("class.seating") as unit:
        unit.school.classes.get(class_id)
        unit.see(seen if seen is not None else unit.seen(("school_class", class_id)))
        unit.school.classes.change(class_id, {"seating": text})
        unit.commit()


def choose(core: Core, *, visit_id: str, class_id: str, seen: Seen | None = None) -> Visit:
    """Say which class a visit is to; what of it the visit does not have yet is taken from the class. "" for none.

    Name, subject, size and room follow the class; a seating plan that the visit has stays.

    Raises:
        NotFound: no such visit or class.
    """
    with core.store.write("visit.class", scope=visit_id) as unit:
        visit = unit.visits.get(visit_id)
        unit.see(seen if seen is not None else unit.seen(("visit", visit_id)))
        fields: dict[str, object] = {"class_id": class_id}
        if class_id:
            chosen = unit.school.classes.get(class_id)
            fields["class_name"] = chosen.name
            fields |= {
                name: value
                for name, value in (("subject", chosen.subject), ("class_size", chosen.size), ("room", chosen.room))
                if value
            }
            if chosen.seating and not visit.seating:
                fields["seating"] = chosen.seating
        unit.visits.change(visit_id, fields)
        unit.commit()
        return unit.visits.get(visit_id)


def _checked(unit: ReadUnit, fields: ClassFields) -> dict[str, object]:
    found: dict[str, object] = dict(fields)
    if "name" in fields:
        found["name"] = checked_name(fields["name"])
    for key in _LINES:
        if key in found:
            text = clean_line(str(found[key]))
            if len(text) > MAX_LINE:
                raise Invalid(key, text[:40], "too_long", str(MAX_LINE))
            found[key] = text
    size = fields.get("size")
    if size is not None and not 1 <= size <= MAX_SIZE:
        raise Invalid("size", str(size), "out_of_range", f"1–{MAX_SIZE}")
    if fields.get("term_id"):
        unit.school.terms.get(fields["term_id"])
    for person_id in fields.get("teacher_ids", ()):
        unit.people.get(person_id)
    return found
