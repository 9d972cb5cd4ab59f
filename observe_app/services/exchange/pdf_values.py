"""Values out of a PDF's objects as plain Python, whatever stands there instead of what should.

Objects are pypdf's own; nothing here imports it, as what it hands over are strings, dictionaries and lists.
"""

from __future__ import annotations

import json
import re
import zlib
from typing import Any

_LANGUAGE_MARK = re.compile("\x1b[A-Za-z]{2,8}\x1b")
_CHARMAP_ONLY = "latin-1"


def whole(value: Any) -> Any:
    """Return what a reference leads to, None where it leads nowhere; anything else as it is."""
    for _step in range(8):
        if not hasattr(value, "idnum"):
            return value
        value = value.get_object()
    return None


def at(container: Any, key: str) -> Any:
    """Return an entry of a dictionary, references followed; None without one."""
    return whole(raw_at(container, key))


def raw_at(container: Any, key: str) -> Any:
    """Return an entry of a dictionary as it stands, which may be a reference; None without one."""
    return dict.get(container, key) if isinstance(container, dict) else None


def entries(value: Any) -> list[Any]:
    """Return the entries of an array as they stand, references too; a single thing is no array."""
    return list(list.__iter__(value)) if isinstance(value, list) else []


def place_of(value: Any) -> tuple[int, int] | int:
    """Return what tells an object from every other one, for a set of those seen."""
    return (value.idnum, value.generation) if hasattr(value, "idnum") else id(value)


def text_of(value: Any, most: int) -> str:
    """Return a text string whichever way it is written, "" for what is none.

    Args:
        value: a text, bytes or a stream of them, as pypdf hands it over.
        most: bytes to look at.
    """
    value = whole(value)
    if hasattr(value, "get_data"):
        value = unpacked(value, most)
    if isinstance(value, bytes):
        return decoded(bytes(value[:most]), "")
    if not isinstance(value, str):
        return ""
    if not hasattr(value, "original_bytes"):  # a name
        return str(value)[:most]
    return decoded(bytes(value.original_bytes[:most]), str(value)[:most])


def decoded(raw: bytes, otherwise: str) -> str:
    """Return the text of bytes: UTF-16 and UTF-8 by their marks, UTF-8 by its form, else what pypdf took it for."""
    if raw.startswith((b"\xfe\xff", b"\xff\xfe")):
        raw = raw[: len(raw) & ~1]
        text = raw.decode("utf-16", errors="replace")
    elif raw.startswith(b"\xef\xbb\xbf"):
        text = raw[3:].decode("utf-8", errors="replace")
    else:
        try:
            # Some programs leave the mark out. Letters of the file's own table hardly ever make valid UTF-8.
            text = raw.decode("utf-8") if not raw.isascii() or not otherwise else otherwise
        except UnicodeDecodeError:
            text = otherwise or raw.decode(_CHARMAP_ONLY)
    return _LANGUAGE_MARK.sub("", text)


def unpacked(stream: Any, most: int) -> bytes:
    """Return the first `most` bytes of a stream: plain or deflated, any other packing gives nothing."""
    raw = getattr(stream, "_data", b"")
    filters = at(stream, "/Filter")
    names = [str(whole(one)) for one in entries(filters)] if isinstance(filters, list) else [str(filters or "")]
    if not isinstance(raw, bytes) or len(names) > 2:
        return b""
    for name in names:
        if name in {"/FlateDecode", "/Fl"}:
            try:
                raw = zlib.decompressobj().decompress(raw, most)
            except zlib.error:
                return b""
        elif name:
            return b""
    return raw[:most]


def json_of(data: bytes) -> dict[str, Any]:
    """Return a JSON object, an empty one for whatever is none."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
