"""Links within the document. No other link is ever written: an address in a text stays a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.lib.abag import ABag

from observe_app.services.pdf.layout.objects import Raw, register, text_string
from observe_app.services.pdf.layout.tagging import Begin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.services.pdf.layout.annotations import Link, Place
    from observe_app.services.pdf.layout.tagging import Tags
    from observe_app.services.pdf.structure import Node

CALLBACK = "observe-link"
_BEGIN, _END = "begin", "end"
_DESCENT, _ASCENT = 0.22, 0.98
"""How far a link reaches below and above its line, in sizes of its type."""
_PRINTED = 4


@dataclass(slots=True)
class _Run:
    """Words of one line that are one link."""

    place: str
    words: str
    node: Node
    left: float = 0.0


def whole_link(paragraph: Any) -> str:
    """Return the place that a paragraph of a single style leads to as a whole, or "". Takes ReportLab's link away."""
    if paragraph.blPara.kind != 0:
        return ""
    found = _place(paragraph.blPara)
    paragraph.blPara.link = []
    return found


def mark_links(paragraph: Any, node: Node | None) -> None:
    """Have the links among the words of broken lines drawn as ours; those out of the document become plain words."""
    if paragraph.blPara.kind == 0:
        return
    made: dict[tuple[int, str], Node] = {}
    for line in paragraph.blPara.lines:
        words = line.words
        if any(getattr(word, "link", None) for word in words):
            line.words = _with_marks(words, node, made)


def _with_marks(words: Sequence[Any], node: Node | None, made: dict[tuple[int, str], Node]) -> list[Any]:
    out: list[Any] = []
    run: _Run | None = None
    current: Any = None
    for word in words:
        link = None if hasattr(word, "cbDefn") else getattr(word, "link", None) or None
        if link != current:
            if run is not None:
                out.append(_callback(_END, run))
            run = None
            place = _place(word)
            if link and place and node is not None:
                key = (link[-1][0], place)
                run = _Run(place, "", made.setdefault(key, made.get(key) or node.add("Link")))
                out.append(_callback(_BEGIN, run))
            current = link
        if run is not None:
            run.words += getattr(word, "text", "")
        if link:
            word = word.clone(link=[])  # noqa: PLW2901  (fragments may be shared by lines)
        out.append(word)
    if run is not None:
        out.append(_callback(_END, run))
    return out


def _place(word: Any) -> str:
    link = getattr(word, "link", None)
    address = str(link[-1][1]) if link else ""
    return address[1:] if address.startswith("#") else ""


def _callback(what: str, run: _Run) -> Any:
    return ABag(text="", cbDefn=ABag(kind=what, name=CALLBACK, label=run))


def draw_mark(canvas: Any, what: str, run: _Run) -> None:
    """Begin or end a link at the place where the line is being drawn; ReportLab calls it."""
    info = canvas._curr_tx_info  # noqa: SLF001  (how ReportLab hands over the place)
    text = info["tx"]
    if what == _BEGIN:
        run.left = info["cur_x"]
        canvas.own_parts(text, Begin(run.node))
        return
    canvas.own_parts(text, Begin(None))
    size = text._fontsize or info["xs"].style.fontSize  # noqa: SLF001
    bottom = info["cur_y"] - size * _DESCENT
    box = (run.left, bottom, info["cur_x"] - run.left, size * (_DESCENT + _ASCENT))
    canvas.link(run.place, box, run.node, " ".join(run.words.split()))


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
    for link in links:
        if link.place not in places:
            continue
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
