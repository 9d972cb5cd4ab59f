"""Up to four numbers side by side, each with its base, and a line of earlier visits where three are known."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from observe_app.services.item_words import figure as shown
from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn
from observe_app.services.pdf.layout.pieces import MUTED, WORD_LIMIT, space, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.pdf.document import Figure
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

_LINE = (96.0, 20.0)
_LABEL = 24.0
"""Room left of the line for its first value."""


def figures(kit: Kit) -> list[Any]:
    """Return the numbers as a row, or as lines of text where one is too long for a cell."""
    found = kit.document.figures[:4]
    if not found:
        return []
    section = kit.root.add("Sect")
    if any(len(f"{figure.value}{figure.unit}{figure.label}") > 4 * WORD_LIMIT for figure in found):
        told = [f"{figure.value} {figure.unit} {figure.label}" for figure in found]
        return [made for text in told for made in kit.paragraphs(text, "body", section)]
    cells = [_cell(kit, figure, section) for figure in found]
    width = kit.sheet.column / len(cells)
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 10),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 1 + 3 * kit.sheet.air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3 + 3 * kit.sheet.air),
        ("LINEBEFORE", (1, 0), (-1, -1), 0.7, look.RULE),
    ]
    return [table([cells], [width] * len(cells), commands, head=0), space(kit.sheet.gap + 3)]


def _cell(kit: Kit, figure: Figure, section: Node) -> list[Any]:
    unit = f' <font name="{fonts.REGULAR}" size="9" color="{MUTED}">{kit.markup(figure.unit)}</font>'
    cell: list[Any] = [
        kit.marked(kit.markup(figure.value) + unit, "number", section.add("P")),
        kit.text(figure.label, "small", section.add("P")),
    ]
    if figure.points:
        point = kit.words.items.point
        values = ", ".join(shown(value, point=point) for value in figure.points)
        alt = kit.words.alt_line.format(label=f"{figure.label}, {figure.span}", values=values)
        cell.append(Drawn(*_LINE, _line(figure.points, point), section.add("Figure", alt=kit.ink.line(alt))))
    return cell


def _line(points: tuple[float, ...], point: str) -> Callable[[Any, float, float], None]:
    """Return what draws the course: rings for earlier visits, a dot for this one, the first value in figures."""

    def paint(canvas: Any, width: float, height: float) -> None:
        low, high = min(points), max(points)
        apart = (width - _LABEL - 6) / (len(points) - 1)
        reach = (high - low) or 1.0
        places = [
            (_LABEL + 2 + index * apart, 4 + (height - 9) * ((value - low) / reach if high > low else 0.5))
            for index, value in enumerate(points)
        ]
        canvas.setStrokeColor(look.TEAL)
        canvas.setLineWidth(0.9)
        for (x, y), (to_x, to_y) in pairwise(places):
            canvas.line(x, y, to_x, to_y)
        canvas.setStrokeColor(look.ACCENT)
        canvas.setFillColor(look.WHITE)
        for x, y in places[:-1]:
            canvas.circle(x, y, 1.7, stroke=1, fill=1)
        canvas.setFillColor(look.ACCENT)
        canvas.circle(*places[-1], 2.5, stroke=0, fill=1)
        canvas.setFillColor(look.MUTED)
        canvas.setFont(fonts.REGULAR, 7.6)
        canvas.drawRightString(_LABEL - 3, places[0][1] - 2.6, shown(points[0], 1, point))

    return paint
