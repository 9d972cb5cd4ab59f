"""The values of a worksheet, row by row, straight from its XML.

openpyxl builds a tree for every cell before it gives its value; for a transcript of a thousand lines that takes most of
the time of reading it. Workbook, styles and shared strings are still openpyxl's, and so is what a number or a date is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 16
_PLACE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,8})$")


def sheet_rows(sheet: Any) -> Iterator[tuple[object, ...]]:
    """Yield the values of each row, () for one that the file leaves out; as `iter_rows(values_only=True)`.

    Args:
        sheet: of a workbook that openpyxl opened with `read_only` and `data_only`.

    Raises:
        ValueError, IndexError, SyntaxError: the sheet is damaged. The workbook's XML was checked by `check_archive`.
    """
    reader = _Reader(sheet)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.words
    number = 1
    with sheet.parent._archive.open(sheet._worksheet_path) as source:  # noqa: SLF001  (openpyxl has no other name)
        ended = False
        while not ended:
            chunk = source.read(_CHUNK)
            ended = not chunk
            try:
                parser.Parse(chunk, ended)
            except expat.ExpatError as error:
                raise SyntaxError(str(error)) from error
            rows, reader.rows = reader.rows, []
            for at, values in rows:
                while number < at:
                    number += 1
                    yield ()
                if number == at:
                    number += 1
                    yield values


class _Reader:
    """What the parser has seen so far. `rows`: (number, values) of the rows that ended."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.utils.datetime import from_excel, from_ISO8601  # noqa: PLC0415  (as said in `tables`)
        from openpyxl.worksheet._reader import _cast_number  # noqa: PLC0415

        book = sheet.parent
        self.rows: list[tuple[int, tuple[object, ...]]] = []
        self._strings = sheet._shared_strings  # noqa: SLF001  (as above)
        self._dates, self._lengths = book._date_formats, book._timedelta_formats  # noqa: SLF001
        self._epoch, self._from_excel, self._from_iso, self._number = book.epoch, from_excel, from_ISO8601, _cast_number
        self._in_data = self._kept = self._phonetic = False
        self._row, self._column = 0, 0
        self._cells: list[object] = []
        self._kind, self._style = "n", 0
        self._value: list[str] = []
        self._inline: list[str] = []
        self._columns: dict[str, int] = {}
        self._into: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = tag.rpartition(":")[2]
        if not self._in_data:
            self._in_data = name == "sheetData"
        elif name == "c":
            self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s") or 0)
            self._value, self._inline = [], []
            place = attributes.get("r")
            self._column = self._column_of(place) if place else self._column + 1
        elif name == "v":
            self._into = self._value
        elif name == "t":
            self._into = None if self._phonetic else self._inline
        elif name == "row":
            given = attributes.get("r")
            self._row = int(float(given)) if given else self._row + 1
            self._column, self._cells = 0, []
        elif name == "rPh":
            self._phonetic = True

    def words(self, text: str) -> None:
        """Keep text of values only."""
        if self._into is not None:
            self._into.append(text)

    def end(self, tag: str) -> None:
        """End an element."""
        if not self._in_data:
            return
        name = tag.rpartition(":")[2]
        if name in {"v", "t"}:
            self._into = None
        elif name == "c":
            value = self._read()
            if value is not None:
                missing = self._column - len(self._cells)
                self._cells.extend([None] * missing)
                self._cells[self._column - 1] = value
        elif name == "row":
            self.rows.append((self._row, tuple(self._cells)))
        elif name == "rPh":
            self._phonetic = False
        elif name == "sheetData":
            self._in_data = False

    def _column_of(self, place: str) -> int:
        found = _PLACE.match(place)
        if found is None:
            raise ValueError(place)
        letters = found[1].upper()
        if letters not in self._columns:
            number = 0
            for letter in letters:
                number = number * 26 + ord(letter) - 64
            self._columns[letters] = number
        return self._columns[letters]

    def _read(self) -> object:
        if self._kind == "inlineStr":
            return "".join(self._inline) or None
        text = "".join(self._value)
        if not text:
            return None
        if self._kind == "s":
            return self._strings[int(text)]
        if self._kind == "n":
            number = self._number(text)
            if self._style not in self._dates:
                return number
            try:
                return self._from_excel(number, self._epoch, timedelta=self._style in self._lengths)
            except (OverflowError, ValueError):
                return "#VALUE!"
        if self._kind == "b":
            return bool(int(text))
        return self._from_iso(text) if self._kind == "d" else text
