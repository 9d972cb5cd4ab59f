"""Small files that would take minutes or gigabytes: refused, or read in bounded time, with nothing dropped unsaid."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from observe_app.domain.errors import FileUnreadable, FormInvalid
from observe_app.services.exchange.form_in import read_form_file, read_form_text
from observe_app.services.exchange.tables import read_table

from .form_books import book, said, xlsform
from .made import repacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PARTS = {
    "cells": ("xl/worksheets/sheet1.xml", b"<worksheet %b><sheetData><row>%b</row></sheetData></worksheet>", b"<c/>"),
    "rows": ("xl/worksheets/sheet1.xml", b"<worksheet %b><sheetData>%b</sheetData></worksheet>", b"<row/>"),
    "words": ("xl/sharedStrings.xml", b"<sst %b>%b</sst>", b"<si/>"),
    "formats": ("xl/styles.xml", b"<styleSheet %b><cellXfs>%b</cellXfs></styleSheet>", b"<xf/>"),
    "a part of another name": ("xl/media/sheet.png", b"<worksheet %b>%b</worksheet>", b"<c/>"),
}


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    """Fail what takes long; generous, because what is to be caught takes minutes."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("name", PARTS)
def test_millions_of_empty_tags_in_a_small_file_are_refused(tmp_path: Path, name: str) -> None:
    part, around, tag = PARTS[name]
    path = book(tmp_path / "a.xlsx", survey=[["type", "name", "label"], ["text", "a", "A"]])
    repacked(path, {part: around % (_MAIN, tag * 2_400_000)})

    assert path.stat().st_size < 50_000
    with pytest.raises(FileUnreadable) as caught:
        read_form_file(path)
    assert caught.value.reason == "too_large"


def test_formats_without_end_are_refused_in_a_table_of_notes_too(tmp_path: Path) -> None:
    part, around, tag = PARTS["formats"]
    path = book(tmp_path / "a.xlsx", Notes=[["time", "text"], ["0:01", "begins"]])
    repacked(path, {part: around % (_MAIN, tag * 2_400_000)})

    with pytest.raises(FileUnreadable):
        read_table(path)


def test_a_type_declared_behind_a_long_remark_is_seen(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", survey=[["type", "name", "label"], ["text", "a", "A"]])
    remark = b"<!--" + b" " * 1_048_560 + b"-->"
    repacked(path, {"xl/styles.xml": remark + b'<!DOCTYPE x [<!ENTITY a "aaaa">]><styleSheet %b/>' % _MAIN})

    with pytest.raises(FileUnreadable) as caught:
        read_form_file(path)
    assert caught.value.detail == "DOCTYPE"


def test_a_drawing_may_declare_its_type(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", survey=[["type", "name", "label"], ["text", "a", "A"]])
    repacked(path, {"xl/media/logo.svg": b"<!DOCTYPE svg><svg/>"})

    assert len(read_form_file(path).form.items) == 1


@pytest.mark.parametrize("line", ["same thing\n", "a\tb\n"])
def test_a_line_pasted_a_hundred_thousand_times_is_soon_too_long(line: str) -> None:
    with pytest.raises(FormInvalid) as caught:
        read_form_text(line * (900_000 // len(line) // 2))
    assert caught.value.problems[0].rule == "table_too_long"


def test_a_paste_of_too_many_lines_is_a_form_error_like_any_other() -> None:
    with pytest.raises(FormInvalid) as caught:
        read_form_text("a\n" * 300_000)
    assert caught.value.problems[0].rule == "table_too_long"


def test_one_name_in_thousands_of_rows_is_soon_refused(tmp_path: Path) -> None:
    with pytest.raises(FormInvalid):
        xlsform(tmp_path, [["type", "name", "label"], *[["text", "a", "A"]] * 12_000])


def test_thousands_of_spaces_in_cells_and_headings_cost_nothing(tmp_path: Path) -> None:
    wide = "a" + " " * 32_000 + "b"
    rows = [["integer", f"n{number}", "N", wide, "_" * 32_000] for number in range(40)]
    draft = xlsform(tmp_path, [["type", "name", "label", "constraint", "parameters", wide], *rows])

    assert len(draft.form.items) == 40


@pytest.mark.parametrize("parameters", ["step=" + "9" * 400, "start=1 end=5 step=0", "start=" + "9" * 400])
def test_a_range_beyond_all_numbers_is_said(tmp_path: Path, parameters: str) -> None:
    rows = [["type", "name", "label", "parameters"], ["range", "n", "N", parameters]]

    assert [rule for _row, _what, rule in said(xlsform(tmp_path, rows))] == ["cell_left_out"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_columns_too_far_right_are_said_row_by_row(tmp_path: Path, ending: str) -> None:
    rows = [["Criterion", "1 Low", "2 High", *[""] * 400, "far"], ["Respect", "some", "many", *[""] * 400, "lost"]]
    if ending == "xlsx":
        path = book(tmp_path / "a.xlsx", Sheet=rows)
    else:
        path = tmp_path / "a.csv"
        path.write_text("\n".join(",".join(row) for row in rows))

    notes = [note for note in read_form_file(path).notes if note.rule == "columns_beyond"]
    assert [(note.row, note.found) for note in notes] == [(1, "300"), (2, "300")]
