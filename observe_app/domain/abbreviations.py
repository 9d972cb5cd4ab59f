"""Short words that a school writes for long ones, expanded when the short word is finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_SHORT = 40
_FINISHES = frozenset(" \t\n.,;:!?…)]}\"”»'’")
_OPENS = "([{\"“„«‹'‘"
# A tag, a link to an item, a late time and a command are no words of the note.
_SIGNS = ("#", ">", "@", "/")


@dataclass(frozen=True, slots=True)
class Expansion:
    """A short word to be replaced.

    Attributes:
        start, end: where the short word stands, in characters. text: what takes its place.
    """

    start: int
    end: int
    text: str


def finishes(sign: str) -> bool:
    """Whether a typed sign finishes the word before it."""
    return sign in _FINISHES


def expansion(text: str, end: int, pairs: Sequence[tuple[str, ...]], sign: str = " ") -> Expansion | None:
    """Return what the word before `end` stands for, None when it stands for itself.

    Quotations are no exception: shorthand is used most where somebody speaks, and it stands for what was said.

    Args:
        text: the words of the note, without speaker and time.
        end: place behind the short word.
        pairs: (short, long) as the school wrote them; rows that are no pair are passed over.
        sign: what finishes the word. It may be part of another short word ("tr" and "tr."): that one is waited for.
    """
    start = end
    while start > 0 and not text[start - 1].isspace() and end - start <= MAX_SHORT:
        start -= 1
    while start < end and text[start] in _OPENS:
        start += 1
    word = text[start:end]
    if not word or word.startswith(_SIGNS):
        return None
    folded = word.casefold()
    longer = folded + sign.casefold()
    found = ""
    for pair in pairs:
        if len(pair) != 2 or not pair[1].strip():
            continue
        short = pair[0].strip().casefold()
        if sign.strip() and short.startswith(longer):
            return None
        if short == folded and not found:
            found = pair[1].strip()
    if not found or found == word:
        return None
    return Expansion(start, end, _like(word, found))


def _like(short: str, long: str) -> str:
    """Return the long word beginning as large as the short one."""
    return long[0].upper() + long[1:] if short[0].isupper() else long
