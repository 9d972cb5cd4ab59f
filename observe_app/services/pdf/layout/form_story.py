"""The story of a printed form: head, sections, sheets on their side where they are asked for, room for notes."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, NextPageTemplate, PageBreak, Spacer

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.flowables import height_of
from observe_app.services.pdf.layout.form_grids import checks, in_table, rings, rubric, same_table
from observe_app.services.pdf.layout.form_head import head, section_head
from observe_app.services.pdf.layout.form_interval import code_key, hint, pages
from observe_app.services.pdf.layout.form_items import alone, tallies, timers
from observe_app.services.pdf.layout.form_kit import bare, beside, long_head, turned
from observe_app.services.pdf.layout.form_plain import plain_item
from observe_app.services.pdf.layout.form_room import Chosen, Lying, ahead, beginning, can_be_set, room_of
from observe_app.services.pdf.layout.pieces import ROWS_TOGETHER, space, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from observe_app.services.pdf.form_document import PaperItem, PaperSection
    from observe_app.services.pdf.layout.form_kit import FormKit
    from observe_app.services.pdf.structure import Node

FIRST, LATER, WIDE = "first", "later", "wide"
_NOTE_ROW = 23.0
_BEFORE_NOTES = 16.0
_ENOUGH_FOR_NOTES = 0.55
"""Share of a page that must be empty for the notes to begin on it; less is too little for a lesson."""
_MOST = 520.0
"""The most points that a heading claims for itself and what stays with it."""
_MOST_OPENING = 0.4
"""Share of a sheet that may be words above its grid."""


def form_story(kit: FormKit) -> list[Any]:
    """Return the whole form."""
    story = head(kit)
    blocks = [_section(kit, section) for section in kit.document.sections]
    blocks = [block for block in [*blocks, about(kit)] if block]
    while blocks:
        block = blocks.pop(0)
        last = block[-1]
        story += _spread(block[:-1])
        if isinstance(last, Lying):
            upright = list(takewhile(_is_upright, blocks))
            del blocks[: len(upright)]
            story.append(ahead(last, upright, kit.sheet.column))
        else:
            story.append(last)
    return [*story, _notes(kit)] if kit.document.use == "lesson" else story


def _is_upright(block: list[Any]) -> bool:
    return not any(isinstance(part, Lying) for part in block)


def _spread(block: list[Any]) -> list[Any]:
    return [one for part in block for one in (part if isinstance(part, Lying) else [part])]


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
        if made and not story:
            claimed = height_of(said, kit.sheet.column, None) + beginning(made, kit.sheet.column)
            story += [CondPageBreak(min(claimed, _MOST)), *said]
        story += made
    return story or said


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
    """Return items that share one table; what is higher than a page is set item by item, without a table at last."""
    begun = len(node.children)
    made = _made(kit, run, node)
    if can_be_set(made, kit.sheet.column, room_of(kit.sheet)):
        return made
    del node.children[begun:]
    if len(run) > 1:
        return [part for item in run for part in _run(kit, [item], node)]
    return [space(6), *plain_item(kit, run[0], node), space(4)]


def _made(kit: FormKit, run: list[PaperItem], node: Node) -> list[Any]:
    if run[0].kind == "timer":
        return timers(kit, run, node)
    make = {"tally": tallies, "check": checks, "rings": rings, "rubric": rubric}.get(_table_of(kit, run[0]))
    if make is None:
        return [part for item in run for part in alone(kit, item, node)]
    made = make(kit, run, node)
    return [CondPageBreak(min(beginning([made], kit.sheet.column), _MOST)), made, space(5)]


def _table_of(kit: FormKit, item: PaperItem) -> str:
    return item.kind if item.kind == "tally" else in_table(kit, item)


def _sheet(kit: FormKit, item: PaperItem, node: Node, before: list[Any]) -> list[Any]:
    """Return an interval sheet on pages that lie on their side, and the meaning of its codes after it."""
    wide = replace(kit, sheet=turned(kit.sheet))
    part = node.add("Div")
    said = [*wide.label(item, part), *wide.paragraphs(hint(wide, item), "small", part)]
    opening = [*before, beside(wide, item, said, part), space(5)]
    room = room_of(wide.sheet)
    upright: list[Any] = []
    if height_of(opening, wide.sheet.column, None) > room * _MOST_OPENING:
        # what is said is too much for the sheet: it stands before it, and the sheet has the grid alone
        upright, opening = [*before, *long_head(item, said)], []
    left = room - height_of(opening, wide.sheet.column, None)
    story = Lying([NextPageTemplate(WIDE), PageBreak(), *opening])
    for at, grid in enumerate(pages(wide, item, part, left, room)):
        if at:
            story.append(PageBreak())
        story.append(grid)
    story += [NextPageTemplate(LATER), PageBreak(), *code_key(kit, item, part)]
    return [*upright, story]


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


def _notes(kit: FormKit) -> Chosen:
    """Return room for notes with their time: what is left of a page that is mostly empty, else a page."""
    own, sheet = kit.own, kit.sheet
    section = kit.root.add("Sect")
    opening = [
        kit.text(own.notes, "h2_plain", section.add("H2")),
        space(2),
        kit.text(own.notes_hint, "small", section.add("P")),
        space(6),
    ]
    heads = section.add("Table").add("TBody").add("TR")
    words = [kit.text(word, "th", heads.add("TH", scope="Column")) for word in (own.time, own.who, own.happened)]

    def lines(room: float) -> Any:
        free = room - height_of(opening, sheet.column, None) - 16
        rows: list[list[Any]] = [words, *([Spacer(1, _NOTE_ROW), "", ""] for _row in range(int(free // _NOTE_ROW)))]
        return table(rows, [52.0, 46.0, sheet.column - 98], [
            *bare(),
            ("BOTTOMPADDING", (0, 0), (-1, 0), 3),
            ("LINEBELOW", (0, 0), (-1, 0), 1.1, look.INK),
            ("LINEBELOW", (0, 1), (-1, -1), 0.6, look.TEAL),
        ])  # fmt: skip

    def choose(left: float) -> list[Any]:
        full = room_of(sheet)
        if left >= full * _ENOUGH_FOR_NOTES:
            return [space(_BEFORE_NOTES), *opening, lines(left - _BEFORE_NOTES - 2)]
        return [NextPageTemplate(LATER), PageBreak(), *opening, lines(full)]

    return Chosen(choose)
