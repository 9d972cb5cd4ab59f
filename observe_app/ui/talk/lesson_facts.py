"""What the Talk tab knows about the lesson beside its claims: names, views, links; computed once for each change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from observe_app.domain.answer import Absence
from observe_app.domain.errors import FormInvalid
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.record import VisitRecord
from observe_app.domain.show_when import shown_items
from observe_app.services import lesson_views, visits
from observe_app.services.item_words import happened, is_other, lesson_minutes, said
from observe_app.ui.i18n import absence_name, writing_language
from observe_app.ui.observe.words import item_names
from observe_app.ui.talk.note_filter import Around
from observe_app.ui.talk.source import Source, Sources
from observe_app.ui.talk.view_words import view_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.answer import Answer
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Evidence
    from observe_app.domain.form import Form, Item
    from observe_app.domain.visit import Visit
    from observe_app.services.item_words import Happened, ItemWords
    from observe_app.services.lesson_views import LessonView


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """One item of the form as Talk shows it.

    Attributes:
        label: its words. agreed: it belongs to the focus of an observed-led visit.
        levels: words of a rating's levels, () of other items. level: the one given, 0 without one.
        value: the answer in words, with its base where it is counted; the reason where there is none; "" while it is
            unanswered. comment: the observer's words beside it.
        sources: what it rests on. wants_evidence: it is a judgement, so that evidence is missed where there is none.
        counts: there is a value, and not only a reason for having none.
    """

    item: str
    label: str
    agreed: bool = False
    levels: tuple[str, ...] = ()
    level: int = 0
    value: str = ""
    comment: str = ""
    sources: tuple[Source, ...] = ()
    wants_evidence: bool = False
    counts: bool = False

    @property
    def is_answered(self) -> bool:
        """Whether there is anything to show: a value, a reason, words or evidence."""
        return bool(self.value or self.comment or self.sources)


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """What does not change while claims do.

    Attributes:
        form: as used, None without one or where it cannot be read. views: of the lesson's public events.
        by_id: every living event.
    """

    form: Form | None = None
    views: tuple[LessonView, ...] = ()
    by_id: Mapping[str, Event] = field(default_factory=dict)
    by_key: Mapping[str, LessonView] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    view_events: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def sources(self) -> Sources:
        """Where quotations find their words."""
        return Sources(self.by_id, self.by_key, self.names)

    def around(self, links: Sequence[Evidence]) -> Around:
        """Return what is known about each note beside its words."""
        items: dict[str, set[str]] = {}
        for link in links:
            if link.target_kind == "answer" and link.event_id:
                items.setdefault(link.event_id, set()).add(link.target_id)
        return Around(
            frozenset(link.event_id for link in links if link.event_id),
            {event_id: frozenset(found) for event_id, found in items.items()},
            self.view_events,
        )


def facts_of(visit: Visit, events: Sequence[Event]) -> LessonFacts:
    """Return what a lesson's events and form come to."""
    try:
        form = visits.form_of(visit)
    except FormInvalid:  # the notes are still there to be talked about; Observe says what is wrong with the form
        form = None
    record = VisitRecord(visit, events=tuple(events), form=form)
    views = lesson_views.views(record, view_words(), writing_language())
    return LessonFacts(
        form,
        views,
        {event.id: event for event in events if not event.deleted},
        {view.key: view for view in views},
        item_names(form),
        {view.key: frozenset(view.events) for view in views},
    )


def answer_facts(
    visit: Visit,
    facts: LessonFacts,
    answers: Mapping[str, Answer],
    links: Sequence[Evidence],
    yes_no: tuple[str, str],
) -> tuple[AnswerFacts, ...]:
    """Return the form's items in its order; those agreed on come first where the teacher leads.

    Args:
        visit: who leads it, and what was agreed.
        facts: of its lesson.
        answers: by item id.
        links: every link of the visit.
        yes_no: words of a check.
    """
    form = facts.form
    if form is None:
        return ()
    living = tuple(facts.by_id.values())
    found = happened(form, living, lesson_minutes(visit, living))
    words, shown = view_words(), shown_items(form, answers)
    agreed = frozenset(visit.agreed_items) if visit.led == "teacher" else frozenset()
    made = [
        _of_item(item, answers.get(item.id), found, facts, links, words, yes_no, agreed=item.id in agreed)
        for item in form.items
        if item.kind is not ItemKind.GUIDANCE and (item.id in shown or item.id in agreed)
    ]
    return tuple(sorted(made, key=lambda one: not one.agreed))


def _of_item(
    item: Item,
    answer: Answer | None,
    found: Happened,
    facts: LessonFacts,
    links: Sequence[Evidence],
    words: ItemWords,
    yes_no: tuple[str, str],
    *,
    agreed: bool,
) -> AnswerFacts:
    language = writing_language()
    mine = [link for link in links if link.target_kind == "answer" and link.target_id == item.id]
    levels = tuple(text_in(level.label, language) for level in item.levels) if item.kind is ItemKind.RATING else ()
    value = said(item, answer, found, words, language)
    level = 0
    given = answer.value if answer is not None else None
    if levels and isinstance(given, int) and 0 < given <= len(levels):
        level, value = given, levels[given - 1]
    elif item.kind is ItemKind.CHECK and given is not None:
        value = yes_no[0] if given == "yes" else yes_no[1]
    judged = bool(value) and item.kind in (ItemKind.RATING, ItemKind.CHECK)
    counts = bool(value)
    if not value and answer is not None and answer.absence not in (None, Absence.UNANSWERED):
        value = absence_name(answer.absence)
    return AnswerFacts(
        item.id,
        text_in(item.label, language) or item.id,
        agreed,
        levels,
        level,
        value,
        "" if answer is None or is_other(answer) else answer.comment.strip(),
        facts.sources.of([link.event_id for link in mine if not link.view], [link.view for link in mine if link.view]),
        wants_evidence=judged,
        counts=counts,
    )
