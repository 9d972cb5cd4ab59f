"""The head of a printed form: what it is, what it is for, and lines for who, whom and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus.flowables import HRFlowable

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn
from observe_app.services.pdf.layout.form_kit import TOP
from observe_app.services.pdf.layout.para import Text
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, space
from observe_app.services.pdf.words import capitals

if TYPE_CHECKING:
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node

_LONG = 60
_LINE = 27.0
_SIZE = 9.0


def head(kit: FormKit) -> list[Any]:
    """Return title, purpose and the lines to fill in."""
    document, own = kit.document, kit.own
    section = kit.root.add("Sect")
    kind = {"before": own.kind_before, "after": own.kind_after, "survey": own.kind_survey}.get(document.use, own.kind)
    style = "form_title" if len(document.title) <= _LONG else "form_title_long"
    story: list[Any] = [
        space(TOP),
        Drawn(kit.sheet.column, 11, _eyebrow(capitals(kind)), section.add("P")),
        space(2),
    ]
    if len(document.title) <= CELL_LIMIT:
        story.append(kit.text(document.title, style, section.add("H1")))
    else:
        story += kit.paragraphs(document.title, "body", section)
    story.append(space(3))
    story += kit.paragraphs(document.purpose, "small", section)
    story += [space(7), _rule(2.0, look.BAND), _rule(1.6, look.TEAL), space(4)]
    for row in _rows(kit):
        story.append(Drawn(kit.sheet.column, _LINE, _line(kit, row), section.add("P")))
    return [*story, space(8)]


def _rows(kit: FormKit) -> list[tuple[tuple[str, float], ...]]:
    """Return the lines: words and the share of the width that each has."""
    own, use = kit.own, kit.document.use
    if use == "survey":
        return [((own.session, 0.66), (own.date, 0.34))]
    people = ((own.teacher, 0.5), (own.observer, 0.5))
    if use != "lesson":
        return [people, ((own.class_name, 0.5), (own.date, 0.5))]
    return [people, ((own.class_name, 0.34), (own.date, 0.22), (own.start, 0.17), (own.students, 0.27))]


def _rule(thick: float, colour: Any) -> HRFlowable:
    return HRFlowable(width="100%", thickness=thick, color=colour, spaceBefore=0, spaceAfter=0, lineCap="butt")


def _eyebrow(text: str) -> Any:
    def paint(canvas: Any, _width: float, height: float) -> None:
        canvas.setFillColor(look.ACCENT)
        canvas.setFont(fonts.SEMIBOLD, 8.2)
        canvas.drawString(0, height - 8, text, charSpace=0.9)

    return paint


def _line(kit: FormKit, row: tuple[tuple[str, float], ...]) -> Any:
    """Return what draws words with a line to write on after each."""

    def paint(canvas: Any, width: float, _height: float) -> None:
        x, gap = 0.0, 14.0
        for at, (word, share) in enumerate(row):
            end = x + width * share - (gap if at < len(row) - 1 else 0)
            written(canvas, kit, word, x, 4, end)
            x += width * share

    return paint


def written(canvas: Any, kit: FormKit, word: str, x: float, y: float, end: float, size: float = _SIZE) -> None:
    """Draw a word and after it a line to write on, up to `end`."""
    canvas.setFillColor(look.MUTED)
    canvas.setFont(fonts.REGULAR, size)
    text = kit.ink.line(word)
    canvas.drawString(x, y + 2, text)
    canvas.setStrokeColor(look.TEAL)
    canvas.setLineWidth(0.7)
    canvas.line(x + fonts.width(text, fonts.REGULAR, size) + 5, y, end, y)


def section_head(kit: FormKit, title: str, place: str, node: Node) -> list[Any]:
    """Return the heading of a section, with its place among them at the right, and a dark line below."""
    story: list[Any] = [space(9)]
    if title.strip() or place:
        place = kit.ink.line(place)
        place_width = fonts.width(place, fonts.REGULAR, 8) + 12 if place else 0.0
        style = kit.styles["h3"].clone("section_head", leading=15.4, rightIndent=place_width)
        story.append(_Placed(kit, Text(kit.markup(title[:CELL_LIMIT]), style, node.add("H2")), place))
    else:
        story.append(_rule(0.9, look.INK))
    story.append(space(2))
    if len(title) > CELL_LIMIT:
        story += kit.paragraphs(title, "small", node)
    return story


class _Placed(Drawn):
    """A heading with a word at the right of its first line and a rule below; stays with what follows."""

    def __init__(self, kit: FormKit, text: Any, place: str) -> None:
        super().__init__(kit.sheet.column, 0, self._paint)
        self.text, self.place = text, place

    def getKeepWithNext(self) -> int:  # noqa: N802  (ReportLab's name)
        """Never the last thing of a page."""
        return 1

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Take the heading's height and the rule's."""
        _wide, high = self.text.wrapOn(self.canv, width, 0xFFFFFF)
        self.width, self.height = width, high + 4
        return self.width, self.height

    def _paint(self, canvas: Any, width: float, height: float) -> None:
        self.text.drawOn(canvas, 0, 4)
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 8)
        canvas.drawRightString(width, height - 11.5, self.place)
        canvas.setStrokeColor(look.INK)
        canvas.setLineWidth(0.9)
        canvas.line(0, 0.5, width, 0.5)
