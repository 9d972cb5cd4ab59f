"""People in: a staff list as CSV or XLSX, mapped and previewed first, then kept as one action."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import ImportProblem
from observe_app.domain.people import Person
from observe_app.domain.progress import Progress
from observe_app.services.exchange import columns
from observe_app.services.exchange.people_rows import RowRead, read_row
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import Table, column_letter, read_table, text_of
from observe_app.services.people import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

FIELDS = (
    "name", "email", "staff_id", "subjects", "roles", "pronouns", "building", "language", "week_load", "left_on",
    "archived", "manager_id",
)  # fmt: skip
"""What a list can change of a person."""

_CHUNK = 500
_KNOWN_ENCODINGS = frozenset({"", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"})


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What happens to one row's person.

    Attributes:
        kind: "add", "change" or "same". before: the person as kept, None for a new one.
        by: what told who they are: "email", "staff_id", "name", or "new".
    """

    row: int
    kind: str
    person: Person
    before: Person | None = None
    by: str = "new"

    @property
    def changed(self) -> tuple[str, ...]:
        """The fields that differ from what is kept; none for a new person."""
        if self.before is None:
            return ()
        return tuple(name for name in FIELDS if getattr(self.person, name) != getattr(self.before, name))


@dataclass(frozen=True, slots=True)
class PeopleResult:
    """What an import of people does, or would do."""

    changes: tuple[PersonChange, ...]
    problems: tuple[Problem, ...]
    mapping: dict[str, str]

    def count(self, kind: str) -> int:
        """Return how many rows have this kind of change."""
        return sum(1 for change in self.changes if change.kind == kind)

    @property
    def left_out(self) -> int:
        """How many rows change nobody because of a problem."""
        there = {change.row for change in self.changes}
        return len({problem.row for problem in self.problems if problem.row and problem.row not in there})


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """A list that was read once: its columns, each with the role it seems to have, for a person to change.

    Attributes:
        table: what was read. columns: in order. rows: how many rows of data.
        heads: whether the first row that counts is one of headings.
    """

    table: Table
    columns: tuple[columns.Column, ...]
    rows: int
    heads: bool


def open_list(
    path: Path, *, sheet: str = "", heads: str = "", table: Table | None = None, progress: Progress | None = None
) -> PeopleFile:
    """Read a list without comparing it with anybody.

    Args:
        path: CSV or XLSX.
        sheet: its name, "" for the first.
        heads: "yes" or "no" where a person says whether the first row is one of headings.
        table: the file where it was read before.
        progress: told now and then.

    Raises:
        FileUnreadable: the file cannot be read as a table. Cancelled: the person asked to stop.
    """
    if table is None:
        table = read_table(path, sheet=sheet or None, progress=progress or Progress())
    try:
        layout = columns.lay_out(table, columns.PEOPLE_ROLES, None, needs="name")
    except ImportProblem:
        layout = columns.Layout(None, 0, {})
    layout = _headed(table, layout, heads)
    role_of = {index: role for role, indexes in layout.roles.items() for index in indexes}
    found = []
    for index in range(min(table.width, 60)):
        samples = (text_of(row.cell(index)).strip() for row in table.rows[layout.first : layout.first + 50])
        sample = next((shortened(text, 60) for text in samples if text), "")
        head = shortened(text_of(layout.heads.cell(index)), 60) if layout.heads is not None else ""
        found.append(columns.Column(index, column_letter(index), head, sample, role_of.get(index, "")))
    return PeopleFile(table, tuple(found), len(table.rows) - layout.first, layout.heads is not None)


def _headed(table: Table, layout: columns.Layout, heads: str) -> columns.Layout:
    """Return the layout with or without a row of headings; a first row whose words nobody knows may be one too."""
    if heads == "no" and layout.heads is not None:
        return replace(layout, heads=None, first=0)
    guessed = not heads and layout.heads is None and _looks_headed(table)
    if (heads == "yes" or guessed) and layout.heads is None and table.rows:
        return replace(layout, heads=table.rows[0], first=1)
    return layout


def _looks_headed(table: Table) -> bool:
    """Addresses or numbers stand below, and none in the first row."""
    told = [any("@" in (text := text_of(cell)) or text.strip().isdecimal() for cell in row.cells)
            for row in table.rows[:20]]  # fmt: skip
    return len(told) > 1 and not told[0] and any(told[1:])


def preview_people(
    core: Core,
    *,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    table: Table | None = None,
    progress: Progress | None = None,
) -> PeopleResult:
    """Return what `import_people` would do, and do nothing.

    Raises:
        FileUnreadable, ImportProblem, Cancelled: as `import_people`.
    """
    progress = progress or Progress()
    given = dict(mapping or {})
    table = _table(path, given, table, progress)
    with core.store.read() as unit:
        known = _Known(unit, today(core))
    return _compare(core, table, given, known, progress)


def import_people(
    core: Core,
    *,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    table: Table | None = None,
    progress: Progress | None = None,
) -> PeopleResult:
    """Add and update people from a table, as one action that undo takes back whole.

    A row is a known person when the e-mail address or the staff id is theirs, or, where the row has neither or the
    person has neither, the name. Cells that are empty change nothing; nobody is ever removed. Who was joined with
    somebody is that one.

    Args:
        core: the open data folder.
        path: CSV or XLSX.
        mapping: "name" (or "first" and "last"), "email", "staff_id", "subjects", "roles" and the other roles of
            `columns.PEOPLE_ROLES` to a head, a column letter or a number from 1, "" to leave one out; "sheet" to a
            sheet's name, "heads" to "yes" or "no".
        table: the file as `open_list` read it, so that it is not read again.
        progress: told now and then; a cancelled import changes nothing.

    Raises:
        FileUnreadable: the file cannot be read as a table.
        ImportProblem: no column of names, no row with a name, or a mapping that does not fit.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    given = dict(mapping or {})
    table = _table(path, given, table, progress)
    with core.store.write("import.people") as work:
        result = _compare(core, table, given, _Known(work, today(core)), progress)
        fresh = [change.person for change in result.changes if change.kind == "add"]
        other = [change for change in result.changes if change.kind == "change"]
        total = len(fresh) + len(other)
        for start in range(0, len(fresh), _CHUNK):
            progress.step(start, total)
            work.people.add_all(fresh[start : start + _CHUNK])
            work.session.expunge_all()
        # The comparison was made inside this unit, so what is live is what was compared.
        work.see(work.seen(*(("person", change.person.id) for change in other)))
        for start in range(0, len(other), _CHUNK):
            progress.step(len(fresh) + start, total)
            part = other[start : start + _CHUNK]
            work.people.change_all(
                (change.person.id, {name: getattr(change.person, name) for name in change.changed}) for change in part
            )
        progress.step(total, total)
        work.commit()
    return result


def _table(path: Path, given: dict[str, str], table: Table | None, progress: Progress) -> Table:
    sheet = given.pop("sheet", None) or None
    return table if table is not None else read_table(path, sheet=sheet, progress=progress)


# --- comparing -------------------------------------------------------------------------------------------------------


class _Known:
    """Everybody who is kept, found by address, number and name; who was joined is found as whom they are."""

    def __init__(self, unit: ReadUnit, day: date) -> None:
        everybody = unit.people.all(archived=True, merged=True)
        by_id = {person.id: person for person in everybody}
        into = unit.people.kept_ids()
        self.day = day
        self.email: dict[str, dict[str, Person]] = defaultdict(dict)
        self.staff_id: dict[str, dict[str, Person]] = defaultdict(dict)
        self.name: dict[str, dict[str, Person]] = defaultdict(dict)
        for one in everybody:
            person = by_id.get(into.get(one.id, one.id), one)
            for key, index in (("email", self.email), ("staff_id", self.staff_id), ("name", self.name)):
                if text := getattr(one, key).casefold():
                    index[text][person.id] = person

    def who(self, row: RowRead) -> tuple[list[Person], str]:
        """Return who a row may mean and what told it; several where it cannot be told, or where two things differ."""
        by_email = self.email.get(row.line("email").casefold(), {}) if row.line("email") else {}
        by_staff = self.staff_id.get(row.line("staff_id").casefold(), {}) if row.line("staff_id") else {}
        if by_email and by_staff:
            both = {one: by_email[one] for one in by_email if one in by_staff}
            return list((both or by_email | by_staff).values()), "email"
        if by_email or by_staff:
            return list((by_email or by_staff).values()), "email" if by_email else "staff_id"
        # Another address or number on both sides means another person of the same name.
        named = [
            person
            for person in self.name.get(row.name.casefold(), {}).values()
            if not any(row.line(key) and getattr(person, key) for key in ("email", "staff_id"))
        ]
        return named, "name" if named else "new"


def _compare(core: Core, table: Table, mapping: Mapping[str, str], known: _Known, progress: Progress) -> PeopleResult:
    given = dict(mapping)
    heads = given.pop("heads", "")
    layout = _headed(table, columns.lay_out(table, columns.PEOPLE_ROLES, given, needs="name"), heads)
    changes: list[PersonChange] = []
    problems: list[Problem] = []
    if table.encoding not in _KNOWN_ENCODINGS:
        problems.append(Problem("encoding_guessed", found=table.encoding))
    if table.mended:
        problems.append(Problem("quotes_mended"))
    rows = table.rows[layout.first :]
    seen = _Seen()
    managers: list[tuple[int, str]] = []
    for done, row in enumerate(rows):
        if done % _CHUNK == 0:
            progress.step(done, len(rows))
        read = read_row(layout, row)
        problems.extend(read.problems)
        if read.lost:
            continue
        matches, by = known.who(read)
        short = shortened(read.name, 40)
        if len(matches) > 1:
            problems.append(Problem("ambiguous", row.number, found=short))
            continue
        if seen.before(read, matches[0].id if matches else ""):
            problems.append(Problem("twice", row.number, found=short))
            continue
        if read.manager:
            managers.append((len(changes), read.manager))
        changes.append(_change(core, read, matches[0] if matches else None, by, known.day))
    if not changes and not problems:
        raise ImportProblem(table.path, "no_rows")
    _lead(changes, managers, known, problems)
    letters = {role: "+".join(column_letter(i) for i in indexes) for role, indexes in layout.roles.items()}
    ordered = sorted(problems, key=lambda problem: problem.row)
    return PeopleResult(tuple(changes), tuple(ordered), letters)


class _Seen:
    """Who stood in the file already: by record, by address, by number, and by name where a row has neither."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, str]] = set()

    def before(self, row: RowRead, person_id: str) -> bool:
        """Tell whether somebody stood there already, and remember them."""
        keys = {("id", person_id)} if person_id else set()
        keys |= {(key, row.line(key).casefold()) for key in ("email", "staff_id") if row.line(key)}
        keys = keys or {("name", row.name.casefold())}
        if keys & self._keys:
            return True
        self._keys |= keys
        return False


def _change(core: Core, row: RowRead, before: Person | None, by: str, day: date) -> PersonChange:
    fields = dict(row.fields)
    left = fields.get("left_on")
    if left is not None:
        fields["archived"] = left < day  # type: ignore[operator]  # a date
    if before is None:
        return PersonChange(row.number, "add", Person(core.ids.new(), row.name, **fields))  # type: ignore[arg-type]
    person = replace(before, name=row.name, **fields)  # type: ignore[arg-type]
    return PersonChange(row.number, "same" if person == before else "change", person, before, by)


def _lead(
    changes: list[PersonChange], managers: Sequence[tuple[int, str]], known: _Known, problems: list[Problem]
) -> None:
    """Give people their line managers, who may stand in the same list; one who cannot be told is reported."""
    if not managers:
        return
    fresh: dict[str, dict[str, Person]] = defaultdict(dict)
    for change in changes:
        for key in _keys(change.person):
            fresh[key][change.person.id] = change.person
    for place, written in managers:
        key = written.casefold()
        found = fresh.get(key) or known.email.get(key) or known.staff_id.get(key) or known.name.get(key) or {}
        change = changes[place]
        if len(found) != 1 or change.person.id in found:
            problems.append(Problem("manager_unknown", change.row, found=shortened(written, 40)))
            continue
        person = replace(change.person, manager_id=next(iter(found)))
        kind = change.kind if change.before is None else "same" if person == change.before else "change"
        changes[place] = replace(change, person=person, kind=kind)


def _keys(person: Person) -> Iterable[str]:
    return {text.casefold() for text in (person.name, person.email, person.staff_id) if text}
