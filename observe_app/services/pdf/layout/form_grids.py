"""Tables of a printed form: checks in rows, ratings as rings in columns, rubrics with a descriptor in every cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn, height_of
from observe_app.services.pdf.layout.form_kit import (
    GUTTER,
    absence_widths,
    absences,
    bare,
    beside,
    box_cell,
    bulk,
    is_long,
    long_head,
    mark,
    ring,
    tag,
    worded_boxes,
)
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.form_document import PaperChoice, PaperItem
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node

_ANSWER = 34.0
_LEAST_LABEL = 150.0
_LEAST_RING = 30.0
_MOST_RING = 52.0
_WHY = 66.0
"""Width of the boxes for having no value, at the right of a rubric."""
_LEAST_CELL = 82.0
_TALLEST = 250.0
"""Points that one rating of a rubric may take; a taller one is set as a list."""
_PAD = 8.0


def in_table(kit: FormKit, item: PaperItem) -> str:
    """Return the table that an item can be a row of: "check", "rings", "rubric", or "" where it stands alone."""
    if bulk(item) > CELL_LIMIT:
        return ""
    if item.kind == "check":
        return "check"
    if item.kind != "rating":
        return ""
    if not any(level.text.strip() for level in item.choices):
        return "rings" if _ring_width(kit, item.choices) else ""
    return "rubric" if _in_cells(kit, item) else ""


def same_table(one: PaperItem, other: PaperItem) -> bool:
    """Whether two items can be rows below the same heads."""
    return one.kind == other.kind and [(level.number, level.label) for level in one.choices] == [
        (level.number, level.label) for level in other.choices
    ]


def checks(kit: FormKit, items: Sequence[PaperItem], node: Node) -> Any:
    """Return checks as rows: yes, no, and why neither."""
    widths = [GUTTER, 0.0, _ANSWER, _ANSWER, *absence_widths(kit)]
    widths[1] = kit.sheet.column - sum(widths)
    listing = node.add("Table")
    heads = listing.add("THead").add("TR")
    rows: list[list[Any]] = [
        ["", kit.text("", "th", heads.add("TH", scope="Column", once=True))]
        + [
            kit.text(word, "level", heads.add("TH", scope="Column", once=True))
            for word in (kit.own.yes, kit.own.no, *absences(kit))
        ]
    ]
    body = listing.add("TBody")
    for item in items:
        row = body.add("TR")
        label = kit.label(item, row.add("TH", scope="Row"))
        rows.append([tag(item), label, *(box_cell(width, row.add("TD")) for width in widths[2:])])
    return table(rows, widths, _row_lines())


def rings(kit: FormKit, items: Sequence[PaperItem], node: Node) -> Any:
    """Return ratings without descriptors as rows of rings below the levels' names."""
    levels = items[0].choices
    one = _ring_width(kit, levels)
    widths = [GUTTER, 0.0, one * len(levels), *absence_widths(kit)]
    widths[1] = kit.sheet.column - sum(widths)
    listing = node.add("Table")
    heads = listing.add("THead").add("TR")
    heads.add("TD")  # above the labels
    names = [kit.text(level.label, "level", heads.add("TH", scope="Column", once=True)) for level in levels]
    first: list[Any] = [
        "",
        "",
        table([names], [one] * len(levels), bare(("VALIGN", (0, 0), (-1, -1), "BOTTOM")), head=0),
    ]
    first += [kit.text(word, "level", heads.add("TH", scope="Column", once=True)) for word in absences(kit)]
    rows = [first]
    body = listing.add("TBody")
    for item in items:
        row = body.add("TR")
        label = kit.label(item, row.add("TH", scope="Row"))
        told = ", ".join(kit.ink.line(level.label) for level in levels)
        scale = Drawn(
            one * len(levels), 14, _scale(levels, one), row.add("TD", span=len(levels)).add("Figure", alt=told)
        )
        rows.append([tag(item), label, scale, *(box_cell(width, row.add("TD")) for width in absence_widths(kit))])
    return table(rows, widths, _row_lines())


def _row_lines() -> list[tuple[Any, ...]]:
    return [
        *bare(top=4, bottom=5),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, 0), 3),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("RIGHTPADDING", (1, 0), (1, -1), 10),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, look.RULE),
    ]


def _scale(levels: Sequence[PaperChoice], one: float) -> Any:
    def paint(canvas: Any, width: float, height: float) -> None:
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.8)
        canvas.line(one / 2, height / 2 + 0.5, width - one / 2, height / 2 + 0.5)
        for at, level in enumerate(levels):
            ring(canvas, one * (at + 0.5), height / 2 + 0.5, str(level.number))

    return paint


def _ring_width(kit: FormKit, levels: Sequence[PaperChoice]) -> float:
    """Return the width of one level's column; 0 where the names do not fit above the rings."""
    words = [word for level in levels for word in kit.ink.line(level.label).split()]
    needed = max((fonts.width(word, fonts.SEMIBOLD, 7.6) + 4 for word in words), default=0.0)
    longest = max((fonts.width(kit.ink.line(level.label), fonts.SEMIBOLD, 7.6) for level in levels), default=0.0)
    room = (kit.sheet.column - GUTTER - sum(absence_widths(kit)) - _LEAST_LABEL) / max(len(levels), 1)
    wide = max(needed, min(longest / 2 + 6, _MOST_RING), _LEAST_RING)
    return wide if wide <= room and longest <= wide * 4 else 0.0


# -- rubrics


def _cell_width(kit: FormKit, count: int) -> float:
    return (kit.sheet.column - GUTTER - _WHY) / count


def _cells(kit: FormKit, item: PaperItem, node: Node) -> list[list[Any]]:
    one = _cell_width(kit, len(item.choices))
    row = node.add("TR")
    cells: list[list[Any]] = []
    for at, level in enumerate(item.choices):
        cell = row.add("TD")
        dot = Drawn(one - _PAD, 14, _dot(str(level.number), one, last=at == len(item.choices) - 1), cell.add("Lbl"))
        cells.append([dot, space(1), *(kit.text(text, "descriptor", cell.add("P")) for text in [level.text] if text)])
    return cells


def _dot(number: str, one: float, *, last: bool) -> Any:
    def paint(canvas: Any, _width: float, height: float) -> None:
        if not last:
            canvas.setStrokeColor(look.RULE)
            canvas.setLineWidth(0.8)
            canvas.line(11, height / 2, one, height / 2)
        ring(canvas, 5.8, height / 2, number)

    return paint


def _in_cells(kit: FormKit, item: PaperItem) -> bool:
    """Whether the descriptors fit beside each other without becoming columns of single words."""
    one = _cell_width(kit, len(item.choices))
    if one < _LEAST_CELL or any(len(level.text) > CELL_LIMIT for level in item.choices):
        return False
    inner = one - _PAD
    heads = (kit.ink.line(level.label) for level in item.choices)
    if any(fonts.width(word, fonts.SEMIBOLD, 8) > inner for head in heads for word in head.split()):
        return False
    texts = (kit.ink.line(level.text) for level in item.choices)
    if any(fonts.width(word, fonts.REGULAR, 8.2) > inner for text in texts for word in text.split()):
        return False
    if any(len(level.label) > 60 for level in item.choices):
        return False
    scratch = type(kit.root)("Div")
    return max(height_of(cell, inner, None) for cell in _cells(kit, item, scratch)) <= _TALLEST


def rubric(kit: FormKit, items: Sequence[PaperItem], node: Node) -> Any:
    """Return ratings of one scale as a grid; the levels' names are repeated on every page."""
    levels = items[0].choices
    one = _cell_width(kit, len(levels))
    widths = [GUTTER, *([one] * len(levels)), _WHY]
    listing = node.add("Table")
    heads = listing.add("THead").add("TR")
    names = [kit.text(level.label, "th_ink", heads.add("TH", scope="Column", once=True)) for level in levels]
    heads.add("TD")  # above the boxes for having no value
    rows: list[list[Any]] = [["", *names, ""]]
    commands = [
        *bare(),
        ("RIGHTPADDING", (1, 0), (-2, -1), _PAD),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, 0), 3),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 0.5, look.INK),
    ]
    body = listing.add("TBody")
    for item in items:
        at = len(rows)
        head = kit.label(item, body.add("TR").add("TH", scope="Row", span=len(levels) + 1))
        rows.append([tag(item), head, *([""] * len(levels))])
        cells = _cells(kit, item, body)
        why = [space(2), worded_boxes(kit, absences(kit), body.children[-1].add("TD").add("P"), down=True)]
        rows.append(["", *cells, why])
        commands += [
            ("SPAN", (1, at), (-1, at)),
            ("NOSPLIT", (0, at), (-1, at + 1)),
            ("TOPPADDING", (0, at), (-1, at), 5),
            ("TOPPADDING", (0, at + 1), (-1, at + 1), 2.5),
            ("BOTTOMPADDING", (0, at + 1), (-1, at + 1), 6),
            ("LINEBELOW", (0, at + 1), (-1, at + 1), 0.5, look.RULE),
        ]
    return table(rows, widths, commands)


def levels_as_list(kit: FormKit, item: PaperItem, node: Node) -> list[Any]:
    """Return a rating whose levels do not fit beside each other: one below the other, each with its descriptor."""
    part = node.add("Div")
    said = kit.label(item, part)
    if is_long(item):
        story = long_head(item, said)
    else:
        head = beside(kit, item, said, part)
        story = [CondPageBreak(min(200.0, height_of([head], kit.sheet.column, None) + 90)), head]
    listing = part.add("L")
    rows: list[list[Any]] = []
    for level in item.choices:
        entry = listing.add("LI").add("LBody")
        cell: list[Any] = [kit.text(level.label, "cell_strong", entry.add("P"))]
        cell += kit.paragraphs(level.text, "descriptor", entry)
        rows.append(["", mark(one=True, label=str(level.number)), cell])
    widths = [GUTTER, 18.0, kit.body - 18]
    story += [space(3), table(rows, widths, bare(top=1.5, bottom=2.5), head=0)]
    story.append(after_answer(kit, part))
    return [*story, space(4)]


def after_answer(kit: FormKit, node: Node) -> Any:
    """Return the boxes for having no value, below what the answer is made with."""
    boxes = worded_boxes(kit, absences(kit), node.add("P"), down=False)
    return table([["", boxes]], [GUTTER, kit.body], bare(top=3, bottom=2), head=0)
