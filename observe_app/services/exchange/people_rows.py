"""One row of a staff list as the fields of a person, with what could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid
from observe_app.domain.people import MAX_NAME, Role, clean_line
from observe_app.services.exchange.columns import PEOPLE_ROLES
from observe_app.services.exchange.problems import Problem, shortened
from observe_app.services.exchange.tables import column_letter, text_of
from observe_app.services.people import MAX_FIELD, MAX_LOAD, checked_fields

if TYPE_CHECKING:
    from observe_app.services.exchange.columns import Layout
    from observe_app.services.exchange.tables import Cell, Row

_ROLE_WORDS = {
    Role.TEACHER: "teacher lehrer lehrerin lehrkraft enseignant enseignante professeur profesor profesora docente",
    Role.OBSERVER: "observer beobachter beobachterin observateur observatrice observador observadora",
    Role.COACH: "coach mentor mentorin",
    Role.COORDINATOR: "coordinator koordinator koordinatorin coordinateur coordinatrice coordinador coordinadora",
}
_ROLE_SETS = {role: frozenset(words.split()) for role, words in _ROLE_WORDS.items()}
_LINES = ("email", "staff_id", "subjects", "pronouns", "building", "language")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")


@dataclass(slots=True)
class RowRead:
    """A row as it says who somebody is.

    Attributes:
        name: "" where it has none. fields: what else it says; a cell that is empty is not in it.
        manager: who leads them, as written, "" for nobody. problems: what could not be read.
        lost: the row cannot be used at all; the last problem says why.
    """

    number: int
    name: str = ""
    fields: dict[str, object] = field(default_factory=dict)
    manager: str = ""
    problems: list[Problem] = field(default_factory=list)
    lost: bool = False

    def line(self, name: str) -> str:
        """Return a field of words, "" where the row does not say it."""
        return str(self.fields.get(name, ""))


def read_row(layout: Layout, row: Row) -> RowRead:
    """Return what a row says."""
    found = RowRead(row.number)
    cells: dict[str, Cell] = {}
    for role in PEOPLE_ROLES:
        index = layout.one(role)
        if index is not None:
            cells[role] = row.cell(index)
    texts = {role: clean_line(text_of(cell)[: MAX_FIELD * 10]) for role, cell in cells.items()}
    name = texts.get("name", "")
    if texts.get("first") or texts.get("last"):
        both = " ".join(part for part in (texts.get("first"), texts.get("last")) if part)
        name = both if texts.get("first") and texts.get("last") else name or both
    _take_name(found, next((part for role in ("first", "last") if (part := texts.get(role, "")).startswith("=")), name))
    if found.lost:
        return found
    for role in _LINES:
        text = texts.get(role, "")
        if len(text) > MAX_FIELD:
            found.problems.append(_problem(layout, row, role, "field_cut", text))
            text = text[:MAX_FIELD]
        if text:
            found.fields[role] = text
    _check_lines(layout, row, found)
    found.manager = texts.get("manager", "")[:MAX_FIELD]
    _take_others(layout, row, found, cells, texts)
    return found


def _problem(layout: Layout, row: Row, role: str, rule: str, text: str) -> Problem:
    index = layout.one(role)
    return Problem(rule, row.number, "" if index is None else column_letter(index), shortened(text, 40))


def _take_name(found: RowRead, name: str) -> None:
    if not name:
        found.problems.append(Problem("no_name", found.number))
        found.lost = True
        return
    # No name begins so; a spreadsheet that wrote the formula and not its result does.
    formula = name[:1] in {"=", "+", "@"} or len(name) > MAX_NAME
    try:
        found.name = checked_fields({"name": name})["name"] if not formula else ""
    except Invalid:
        found.name = ""
    if not found.name:
        found.problems.append(Problem("name_invalid", found.number, found=shortened(name, 40)))
        found.lost = True


def _check_lines(layout: Layout, row: Row, found: RowRead) -> None:
    email = found.line("email")
    if email and not _EMAIL.fullmatch(email):
        found.problems.append(_problem(layout, row, "email", "email_odd", email))
    language = found.line("language")
    if language and not _LANGUAGE.fullmatch(language):
        found.problems.append(_problem(layout, row, "language", "language_unknown", language))
        del found.fields["language"]


def _take_others(layout: Layout, row: Row, found: RowRead, cells: dict[str, Cell], texts: dict[str, str]) -> None:
    if texts.get("roles"):
        words = set(re.split(r"[^\w]+", texts["roles"].casefold()))
        roles = tuple(role for role, names in _ROLE_SETS.items() if words & names)
        if roles:
            found.fields["roles"] = roles
    load = texts.get("week_load", "")
    if load:
        if load.isdecimal() and len(load) < 4 and 1 <= int(load) <= MAX_LOAD:
            found.fields["week_load"] = int(load)
        else:
            found.problems.append(_problem(layout, row, "week_load", "load_unreadable", load))
    if texts.get("left_on"):
        day = day_of(cells["left_on"])
        if day is None:
            found.problems.append(_problem(layout, row, "left_on", "day_unreadable", texts["left_on"]))
        else:
            found.fields["left_on"] = day


def day_of(cell: Cell) -> date | None:
    """Return the day that a cell says; of 3/4/2026 the first number is the day, unless it can only be the month."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = text_of(cell).strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        pass
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    day, month = (other, one) if other > 12 >= one else (one, other)
    try:
        return date(year, month, day)
    except ValueError:
        return None
