"""Typing who spoke to whom by seat numbers: "7" is student 7 to the class, "7 9" to student 9, "t7" the teacher to 7.

Digits go on with the number while the room has such a number; the first that does not fit begins the second one. So in
a room of 28 "79" is S7 to S9, "12" is student 12, and "1 2" with a space is S1 to S2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_BETWEEN = frozenset(" >-.,;:/→")
_LONGEST = 3


@dataclass(frozen=True, slots=True)
class SeatEntry:
    """What was typed so far.

    Attributes:
        first, second: "T", "SS", or the digits of a number; "" for nothing yet.
        parted: the second one begins with the next key.
    """

    first: str = ""
    second: str = ""
    parted: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not self.first

    @property
    def speaker(self) -> str:
        """Who speaks, as the note line writes it; "" for nobody yet."""
        return _written(self.first)

    @property
    def to(self) -> str:
        """To whom; "" to the class."""
        return _written(self.second)


def press(entry: SeatEntry, key: str, numbers: Collection[int]) -> SeatEntry | None:
    """Return the entry after a key, None where the key means nothing here.

    Args:
        entry: what was typed so far.
        key: one character.
        numbers: that the room has.
    """
    if key.isascii() and key.isdigit():
        return _digit(entry, key, numbers)
    letter = key.casefold()
    if letter == "t":
        return _whole(entry, "T")
    if letter == "s":
        # "s7" is 7; a second "s" is the class together.
        if not entry.first:
            return SeatEntry("S")
        if entry.first == "S":
            return SeatEntry("SS", parted=True)
        return _whole(entry, "SS") if entry.second == "S" else _whole(entry, "S")
    if key in _BETWEEN and key:
        return replace(entry, parted=True) if entry.speaker and not entry.second else None
    return None


def back(entry: SeatEntry) -> SeatEntry:
    """Return the entry without the key typed last."""
    if entry.second:
        return replace(entry, second=_shorter(entry.second), parted=True)
    shorter = _shorter(entry.first)
    return SeatEntry(shorter) if shorter else SeatEntry()


def _digit(entry: SeatEntry, key: str, numbers: Collection[int]) -> SeatEntry | None:
    known = {str(number) for number in numbers}
    if entry.second or entry.parted:
        longer = _joined(entry.second, key, known)
        return replace(entry, second=longer) if longer is not None and _fits(longer, known) else None
    longer = _joined(entry.first, key, known)
    if longer is not None and _fits(longer, known):
        return replace(entry, first=longer)
    if not entry.speaker or not _fits(key, known):
        return None
    return replace(entry, second=key, parted=True)


def _joined(typed: str, key: str, known: set[str]) -> str | None:
    if typed in {"", "S"}:
        return key
    # A zero in front says that all digits are written, as in "0709".
    longest = max(map(len, known), default=1) if typed.startswith("0") else _LONGEST
    return typed + key if typed.isdigit() and len(typed) < longest else None


def _fits(digits: str, known: set[str]) -> bool:
    """Whether a number of the room begins so; a zero before a number is nothing but a zero."""
    plain = digits.lstrip("0")
    return not plain or any(number.startswith(plain) for number in known)


def _whole(entry: SeatEntry, who: str) -> SeatEntry | None:
    if not entry.first:
        return SeatEntry(who, parted=True)
    if entry.second not in {"", "S"} or not entry.speaker:
        return None
    return replace(entry, second=who, parted=True)


def _shorter(typed: str) -> str:
    return "S" if typed == "SS" else typed[:-1]


def _written(typed: str) -> str:
    if typed.isdigit():
        number = int(typed)
        return f"S{number}" if number else ""
    return "" if typed == "S" else typed
