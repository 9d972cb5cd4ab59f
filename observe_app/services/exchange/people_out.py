"""People out: a table as CSV or XLSX that `people_in` reads again, with nothing in it that a spreadsheet would run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.errors import ExportFailed
from observe_app.services.exchange.compare_columns import Column
from observe_app.services.exchange.compare_files import csv_chunks, table_sheet, workbook
from observe_app.services.exchange.files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.people import Person
    from observe_app.services.core import Core

FORMATS = (".csv", ".xlsx")
COLUMNS = (
    Column("name", "text", "name"),
    Column("email", "text", "e-mail address"),
    Column("staff_id", "text", "number or sign of the school's own lists"),
    Column("subjects", "text", "subjects"),
    Column("roles", "text", "usual roles, in words"),
    Column("pronouns", "text", "pronouns"),
    Column("building", "text", "where they usually teach"),
    Column("manager", "text", "line manager: staff number, else e-mail address, else name"),
    Column("week_load", "whole", "visits a week at most; empty for any number"),
    Column("language", "text", "language of their pages; empty for that of the program"),
    Column("left_on", "text", "last day; empty while they stay or where nobody said"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PeopleExport:
    """What was written."""

    path: Path
    people: int


def export_people(core: Core, target: Path, *, archived: bool = False) -> PeopleExport:
    """Write everybody as a table; photos, cards and visits are not in it.

    Args:
        core: the open data folder.
        target: ends in .csv or .xlsx.
        archived: with those who left.

    Raises:
        ExportFailed: another ending, a disk that is full, no right to write, no such folder.
    """
    ending = target.suffix.casefold()
    if ending not in FORMATS:
        raise ExportFailed(target, "unknown_format", ", ".join(FORMATS))
    from observe_app.services.people import today  # noqa: PLC0415  (with the store)

    with core.store.read() as unit:
        people = unit.people.all(archived=archived, today=today(core))
        everybody = {person.id: person for person in unit.people.all(archived=True)}
    rows = [_row(person, everybody) for person in people]
    data = b"".join(csv_chunks(COLUMNS, rows)) if ending == ".csv" else workbook([table_sheet("People", COLUMNS, rows)])
    write_whole(target, data)
    return PeopleExport(target, len(rows))


def _row(person: Person, everybody: dict[str, Person]) -> tuple[str | int | None, ...]:
    manager = everybody.get(person.manager_id)
    return (
        person.name, person.email, person.staff_id, person.subjects, ", ".join(role.value for role in person.roles),
        person.pronouns, person.building,
        (manager.staff_id or manager.email or manager.name) if manager is not None else "",
        person.week_load, person.language, person.left_on.isoformat() if person.left_on else "",
    )  # fmt: skip
