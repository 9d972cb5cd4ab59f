r"""What may be printed of a text that a person typed, pasted or imported.

`printed` is the whole filter; `Ink` applies it and remembers what had to be replaced. What can be read out of a PDF
equals `printed(text, covered)`, both in Unicode's form NFKC. The filter does this, in this order, and nothing else:

1. Line ends (CR LF, CR, VT, FF, NEL, U+2028, U+2029) become line feeds; tabs and every other space become U+0020,
   except the two no-break spaces, which stay.
2. Dropped: control characters (Cc), lone surrogates (Cs), format characters (Cf: zero-width joiners, soft hyphens,
   direction marks and overrides, byte order marks, tags), noncharacters, variation selectors.
3. Of marks that follow one another on a letter, the first three stay; then NFC.
4. A character that the faces lack is written as its canonical parts where the faces have those, else as `MISSING`,
   and reported. So is all beyond the basic plane, emoji among them.
5. Several spaces become one; spaces at either end of a line go, and so do empty lines. A field of one line has a
   space for each line feed.

Nothing here knows of pages. The result is plain text: whoever sets it escapes it, and it is never used as markup.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

MAX_MARKS = 3
"""Combining marks kept on one letter; more of them only climb over the lines above, and make NFC quadratic."""
MISSING = "\u25a1"
"""Stands where the fonts have no glyph; part of the fonts that ship."""

_BREAKS = "\n\x0b\x0c\x85\u2028\u2029"
_KEPT_SPACES = "\u00a0\u202f"
_UNCHANGED = re.compile("[\n -~\u00a1-\u00ac\u00ae-\u017f\u2013\u2014\u2018-\u201e\u2022\u2026\u20ac]*")
"""Characters that steps 1 to 3 leave as they are, whatever their neighbours."""
_SPACES = re.compile(" {2,}")
_MOST_KNOWN, _LONG = 1000, 2000
"""Texts that are remembered, for a page that is set several times, and characters from which one is not."""
_ENDS = " " + _KEPT_SPACES


def _noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def _selector(code: int) -> bool:
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


def _without_invisible(text: str) -> str:
    """Do steps 1 and 2."""
    seen: dict[str, str] = {}
    for char in set(text):
        category = unicodedata.category(char)
        if char in _BREAKS:
            seen[char] = "\n"
        elif category == "Zs":
            seen[char] = char if char in _KEPT_SPACES else " "
        elif char == "\t":
            seen[char] = " "
        elif category in ("Cc", "Cs", "Cf") or _noncharacter(ord(char)) or _selector(ord(char)):
            seen[char] = ""
        else:
            seen[char] = char
    return "".join(map(seen.__getitem__, text))


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) != 0 or unicodedata.category(char) == "Me"


def _capped_marks(text: str) -> str:
    known = {char for char in set(text) if _is_mark(char)}
    if not known:
        return text
    out: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if char in known else 0
        if marks <= MAX_MARKS:
            out.append(char)
    return "".join(out)


def clean(text: str) -> str:
    r"""Return the text without what cannot be seen or would break a page (steps 1 to 3); words and order stay.

    The result is in Unicode's composed form (NFC), its lines end in "\\n", tabs are spaces.
    """
    if _UNCHANGED.fullmatch(text):
        return text
    seen = _without_invisible(text.replace("\r\n", "\n").replace("\r", "\n"))
    # capped before as well: normalising sorts the marks of a letter in quadratic time
    return _capped_marks(unicodedata.normalize("NFC", _capped_marks(seen)))


def _in_parts(char: str, covered: Container[int]) -> str:
    """Return the character, its parts, or `MISSING` (step 4)."""
    if char == "\n" or ord(char) in covered:
        return char
    parts = unicodedata.normalize("NFD", char)
    return parts if all(ord(part) in covered for part in parts) else MISSING


def _tidied(text: str) -> str:
    """Do step 5."""
    lines = (_SPACES.sub(" ", line.strip(_ENDS)) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def printed(text: str, covered: Container[int]) -> str:
    r"""Return what is printed of a text, paragraphs parted by "\\n". `covered`: code points that the faces have."""
    return Ink(covered).block(text)


@dataclass
class Ink:
    """Turns texts into what the fonts can print, and remembers what they could not.

    Attributes:
        covered: code points that every face has.
        replaced: characters that had to be shown as `MISSING`.
    """

    covered: Container[int]
    replaced: set[str] = field(default_factory=set)
    _known: dict[str, str] = field(default_factory=dict, repr=False)

    def block(self, text: str) -> str:
        """Return what is printed of the text; its lines, without the empty ones."""
        found = self._known.get(text)
        if found is None:
            found = self._filtered(text)
            if len(self._known) < _MOST_KNOWN and len(text) < _LONG:
                self._known[text] = found
        return found

    def _filtered(self, text: str) -> str:
        cleaned = clean(text)
        if not cleaned.isascii():
            shown = {char: _in_parts(char, self.covered) for char in set(cleaned)}
            self.replaced |= {char for char, part in shown.items() if part == MISSING != char}
            cleaned = "".join(map(shown.__getitem__, cleaned))
        return _tidied(cleaned)

    def line(self, text: str) -> str:
        """Return the text as one line with single spaces."""
        return self.block(text).replace("\n", " ")

    def paragraphs(self, text: str) -> tuple[str, ...]:
        """Return the text as paragraphs, one for each line; empty lines only separate."""
        found = self.block(text)
        return tuple(found.split("\n")) if found else ()
