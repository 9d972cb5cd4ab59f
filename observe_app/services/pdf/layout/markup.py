"""The little markup that our pages are written in: `<b> <i> <font name size color> <a href="#place"> <br/>`.

A person's text never gets here unescaped; what is no tag of ours is text, so that nothing can raise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import unescape

from reportlab.lib.colors import HexColor

from observe_app.services.pdf.layout import fonts

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle

_TAG = re.compile(r'<(/?)(b|i|font|a|br)((?: [a-z]+="[^"<>]*")*) ?/?>')
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_ENTITIES = {"&nbsp;": "\u00a0", "&quot;": '"', "&#39;": "'", "&apos;": "'"}
_BOLDER = {fonts.REGULAR: fonts.SEMIBOLD, fonts.ITALIC: fonts.SEMIBOLD_ITALIC}
_SLANTED = {fonts.REGULAR: fonts.ITALIC, fonts.SEMIBOLD: fonts.SEMIBOLD_ITALIC, fonts.BOLD: fonts.SEMIBOLD_ITALIC}


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text is set.

    Attributes:
        face: a name of `fonts`. size: in points. color: as ReportLab knows it. place: name that a link leads to, or "".
        link: which link of its paragraph, from 0; -1 outside. shift: points to the right of where the line has come to.
    """

    face: str
    size: float
    color: Any
    place: str = ""
    link: int = -1
    shift: float = 0.0


@lru_cache(maxsize=64)
def _color(name: str) -> Any:
    return HexColor(name)


def _changed(look: Look, tag: str, attributes: str, link: int) -> Look:
    values = dict(_ATTRIBUTE.findall(attributes))
    if tag == "b":
        return replace(look, face=_BOLDER.get(look.face, look.face))
    if tag == "i":
        return replace(look, face=_SLANTED.get(look.face, look.face))
    if tag == "a":
        place = values.get("href", "")
        return replace(look, place=place[1:], link=link) if place.startswith("#") else look
    face, size, color = values.get("name", look.face), values.get("size"), values.get("color")
    return replace(
        look, face=face, size=float(size) if size else look.size, color=_color(color) if color else look.color
    )


def spans(markup: str, style: ParagraphStyle) -> list[tuple[str, Look]]:
    r"""Return the text of the markup as (text, look), white space as written; `<br/>` is "\\n"."""
    look = Look(style.fontName, style.fontSize, style.textColor)
    if "<" not in markup:
        return [(_plain(markup), look)]
    out: list[tuple[str, Look]] = []
    outer: list[Look] = []
    at = links = 0
    for tag in _TAG.finditer(markup):
        if tag.start() > at:
            out.append((_plain(markup[at : tag.start()]), look))
        at = tag.end()
        closing, name, attributes = tag.groups()
        if name == "br":
            out.append(("\n", look))
        elif closing:
            look = outer.pop() if outer else look
        else:
            outer.append(look)
            look = _changed(look, name, attributes, links)
            links += name == "a"
    out.append((_plain(markup[at:]), look))
    return [(text, one) for text, one in out if text]


def _plain(text: str) -> str:
    return unescape(text, _ENTITIES) if "&" in text else text
