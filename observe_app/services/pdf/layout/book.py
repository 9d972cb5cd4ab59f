"""Where notes stand in one rendering, and what rests on them: what links lead to, there and back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.services.pdf.document import ReportDocument


@dataclass(frozen=True, slots=True)
class Book:
    """Places by what they are places of.

    Attributes:
        stands: event id to the place of its note; a note that is not printed has none.
        claims: event id to the numbers of the claims that rest on it.
        answers: event id to the places and labels of the answers that rest on it.
        answer_places: item id to the place of its answer. rows: events that the list of notes holds.
    """

    stands: dict[str, str] = field(default_factory=dict)
    claims: dict[str, tuple[int, ...]] = field(default_factory=dict)
    answers: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    answer_places: dict[str, str] = field(default_factory=dict)
    rows: frozenset[str] = frozenset()

    def quoted_at(self, event: str) -> str:
        """Return the place that a quotation of this note is, "" where the note stands elsewhere."""
        return "" if event in self.rows else self.stands.get(event, "")


def book_of(document: ReportDocument) -> Book:
    """Return the places of a rendering: in the full record a note stands in the list of notes, else as a quotation."""
    rows = document.notes if document.scope == "record" else ()
    book = Book(rows=frozenset(row.event for row in rows if row.event))
    every = [*(quote for claim in document.claims for quote in claim.quotations), *document.heard]
    for event in (*(row.event for row in rows), *(quote.event for quote in every)):
        if event and event not in book.stands:
            book.stands[event] = f"note-{len(book.stands) + 1}"
    for number, claim in enumerate(document.claims, start=1):
        for quote in (*claim.quotations, *claim.further):
            known = book.claims.get(quote.event, ())
            if quote.event and number not in known:
                book.claims[quote.event] = (*known, number)
    for item in (item for section in document.checklist for item in section.items):
        place = f"answer-{len(book.answer_places) + 1}"
        if item.id and item.rests and item.id not in book.answer_places:
            book.answer_places[item.id] = place
            for event in item.rests:
                book.answers[event] = (*book.answers.get(event, ()), (place, item.label))
    return book
