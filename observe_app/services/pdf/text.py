"""What may be printed of a text that a person typed, pasted or imported.

Nothing here knows of pages. The result is plain text: whoever sets it escapes it, and it is never used as markup.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

MAX_WORD = 200
"""Longest run without a space, in characters; longer ones make line breaking quadratic."""
MAX_PIECE = 2000
"""Longest paragraph, in characters: 400 KB in one took 28 s to set, in such pieces 0.4 s."""
MAX_MARKS = 3
"""Combining marks kept on one letter; more of them only climb over the lines above."""
MISSING = "\u25a1"
"""Stands where the fonts have no glyph; part of the fonts that ship."""

_BREAKS = "\n\x0b\x0c\x85\u2028\u2029"
_LONG_WORD = re.compile(rf"\S{{{MAX_WORD}}}(?=\S)")
_VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_KEPT_SPACES = "\u00a0\u202f"


def _noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _without_invisible(text: str) -> str:
    r"""Drop controls, surrogates, noncharacters, format characters; line and tab characters become \\n and space."""
    out: list[str] = []
    for char in text:
        if char in _BREAKS:
            out.append("\n")
            continue
        category = unicodedata.category(char)
        if category == "Zs":
            out.append(char if char in _KEPT_SPACES else " ")
        elif char == "\t":
            out.append(" ")
        elif category not in ("Cc", "Cs", "Cf") and not _noncharacter(ord(char)):
            out.append(char)
    return _VARIATION.sub("", "".join(out))


def _capped_marks(text: str) -> str:
    out: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) or unicodedata.category(char) == "Me" else 0
        if marks <= MAX_MARKS:
            out.append(char)
    return "".join(out)


def clean(text: str) -> str:
    r"""Return the text without what cannot be seen or would break a page; words and order stay.

    The result is in Unicode's composed form (NFC), its lines end in "\\n", tabs are spaces.
    """
    if text.isascii() and text.isprintable():
        return text
    seen = _without_invisible(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _capped_marks(unicodedata.normalize("NFC", seen))


def broken(text: str) -> str:
    """Return the text with a space after every `MAX_WORD` characters of a word."""
    if len(text) <= MAX_WORD:
        return text
    return _LONG_WORD.sub(lambda match: match.group() + " ", text)


def pieces(text: str, limit: int = MAX_PIECE) -> tuple[str, ...]:
    """Cut one line of text at spaces into pieces of at most `limit` characters."""
    out: list[str] = []
    rest = text.strip()
    while len(rest) > limit:
        cut = rest.rfind(" ", 0, limit)
        cut = cut if cut > 0 else limit
        out.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        out.append(rest)
    return tuple(out)


@dataclass
class Ink:
    """Turns texts into what the fonts can print, and remembers what they could not.

    Attributes:
        covered: code points that every face has.
        replaced: characters that had to be shown as `MISSING`.
    """

    covered: Container[int]
    replaced: set[str] = field(default_factory=set)

    def block(self, text: str) -> str:
        """Return the text cleaned, long words broken, unknown glyphs replaced; lines kept."""
        cleaned = clean(text)
        if not cleaned.isascii():
            cleaned = "".join(map(self._printable, cleaned))
        return broken(cleaned)

    def line(self, text: str) -> str:
        """Return the text as one line with single spaces."""
        return " ".join(self.block(text).split())

    def paragraphs(self, text: str) -> tuple[str, ...]:
        """Return the text as paragraphs of at most `MAX_PIECE` characters; empty lines only separate."""
        out: list[str] = []
        for line in self.block(text).split("\n"):
            out.extend(pieces(" ".join(line.split())))
        return tuple(out)

    def _printable(self, char: str) -> str:
        if char == "\n" or ord(char) in self.covered:
            return char
        self.replaced.add(char)
        return MISSING
