"""A segment file: immutable, and able to tell by itself whether it is whole.

    magic (8) | header length (4, little endian) | header JSON | SHA-256 of the header (32) | body

Nothing here knows what the body says; it is encrypted. A reader judges by content alone, never by a file's name.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from dataclasses import dataclass
from typing import Any

MAGIC = b"OBSEG1\n\0"
FORMAT = 1
MAX_FILE = 64 * 1024 * 1024
"""Bytes; a longer file is no segment of ours."""
MAX_HEADER = 65_536

_LENGTH = struct.Struct("<I")
_WRITER = re.compile(r"[0-9a-f]{8}")
_HASH = re.compile(r"[0-9a-f]{64}")


class NotReady(Exception):
    """The file may still be arriving: too short, filled with zeros, or a hash does not fit yet. Look again."""


class NotOurs(Exception):
    """Something else than a segment. Looked at again now and then: one bad read must not hide a file for good."""


@dataclass(frozen=True, slots=True)
class Header:
    """What everybody who sees the file can read.

    Attributes:
        writer: the installation. seq: its number, from 1.
        previous: hash of the segment before it by this writer, "" for the first.
        length: bytes of the body. digest: SHA-256 of the body, hexadecimal.
        public: the body is signed but not encrypted (forms and protocols).
        covers: hashes of the segments whose changes are all in this one.
        format: of the segment; an unknown one is kept and passed on unread.
    """

    writer: str
    seq: int
    previous: str
    length: int
    digest: str
    public: bool = False
    covers: tuple[str, ...] = ()
    format: int = FORMAT


def file_hash(raw: bytes) -> str:
    """Return the name by which a segment is known everywhere: SHA-256 of the whole file, hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def frame(
    body: bytes, *, writer: str, seq: int, previous: str, public: bool = False, covers: tuple[str, ...] = ()
) -> bytes:
    """Return the bytes of a segment file."""
    about = {
        "format": FORMAT, "writer": writer, "seq": seq, "previous": previous, "length": len(body),
        "digest": hashlib.sha256(body).hexdigest(), "public": public, "covers": list(covers),
    }  # fmt: skip
    head = json.dumps(about, separators=(",", ":")).encode()
    return MAGIC + _LENGTH.pack(len(head)) + head + hashlib.sha256(head).digest() + body


def parse(raw: bytes) -> tuple[Header, bytes]:
    """Return header and body of a whole segment.

    Raises:
        NotReady: it may still be arriving. NotOurs: it is something else.
    """
    if len(raw) > MAX_FILE:
        raise NotOurs
    if len(raw) < len(MAGIC) + _LENGTH.size:
        raise NotReady
    if raw[: len(MAGIC)] != MAGIC:
        if any(raw[: len(MAGIC)]):
            raise NotOurs
        raise NotReady
    (size,) = _LENGTH.unpack_from(raw, len(MAGIC))
    if size > MAX_HEADER:
        raise NotOurs
    start = len(MAGIC) + _LENGTH.size
    head, digest = raw[start : start + size], raw[start + size : start + size + 32]
    if len(digest) < 32 or hashlib.sha256(head).digest() != digest:
        raise NotReady
    header = _header(head)
    body = raw[start + size + 32 :]
    if len(body) > header.length:
        raise NotOurs
    if len(body) < header.length or hashlib.sha256(body).hexdigest() != header.digest:
        raise NotReady
    return header, body


def _header(head: bytes) -> Header:
    try:
        about: Any = json.loads(head)
        found = Header(
            about["writer"], about["seq"], about["previous"], about["length"], about["digest"],
            bool(about.get("public")), tuple(about.get("covers", ())), about["format"],
        )  # fmt: skip
        texts: tuple[Any, ...] = (found.writer, found.previous, found.digest)
        numbers: tuple[object, ...] = (found.seq, found.length, found.format)
        words: tuple[object, ...] = found.covers
        right = [
            all(isinstance(one, str) for one in texts) and _WRITER.fullmatch(found.writer) is not None,
            all(type(one) is int for one in numbers) and 0 < found.seq < 10**8 and 0 <= found.length <= MAX_FILE,
            found.previous == "" or _HASH.fullmatch(found.previous) is not None,
            _HASH.fullmatch(found.digest) is not None,
            all(isinstance(one, str) and _HASH.fullmatch(one) for one in words),
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotOurs from error
    if not all(right):
        raise NotOurs
    return found
