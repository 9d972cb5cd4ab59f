"""People in: a staff list as CSV or XLSX, previewed first, then kept as one action."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import ImportProblem, Invalid
from observe_app.domain.people import Person, Role, clean_line
from observe_app.domain.progress import Progress
from observe_app.services.exchange import columns
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import Row, column_letter, read_table, text_of
from observe_app.services.people import MAX_FIELD, checked_fields

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from observe_app.services.core import Core

_ROLE_WORDS = {
    Role.TEACHER: "teacher lehrer lehrerin lehrkraft enseignant enseignante professeur profesor profesora docente",
    Role.OBSERVER: "observer beobachter beobachterin observateur observatrice observador observadora",
    Role.COACH: "coach mentor mentorin",
    Role.COORDINATOR: "coordinator koordinator koordinatorin coordinateur coordinatrice coordinador coordinadora",
}


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What happens to one row's person.

    Attributes:
        kind: "add", "change" or "same". before: the person as kept, None for a new one.
    """

    row: int
    kind: str
    person: Person
    before: Person | None = None


@dataclass(frozen=True, slots=True)
class PeopleResult:
    """What an import of people does, or would do."""

    changes: tuple[PersonChange, ...]
    problems: tuple[Problem, ...]
    mapping: dict[str, str]

    def count(self, kind: str) -> int:
        """Return how many rows have this kind of change."""
        return sum(1 for change in self.changes if change.kind == kind)


def preview_people(core: Core, *, path: Path, mapping: Mapping[str, str] | None = None) -> PeopleResult:
    """Return what `import_people` would do, and do nothing.

    Raises:
        FileUnreadable, ImportProblem: as `import_people`.
    """
    with core.store.read() as unit:
        known = unit.people.all(archived=True)
    return _compare(core, path, mapping, known, Progress())


def import_people(
    core: Core, *, path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> PeopleResult:
    """Add and update people from a table, as one action that undo takes back whole.

    A row is a known person when the e-mail address or the staff id is theirs, or, where the row has neither or the
    person has neither, the name. Cells that are empty change nothing; nobody is ever removed.

    Args:
        core: the open data folder.
        path: CSV or XLSX.
        mapping: "name" (or "first" and "last"), "email", "staff_id", "subjects", "roles" to a head, a column letter
            or a number from 1; "sheet" to a sheet's name.
        progress: told now and then; a cancelled import changes nothing.

    Raises:
        FileUnreadable: the file cannot be read as a table.
        ImportProblem: no column of names, no row with a name, or a mapping that does not fit.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    with core.store.write("import.people") as work:
        known = work.people.all(archived=True)
        result = _compare(core, path, mapping, known, progress)
        for done, change in enumerate(result.changes):
            progress.step(done, len(result.changes))
            if change.kind == "add":
                work.people.add(change.person)
            elif change.kind == "change" and change.before is not None:
                # The comparison was made inside this unit, so what is live is what was compared.
                work.see(work.seen(("person", change.person.id)))
                names = ("name", "email", "staff_id", "subjects", "roles")
                work.people.change(change.person.id, {name: getattr(change.person, name) for name in names})
        work.commit()
    return result


def _compare(
    core: Core, path: Path, mapping: Mapping[str, str] | None, known: Sequence[Person], progress: Progress
) -> PeopleResult:
    given = dict(mapping or {})
    table = read_table(path, sheet=given.pop("sheet", None) or None, progress=progress)
    layout = columns.lay_out(table, columns.PEOPLE_ROLES, given, needs="name")
    changes: list[PersonChange] = []
    problems: list[Problem] = []
    if table.encoding not in {"", "utf-8", "utf-8-sig", "utf-16", "utf-32"}:
        problems.append(Problem("encoding_guessed", found=table.encoding))
    taken: set[str] = set()
    for row in table.rows[layout.first :]:
        fields = _fields(layout, row)
        if not fields["name"]:
            problems.append(Problem("no_name", row.number))
            continue
        if fields["email"] and not re.fullmatch(r"[^@\s]+@[^@\s]+", fields["email"]):
            problems.append(Problem("email_odd", row.number, found=shortened(fields["email"], 40)))
        try:
            checked = checked_fields({"name": fields["name"]})
        except Invalid:
            problems.append(Problem("name_invalid", row.number, found=shortened(fields["name"], 40)))
            continue
        matches = _matches(fields, known)
        if len(matches) > 1:
            problems.append(Problem("ambiguous", row.number, found=shortened(fields["name"], 40)))
            continue
        key = matches[0].id if matches else _key(fields)
        if key in taken:
            problems.append(Problem("twice", row.number, found=shortened(fields["name"], 40)))
            continue
        taken.add(key)
        changes.append(_change(core, row.number, fields | {"name": checked["name"]}, matches[0] if matches else None))
    if not changes and not problems:
        raise ImportProblem(path, "no_rows")
    letters = {role: "+".join(column_letter(i) for i in indexes) for role, indexes in layout.roles.items()}
    return PeopleResult(tuple(changes), tuple(problems), letters)


def _fields(layout: columns.Layout, row: Row) -> dict[str, str]:
    cells = {
        role: clean_line(text_of(row.cell(index)))[:MAX_FIELD]
        for role in columns.PEOPLE_ROLES
        if (index := layout.one(role)) is not None
    }
    name = cells.get("name") or " ".join(part for part in (cells.get("first"), cells.get("last")) if part)
    if cells.get("first") and cells.get("last"):
        name = f"{cells['first']} {cells['last']}"
    return {key: cells.get(key, "") for key in ("email", "staff_id", "subjects", "roles")} | {"name": name}


def _key(fields: dict[str, str]) -> str:
    return f"{fields['email'] or fields['staff_id'] or fields['name']}".casefold()


def _matches(fields: dict[str, str], known: Sequence[Person]) -> list[Person]:
    for key in ("email", "staff_id"):
        if fields[key] and (same := [p for p in known if getattr(p, key).casefold() == fields[key].casefold()]):
            return same
    named = [person for person in known if person.name.casefold() == fields["name"].casefold()]
    # Another address or number on both sides means another person of the same name.
    return [
        person for person in named if not any(fields[key] and getattr(person, key) for key in ("email", "staff_id"))
    ]


def _change(core: Core, row: int, fields: dict[str, str], before: Person | None) -> PersonChange:
    words = set(re.split(r"[^\w]+", fields["roles"].casefold()))
    roles = tuple(role for role, names in _ROLE_WORDS.items() if words & set(names.split()))
    if before is None:
        person = Person(core.ids.new(), fields["name"], fields["email"], fields["staff_id"], fields["subjects"], roles)
        return PersonChange(row, "add", person)
    person = Person(
        before.id,
        fields["name"],
        fields["email"] or before.email,
        fields["staff_id"] or before.staff_id,
        fields["subjects"] or before.subjects,
        roles or before.roles,
        before.archived,
    )
    return PersonChange(row, "same" if person == before else "change", person, before)
