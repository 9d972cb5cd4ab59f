"""Tables: whatever is in a file, it becomes rows or a clear error."""

# ruff: noqa: DTZ001 - the dates of a spreadsheet have no zone

from __future__ import annotations

import zipfile
from datetime import datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.errors import FileUnreadable
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services.exchange.tables import MAX_BYTES, column_letter, read_table

from .made import repacked, text_file, workbook

ROWS = [("Zeit", "Wer", "Satz"), ("00:05", "T", "Grüße, “größer”; ja"), ("00:09", "S1", "Łódź?")]


def cells(path) -> list[tuple]:
    return [row.cells for row in read_table(path).rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_unicode_files_are_read_with_any_delimiter(tmp_path, encoding, delimiter):
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)

    assert cells(text_file(tmp_path, text, encoding=encoding)) == ROWS


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("cp1252", "Élève: “Où est la moitié?” – naïve, 5 €"),
        ("latin-1", "Señora, ¿cuántos años? Übung, Straße"),
        ("cp1250", "Žižek řekl: příliš žluťoučký kůň, łódź"),
        ("cp1251", "Учитель спрашивает, почему нельзя складывать знаменатели дробей"),
    ],
)
def test_old_code_pages_are_recognised(tmp_path, encoding, line):
    text = "\n".join(["time;text", *(f"00:0{n};{line}" for n in range(1, 9))])

    assert cells(text_file(tmp_path, text, encoding=encoding))[3][1] == line


def test_rows_have_the_numbers_that_a_person_sees(tmp_path):
    path = text_file(tmp_path, 'time,text\n\n00:01,"two\nlines"\n00:02,last\n')

    assert [(row.number, row.cells[-1]) for row in read_table(path).rows] == [
        (1, "text"),
        (3, "two\nlines"),
        (5, "last"),
    ]


def test_a_spreadsheets_own_delimiter_line_is_no_row(tmp_path):
    table = read_table(text_file(tmp_path, "sep=|\ntime|text\n00:01|a, b; c\n"))

    assert [(row.number, row.cells) for row in table.rows] == [(2, ("time", "text")), (3, ("00:01", "a, b; c"))]


def test_a_quote_that_never_closes_swallows_nothing(tmp_path):
    table = read_table(text_file(tmp_path, 'time,text\n00:01,"he said\n00:02,next\n00:03,last\n'))

    assert table.mended
    assert [row.cells for row in table.rows][1:] == [("00:01", "he said"), ("00:02", "next"), ("00:03", "last")]


def test_commas_in_words_do_not_beat_the_semicolons(tmp_path):
    text = "time;text\n00:01;one, two, three, four\n00:02;five, six\n00:03;seven\n"

    assert cells(text_file(tmp_path, text))[1] == ("00:01", "one, two, three, four")


def test_workbook_cells_keep_their_kinds(tmp_path):
    path = workbook(tmp_path, [["time", "text"], [time(0, 5), 12], [datetime(1900, 1, 1, 0, 29), "=1+1"], [0.5, True]])

    assert cells(path) == [
        ("time", "text"),
        (time(0, 5), 12),
        (datetime(1900, 1, 1, 0, 29),),  # a formula that was never calculated has no result to read
        (0.5, True),
    ]


def test_a_workbook_that_lies_about_its_size_is_read_whole(tmp_path):
    path = workbook(tmp_path, [["time", "text"], *[[n, f"note {n}"] for n in range(50)]])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:B51"', b'ref="A1"')
    repacked(path, {"xl/worksheets/sheet1.xml": sheet})

    assert len(read_table(path).rows) == 51


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.csv", "empty"),
        (b"\xef\xbb\xbf \r\n", "a.csv", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (b"PK\x03\x04 and then nothing", "a.xlsx", "damaged"),
        (b"time,text\n", "a.xlsx", "not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "a.csv", "not_a_table"),
        (bytes(range(256)) * 40, "a.csv", "not_a_table"),
        (b'{"events": [{"text": "one"}]}', "a.json", "not_a_table"),
        (b"<!DOCTYPE html>\n<table><tr><td>a,b</td></tr></table>", "a.csv", "not_a_table"),
        (b"{\\rtf1\\ansi words}", "a.csv", "not_a_table"),
    ],
)
def test_what_is_no_table_is_refused_by_reason(tmp_path, content, name, reason):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FileUnreadable) as caught:
        read_table(path)

    assert (caught.value.reason, caught.value.path) == (reason, path)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(FileUnreadable) as missing:
        read_table(tmp_path / "none.csv")
    with pytest.raises(FileUnreadable) as folder:
        read_table(tmp_path)

    assert (missing.value.reason, folder.value.reason) == ("missing", "folder")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read_as_a_table(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    with pytest.raises(FileUnreadable) as caught:
        read_table(path)

    assert caught.value.reason == "too_large"


def test_a_workbook_that_unpacks_to_far_more_is_refused(tmp_path):
    path = repacked(workbook(tmp_path, [["text"]]), {"xl/media/bomb.bin": bytes(310 * 1024 * 1024)})

    with pytest.raises(FileUnreadable) as caught:
        read_table(path)

    assert (caught.value.reason, path.stat().st_size < MAX_BYTES) == ("too_large", True)


def test_a_workbook_that_declares_entities_is_refused(tmp_path):
    lol = b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaa">]><sst/>'

    with pytest.raises(FileUnreadable) as caught:
        read_table(repacked(workbook(tmp_path, [["text"]]), {"xl/sharedStrings.xml": lol}))

    assert caught.value.reason == "damaged"


def test_a_sheet_is_found_by_name_or_refused(tmp_path):
    path = workbook(tmp_path, [["text"], ["one"]])

    assert read_table(path, sheet="Sheet").sheet == "Sheet"
    with pytest.raises(FileUnreadable) as caught:
        read_table(path, sheet="Other")
    assert (caught.value.reason, caught.value.detail) == ("no_sheet", "Other")


def test_reading_stops_when_asked(tmp_path):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        read_table(text_file(tmp_path, "a,b\n1,2\n"), progress=progress)


@given(st.binary(max_size=600), st.sampled_from([".csv", ".xlsx", ".txt"]))
def test_any_bytes_give_rows_or_a_clear_error(tmp_path, content, ending):
    path = tmp_path / f"any{ending}"
    path.write_bytes(content)

    try:
        table = read_table(path)
    except FileUnreadable:
        return
    assert table.rows


@pytest.fixture
def good(tmp_path) -> bytes:
    return workbook(tmp_path, [["time", "text"], ["00:01", "a"], [0.5, "b"]]).read_bytes()


@given(st.data())
def test_a_workbook_with_damage_anywhere_gives_rows_or_a_clear_error(tmp_path, good, data):
    at = data.draw(st.integers(4, len(good) - 1))
    path = tmp_path / "bad.xlsx"
    path.write_bytes(good[:at] + data.draw(st.binary(min_size=1, max_size=8)) + good[at + 1 :])

    try:
        table = read_table(path)
    except FileUnreadable:
        return
    assert table.rows


def test_columns_are_named_as_spreadsheets_name_them():
    assert [column_letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]
