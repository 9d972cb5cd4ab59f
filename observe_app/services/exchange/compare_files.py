"""Tables of a comparison as files: CSV and Parquet row by row, a workbook with a sheet for each view, JSON.

openpyxl and pyarrow are imported inside what needs them: the first is slow to load, the second is an extra.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence  # noqa: TC003  (dataclass fields are read at run time)
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import ExportFailed
from observe_app.services.exchange.compare_columns import DICTIONARY, Column, Row, Value, dictionary
from observe_app.services.exchange.visit_out import RISKY_SIGNS, cell_of, harmless

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_CHUNK = 20_000
MOST_ROWS = 1_048_576
"""Rows that a sheet of a workbook can have."""
_MOST_CELL = 32_000
_SHORT = 200
_NOT_PLAIN = ("#", *RISKY_SIGNS)
_WIDTHS = {"text": 22, "whole": 9, "number": 10, "yes_no": 8, "moment": 21}
_WIDE = {
    "text": 80,
    "meaning": 90,
    "step": 60,
    "label": 40,
    "item_label": 40,
    "visit_id": 14,
    "id": 14,
    "class_name": 14,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook. wrapped: whether long texts take several lines."""

    title: str
    heads: tuple[str, ...]
    rows: Iterable[Sequence[Value]]
    widths: tuple[int, ...] = ()


def table_sheet(title: str, columns: Sequence[Column], rows: Iterable[Row]) -> Sheet:
    """Return a table with described columns as a sheet."""
    widths = tuple(_WIDE.get(one.name, _WIDTHS[one.kind]) for one in columns)
    return Sheet(title, tuple(one.name for one in columns), rows, widths)


def dictionary_sheet(tables: tuple[str, ...]) -> Sheet:
    """Return the data dictionary of these tables as a sheet."""
    return Sheet("Data dictionary", DICTIONARY, dictionary(tables), (12, 16, 22, 8, 90))


def iso(moment: datetime) -> str:
    """Return a moment as ISO 8601 in UTC, to the millisecond where it is finer than seconds."""
    there = moment.astimezone(UTC)
    return there.isoformat(timespec="milliseconds" if there.microsecond else "seconds").replace("+00:00", "Z")


def csv_chunks(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a table of text; an empty cell is a missing value, true and false are so written."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([one.name for one in columns])
    # the mark at the start is what makes a spreadsheet read UTF-8 as such
    head = "\ufeff"
    for chunk in _chunks(rows):
        writer.writerows([_csv_cell(value) for value in row] for row in chunk)
        yield (head + out.getvalue()).encode(errors="replace")
        head = ""
        out.seek(0)
        out.truncate()
    if head:
        yield (head + out.getvalue()).encode(errors="replace")


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while chunk := list(islice(left, _CHUNK)):
        yield chunk


def _csv_cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return shown(value) if isinstance(value, str) else value


_OBEYED = dict.fromkeys(place for place in (*range(0x20), *range(0x7F, 0xA0)) if chr(place) not in "\t\n\r")


def shown(text: str) -> str:
    """Return a cell of text that no spreadsheet runs, without control characters: a terminal would obey them."""
    return str(harmless(text if text.isprintable() else text.translate(_OBEYED)))


def json_bytes(name: str, tables: dict[str, tuple[Sequence[Column], Iterable[Row]]]) -> bytes:
    """Return tables as JSON: lists of objects by name, and the dictionary beside them."""
    told: dict[str, Any] = {"format": f"observe-{name}", "version": 1}
    for title, (columns, rows) in tables.items():
        names = [one.name for one in columns]
        told[title.lower()] = [dict(zip(names, map(_json_cell, row), strict=True)) for row in rows]
    told["dictionary"] = [dict(zip(DICTIONARY, row, strict=True)) for row in dictionary(tuple(tables))]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode(errors="replace")


def _json_cell(value: Value) -> str | int | float | bool | None:
    return iso(value) if isinstance(value, datetime) else value


# --- workbook --------------------------------------------------------------------------------------------------------


def workbook(sheets: Iterable[Sheet], most: int = MOST_ROWS) -> bytes:
    """Return a workbook; texts stay texts, and a table of more than `most` rows goes on in another sheet."""
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    for sheet in sheets:
        left, number = iter(sheet.rows), 1
        while True:
            page = book.create_sheet(sheet.title if number == 1 else f"{sheet.title} {number}")
            page.freeze_panes = "A2"
            for place, width in enumerate(sheet.widths):
                page.column_dimensions[get_column_letter(place + 1)].width = width
            page.append([cell_of(page, head, bold=True) for head in sheet.heads])
            row: Sequence[Value] | None = None
            for row in islice(left, most - 1):
                page.append([_sheet_cell(page, value) for value in row])
            more = next(left, None)
            if row is None or more is None:
                break
            left, number = _behind(more, left), number + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _behind(first: Sequence[Value], rest: Iterator[Sequence[Value]]) -> Iterator[Sequence[Value]]:
    yield first
    yield from rest


def _sheet_cell(page: Any, value: Value) -> Any:
    """Return what a row takes: words that nothing could take for a formula, an error or a control as they are."""
    if isinstance(value, datetime):
        return iso(value)
    if not isinstance(value, str):
        return value
    if len(value) <= _SHORT and value.isprintable() and not value.startswith(_NOT_PLAIN):
        return value or None
    return cell_of(page, value if len(value) <= _MOST_CELL else f"{value[:_MOST_CELL]}…")


# --- Parquet ---------------------------------------------------------------------------------------------------------


def write_parquet(target: Path, columns: Sequence[Column], rows: Iterable[Row], part: Path) -> None:
    """Write a table as Parquet into `part`, chunk by chunk; the columns carry their meaning along.

    Raises:
        ExportFailed: "no_parquet": the extra is not installed. `target` is what it names.
    """
    try:
        import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
        import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]  # noqa: PLC0415
    except ImportError as error:
        raise ExportFailed(target, "no_parquet", "pyarrow") from error
    kinds: dict[str, Any] = {
        "text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "yes_no": pa.bool_(),
        "moment": pa.timestamp("ms", tz="UTC"),
    }  # fmt: skip
    schema = pa.schema(
        [pa.field(one.name, kinds[one.kind], metadata={"meaning": one.meaning, "unit": one.unit}) for one in columns],
        metadata={"format": "observe-compare", "version": "1"},
    )
    with pq.ParquetWriter(part, schema, compression="zstd") as writer:
        for chunk in _chunks(rows):
            cells = zip(*chunk, strict=True)
            arrays = [
                pa.array([_arrow_cell(one, value) for value in column], kinds[one.kind])
                for one, column in zip(columns, cells, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _arrow_cell(column: Column, value: Value) -> Value:
    if value is None or (value == "" and column.kind == "text"):
        return None
    if column.kind == "text":
        return str(value).encode(errors="replace").decode()
    if column.kind == "number" and isinstance(value, (int, float)):
        return float(value)
    return value
