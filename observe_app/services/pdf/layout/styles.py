"""Colours, sizes and styles of the pages.

Every tone keeps 3:1 against what it lies on (text 4.5:1), and meaning never rests on colour alone: print in grey
keeps shapes, words and places.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import ParagraphStyle

from observe_app.services.pdf.layout import fonts

INK = HexColor("#17263A")
TEXT = HexColor("#22303F")
MUTED = HexColor("#56636F")
RULE = HexColor("#C9D1D9")
ACCENT = HexColor("#0B5C66")
ACCENT_TINT = HexColor("#E6F1F1")
WARM = HexColor("#9A4F0B")
BAND = HexColor("#12344A")
BAND_TEXT = HexColor("#D6E4EA")
BAND_EYEBROW = HexColor("#9CC3CC")
TEAL = HexColor("#7FA9AE")
PALE = HexColor("#CFE0E2")
WHITE = white


@dataclass(frozen=True, slots=True)
class Sheet:
    """Measures of one paper, in points.

    Attributes:
        gap: space between blocks. air: factor of paddings and line distances, 1 for the usual page.
        size: factor of the type, 1 for the usual page.
    """

    width: float
    height: float
    margin: float
    foot: float
    head: float
    gap: float
    band_top: float
    air: float = 1.0
    size: float = 1.0

    def tightened(self, air: float, size: float = 1.0) -> Sheet:
        """Return the same paper set closer, for a record that would just miss its page."""
        return replace(self, air=air, size=size, gap=self.apart(self.gap, air), band_top=self.band_top - 5 * (1 - air))

    @staticmethod
    def apart(points: float, air: float) -> float:
        """Return a space that parts sections: it gives way later than the paddings within them."""
        return points * (0.4 + 0.6 * air)

    @property
    def column(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.margin


SHEETS = {
    "A4": Sheet(A4[0], A4[1], margin=51, foot=46, head=52, gap=11, band_top=30),
    # Letter is 50 points shorter and 17 wider: longer lines and less air keep the two pages
    "Letter": Sheet(letter[0], letter[1], margin=46, foot=36, head=41, gap=10, band_top=26),
}


def _style(name: str, base: ParagraphStyle | None = None, **values: Any) -> ParagraphStyle:
    return ParagraphStyle(name, parent=base, **values)


def saving(canvas: Any) -> bool:
    """Whether what is drawn on this canvas is to save ink: outlines instead of filled areas."""
    return bool(getattr(canvas, "ink_saving", False))


@lru_cache(maxsize=32)
def styles(air: float = 1.0, size: float = 1.0, *, saving: bool = False) -> dict[str, ParagraphStyle]:
    """Return the paragraph styles by name; `air` below 1 brings lines and headings closer, `size` makes them smaller.

    The air changes no width: lines break at the same words whatever it is. `saving`: nothing lies on a dark band.
    """
    close = (1 - (1 - air) * 0.11) * size
    apart = Sheet.apart(12, air)
    body = _style(
        "body", fontName=fonts.REGULAR, bulletFontName=fonts.REGULAR, fontSize=9.6 * size, leading=13.4 * close,
        textColor=TEXT, splitLongWords=1, allowWidows=1, allowOrphans=1,
    )  # fmt: skip
    strong = {"fontName": fonts.SEMIBOLD, "textColor": INK}
    made = (
        body,
        _style("small", body, fontSize=8.3 * size, leading=11.2 * close, textColor=MUTED),
        _style("cell", body, fontSize=8.8 * size, leading=11.8 * close),
        _style("cell_strong", body, fontSize=8.8 * size, leading=11.8 * close, **strong),
        _style("step", body, leftIndent=15, bulletIndent=0, bulletFontName=fonts.BOLD, bulletFontSize=9.6),
        _style("para", body, spaceAfter=4),
        _style(
            "h2",
            body,
            fontSize=13 * size,
            leading=(14.6 + 1.4 * air) * size,
            spaceBefore=apart,
            spaceAfter=1.5 + 2.5 * air,
            keepWithNext=1,
            **strong,
        ),
        _style("h2_plain", body, fontSize=13 * size, leading=(14.6 + 1.4 * air) * size, **strong),
        _style("h3", body, fontSize=10.4 * size, leading=13.6 * close, keepWithNext=1, **strong),
        _style("section", body, fontSize=10 * size, leading=(11.6 + 1.4 * air) * size, **strong),
        _style("focus", body, fontSize=13.5 * size, leading=17.4 * close, **strong),
        _style("focus_long", body, fontSize=11.2 * size, leading=14.8 * close, **strong),
        _style("view", body, fontSize=9.0 * size, leading=12.2 * close),
        _style("answer", body, fontSize=9.0 * size, leading=12.2 * close),
        _style("quote", body, fontName=fonts.ITALIC, fontSize=9.4 * size, leading=12.8 * close),
    )
    every = (*made, *_labels(body, size, close), *_heads(body, size, close, air, saving=saving))
    return {style.name: style for style in every}


def _labels(body: ParagraphStyle, size: float, close: float) -> tuple[ParagraphStyle, ...]:
    """Return the styles of labels, heads of columns and hints."""
    strong = {"fontName": fonts.SEMIBOLD, "textColor": INK}
    return (
        _style("eyebrow", body, fontName=fonts.SEMIBOLD, fontSize=7.8, leading=10, textColor=ACCENT),
        _style("looking", body, fontSize=8.8 * size, leading=12 * close),
        _style("label", body, fontSize=8.6 * size, leading=10.8 * close),
        _style("cell_strong_label", body, fontSize=8.6 * size, leading=10.8 * close, **strong),
        _style("stance", body, fontName=fonts.SEMIBOLD, fontSize=7.8, leading=10, textColor=MUTED, alignment=TA_CENTER),
        _style("th", body, fontName=fonts.SEMIBOLD, fontSize=8, leading=10, textColor=MUTED),
        _style("hint", body, fontSize=8.3, leading=11.2, textColor=MUTED, leftIndent=40),
        _style("th_ink", body, fontSize=8, leading=10, **strong),
        _style("level", body, fontName=fonts.SEMIBOLD, fontSize=7.6, leading=9.2, textColor=MUTED, alignment=TA_CENTER),
        _style("time", body, fontName=fonts.SEMIBOLD, fontSize=8.4 * size, leading=11.8 * close, textColor=ACCENT),
        _style("small_right", body, fontSize=8.3, leading=11.2, textColor=MUTED, alignment=TA_RIGHT),
        _style("item", body, fontSize=9.6, leading=12.8, **strong),
        _style("only_if", body, fontName=fonts.SEMIBOLD, fontSize=8, leading=10.8, textColor=WARM),
        _style("descriptor", body, fontSize=8.2, leading=10.4),
    )


def _heads(body: ParagraphStyle, size: float, close: float, air: float, *, saving: bool) -> tuple[ParagraphStyle, ...]:
    """Return the styles of the band, of titles and of large numbers."""
    on_band, below_name = (INK, TEXT) if saving else (WHITE, BAND_TEXT)
    return (
        _style("number", body, fontName=fonts.BOLD, fontSize=18 * size, leading=20 * size, textColor=ACCENT),
        _style(
            "name",
            body,
            fontName=fonts.BOLD,
            fontSize=25 * size,
            leading=(27 + 2 * air) * size,
            spaceAfter=2,
            textColor=on_band,
        ),
        _style("name_long", body, fontName=fonts.BOLD, fontSize=17, leading=21, textColor=on_band),
        _style("name_longest", body, fontName=fonts.BOLD, fontSize=12, leading=15, textColor=on_band),
        _style("form_title", body, fontName=fonts.BOLD, fontSize=21, leading=25, textColor=INK),
        _style("form_title_long", body, fontName=fonts.BOLD, fontSize=15, leading=19, textColor=INK),
        _style("meta", body, fontSize=10 * size, leading=13 * close, textColor=below_name),
    )
