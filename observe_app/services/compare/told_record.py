"""A visit's record with nothing in it that its reader may not be told, to be counted, compared and exported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence
from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind

if TYPE_CHECKING:
    from observe_app.domain.answer import Answer
    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.domain.record import VisitRecord
    from observe_app.services.compare.audience import Told, ToldItem

_OF_THE_LESSON = frozenset({EventKind.PHASE, EventKind.PAUSE, EventKind.RESUME, EventKind.GAP})
"""What says where the lesson was; without it no length can be told."""


def told_record(record: VisitRecord, told: Told) -> VisitRecord:
    """Return a record as it may be told: never a private or deleted event.

    Of a released visit: notes whose words were released, other events of the items that were, without words beside them
    that were not; answers as they were released. Claims, the conversation, replies and the journal stay behind: a
    comparison has no use for them.
    """
    events = tuple(event for event in record.events if not event.private and not event.deleted)
    answers = record.answers
    if not told.whole:
        events = tuple(_event(event, told) for event in events if _is_told(event, told))
        items = {item.id: item for item in record.form.items} if record.form is not None else {}
        answers = tuple(_answer(one, items.get(one.item), told) for one in answers if told.tells(one.item))
    visit = replace(record.visit, preparation="", conversation="", context="", video_consent="")
    return replace(
        record, visit=visit, events=events, answers=answers, claims=(), evidence=(), steps=(), turns=(), replies=(),
        readers=(), earlier_steps=(),
    )  # fmt: skip


def _is_told(event: Event, told: Told) -> bool:
    if event.kind is EventKind.NOTE:
        return event.id in told.notes
    return event.kind in _OF_THE_LESSON or told.tells(event.item)


def _event(event: Event, told: Told) -> Event:
    """Return an event without words that were not released; the name of a phase is no note."""
    if event.id in told.notes or not event.text or event.kind is EventKind.PHASE or told.with_notes:
        return event
    return replace(event, text="")


def _answer(answer: Answer, item: Item | None, told: Told) -> Answer:
    """Return an answer as it was released: a level as it was told, nothing where nothing was."""
    was: ToldItem = told.items[answer.item]
    if was.kind == "rating" and was.level is not None and item is not None and item.kind is ItemKind.RATING:
        if was.level < len(item.levels):
            return replace(answer, value=item.levels[was.level].number, absence=None)
    elif answer.value is not None and not was.answer:
        return replace(answer, value=None, absence=Absence.UNANSWERED, comment="")
    return answer
