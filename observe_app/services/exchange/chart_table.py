"""The data of a chart as a file: CSV or a workbook of one sheet. Texts stay texts, numbers stay numbers.

openpyxl is imported inside what needs it: most people who look at charts never write a workbook.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from observe_app.services.exchange.compare_files import shown
from observe_app.services.exchange.files import exporting, write_whole
from observe_app.services.exchange.visit_out import RISKY_SIGNS

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.services.charts.picture import Cell, Table

_NO_TITLE = re.compile(r"[\[\]:*?/\\]")
_TITLE = 31
_CELL = 32_000
_WIDEST = 60
_LEAST = 10


def table_csv(table: Table) -> bytes:
    """Return the table with its head, UTF-8 with a mark; what begins like a formula is kept from being one."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (table.header, *table.rows):
        writer.writerow(["" if cell is None else shown(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def table_tabbed(table: Table) -> str:
    """Return the table as text that a spreadsheet takes from the clipboard; a cell is one line there."""
    lines = ["\t".join(_one_line(cell) for cell in row) for row in (table.header, *table.rows)]
    return "\n".join(lines)


def _one_line(cell: Cell) -> str:
    return "" if cell is None else " ".join((shown(cell) if isinstance(cell, str) else str(cell)).split())


def table_xlsx(table: Table, title: str) -> bytes:
    """Return a workbook whose only sheet is named after the chart."""
    from openpyxl import Workbook  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet(" ".join(_NO_TITLE.sub(" ", title).split())[:_TITLE].strip("'") or "Chart")
    sheet.freeze_panes = "A2"
    for place, head in enumerate(table.header):
        longest = max((len(str(row[place])) for row in table.rows[:200] if place < len(row)), default=0)
        wide = min(max(len(head), longest, _LEAST) + 2, _WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = wide
    sheet.append([_cell(sheet, head, bold=True) for head in table.header])
    for row in table.rows:
        sheet.append([_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    """Return a cell of text that stays text, or of a number."""
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value).encode("utf-8", errors="replace").decode()[:_CELL]
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(RISKY_SIGNS):
            cell.quotePrefix = True
    if bold:
        cell.font = Font(bold=True)
    return cell


def write_table(table: Table, title: str, target: Path) -> None:
    """Write the table by the ending of the file: .xlsx, else CSV.

    Raises:
        ExportFailed: the file cannot be written.
    """
    if target.suffix.casefold() == ".xlsx":
        with exporting(target):
            data = table_xlsx(table, title)
    else:
        data = table_csv(table)
    write_whole(target, data)
