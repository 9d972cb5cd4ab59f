"""The form's answers: ratings as dots on a labelled scale, checks by sign and word, texts in full.

Nothing is read off a colour: the chosen level is larger, and what has no value says so in words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Drawn, Placed
from observe_app.services.pdf.layout.interval_shares import MANY_TIMES, evidence_line, evidence_times, shares
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, MUTED, ROWS_TOGETHER, space, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from observe_app.services.pdf.document import ChecklistItem
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

_SCALE = 176.0
_TITLE_BESIDE = 64
"""Characters of a form's title that stand beside the heading."""
_EVIDENCE = 92.0
_MAX_DOTS = 9
_MAX_LEVELS = 160
"""Characters that the labels of a scale may have together and still stand in columns."""
_MAX_LINES = 8


def checklist(kit: Kit) -> list[Any]:
    """Return the answers in the form's own order: tables of ratings and checks, texts between them."""
    if not kit.document.checklist:
        return []
    node = kit.root.add("Sect")
    document, words = kit.document, kit.words
    compared = any(item.last is not None for section in document.checklist for item in section.items)
    title = kit.ink.line(document.form_title)
    beside = title if len(title) <= _TITLE_BESIDE else ""
    story: list[Any] = [CondPageBreak(120), _heading(kit, node, beside)]
    if title and not beside:
        story += kit.title(title, "small", node, "P")
    if compared:
        story.append(kit.text(words.dots_compared, "small", node.add("P")))
    story.append(space(1 + 2 * kit.sheet.air))
    for block in _blocks(kit):
        if block.rows:
            story.append(_table(kit, block, node))
        elif block.item is not None:
            story += _in_full(kit, block.item, node)
        else:
            story += [CondPageBreak(60), space(4), *kit.title(block.title, "section", node, "H3")]
    return story


def _heading(kit: Kit, node: Node, beside: str) -> Any:
    """Return the heading with the form's short title beside it."""
    words = kit.markup(kit.words.checklist)
    small = f'&nbsp;&nbsp; <font name="{fonts.REGULAR}" size="8.3" color="{MUTED}">{kit.markup(beside)}</font>'
    text = kit.marked(words + (small if beside else ""), "h2", node.add("H2"))
    return Placed(text, "part-checklist", title=kit.words.checklist)


@dataclass
class _Block:
    """A table of rows (an item, or a section's title), or one item in full, or a title alone."""

    rows: list[ChecklistItem | str] = field(default_factory=list)
    levels: tuple[str, ...] = ()
    item: ChecklistItem | None = None
    title: str = ""

    def takes(self, item: ChecklistItem) -> bool:
        """Whether the item can be a row here: ratings of one table have the same levels."""
        same = not self.levels or not item.levels or item.levels == self.levels
        return same and len(self.rows) < ROWS_TOGETHER


def _blocks(kit: Kit) -> Iterator[_Block]:
    current = _Block()
    for section in kit.document.checklist:
        title = section.title if section.title.strip() else ""
        for item in section.items:
            row = not _in_full_only(item) and len(title) <= CELL_LIMIT
            if current.rows and not (row and current.takes(item)):
                yield current
                current = _Block()
            if not row:
                if title:
                    yield _Block(title=title)
                yield _Block(item=item)
            else:
                current.rows += [title, item] if title else [item]
                current.levels = current.levels or item.levels
            title = ""
        if title:
            yield _Block(title=title)
    if current.rows:
        yield current


def _in_full_only(item: ChecklistItem) -> bool:
    too_long = any(len(text) > CELL_LIMIT for text in (item.label, item.comment, item.answer, item.absence))
    too_wide = len(item.levels) > _MAX_DOTS or sum(map(len, item.levels)) > _MAX_LEVELS
    lines = f"{item.answer}{item.comment}".count("\n") > _MAX_LINES
    return item.kind == "interval" or lines or too_long or too_wide or sum(map(len, item.evidence)) > MANY_TIMES


def _table(kit: Kit, block: _Block, node: Node) -> Any:
    listing = node.add("Table")
    air = kit.sheet.air
    commands: list[tuple[Any, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (0, -1), 10),
        ("RIGHTPADDING", (1, 0), (1, -1), 0),
        ("LEFTPADDING", (2, 0), (2, -1), 10),
        ("RIGHTPADDING", (2, 0), (2, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5 + 2.7 * air),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.0 + 3 * air),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, look.RULE),
    ]
    proven = any(not isinstance(row, str) and row.evidence for row in block.rows)
    headed = bool(block.levels) or proven
    rows = [_heads(kit, block.levels, listing.add("THead").add("TR"), proven=proven)] if headed else []
    body = listing.add("TBody")
    if headed and not isinstance(block.rows[0], str):
        commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.8, look.INK))
    for row in block.rows:
        if isinstance(row, str):
            at = len(rows)
            cell = body.add("TR").add("TH", scope="Row", span=3)
            rows.append([kit.text(row, "section", cell), "", ""])
            commands += [
                ("SPAN", (0, at), (-1, at)),
                ("TOPPADDING", (0, at), (-1, at), 1.6 + 5.4 * air),
                ("BOTTOMPADDING", (0, at), (-1, at), 1.4 + air),
                ("LINEBELOW", (0, at), (-1, at), 0.8, look.INK),
                ("NOSPLIT", (0, at), (-1, at + 1)),
            ]
        elif row.kind == "text":
            commands.append(("SPAN", (0, len(rows)), (1, len(rows))))
            rows.append(_text_row(kit, row, body.add("TR")))
        else:
            rows.append(_row(kit, row, body.add("TR"), len(block.levels)))
    widths = [kit.sheet.column - _SCALE - _EVIDENCE, _SCALE, _EVIDENCE]
    return table(rows, widths, commands, head=int(headed))


def _heads(kit: Kit, levels: tuple[str, ...], row: Node, *, proven: bool) -> list[Any]:
    """Name the columns; that of the evidence where there is some."""
    words = kit.words
    item = kit.text(words.item, "th", row.add("TH", scope="Column", once=True))
    column = row.add("TH", scope="Column", once=True)
    middle: Any
    if levels:
        middle = table(
            [[kit.text(level, "level", column.add("P", once=True)) for level in levels]],
            [_SCALE / len(levels)] * len(levels),
            [
                ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
                ("LEFTPADDING", (0, 0), (-1, -1), 1),
                ("RIGHTPADDING", (0, 0), (-1, -1), 1),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            ],
            head=0,
        )
    else:
        middle = kit.text(words.answer, "th", column)
    last = row.add("TH", scope="Column", once=True)
    return [item, middle, kit.text(words.evidence, "th", last) if proven else ""]


def _row(kit: Kit, item: ChecklistItem, row: Node, dots: int) -> list[Any]:
    heading = row.add("TH", scope="Row")
    label: list[Any] = [_placed(kit, item, kit.text(item.label, "cell", heading))]
    middle, last = row.add("TD"), row.add("TD")
    remarks: list[Any] = []
    scale: Any
    if item.kind == "rating" and item.levels:
        told = item.answer or item.absence
        if item.last is not None and item.last < len(item.levels):
            told = f"{told}. {kit.words.last_time.format(level=item.levels[item.last])}"
        alt = kit.ink.line(told)
        painted = _dots(len(item.levels), item.level, item.last)
        scale = Drawn(_SCALE, 10.6 + 1.4 * kit.sheet.air, painted, middle.add("Figure", alt=alt))
        if item.absence:
            remarks.append(kit.marked(f"<i>{kit.markup(item.absence)}</i>", "small", last.add("P")))
    elif item.kind == "value":
        scale = _value(kit, item, middle)
    else:
        scale = _check(kit, item, middle, _SCALE / dots / 2 - 5 if dots else 0)
    if item.evidence:
        remarks.append(kit.marked(evidence_times(kit, item), "small", last.add("P")))
    if item.comment.strip():
        label.append(kit.text(item.comment, "small", heading.add("P")))
    return [label, scale, remarks or ""]


def _placed(kit: Kit, item: ChecklistItem, child: Any) -> Any:
    place = kit.book.answer_places.get(item.id, "") if item.rests else ""
    return Placed(child, place) if place else child


def _text_row(kit: Kit, item: ChecklistItem, row: Node) -> list[Any]:
    """A text answer below its label, as wide as label and scale together."""
    heading, answer, last = row.add("TH", scope="Row"), row.add("TD", span=1), row.add("TD")
    cell: list[Any] = [kit.text(item.label, "cell_strong", heading)]
    cell += kit.paragraphs(item.answer, "body", answer)
    if item.absence:
        cell.append(kit.marked(f"<i>{kit.markup(item.absence)}</i>", "small", answer.add("P")))
    cell += kit.paragraphs(item.comment, "small", answer)
    cell[0] = _placed(kit, item, cell[0])
    return [cell, "", kit.marked(evidence_times(kit, item), "small", last) if item.evidence else ""]


def _dots(count: int, level: int | None, last: int | None) -> Callable[[Any, float, float], None]:
    """Return what draws a scale: a large dot at the level, a ring at that of the last visit, small rings elsewhere."""

    def paint(canvas: Any, width: float, height: float) -> None:
        step = width / count
        canvas.setStrokeColor(look.RULE)
        canvas.setLineWidth(0.8)
        canvas.line(step / 2, height / 2, width - step / 2, height / 2)
        canvas.setFillColor(look.WHITE)
        for index in range(count):
            x = step * (index + 0.5)
            if index == level:
                full_dot(canvas, x, height / 2, 4.6)
                continue
            was = index == last
            canvas.setStrokeColor(look.ACCENT if was else look.MUTED)
            canvas.setFillColor(look.WHITE)
            canvas.setLineWidth(1.3 if was else 0.8)
            canvas.circle(x, height / 2, 4.2 if was else 2.3, stroke=1, fill=1)

    return paint


def full_dot(canvas: Any, x: float, y: float, radius: float) -> None:
    """Draw the dot that means "this one"; where ink is saved, a ring around a point."""
    saving = look.saving(canvas)
    canvas.setFillColor(look.WHITE if saving else look.ACCENT)
    canvas.setStrokeColor(look.ACCENT)
    canvas.setLineWidth(1.3)
    canvas.circle(x, y, radius - 0.6 * saving, stroke=int(saving), fill=1)
    if saving:
        canvas.setFillColor(look.ACCENT)
        canvas.circle(x, y, 1.7, stroke=0, fill=1)


def _check(kit: Kit, item: ChecklistItem, cell: Node, indent: float) -> Any:
    """A sign and the word: filled for yes, open for no, neither for an absence."""
    answered = bool(item.answer)
    sign: Any = Drawn(10, 10, _sign(full=item.answer == kit.words.yes)) if answered else ""
    word = (
        kit.text(item.answer, "cell_strong", cell.add("P"))
        if answered
        else kit.marked(f"<i>{kit.markup(item.absence)}</i>", "small", cell.add("P"))
    )
    return table(
        [["", sign, word]],
        [indent, 17, _SCALE - 17 - indent],
        [
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ],
        head=0,
    )


def _value(kit: Kit, item: ChecklistItem, cell: Node) -> Any:
    """A value in words, or why there is none."""
    if item.answer:
        return kit.text(item.answer, "cell", cell.add("P"))
    return kit.marked(f"<i>{kit.markup(item.absence)}</i>", "small", cell.add("P"))


def _sign(*, full: bool) -> Callable[[Any, float, float], None]:
    def paint(canvas: Any, _width: float, height: float) -> None:
        if full:
            full_dot(canvas, 5, height / 2, 4.4)
            return
        canvas.setFillColor(look.WHITE)
        canvas.setStrokeColor(look.MUTED)
        canvas.setLineWidth(1.1)
        canvas.circle(5, height / 2, 3.9, stroke=1, fill=1)

    return paint


def _in_full(kit: Kit, item: ChecklistItem, node: Node) -> list[Any]:
    """An item below the others: its label, then the answer with all its paragraphs."""
    story: list[Any] = [CondPageBreak(34), space(5 * kit.sheet.air)]
    label = kit.title(item.label, "cell_strong", node, "P")
    story += [_placed(kit, item, label[0]), *label[1:]] if label else []
    if item.shares:
        return [*story, *shares(kit, item, node)]
    if item.kind == "rating" and _in_full_only(item):
        story += kit.paragraphs(" · ".join(item.levels), "small", node)
    if item.answer.strip():
        story += kit.paragraphs(item.answer, "para", node)
    if item.absence:
        story.append(kit.marked(f"<i>{kit.markup(item.absence)}</i>", "small", node.add("P")))
    if item.comment.strip():
        story += kit.paragraphs(item.comment, "small", node)
    return [*story, *evidence_line(kit, item, node)]
