"""`visit new|list|show|delete` and `note add`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.cli import output
from observe_app.cli.session import opened
from observe_app.domain.note_line import clock_text, compose_note_line
from observe_app.domain.visit import Stage, VisitFilter
from observe_app.services import lesson, notes, people, visits
from observe_app.services.exchange.visit_json import moment, visit_document
from observe_app.services.exchange.visit_out import releases_of

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import VisitRow
    from observe_app.services.core import Core

STAGE_NAMES = {
    Stage.PREPARE: "Prepare",
    Stage.OBSERVE: "Observe",
    Stage.TALK: "Talk",
    Stage.FOLLOW_UP: "Follow up",
}
_PAGE = 1_000


def short_id(visit_id: str) -> str:
    """Return the end of an id: its beginning is the time, which visits planned together share."""
    return visit_id[-8:]


def local(at: datetime | None, zone: str, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """Return a moment on the visit's own wall clock; "" for none."""
    return "" if at is None else at.astimezone(_zone(zone)).strftime(pattern)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def aware(core: Core, at: datetime | None) -> datetime | None:
    """Return a moment in UTC; one without a zone means this computer's."""
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=_zone(core.clock.zone_name()))).astimezone(UTC)


def new(arguments: Namespace) -> int:
    """Plan a visit."""
    with opened(arguments) as core:
        fields = visits.VisitFields(
            class_name=arguments.class_name,
            subject=arguments.subject,
            topic=arguments.topic,
            room=arguments.room,
            focus=arguments.focus,
            start=aware(core, arguments.start),
        )
        if arguments.minutes is not None:
            fields["minutes"] = arguments.minutes
        # Everything that can be refused is refused before a person is added.
        visits.checked_fields(fields)
        if arguments.form:
            core.catalogue.form(arguments.form)
        teacher = people.ensure(core, arguments.teacher)
        observer = people.ensure(core, arguments.observer) if arguments.observer else None
        visit = visits.plan(
            core, teacher_id=teacher.id, observer_id=observer.id if observer else None, form_id=arguments.form, **fields
        )
        if arguments.json:
            output.say_json({"visit": visit.id})
        else:
            output.say(visit.id)
    return 0


def listing(arguments: Namespace) -> int:
    """List visits."""
    with opened(arguments) as core:
        person = people.by_name(core, arguments.teacher) if arguments.teacher else None
        rows: list[VisitRow] = []
        while True:
            page = visits.listing(
                core,
                VisitFilter(
                    words=arguments.words,
                    person_id=person.id if person else None,
                    stage=Stage(arguments.stage) if arguments.stage else None,
                    limit=_PAGE,
                    offset=len(rows),
                ),
            )
            rows += page
            if len(page) < _PAGE:
                break
        if arguments.json:
            output.say_json([_row_json(row) for row in rows])
        elif not rows:
            output.say("No visits.")
        else:
            output.say_table(
                ("VISIT", "START", "TEACHER", "CLASS", "STAGE", "NOTES"),
                [
                    (
                        short_id(row.id),
                        local(row.started or row.start, row.zone),
                        row.teacher,
                        row.class_line,
                        STAGE_NAMES[row.stage],
                        str(row.notes),
                    )
                    for row in rows
                ],
            )
    return 0


def _row_json(row: VisitRow) -> dict[str, Any]:
    fields = {
        "id": row.id,
        "teacher": row.teacher,
        "observer": row.observer,
        "start": moment(row.start),
        "started": moment(row.started),
        "stage": row.stage.value,
        "class_name": row.class_name,
        "subject": row.subject,
        "topic": row.topic,
        "room": row.room,
        "minutes": row.minutes,
        "zone": row.zone,
        "focus": row.focus,
        "form": row.form_id,
        "notes": row.notes,
        "claims": row.claims,
        "steps_open": row.steps_open,
    }
    return {name: value for name, value in fields.items() if value not in {None, ""}}


def show(arguments: Namespace) -> int:
    """Show a visit; as JSON it is the document that `export` writes."""
    with opened(arguments) as core:
        record = visits.load_record(core, visits.resolve(core, arguments.visit))
        if arguments.json:
            releases = releases_of(core, record.visit.id)
            output.say_json(visit_document(record, private=arguments.private, releases=releases))
        else:
            _say_visit(record, private=arguments.private)
    return 0


def _say_visit(record: VisitRecord, *, private: bool) -> None:
    visit = record.visit
    pairs = (
        ("Visit", visit.id),
        ("Teacher", visit.teacher),
        ("Observer", visit.observer),
        ("Class", visit.class_line),
        ("Start", local(visit.started or visit.start, visit.zone, f"%Y-%m-%d %H:%M ({visit.zone})")),
        ("Stage", STAGE_NAMES[visit.stage]),
        ("Form", visit.form_title),
        ("Focus", visit.focus),
    )
    for name, value in pairs:
        if value:
            output.say(f"{name + ':':<10}{' '.join(value.split())}")
    events = [event for event in record.events if private or not event.private]
    if events:
        output.say()
    for event in events:
        line = compose_note_line(event.speaker, event.to, event.text, event.tags) or event.kind.value
        output.say(f"{clock_text(event.offset_ms):>7}  {'*' if event.starred else ' '} {' '.join(line.split())}")
    if record.claims:
        output.say()
    for claim in record.claims:
        text = " ".join((claim.title or claim.text).split())
        output.say(f"{claim.kind.value:>9}  {text} ({len(claim.evidence)} evidence)")
    for step in record.steps:
        due = f", by {step.due.isoformat()}" if step.due else ""
        output.say(f"{'step':>9}  {' '.join(step.text.split())} ({step.owner}{due}, {step.status.value})")


def delete(arguments: Namespace) -> int:
    """Move a visit to the bin."""
    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        visits.delete(core, visit_id=visit_id, seen=visits.open_visit(core, visit_id).seen)
        if arguments.json:
            output.say_json({"visit": visit_id})
        else:
            output.say("In the bin. Undo in the window brings it back.")
    return 0


def add_note(arguments: Namespace) -> int:
    """Add a note; without a lesson time it is stamped now, and a visit that has not begun begins."""
    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        line = compose_note_line(arguments.speaker or "", "", arguments.text, tuple(arguments.tag))
        notes.checked_line(line)
        visit = visits.get(core, visit_id) if arguments.at is not None else visits.begin(core, visit_id=visit_id)
        if arguments.at is None:
            known = lesson.anchor(core, visit_id)
            offset_ms = lesson.take_up(core, visit, notes.stream(core, visit_id), known).elapsed_ms()
        else:
            offset_ms = arguments.at
        event = notes.add(
            core,
            visit_id=visit_id,
            line=line,
            offset_ms=offset_ms,
            wall=None if visit.started is None else visit.started + timedelta(milliseconds=offset_ms),
            private=arguments.private,
            starred=arguments.star,
        )
        if arguments.json:
            output.say_json({"event": event.id})
        else:
            output.say(event.id)
    return 0
