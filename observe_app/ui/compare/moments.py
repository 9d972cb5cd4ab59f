"""A moment of a lesson as the note that stands there: what a click on a mark leads to, and what is quoted beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.services import visits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.event import Event
    from observe_app.domain.record import VisitRecord
    from observe_app.services.core import Core

NEAR_MS = 60_000
"""A note further away than this is about something else."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A note in a few words."""

    event_id: str
    at_ms: int
    speaker: str
    text: str


def event_at(core: Core, visit_id: str, at_ms: int) -> str:
    """Return the id of the note nearest to a moment of a visit, "" without any.

    Raises:
        NotFound: no such visit.
    """
    record = visits.load_record(core, visit_id)
    found = _nearest(record.events, at_ms)
    return found.id if found is not None else ""


def quoted(record: VisitRecord, item: str, at_ms: int | None) -> Quoted | None:
    """Return what an answer rests on, else the note near a moment; None where there is neither. Never a private one."""
    linked = [link.event_id for link in record.evidence if link.target_kind == "answer" and link.target_id == item]
    events = {event.id: event for event in _notes(record.events)}
    found = next((events[event_id] for event_id in linked if event_id in events), None)
    if found is None and at_ms is not None:
        near = _nearest(events.values(), at_ms)
        found = near if near is not None and abs(near.offset_ms - at_ms) <= NEAR_MS else None
    return Quoted(found.id, found.offset_ms, found.speaker, found.text) if found is not None else None


def _notes(events: Iterable[Event]) -> list[Event]:
    return [one for one in events if one.kind is EventKind.NOTE and one.text and not one.deleted and not one.private]


def _nearest(events: Iterable[Event], at_ms: int) -> Event | None:
    return min(_notes(events), key=lambda event: (abs(event.offset_ms - at_ms), event.offset_ms), default=None)
