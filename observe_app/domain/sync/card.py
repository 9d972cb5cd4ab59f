"""People in a shared folder: what everybody may know of them, and whether somebody compared their number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class Trust(StrEnum):
    """What this person knows of a card.

    NEW: nobody compared its number yet. CHECKED: the two compared it. CHANGED: somebody of this name, or with this
    person id, came with another key that the old one did not sign; nothing is shared to it until it was checked.
    """

    NEW = "new"
    CHECKED = "checked"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody's signed public card.

    Attributes:
        fingerprint: 32 hexadecimal digits, of both keys.
        name: as they write it themselves. person_id: their id in every record, the same on all computers.
        recipient: age recipient, "age1…". verify_key: Ed25519 public key, 64 hexadecimal digits.
        previous: fingerprint of the key that this one replaces, "" for none. previous_signature: by that key, hex.
        at: when it was made.
    """

    fingerprint: str
    name: str
    person_id: str
    recipient: str
    verify_key: str
    previous: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Colleague:
    """A card as this computer knows it.

    Attributes:
        number: safety number, 20 digits in 5 groups parted by spaces.
        seen: when a file of theirs came last, None for never.
        me: it is one's own card.
    """

    card: Card
    trust: Trust = Trust.NEW
    number: str = ""
    checked: datetime | None = None
    seen: datetime | None = None
    me: bool = False
