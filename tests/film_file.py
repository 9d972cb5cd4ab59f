"""A film for the tests: a few seconds of plain colours as Motion-JPEG in an AVI file, made by hand."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QImage

if TYPE_CHECKING:
    from pathlib import Path

WIDTH, HEIGHT, A_SECOND = 160, 90, 10


def make_film(path: Path, seconds: int = 8) -> Path:
    """Write a film of so many seconds, ten frames each; the colour changes from frame to frame."""
    frames = [_frame(number) for number in range(seconds * A_SECOND)]
    largest = max(len(frame) for frame in frames)
    main = struct.pack(
        "<14I",
        1_000_000 // A_SECOND,
        largest * A_SECOND,
        0,
        0x10,
        len(frames),
        0,
        1,
        largest,
        WIDTH,
        HEIGHT,
        0,
        0,
        0,
        0,
    )
    stream = b"vidsMJPG" + struct.pack(
        "<IHHIIIIIIIIhhhh", 0, 0, 0, 0, 1, A_SECOND, 0, len(frames), largest, 0xFFFFFFFF, 0, 0, 0, WIDTH, HEIGHT
    )
    look = struct.pack("<IiiHH4sIiiII", 40, WIDTH, HEIGHT, 1, 24, b"MJPG", WIDTH * HEIGHT * 3, 0, 0, 0, 0)
    head = _list(b"hdrl", _chunk(b"avih", main) + _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", look)))
    movie, index, at = b"", b"", 4
    for frame in frames:
        chunk = _chunk(b"00dc", frame)
        index += b"00dc" + struct.pack("<III", 0x10, at, len(frame))
        movie, at = movie + chunk, at + len(chunk)
    body = head + _list(b"movi", movie) + _chunk(b"idx1", index)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(body) + 4) + b"AVI " + body)
    return path


def _frame(number: int) -> bytes:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(number * 3 % 360, 120, 200))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 80)  # type: ignore[call-overload]  # the stubs want bytes, the program a text
    return bytes(buffer.data().data())


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _list(name: bytes, data: bytes) -> bytes:
    return b"LIST" + struct.pack("<I", len(data) + 4) + name + data
