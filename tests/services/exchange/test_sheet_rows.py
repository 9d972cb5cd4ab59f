"""The values of a sheet are those that openpyxl gives, whatever stands in the cells."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from observe_app.domain.errors import FileUnreadable
from observe_app.services.exchange.sheet_rows import sheet_rows
from observe_app.services.exchange.tables import read_table

from .made import repacked, workbook

DATA = Path(__file__).parents[4] / "shared" / "data"
REAL = sorted(DATA.glob("*/*.xlsx")) if DATA.is_dir() else []
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
FOOT = "</sheetData></worksheet>"


def trimmed(rows) -> list[tuple]:
    found = []
    for row in rows:
        cells = list(row)
        while cells and cells[-1] is None:
            cells.pop()
        found.append(tuple(cells))
    while found and not found[-1]:
        found.pop()
    return found


def both(path: Path) -> tuple[list[tuple], list[tuple]]:
    book = load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = book.active
        sheet.reset_dimensions()
        return trimmed(sheet_rows(sheet)), trimmed(sheet.iter_rows(values_only=True))
    finally:
        book.close()


def test_values_of_every_kind(tmp_path):
    path = workbook(
        tmp_path,
        [
            ["a", 1, 2.5, True, False, None, "x"],
            [],
            [date(2026, 3, 10), datetime(2026, 3, 10, 9, 5), time(0, 2), timedelta(minutes=90), "=1+1", "ä ✓ \n z"],  # noqa: DTZ001
            [None, None, "#REF!", "  spaces  ", "1e5", 1e300, -0.0],
        ],
    )

    ours, theirs = both(path)

    assert ours == theirs
    assert ours[2][3] == timedelta(minutes=90)


def test_inline_and_rich_words_gaps_and_rows_without_places(tmp_path):
    sheet = (
        f'{HEAD}<row r="3"><c r="B3" t="inlineStr"><is><r><t>Two </t></r><r><t>parts</t></r><rPh sb="0" eb="1">'
        '<t>no</t></rPh></is></c><c t="str"><v>next</v></c><c r="E3"><v>7</v></c></row><row><c><v>8</v></c></row>'
        f'<row r="9"><c t="e"><v>#N/A</v></c><c t="d"><v>2026-03-10T09:05:00</v></c></row>{FOOT}'
    )
    path = repacked(workbook(tmp_path, [["x"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})

    ours, theirs = both(path)

    assert ours == theirs
    assert ours[2] == (None, "Two parts", "next", None, 7)


@pytest.mark.parametrize(
    "sheet",
    [
        f'{HEAD}<row r="1"><c r="A1" t="s"><v>99</v></c></row>{FOOT}',
        f'{HEAD}<row r="1"><c r="!!"><v>1</v></c></row>{FOOT}',
        f'{HEAD}<row r="x"><c><v>1</v></c></row>{FOOT}',
        f'{HEAD}<row r="1"><c><v>one</v></c></row>{FOOT}',
        f'{HEAD}<row r="1"><c><v>1</v></c>',
        "no xml at all",
    ],
)
def test_a_damaged_sheet_is_refused(tmp_path, sheet):
    path = repacked(workbook(tmp_path, [["x"]]), {"xl/worksheets/sheet1.xml": sheet.encode()})

    with pytest.raises(FileUnreadable, match="damaged"):
        read_table(path)


@pytest.mark.skipif(not REAL, reason="no workbooks of others at hand")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:24])
def test_workbooks_of_others(path):
    ours, theirs = both(path)

    assert ours == theirs


@given(
    rows=st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**9), 10**9),
                st.booleans(),
                st.text(st.characters(min_codepoint=32, blacklist_categories=("Cs",)), max_size=8),
            ),
            max_size=6,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_rows(tmp_path, rows):
    ours, theirs = both(workbook(tmp_path, rows))

    assert ours == theirs
