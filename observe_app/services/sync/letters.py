"""Letters: changes signed by who made them, encrypted to who may read them, framed as a segment file.

What lies under the encryption, compressed and padded:

    fingerprint of the signer (16 bytes) | Ed25519 signature (64) | lines of JSON

The first line says what the letter is, then comes a line for each action and one for each change. Nothing is parsed
that its signer did not sign, and lines are read one at a time, so that no letter takes much more memory than its size.
Whatever is wrong with a letter, reading it ends in `LetterBad` and in nothing else.
"""

from __future__ import annotations

import json
import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync.letter import ActionHead, Audience, AudienceKind, Letter, Op, Removal
from observe_app.domain.sync.segment import FORMAT, MAX_FILE, MAX_HEADER, Header, file_hash, frame
from observe_app.domain.sync.shares import school_fingerprint
from observe_app.services.sync.crypto import MOST_PLAIN, NotForMe, Unreadable, squeeze, unsqueeze

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from observe_app.services.sync.crypto import Cipher, Keys

VERSION = 1
MOST_OPS = 20_000
MOST_ACTIONS = 20_000
MOST_OVER = 50_000
MOST_MEMBERS = 64
MOST_COVERS = 900
MOST_REMOVALS = 10_000
MOST_LINE = 32 * 1024 * 1024
MOST_ID = 100

_CONTEXT = b"observe-letter-1\n"
_HEAD = 16 + 64
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,99}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_KIND = re.compile(r"[a-z][a-z0-9_.:-]{0,63}")
_OP = re.compile(r"[0-9a-f]{16}")
_STAMP = re.compile(r"[0-9a-f]{13}-[0-9a-f]{6}-[0-9a-f]{8}")
_WRITER = re.compile(r"[0-9a-f]{8}")
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
_SHORT = 8_192
_MOST_PARTS = MOST_OVER + 100


class LetterBad(Exception):
    """A letter that cannot be believed or read.

    Attributes:
        reason: stable name: "newer" (of a version to come), "damaged", "too_large", "unknown_signer", "signature",
            "content" (what is signed breaks the rules), "folder" (of another folder), "header" (what the file says
            outside differs from what is signed), "not_addressed" (to others, handed on), "public" (signed only what
            was to be encrypted, or the other way round).
        detail: the field, never a value. signer: fingerprint of whom it claims to be from, "" where that is unknown.
    """

    def __init__(self, reason: str, detail: str = "", signer: str = "") -> None:
        """Say what is wrong."""
        super().__init__(reason, detail)
        self.reason, self.detail, self.signer = reason, detail, signer


class LetterTooLarge(ValueError):
    """A letter that no reader would take; its maker has to make several of it."""


# --- writing ---------------------------------------------------------------------------------------------------------


def pack(
    letter: Letter, keys: Keys, recipients: Mapping[str, str], previous: str, *, cipher: Cipher
) -> tuple[bytes, str]:
    """Return the bytes of a segment and its hash.

    Args:
        letter: signed by these keys.
        keys: of the signer.
        recipients: age recipient of each member of the audience, by fingerprint; others in it are not encrypted to.
        previous: hash of the segment before it by this writer, "" for the first.
        cipher: `crypto.AgeCipher`.

    Raises:
        LetterTooLarge: more changes, words or covered segments than readers take.
        TooManyPeople: more members than can be encrypted to.
        KeyError: a member without a recipient.
        ValueError: the letter is not of these keys, or names nobody.
    """
    if letter.signer != keys.fingerprint:
        message = "another's letter"
        raise ValueError(message)
    text = _text(letter, previous)
    signature = keys.sign(_CONTEXT + bytes.fromhex(letter.signer) + text)
    body = squeeze(bytes.fromhex(letter.signer) + signature + text)
    public = letter.audience.kind is AudienceKind.ALL
    if not public:
        body = cipher.seal(body, [recipients[one] for one in letter.audience.members])
    raw = frame(
        body, writer=letter.writer, seq=letter.seq, previous=previous, public=public, covers=letter.covers
    )  # fmt: skip
    if len(raw) > MAX_FILE:
        raise LetterTooLarge
    return raw, file_hash(raw)


def _text(letter: Letter, previous: str) -> bytes:
    audience = letter.audience
    head = {
        "v": VERSION, "folder": letter.folder, "writer": letter.writer, "seq": letter.seq, "previous": previous,
        "signer": letter.signer, "format": letter.format, "covers": list(letter.covers),
        "audience": {
            "kind": audience.kind.value, "visit": audience.visit, "author": audience.author,
            "members": sorted(set(audience.members)),
        },
        "actions": len(letter.actions), "ops": len(letter.ops),
    }  # fmt: skip
    if letter.removals:  # a version that does not know of them passes over them
        head["removals"] = [part for one in letter.removals for part in (one.op, one.visit, one.fingerprint)]
    number = {action.id: place for place, action in enumerate(letter.actions)}
    lines = [_line(head)]
    lines += [_line([one.id, one.kind, one.at, one.author, one.scope, one.undoes]) for one in letter.actions]
    lines += [
        _line([
            op.op, number[op.action], op.table, op.row, op.column, op.new, list(op.over), op.stamp, int(op.inserted),
        ])
        for op in letter.ops
    ]  # fmt: skip
    text = b"".join(lines)
    large = (
        len(letter.ops) > MOST_OPS, len(letter.actions) > MOST_ACTIONS, len(letter.covers) > MOST_COVERS,
        len(letter.removals) > MOST_REMOVALS, len(text) > MOST_PLAIN - _HEAD,
        any(len(one) > MOST_LINE for one in lines), any(len(op.over) > MOST_OVER for op in letter.ops),
    )  # fmt: skip
    if any(large):
        raise LetterTooLarge
    return text


_LINES = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _line(value: Any) -> bytes:
    return _LINES.encode(value).encode() + b"\n"


# --- reading ---------------------------------------------------------------------------------------------------------


def open_letter(
    header: Header,
    body: bytes,
    keys: Keys,
    verify_key_of: Callable[[str], str | None],
    *,
    folder: str,
    cipher: Cipher,
) -> Letter:
    """Return the letter in a whole segment, as its signer signed it.

    Args:
        header: of the segment, from `segment.parse`.
        body: of the segment.
        keys: of who reads.
        verify_key_of: Ed25519 key of a fingerprint, 64 hexadecimal digits; None for somebody without a card here.
        folder: id of the folder that it lies in.
        cipher: `crypto.AgeCipher`.

    Raises:
        NotForMe: it is encrypted to others.
        LetterBad: everything else that can be wrong with it.
    """
    if header.format != FORMAT:
        raise LetterBad("newer", "format")
    try:
        signed = unsqueeze(body if header.public else keys.open(body))
    except Unreadable as error:
        raise LetterBad("too_large" if str(error) == "too long" else "damaged", str(error)) from None
    except MemoryError:
        raise LetterBad("too_large") from None
    signer = signed[:16].hex()
    try:
        return _believed(signed, header, keys, verify_key_of(signer), folder, cipher)
    except LetterBad as error:
        error.signer = signer
        raise
    except (ValueError, TypeError, RecursionError, OverflowError, MemoryError) as error:
        raise LetterBad("content", type(error).__name__, signer) from None


def _believed(signed: bytes, header: Header, keys: Keys, verify_key: str | None, folder: str, cipher: Cipher) -> Letter:
    if len(signed) <= _HEAD:
        raise LetterBad("damaged", "length")
    if verify_key is None:
        raise LetterBad("unknown_signer")
    text = signed[_HEAD:]
    if not cipher.verify(verify_key, _CONTEXT + signed[:16] + text, signed[16:_HEAD]):
        raise LetterBad("signature")
    letter, previous = _Reader(text).letter()
    _agree(letter, previous, header, signed[:16].hex(), folder)
    _addressed(letter, header, keys)
    return letter


def signer_of(header: Header, body: bytes, keys: Keys) -> str:
    """Return whom a letter claims to be from, "" where that cannot be read; says nothing of whether it is true."""
    try:
        return unsqueeze(body if header.public else keys.open(body))[:16].hex()
    except (NotForMe, Unreadable):
        return ""


def _agree(letter: Letter, previous: str, header: Header, signer: str, folder: str) -> None:
    if letter.signer != signer:
        raise LetterBad("content", "signer")
    if letter.folder != folder:
        raise LetterBad("folder")
    outside = (header.writer, header.seq, header.previous, header.covers)
    for name, one, other in zip(
        ("writer", "seq", "previous", "covers"),
        (letter.writer, letter.seq, previous, letter.covers), outside, strict=True,
    ):  # fmt: skip
        if one != other:
            raise LetterBad("header", name)


def _addressed(letter: Letter, header: Header, keys: Keys) -> None:
    if header.public != (letter.audience.kind is AudienceKind.ALL):
        raise LetterBad("public")
    names = {keys.fingerprint, school_fingerprint(keys.recipient)}
    if not header.public and not names & set(letter.audience.members):
        raise LetterBad("not_addressed")


class _Reader:
    """Takes the lines of a letter one after the other and believes none of them."""

    def __init__(self, text: bytes) -> None:
        self._text = text
        self._place = 0

    def letter(self) -> tuple[Letter, str]:
        """Return the letter and the hash of the segment before it."""
        head = _fields(self._next())
        if _whole(head["v"], 1, 10**6, "v") != VERSION:
            raise LetterBad("newer", "v")
        covers = tuple(_each(head["covers"], _HASH, MOST_COVERS, "covers"))
        previous = head["previous"]
        if previous != "":
            _match(previous, _HASH, "previous")
        counts = _whole(head["actions"], 0, MOST_ACTIONS, "actions"), _whole(head["ops"], 0, MOST_OPS, "ops")
        audience = _audience(head["audience"])
        signer = _match(head["signer"], _FINGERPRINT, "signer")
        if audience.kind is AudienceKind.ME and audience.members != (signer,):
            raise LetterBad("content", "audience")
        actions = tuple(_action(self._next()) for _ in range(counts[0]))
        ids = [one.id for one in actions]
        if len(set(ids)) != len(ids):
            raise LetterBad("content", "actions")
        ops = tuple(_op(self._next(), ids) for _ in range(counts[1]))
        if self._place != len(self._text):
            raise LetterBad("content", "lines")
        letter = Letter(
            folder=_match(head["folder"], _ID, "folder"),
            writer=_match(head["writer"], _WRITER, "writer"),
            seq=_whole(head["seq"], 1, 10**8 - 1, "seq"),
            audience=audience,
            signer=signer,
            format=_whole(head["format"], 0, 10**9, "format"),
            actions=actions,
            ops=ops,
            covers=covers,
            removals=_removals(head.get("removals", [])),
        )
        return letter, str(previous)

    def _next(self) -> Any:
        end = self._text.find(b"\n", self._place)
        if end < 0 or end - self._place > MOST_LINE:
            raise LetterBad("content", "lines")
        line = self._text[self._place : end]
        self._place = end + 1
        if len(line) > _SHORT:
            _measure(line)
        return _LINE.decode(line.decode())


def _measure(line: bytes) -> None:
    """Refuse a long line that is many small values instead of few long ones: parsed, it would fill the memory."""
    bare = line.replace(b"\\\\", b"").replace(b'\\"', b"")
    if bare.count(b'"') > 2 * _MOST_PARTS:
        raise LetterBad("content", "parts")
    outside = b"".join(bare.split(b'"')[::2])
    if outside.count(b",") > _MOST_PARTS or outside.count(b"[") + outside.count(b"{") > 10:
        raise LetterBad("content", "parts")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise LetterBad("content", "twice")
    return found


def _no_constant(_name: str) -> None:
    raise LetterBad("content", "number")


_LINE = json.JSONDecoder(object_pairs_hook=_unique, parse_constant=_no_constant)


def _fields(value: Any) -> dict[str, Any]:
    if type(value) is not dict:
        raise LetterBad("content", "head")
    for name in (
        "v",
        "folder",
        "writer",
        "seq",
        "previous",
        "signer",
        "format",
        "covers",
        "audience",
        "actions",
        "ops",
    ):
        if name not in value:
            raise LetterBad("content", name)
    return value


def _match(value: Any, pattern: re.Pattern[str], name: str) -> str:
    if type(value) is not str or len(value) > MOST_ID or pattern.fullmatch(value) is None:
        raise LetterBad("content", name)
    return value


def _each(value: Any, pattern: re.Pattern[str], most: int, name: str) -> Sequence[str]:
    if type(value) is not list or len(value) > most:
        raise LetterBad("content", name)
    for one in value:
        if type(one) is not str or pattern.fullmatch(one) is None:
            raise LetterBad("content", name)
    return value


def _whole(value: Any, least: int, most: int, name: str) -> int:
    if type(value) is not int or not least <= value <= most:
        raise LetterBad("content", name)
    return value


def _audience(value: Any) -> Audience:
    if type(value) is not dict or set(value) != {"kind", "visit", "author", "members"}:
        raise LetterBad("content", "audience")
    members = tuple(_each(value["members"], _FINGERPRINT, MOST_MEMBERS, "members"))
    if list(members) != sorted(set(members)):
        raise LetterBad("content", "members")
    kind = value["kind"]
    if kind not in {one.value for one in AudienceKind}:
        raise LetterBad("newer" if type(kind) is str else "content", "kind")
    kind = AudienceKind(kind)
    visit, author = value["visit"], value["author"]
    if kind is AudienceKind.VISIT:
        _match(visit, _ID, "visit")
        _match(author, _FINGERPRINT, "author")
    elif visit != "" or author != "":
        raise LetterBad("content", "audience")
    if (kind is AudienceKind.ALL) == bool(members):
        raise LetterBad("content", "members")
    return Audience(kind, visit, author, members)


def _removals(value: Any) -> tuple[Removal, ...]:
    if type(value) is not list or len(value) > 3 * MOST_REMOVALS or len(value) % 3:
        raise LetterBad("content", "removals")
    return tuple(
        Removal(_match(op, _OP, "removals"), _match(visit, _ID, "removals"), _match(who, _FINGERPRINT, "removals"))
        for op, visit, who in zip(value[::3], value[1::3], value[2::3], strict=True)
    )


def _action(value: Any) -> ActionHead:
    if type(value) is not list or len(value) != 6:
        raise LetterBad("content", "action")
    rests = [None if one is None else _match(one, _ID, "action") for one in value[3:]]
    at = _match(value[2], _MOMENT, "at")
    datetime.fromisoformat(at)
    return ActionHead(_match(value[0], _ID, "action"), _match(value[1], _KIND, "kind"), at, *rests)


def _op(value: Any, actions: list[str]) -> Op:
    if type(value) is not list or len(value) != 9:
        raise LetterBad("content", "op")
    op, action, table, row, column, new, over, stamp, inserted = value
    return Op(
        _match(op, _OP, "op"),
        actions[_whole(action, 0, len(actions) - 1, "action")],
        _match(table, _NAME, "table"),
        _match(row, _ID, "row"),
        _match(column, _NAME, "column"),
        _value(new),
        tuple(_each(over, _OP, MOST_OVER, "over")),
        _match(stamp, _STAMP, "stamp"),
        inserted=bool(_whole(inserted, 0, 1, "inserted")),
    )


def _value(value: Any) -> str | int | float | None:
    if value is None:
        return None
    if type(value) is str:
        value.encode()  # half of a pair of surrogates is no text, and no database takes it
        return value
    if type(value) is int and -(2**63) <= value < 2**63:
        return value
    if type(value) is float and math.isfinite(value):
        return value
    raise LetterBad("content", "value")


__all__ = [
    "MAX_HEADER", "MOST_ACTIONS", "MOST_COVERS", "MOST_LINE", "MOST_MEMBERS", "MOST_OPS", "MOST_OVER", "LetterBad",
    "LetterTooLarge", "NotForMe", "open_letter", "pack", "signer_of",
]  # fmt: skip
