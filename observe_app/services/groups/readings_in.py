"""Readings in: averages of a class over time as CSV or XLSX, previewed first, then kept as one action.

Two shapes are read: a row for each reading (day, value, how many, which series), and a row for each day with a column
of values for each series, such as classes side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable, ImportProblem, Invalid
from observe_app.domain.groups.goal import Reading
from observe_app.domain.people import clean_line
from observe_app.domain.progress import Progress
from observe_app.services.exchange.columns import normal
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import Row, Table, column_letter, read_table, text_of
from observe_app.services.group_words import PROBLEMS
from observe_app.services.groups.day_cells import day_order, read_day
from observe_app.services.groups.readings import MAX_SERIES, checked_fields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from observe_app.domain.groups.goal import Goal
    from observe_app.services.core import Core
    from observe_app.services.exchange.tables import Cell

ROLES = ("date", "value", "n", "series", "note")
MAX_ROWS = 5_000
_MOST_PROBLEMS = 200
_MOST_SERIES = 40
_HEADS = {
    "date": "date day on when datum tag fecha dia jour data giorno week month monat mes mois collected test-date",
    "value": "value average mean score avg result wert mittelwert durchschnitt ergebnis valeur moyenne resultat valor"
    " media promedio resultado percent percentage prozent rate",
    "n": "n count number students pupils size anzahl schuler schueler lernende nombre effectif eleves cantidad"
    " numero alumnos of",
    "series": "series class group measure outcome klasse gruppe kurs classe groupe serie clase grupo test name set",
    "note": "note notes remark comment comments bemerkung kommentar remarque commentaire nota comentario",
}


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """What happens with one cell's value. `kind`: "add", "change" or "same"; `before` the one kept, None if new."""

    row: int
    kind: str
    reading: Reading
    before: Reading | None = None


@dataclass(frozen=True, slots=True)
class ReadingsResult:
    """What an import of readings does, or would do.

    Attributes:
        mapping: role to the letters of its columns, joined by "+". columns: (letter, head) of all there are.
    """

    changes: tuple[ReadingChange, ...]
    problems: tuple[Problem, ...]
    mapping: dict[str, str]
    columns: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()

    def count(self, kind: str) -> int:
        """Return how many values have this kind of change."""
        return sum(1 for change in self.changes if change.kind == kind)


def preview_readings(
    core: Core, *, goal_id: str, path: Path, mapping: Mapping[str, str] | None = None, progress: Progress | None = None
) -> ReadingsResult:
    """Return what `import_readings` would do, and do nothing.

    Raises:
        NotFound, FileUnreadable, ImportProblem, Cancelled: as `import_readings`.
    """
    with core.store.read() as unit:
        goal = unit.groups.goals.get(goal_id)
        known = unit.groups.readings.find(goal_id=goal_id)
    return _compare(core, goal, path, mapping, known, progress or Progress())


def import_readings(
    core: Core,
    *,
    goal_id: str,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    series: str = "",
    progress: Progress | None = None,
) -> ReadingsResult:
    """Keep the values of a table as readings of a goal, as one action that undo takes back whole.

    The same day and series with another value changes the reading that is there; nothing is ever removed.

    Args:
        core: the open data folder.
        goal_id: the goal they belong to.
        path: CSV or XLSX.
        mapping: "date", "value" (several joined by "+"), "n", "series", "note" to a head, a letter or a number from
            1, or "@" and a letter; "" leaves a role out; "sheet" to a sheet's name.
        series: the outcome that values without one belong to, "" for the goal's own measure.
        progress: told now and then; a cancelled import changes nothing.

    Raises:
        NotFound: no such goal. FileUnreadable: no table, or more than `MAX_ROWS` rows.
        ImportProblem: no column of days or values, no row with both, or a mapping that does not fit.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    given = dict(mapping or {})
    with core.store.write("reading.import") as unit:
        goal = unit.groups.goals.get(goal_id)
        known = unit.groups.readings.find(goal_id=goal_id)
        result = _compare(core, goal, path, given | ({"of": series} if series else {}), known, progress)
        new = [change.reading for change in result.changes if change.kind == "add"]
        unit.groups.readings.add_all(new)
        changed = [change for change in result.changes if change.kind == "change"]
        for done, change in enumerate(changed):
            progress.step(done, len(changed))
            unit.see(unit.seen(("reading", change.reading.id)))
            names = ("value", "n", "note", "source", "batch")
            unit.groups.readings.change(change.reading.id, {name: getattr(change.reading, name) for name in names})
        unit.commit()
    return result


def problem_words(problem: Problem) -> str:
    """Return what an import of readings noticed, in English, with its place."""
    text = PROBLEMS.get(problem.rule, problem.rule).format(found=problem.found)
    return f"{problem.where}: {text}" if problem.where else text


# --- columns ---------------------------------------------------------------------------------------------------------


def _compare(
    core: Core,
    goal: Goal,
    path: Path,
    mapping: Mapping[str, str] | None,
    known: Sequence[Reading],
    progress: Progress,
) -> ReadingsResult:
    given = dict(mapping or {})
    of = clean_line(given.pop("of", ""))
    table = read_table(path, sheet=given.pop("sheet", None) or None, progress=progress)
    heads, first = _heads(table)
    roles = _roles(table, heads, first, given)
    rows = table.rows[first:]
    if len(rows) > MAX_ROWS:
        raise FileUnreadable(path, "too_many_rows", str(MAX_ROWS))
    reader = _Reader(core, goal, table, heads, roles, of)
    readings = reader.read(rows, progress)
    if not readings and not reader.problems:
        raise ImportProblem(path, "no_rows")
    if table.encoding not in {"", "utf-8", "utf-8-sig", "utf-16", "utf-32"}:
        reader.problems.insert(0, Problem("encoding_guessed", found=table.encoding))
    there = {(one.on, one.series): one for one in known}
    changes = tuple(_change(row, reading, there.get((reading.on, reading.series))) for row, reading in readings)
    letters = {role: "+".join(column_letter(index) for index in indexes) for role, indexes in roles.items()}
    columns = tuple(
        (column_letter(index), shortened(text_of(heads.cell(index)), 40) if heads is not None else "")
        for index in range(min(table.width, 60))
    )
    return ReadingsResult(changes, tuple(reader.problems), letters, columns, table.sheets)


def _change(row: int, reading: Reading, before: Reading | None) -> ReadingChange:
    if before is None:
        return ReadingChange(row, "add", reading)
    same = (before.value, before.n) == (reading.value, reading.n if reading.n is not None else before.n)
    after = replace(
        reading,
        id=before.id,
        n=reading.n if reading.n is not None else before.n,
        note=reading.note or before.note,
        batch=before.batch if same else reading.batch,
    )
    return ReadingChange(row, "same" if same else "change", after, before)


def _heads(table: Table) -> tuple[Row | None, int]:
    """Return the row of heads, None without one, and where the data begins."""
    for index, row in enumerate(table.rows[:10]):
        cells = [cell for cell in row.cells if text_of(cell).strip()]
        if len(cells) < 2 or any(_number(cell) is not None or read_day(cell, "") is not None for cell in cells):
            continue
        if any(_role(text_of(cell)) == "date" for cell in cells):
            return row, index + 1
    first = table.rows[0] if table.rows else None
    if first is not None and all(isinstance(cell, str) and _number(cell) is None for cell in first.cells if cell):
        return first, 1
    return None, 0


def _role(head: str) -> str:
    key = normal(head)
    parts = key.split("-")
    for role, words in _HEADS.items():
        if key in words.split() or (len(parts) <= 3 and parts[0] in words.split() and role != "n"):
            return role
    return ""


def _roles(table: Table, heads: Row | None, first: int, given: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    if heads is not None:
        for index in range(min(table.width, len(heads.cells))):
            role = _role(text_of(heads.cell(index)))
            if role and role not in found:
                found[role] = (index,)
    for role, told in given.items():
        if role not in ROLES:
            raise ImportProblem(table.path, "unknown_role", role, ", ".join(ROLES))
        parts = told.split("+") if role == "value" else [told]
        columns = tuple(_column(table, heads, part.strip()) for part in parts if part.strip() not in {"", "-"})
        found = {other: taken for other, taken in found.items() if other in given or not set(taken) & set(columns)}
        found[role] = columns
    if not found.get("date") and "date" not in given:
        found |= _first_days(table, first, found)
    if not found.get("value") and "value" not in given:
        found |= _values(table, first, found)
    for role in ("date", "value"):
        if not found.get(role):
            raise ImportProblem(table.path, "no_column", role)
    return {role: columns for role, columns in found.items() if columns}


def _column(table: Table, heads: Row | None, told: str) -> int:
    letter = told.removeprefix("@")  # then it is a letter, whatever the heads are called
    if heads is not None and letter == told:
        for index, cell in enumerate(heads.cells):
            if text_of(cell).strip().casefold() == told.casefold():
                return index
    if re.fullmatch(r"[A-Za-z]{1,2}", letter):
        index = 0
        for char in letter.upper():
            index = index * 26 + ord(char) - ord("A") + 1
        if index <= table.width:
            return index - 1
    if told.isdecimal() and 1 <= int(told) <= table.width:
        return int(told) - 1
    names = (text_of(heads.cell(at)) if heads is not None else column_letter(at) for at in range(min(table.width, 40)))
    raise ImportProblem(table.path, "unknown_column", shortened(told, 40), ", ".join(names))


def _first_days(table: Table, first: int, found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    used = {index for columns in found.values() for index in columns}
    for index in range(min(table.width, 40)):
        cells = [row.cell(index) for row in table.rows[first : first + 200] if text_of(row.cell(index)).strip()]
        if index not in used and cells and sum(read_day(cell, "") is not None for cell in cells) * 2 > len(cells):
            return {"date": (index,)}
    return {}


def _values(table: Table, first: int, found: Mapping[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """Return every column of numbers that has no other meaning: series side by side."""
    used = {index for columns in found.values() for index in columns}
    made = []
    for index in range(min(table.width, _MOST_SERIES + 10)):
        cells = [row.cell(index) for row in table.rows[first : first + 200] if text_of(row.cell(index)).strip()]
        if index not in used and cells and sum(_number(cell) is not None for cell in cells) * 2 > len(cells):
            made.append(index)
    return {"value": tuple(made[:_MOST_SERIES])} if made else {}


# --- cells -----------------------------------------------------------------------------------------------------------


class _Reader:
    def __init__(
        self, core: Core, goal: Goal, table: Table, heads: Row | None, roles: dict[str, tuple[int, ...]], of: str
    ) -> None:
        self.core, self.goal, self.roles, self.of = core, goal, roles, of
        self.problems: list[Problem] = []
        self.source = shortened(clean_line(table.path.name), 120)
        self.batch = core.ids.new()
        self.names = {
            index: shortened(clean_line(text_of(heads.cell(index))), MAX_SERIES) if heads is not None else ""
            for index in roles["value"]
        }

    def read(self, rows: Sequence[Row], progress: Progress) -> list[tuple[int, Reading]]:
        order, guessed = day_order(row.cell(self.roles["date"][0]) for row in rows)
        made: dict[tuple[date, str], tuple[int, Reading]] = {}
        for done, row in enumerate(rows):
            if done % 200 == 0:
                progress.step(done, len(rows))
            for reading in self._of_row(row, order):
                key = (reading.on, reading.series)
                if key in made:
                    self._say(Problem("reading_twice", row.number, found=f"{reading.on.isoformat()} {reading.series}"))
                    continue
                made[key] = (row.number, reading)
        if guessed and made:
            self.problems.insert(0, Problem("days_first"))
        return list(made.values())

    def _of_row(self, row: Row, order: str) -> Iterable[Reading]:
        values = [(index, row.cell(index)) for index in self.roles["value"]]
        if not any(text_of(cell).strip() for _index, cell in values):
            return
        day = read_day(row.cell(self.roles["date"][0]), order)
        if day is None:
            told = shortened(text_of(row.cell(self.roles["date"][0])), 40)
            self._say(Problem("reading_no_day", row.number, found=told))
            return
        for index, cell in values:
            if not text_of(cell).strip():
                continue
            made = self._reading(row, index, cell, day)
            if made is not None:
                yield made

    def _reading(self, row: Row, index: int, cell: Cell, day: date) -> Reading | None:
        letter = column_letter(index)
        value = _number(cell)
        if value is None:
            self._say(Problem("reading_no_number", row.number, letter, shortened(text_of(cell), 40)))
            return None
        several = len(self.roles["value"]) > 1
        series = self._cell(row, "series", MAX_SERIES) or (self.names[index] if several else "") or self.of
        try:
            fields = checked_fields(
                {
                    "on": day,
                    "value": value,
                    "n": self._n(row),
                    "series": series,
                    "note": self._cell(row, "note", 300),
                    "source": self.source,
                }
            )
        except Invalid:
            self._say(Problem("reading_no_number", row.number, letter, shortened(text_of(cell), 40)))
            return None
        return Reading(
            self.core.ids.new(),
            self.goal.id,
            group_id=self.goal.group_id,
            batch=self.batch,
            **fields,
        )

    def _n(self, row: Row) -> int | None:
        cell = row.cell(self.roles["n"][0]) if "n" in self.roles else None
        if not text_of(cell).strip():
            return None
        found = _number(cell)
        if found is None or found != int(found) or not 1 <= found <= 1_000_000:
            letter = column_letter(self.roles["n"][0])
            self._say(Problem("reading_no_n", row.number, letter, shortened(text_of(cell), 40)))
            return None
        return int(found)

    def _cell(self, row: Row, role: str, most: int) -> str:
        return clean_line(text_of(row.cell(self.roles[role][0])))[:most] if role in self.roles else ""

    def _say(self, problem: Problem) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


_NUMBER = re.compile(r"[-+\u2212]?\d[\d.,\u00a0\u202f ']*")


def _number(cell: Cell) -> float | None:
    """Return a cell as a number: "61.5", "61,5", "1 234,5", "61 %"; None for anything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return float(cell)
    text = text_of(cell).strip().removesuffix("%").strip()
    if len(text) > 30 or not _NUMBER.fullmatch(text):
        return None
    text = re.sub(r"[\u00a0\u202f ']", "", text.replace("\u2212", "-"))
    if "," in text and "." in text:
        last = max(text.rfind(","), text.rfind("."))
        text = re.sub(r"[.,]", "", text[:last]) + "." + text[last + 1 :]
    elif text.count(",") == 1:
        text = text.replace(",", ".")
    elif "," in text:
        text = text.replace(",", "")
    try:
        return float(text)
    except ValueError:
        return None
