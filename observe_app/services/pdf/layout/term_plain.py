"""The comparison's layout of last resort: every word as plain paragraphs, which can split anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.services.charts.figures import date_of, says, spans_years
from observe_app.services.pdf.layout.pieces import space
from observe_app.services.pdf.term_document import Bullets, Heading, Heat, Multiples, Prose, Strips, TextTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from observe_app.services.pdf.layout.term_sheets import TermKit


def term_plain(kit: TermKit) -> list[Any]:
    """Return the whole comparison without tables or drawings."""
    section = kit.root.add("Sect")
    story: list[Any] = []
    head = kit.document.head
    for block in (kit.words.plain_hint, head.kind, head.title, *head.lines, head.confidential, *_blocks(kit)):
        story += kit.paragraphs(block, "body", section)
        story.append(space(4))
    return story


def _blocks(kit: TermKit) -> Iterator[str]:
    for part in kit.document.parts:
        match part:
            case Heading() | Prose():
                yield part.text
            case Bullets():
                yield from part.items
            case Multiples():
                yield from _courses(kit, part)
            case TextTable():
                yield " · ".join(part.heads)
                yield from (" · ".join(cell.text for cell in row if cell.text) for row in part.rows)
            case Strips():
                yield part.sheet.label
            case Heat():
                pass  # each of its visits stands in a table


def _courses(kit: TermKit, part: Multiples) -> Iterator[str]:
    visits = {visit.id: visit for visit in part.term.visits}
    year = spans_years(part.term.visits)
    for series in part.series:
        for mark in series.marks:
            if mark.visit_id in visits:
                yield says(series, mark, date_of(visits[mark.visit_id], kit.charts, year=year), kit.charts)
