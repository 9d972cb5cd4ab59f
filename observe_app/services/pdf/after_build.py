"""What came after the lesson, as the document tells it: steps, conversation, earlier steps, replies, what is next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.action_step import StepStatus
from observe_app.domain.form import text_in
from observe_app.domain.release import once_each
from observe_app.domain.turn import Voice
from observe_app.services.pdf.dates import day, day_number, local, span, when
from observe_app.services.pdf.document import EarlierStep, PointReply, ReplyText, Said, Step
from observe_app.services.pdf.rests import linked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from observe_app.domain.action_step import ActionStep, StepRow
    from observe_app.domain.event import Event
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.reply import Reply
    from observe_app.domain.visit import Visit
    from observe_app.services.pdf.document import Quote
    from observe_app.services.pdf.words import Words


def steps(record: VisitRecord, words: Words) -> tuple[Step, ...]:
    """Return the action steps that this visit agreed, in their order; those given up are left out."""
    kept = [step for step in record.steps if not step.deleted and step.status is not StepStatus.DROPPED]
    kept.sort(key=lambda step: (step.position, step.id))
    return tuple(
        Step(
            number,
            step.text,
            _due(step.due, record.visit, words),
            step.owner,
            step.help,
            step.status is StepStatus.DONE,
            step.practice,
            step.notice,
            step.id,
        )
        for number, step in enumerate(kept, start=1)
    )


def _due(due: date | None, visit: Visit, words: Words) -> str:
    if due is None:
        return ""
    begun = visit.started or visit.start
    same_year = begun is not None and local(begun, visit.zone).year == due.year
    pattern = words.day_month if same_year else words.date
    return pattern.format(day=day_number(due, words), month=words.months[due.month - 1], year=due.year)


def earlier_steps(
    record: VisitRecord, by_id: Mapping[str, Event], quote: Callable[[Event], Quote], words: Words
) -> tuple[EarlierStep, ...]:
    """Return the steps of earlier visits that were on the table, each with the notes of this visit that show it."""
    return tuple(
        EarlierStep(
            row.step.text,
            words.agreed_on.format(date=day(local(row.start, record.visit.zone).date(), words)) if row.start else "",
            _due(row.step.due, record.visit, words),
            _status(row, record.visit, words),
            tuple(quote(by_id[event]) for event in linked(record, "step", row.step.id) if event in by_id),
        )
        for row in record.earlier_steps
        if not row.step.deleted
    )


def _status(row: StepRow, visit: Visit, words: Words) -> str:
    step: ActionStep = row.step
    if step.status is StepStatus.DROPPED:
        return words.step_dropped
    done = step.status is StepStatus.DONE
    if step.teacher_agrees and not step.observer_agrees:
        return words.done_as_seen_by.format(name=visit.teacher or words.teacher)
    if step.observer_agrees and not step.teacher_agrees:
        return words.done_as_seen_by.format(name=visit.observer or words.observer_role)
    return words.step_is_done if done or (step.teacher_agrees and step.observer_agrees) else words.step_is_open


def turns(record: VisitRecord, language: str, words: Words) -> tuple[Said, ...]:
    """Return what was said, turn by turn, with names and the words of the prompts."""
    visit = record.visit
    names = {
        Voice.TEACHER: visit.teacher.strip() or words.teacher,
        Voice.OBSERVER: visit.observer.strip() or words.observer_role,
        Voice.BOTH: words.both,
    }
    asked = _prompts(visit, language)
    kept = sorted((turn for turn in record.turns if not turn.deleted), key=lambda turn: (turn.position, turn.id))
    return tuple(Said(names[turn.voice], turn.text, asked.get(turn.prompt, "")) for turn in kept if turn.text.strip())


def _prompts(visit: Visit, language: str) -> dict[str, str]:
    """Return the protocol's prompts by id, none where no protocol is kept or it cannot be read."""
    if not visit.protocol_snapshot:
        return {}
    from observe_app.services.protocols import kept_protocol  # noqa: PLC0415  (only a guided conversation asks)

    protocol = kept_protocol(visit)
    return {prompt.id: text_in(prompt.text, language) for prompt in protocol.prompts} if protocol is not None else {}


def talk_when(visit: Visit, words: Words) -> str:
    """Return when the conversation was, "" where nobody said."""
    if visit.talk_started is None:
        return ""
    return _begun(span(visit.talk_started, visit.talk_ended, visit.zone, words))


def _begun(text: str) -> str:
    """Return the text with a capital, as a line begins: weekdays have none in most languages."""
    return text[:1].upper() + text[1:]


def next_visit(record: VisitRecord, found: Visit | None, words: Words) -> str:
    """Return the visit that the two agreed on in words, "" without one."""
    if not record.visit.next_visit_id or found is None or found.deleted:
        return ""
    if found.teacher_id != record.visit.teacher_id:  # it became somebody else's, whose focus is not this reader's
        return ""
    planned = _begun(when(found, words)) or words.next_unplanned
    return " · ".join(part for part in (planned, found.class_line, found.focus.strip()) if part)


def points(record: VisitRecord, claim_id: str) -> tuple[PointReply, ...]:
    """Return what the teacher answered to a claim, the first answer first."""
    found = []
    for reply in _replies(record):
        point = reply.point(claim_id)
        if point is not None and (point.stance or point.text.strip()):
            found.append(PointReply(point.stance.value if point.stance else "", point.text, reply.number))
    return tuple(found)


def replies(record: VisitRecord, words: Words) -> tuple[ReplyText, ...]:
    """Return the whole replies, the first first."""
    return tuple(
        ReplyText(
            reply.number,
            _came(reply, record.visit, words),
            {"typed": words.reply_typed, "app": words.reply_in_app}.get(reply.source, words.reply_from_pdf),
            reply.name,
            reply.received,
            reply.overall,
            reply.step,
        )
        for reply in _replies(record)
    )


def _came(reply: Reply, visit: Visit, words: Words) -> str:
    return reply.day.strip() or (day(local(reply.at, visit.zone).date(), words) if reply.at is not None else "")


def _replies(record: VisitRecord) -> list[Reply]:
    return sorted(
        (reply for reply in record.replies if not reply.deleted and not reply.empty),
        key=lambda reply: (reply.number, reply.at.isoformat() if reply.at else "", reply.id),
    )


def readers(record: VisitRecord) -> tuple[str, ...]:
    """Return whom the teacher lets read the visit, each name once."""
    return once_each(reader.name for reader in record.readers if not reader.deleted)
