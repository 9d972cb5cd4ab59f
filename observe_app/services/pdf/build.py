"""From a visit's record to the feedback document: what is said, in which words, and what is left out.

Private events never get in, not even as a count. A part without content is left out, except where its absence is
the message (a claim that rests on nothing, an item without an answer).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.action_step import StepStatus
from observe_app.domain.event import EventKind
from observe_app.domain.evidence import ClaimKind
from observe_app.domain.form import text_in
from observe_app.services.item_words import lesson_minutes
from observe_app.services.pdf.answers import checklist
from observe_app.services.pdf.document import (
    Claim,
    NoteRow,
    Quote,
    ReportDocument,
    Step,
)
from observe_app.services.pdf.timeline import figures, timeline
from observe_app.services.pdf.words import words_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from observe_app.domain.action_step import ActionStep
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Claim as DomainClaim
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import Visit
    from observe_app.services.pdf.document import ChecklistSection, Paper
    from observe_app.services.pdf.words import Words

MAX_QUOTATIONS = 2
"""Notes quoted below one claim, starred ones first; the times of further ones are said in its remark."""


def clock(offset_ms: int) -> str:
    """Return a place on the lesson clock as "MM:SS", "-MM:SS" before the lesson began."""
    minutes, seconds = divmod(abs(offset_ms) // 1000, 60)
    return f"{'-' if offset_ms < 0 else ''}{minutes:02d}:{seconds:02d}"


def build_feedback(
    record: VisitRecord,
    *,
    paper: Paper = "A4",
    language: str = "en",
    purpose_line: str = "",
    include_notes: bool = False,
) -> ReportDocument:
    """Return what the teacher will read about this visit.

    Args:
        record: the whole visit; its private events are left out here.
        paper: sheet to print on.
        language: language of form texts and of the fixed words, e.g. "en-GB".
        purpose_line: the school's own line on what feedback is for; "" for none.
        include_notes: whether every note follows as an appendix.
    """
    words = words_for(language)
    visit = record.visit
    events = sorted(
        (event for event in record.events if _readable(event)), key=lambda event: (event.offset_ms, event.id)
    )
    notes = [event for event in events if event.kind is EventKind.NOTE and event.text.strip()]
    numbers = {event.id: number for number, event in enumerate((note for note in notes if note.starred), start=1)}
    claims = {kind: _claims(record, kind, events, numbers, words) for kind in ClaimKind}
    answered = _checklist(record, events, language, words)
    return ReportDocument(
        visit_id=visit.id,
        revision=record.position,
        teacher=visit.teacher,
        observer=visit.observer,
        class_line=visit.class_line,
        when=_when(visit, words),
        date_label=_date_label(visit, words),
        visit_label=words.visit_of.format(number=record.number, visits=record.visits) if record.visits > 1 else "",
        confidential_for=visit.teacher,
        focus=visit.focus,
        looking_for=visit.looking_for,
        figures=figures(visit, notes, answered, words, events),
        strengths=claims[ClaimKind.STRENGTH],
        growth=claims[ClaimKind.GROWTH],
        questions=claims[ClaimKind.QUESTION],
        steps=_steps(record, words),
        timeline=timeline(visit, events, notes, numbers, words),
        heard=_heard(notes, numbers, claims.values()),
        form_title=text_in(record.form.title, language) if record.form is not None and answered else "",
        checklist=answered,
        conversation=visit.conversation,
        notes=tuple(_note_row(note) for note in notes) if include_notes else (),
        notes_kept=len(notes),
        paper=paper,
        language=language,
        purpose_line=purpose_line,
        revised=_revised(record),
    )


def _readable(event: Event) -> bool:
    return not event.private and not event.deleted


def _local(visit: Visit, moment: datetime) -> datetime:
    try:
        return moment.astimezone(ZoneInfo(visit.zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(UTC)


def _day(day: date, words: Words) -> str:
    return words.date.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def _date_label(visit: Visit, words: Words) -> str:
    begun = visit.started or visit.start
    return _day(_local(visit, begun), words) if begun is not None else ""


def _when(visit: Visit, words: Words) -> str:
    begun = visit.started or visit.start
    if begun is None:
        return ""
    end = visit.ended if visit.started is not None else begun + timedelta(minutes=visit.minutes)
    local = _local(visit, begun)
    values = {"weekday": words.days[local.weekday()], "date": _day(local, words), "start": f"{local:%H:%M}"}
    if end is None or end <= begun:
        return words.when.format(**values)
    return words.when_to.format(**values, end=f"{_local(visit, end):%H:%M}")


def _revised(record: VisitRecord) -> str:
    """Return the latest moment that the record tells: same record, same answer."""
    visit = record.visit
    moments = [visit.created, visit.started, visit.ended, *(answer.at for answer in record.answers)]
    moments += [event.wall for event in record.events if _readable(event)]
    known = [moment.astimezone(UTC) for moment in moments if moment is not None]
    return max(known).isoformat() if known else ""


def _quote(event: Event, numbers: dict[str, int]) -> Quote:
    return Quote(clock(event.offset_ms), _who(event), event.text, numbers.get(event.id, 0), event.id)


def _heard(notes: list[Event], numbers: dict[str, int], claims: Iterable[tuple[Claim, ...]]) -> tuple[Quote, ...]:
    """Return the starred notes that no claim quotes: every numbered moment is printed once."""
    quoted = {quote.event for kind in claims for claim in kind for quote in claim.quotations}
    return tuple(_quote(note, numbers) for note in notes if note.starred and note.id not in quoted)


def _who(note: Event) -> str:
    """Return who speaks, and to whom where that was written."""
    return f"{note.speaker}→{note.to}" if note.to else note.speaker


def _note_row(note: Event) -> NoteRow:
    return NoteRow(clock(note.offset_ms), _who(note), note.text, note.tags, note.starred, note.id)


def _claims(
    record: VisitRecord, kind: ClaimKind, events: list[Event], numbers: dict[str, int], words: Words
) -> tuple[Claim, ...]:
    by_id = {event.id: event for event in events}
    found = [claim for claim in record.claims if claim.kind is kind and not claim.deleted]
    found.sort(key=lambda claim: (claim.position, claim.id))
    return tuple(_claim(record, claim, by_id, numbers, words) for claim in found)


def _claim(
    record: VisitRecord, claim: DomainClaim, by_id: dict[str, Event], numbers: dict[str, int], words: Words
) -> Claim:
    linked = claim.evidence or _linked(record, "claim", claim.id)
    shown = [by_id[event_id] for event_id in linked if event_id in by_id and by_id[event_id].text.strip()]
    chosen = sorted(shown, key=lambda event: not event.starred)[:MAX_QUOTATIONS]
    further = [event for event in shown if event not in chosen]
    quotations = tuple(_quote(event, numbers) for event in shown if event in chosen)
    remark = ""
    if not linked:
        # a question may well stand alone; a judgement that rests on nothing says so
        remark = "" if claim.kind is ClaimKind.QUESTION else words.no_evidence
    elif not shown:
        remark = words.evidence_elsewhere
    elif further:
        times = ", ".join(clock(event.offset_ms) for event in further)
        remark = words.also_at.format(times=times)
    return Claim(claim.title, claim.text, quotations, remark)


def _linked(record: VisitRecord, target_kind: str, target_id: str) -> tuple[str, ...]:
    links = [link for link in record.evidence if link.target_kind == target_kind and link.target_id == target_id]
    return tuple(link.event_id for link in sorted(links, key=lambda link: (link.position, link.event_id)))


def _steps(record: VisitRecord, words: Words) -> tuple[Step, ...]:
    kept = [step for step in record.steps if not step.deleted and step.status is not StepStatus.DROPPED]
    kept.sort(key=lambda step: (step.position, step.id))
    return tuple(_step(number, step, record.visit, words) for number, step in enumerate(kept, start=1))


def _step(number: int, step: ActionStep, visit: Visit, words: Words) -> Step:
    by = ""
    if step.due is not None:
        begun = visit.started or visit.start
        same_year = begun is not None and _local(visit, begun).year == step.due.year
        pattern = words.day_month if same_year else words.date
        by = pattern.format(day=step.due.day, month=words.months[step.due.month - 1], year=step.due.year)
    return Step(number, step.text, by, step.owner, step.help, step.status is StepStatus.DONE)


def _checklist(
    record: VisitRecord, events: Sequence[Event], language: str, words: Words
) -> tuple[ChecklistSection, ...]:
    if record.form is None:
        return ()
    times = {event.id: clock(event.offset_ms) for event in events}

    def evidence(item_id: str) -> tuple[str, ...]:
        return tuple(times[event_id] for event_id in _linked(record, "answer", item_id) if event_id in times)

    answers = {answer.item: answer for answer in record.answers}
    minutes = lesson_minutes(record.visit, events)
    return checklist(record.form, answers, events, minutes, evidence, language, words)
