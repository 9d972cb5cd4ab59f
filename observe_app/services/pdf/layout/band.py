"""The dark band at the head of page one: what this is, for whom, who, when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Placed, draw_down, height_of
from observe_app.services.pdf.layout.pieces import shortened, space
from observe_app.services.pdf.words import capitals

if TYPE_CHECKING:
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.layout.styles import Sheet
    from observe_app.services.pdf.structure import Node

_LONG, _LONGEST, _CUT = 44, 110, 420


def confidential(kit: Kit) -> str:
    """Return the line that says whom this is for."""
    name = kit.ink.line(kit.document.confidential_for)
    return kit.words.confidential.format(name=name) if name else kit.words.confidential_unnamed


class Band(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """A band as wide as the paper; its first line is drawn, the rest are paragraphs. Words alone where ink is saved."""

    def __init__(
        self, sheet: Sheet, lines: list[Any], nodes: tuple[Node, Node], *, kind: str, whom: str, sign: str = ""
    ) -> None:
        """Hold the paragraphs; `nodes` are what kind of report it is and whom it is for. `sign` tells a draft."""
        super().__init__()
        self.sheet, self.lines, self.nodes = sheet, lines, nodes
        self.kind, self.whom, self.sign = capitals(kind), whom, sign

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the paragraphs' height and the band's own air."""
        self.width = width
        self.height = self.sheet.band_top + 12 + height_of(self.lines, width, self.canv) + 8 + 5 * self.sheet.air + 3
        return self.width, self.height

    def draw(self) -> None:
        """Draw the band to the paper's edges, then the words."""
        canvas, sheet = self.canv, self.sheet
        canvas.saveState()
        if look.saving(canvas):
            canvas.setStrokeColor(look.INK)
            canvas.setLineWidth(1.1)
            canvas.line(0, 2, self.width, 2)
        else:
            canvas.setFillColor(look.BAND)
            canvas.rect(-sheet.margin, 3, sheet.width, self.height, stroke=0, fill=1)
            canvas.setFillColor(look.TEAL)
            canvas.rect(-sheet.margin, 0, sheet.width, 3, stroke=0, fill=1)
        canvas.restoreState()
        self._first_line(self.height - sheet.band_top)
        draw_down(self.lines, 0, self.height - sheet.band_top - 10, self.width, canvas)

    def _first_line(self, y: float) -> None:
        canvas = self.canv
        kind, whom = self.nodes
        saving = look.saving(canvas)
        canvas.saveState()
        canvas.begin_mark(kind)
        x = 0.0
        if self.sign:
            x = draft_sign(canvas, 0, y, self.sign, look.INK if saving else look.WHITE) + 10
        canvas.setFillColor(look.MUTED if saving else look.BAND_EYEBROW)
        canvas.setFont(fonts.SEMIBOLD, 8.2)
        canvas.drawString(x, y, self.kind, charSpace=0.9)
        canvas.end_mark()
        canvas.begin_mark(whom)
        canvas.setFillColor(look.INK if saving else look.WHITE)
        room = self.width - x - fonts.width(self.kind, fonts.SEMIBOLD, 8.2) - 0.9 * len(self.kind) - 14
        shown = fonts.fitted(self.whom, fonts.REGULAR, 8.6, room)
        canvas.setFont(fonts.REGULAR, 8.6)
        canvas.drawRightString(self.width, y, shown, charSpace=0)
        canvas.end_mark()
        canvas.restoreState()


def draft_sign(canvas: Any, x: float, y: float, text: str, colour: Any) -> float:
    """Draw the words that tell a draft in a frame, their baseline at (x, y), and return where the frame ends."""
    wide = fonts.width(text, fonts.SEMIBOLD, 8.2)
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    canvas.setLineWidth(0.9)
    canvas.roundRect(x + 0.5, y - 4, wide + 11, 14, 3, stroke=1, fill=0)
    canvas.setFont(fonts.SEMIBOLD, 8.2)
    canvas.drawString(x + 6, y, text)
    canvas.restoreState()
    return x + wide + 12


def band(kit: Kit) -> list[Any]:
    """Return the band; a name too long for it is told in full below."""
    document, words = kit.document, kit.words
    section = kit.root.add("Sect")
    name = kit.ink.line(document.teacher) or words.nobody
    style = "name" if len(name) <= _LONG else "name_long" if len(name) <= _LONGEST else "name_longest"
    observer = words.observer.format(name=document.observer) if document.observer.strip() else ""
    gone = document.status == "withdrawn"  # what was taught is content too
    first = " · ".join(part for part in ("" if gone else kit.ink.line(document.class_line), document.when) if part)
    second = " · ".join(
        part for part in (document.visit_label, kit.ink.line(observer), kit.ink.line(document.school)) if part
    )
    known = [kit.ink.line(reader) for reader in document.readers if reader.strip()]
    third = words.read_by.format(names=", ".join(known)) if len(known) > 1 and not gone else ""
    nodes = section.add("P"), section.add("P")
    title = kit.text(_cut(name), style, section.add("H1"))
    lines: list[Any] = [Placed(title, "part-top", title=shortened(name, 80))]
    lines += [kit.text(_cut(line), "meta", section.add("P")) for line in (first, second, third) if line]
    sign = words.draft if document.draft else ""
    story: list[Any] = [Band(kit.sheet, lines, nodes, kind=words.kind, whom=confidential(kit), sign=sign)]
    told = [
        part
        for text in (name, first, second, third)
        if len(text) > _CUT
        for part in kit.paragraphs(text, "body", section)
    ]
    if told:
        story += [space(kit.sheet.gap), *told]
    return [*story, space(kit.sheet.gap + 2)]


def _cut(text: str) -> str:
    return text if len(text) <= _CUT else text[: _CUT - 1].rstrip() + "…"
