"""Old .xls workbooks, made record by record: no library that writes them is needed."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | float | None
BOF, EOF, BOUNDSHEET, NAME, FILEPASS = 0x0809, 0x000A, 0x0085, 0x0018, 0x002F
NUMBER, LABEL, FORMULA, STRING = 0x0203, 0x0204, 0x0006, 0x0207
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def text(words: str) -> bytes:
    return struct.pack("<HB", len(words), 1) + words.encode("utf-16-le")


def cell(row: int, column: int, value: str | float) -> bytes:
    """Return a cell; a text that begins with "=" is a formula whose stored result is the rest."""
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str) and value.startswith("="):
        stored = struct.pack("<BBBBBBH", 0, 0, 0, 0, 0, 0, 0xFFFF)
        return record(FORMULA, place + stored + struct.pack("<HIH", 0, 0, 0)) + record(STRING, text(value[1:]))
    if isinstance(value, str):
        return record(LABEL, place + text(value))
    return record(NUMBER, place + struct.pack("<d", value))


def stream(sheets: dict[str, Sequence[Sequence[Cell]]], extra: bytes = b"") -> bytes:
    """Return the stream of a workbook; `extra` are records of the workbook itself."""
    bodies = [
        record(BOF, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        + b"".join(cell(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row) if value is not None)
        + record(EOF)
        for rows in sheets.values()
    ]
    start = record(BOF, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + extra
    names = [struct.pack("<BB", len(name), 0) + name.encode("ascii") for name in sheets]
    offset = len(start) + sum(len(record(BOUNDSHEET, bytes(6) + name)) for name in names) + len(record(EOF))
    entries = b""
    for name, body in zip(names, bodies, strict=True):
        entries += record(BOUNDSHEET, struct.pack("<IBB", offset, 0, 0) + name)
        offset += len(body)
    return start + entries + record(EOF) + b"".join(bodies)


def compound(content: bytes, name: str = "Workbook") -> bytes:
    """Return a compound file with one stream; it is filled up to the size from which streams are plain."""
    content = content.ljust(4096, b"\x00")
    size = (len(content) + 511) // 512
    chain = [_FAT, _END, *range(3, size + 2), _END]
    table = struct.pack(f"<{len(chain)}I", *chain)
    assert len(table) <= 512, "one sector of the table is enough for a test"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *([_FREE] * 108))
    directory = _entry("Root Entry", 5, _END, 0) + _entry(name, 2, 2, len(content)) + bytes(256)
    padded = [table.ljust(512, b"\xff"), directory, content.ljust(size * 512, b"\x00")]
    return header + b"".join(padded)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBB", len(raw) + 2, kind, 1) + struct.pack("<III", *([_FREE] * 3))
    return head + bytes(36) + struct.pack("<III", start, size, 0)


def old_book(sheets: dict[str, Sequence[Sequence[Cell]]], extra: bytes = b"") -> bytes:
    return compound(stream(sheets, extra))
