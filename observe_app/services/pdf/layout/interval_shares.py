"""What an interval sheet came to: in how many of the coded intervals each code or category occurred."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, ROWS_TOGETHER, space, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.pdf.document import ChecklistItem, ShareLine
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

MANY_TIMES = 300
"""Characters of times that no longer stand in one cell."""
_LABEL, _BAR, _VALUE = 124.0, 96.0, 58.0


def shares(kit: Kit, item: ChecklistItem, node: Node) -> list[Any]:
    """Return the base in words, then a table with a bar for each share; remark and evidence below."""
    story: list[Any] = [*kit.paragraphs(item.answer, "small", node), space(3)]
    starts = range(0, len(item.shares), ROWS_TOGETHER)
    story += [_table(kit, item.shares[start : start + ROWS_TOGETHER], node.add("Table")) for start in starts]
    story.append(space(3))
    story += kit.paragraphs(item.comment, "small", node)
    story += evidence_line(kit, item, node)
    return [CondPageBreak(80), *story]


def evidence_line(kit: Kit, item: ChecklistItem, node: Node) -> list[Any]:
    """Return the times of the notes that an answer rests on, each leading to its note; nothing without any."""
    if not item.evidence:
        return []
    if sum(map(len, item.evidence)) > MANY_TIMES:
        return kit.paragraphs(f"{kit.words.evidence}: {', '.join(item.evidence)}", "small", node)
    return [kit.marked(f"{kit.markup(kit.words.evidence)}: {evidence_times(kit, item)}", "small", node.add("P"))]


def evidence_times(kit: Kit, item: ChecklistItem) -> str:
    """Return markup of the times of the notes that an answer rests on."""
    events = [*item.rests, *[""] * len(item.evidence)]
    return ", ".join(kit.time_of(time, event) for time, event in zip(item.evidence, events, strict=False))


def _table(kit: Kit, lines: tuple[ShareLine, ...], listing: Node) -> Any:
    air = kit.sheet.air
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 0.4 + 1.6 * air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 0.8 + 1.8 * air),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, look.RULE),
    ]
    rows: list[list[Any]] = []
    body = listing.add("TBody")
    for line in lines:
        if line.side:
            at = len(rows)
            rows.append([kit.text(line.side[:CELL_LIMIT], "section", body.add("TR").add("TH", scope="Row", span=4))])
            rows[-1] += ["", "", ""]
            commands += [
                ("SPAN", (0, at), (-1, at)),
                ("LINEBELOW", (0, at), (-1, at), 0.8, look.INK),
                ("NOSPLIT", (0, at), (-1, at + 1)),
            ]
        row = body.add("TR")
        label = kit.text(line.label[:CELL_LIMIT], "cell", row.add("TH", scope="Row"))
        value = kit.text(line.value, "cell_strong", row.add("TD"))
        bar = Drawn(_BAR, 9, _bar(line.share), row.add("TD").add("Figure", alt=kit.ink.line(line.value)))
        rows.append([label, value, bar, kit.paragraphs(line.parts, "small", row.add("TD")) or ""])
    return table(rows, [_LABEL, _VALUE, _BAR, kit.sheet.column - _LABEL - _VALUE - _BAR], commands, head=0)


def _bar(share: float) -> Callable[[Any, float, float], None]:
    def paint(canvas: Any, width: float, height: float) -> None:
        full = width - 10
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.6)
        canvas.line(0, 0.5, full, 0.5)
        if share <= 0:
            return
        saving = look.saving(canvas)
        canvas.setFillColor(look.ACCENT)
        canvas.setStrokeColor(look.ACCENT)
        canvas.setLineWidth(0.9)
        canvas.rect(0, 0.5, full * min(share, 1.0), height - 1, stroke=int(saving), fill=int(not saving))

    return paint
