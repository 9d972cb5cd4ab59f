"""From a visit's record to the feedback document: what is said, in which words, and what is left out.

Private events never get in, not even as a count. A part without content is left out, except where its absence is
the message (a claim that rests on nothing, an item without an answer).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from observe_app.domain.event import EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.form import text_in
from observe_app.domain.release import once_each
from observe_app.services.item_words import happened, lesson_minutes
from observe_app.services.pdf import after_build
from observe_app.services.pdf.answers import Proof, checklist
from observe_app.services.pdf.claim_build import claims_of, quote_of, who
from observe_app.services.pdf.dates import clock, date_label, day_and_time, when
from observe_app.services.pdf.document import NoteRow, ReportDocument
from observe_app.services.pdf.rests import leaving, linked
from observe_app.services.pdf.sheet_tables import sheets
from observe_app.services.pdf.timeline import figures, item_figures, timeline
from observe_app.services.pdf.words import page_language, words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from observe_app.domain.event import Event
    from observe_app.domain.form import Form
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import Visit
    from observe_app.services.item_words import Happened
    from observe_app.services.pdf.document import ChecklistSection, Claim, Figure, Paper, Quote, Scope
    from observe_app.services.pdf.rests import Leaving
    from observe_app.services.pdf.words import Words

__all__ = ["ReleasedAs", "build_feedback", "clock", "released_words"]


class ReleasedAs(NamedTuple):
    """What a released revision carries on its pages.

    Attributes:
        number: 1 for the first. id: of the release. released: when, in words (`released_words`). revised: the same
            moment as ISO 8601 in UTC.
    """

    number: int
    id: str
    released: str
    revised: str


def released_words(moment: datetime, zone: str, language: str) -> str:
    """Return an aware moment as the pages say it: "12 March 2026, 16:02" on the clock of the visit's zone."""
    return day_and_time(moment, zone, words_for(language))


def build_feedback(
    record: VisitRecord,
    *,
    paper: Paper = "A4",
    language: str = "en",
    purpose_line: str = "",
    scope: Scope = "summary",
    with_notes: bool = False,
    school: str = "",
    readers: Sequence[str] | None = None,
    release: ReleasedAs | tuple[int, str, str, str] | None = None,
    why: str = "",
    changes: Sequence[str] = (),
    next_visit: Visit | None = None,
    earlier: Sequence[VisitRecord] = (),
) -> ReportDocument:
    """Return what the teacher will read about this visit.

    Args:
        record: the whole visit; its private events are left out here.
        paper: sheet to print on.
        language: of form texts and fixed words, e.g. "en-GB"; English for one that the pages do not speak.
        purpose_line: the school's own line on what feedback is for; "" for none.
        scope: what the pages show; the document holds everything in both cases.
        with_notes: whether every note that is not private leaves, or only those that something rests on.
        school: its name.
        readers: names of those who may read it, the teacher first; None takes the teacher and those the record names.
        release: the revision, None for a draft that nobody but its author reads.
        why: of a correction, what the author said.
        changes: what differs from the revision before, in sentences.
        next_visit: the visit that `record.visit.next_visit_id` names.
        earlier: earlier visits of the two with the same form that were released, the earliest first; levels and
            figures are compared with them.
    """
    language = page_language(language)
    words = words_for(language)
    told = leaving(record, with_notes=with_notes)
    made = _after(_lesson(record, told, earlier, language, words), record, told, next_visit, words)
    given = ReleasedAs(*release) if release is not None else None
    if given is not None:
        made = replace(
            made,
            revision=given.number,
            release_id=given.id,
            released=given.released,
            revised=given.revised,
            status="released",
            reply_form=True,
        )
    return replace(
        made,
        paper=paper,
        purpose_line=purpose_line,
        scope=scope,
        with_notes=with_notes and not made.observed_led,
        school=school,
        readers=_readers(record, readers),
        why=why,
        changes=tuple(changes),
    )


def _lesson(
    record: VisitRecord, told: Leaving, earlier: Sequence[VisitRecord], language: str, words: Words
) -> ReportDocument:
    """Return the draft of what was seen in the lesson and drawn from it."""
    visit, led = record.visit, record.visit.led == "teacher"
    numbers = _numbers(told)
    claims = claims_of(record, told, numbers, language, words)
    answered = _checklist(record, told, earlier, language, words)
    found = _happened(record, told.events)
    return ReportDocument(
        visit_id=visit.id,
        revision=0,
        teacher=visit.teacher,
        observer=visit.observer,
        class_line=visit.class_line,
        when=when(visit, words),
        date_label=date_label(visit, words),
        visit_label=words.visit_of.format(number=record.number, visits=record.visits) if record.visits > 1 else "",
        confidential_for=visit.teacher,
        focus=visit.focus,
        looking_for=visit.looking_for,
        figures=() if led else _figures(record, told, answered, found, earlier, language, words),
        strengths=claims[ClaimKind.STRENGTH],
        growth=claims[ClaimKind.GROWTH],
        questions=claims[ClaimKind.QUESTION],
        timeline=None if led else timeline(visit, told.events, _counted_notes(told), numbers, words),
        heard=_heard(told, numbers, claims.values()),
        form_title=text_in(record.form.title, language) if record.form is not None and answered else "",
        checklist=answered,
        notes=tuple(_note_row(note) for note in told.notes),
        notes_kept=told.held,
        language=language,
        observed_led=led,
        sheets=sheets(record, told, found, language, words),
    )


def _after(
    draft: ReportDocument, record: VisitRecord, told: Leaving, next_visit: Visit | None, words: Words
) -> ReportDocument:
    """Return the draft with what came after the lesson."""
    by_id, numbers = {event.id: event for event in told.events}, _numbers(told)
    return replace(
        draft,
        steps=after_build.steps(record, words),
        conversation=record.visit.conversation,
        turns=after_build.turns(record, draft.language, words),
        talk_when=after_build.talk_when(record.visit, words),
        earlier_steps=after_build.earlier_steps(record, by_id, lambda event: quote_of(event, numbers), words),
        next_visit=after_build.next_visit(record, next_visit, words),
        replies=after_build.replies(record, words),
        revised=_revised(record),
    )


def _numbers(told: Leaving) -> dict[str, int]:
    """Return the numbers of the starred notes that may be read, by event id."""
    return {note.id: number for number, note in enumerate((one for one in told.notes if one.starred), start=1)}


def _readers(record: VisitRecord, given: Sequence[str] | None) -> tuple[str, ...]:
    if given is not None:
        return tuple(given)
    return once_each((record.visit.teacher, *after_build.readers(record)))


def _counted_notes(told: Leaving) -> list[Event]:
    """Return the notes that may be counted, whether or not their words leave."""
    return [event for event in told.events if event.kind is EventKind.NOTE and event.text.strip()]


def _happened(record: VisitRecord, events: Sequence[Event]) -> Happened | None:
    if record.form is None:
        return None
    return happened(record.form, events, lesson_minutes(record.visit, events))


def _figures(
    record: VisitRecord,
    told: Leaving,
    answered: Sequence[ChecklistSection],
    found: Happened | None,
    earlier: Sequence[VisitRecord],
    language: str,
    words: Words,
) -> tuple[Figure, ...]:
    first: tuple[Figure, ...] = ()
    if record.form is not None and found is not None:
        before = [pair for then in _comparable(record, earlier) if (pair := _then(then)) is not None]
        first = item_figures(record.form, found, language, words, before)
    return figures(record.visit, _counted_notes(told), answered, words, told.events, first)


def _comparable(record: VisitRecord, earlier: Sequence[VisitRecord]) -> list[VisitRecord]:
    """Return the earlier visits that used the same form and were not observed-led."""
    return [
        then
        for then in earlier
        if then.form is not None
        and record.form is not None
        and then.form.id == record.form.id
        and then.visit.led != "teacher"
    ]


def _then(record: VisitRecord) -> tuple[Form, Happened] | None:
    found = _happened(record, leaving(record, with_notes=False).events)
    return None if record.form is None or found is None else (record.form, found)


def _revised(record: VisitRecord) -> str:
    """Return the latest moment that the record tells: same record, same answer."""
    visit = record.visit
    moments = [visit.created, visit.started, visit.ended, visit.talk_ended, *(answer.at for answer in record.answers)]
    moments += [event.wall for event in record.events if not event.private and not event.deleted]
    moments += [turn.at for turn in record.turns] + [reply.at for reply in record.replies]
    known = [moment.astimezone(UTC) for moment in moments if moment is not None]
    return max(known).isoformat() if known else ""


def _heard(told: Leaving, numbers: dict[str, int], claims: Iterable[tuple[Claim, ...]]) -> tuple[Quote, ...]:
    """Return the starred notes, and those that a claim rests on, that no claim quotes: each note is printed once."""
    every = [claim for kind in claims for claim in kind]
    quoted = {quote.event for claim in every for quote in claim.quotations}
    further = {quote.event for claim in every for quote in claim.further}
    return tuple(
        quote_of(note, numbers) for note in told.notes if note.id not in quoted and (note.starred or note.id in further)
    )


def _note_row(note: Event) -> NoteRow:
    return NoteRow(clock(note.offset_ms), who(note), note.text, note.tags, note.starred, note.id)


def _checklist(
    record: VisitRecord, told: Leaving, earlier: Sequence[VisitRecord], language: str, words: Words
) -> tuple[ChecklistSection, ...]:
    if record.form is None:
        return ()
    times = {event.id: clock(event.offset_ms) for event in told.events}

    def evidence(item_id: str) -> tuple[Proof, ...]:
        return tuple(Proof(event, times[event]) for event in linked(record, "answer", item_id) if event in times)

    before: dict[str, int] = {}
    for then in _comparable(record, earlier)[-1:]:
        before = {
            answer.item: answer.value
            for answer in then.answers
            if isinstance(answer.value, int) and answer.absence is None
        }
    minutes = lesson_minutes(record.visit, told.events)
    answers = {answer.item: answer for answer in record.answers}
    return checklist(
        record.form, answers, told.shown_events, minutes, evidence, language, words, told=told.tells, before=before
    )
