"""Text on a page: a paragraph that is a leaf of the structure.

ReportLab's own paragraph reads markup that reaches files and the net, takes time that grows with the square of a
paragraph's length, and knows one writing direction and one font a run. This one breaks lines itself (`lines`), reads
only our few tags (`markup`) and takes from ReportLab what draws a string.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.rl_accel import fp_str
from reportlab.platypus import Flowable

from observe_app.services.pdf.layout import lines, markup
from observe_app.services.pdf.layout.tagging import Actual, ActualEnd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportlab.lib.styles import ParagraphStyle

    from observe_app.services.pdf.layout.canvas import MarkedCanvas
    from observe_app.services.pdf.layout.lines import Line, Segment, Word
    from observe_app.services.pdf.structure import Node

Known = dict[tuple[str, str, float], tuple["Sequence[Word]", int, "dict[float, Sequence[Line]]"]]
"""Words, level and lines by width of what was set before, by markup, style and size of the type.

A page that is tried at several closenesses is broken into lines once: no distance changes a width.
"""

_FUZZ = 1e-6
_AS_IT_STANDS = re.compile(rb"[ -'*-\[\]-~]*")
_ESCAPES = {code: f"\\{code:03o}" for code in (*range(32), *range(127, 256))} | {
    code: f"\\{chr(code)}" for code in b"()\\"
}
_ENDLESS = float("inf")
_TURNED = {TA_LEFT: TA_RIGHT, TA_RIGHT: TA_LEFT}
STAYING = ("name", "eyebrow", "th", "time", "level", "meta", "number", "cell_strong", "section", "form_title")
"""Beginnings of styles that keep their side whatever runs in them: labels in places of their own."""


class Text(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """A paragraph that is a leaf of the structure; its parts stay the same leaf when it splits.

    Lines are broken once for each width, and a split hands them on: nothing is set twice.
    """

    def __init__(
        self,
        text: str,
        style: ParagraphStyle,
        node: Node | None = None,
        *,
        bullet: str = "",
        known: Known | None = None,
    ) -> None:
        """Set `text` (escaped markup of our own making) as `node`; None reads it as decoration.

        A bullet (markup too) stands before the first line at the style's `bulletIndent`. `known` is where texts of one
        document share what they are broken into.
        """
        super().__init__()
        self.style, self.node = style, node
        key = text, style.name, style.fontSize
        found = known.get(key) if known is not None else None
        if found is None:
            found = (*lines.words_of(markup.spans(text, style)), {})
            if known is not None:
                known[key] = found
        words, self._level, self._kept = found
        self._words: Sequence[Word] | None = words
        self._links = _link_nodes(words, node) if "<a " in text else {}
        self._first = True
        self._bullet = bullet

    def _all_words(self) -> Sequence[Word]:
        if self._words is None:  # a part of a split
            self._words = [word for line in next(iter(self._kept.values())) for word in line.words]
        return self._words

    def _lines(self, width: float) -> Sequence[Line]:
        found = self._kept.get(width)
        if found is None:
            room = width - self.style.leftIndent - self.style.rightIndent
            first = room - (self.style.firstLineIndent if self._first else 0)
            found = self._kept[width] = lines.broken(self._all_words(), first, room)
        return found

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Break the text into lines of this width, once."""
        self.width = width
        self.height = len(self._lines(width)) * self.style.leading
        return self.width, self.height

    def minWidth(self) -> float:  # noqa: N802  (ReportLab's name)
        """Return the width of the longest word, in points; tables ask for it."""
        indents: float = self.style.leftIndent + self.style.rightIndent
        return max((word.width for word in self._all_words()), default=0.0) + indents

    def split(self, width: float, height: float) -> list[Any]:
        """Part it at a line; both parts belong to the same leaf."""
        found = self._lines(width)
        fit = int((height + _FUZZ) / self.style.leading)
        if fit <= 0 or not found:
            return []
        if fit >= len(found):
            return [self]
        return [self._part(found[:fit], width, first=self._first), self._part(found[fit:], width, first=False)]

    def _part(self, some: Sequence[Line], width: float, *, first: bool) -> Text:
        made = copy(self)
        made.__dict__.update(_words=None, _kept={width: some}, _first=first)
        made.__dict__.pop("_postponed", None)  # ReportLab's mark of what did not fit on a page, which was the whole
        return made

    # --- drawing ------------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """Draw the lines as content of the leaf, with a space where a line was broken."""
        found = self._lines(self.width)
        if not found:
            return
        canvas: MarkedCanvas = self.canv
        canvas.begin_mark(self.node)
        canvas.write("q")  # a pen leaves the canvas's own state alone: nothing need be kept of it
        pen = _Pen(canvas, self.style.leading)
        y = self.height - self.style.fontSize
        if self._bullet and self._first:
            self._draw_bullet(pen, y)
        for number, line in enumerate(found):
            x = self._start(line, number)
            for segment in lines.segments(line, self._level):
                self._draw_segment(pen, segment, x + segment.x, y)
            y -= self.style.leading
        pen.flush()
        canvas.write("Q")
        canvas.end_mark()

    def _draw_bullet(self, pen: _Pen, y: float) -> None:
        words, level = lines.words_of(markup.spans(self._bullet, self.style))
        for line in lines.broken(words, _ENDLESS, _ENDLESS)[:1]:
            # the space is read between the bullet and the words
            for segment in lines.segments(replace(line, goes_on=True), level):
                self._draw_segment(pen, segment, self.style.bulletIndent + segment.x, y)

    def _start(self, line: Line, number: int) -> float:
        style = self.style
        indent: float = style.leftIndent + (style.firstLineIndent if number == 0 and self._first else 0)
        alignment = style.alignment
        if self._level and not style.name.startswith(STAYING):
            alignment = _TURNED.get(alignment, alignment)
        if alignment == TA_RIGHT:
            return float(self.width - style.rightIndent - line.width)
        if alignment == TA_CENTER:
            return float(indent + (self.width - style.rightIndent - indent - line.width) / 2)
        return indent

    def _draw_segment(self, pen: _Pen, segment: Segment, x: float, y: float) -> None:
        look = segment.look
        node = self._links.get(look.link) if look.link >= 0 else None
        if node is None:
            pen.write(segment, x, y)
            return
        pen.flush()
        pen.canvas.begin_mark(node)
        pen.write(segment, x, y)
        pen.flush()
        pen.canvas.end_mark()
        box = (x, y - 0.2 * look.size, segment.width, 1.2 * look.size)
        pen.canvas.link(look.place, box, node, (segment.text or segment.shown).strip())


class _Pen:
    """Writes segments as text objects of a canvas; a third of what ReportLab's text objects cost."""

    def __init__(self, canvas: MarkedCanvas, leading: float) -> None:
        self.canvas, self._leading = canvas, fp_str(leading)
        self._out: list[str] = []
        self._face: tuple[str, float, int] | None = None
        self._color: Any = None

    def write(self, segment: Segment, x: float, y: float) -> None:
        """Write a segment at this point; one that says other than it shows is marked with what it says."""
        look = segment.look
        out = self._out
        origin = f"1 0 0 1 {fp_str(x, y)} Tm"
        if not out:
            out += ("BT", origin)
            self._face, self._color = None, None
        out.append(origin)
        if self._color is not look.color:
            self._color = look.color
            out.append(f"{fp_str(look.color.red, look.color.green, look.color.blue)} rg")
        if segment.text is not None:
            out.append(Actual(segment.text))
        for face, subset, codes in self.canvas.codes(segment.shown, look.face):
            if self._face != (look.face, look.size, subset):
                self._face = (look.face, look.size, subset)
                out.append(f"{face} {fp_str(look.size)} Tf {self._leading} TL")
            out.append(f"({_escaped(codes)}) Tj")
        if segment.text is not None:
            out.append(ActualEnd())

    def flush(self) -> None:
        """Put what was written on the page."""
        if self._out:
            self.canvas.write(" ".join((*self._out, "ET")))
            self._out = []


def _escaped(codes: bytes) -> str:
    """Return codes of letters as they stand within the brackets of a string."""
    return codes.decode("latin-1") if _AS_IT_STANDS.fullmatch(codes) else codes.decode("latin-1").translate(_ESCAPES)


def _link_nodes(words: Sequence[Word], node: Node | None) -> dict[int, Node]:
    """Return a Link below `node` for each link of the words."""
    found: dict[int, Node] = {}
    if node is None:
        return found
    for word in words:
        for piece in word.pieces:
            if piece.look.link >= 0 and piece.look.link not in found:
                found[piece.look.link] = node.add("Link")
    return found
