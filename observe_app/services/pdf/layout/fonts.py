"""The faces of the pages: Source Sans 3, and Noto Sans where a script is missing there.

All are unmodified static files, embedded as subsets. A text is set in one face; the letters that Source Sans lacks
come from the companions of that face, run by run (`runs`). Italics have upright companions: neither script slants.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from observe_app.paths import resources_dir
from observe_app.services.pdf.layout import scripts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REGULAR = "Observe"
SEMIBOLD = "Observe-Semibold"
BOLD = "Observe-Bold"
ITALIC = "Observe-Italic"
SEMIBOLD_ITALIC = "Observe-SemiboldItalic"
HEBREW = "Observe-Hebrew"
HEBREW_SEMIBOLD = "Observe-HebrewSemibold"
ARABIC = "Observe-Arabic"
ARABIC_SEMIBOLD = "Observe-ArabicSemibold"

_FILES = {
    REGULAR: "SourceSans3-Regular.ttf",
    SEMIBOLD: "SourceSans3-Semibold.ttf",
    BOLD: "SourceSans3-Bold.ttf",
    ITALIC: "SourceSans3-It.ttf",
    SEMIBOLD_ITALIC: "SourceSans3-SemiboldIt.ttf",
}
_COMPANION_FILES = {
    HEBREW: "NotoSansHebrew-Regular.ttf",
    HEBREW_SEMIBOLD: "NotoSansHebrew-SemiBold.ttf",
    ARABIC: "NotoSansArabic-Regular.ttf",
    ARABIC_SEMIBOLD: "NotoSansArabic-SemiBold.ttf",
}
_STRONG = (SEMIBOLD, BOLD, SEMIBOLD_ITALIC)
_BEYOND_BMP = 0x10000


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which characters the registered faces have.

    Attributes:
        all: code points that can be drawn in every face or its companions. own: characters of Source Sans alone.
        plain: those of them that are no marks on other letters.
        hebrew, arabic: characters that the companions add, each without those before it.
    """

    all: frozenset[int]
    own: frozenset[str]
    plain: frozenset[str]
    hebrew: frozenset[str]
    arabic: frozenset[str]


def _loaded(folder: Path, files: Mapping[str, str]) -> frozenset[int]:
    covered: set[int] | None = None
    for name, file in files.items():
        font = TTFont(name, str(folder / file), shapable=False)
        pdfmetrics.registerFont(font)
        # beyond the basic plane ReportLab writes no usable text
        codes = {code for code in font.face.charToGlyph if code < _BEYOND_BMP}
        covered = codes if covered is None else covered & codes
    return frozenset(covered or ())


@cache
def coverage() -> Coverage:
    """Register the faces once per process and return what they cover."""
    folder = resources_dir() / "fonts"
    own = _loaded(folder, _FILES)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD_ITALIC)
    companions = list(_COMPANION_FILES.items())
    hebrew = _loaded(folder, dict(companions[:2])) - own
    arabic = _loaded(folder, dict(companions[2:])) - own - hebrew
    plain = {code for code in own if not unicodedata.combining(chr(code))}
    return Coverage(own | hebrew | arabic, *(frozenset(map(chr, codes)) for codes in (own, plain, hebrew, arabic)))


def register() -> frozenset[int]:
    """Register the faces once per process and return the code points that can be drawn in all of them."""
    return coverage().all


def companion(char: str, face: str) -> str:
    """Return the face that has this character where the text is set in `face`."""
    covered = coverage()
    if char in covered.own:
        return face
    if char in covered.hebrew:
        return HEBREW_SEMIBOLD if face in _STRONG else HEBREW
    if char in covered.arabic:
        return ARABIC_SEMIBOLD if face in _STRONG else ARABIC
    return face


def shaped(text: str) -> str:
    """Return the text in its order with Arabic letters joined as far as the companions have the forms."""
    return scripts.shaped(text, coverage().arabic)


def runs(text: str, face: str) -> list[tuple[str, str]]:
    """Return the text in its order as (face, part): neighbours that one face has stay together, with their spaces."""
    if coverage().own.issuperset(text):
        return [(face, text)] if text else []
    out: list[tuple[str, str]] = []
    for char in text:
        own = out[-1][0] if char == " " and out else companion(char, face)
        if out and out[-1][0] == own:
            out[-1] = own, out[-1][1] + char
        else:
            out.append((own, char))
    return out


@cache
def _advances(face: str) -> dict[str, float]:
    coverage()
    made: dict[int, float] = pdfmetrics.getFont(face).face.charWidths
    return {chr(code): advance for code, advance in made.items()}


@cache
def _missing_advance(face: str) -> float:
    made: float = pdfmetrics.getFont(face).face.defaultWidth
    return made


def advances(face: str) -> tuple[dict[str, float], float]:
    """Return the widths of a face's characters in thousandths of its size, and that of its missing glyph."""
    return _advances(face), _missing_advance(face)


@lru_cache(maxsize=32_768)
def run_units(text: str, face: str) -> float:
    """Return the width of a text that `face` has, in thousandths of its size. Words come again and again."""
    known, missing = _advances(face), _missing_advance(face)
    try:
        return sum(map(known.__getitem__, text))
    except KeyError:
        return sum(known.get(char, missing) for char in text)


@cache
def ascent(face: str) -> float:
    """Return how far a face reaches above its line, as a share of its size."""
    coverage()
    made: float = pdfmetrics.getFont(face).face.ascent
    return made / 1000


def width(text: str, face: str, size: float) -> float:
    """Return the width of one line of text in points, as it will be drawn: joined letters, companions and all."""
    if coverage().plain.issuperset(text):
        return (run_units if len(text) <= _CACHED else _long_units)(text, face) * size / 1000
    return sum(run_units(part, own) for own, part in runs(shaped(text), face)) * size / 1000


_CACHED = 200
"""Longer texts are measured each time: keeping them would cost more memory than it saves time."""


def _long_units(text: str, face: str) -> float:
    known, missing = _advances(face), _missing_advance(face)
    return sum(known.get(char, missing) for char in text)


def fitted(text: str, face: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `room` points."""
    if len(text) <= _CACHED and width(text, face, size) <= room:
        return text
    low, high = 0, min(len(text), int(room / size * 8) + 2)  # no letter is narrower than an eighth of its size
    if high == len(text) and width(text, face, size) <= room:
        return text
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
