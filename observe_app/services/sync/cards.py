"""Cards: what everybody may know of a person, signed by that person; the only thing in the folder with a name on it.

A card is a file of UTF-8 JSON: {"card": text, "signature": hex, "previous_signature": hex}. What is signed is the text
as it stands, so nobody has to agree on how JSON is written.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import CardUnusable
from observe_app.domain.sync.card import Card
from observe_app.services.sync.crypto import Cipher, Keys, usable_recipient, verified
from observe_app.store.identity import fingerprint_of

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_BYTES = 16_384
MOST_NAME = 200
NAME = re.compile(r"[0-9a-f]{16}-[0-9a-f]{8}\.card")
"""Names of card files; whatever else lies beside them is none."""

_VERSION = 1
_CONTEXT = b"observe-card-1\n"
_HANDOVER = b"observe-card-handover-1\n"
_FINGERPRINT = re.compile(r"[0-9a-f]{32}")
_KEY = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._:-]{0,99}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)


def make(keys: Keys, *, name: str, person_id: str, at: datetime, previous: Keys | None = None) -> bytes:
    """Return the bytes of one's own card.

    Args:
        keys: one's own.
        name: as one writes it oneself; shortened to `MOST_NAME` characters.
        person_id: one's own id in every record.
        at: the present moment, in UTC.
        previous: keys that these replace; they sign too, so that colleagues need not compare the number again.

    Raises:
        ValueError: the name is empty or the moment has no zone.
    """
    clean = tidy(name)
    if not clean or at.tzinfo is None:
        message = "a card needs a name and a moment"
        raise ValueError(message)
    about = {
        "v": _VERSION, "name": clean, "person": person_id, "recipient": keys.recipient, "verify": keys.verify_key,
        "previous": previous.fingerprint if previous is not None else "",
        "at": at.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z",
    }  # fmt: skip
    text = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    whole = {
        "card": text,
        "signature": keys.sign(_CONTEXT + text.encode()).hex(),
        "previous_signature": previous.sign(_HANDOVER + text.encode()).hex() if previous is not None else "",
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def file_name(raw: bytes) -> str:
    """Return the name of a card's file: whose, and of which content.

    Raises:
        CardUnusable: it is no card.
    """
    return f"{read(raw).fingerprint[:16]}-{hashlib.sha256(raw).hexdigest()[:8]}.card"


def read(raw: bytes, verify: Callable[[str, bytes, bytes], bool] = verified) -> Card:
    """Return a card whose own signature holds; says nothing of whether its holder is who they say.

    Args:
        raw: content of the file.
        verify: (key, message, signature) -> bool; of a `Cipher`.

    Raises:
        CardUnusable: "too_large", "damaged", "newer", "key" (one that cannot be encrypted to), "signature".
    """
    card, text, signature, _handed = _parts(raw)
    if not verify(card.verify_key, _CONTEXT + text, signature):
        raise CardUnusable("signature")
    if not usable_recipient(card.recipient):
        raise CardUnusable("key")
    return card


def follows(raw: bytes, known: Card, verify: Callable[[str, bytes, bytes], bool] = verified) -> bool:
    """Tell whether the holder of a known card signed this card as the one that takes its place.

    Raises:
        CardUnusable: as `read`.
    """
    card = read(raw, verify)
    _card, text, _signature, handed = _parts(raw)
    return card.previous == known.fingerprint and verify(known.verify_key, _HANDOVER + text, handed)


def verify(card: Card) -> bool:
    """Tell whether a card's fingerprint is that of its keys."""
    return card.fingerprint == fingerprint_of(card.recipient, card.verify_key)


def safety_number(card: Card) -> str:
    """Return the number that two people compare: 20 digits in 5 groups, of both keys.

    Takes a tenth of a second on purpose: whoever looks for keys with a number like somebody else's pays it each time.
    """
    keys = f"{card.recipient}\n{card.verify_key}".encode()
    found = hashlib.scrypt(keys, salt=b"observe-number-1", n=1 << 15, r=8, p=1, maxmem=64 << 20, dklen=16)
    digits = f"{int.from_bytes(found, 'big') % 10**20:020d}"
    return " ".join(digits[start : start + 4] for start in range(0, 20, 4))


def tidy(name: str) -> str:
    """Return a name without what cannot be seen or turns the line around, in one line, not too long."""
    kept = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", name))
    shown = "".join(char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return " ".join(shown.split())[:MOST_NAME].strip()


def _parts(raw: bytes) -> tuple[Card, bytes, bytes, bytes]:
    if len(raw) > MOST_BYTES:
        raise CardUnusable("too_large")
    try:
        whole = _object(raw.decode())
        text = _text(whole, "card", None)
        signature = bytes.fromhex(_text(whole, "signature", _SIGNATURE))
        handed = whole.get("previous_signature") or ""
        if handed != "":
            handed = _text(whole, "previous_signature", _SIGNATURE)
        card = _card(_object(text))
        return card, text.encode(), signature, bytes.fromhex(handed)
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise CardUnusable("damaged") from None


def _card(about: dict[str, Any]) -> Card:
    if type(about.get("v")) is not int:
        raise CardUnusable("damaged")
    if about["v"] != _VERSION:
        raise CardUnusable("newer")
    name = _text(about, "name", None)
    if name != tidy(name) or not name:
        raise CardUnusable("damaged")
    previous = about.get("previous")
    recipient = _text(about, "recipient", re.compile(r"age1[02-9ac-hj-np-z]{58}"))
    verify_key = _text(about, "verify", _KEY)
    return Card(
        fingerprint=fingerprint_of(recipient, verify_key),
        name=name,
        person_id=_text(about, "person", _ID),
        recipient=recipient,
        verify_key=verify_key,
        previous="" if previous == "" else _text(about, "previous", _FINGERPRINT),
        at=datetime.fromisoformat(_text(about, "at", _MOMENT)),
    )


def _object(text: str) -> dict[str, Any]:
    found = json.loads(text, object_pairs_hook=_once)
    if type(found) is not dict:
        raise CardUnusable("damaged")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise CardUnusable("damaged")
    return found


def _text(about: dict[str, Any], name: str, pattern: re.Pattern[str] | None) -> str:
    value = about.get(name)
    if type(value) is not str or (pattern is not None and pattern.fullmatch(value) is None):
        raise CardUnusable("damaged")
    value.encode()  # half of a pair of surrogates is no text
    return value


__all__ = ["MOST_BYTES", "NAME", "Cipher", "file_name", "follows", "make", "read", "safety_number", "tidy", "verify"]
