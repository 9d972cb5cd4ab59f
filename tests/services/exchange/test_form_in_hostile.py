"""Hostile and damaged files: a form or a clear error, soon and in little memory."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from observe_app.domain.errors import FileUnreadable, FormInvalid
from observe_app.domain.form import ItemKind
from observe_app.domain.progress import Cancelled, Progress
from observe_app.services.exchange.form_in import read_form_file, read_form_text
from observe_app.services.exchange.old_workbook import MAX_BYTES, MAX_ROWS
from observe_app.services.exchange.tables import read_sheets, read_table
from observe_app.services.exchange.xlsform_out import write_xlsform
from observe_app.services.forms.reader import read_file

from .made import repacked
from .old_books import FILEPASS, LABEL, NAME, cell, compound, old_book, record, stream, text

FORMS = Path(__file__).parents[3] / "forms"
SURVEY = [
    ["type", "name", "label"],
    ["text", "a", "Why?"],
    ["integer", "n", "How many?"],
    ["select_one l", "c", "Which?"],
]
CHOICES = [["list name", "name", "label"], ["l", "x", "X"], ["l", "y", "Y"]]
OLD = old_book({"survey": SURVEY, "choices": CHOICES})


def kept(folder: Path, data: bytes, name: str = "a.xls") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def unreadable(path: Path) -> str:
    with pytest.raises(FileUnreadable) as caught:
        read_form_file(path)
    return caught.value.reason


# --- old workbooks ----------------------------------------------------------------------------------------------------


def test_an_old_workbook_is_read_like_a_new_one(tmp_path):
    draft = read_form_file(kept(tmp_path, OLD))

    assert [(one.id, one.kind) for one in draft.form.items] == [
        ("a", ItemKind.TEXT), ("n", ItemKind.NUMBER), ("c", ItemKind.CHOICE),
    ]  # fmt: skip
    assert read_table(kept(tmp_path, OLD), sheet="choices").rows[1].cells == ("l", "x", "X")


def test_an_old_rubric_gives_stored_results_of_formulas(tmp_path):
    rows = [["Criterion", 1, 2, 3], ["Respect", "=low words", "=middle words", "=high words"]]

    draft = read_form_file(kept(tmp_path, old_book({"Rubric": rows})))

    assert draft.shape == "rubric"
    assert [dict(level.descriptor)[""] for level in draft.form.items[0].levels] == [
        "low words",
        "middle words",
        "high words",
    ]


def test_names_that_would_grow_without_end_are_never_evaluated(tmp_path):
    # Each name is the one before it, twice: evaluated, the last would have 2 to the power of 60 letters.
    extra = b""
    for number in range(60):
        formula = b"\x17\x01\x00x" if not number else struct.pack("<BHH", 0x23, number, 0) * 2 + b"\x08"
        head = struct.pack("<HBBHHHBBBB", 0, 0, 2, len(formula), 0, 0, 0, 0, 0, 0)
        extra += record(NAME, head + b"\x00" + f"n{number % 10}".encode("ascii") + formula)

    assert len(read_form_file(kept(tmp_path, old_book({"survey": SURVEY, "choices": CHOICES}, extra))).form.items) == 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (OLD[:4000], "damaged"),
        (compound(stream({"survey": SURVEY}), "Else"), "not_a_workbook"),
        (old_book({"survey": SURVEY}, record(FILEPASS, bytes(6))), "encrypted"),
        (compound(stream({"survey": SURVEY}).replace(cell(1, 0, "text"), cell(MAX_ROWS, 0, "text"))), "too_many_rows"),
        (compound(stream({"survey": SURVEY}).replace(cell(1, 0, "text"), cell(1, 65_000, "text"))), "damaged"),
        (OLD + bytes(MAX_BYTES), "too_large"),
        (OLD[:512] + struct.pack("<I", 0) * 128 + OLD[1024:], "damaged"),
        (OLD[:68] + struct.pack("<I", 1) + OLD[72:], "damaged"),
        (compound(record(LABEL, bytes(6) + text("x")) * 50), "damaged"),
    ],
    ids=["cut", "other", "password", "rows", "columns", "large", "loop", "table", "no-start"],
)
def test_a_spoilt_old_workbook_is_refused_by_reason(tmp_path, data, reason):
    assert unreadable(kept(tmp_path, data)) == reason


# --- new workbooks ----------------------------------------------------------------------------------------------------


def packed(folder: Path) -> Path:
    book = Workbook()
    sheet = book.active
    sheet.title = "survey"
    for row in SURVEY[:3]:
        sheet.append(row)
    path = folder / "a.xlsx"
    book.save(path)
    return path


def sheet_xml(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_row_number_beyond_any_sheet_ends_soon(tmp_path):
    path = packed(tmp_path)
    repacked(path, {"xl/worksheets/sheet1.xml": sheet_xml(path).replace(b'<row r="3"', b'<row r="99999999999"')})

    assert unreadable(path) == "damaged"
    with pytest.raises(FileUnreadable):
        read_table(path)


def test_what_unpacks_to_far_too_much_is_refused_before_it_is_read(tmp_path):
    path = packed(tmp_path)
    repacked(path, {"xl/media/big.bin": bytes(20 * 1024 * 1024)})

    assert path.stat().st_size < 200_000
    assert unreadable(path) == "too_large"


def test_entities_macros_and_links_do_nothing(tmp_path):
    path = packed(tmp_path)
    links = b'<?xml version="1.0"?><externalLink xmlns="x"><file>http://example.invalid/</file></externalLink>'
    repacked(path, {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": links})
    assert len(read_form_file(path).form.items) == 2

    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>'
    repacked(path, {"xl/worksheets/sheet1.xml": sheet_xml(path).replace(b'<?xml version="1.0"?>', doctype) or doctype})
    repacked(path, {"xl/styles.xml": doctype + b"<x>&a;</x>"})
    assert unreadable(path) == "damaged"


def test_reading_can_be_cancelled(tmp_path):
    progress = Progress()
    progress.cancel()

    with pytest.raises(Cancelled):
        read_form_file(packed(tmp_path), progress=progress)


def test_reading_writes_nothing(tmp_path):
    path = packed(tmp_path)
    before = path.read_bytes()

    read_form_file(path)
    read_sheets(path)

    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_bytes() == before


# --- mutations --------------------------------------------------------------------------------------------------------


def mutated(data: bytes, dice: random.Random) -> bytes:
    """Change, cut, double or remove a few bytes."""
    out = bytearray(data)
    for _change in range(dice.randint(1, 6)):
        at = dice.randrange(len(out))
        match dice.randrange(5):
            case 0:
                out[at] = dice.randrange(256)
            case 1:
                out[at : at + 4] = dice.choice([b"\xff\xff\xff\xff", bytes(4), b"\x00\x00\x00\x80"])
            case 2:
                del out[at : at + dice.randint(1, 20)]
            case 3:
                out[at:at] = out[at : at + dice.randint(1, 40)]
            case _:
                out[at] ^= 1 << dice.randrange(8)
        if not out:
            out = bytearray(b"\x00")
    return bytes(out)


def survive(path: Path) -> None:
    """Read it: a form or one of the two errors; anything else fails the test."""
    begun = time.monotonic()
    with contextlib.suppress(FileUnreadable, FormInvalid):
        assert read_form_file(path).form.items
    assert time.monotonic() - begun < 20


def whole_workbook() -> bytes:
    form = read_file(FORMS / "general-peer-observation.toml").form
    assert form is not None
    return write_xlsform(form)


def inside(data: bytes, dice: random.Random) -> bytes:
    """Change one part of a workbook and pack it again, so that its checksums fit."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = dice.choice(sorted(parts))
    parts[name] = mutated(parts[name], dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def mutate(folder: Path, times: int, seed: int) -> None:
    dice = random.Random(seed)
    new = whole_workbook()
    table = "Criterion\t1 Low\t2 High\nRespect\tsome\tmany\n".encode("utf-16")
    for _time in range(times):
        for data, name in (
            (mutated(OLD, dice), "a.xls"), (mutated(new, dice), "a.xlsx"), (inside(new, dice), "a.xlsx"),
            (mutated(table, dice), "a.tsv"),
        ):  # fmt: skip
            survive(kept(folder, data, name))


def test_bytes_changed_anywhere_give_an_error_or_a_form(tmp_path):
    mutate(tmp_path, 25, 3)


@pytest.mark.long
def test_bytes_changed_anywhere_give_an_error_or_a_form_for_long(tmp_path):
    mutate(tmp_path, 2_000, 4)


def test_a_long_paste_is_refused_and_memory_stays_low(tmp_path):
    with pytest.raises(FormInvalid):
        read_form_text("x\n" * 600_000)
    rows = [[f"item {n}", "x" * 500, *["y"] * 60] for n in range(5_000)]
    path = kept(tmp_path, "\n".join("\t".join(row) for row in rows).encode(), "a.tsv")
    tracemalloc.start()
    with pytest.raises(FormInvalid):
        read_form_file(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 200_000_000
