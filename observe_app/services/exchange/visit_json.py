"""A visit as JSON: a stable format, version 1. Additions are fine, renames are a new version."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.event import EventKind
from observe_app.services.lesson_views import views_by_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from observe_app.domain.action_step import ActionStep
    from observe_app.domain.event import Event
    from observe_app.domain.evidence import Evidence
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.release import Reader, Release
    from observe_app.domain.reply import Reply
    from observe_app.domain.turn import Turn
    from observe_app.domain.visit import Visit

FORMAT = "observe-visit"
VERSION = 1

_KEYS_WITH_WORDS = ("tag:", "phase:")
"""Beginnings of the keys of views that hold what was written, or point at it."""


def visit_document(record: VisitRecord, *, private: bool = False, releases: Sequence[Release] = ()) -> dict[str, Any]:
    """Return a visit as plain lists and dictionaries.

    Args:
        record: the whole visit.
        private: with the events that never leave their author; otherwise nothing shows that they exist.
        releases: the revisions of its feedback; told of them is when they were made and for whom, not what they say.
    """
    record = record if private else without_private_views(record)
    events = [event for event in record.events if private or not event.private]
    gaps = [event for event in events if event.kind is EventKind.GAP]
    events = [event for event in events if event.kind is not EventKind.GAP]
    shown = {event.id for event in events}
    links = sorted(
        (link for link in record.evidence if link.target_kind == "answer" and link.event_id in shown),
        key=lambda link: link.position,
    )
    rests = [link for link in record.evidence if not link.event_id or link.event_id in shown]
    return {
        "format": FORMAT,
        "version": VERSION,
        "visit": _visit(record.visit),
        "events": [_event(event) for event in events],
        "answers": [
            _answer(answer, [link.event_id for link in links if link.target_id == answer.item])
            for answer in in_form_order(record)
        ],
        "claims": [
            _given(
                id=claim.id,
                kind=claim.kind.value,
                title=claim.title,
                text=claim.text,
                evidence=[event_id for event_id in claim.evidence if event_id in shown],
                views=list(claim.views) or None,
            )
            for claim in record.claims
        ],
        "action_steps": [_step(step, rests) for step in record.steps],
        "earlier_steps": [_step(row.step, rests) | {"visit": row.step.visit_id} for row in record.earlier_steps],
        "turns": [_turn(turn) for turn in record.turns],
        "releases": [_release(release) for release in releases],
        "readers": [_reader(reader) for reader in record.readers],
        "replies": [reply_json(reply) for reply in record.replies],
        "gaps": [_gap(event) for event in gaps],
    } | _given(seating=_seating(record.visit))


def without_private_views(record: VisitRecord) -> VisitRecord:
    """Return the record without the views that would show a tag or a phase of private or deleted events alone."""
    links = [view for link in record.evidence if (view := link.view)]
    keys = [view for claim in record.claims for view in claim.views] + links
    if not any(key.startswith(_KEYS_WITH_WORDS) for key in keys):
        return record
    known = views_by_key(record)

    def is_told(view: str) -> bool:
        return view in known or not view.startswith(_KEYS_WITH_WORDS)

    return replace(
        record,
        claims=tuple(replace(claim, views=tuple(filter(is_told, claim.views))) for claim in record.claims),
        evidence=tuple(link for link in record.evidence if not link.view or is_told(link.view)),
    )


def in_form_order(record: VisitRecord) -> list[Answer]:
    """Return the answers that say anything, in the order of the form."""
    order = {item.id: place for place, item in enumerate(record.form.items)} if record.form else {}
    given = [answer for answer in record.answers if answer.absence is not Absence.UNANSWERED or answer.comment]
    return sorted(given, key=lambda answer: (order.get(answer.item, len(order)), answer.item))


def moment(at: datetime | None) -> str | None:
    """Return an aware UTC moment in ISO 8601 with "Z", milliseconds where there are any; None for none."""
    if at is None:
        return None
    return at.isoformat(timespec="milliseconds" if at.microsecond else "seconds").replace("+00:00", "Z")


def number(value: float | None) -> float | int | None:
    """Return a whole number as an integer."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _given(**fields: Any) -> dict[str, Any]:
    """Return the fields that have a value; an empty list is one, an empty text is not."""
    return {name: value for name, value in fields.items() if value is not None and value != ""}


def _visit(visit: Visit) -> dict[str, Any]:
    return _given(
        id=visit.id,
        teacher=visit.teacher,
        observer=visit.observer,
        start=moment(visit.start),
        focus=visit.focus,
        stage=visit.stage.value,
        form={"id": visit.form_id, "version": visit.form_version} if visit.form_id else None,
        class_name=visit.class_name,
        subject=visit.subject,
        topic=visit.topic,
        room=visit.room,
        class_size=visit.class_size,
        minutes=visit.minutes,
        zone=visit.zone,
        started=moment(visit.started),
        ended=moment(visit.ended),
        looking_for=visit.looking_for,
        context=visit.context,
        preparation=visit.preparation,
        conversation=visit.conversation,
        source=visit.source,
        video_consent=visit.video_consent,
        led=visit.led if visit.led != "observer" else None,
        agreed_items=list(visit.agreed_items) or None,
        protocol=visit.protocol_id,
        talk_started=moment(visit.talk_started),
        talk_ended=moment(visit.talk_ended),
        next_visit=visit.next_visit_id,
    )


def _step(step: ActionStep, links: list[Evidence]) -> dict[str, Any]:
    """Return an action step, with what in this visit shows that it came true."""
    rests = [link for link in links if link.target_kind == "step" and link.target_id == step.id]
    return _given(
        id=step.id,
        text=step.text,
        owner=step.owner,
        due=step.due.isoformat() if step.due else None,
        help=step.help,
        status=step.status.value,
        practice=step.practice,
        notice=step.notice,
        teacher_agrees=step.teacher_agrees or None,
        observer_agrees=step.observer_agrees or None,
        closed_visit=step.closed_visit_id,
        closed=moment(step.closed),
        evidence=[link.event_id for link in rests if link.event_id] or None,
        views=[link.view for link in rests if link.view] or None,
    )


def _turn(turn: Turn) -> dict[str, Any]:
    return _given(id=turn.id, voice=turn.voice.value, text=turn.text, prompt=turn.prompt, at=moment(turn.at))


def _release(release: Release) -> dict[str, Any]:
    """Return when a revision was made, by whom and for whom; what it says is in the PDF."""
    return _given(
        id=release.id,
        number=release.number,
        kind=release.kind.value,
        at=moment(release.at),
        by=release.by,
        why=release.why,
        with_notes=release.with_notes,
        language=release.language,
        readers=list(release.readers),
        sha256=release.digest,
        taken_back=moment(release.taken_back),
    )


def _reader(reader: Reader) -> dict[str, Any]:
    return _given(name=reader.name, via=reader.via, at=moment(reader.at))


def reply_json(reply: Reply) -> dict[str, Any]:
    """Return a reply; its points name claims by id, which may have been deleted since."""
    return _given(
        id=reply.id,
        source=reply.source,
        release=reply.release_id,
        revision=reply.number or None,
        at=moment(reply.at),
        name=reply.name,
        day=reply.day,
        received=reply.received,
        points=[
            _given(claim=point.claim_id, stance=point.stance.value if point.stance else None, text=point.text)
            for point in reply.points
        ],
        overall=reply.overall,
        step=reply.step,
        readers=list(reply.readers),
        file=reply.file_name,
        sha256=reply.sha256,
    )


def _event(event: Event) -> dict[str, Any]:
    return _given(
        id=event.id,
        kind=event.kind.value,
        offset_ms=event.offset_ms,
        wall=moment(event.wall),
        text=event.text,
        speaker=event.speaker,
        to=event.to,
        seat=event.seat,
        item=event.item,
        code=event.code,
        value=number(event.value),
        of=number(event.of),
        outcome=event.outcome,
        tags=list(event.tags),
        private=event.private,
        starred=event.starred,
    )


def _gap(event: Event) -> dict[str, Any]:
    """Return a moment at which the computer's clocks parted, by `ms`, and whether the lesson went on meanwhile."""
    return _given(
        id=event.id,
        offset_ms=event.offset_ms,
        wall=moment(event.wall),
        ms=number(event.value),
        outcome=event.outcome,
        code=event.code,
    )


def _seating(visit: Visit) -> Any:
    """Return the seating plan as it is kept; None without one, or where it cannot be read."""
    if not visit.seating:
        return None
    try:
        return json.loads(visit.seating)
    except (ValueError, RecursionError):
        return None


def _answer(answer: Answer, evidence: list[str]) -> dict[str, Any]:
    value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
    absence = answer.absence.value if answer.absence and answer.absence is not Absence.UNANSWERED else None
    return _given(item=answer.item, value=value, absence=absence, comment=answer.comment, evidence=evidence)
