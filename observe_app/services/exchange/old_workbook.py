"""Old .xls workbooks: the stored values of their cells, whatever else is in the file.

The file is a compound file; its "Workbook" stream is a row of records. Before xlrd sees the stream, every record that
is not about cells is blanked: macros, links, drawings, and names, whose formulas xlrd would evaluate. xlrd is imported
inside the function that needs it, as openpyxl is in `tables`.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 20_000
MAX_CELLS = 2_000_000
"""Places to keep: each row counts up to its last cell."""

_FREE = 0xFFFFFFFA
"""Sector numbers from here up are marks: free, end of chain, table."""

_BLANK = 0xFFF0
"""A record number that nobody uses."""

_FILEPASS = 0x002F
_MULRK = 0x00BD
_CELLS = frozenset({0x0203, 0x027E, 0x00FD, 0x0204, 0x00D6, 0x0006, 0x0205, _MULRK})
"""NUMBER, RK, LABELSST, LABEL, RSTRING, FORMULA (its stored result), BOOLERR, MULRK."""

_KEPT = _CELLS | {0x0809, 0x000A, 0x0085, 0x00FC, 0x003C, 0x0042, 0x0022, 0x041E, 0x00E0, 0x0207}
"""With them BOF, EOF, BOUNDSHEET, SST, CONTINUE, CODEPAGE, DATEMODE, FORMAT, XF, STRING (a formula's stored text)."""

_BOF, _CONTINUE = 0x0809, 0x003C
_MAX_COLUMNS = 256


class OldWorkbookError(Exception):
    """It cannot be read.

    `reason` is one of `FileUnreadable`: "damaged", "encrypted", "too_large",
    "too_many_rows", "not_a_workbook".
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


OldCell = str | float | bool | datetime | time | None


@dataclass(frozen=True, slots=True)
class OldSheet:
    """One worksheet: its rows from the first on, each as long as it has cells."""

    name: str
    visible: bool
    rows: tuple[tuple[OldCell, ...], ...]


def read_old_workbook(data: bytes) -> tuple[OldSheet, ...]:
    """Return the worksheets of an .xls file.

    Raises:
        OldWorkbookError: too large, encrypted, damaged, or of Excel 4 and older.
    """
    if len(data) > MAX_BYTES:
        raise OldWorkbookError("too_large", f"{MAX_BYTES // (1024 * 1024)} MB")
    import xlrd  # noqa: PLC0415

    try:
        stream = _cells_only(_workbook_stream(data))
        book = xlrd.open_workbook(file_contents=stream, logfile=io.StringIO(), ragged_rows=True)
        return tuple(
            OldSheet(
                str(sheet.name),
                sheet.visibility == 0,
                tuple(
                    tuple(
                        _value(kind, value, book.datemode, xlrd)
                        for kind, value in zip(sheet.row_types(number), sheet.row_values(number), strict=True)
                    )
                    for number in range(sheet.nrows)
                ),
            )
            for sheet in book.sheets()
        )
    except OldWorkbookError:
        raise
    except Exception as error:
        # xlrd meets damage with whatever it trips over; a closed list of those would be a guess.
        raise OldWorkbookError("damaged", type(error).__name__) from error


def _value(kind: int, value: Any, datemode: int, xlrd: Any) -> OldCell:
    number = float(value) if isinstance(value, (int, float)) else 0.0
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR}:
        return None
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(number)
    if kind == xlrd.XL_CELL_NUMBER:
        return number
    if kind == xlrd.XL_CELL_DATE:
        try:
            moment: datetime = xlrd.xldate.xldate_as_datetime(number, datemode)
        except (ValueError, OverflowError, xlrd.xldate.XLDateError):
            return number
        return moment.time() if number < 1 else moment
    return str(value)


def _workbook_stream(data: bytes) -> bytes:
    """Return the stream of records out of the compound file, every chain of sectors followed once only."""
    if len(data) < 512 or not data.startswith(SIGNATURE):
        raise OldWorkbookError("not_a_workbook")
    shift, short_shift = struct.unpack_from("<HH", data, 30)
    if shift not in {9, 12} or short_shift != 6:
        raise OldWorkbookError("not_a_workbook", "xls")
    size = 1 << shift
    directory_start, short_limit, short_start = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
    table = _sector_table(data, size)
    directory = _chain(data, table, directory_start, size, size)
    entries = list(_entries(directory))
    for wanted in ("workbook", "book"):
        for name, kind, start, length in entries:
            if name.casefold() != wanted or kind != 2:
                continue
            if length >= short_limit:
                return _chain(data, table, start, size, size)[:length]
            root = next((entry for entry in entries if entry[1] == 5), None)
            if root is None:
                raise OldWorkbookError("damaged", "root")
            short_table = _numbers(_chain(data, table, short_start, size, size))
            inside = _chain(data, table, root[2], size, size)
            return _chain(inside, short_table, start, 64, 0)[:length]
    raise OldWorkbookError("not_a_workbook", "xls")


def _sector_table(data: bytes, size: int) -> tuple[int, ...]:
    """Return for each sector the one that follows it."""
    sectors = list(struct.unpack_from("<109I", data, 76))
    following = struct.unpack_from("<I", data, 68)[0]
    seen: set[int] = set()
    while following < _FREE:
        if following in seen:
            raise OldWorkbookError("damaged", "loop")
        seen.add(following)
        more = _numbers(_sector(data, following, size, size))
        sectors += more[:-1]
        following = more[-1]
    own = [sector for sector in sectors if sector < _FREE]
    if len(own) > len(data) // size + 1:
        raise OldWorkbookError("damaged", "table")
    return tuple(number for sector in own for number in _numbers(_sector(data, sector, size, size)))


def _sector(data: bytes, number: int, size: int, first: int) -> bytes:
    """Return one sector; a last one cut short by a careless writer is filled up."""
    at = first + number * size
    if at >= len(data):
        raise OldWorkbookError("damaged", "sector")
    return data[at : at + size].ljust(size, b"\x00")


def _chain(data: bytes, table: tuple[int, ...], start: int, size: int, first: int) -> bytes:
    parts = []
    seen: set[int] = set()
    while start < _FREE:
        if start in seen or start >= len(table):
            raise OldWorkbookError("damaged", "chain")
        seen.add(start)
        parts.append(_sector(data, start, size, first))
        start = table[start]
    return b"".join(parts)


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entries(directory: bytes) -> Iterator[tuple[str, int, int, int]]:
    """Give name, kind (2 a stream, 5 the root), first sector and length of each entry."""
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", errors="replace")
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield name, directory[at + 66], start, size


def _cells_only(stream: bytes) -> bytes:
    """Return the stream with every record blanked that is not about cells, after counting the cells.

    Records keep their places, because those of the sheets are given as offsets.
    """
    out = bytearray(stream)
    at = cells = 0
    kept = False
    widths: dict[int, int] = {}
    while at + 4 <= len(out):
        number, length = struct.unpack_from("<HH", out, at)
        if number == _FILEPASS:
            raise OldWorkbookError("encrypted")
        # A CONTINUE belongs to the record before it and shares its fate.
        if number != _CONTINUE:
            kept = number in _KEPT
        if number == _BOF:
            widths.clear()
        if not kept:
            struct.pack_into("<H", out, at, _BLANK)
        elif number in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", out, at + 4)
            column += (length - 6) // 6 - 1 if number == _MULRK else 0
            if row >= MAX_ROWS:
                raise OldWorkbookError("too_many_rows", str(MAX_ROWS))
            if column >= _MAX_COLUMNS:
                raise OldWorkbookError("damaged", "column")
            cells += max(0, column + 1 - widths.get(row, 0))
            widths[row] = max(column + 1, widths.get(row, 0))
            if cells > MAX_CELLS:
                raise OldWorkbookError("too_large", f"{MAX_CELLS} cells")
        at += 4 + length
    return bytes(out)
