"""The story of a printed form: head, sections, sheets on their side where they are asked for, room for notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, NextPageTemplate, PageBreak, Spacer

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import Together, height_of
from observe_app.services.pdf.layout.form_grids import checks, in_table, rings, rubric, same_table
from observe_app.services.pdf.layout.form_head import head, section_head
from observe_app.services.pdf.layout.form_interval import code_key, hint, pages
from observe_app.services.pdf.layout.form_items import alone, tallies, timers
from observe_app.services.pdf.layout.form_kit import bare, beside, turned
from observe_app.services.pdf.layout.pieces import ROWS_TOGETHER, space, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.services.pdf.form_document import PaperItem, PaperSection
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node

FIRST, LATER, WIDE = "first", "later", "wide"
_NOTE_ROW = 23.0
_EDGE = 2.0
_BEGINS, _MOST = 170.0, 520.0
"""Points of a table that stay with the heading above it, and the most that a heading claims."""


def form_story(kit: FormKit) -> list[Any]:
    """Return the whole form."""
    story = head(kit)
    for section in kit.document.sections:
        story += _section(kit, section)
    story += about(kit)
    return story + _notes(kit) if kit.document.use == "lesson" else story


def _section(kit: FormKit, section: PaperSection) -> list[Any]:
    node = kit.root.add("Sect")
    said = section_head(kit, section.title, section.place, node)
    if section.condition:
        said += kit.paragraphs(section.condition, "only_if", node)
    said += kit.paragraphs(section.help, "small", node)
    story: list[Any] = []
    for run in runs(kit, section.items):
        first = run[0]
        if first.kind == "interval":
            # a heading goes with its sheet onto the page that lies on its side
            story += _sheet(kit, first, node, [] if story else said)
            continue
        made = _run(kit, run, node)
        if not story:
            story += [CondPageBreak(_with_first(kit, said, made)), *said]
        story += made
    return story or said


def _with_first(kit: FormKit, said: list[Any], made: list[Any]) -> float:
    """Return the height of a section's heading and of what must not be parted from it."""
    width = kit.sheet.column
    held = made[0] if isinstance(made[0], Together) else None
    first = height_of(held.parts, width, None) if held else min(height_of(_plain(made), width, None), _BEGINS)
    return min(height_of(said, width, None) + first, _MOST)


def _plain(made: list[Any]) -> list[Any]:
    return [part for part in made if not isinstance(part, CondPageBreak | Together)]


def runs(kit: FormKit, items: Sequence[PaperItem]) -> Iterator[list[PaperItem]]:
    """Yield the items in order, those together that share one table."""
    current: list[PaperItem] = []
    for item in items:
        if current and not (_joins(kit, current[-1], item) and len(current) < ROWS_TOGETHER):
            yield current
            current = []
        current.append(item)
    if current:
        yield current


def _joins(kit: FormKit, before: PaperItem, item: PaperItem) -> bool:
    if item.kind == before.kind and item.kind in {"timer", "tally"}:
        return item.group == before.group
    kind = in_table(kit, item)
    return bool(kind) and kind == in_table(kit, before) and same_table(before, item)


def _run(kit: FormKit, run: list[PaperItem], node: Node) -> list[Any]:
    if run[0].kind == "timer":
        return timers(kit, run, node)
    if run[0].kind == "tally":
        return [CondPageBreak(90), tallies(kit, run, node), space(5)]
    make = {"check": checks, "rings": rings, "rubric": rubric}.get(in_table(kit, run[0]))
    if make is None:
        return [part for item in run for part in alone(kit, item, node)]
    made = make(kit, run, node)
    return [CondPageBreak(90), made, space(5)]


def _sheet(kit: FormKit, item: PaperItem, node: Node, before: list[Any]) -> list[Any]:
    """Return an interval sheet on pages that lie on their side, and the meaning of its codes after it."""
    wide = replace(kit, sheet=turned(kit.sheet))
    part = node.add("Div")
    said = [*wide.label(item, part), wide.text(hint(wide, item), "small", part.add("P"))]
    opening = [*before, beside(wide, item, said, part), space(5)]
    room = wide.sheet.height - wide.sheet.foot - wide.sheet.head - _EDGE
    left = room - height_of(opening, wide.sheet.column, None)
    story: list[Any] = [NextPageTemplate(WIDE), PageBreak(), *opening]
    for at, grid in enumerate(pages(wide, item, part, max(left, room / 2), room)):
        if at:
            story.append(PageBreak())
        story.append(grid)
    return [*story, NextPageTemplate(LATER), PageBreak(), *code_key(kit, item, part)]


def about(kit: FormKit) -> list[Any]:
    """Return source, licence and citation in full, where the foot of the page had to cut them."""
    document = kit.document
    told = [text for text in (document.source, document.licence, document.citation) if text]
    if not told or foot_fits(kit):
        return []
    section = kit.root.add("Sect")
    story: list[Any] = [CondPageBreak(70), space(10), kit.text(kit.own.about, "h3", section.add("H2"))]
    for text in told:
        story += kit.paragraphs(text, "small", section)
    return story


def foot_line(kit: FormKit) -> str:
    """Return source, licence and citation as one line."""
    document = kit.document
    return " · ".join(kit.ink.line(text) for text in (document.source, document.licence, document.citation) if text)


def foot_fits(kit: FormKit) -> bool:
    """Whether that line fits below every page."""
    return fonts.width(foot_line(kit), fonts.REGULAR, 7.4) <= kit.sheet.column


def _notes(kit: FormKit) -> list[Any]:
    """Return one page for notes with their time."""
    own, sheet = kit.own, kit.sheet
    section = kit.root.add("Sect")
    opening = [
        kit.text(own.notes, "h2_plain", section.add("H2")),
        space(2),
        kit.text(own.notes_hint, "small", section.add("P")),
        space(6),
    ]
    room = sheet.height - sheet.foot - sheet.head - height_of(opening, sheet.column, None) - _EDGE - 16
    heads = section.add("Table").add("THead").add("TR")
    rows: list[list[Any]] = [
        [kit.text(word, "th", heads.add("TH", scope="Column")) for word in (own.time, own.who, own.happened)]
    ]
    rows += [[Spacer(1, _NOTE_ROW), "", ""] for _row in range(int(room // _NOTE_ROW))]
    made = table(rows, [52.0, 46.0, sheet.column - 98], [
        *bare(),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
        ("LINEBELOW", (0, 0), (-1, 0), 1.1, look.INK),
        ("LINEBELOW", (0, 1), (-1, -1), 0.6, look.TEAL),
    ])  # fmt: skip
    return [NextPageTemplate(LATER), PageBreak(), *opening, made]
