"""The sheets of an XLSForm as records: headings understood whichever way they are written, texts by language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.services.exchange.form_in_parts import words
from observe_app.services.exchange.tables import column_letter
from observe_app.services.exchange.xlsform_names import (
    CHOICES,
    DESCRIPTOR,
    HELP,
    HINT,
    LABEL,
    OWN,
    OWN_SHEETS,
    SETTINGS,
    SURVEY,
    TEXT,
    UNIT,
    language_code,
    with_references,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.form import Texts
    from observe_app.services.exchange.form_in_parts import Gathered
    from observe_app.services.exchange.tables import Cell, Row, Table

TEXT_COLUMNS = frozenset({LABEL, HINT, "guidance_hint", UNIT, DESCRIPTOR, HELP, TEXT})
MEDIA = frozenset({"image", "audio", "video", "big-image"})
_ALIASES = {
    "caption": LABEL, "list name": "list_name", "relevance": "relevant", "skip": "relevant", "command": "type",
    "tag": "name", "value": "name", "readonly": "read_only", "default value": "default",
    "guidance hint": "guidance_hint",
}  # fmt: skip
_LOOKED_AT = TEXT_COLUMNS | {"constraint_message", "required_message"} | MEDIA
_PREFIXES = frozenset({"bind", "control", "media", "body", "instance"})
_KNOWN = {
    SURVEY: TEXT_COLUMNS | MEDIA | {
        "type", "name", "required", "relevant", "appearance", "default", "constraint", "constraint_message",
        "required_message", "calculation", "choice_filter", "parameters", "read_only", "trigger", "repeat_count",
        "disabled", "autoplay",
    },
    CHOICES: TEXT_COLUMNS | MEDIA | {"list_name", "name"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """One row: cells by column, and texts by column and language ("" where the heading names none)."""

    sheet: str
    row: int
    cells: dict[str, Cell]
    texts: dict[str, dict[str, str]]

    def get(self, column: str) -> str:
        """Return a cell as text, "" where it is empty."""
        return words(self.cells.get(column))


@dataclass(slots=True)
class Sheet:
    """One sheet, understood.

    Attributes:
        letters: letter of each column. languages: in the order of the headings.
    """

    name: str
    records: list[Record] = field(default_factory=list)
    letters: dict[str, str] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    bare: bool = False


@dataclass(slots=True)
class Book:
    """The sheets that matter. `own`: this program wrote it."""

    survey: Sheet
    choices: Sheet
    settings: dict[str, str]
    others: dict[str, Sheet]
    language: str
    own: bool
    gathered: Gathered

    def texts(self, record: Record, column: str) -> Texts:
        """Return a text in its languages, the form's own under "". Nothing is noted."""
        given = record.texts.get(column, {})
        found = {code: text for code, text in given.items() if text and code not in {"", self.language}}
        base = given.get("") or given.get(self.language, "")
        if base:
            found[""] = base
        if self.own:
            found = {code: with_references(text) for code, text in found.items()}
        return tuple(sorted(found.items()))


def is_xlsform(tables: Sequence[Table]) -> bool:
    """Tell whether these are the sheets of an XLSForm: one is called survey and has a column of types."""
    return any(_name(table) == SURVEY and "type" in _first_words(table) for table in tables) or (
        {SURVEY, CHOICES} <= {_name(table) for table in tables}
    )


def understand(tables: Sequence[Table], gathered: Gathered, language: str) -> Book:
    """Sort the sheets and their columns.

    Raises:
        FormInvalid: no survey sheet, no column of types, a heading twice.
    """
    by_name: dict[str, Table] = {}
    for table in tables:
        by_name.setdefault(_name(table), table)
    if SURVEY not in by_name or not by_name[SURVEY].rows:
        gathered.problem(0, "", "", "xls_no_survey", allowed=[table.sheet for table in tables])
        gathered.stop_if_any()
    for table in tables:
        gathered.unstored(table)
        name = _name(table)
        if name not in {SURVEY, CHOICES, SETTINGS, *OWN_SHEETS} and table.visible:
            gathered.note(0, table.sheet, table.sheet, "sheet_left_out")
    sheets = {
        name: _Reader(by_name[name], name, gathered).read()
        for name in by_name
        if name in {SURVEY, CHOICES, *OWN_SHEETS}
    }
    survey, choices = sheets.pop(SURVEY), sheets.pop(CHOICES, Sheet(CHOICES))
    for sheet, column in ((survey, "type"), (choices, "list_name"), (choices, "name")):
        if sheet.letters and column not in sheet.letters:
            gathered.problem(0, sheet.name, "", "xls_no_column", column.replace("_", " "), tuple(sheet.letters))
    gathered.stop_if_any()
    settings = _settings(by_name[SETTINGS]) if SETTINGS in by_name else {}
    form_sheet = sheets.get(OWN_SHEETS[0])
    said = next((r.texts.get(TEXT, {}).get("", "") for r in _records(form_sheet) if r.get("key") == "language"), "")
    own_language = (
        language_code(said) or language_code(settings.get("default_language", "")) or _language(survey, language)
    )
    return Book(survey, choices, settings, sheets, own_language, form_sheet is not None, gathered)


def _records(sheet: Sheet | None) -> list[Record]:
    return sheet.records if sheet else []


def _language(survey: Sheet, given: str) -> str:
    if survey.bare or given in survey.languages:
        return given
    return survey.languages[0] if survey.languages else given


def _name(table: Table) -> str:
    return table.sheet.strip().casefold()


def _first_words(table: Table) -> set[str]:
    return {_split(words(cell))[0] for cell in table.rows[0].cells} if table.rows else set()


def _settings(table: Table) -> dict[str, str]:
    """Return what the row below the headings says."""
    if len(table.rows) < 2:
        return {}
    heads, values = table.rows[0], table.rows[1]
    names = [re.sub(r"[\s_]+", "_", words(head).casefold()) for head in heads.cells]
    return {name: words(values.cell(place)) for place, name in enumerate(names) if name and words(values.cell(place))}


def _split(heading: str) -> tuple[str, str]:
    """Return column and language of a heading such as "label::English (en)", "bind:relevant" or "List Name"."""
    heading = " ".join(heading.split())  # a pattern would try each of thousands of spaces
    own = heading.casefold().startswith(OWN)
    parts = [part.strip() for part in re.split(r"\s*::?\s*", heading[len(OWN) :] if own else heading)]
    column = " ".join(parts[0].casefold().split())
    if own:
        return f"{OWN}{column}", "::".join(parts[1:])
    if column in _PREFIXES and len(parts) > 1:
        parts = parts[1:]
        column = " ".join(parts[0].casefold().split())
    column = _ALIASES.get(column, column)
    plain = column.replace(" ", "_")
    if plain in _KNOWN[SURVEY] | _KNOWN[CHOICES]:
        column = plain
    return column, "::".join(parts[1:])


@dataclass(slots=True)
class _Reader:
    table: Table
    name: str
    gathered: Gathered

    def read(self) -> Sheet:
        if not self.table.rows:
            return Sheet(self.table.sheet)
        head, *rows = self.table.rows
        sheet = Sheet(self.table.sheet)
        columns = self._columns(head, sheet)
        for row in rows:
            cells: dict[str, Cell] = {}
            texts: dict[str, dict[str, str]] = {}
            for place, (column, code) in columns.items():
                cell = row.cell(place)
                if words(cell) and column in TEXT_COLUMNS:
                    texts.setdefault(column, {})[code] = words(cell)
                elif words(cell):
                    # Of a picture in several languages one is enough to say that there is one.
                    cells.setdefault(column, cell)
            if cells or texts:
                sheet.records.append(Record(self.table.sheet, row.number, cells, texts))
        self._unknown(columns, sheet, head.number)
        return sheet

    def _columns(self, head: Row, sheet: Sheet) -> dict[int, tuple[str, str]]:
        """Return column and language code by place; headings that occur twice are problems."""
        split = {place: _split(words(cell)) for place, cell in enumerate(head.cells) if words(cell)}
        places: dict[tuple[str, str], list[int]] = {}
        for place, (column, language) in split.items():
            places.setdefault((column, language.casefold()), []).append(place)
            sheet.letters.setdefault(column, column_letter(place))
        for double in places.values():
            if len(double) > 1:
                letters = [column_letter(place) for place in double]
                heading = words(head.cells[double[0]])
                self.gathered.problem(
                    head.number, self.table.sheet, letters[1], "xls_duplicate_column", heading, letters
                )
        found: dict[int, tuple[str, str]] = {}
        named = {column for column, language in split.values() if not language or language_code(language)}
        for place, (column, language) in split.items():
            code = language_code(language) if language else ""
            if language and not code and column in _LOOKED_AT:
                if column in named:
                    self.gathered.note(
                        head.number, self.table.sheet, words(head.cells[place]), "language_unknown", language
                    )
                    continue
                named.add(column)  # the only one there is: it is the form's own, whatever it is called
            if column == LABEL:
                sheet.bare = sheet.bare or not code
                if code and code not in sheet.languages:
                    sheet.languages.append(code)
            if (column, code) not in found.values() or column not in TEXT_COLUMNS:
                found[place] = (column, code)
        return found

    def _unknown(self, columns: dict[int, tuple[str, str]], sheet: Sheet, row: int) -> None:
        known = _KNOWN.get(self.name)
        if known is None:
            return
        for place, (column, _code) in columns.items():
            filled = any(column in record.cells for record in sheet.records)
            if filled and column not in known and not column.startswith(OWN):
                what = f"{column_letter(place)}{row}"
                self.gathered.note(row, self.table.sheet, what, "column_left_out", column)
