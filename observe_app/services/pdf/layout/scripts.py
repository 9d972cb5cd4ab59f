"""Writing from right to left: which way each letter runs, joined Arabic letters, the order on the line.

Lines are broken in the order of reading. Only then is each line put into the order of the eye, run by run, so that a
right-to-left text of several lines begins at its top. `bidi` and `arabic_reshaper` are imported when a text needs them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FROM_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_JOINED = re.compile(
    "[\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06df-\u06e8\u06ea-\u06ef\u06fa-\u06ff"
    "\u0750-\u077f\u0870-\u08ff]+"
)
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+")
"""Hebrew points: without the font's own placing they would stand beside their letters."""


def runs_from_right(text: str) -> bool:
    """Whether any letter of the text is written from right to left."""
    return not text.isascii() and _FROM_RIGHT.search(text) is not None


def levels(text: str) -> tuple[int, list[int]]:
    """Return the level of the paragraph (1: from the right) and of each character, as Unicode's UAX #9 defines them.

    The text holds no control characters of direction: the filter drops them.
    """
    from bidi import algorithm  # noqa: PLC0415  (only a text from the right needs it)

    base = algorithm.get_base_level(text)
    storage: dict[str, Any] = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, ("L", "R")[base]
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = [char["level"] for char in storage["chars"]]
    return base, found if len(found) == len(text) else [base] * len(text)


@cache
def _mirrored() -> dict[int, str]:
    from bidi.mirror import MIRRORED  # noqa: PLC0415  (as above)

    return {ord(char): other for char, other in MIRRORED.items()}


@cache
def _reshape() -> Callable[[str], str]:
    from arabic_reshaper import ArabicReshaper  # noqa: PLC0415  (as above)

    made: Callable[[str], str] = ArabicReshaper({"delete_harakat": True, "support_ligatures": True}).reshape
    return made


def shaped(text: str, covered: frozenset[str]) -> str:
    """Return the text in its order with Arabic letters joined; vowel signs above and below the letters are left out.

    `covered`: the forms that there are; letters of other forms stay unjoined.
    """
    if not runs_from_right(text):
        return text

    def joined(match: re.Match[str]) -> str:
        found = _reshape()(match.group())
        return "".join(char if char in covered else unicodedata.normalize("NFKC", char) for char in found)

    return _JOINED.sub(joined, _POINTS.sub("", text))


def reversed_line(text: str) -> str:
    """Return a run from the right as it stands on the line from the left, brackets turned, marks with their letters."""
    clusters: list[str] = []
    for char in text:
        if clusters and unicodedata.combining(char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return "".join(reversed(clusters)).translate(_mirrored())


def order_on_line(run_levels: Sequence[int]) -> list[int]:
    """Return the runs' indices from left to right (rule L2)."""
    order = list(range(len(run_levels)))
    if not any(level & 1 for level in run_levels):
        return order
    lowest = min(level for level in run_levels if level & 1)
    for level in range(max(run_levels), lowest - 1, -1):
        start = None
        for place in range(len(order) + 1):
            inside = place < len(order) and run_levels[order[place]] >= level
            if inside and start is None:
                start = place
            elif not inside and start is not None:
                order[start:place] = reversed(order[start:place])
                start = None
    return order
