"""What every way of bringing a form in shares: the result, its notes, ids, and texts that a form may hold."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.errors import FormInvalid, FormProblem
from observe_app.services.exchange.form_in_words import note_text
from observe_app.services.exchange.problems import shortened
from observe_app.services.exchange.tables import MAX_COLUMNS, column_letter, text_of
from observe_app.services.forms.limits import MAX_ID, MAX_LABEL, MAX_PROBLEMS, MAX_TEXT
from observe_app.services.forms.read_items import slug
from observe_app.services.forms.tables import ID, forbidden_character, nearest_word

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from observe_app.domain.form import Form
    from observe_app.services.exchange.tables import Cell, Table

_SHOWN = 80
_MARK = re.compile(
    r"^\s*(?:(?:[-*+•◦▪▫■●○‣⁃–—·]|[☐☑☒□✓✔✗✘▢]|\[[ xX✓]?\]|\(\s?\))\s*)+|^\s*(?:\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+"
)
_NUMBERED = re.compile(r"^\s*\d{1,3}(?:\.\d{1,3})+\.?\s+")
_BREAKS = re.compile(r"[\n\u2028\u2029\x85]+")


@dataclass(frozen=True, slots=True)
class Unmapped:
    """One thing that did not come over as it was, or that a person should know of.

    Attributes:
        row: row of the sheet, 0 for the sheet or file as a whole. sheet: "" for text.
        what: what stands there, shortened. rule, found: which sentence, and what fills it.
    """

    row: int
    sheet: str
    what: str
    rule: str
    found: str = ""

    @property
    def why(self) -> str:
        """One English sentence: why, and what was done instead."""
        return note_text(self.rule, self.found)


@dataclass(frozen=True, slots=True)
class FormDraftIn:
    """A form as a file would give it; nothing is stored.

    Attributes:
        shape: "xlsform", "rubric" or "checklist": how the file was read.
        notes: row by row what did not come over, and what the reader decided.
    """

    form: Form
    shape: str
    notes: tuple[Unmapped, ...]


@dataclass(slots=True)
class Gathered:
    """Notes and problems of one import."""

    path: Path
    notes: list[Unmapped] = field(default_factory=list)
    problems: list[FormProblem] = field(default_factory=list)

    def note(self, row: int, sheet: str, what: str, rule: str, found: str = "") -> None:
        """Add a note, each once."""
        new = Unmapped(row, sheet, shortened(what, _SHOWN), rule, shortened(found, _SHOWN))
        if new not in self.notes[-20:]:
            self.notes.append(new)

    def problem(
        self, row: int, sheet: str, column: str, rule: str, found: str = "", allowed: Collection[str] = ()
    ) -> None:
        """Add a problem; `column` is a letter, "" for the row as a whole."""
        parts = [f"sheet {sheet}" if sheet else "", f"row {row}" if row else "", f"column {column}" if column else ""]
        where = ", ".join(part for part in parts if part)
        nearest = nearest_word(found, allowed) if rule == "xls_unknown_list" else ""
        self.problems.append(
            FormProblem(row, where, rule, shortened(found, _SHOWN), shortened(", ".join(allowed), 300), nearest)
        )

    def about_file(self, table: Table) -> None:
        """Note what reading the file had to guess."""
        if table.encoding not in {"", "utf-8", "utf-8-sig", "utf-16", "utf-32"}:
            self.note(0, "", self.path.name, "encoding_guessed", table.encoding)
        if table.mended:
            self.note(0, "", self.path.name, "quotes_mended")

    def unstored(self, table: Table) -> None:
        """Note the formulas whose results the file does not hold, and the cells too far right to be read."""
        for line in [row for row in table.rows if row.beyond][:MAX_PROBLEMS]:
            first = f"{column_letter(MAX_COLUMNS)}{line.number}"
            self.note(line.number, table.sheet, first, "columns_beyond", str(MAX_COLUMNS))
        for row, column in table.unstored[:MAX_PROBLEMS]:
            self.note(row, table.sheet, f"{column_letter(column)}{row}", "formula_empty")

    def stop_if_any(self) -> None:
        """Raise what has been found.

        Raises:
            FormInvalid: there are problems.
        """
        if self.problems:
            found = sorted(self.problems, key=lambda problem: problem.where.partition(",")[0])
            rest = len(found) - MAX_PROBLEMS
            more = (FormProblem(0, "", "more_problems", str(rest)),) if rest > 0 else ()
            raise FormInvalid(self.path, (*found[:MAX_PROBLEMS], *more))

    # texts

    def line(self, text: str, row: int, sheet: str, limit: int = MAX_LABEL) -> tuple[str, str]:
        """Return a text fit for a label, and the whole of it where it had to be cut, else ""."""
        whole = self._clean(text, row, sheet)
        line = " ".join(part.strip() for part in _BREAKS.split(whole) if part.strip())
        if len(line) <= limit:
            return line, ""
        self.note(row, sheet, line, "label_cut", str(limit))
        return f"{line[: limit - 1].rstrip()}…", whole

    def passage(self, text: str, row: int, sheet: str) -> str:
        """Return a text fit for a help or a purpose."""
        whole = self._clean(text, row, sheet)
        if len(whole) > MAX_TEXT:
            self.note(row, sheet, whole, "text_cut", str(MAX_TEXT))
            whole = f"{whole[: MAX_TEXT - 1].rstrip()}…"
        return whole

    def _clean(self, text: str, row: int, sheet: str) -> str:
        plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
        kept = plain
        if forbidden_character(plain):
            kept = "".join(char for char in plain if not forbidden_character(char))
            self.note(row, sheet, kept, "text_cleaned")
        return kept.strip()


@dataclass(slots=True)
class Ids:
    """Makes ids that are valid and each used once.

    `numbers`: the next number to try behind an id, so that ten thousand equal lines do not each count from 2.
    """

    taken: set[str] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def make(self, wanted: str, otherwise: str) -> str:
        """Return an id as near to the wanted one as may be, and take it."""
        base = id_of(wanted) or id_of(otherwise) or "item"
        found, number = base, self.numbers.get(base, 2)
        while found in self.taken:
            end = f"-{number}"
            found = base[: MAX_ID - len(end)].rstrip("-_.") + end
            number += 1
        self.numbers[base] = number
        self.taken.add(found)
        return found


def id_of(text: str) -> str:
    """Return the text where it is an id already, else an id made from it; "" where nothing can be."""
    folded = text.strip().lower()
    if len(folded) <= MAX_ID and ID.fullmatch(folded):
        return folded
    return slug(text)


def words(cell: Cell) -> str:
    """Return a cell as text, without spaces around it. Unlike `text_of`, a leading quotation mark is kept."""
    return cell.strip() if isinstance(cell, str) else text_of(cell).strip()


def folded(text: str) -> str:
    """Return a text for comparing: small letters, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return " ".join(plain.casefold().split())


def bare(text: str) -> str:
    """Return a line without bullets, numbering and check boxes before it."""
    kept = text.strip()
    for _again in range(3):
        shorter = _NUMBERED.sub("", _MARK.sub("", kept, count=1), count=1).strip()
        if not shorter or shorter == kept:
            break
        kept = shorter
    return kept if re.search(r"\w", kept) else ""


def is_heading(text: str) -> bool:
    """Tell whether a line is a title: it ends with a colon, or is written in capitals, and has no box before it."""
    line = text.strip()
    if re.match(r"\s*(?:[☐☑☒□▢]|\[[ xX✓]?\])", line) or len(line) > MAX_LABEL:
        return False
    letters = [char for char in bare(line) if char.isalpha()]
    capitals = len(letters) >= 4 and all(not char.islower() for char in letters) and any(c.isupper() for c in letters)
    return line.endswith(":") or capitals or (line.startswith("**") and line.endswith("**"))
