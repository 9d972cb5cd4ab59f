"""The page that stands alone: who and when, focus, figures, claims, action steps, the lesson in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.band import band
from observe_app.services.pdf.layout.chart import Chart
from observe_app.services.pdf.layout.flowables import Columns, Drawn, Panel, Together, sign
from observe_app.services.pdf.layout.para import Text
from observe_app.services.pdf.layout.pieces import CELL_LIMIT, WORD_LIMIT, hairlines, space, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import Claim, Quote, Step
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

_GUTTER = 28.0
_MOST_BY = 116.0
"""Widest column of dates: "28 September 2026" in every language; longer ones wrap."""
_MUTED = "#56636F"
_INK = "#17263A"


def page_one(kit: Kit) -> list[Any]:
    """Return the story of page one."""
    story = band(kit)
    story += _focus(kit)
    story += _figures(kit)
    story += _claims(kit)
    story += _steps(kit)
    story += _in_time(kit)
    if kit.document.empty:
        story += _nothing(kit)
    return story


def _focus(kit: Kit) -> list[Any]:
    document, air = kit.document, kit.sheet.air
    if not document.focus.strip() and not document.looking_for.strip():
        return []
    section = kit.root.add("Sect")
    children: list[Any] = [kit.text(kit.words.focus.upper(), "eyebrow", section.add("H2"))]
    if document.focus.strip():
        children += [space(2), *kit.title(document.focus, "focus", section, "P")]
    signs = kit.ink.paragraphs(document.looking_for)
    if signs:
        children.append(space(3))
        words = f"<b>{escape(kit.words.looking_for)}</b> "
        # signs that were written as a list read as one line with dots between
        joined = " · ".join(sign_.strip(" -•·") for sign_ in signs)
        if len(joined) <= CELL_LIMIT:
            children.append(kit.marked(words + escape(joined), "looking", section.add("P")))
        else:
            children.append(kit.marked(words, "looking", section.add("P")))
            children += kit.paragraphs(document.looking_for, "looking", section)
    panel = Panel(
        children, padding=(4 + 6 * air, 14, 5 + 6 * air, 16), fill=look.ACCENT_TINT, bar=look.ACCENT, radius=3
    )
    return [panel, space(kit.sheet.gap)]


def _figures(kit: Kit) -> list[Any]:
    figures = kit.document.figures[:4]
    if not figures:
        return []
    section = kit.root.add("Sect")
    if any(len(f"{figure.value}{figure.unit}{figure.label}") > 4 * WORD_LIMIT for figure in figures):
        told = [f"{figure.value} {figure.unit} {figure.label}" for figure in figures]
        return [made for text in told for made in kit.paragraphs(text, "body", section)]
    cells = []
    for figure in figures:
        unit = f' <font name="{fonts.REGULAR}" size="9" color="{_MUTED}">{kit.markup(figure.unit)}</font>'
        cells.append(
            [
                kit.marked(kit.markup(figure.value) + unit, "number", section.add("P")),
                kit.text(figure.label, "small", section.add("P")),
            ]
        )
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


def _quotation(kit: Kit, quote: Quote, colour: Any, parent: Node) -> Panel:
    node = parent.add("BlockQuote")
    lead = f'<font name="{fonts.SEMIBOLD}" size="8" color="{_MUTED}">{kit.markup(quote.time)}</font>&nbsp; '
    if quote.speaker:
        # upright, dark and in the size of the words: who speaks is read first
        lead += f'<font name="{fonts.SEMIBOLD}" color="{_INK}">{kit.markup(quote.speaker)}</font>&nbsp; '
    found = kit.ink.paragraphs(quote.text) or ("",)
    children = [kit.marked(lead + escape(found[0]), "quote", node.add("P"))]
    children += [kit.marked(escape(piece), "quote", node.add("P")) for piece in found[1:]]
    left = 24 if quote.number else 9
    return Panel(children, padding=(1, 2, 2.4, left), bar=colour, bar_width=4, number=quote.number)


def _claim(kit: Kit, claim: Claim, colour: Any, parent: Node) -> list[Any]:
    body = parent.add("LI").add("LBody")
    out: list[Any] = []
    if claim.title.strip():
        out += kit.title(claim.title, "h3", body, "P")
    out += kit.paragraphs(claim.text, "body", body)
    for quote in claim.quotations:
        out += [space(1.6 + 2 * kit.sheet.air), _quotation(kit, quote, colour, body)]
    if claim.remark:
        out.append(kit.text(claim.remark, "small", body.add("P")))
    return out


def _column(kit: Kit, title: str, claims: Sequence[Claim], kind: str) -> list[Any]:
    colour = {"plus": look.ACCENT, "arrow": look.WARM, "question": look.MUTED}[kind]
    section = kit.root.add("Sect")
    head = table(
        [[Drawn(15, 15, sign(kind, colour)), kit.text(title, "h2_plain", section.add("H2"))]],
        [22, kit.sheet.column / 2 - 40],
        [
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
        head=0,
    )
    head.keepWithNext = 1
    children: list[Any] = [head]
    listing = section.add("L")
    return children + _spaced(kit, claims, colour, listing)


def _spaced(kit: Kit, claims: Sequence[Claim], colour: Any, listing: Node) -> list[Any]:
    out: list[Any] = []
    for claim in claims:
        if out:
            out.append(space(kit.sheet.apart(9, kit.sheet.air)))
        out += _claim(kit, claim, colour, listing)
    return out


def _claims(kit: Kit) -> list[Any]:
    document, words = kit.document, kit.words
    story: list[Any] = []
    sides = [
        (words.strengths, document.strengths, "plus"),
        (words.growth, document.growth, "arrow"),
    ]
    shown = [side for side in sides if side[1]]
    if shown:
        story += [
            Columns([_column(kit, *side) for side in shown], _GUTTER),
            space(kit.sheet.gap + (4 if document.questions else 0)),
        ]
    if document.questions:
        half = (len(document.questions) + 1) // 2
        first = _column(kit, words.questions, document.questions[:half], "question")
        columns = [first]
        if document.questions[half:]:
            columns.append(_question_overflow(kit, document.questions[half:]))
        story += [Columns(columns, _GUTTER), space(kit.sheet.gap - 3)]
    return story


def _question_overflow(kit: Kit, claims: Sequence[Claim]) -> list[Any]:
    """The right half of the questions, level with the left half's first one."""
    listing = kit.root.children[-1].children[-1]
    return [space(20), *_spaced(kit, claims, look.MUTED, listing)]


def _steps(kit: Kit) -> list[Any]:
    steps, words = kit.document.steps, kit.words
    if not steps:
        return []
    section = kit.root.add("Sect")
    heading = kit.text(words.steps, "h2", section.add("H2"))
    if any(len(text) > CELL_LIMIT for step in steps for text in (step.text, step.help, step.owner)) or any(
        len(step.by) > 2 * WORD_LIMIT for step in steps
    ):
        return [heading, *_steps_in_full(kit, steps, section)]
    owners = {step.owner for step in steps}
    owner = len(owners) > 1
    shared = next(iter(owners)) if not owner else ""
    columns: list[tuple[str, float]] = [
        (words.step_of.format(name=shared) if shared else words.step, 0),
        (
            words.by,
            max(62, min(_MOST_BY, max(fonts.width(kit.ink.line(step.by), fonts.SEMIBOLD, 9.6) for step in steps) + 10)),
        ),
    ]
    helped = any(step.help for step in steps)
    if owner:
        columns.append((words.owner, 104))
    if helped:
        columns.append((words.help, 118))
    columns.append((words.done, 30))
    widths = [width for _label, width in columns]
    widths[0] = kit.sheet.column - sum(widths)
    node = section.add("Table")
    head = node.add("THead").add("TR")
    rows: list[list[Any]] = [
        [kit.text(label, "th", head.add("TH", scope="Column", once=True)) for label, _width in columns]
    ]
    body = node.add("TBody")
    rows += [_step_row(kit, step, body.add("TR"), owner=owner, helped=helped) for step in steps]
    commands = [*hairlines(), ("TOPPADDING", (0, 0), (-1, -1), 1 + 2.8 * kit.sheet.air),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1.4 + 3.8 * kit.sheet.air),
                ("TOPPADDING", (-1, 1), (-1, -1), 3 + 2.8 * kit.sheet.air)]  # fmt: skip
    made = table(rows, widths, commands)
    return [Together([heading, made]), space(3 * kit.sheet.air)]


def _step_row(kit: Kit, step: Step, row: Node, *, owner: bool, helped: bool) -> list[Any]:
    cell = row.add("TD")
    number = f'<font name="{fonts.BOLD}">{step.number}</font>'
    cells: list[Any] = [
        Text(kit.markup(step.text), kit.styles["step"], cell.add("P"), bullet=number),
        kit.marked(f"<b>{kit.markup(step.by) or kit.words.unanswered}</b>", "body", row.add("TD")),
    ]  # fmt: skip
    if owner:
        cells.append(kit.text(step.owner or kit.words.unanswered, "body", row.add("TD")))
    if helped:
        cells.append(kit.text(step.help or kit.words.unanswered, "body", row.add("TD")))
    alt = (kit.words.step_done if step.done else kit.words.step_open).format(number=step.number)
    cells.append(Drawn(11, 11, _tick if step.done else _box, row.add("TD").add("Figure", alt=alt)))
    return cells


def _steps_in_full(kit: Kit, steps: Sequence[Step], section: Node) -> list[Any]:
    """Steps one below the other, for texts that no table should hold."""
    out: list[Any] = []
    words = kit.words
    listing = section.add("L")
    for step in steps:
        body = listing.add("LI").add("LBody")
        out += kit.paragraphs(f"{step.number}  {step.text}", "body", body)
        for label, text in ((words.by, step.by), (words.owner, step.owner), (words.help, step.help)):
            if text:
                out += kit.paragraphs(f"{label}: {text}", "small", body)
        out.append(space(5))
    return out


def _box(canvas: Any, width: float, height: float) -> None:
    canvas.setStrokeColor(look.MUTED)
    canvas.setLineWidth(0.8)
    canvas.rect(0.4, 0.4, width - 0.8, height - 0.8, stroke=1, fill=0)


def _tick(canvas: Any, width: float, height: float) -> None:
    _box(canvas, width, height)
    canvas.setStrokeColor(look.ACCENT)
    canvas.setLineWidth(1.6)
    canvas.line(2.4, 5.4, 4.6, 3)
    canvas.line(4.6, 3, 8.8, 8.4)


def _in_time(kit: Kit) -> list[Any]:
    timeline = kit.document.timeline
    if timeline is None:
        return []
    section, air = kit.root.add("Sect"), kit.sheet.air
    heading = kit.text(kit.words.in_time, "h2", section.add("H2"))
    caption = kit.text(timeline.caption, "small", section.add("P"))
    chart = Chart(timeline, kit.words, kit.ink, kit.sheet.column, air)
    figure = section.add("Figure", alt=kit.ink.line(timeline.summary))
    drawn = Drawn(chart.width, chart.height, chart.paint, figure)
    return [Together([heading, caption, space(3 + 3 * air), drawn, space(3 * air)])]


def _nothing(kit: Kit) -> list[Any]:
    """The truthful page of a visit that left nothing to show."""
    section = kit.root.add("Sect")
    kept = kit.document.notes_kept
    words = kit.words
    text = words.no_notes if not kept else words.notes_only_one if kept == 1 else words.notes_only.format(n=kept)
    return [space(6), kit.text(text, "body", section.add("P"))]
