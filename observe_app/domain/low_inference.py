"""Words that judge instead of telling what was seen or heard; found, never corrected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-'’·][^\W\d_]+)*")
_MOST_WORDS = 3
_CLOSING = {"“": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "‘": "’", '"': '"', "'": "'"}
_DOUBTFUL = "‘'"  # also an apostrophe


@dataclass(frozen=True, slots=True)
class Mark:
    """A word that judges: where it stands, in characters, and the word as its list has it."""

    start: int
    end: int
    word: str


def word_set(
    shipped: Iterable[str], own: Sequence[tuple[str, ...]], fair: Sequence[tuple[str, ...]], language: str
) -> frozenset[str]:
    """Return the words to mark in a language: the shipped ones and the person's own, without those called fair.

    Args:
        shipped: the program's list.
        own: (language, word) pairs of the settings; a pair without a language counts for every one.
        fair: pairs in the same writing.
        language: two letters.
    """
    added = {_plain(pair[1]) for pair in own if len(pair) == 2 and pair[0] in ("", language)}
    taken = {_plain(pair[1]) for pair in fair if len(pair) == 2 and pair[0] in ("", language)}
    return frozenset(({_plain(word) for word in shipped} | added) - taken - {""})


def marks(text: str, words: frozenset[str]) -> tuple[Mark, ...]:
    """Return the words of the text that are in the set, longest first at each place; none inside a quotation.

    Whole words only, forms as they are listed; upper and lower case are the same. A listed phrase may have up to
    three words. What stands in quotation marks was said by somebody: that is evidence and is left alone.
    """
    if not words:
        return ()
    quoted = quotations(text)
    found = list(_WORD.finditer(text))
    result: list[Mark] = []
    at = 0
    while at < len(found):
        step = 1
        for count in range(min(_MOST_WORDS, len(found) - at), 0, -1):
            first, last = found[at], found[at + count - 1]
            phrase = _plain(text[first.start() : last.end()])
            if phrase in words and not any(start < last.end() and first.start() < end for start, end in quoted):
                result.append(Mark(first.start(), last.end(), phrase))
                step = count
                break
        at += step
    return tuple(result)


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of each quotation with its marks; one that is still open reaches to the end."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign not in _CLOSING or not _opens(text, at):
            at += 1
            continue
        end = _end_of(text, at)
        if end < 0 and sign in _DOUBTFUL:
            at += 1
            continue
        end = len(text) if end < 0 else end + 1
        spans.append((at, end))
        at = end
    return tuple(spans)


def _opens(text: str, at: int) -> bool:
    """Whether a quotation mark stands where one begins: before a sign, and not inside a word."""
    if text[at] in "“„«‹":
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return not before.isalnum() and bool(after) and not after.isspace()


def _end_of(text: str, start: int) -> int:
    closing = _CLOSING[text[start]]
    for at in range(start + 1, len(text)):
        if text[at] in closing and not (text[start] in _DOUBTFUL and text[at + 1 : at + 2].isalpha()):
            return at
    return -1


def _plain(word: str) -> str:
    return " ".join(word.replace("’", "'").casefold().split())
