"""What the page after the first one says: moments, the form's answers, our conversation, room for a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, Flowable

from observe_app.services.pdf.layout.checklist import checklist
from observe_app.services.pdf.layout.conversation import after_the_lesson
from observe_app.services.pdf.layout.flowables import Drawn, Placed, number_disc
from observe_app.services.pdf.layout.pieces import MUTED, ROWS_TOGETHER, fits, table
from observe_app.services.pdf.layout.replies import earlier_replies
from observe_app.services.pdf.layout.reply_form import reply_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.services.pdf.document import Quote
    from observe_app.services.pdf.layout.pieces import Kit
    from observe_app.services.pdf.structure import Node

PAGE_ONE_FULL = 260.0
"""With less room than this below the chart, the second part begins on its own page."""


class SummaryEnd(Flowable):  # type: ignore[misc]  # ReportLab is untyped
    """Takes no room; marks where the summary ends."""

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Take nothing."""
        return 0.0, 0.0

    def draw(self) -> None:
        """Draw nothing."""


def page_two(kit: Kit) -> list[Any]:
    """Return the story after page one."""
    story: list[Any] = []
    story += _heard(kit)
    story += checklist(kit)
    story += after_the_lesson(kit)
    if kit.document.scope == "summary":
        story += earlier_replies(kit)
    story += reply_form(kit)
    return [CondPageBreak(PAGE_ONE_FULL), *story, SummaryEnd()] if story else [SummaryEnd()]


def _heard(kit: Kit) -> list[Any]:
    heard = kit.document.heard
    if not heard:
        return []
    section = kit.root.add("Sect")
    document, words = kit.document, kit.words
    quoted = any(claim.quotations for claim in document.claims)
    story = kit.heading(words.heard_also if quoted else words.heard, section, key="heard")
    listing = section.add("L")
    for start in range(0, len(heard), ROWS_TOGETHER):
        story += _heard_rows(kit, heard[start : start + ROWS_TOGETHER], listing)
    return story


def _heard_rows(kit: Kit, heard: Sequence[Quote], listing: Node) -> list[Any]:
    story: list[Any] = []
    rows: list[list[Any]] = []

    def flush() -> None:
        if rows:
            commands: list[tuple[Any, ...]] = [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 6),
                ("TOPPADDING", (0, 0), (-1, -1), 0.5 + 1.7 * kit.sheet.air),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0.9 + 2 * kit.sheet.air),
            ]
            story.append(table(list(rows), [20, 38, 34, kit.sheet.column - 92], commands, head=0))
            rows.clear()

    for quote in heard:
        item = listing.add("LI")
        label, body = item.add("Lbl"), item.add("LBody")
        back = kit.resting(quote.event, answers=False)
        if not fits(quote.text, quote.time, quote.speaker):
            flush()
            number = f"<b>{quote.number}</b>  " if quote.number else ""
            lead = f"{number}{kit.markup(quote.time)}  {kit.markup(quote.speaker)}  {back}"
            story.append(_placed(kit, quote, kit.marked(lead, "time", label)))
            story += kit.paragraphs(quote.text, "quote", body)
            continue
        more = f'&nbsp;&nbsp; <font size="7.8" color="{MUTED}">{back}</font>' if back else ""
        rows.append(
            [
                Drawn(13, 11.6 + 1.4 * kit.sheet.air, number_disc(quote.number, 5.8), label) if quote.number else "",
                _placed(kit, quote, kit.marked(kit.time_of(quote.time, _elsewhere(kit, quote)), "time", body.add("P"))),
                kit.text(quote.speaker, "cell_strong", body.add("P")),
                kit.marked(kit.markup(quote.text) + more, "quote", body.add("P")),
            ]
        )
    flush()
    return story


def _elsewhere(kit: Kit, quote: Quote) -> str:
    """Return the event where its note stands in another place than here."""
    return "" if kit.book.quoted_at(quote.event) else quote.event


def _placed(kit: Kit, quote: Quote, child: Any) -> Any:
    place = kit.book.quoted_at(quote.event)
    return Placed(child, place) if place else child
