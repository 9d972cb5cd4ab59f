"""Reads a tagged PDF as a screen reader does: down the structure tree, each element's marked content in turn.

Nothing here knows how our pages are made. What is drawn is decoded through the fonts' own ToUnicode maps; ActualText
stands for the strokes it covers, Alt for a whole element; content that no element owns is not read.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, TextStringObject

if TYPE_CHECKING:
    from collections.abc import Iterator

_BFCHAR = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_BFRANGE = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]+)>|\[(.*?)\])", re.DOTALL)
_NOBODY = -1
_HEX = re.compile(rb"<([0-9A-Fa-f]+)>")


@dataclass
class Element:
    """One element of the structure tree: its role, and its content and elements in reading order."""

    role: str
    parts: list[str | Element] = field(default_factory=list)

    def text(self) -> str:
        """Return all text of the element and what is below it, a line for each element."""
        return "".join(part if isinstance(part, str) else f"\n{part.text()}\n" for part in self.parts)

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it in reading order."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.walk()


def read(data: bytes) -> Element:
    """Return the root of the structure tree."""
    reader = PdfReader(io.BytesIO(data))
    pages = {page.indirect_reference.idnum: _marked(page, reader) for page in reader.pages}
    root = reader.trailer["/Root"]["/StructTreeRoot"]
    return _element(root, None, pages)


def decoration(data: bytes) -> str:
    """Return what is drawn but read by nobody: heads, feet and marks of the pages."""
    reader = PdfReader(io.BytesIO(data))
    return "\n".join(_marked(page, reader).get(_NOBODY, "") for page in reader.pages)


def paragraphs(data: bytes) -> list[str]:
    """Return the text of every element that has content of its own, in reading order; a Link is part of its text."""
    return [text for one in read(data).walk() if one.role != "Link" and (text := _own(one))]


def _own(one: Element) -> str:
    held = (part if isinstance(part, str) else part.text() if part.role == "Link" else "" for part in one.parts)
    return "".join(held)


def _element(found: Any, page: int | None, pages: dict[int, dict[int, str]]) -> Element:
    # an explicit stack is not needed: the trees are as deep as a page is nested
    one = Element(str(found.get("/S", "/Root"))[1:])
    if "/Pg" in found:
        page = found.raw_get("/Pg").idnum
    if "/Alt" in found:
        one.parts.append(_string(found["/Alt"]))
        return one
    kids = found.get("/K", ArrayObject())
    for kid in kids if isinstance(kids, ArrayObject) else (kids,):
        held = kid.get_object() if isinstance(kid, IndirectObject) else kid
        if isinstance(held, int):
            one.parts.append(pages[page or 0].get(int(held), ""))
        elif held.get("/Type") == "/MCR":
            own = held.raw_get("/Pg").idnum if "/Pg" in held else page
            one.parts.append(pages[own or 0].get(int(held["/MCID"]), ""))
        elif held.get("/Type") != "/OBJR":
            one.parts.append(_element(held, page, pages))
    return one


def _marked(page: Any, reader: PdfReader) -> dict[int, str]:
    """Return the text of each piece of marked content of a page; what belongs to none is `_NOBODY`'s."""
    fonts = {name: _to_unicode(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    out: dict[int, str] = {}
    contents = page.get_contents()
    if contents is None:
        return out
    stack: list[tuple[int | None, str | None]] = []
    font: dict[int, str] = {}
    saved: list[dict[int, str]] = []
    for operands, operator in ContentStream(contents, reader).operations:
        if operator in (b"BDC", b"BMC"):
            values = operands[1] if len(operands) > 1 and isinstance(operands[1], DictionaryObject) else {}
            actual = values.get("/ActualText")
            stack.append((values.get("/MCID"), None if actual is None else _string(actual)))
            if actual is not None:
                owner = _owner(stack)
                out[owner] = out.get(owner, "") + _string(actual)
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"q":
            saved.append(font)
        elif operator == b"Q":
            font = saved.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ"):
            if any(actual is not None for _mcid, actual in stack):
                continue
            owner = _owner(stack)
            shown = operands[0] if operator == b"TJ" else [operands[0]]
            text = "".join(_decoded(part, font) for part in shown if not isinstance(part, (int, float)))
            out[owner] = out.get(owner, "") + text
    return out


def _owner(stack: list[tuple[int | None, str | None]]) -> int:
    return next((mcid for mcid, _actual in reversed(stack) if mcid is not None), _NOBODY)


def _string(found: Any) -> str:
    return str(found) if isinstance(found, TextStringObject) else bytes(found).decode("utf-16")


def _decoded(part: Any, font: dict[int, str]) -> str:
    return "".join(font[code] for code in part.original_bytes)


def _to_unicode(font: Any) -> dict[int, str]:
    if "/ToUnicode" not in font:
        return {code: chr(code) for code in range(256)}
    data = font["/ToUnicode"].get_data()
    found: dict[int, str] = {}
    for block in _BFCHAR.findall(data):
        for code, value in _PAIR.findall(block):
            found[int(code, 16)] = bytes.fromhex(value.decode()).decode("utf-16-be")
    for block in _BFRANGE.findall(data):
        for low, high, value, several in _RANGE.findall(block):
            first = int(low, 16)
            if several:
                for number, one in enumerate(_HEX.findall(several)):
                    found[first + number] = bytes.fromhex(one.decode()).decode("utf-16-be")
                continue
            start = bytes.fromhex(value.decode()).decode("utf-16-be")
            for code in range(first, int(high, 16) + 1):
                found[code] = start[:-1] + chr(ord(start[-1]) + code - first)
    return found
