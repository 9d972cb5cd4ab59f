"""Tables out of CSV and XLSX files, as rows of cells with the numbers a person sees.

openpyxl is imported inside the function that needs it: it takes longer than the rest of the start together.
"""

from __future__ import annotations

import csv
import io
import json
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable
from observe_app.domain.progress import Progress
from observe_app.services.exchange import old_workbook
from observe_app.services.exchange.archive import BAD_WORKBOOK, MAX_FORM_TAGS, MAX_TAGS, check_archive
from observe_app.services.exchange.encodings import decode
from observe_app.services.exchange.sheet_rows import sheet_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MAX_BYTES = 50 * 1024 * 1024
MAX_UNPACKED = 300 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_SHEETS = 200

MAX_PASSED = 1_100_000
"""Rows to go through, empty ones counted: a sheet has at most 1,048,576, and a damaged one may claim any number."""

MAX_FORM_UNPACKED = 16 * 1024 * 1024
"""Bytes, unpacked, that `read_sheets` takes; a form of 500 items has less than one MB."""

MAX_FORM_ROWS = 20_000
"""Rows that `read_sheets` takes of one sheet; a form needs a few hundred."""

_DELIMITERS = ("\t", ";", ",", "|")
_PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
Cell = str | int | float | bool | datetime | date | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty. `number` is what the person sees beside it: sheet row or line of the file.

    `beyond`: how many cells were given behind the last column that is read (`MAX_COLUMNS`).
    """

    number: int
    cells: tuple[Cell, ...]
    beyond: int = 0

    def cell(self, index: int) -> Cell:
        """Return the cell of this column (0 is the first), None where the row is shorter."""
        return self.cells[index] if 0 <= index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds.

    Attributes:
        sheet: the sheet read, "" for text. sheets: all sheets. encoding: of a text file, "" for a workbook.
        delimiter: of a text file. mended: quotes did not match, so they were read as plain signs.
        visible: the sheet is not hidden. unstored: (row number, column from 0) of formulas without a stored result,
            which read as empty; known to `read_sheets` only.
    """

    path: Path
    rows: tuple[Row, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    mended: bool = False
    visible: bool = True
    unstored: tuple[tuple[int, int], ...] = ()

    @property
    def width(self) -> int:
        """Number of columns of the widest row."""
        return max((len(row.cells) for row in self.rows), default=0)


def read_table(path: Path, *, sheet: str | None = None, progress: Progress | None = None) -> Table:
    """Read a table; formulas give their stored results, macros never run and links are never followed.

    Args:
        path: CSV or other delimited text, or an XLSX or XLS workbook; told apart by content, not by name.
        sheet: name of the sheet; None takes the first visible one that holds anything.
        progress: told now and then; may cancel.

    Raises:
        FileUnreadable: missing, denied, a folder, empty, too large, encrypted, damaged.
        Cancelled: the person asked to stop.
    """
    progress = progress or Progress()
    data = _load(path)
    if data.startswith(old_workbook.SIGNATURE):
        return _chosen(path, _read_old(path, data), sheet)
    if data.startswith(_PACKED):
        return _read_workbook(path, data, sheet, progress)
    return _read_other(path, data, progress)


def read_sheets(path: Path, *, progress: Progress | None = None) -> tuple[Table, ...]:
    """Read every sheet that holds anything, hidden ones too, in their order; a text file is one table.

    Raises:
        FileUnreadable, Cancelled: as `read_table`; "too_large" and "too_many_rows" come earlier, as a form needs less.
    """
    progress = progress or Progress()
    data = _load(path)
    if data.startswith(old_workbook.SIGNATURE):
        tables = _read_old(path, data)
    elif data.startswith(_PACKED):
        tables = _read_all(path, data, progress)
    else:
        return (_read_other(path, data, progress),)
    if not tables:
        raise FileUnreadable(path, "empty")
    return tables


def read_text(path: Path) -> tuple[str, str] | None:
    """Return a text file's words and how its letters are written; None for a workbook.

    Raises:
        FileUnreadable: as `read_table`.
    """
    data = _load(path)
    if data.startswith((old_workbook.SIGNATURE, *_PACKED)):
        return None
    _refuse_other(path, data)
    return _decoded(path, data)


def read_pasted(text: str) -> Table | None:
    """Return what was copied out of a spreadsheet or typed, one row a line; None where there is nothing in it.

    Tabs divide cells. Without any, another sign divides them if it gives every line the same three or more cells.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = "\t" if "\t" in text else _even_delimiter(text)
    if delimiter:
        rows, mended = _records(Path(), text, delimiter, 0, Progress())
    else:
        lines = enumerate(text.split("\n"), start=1)
        rows, mended = tuple(row for number, line in lines if (row := _trimmed(number, (line,)))), False
    return Table(Path(), rows, delimiter=delimiter, mended=mended) if rows else None


def _even_delimiter(text: str) -> str:
    for delimiter in ("|", ";", ","):
        lines = [line for line in text.split("\n") if line.strip()][:200]
        counts = {line.count(delimiter) for line in lines}
        if len(lines) > 1 and len(counts) == 1 and min(counts) >= 2:
            return delimiter
    return ""


def _read_other(path: Path, data: bytes, progress: Progress) -> Table:
    _refuse_other(path, data)
    return _read_text(path, data, progress)


def _refuse_other(path: Path, data: bytes) -> None:
    if path.suffix.casefold() in {".xlsx", ".xlsm", ".xls"}:
        raise FileUnreadable(path, "not_a_workbook")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"7z\xbc\xaf", b"SQLite format 3")):
        raise FileUnreadable(path, "not_a_table")


def _load(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise FileUnreadable(path, "folder")
        if path.exists() and not path.is_file():
            raise FileUnreadable(path, "special")  # a pipe would keep us waiting for ever
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise FileUnreadable(path, "missing") from error
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, "denied", getattr(error, "strerror", None) or str(error)) from error
    if len(data) > MAX_BYTES:
        raise FileUnreadable(path, "too_large", f"{MAX_BYTES // (1024 * 1024)} MB")
    if not data.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise FileUnreadable(path, "empty")
    return data


def _read_old(path: Path, data: bytes) -> tuple[Table, ...]:
    # A workbook with a password is a compound file too; names in it are UTF-16.
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise FileUnreadable(path, "encrypted")
    try:
        sheets = old_workbook.read_old_workbook(data)
    except old_workbook.OldWorkbookError as error:
        raise FileUnreadable(path, error.reason, error.detail) from error
    names = tuple(sheet.name for sheet in sheets)
    tables = (
        Table(path, tuple(row for row in _sheet_rows(sheet.rows) if row), sheet.name, names, visible=sheet.visible)
        for sheet in sheets[:MAX_SHEETS]
    )
    return tuple(table for table in tables if table.rows)


def _chosen(path: Path, tables: tuple[Table, ...], wanted: str | None) -> Table:
    """Return the wanted sheet, else the first visible one, else the first."""
    if wanted is not None and not any(table.sheet == wanted for table in tables):
        raise FileUnreadable(path, "no_sheet" if tables and wanted not in tables[0].sheets else "empty", wanted)
    fitting = [table for table in tables if wanted is None or table.sheet == wanted]
    if not fitting:
        raise FileUnreadable(path, "empty", wanted or "")
    return next((table for table in fitting if table.visible), fitting[0])


def _read_all(path: Path, data: bytes, progress: Progress) -> tuple[Table, ...]:
    check_archive(path, data, MAX_FORM_UNPACKED, MAX_FORM_TAGS)
    try:
        values = _sheets_of(path, data, progress, stored=True)
        formulas = _formulas(path, data, progress)
    except BAD_WORKBOOK as error:
        raise FileUnreadable(path, "damaged", type(error).__name__) from error
    names = tuple(name for name, _visible, _rows in values)
    found = []
    for name, visible, rows in values:
        cells = {row.number: row for row in rows}
        unstored = tuple(
            (number, column)
            for number, column in formulas.get(name, ())
            if number not in cells or cells[number].cell(column) is None
        )
        if rows or unstored:
            found.append(Table(path, rows, name, names, visible=visible, unstored=unstored))
    return tuple(found)


def _sheets_of(path: Path, data: bytes, progress: Progress, *, stored: bool) -> list[tuple[str, bool, tuple[Row, ...]]]:
    """Return name, visibility and rows of each sheet; with `stored` results of formulas, else the formulas."""
    from openpyxl import load_workbook  # noqa: PLC0415

    found = []
    left = MAX_PASSED
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=stored, keep_links=False)
        try:
            for name in book.sheetnames[:MAX_SHEETS]:
                sheet = book[name]
                if not hasattr(sheet, "reset_dimensions"):
                    continue
                sheet.reset_dimensions()
                passed: list[int] = [0]
                values = sheet_rows(sheet) if stored else sheet.iter_rows(values_only=True)
                rows = _counted(_sheet_rows(values), passed, left)
                kept = tuple(_limited(path, rows, progress, MAX_FORM_ROWS))
                left -= passed[0]
                found.append((name, sheet.sheet_state == "visible", kept))
        finally:
            book.close()
    return found


def _counted(rows: Iterable[Row | None], passed: list[int], most: int) -> Iterator[Row | None]:
    """Hand the rows on and count them; what lies beyond the last is a claim that no sheet of a form makes."""
    for row in rows:
        passed[0] += 1
        if passed[0] > most:
            raise OverflowError
        yield row


def _formulas(path: Path, data: bytes, progress: Progress) -> dict[str, list[tuple[int, int]]]:
    """Return (row number, column) of every formula by sheet. Without any the sheets are not read a second time."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if "worksheets/" in name and name.endswith(".xml")]
        if not any(b"<f" in archive.read(name) for name in sheets):
            return {}
    return {
        name: [
            (row.number, column)
            for row in rows
            for column, cell in enumerate(row.cells)
            if isinstance(cell, str) and cell.startswith("=")
        ]
        for name, _visible, rows in _sheets_of(path, data, progress, stored=False)
    }


def _read_workbook(path: Path, data: bytes, wanted: str | None, progress: Progress) -> Table:
    from openpyxl import load_workbook  # noqa: PLC0415

    check_archive(path, data, MAX_UNPACKED, MAX_TAGS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                names = tuple(book.sheetnames[:MAX_SHEETS])
                visible = [name for name in names if getattr(book[name], "sheet_state", "visible") == "visible"]
                if wanted is not None and wanted not in names:
                    raise FileUnreadable(path, "no_sheet", wanted)
                for name in [wanted] if wanted is not None else [*visible, *names]:
                    sheet = book[name]
                    if not hasattr(sheet, "reset_dimensions"):
                        continue
                    sheet.reset_dimensions()
                    rows = tuple(_limited(path, _sheet_rows(sheet_rows(sheet)), progress))
                    if rows:
                        return Table(path, rows, name, names)
            finally:
                book.close()
    except BAD_WORKBOOK as error:
        raise FileUnreadable(path, "damaged", type(error).__name__) from error
    raise FileUnreadable(path, "empty", wanted or "")


def _sheet_rows(rows: Iterable[tuple[object, ...]]) -> Iterator[Row | None]:
    for number, values in enumerate(rows, start=1):
        cells = tuple(_cell(value) for value in values[:MAX_COLUMNS])
        yield _trimmed(number, cells, values[MAX_COLUMNS:])


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, bool | int | float | datetime | date | time | timedelta):
        return value
    return str(value)


def _trimmed(number: int, cells: tuple[Cell, ...], beyond: Sequence[object] = ()) -> Row | None:
    """Return the row without empty cells at its end, None when nothing is left."""
    more = sum(1 for value in beyond if value is not None and str(value).strip())
    end = len(cells)
    while end and (cells[end - 1] is None or (isinstance(cells[end - 1], str) and not str(cells[end - 1]).strip())):
        end -= 1
    return Row(number, cells[:end], more) if end or more else None


def _limited(path: Path, rows: Iterable[Row | None], progress: Progress, most: int = MAX_ROWS) -> Iterator[Row]:
    count = 0
    for passed, row in enumerate(rows):
        if passed % 2_000 == 0:
            progress.step(passed, 0)
        if passed > MAX_PASSED:
            raise FileUnreadable(path, "too_many_rows", f"{most}")
        if row is None:
            continue
        count += 1
        if count > most:
            raise FileUnreadable(path, "too_many_rows", f"{most}")
        yield row


def _decoded(path: Path, data: bytes) -> tuple[str, str]:
    text, encoding = decode(data)
    if _binary(text) or _other_format(text):
        raise FileUnreadable(path, "not_a_table")
    return text, encoding


def _read_text(path: Path, data: bytes, progress: Progress) -> Table:
    text, encoding = _decoded(path, data)
    skipped = 0
    first, _, rest = text.partition("\n")
    given = first.strip().strip('"')
    delimiter = ""
    if given.casefold().startswith("sep=") and len(given) == 5:
        delimiter, text, skipped = given[4], rest, 1
    delimiter = delimiter or _sniff(text)
    rows, mended = _records(path, text, delimiter, skipped, progress)
    if not rows:
        raise FileUnreadable(path, "empty")
    return Table(path, rows, encoding=encoding, delimiter=delimiter, mended=mended)


def _records(path: Path, text: str, delimiter: str, skipped: int, progress: Progress) -> tuple[tuple[Row, ...], bool]:
    """Return the rows, and whether quotes had to be read as plain signs because one never closes."""
    for strict in (True, False):
        try:
            return tuple(_limited(path, _quoted_rows(text, delimiter, skipped, strict=strict), progress)), False
        except csv.Error as error:
            if "unexpected end of data" in str(error):
                break
    return tuple(_limited(path, _plain_rows(text, delimiter, skipped), progress)), True


def _binary(text: str) -> bool:
    sample = text[:20_000]
    strange = sum(1 for char in sample if (char < " " and char not in "\t\r\n\f\v\x1a") or char == "\ufffd")
    return strange > max(3, len(sample) // 20)


def _other_format(text: str) -> bool:
    """Tell JSON, RTF, HTML and XML: text, but no table."""
    start = text[:200].lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(("{\\rtf", "<!doctype", "<html", "<?xml")):
        return True
    if not start.startswith(("{", "[")):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _quoted_rows(text: str, delimiter: str, skipped: int, *, strict: bool) -> Iterator[Row | None]:
    """Give the records with the line each one starts on.

    Raises:
        csv.Error: quotes that do not match.
    """
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter, strict=strict)
    start = 1
    for record in reader:
        yield _trimmed(start + skipped, tuple(record[:MAX_COLUMNS]), record[MAX_COLUMNS:])
        start = reader.line_num + 1


def _plain_rows(text: str, delimiter: str, skipped: int) -> Iterator[Row | None]:
    for number, line in enumerate(text.splitlines(), start=skipped + 1):
        cells = line.split(delimiter)
        yield _trimmed(number, tuple(cell.strip(' "') for cell in cells[:MAX_COLUMNS]), cells[MAX_COLUMNS:])


def _sniff(text: str) -> str:
    """Return the delimiter that gives the most rows of one width; the comma where nothing divides."""
    sample = text[:100_000]
    best, best_score = ",", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        widths = Counter[int]()
        try:
            for row in csv.reader(io.StringIO(sample.replace("\x00", ""), newline=""), delimiter=delimiter):
                if row:
                    widths[len(row)] += 1
                if widths.total() >= 200:
                    break
        except csv.Error:
            continue
        wide = Counter({width: count for width, count in widths.items() if width > 1})
        if not wide:
            continue
        width, count = wide.most_common(1)[0]
        score = count / widths.total() + min(width, 8) / 100
        if score > best_score:
            best, best_score = delimiter, score
    return best


def column_letter(index: int) -> str:
    """Return the letters above a column: 0 is "A", 26 is "AA"."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_of(cell: Cell) -> str:
    """Return a cell as the words a person reads in it, without the sign that our exports keep formulas asleep with."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date | time):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    if isinstance(cell, str) and cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"):
        return cell[1:]
    return str(cell)
