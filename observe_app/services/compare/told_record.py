"""A visit's record with nothing in it that its reader may not be told, to be counted, compared and exported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence
from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind
from observe_app.services.item_words import ItemWords, figure, is_other, options_in_words
from observe_app.services.page_answers import yes_and_no

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

    Of a released visit: notes whose words were released, other events of the items that were, all of them as they were
    then, without words beside them that were not; answers as they were released. Claims, the conversation, replies and
    the journal stay behind: a comparison has no use for them.
    """
    shown = record.events if told.events is None else told.events
    events = tuple(event for event in shown if not event.private and not event.deleted)
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
    """Return an answer as it was released: a level or a yes as told, nothing where it says something else now."""
    was: ToldItem = told.items[answer.item]
    comment = answer.comment if is_other(answer) else was.comment
    if was.kind == "rating" and was.level is not None and item is not None and item.kind is ItemKind.RATING:
        if was.level < len(item.levels):
            return replace(answer, value=item.levels[was.level].number, absence=None, comment=comment)
    elif was.kind == "check" and was.answer:
        yes, no = yes_and_no(told.language)
        value = {yes: "yes", no: "no"}.get(was.answer)
        return replace(answer, value=value, absence=None if value else Absence.UNANSWERED, comment=comment)
    elif answer.value is not None and not _says(answer, item, was.answer, told.language):
        return replace(answer, value=None, absence=Absence.UNANSWERED, comment="")
    return replace(answer, comment=comment)


def _says(answer: Answer, item: Item | None, told: str, language: str) -> bool:
    """Whether an answer still says what was told of it."""
    if not told or item is None or item.kind not in {ItemKind.CHOICE, ItemKind.CHOICES, ItemKind.NUMBER, ItemKind.TEXT}:
        return bool(told)
    if item.kind is ItemKind.NUMBER:
        return isinstance(answer.value, (int, float)) and says_number(answer.value, told)
    if item.kind is ItemKind.TEXT:
        return str(answer.value) == told
    if is_other(answer):  # what stands around the observer's own words is of the page's language
        return answer.comment.strip() in told
    return options_in_words(item, answer, ItemWords(), language) == told


def says_number(value: float, told: str) -> bool:
    """Whether the words of a page say this number, whatever sign parts its decimals."""
    return any(figure(value, point=point) in told.split() for point in ".,")
