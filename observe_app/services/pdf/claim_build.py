"""Strengths, growth areas and questions with what they rest on: quotations, views, and what was answered to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.evidence import ClaimKind
from observe_app.services.pdf import after_build
from observe_app.services.pdf.dates import clock
from observe_app.services.pdf.document import Claim, Quote, ViewLine
from observe_app.services.pdf.rests import behind, views_behind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Claim as DomainClaim
    from observe_app.domain.record import VisitRecord
    from observe_app.services.lesson_views import LessonView
    from observe_app.services.pdf.rests import Leaving
    from observe_app.services.pdf.words import Words

MAX_QUOTATIONS = 2
"""Notes quoted below one claim, starred ones first; further ones stand where their times lead."""
KINDS = (ClaimKind.STRENGTH, ClaimKind.GROWTH, ClaimKind.QUESTION)
"""The order of reading, in which claims are numbered."""


def quote_of(event: Event, numbers: Mapping[str, int]) -> Quote:
    """Return a note as it is quoted."""
    return Quote(clock(event.offset_ms), who(event), event.text, numbers.get(event.id, 0), event.id)


def who(note: Event) -> str:
    """Return who speaks, and to whom where that was written."""
    return f"{note.speaker}→{note.to}" if note.to else note.speaker


def claims_of(
    record: VisitRecord, told: Leaving, numbers: Mapping[str, int], language: str, words: Words
) -> dict[ClaimKind, tuple[Claim, ...]]:
    """Return the claims by kind, each in its order, numbered through all kinds.

    Args:
        record: the visit.
        told: what may leave of it.
        numbers: numbers of starred notes by event id.
        language: of the form's texts.
        words: fixed words.
    """
    found = {
        kind: sorted(
            (claim for claim in record.claims if claim.kind is kind and not claim.deleted),
            key=lambda claim: (claim.position, claim.id),
        )
        for kind in KINDS
    }
    maker = _Maker(record, told, numbers, language, words)
    order = {claim.id: number for number, claim in enumerate((one for kind in KINDS for one in found[kind]), start=1)}
    return {kind: tuple(maker.claim(claim, order[claim.id]) for claim in found[kind]) for kind in KINDS}


class _Maker:
    def __init__(
        self, record: VisitRecord, told: Leaving, numbers: Mapping[str, int], language: str, words: Words
    ) -> None:
        self.record, self.numbers, self.words = record, numbers, words
        self.by_id = {event.id: event for event in told.events}
        self.readable = {event.id for event in told.notes}
        self.views = _views(record, told, language, words)

    def claim(self, claim: DomainClaim, number: int) -> Claim:
        linked = behind(self.record, claim)
        shown = [self.by_id[event] for event in linked if event in self.readable]
        chosen = sorted(shown, key=lambda event: not event.starred)[:MAX_QUOTATIONS]
        further = [event for event in shown if event not in chosen]
        keys = views_behind(self.record, claim)
        lines = tuple(self._line(self.views[key]) for key in keys if key in self.views)
        return Claim(
            claim.title,
            claim.text,
            tuple(quote_of(event, self.numbers) for event in shown if event in chosen),
            self._remark(claim, rests=bool(linked or keys), shown=bool(shown or lines), further=further),
            claim.id,
            number,
            tuple(quote_of(event, self.numbers) for event in further),
            lines,
            after_build.points(self.record, claim.id),
        )

    def _remark(self, claim: DomainClaim, *, rests: bool, shown: bool, further: list[Event]) -> str:
        if not rests:
            # a question may well stand alone; a judgement that rests on nothing says so
            return "" if claim.kind is ClaimKind.QUESTION else self.words.no_evidence
        if not shown:
            return self.words.evidence_elsewhere
        times = ", ".join(clock(event.offset_ms) for event in further)
        return self.words.also_at.format(times=times) if times else ""

    def _line(self, view: LessonView) -> ViewLine:
        found = sorted(self.by_id[event].offset_ms for event in view.events if event in self.by_id)
        return ViewLine(view.key, view.text, tuple(clock(offset) for offset in found))


def _views(record: VisitRecord, told: Leaving, language: str, words: Words) -> dict[str, LessonView]:
    """Return the views that claims rest on, computed without anything that may not leave."""
    if not any(views_behind(record, claim) for claim in record.claims):
        return {}
    from observe_app.services.lesson_views import views_by_key  # noqa: PLC0415  (few claims rest on a view)

    return views_by_key(replace(record, events=told.events), words.items, language)
