"""What the full record adds to the summary: the notes, the sheets, the conversation turn by turn, the replies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, PageBreak

from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.conversation import conversation_in_full
from observe_app.services.pdf.layout.notes import notes
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, ROWS_TOGETHER, hairlines, space, table
from observe_app.services.pdf.layout.replies import replies_in_full

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import SheetTable
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

_MOST_COLUMNS = 8
_NARROW = 92.0


def record(kit: Kit) -> list[Any]:
    """Return the pages after the summary; nothing where only the summary is asked for."""
    if kit.document.scope != "record":
        return []
    story = [*notes(kit), *sheets(kit), *conversation_in_full(kit), *replies_in_full(kit)]
    return [PageBreak(), *story] if story else []


def sheets(kit: Kit) -> list[Any]:
    """Return the sheets as tables, one below the other."""
    if not kit.document.sheets:
        return []
    section = kit.root.add("Sect")
    story = kit.heading(kit.words.sheets, section, 120, key="sheets")
    for number, sheet in enumerate(kit.document.sheets, start=1):
        story += _sheet(kit, sheet, section.add("Sect"), number)
    return story


def _sheet(kit: Kit, sheet: SheetTable, section: Node, number: int) -> list[Any]:
    long = len(sheet.title) > CELL_LIMIT
    title: list[Any] = (
        kit.paragraphs(sheet.title, "body", section)
        if long
        else [kit.headed(sheet.title or "–", section, f"sheet-{number}", style="section", level=1)]
    )
    story: list[Any] = [CondPageBreak(70), space(8), *title]
    story += [*kit.paragraphs(sheet.hint, "small", section), space(3)]
    wide = max((len(row) for row in sheet.rows), default=0) > _MOST_COLUMNS or len(sheet.heads) > _MOST_COLUMNS
    if wide or any(len(cell) > CELL_LIMIT for row in (sheet.heads, *sheet.rows) for cell in row):
        for row in sheet.rows:
            told = " · ".join(f"{head}: {cell}" for head, cell in zip(sheet.heads, row, strict=False) if cell.strip())
            story += kit.paragraphs(told, "cell", section)
        return story
    listing = section.add("Table")
    heads = listing.add("THead").add("TR")
    nodes = [heads.add("TH", scope="Column", once=True) for _head in sheet.heads]
    body = listing.add("TBody")
    for start in range(0, len(sheet.rows), ROWS_TOGETHER):
        rows: list[list[Any]] = [[kit.text(head, "th", node) for head, node in zip(sheet.heads, nodes, strict=True)]]
        rows += [_row(kit, row, body.add("TR"), len(nodes)) for row in sheet.rows[start : start + ROWS_TOGETHER]]
        story.append(_table(kit, sheet, rows))
    return story


def _row(kit: Kit, row: Sequence[str], node: Node, columns: int) -> list[Any]:
    cells = [*row, *[""] * columns][:columns]
    first = kit.text(cells[0], "time" if columns > 1 else "cell", node.add("TH", scope="Row"))
    return [first, *(kit.text(cell, "cell", node.add("TD")) for cell in cells[1:])]


def _table(kit: Kit, sheet: SheetTable, rows: list[list[Any]]) -> Any:
    columns = len(sheet.heads)
    first = min(_NARROW, kit.sheet.column / columns)
    longest = [max(len(row[at]) if at < len(row) else 0 for row in sheet.rows) + 4 for at in range(1, columns)]
    room = kit.sheet.column - first if columns > 1 else 0
    shares = [min(one, 60) for one in longest]
    widths = [first if columns > 1 else kit.sheet.column, *(room * one / sum(shares) for one in shares)]
    if columns > 1 and sum(longest) < 60:  # a few short cells stay near their heads instead of being spread
        widths = [first, *(110.0 for _one in shares)]
        widths[-1] = kit.sheet.column - sum(widths[:-1])
    commands = [
        *hairlines(),
        ("TOPPADDING", (0, 0), (-1, -1), 1.2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("LINEBELOW", (0, 1), (-1, -1), 0.3, look.RULE),
    ]
    return table(rows, widths, commands)
