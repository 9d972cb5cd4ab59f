"""The same pages in ReportLab's own pieces: its paragraphs and tables on its canvas, without tags, links or fields.

Same words, looks, faces, tables, panels, columns, pictures, frames, heads and feet, at a closeness known beforehand.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, Table

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.book import book_of
from observe_app.services.pdf.layout.flowables import Columns, Panel, Placed, Together
from observe_app.services.pdf.layout.page_one import page_one
from observe_app.services.pdf.layout.page_two import page_two
from observe_app.services.pdf.layout.pieces import Kit
from observe_app.services.pdf.layout.record import record
from observe_app.services.pdf.layout.sheets import Sheets
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.text import Ink
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from observe_app.services.pdf.document import ReportDocument

_LINK = re.compile("</?a(?: [^>]*)?>")
_AIR = 0.3
"""Two pages, as ours; plain ReportLab is spared the search."""


class _NoNode(Node):
    """A tree that costs nothing."""

    __slots__ = ()

    def add(self, *_args: Any, **_rest: Any) -> Node:
        """Return itself."""
        return self


@dataclass(frozen=True, slots=True)
class _PlainKit(Kit):
    """Sets every text as a paragraph of ReportLab's."""

    def marked(self, markup: str, style: str, _node: Node | None) -> Any:
        """Return the paragraph, its links as mere words."""
        return Paragraph(_LINK.sub("", markup) if "<a " in markup else markup, self.styles[style])


class _PlainCanvas(Canvas):  # type: ignore[misc]  # ReportLab is untyped
    """ReportLab's canvas; what ours would mark is only drawn."""

    def begin_mark(self, *_args: Any, **_rest: Any) -> None:
        """Do nothing."""

    end_mark = begin_actual = end_actual = place = bookmark = link = attach = begin_mark
    text_field = choice_field = tick_field = begin_mark

    def folio(self, right: float, y: float) -> None:
        """Draw the page's number."""
        self.setFont(fonts.REGULAR, 8)
        self.setFillColor(look.MUTED)
        self.drawRightString(right, y, f"Page {self.getPageNumber()}")


def plain_pages(document: ReportDocument) -> bytes:
    """Return the document as ReportLab sets it."""
    root = _NoNode("Document")
    root.children = [root]
    sheet = look.SHEETS[document.paper].tightened(_AIR)
    kit = _PlainKit(words_for(document.language), sheet, Ink(fonts.register()), root, document, book_of(document))
    story = [_plain(one, kit) for one in (*page_one(kit), *page_two(kit), *record(kit))]
    target = io.BytesIO()
    Sheets(target, kit, None).build(story, canvasmaker=_canvas)
    return target.getvalue()


def _canvas(*args: Any, **rest: Any) -> _PlainCanvas:
    return _PlainCanvas(*args, **(rest | {"initialFontName": fonts.REGULAR}))


def _plain(one: Any, kit: Kit) -> Any:
    """Return our own pieces as ReportLab's; drawings stay what they are."""
    if isinstance(one, Placed):
        return _plain(one.child, kit)
    if isinstance(one, Together):
        return KeepTogether([_plain(part, kit) for part in one.parts])
    if isinstance(one, Panel):
        return _panel(one, kit)
    if isinstance(one, Columns):
        wide = kit.sheet.column / max(len(one.columns), 1)
        cells = [[_plain(part, kit) for part in column] for column in one.columns]
        made = Table([cells], colWidths=[wide] * len(cells), splitInRow=1)
        made.setStyle(_style(LEFT=0, RIGHT=one.gutter / 2, TOP=0, BOTTOM=0))
        return made
    if isinstance(one, Table):
        for row in one._cellvalues:  # noqa: SLF001  (a bench; ReportLab has no public way)
            row[:] = [_cell(cell, kit) for cell in row]
    return one


def _cell(cell: Any, kit: Kit) -> Any:
    return [_plain(part, kit) for part in cell] if isinstance(cell, list | tuple) else _plain(cell, kit)


def _panel(one: Panel, kit: Kit) -> Table:
    top, right, bottom, left = one.padding
    made = Table([[[_plain(part, kit) for part in one.children]]], splitInRow=1)
    commands = _style(LEFT=left, RIGHT=right, TOP=top, BOTTOM=bottom)
    if one.fill is not None:
        commands.append(("BACKGROUND", (0, 0), (-1, -1), one.fill))
    if one.bar is not None:
        commands.append(("LINEBEFORE", (0, 0), (0, -1), one.bar_width, one.bar))
    made.setStyle(commands)
    return made


def _style(**paddings: float) -> list[tuple[Any, ...]]:
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((f"{side}PADDING", (0, 0), (-1, -1), points) for side, points in paddings.items()),
    ]
