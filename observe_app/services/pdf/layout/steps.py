"""Action steps: agreed in this visit, with practice and signs of success."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn, Together
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, WORD_LIMIT, hairlines, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import Step
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

_MOST_BY = 116.0
"""Widest column of dates: "28 September 2026" in every language; longer ones wrap."""
_NUMBER, _OWNER, _HELP, _DONE = 16.0, 104.0, 118.0, 30.0
"""Widths of the other columns; the last one is never narrower than its head, and the steps take the rest."""


def steps(kit: Kit) -> list[Any]:
    """Return the steps as a table, or one below the other where a text is too long for one."""
    found, words = kit.document.steps, kit.words
    if not found:
        return []
    section = kit.root.add("Sect")
    heading = kit.headed(words.steps, section, "steps")
    texts = (text for step in found for text in (step.text, step.help, step.owner, step.practice, step.notice))
    if any(len(text) > CELL_LIMIT for text in texts) or any(len(step.by) > 2 * WORD_LIMIT for step in found):
        return [heading, *_in_full(kit, found, section)]
    owners = {step.owner for step in found}
    owner, helped = len(owners) > 1, any(step.help for step in found)
    shared = "" if owner else next(iter(owners))
    by = max(fonts.width(kit.ink.line(step.by), fonts.SEMIBOLD, 9.6) for step in found) + 10
    columns: list[tuple[str, float]] = [
        (words.step_of.format(name=shared) if shared else words.step, 0),
        (words.by, max(62, min(_MOST_BY, by))),
    ]
    columns += [(words.owner, _OWNER)] if owner else []
    columns += [(words.help, _HELP)] if helped else []
    columns.append((words.done, max(_DONE, fonts.width(kit.ink.line(words.done), fonts.SEMIBOLD, 8) + 1)))
    widths = [_NUMBER, *(width for _label, width in columns)]
    widths[1] = kit.sheet.column - sum(widths)
    node = section.add("Table")
    head = node.add("THead").add("TR")
    heads = [
        kit.text(label, "th", head.add("TH", scope="Column", span=1 if place else 2, once=True))
        for place, (label, _width) in enumerate(columns)
    ]
    rows: list[list[Any]] = [[heads[0], "", *heads[1:]]]
    body = node.add("TBody")
    rows += [_row(kit, step, body.add("TR"), owner=owner, helped=helped) for step in found]
    air = kit.sheet.air
    commands = [
        *hairlines(),
        ("SPAN", (0, 0), (1, 0)),
        ("TOPPADDING", (0, 0), (-1, -1), 1 + 2.8 * air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.4 + 3.8 * air),
        ("TOPPADDING", (-1, 1), (-1, -1), 3 + 2.8 * air),
    ]
    return [Together([heading, table(rows, widths, commands)]), space(3 * air)]


def _row(kit: Kit, step: Step, row: Node, *, owner: bool, helped: bool) -> list[Any]:
    words = kit.words
    number = kit.marked(f'<font name="{fonts.BOLD}">{step.number}</font>', "body", row.add("TH", scope="Row"))
    cell = row.add("TD")
    said: list[Any] = [kit.text(step.text, "body", cell.add("P"))]
    for label, text in ((words.practice, step.practice), (words.notice, step.notice)):
        if text.strip():
            said.append(kit.marked(f"<b>{kit.markup(label)}</b> {kit.markup(text)}", "small", cell.add("P")))
    cells: list[Any] = [
        number,
        said,
        kit.marked(f"<b>{kit.markup(step.by) or words.unanswered}</b>", "body", row.add("TD")),
    ]
    if owner:
        cells.append(kit.text(step.owner or words.unanswered, "body", row.add("TD")))
    if helped:
        cells.append(kit.text(step.help or words.unanswered, "body", row.add("TD")))
    alt = (words.step_done if step.done else words.step_open).format(number=step.number)
    cells.append(Drawn(11, 11, _tick if step.done else box, row.add("TD").add("Figure", alt=alt)))
    return cells


def _in_full(kit: Kit, found: Sequence[Step], section: Node) -> list[Any]:
    """Steps one below the other, for texts that no table should hold."""
    out: list[Any] = []
    words = kit.words
    listing = section.add("L")
    for step in found:
        body = listing.add("LI").add("LBody")
        out += kit.paragraphs(f"{step.number}  {step.text}", "body", body)
        for label, text in ((words.by, step.by), (words.owner, step.owner), (words.help, step.help)):
            if text:
                out += kit.paragraphs(f"{label}: {text}", "small", body)
        for label, text in ((words.practice, step.practice), (words.notice, step.notice)):
            if text.strip():
                out += kit.paragraphs(f"{label} {text}", "small", body)
        out.append(space(5))
    return out


def box(canvas: Any, width: float, height: float) -> None:
    """Draw an empty box to tick."""
    canvas.setStrokeColor(look.MUTED)
    canvas.setLineWidth(0.8)
    canvas.rect(0.4, 0.4, width - 0.8, height - 0.8, stroke=1, fill=0)


def _tick(canvas: Any, width: float, height: float) -> None:
    box(canvas, width, height)
    canvas.setStrokeColor(look.ACCENT)
    canvas.setLineWidth(1.6)
    canvas.line(2.4, 5.4, 4.6, 3)
    canvas.line(4.6, 3, 8.8, 8.4)
