"""Photos of colleagues: small, checked, kept on this computer alone."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid

if TYPE_CHECKING:
    from observe_app.domain.people import Person
    from observe_app.services.core import Core

MAX_BYTES = 200_000
MAX_SIDE = 512
"""Pixels; the window makes a picture of this size of whatever is chosen."""

_PNG = b"\x89PNG\r\n\x1a\n"


def set_photo(core: Core, *, person_id: str, data: bytes, name: str = "") -> Person:
    """Keep a photo of a person; b"" takes it away. The file stays where it came from, a copy is kept.

    Args:
        core: the open data folder.
        person_id: whose it is.
        data: a PNG or a JPEG of at most `MAX_SIDE` by `MAX_SIDE`.
        name: of the file, for words.

    Raises:
        NotFound: no such person. Invalid: "not_a_picture", "too_large".
    """
    sha256 = hashlib.sha256(data).hexdigest() if data else ""
    if data:
        _check(data, name or "?")
    with core.store.write("person.photo") as unit:
        unit.people.get(person_id)
        unit.see(unit.seen(("person", person_id)))
        if data:
            unit.after.keep_file(sha256, "photo.png" if data.startswith(_PNG) else "photo.jpg", data, core.clock.now())
        person = unit.people.change(person_id, {"photo": sha256})
        unit.commit()
    return person


def photo_of(core: Core, person: Person) -> bytes:
    """Return the photo of a person, b"" where there is none on this computer."""
    if not person.photo:
        return b""
    with core.store.read() as unit:
        kept = unit.after.kept_file(person.photo)
    return kept[1] if kept is not None else b""


def _check(data: bytes, name: str) -> None:
    if len(data) > MAX_BYTES:
        raise Invalid("photo", name[:60], "too_large", f"{MAX_BYTES // 1000} kB")
    size = size_of(data)
    if size is None:
        raise Invalid("photo", name[:60], "not_a_picture")
    if not (min(size) >= 1 and max(size) <= MAX_SIDE):
        raise Invalid("photo", name[:60], "too_large", f"{MAX_SIDE} × {MAX_SIDE}")


def size_of(data: bytes) -> tuple[int, int] | None:
    """Return width and height as the head of a PNG or JPEG says, None for anything else."""
    if data.startswith(_PNG):
        whole = len(data) > 32 and data[12:16] == b"IHDR"
        return (int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")) if whole else None
    if not data.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark in {*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)}:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + max(length, 2)
    return None
