"""Links within the document. No other link is ever written: an address in a text stays a text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout.objects import Raw, register, text_string

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.services.pdf.layout.annotations import Link, Place
    from observe_app.services.pdf.layout.tagging import Tags

_PRINTED = 4
_NEAR = 4.0
"""Points between the parts of one link on one line."""


def write_places(document: Any, places: Mapping[str, Place], pages: Sequence[str]) -> str:
    """Write the table of named places and return the reference to it."""
    rows = [f"{text_string(name)} {destination(places[name], pages)}" for name in sorted(places, key=_key)]
    return register(document, Raw("<< /Names [\n" + "\n".join(rows) + "\n] >>"))


def _key(name: str) -> bytes:
    # tables of names are searched by the bytes of their strings
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be", "replace")


def destination(place: Place, pages: Sequence[str]) -> str:
    """Return where a place is, as viewers read it; the zoom stays what it was."""
    return f"[{pages[place.page - 1]} /XYZ {place.left:.2f} {place.top:.2f} null]"


def write_links(
    document: Any, links: Sequence[Link], places: Mapping[str, Place], tags: Tags, pages: Sequence[str]
) -> list[tuple[int, str]]:
    """Write the links whose place there is; return their pages and references."""
    written: list[tuple[int, str]] = []
    live = [link for link in links if link.place in places]
    linked = {link.node for link in live}
    for link in links:
        if link.node not in linked and link.node.role == "Link":
            link.node.role = "Span"
    for link in _joined(live):
        made = Raw()
        own = register(document, made)
        key = tags.annotate(link.node, "Link", link.page, own)
        rect = " ".join(f"{value:.2f}" for value in link.rect)
        made.body = (
            f"<< /Type /Annot /Subtype /Link /F {_PRINTED} /Rect [{rect}] /Border [0 0 0] /H /I "
            f"/Dest {text_string(link.place)} /Contents {text_string(link.words)} "
            f"/P {pages[link.page - 1]} /StructParent {key} >>"
        )
        written.append((link.page, own))
    return written


def _joined(links: Sequence[Link]) -> list[Link]:
    """Make one of the parts that a link has on one line because its words look different."""
    out: list[Link] = []
    for link in links:
        if out and _goes_on(out[-1], link):
            before = out.pop()
            left, bottom, _right, top = before.rect
            _left, low, right, high = link.rect
            rect = (left, min(bottom, low), right, max(top, high))
            link = replace(link, rect=rect, words=f"{before.words} {link.words}")  # noqa: PLW2901
        out.append(link)
    return out


def _goes_on(before: Link, link: Link) -> bool:
    same = before.node is link.node and before.page == link.page and before.place == link.place
    near = abs(before.rect[2] - link.rect[0]) < _NEAR and abs(before.rect[1] - link.rect[1]) < _NEAR
    return same and near
