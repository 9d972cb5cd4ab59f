"""The file of a bundle: what of a shared folder goes by mail or on a stick, encrypted to people or to a passphrase.

    magic (8) | "K" for named people or "P" for a passphrase (1) | age file

What the age file holds: length of the manifest (4, little endian) | manifest JSON | the files, one behind the other.
Files have the names that they have in a shared folder and the same bytes. Whatever stands in a bundle comes from
somewhere else: names are compared with what a shared folder holds, every length is checked before anything is cut.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import ObserveError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAGIC = b"OBSBUN1\n"
ENDING = ".observe"
VERSION = 1
MAX_FILE = 256 * 1024 * 1024
"""Bytes; a longer file is not even read."""
MAX_MANIFEST = 4 * 1024 * 1024
MAX_FILES = 20_000
MAX_VISITS = 5_000
MAX_TEXT = 300

PEOPLE, PASSPHRASE = b"K", b"P"

_LENGTH = struct.Struct("<I")
_NAME = re.compile(
    r"people/[0-9a-f]{16}-[0-9a-f]{8}\.card"
    r"|d/[0-9a-f]{8}/(?:\d{8}-[0-9a-f]{16}|copy-[0-9a-f]{12}-\d{1,6})\.seg"
    r"|b/[0-9a-f]{2}/[0-9a-f]{64}\.blob"
)
_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"(?:[0-9a-f]{32})?")


@dataclass
class BundleProblem(ObserveError):
    """A bundle that cannot be made or opened. Nothing was changed.

    Attributes:
        reason: "not_a_bundle", "damaged", "too_large", "newer", "not_for_me", "passphrase", "wrong_passphrase",
            "weak", "nothing", "not_a_reader", "not_shared".
        detail: a name or a bound; "" without.
    """

    path: Path
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class BundleVisit:
    """A visit that a bundle says something about. `start`: ISO text, "" for unknown."""

    id: str
    teacher: str = ""
    start: str = ""
    class_name: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself.

    Attributes:
        folder: id of the shared folder that it is a part of. name: what its people call it.
        by: fingerprint of who made it. by_name: their name as they write it. at: ISO text in UTC.
        visits: those that it is about. sealed: it was made under a passphrase and holds copies for whoever knows that.
        key: age identity that opens the letters of such a bundle, "" otherwise.
    """

    folder: str
    name: str = ""
    by: str = ""
    by_name: str = ""
    at: str = ""
    visits: tuple[BundleVisit, ...] = ()
    key: str = field(default="", repr=False)


class Broken(Exception):
    """The bytes are no bundle of this form. `reason` as in `BundleProblem`."""

    def __init__(self, reason: str) -> None:
        """Say why."""
        super().__init__(reason)
        self.reason = reason


def pack(manifest: Manifest, files: Mapping[str, bytes]) -> bytes:
    """Return what is to be encrypted.

    Raises:
        Broken: it would be too large to be opened again.
    """
    about = {
        "format": "observe-bundle", "version": VERSION, "folder": manifest.folder, "name": manifest.name,
        "by": manifest.by, "by_name": manifest.by_name, "at": manifest.at, "key": manifest.key,
        "visits": [
            {"id": one.id, "teacher": one.teacher, "start": one.start, "class": one.class_name}
            for one in manifest.visits
        ],
        "files": [
            {"name": name, "size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()} for name, raw in files.items()
        ],
    }  # fmt: skip
    head = json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()
    whole = sum(map(len, files.values())) + len(head)
    if len(head) > MAX_MANIFEST or len(files) > MAX_FILES or whole > MAX_FILE - 65_536:
        raise Broken("too_large")
    return b"".join((_LENGTH.pack(len(head)), head, *files.values()))


def unpack(payload: bytes) -> tuple[Manifest, dict[str, bytes]]:
    """Return manifest and files of what was decrypted.

    Raises:
        Broken: "damaged", "newer" or "too_large".
    """
    if len(payload) < _LENGTH.size:
        raise Broken("damaged")
    (size,) = _LENGTH.unpack_from(payload)
    if size > MAX_MANIFEST or len(payload) < _LENGTH.size + size:
        raise Broken("damaged")
    try:
        about: Any = json.loads(payload[_LENGTH.size : _LENGTH.size + size])
        if about["format"] != "observe-bundle" or type(about["version"]) is not int:
            raise Broken("damaged")
        if about["version"] > VERSION:
            raise Broken("newer")
        manifest = _manifest(about)
        files = _files(about["files"], memoryview(payload)[_LENGTH.size + size :])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Broken("damaged") from error
    return manifest, files


def _manifest(about: Any) -> Manifest:
    visits = about["visits"]
    if len(visits) > MAX_VISITS or _ID.fullmatch(about["folder"]) is None:
        raise Broken("damaged")
    return Manifest(
        folder=about["folder"],
        name=_line(about["name"]),
        by=_line(about["by"]),
        by_name=_line(about["by_name"]),
        at=_line(about["at"]),
        key=_key(about["key"]),
        visits=tuple(
            BundleVisit(_line(one["id"]), _line(one["teacher"]), _line(one["start"]), _line(one["class"]))
            for one in visits
        ),
    )


def _key(value: Any) -> str:
    if not isinstance(value, str) or _KEY.fullmatch(value) is None:
        raise Broken("damaged")
    return value


def _line(value: Any) -> str:
    """Return a text for one line of a screen: nothing in it that moves a terminal's cursor."""
    if not isinstance(value, str):
        raise Broken("damaged")
    return "".join(char if char.isprintable() else " " for char in value[:MAX_TEXT])


def _files(listed: Any, rest: memoryview) -> dict[str, bytes]:
    if not isinstance(listed, list) or len(listed) > MAX_FILES:
        raise Broken("too_large")
    found: dict[str, bytes] = {}
    start = 0
    for one in listed:
        name, size, digest = one["name"], one["size"], one["sha256"]
        if not isinstance(name, str) or _NAME.fullmatch(name) is None or name in found:
            raise Broken("damaged")
        if type(size) is not int or not 0 <= size <= len(rest) - start or _HASH.fullmatch(digest) is None:
            raise Broken("damaged")
        raw = bytes(rest[start : start + size])
        if hashlib.sha256(raw).hexdigest() != digest:
            raise Broken("damaged")
        found[name] = raw
        start += size
    # What an encryption added to hide the true length is zeros and nothing else.
    if bytes(rest[start:]).strip(b"\0"):
        raise Broken("damaged")
    return found
