"""What rests on which notes, and which notes may leave: the rules that every part of the document keeps to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.action_step import StepStatus
from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind

if TYPE_CHECKING:
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Claim
    from observe_app.domain.record import VisitRecord


def linked(record: VisitRecord, kind: str, target_id: str) -> tuple[str, ...]:
    """Return ids of the events that a "claim", an "answer" or a "step" rests on, in their order; views have none."""
    links = [
        link
        for link in record.evidence
        if link.target_kind == kind and link.target_id == target_id and link.event_id and not link.view
    ]
    return tuple(link.event_id for link in sorted(links, key=lambda link: (link.position, link.event_id)))


def behind(record: VisitRecord, claim: Claim) -> tuple[str, ...]:
    """Return ids of the events that a claim rests on, in their order."""
    return claim.evidence or linked(record, "claim", claim.id)


def views_behind(record: VisitRecord, claim: Claim) -> tuple[str, ...]:
    """Return keys of the views that a claim rests on, in their order."""
    if claim.views:
        return claim.views
    links = [link for link in record.evidence if link.target_kind == "claim" and link.target_id == claim.id]
    return tuple(link.view for link in sorted(links, key=lambda link: link.position) if link.view)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What may leave of a visit.

    Attributes:
        events: all that may be counted, by time; without private and deleted ones.
        notes: those of them whose words may be read. held: how many notes there are that may be counted.
        items: ids of the form's items that may be told, None for all.
        resting: ids of the events whose words may be read, None for all.
    """

    events: tuple[Event, ...]
    notes: tuple[Event, ...]
    held: int
    items: frozenset[str] | None = None
    resting: frozenset[str] | None = None

    @property
    def shown_events(self) -> tuple[Event, ...]:
        """The events with the words that may be read; the others as if nothing had been written beside them."""
        if self.resting is None:
            return self.events
        resting = self.resting
        return tuple(
            event if event.id in resting or not event.text else replace(event, text="") for event in self.events
        )

    def tells(self, item_id: str) -> bool:
        """Whether an item of the form may be told."""
        return self.items is None or item_id in self.items


def leaving(record: VisitRecord, *, with_notes: bool) -> Leaving:
    """Return what may leave: never a private event; all notes or only those that something rests on.

    In an observed-led visit only what the focus agreed is told: the agreed items, and the notes that a claim, a step
    or such an item rests on, whether or not notes go along.
    """
    led = record.visit.led == "teacher"
    events = tuple(
        sorted(
            (event for event in record.events if not event.private and not event.deleted),
            key=lambda event: (event.offset_ms, event.id),
        )
    )
    notes = [event for event in events if event.kind is EventKind.NOTE and event.text.strip()]
    items = frozenset(record.visit.agreed_items) if led else None
    if with_notes and not led:
        return Leaving(events, tuple(notes), len(notes), items)
    resting = _resting(record, items)
    kept = tuple(note for note in notes if note.id in resting)
    return Leaving(events, kept, len(kept) if led else len(notes), items, resting)


def without_ratings_evidence(record: VisitRecord) -> VisitRecord:
    """Return the record as if the form's ratings rested on nothing: what they rest on waits with them."""
    rated = (
        {item.id for item in record.form.items if item.kind is ItemKind.RATING} if record.form is not None else set()
    )
    kept = tuple(link for link in record.evidence if link.target_kind != "answer" or link.target_id not in rated)
    return replace(record, evidence=kept)


def _resting(record: VisitRecord, items: frozenset[str] | None) -> frozenset[str]:
    """Return ids of the events that what is told rests on."""
    alive = {claim.id for claim in record.claims if not claim.deleted}
    steps = {step.id for step in record.steps if not step.deleted and step.status is not StepStatus.DROPPED}
    steps |= {row.step.id for row in record.earlier_steps}
    found = {event_id for claim in record.claims if claim.id in alive for event_id in claim.evidence}
    for link in record.evidence:
        told = (
            (link.target_kind == "claim" and link.target_id in alive)
            or (link.target_kind == "step" and link.target_id in steps)
            or (link.target_kind == "answer" and (items is None or link.target_id in items))
        )
        if told and link.event_id:
            found.add(link.event_id)
    return frozenset(found)
