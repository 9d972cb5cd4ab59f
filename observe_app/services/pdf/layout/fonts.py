"""The faces of the pages: Source Sans 3, unmodified static files, embedded as subsets."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from observe_app.paths import resources_dir

REGULAR = "Observe"
SEMIBOLD = "Observe-Semibold"
BOLD = "Observe-Bold"
ITALIC = "Observe-Italic"
SEMIBOLD_ITALIC = "Observe-SemiboldItalic"

_FILES = {
    REGULAR: "SourceSans3-Regular.ttf",
    SEMIBOLD: "SourceSans3-Semibold.ttf",
    BOLD: "SourceSans3-Bold.ttf",
    ITALIC: "SourceSans3-It.ttf",
    SEMIBOLD_ITALIC: "SourceSans3-SemiboldIt.ttf",
}
_BEYOND_BMP = 0x10000


@cache
def register() -> frozenset[int]:
    """Register the faces once per process and return the code points that all of them have.

    Characters beyond the basic plane are left out: ReportLab writes no usable text for them.
    """
    folder = resources_dir() / "fonts"
    covered: set[int] | None = None
    for name, file in _FILES.items():
        font = TTFont(name, str(folder / file), shapable=False)
        pdfmetrics.registerFont(font)
        codes = {code for code in font.face.charToGlyph if code < _BEYOND_BMP}
        covered = codes if covered is None else covered & codes
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=ITALIC, boldItalic=SEMIBOLD_ITALIC)
    return frozenset(covered or ())


def width(text: str, face: str, size: float) -> float:
    """Return the width of the text in points."""
    measured: float = pdfmetrics.stringWidth(text, face, size)
    return measured


def fitted(text: str, face: str, size: float, room: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `room` points."""
    if width(text, face, size) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + "…", face, size) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
