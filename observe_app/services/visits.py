"""Visits: planning, opening, listing, going through the stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.answer import Absence
from observe_app.domain.changes import Opened, Seen
from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Ambiguous, FormInvalid, Invalid, NotFound, VisitStageError
from observe_app.domain.lesson_clock import LessonClock
from observe_app.domain.lesson_parts import counted_ms, gaps
from observe_app.domain.people import Role, clean_line
from observe_app.domain.record import VisitRecord
from observe_app.domain.visit import MAX_LINE, MAX_TEXT, Stage, Visit, VisitCount, VisitFilter, VisitRow

if TYPE_CHECKING:
    from observe_app.domain.action_step import StepRow
    from observe_app.domain.form import Form
    from observe_app.domain.lesson_clock import Anchor
    from observe_app.services.core import Core
    from observe_app.store.unit import ReadUnit

_LINES = ("class_name", "subject", "topic", "room", "zone")
_TEXTS = ("focus", "looking_for", "context", "preparation", "conversation")
_MAX_MINUTES = 600
_MAX_CLASS = 2000
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_SHORTEST_ID = 6
ALL_VISITS = VisitFilter()


class VisitFields(TypedDict, total=False):
    """What can be changed of a visit by typing."""

    class_name: str
    subject: str
    topic: str
    room: str
    class_size: int | None
    start: datetime | None
    minutes: int
    zone: str
    focus: str
    looking_for: str
    context: str
    preparation: str
    conversation: str
    led: str
    agreed_items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Today:
    """What asks for attention now.

    Attributes:
        running: visits begun and not ended, the newest first. next: planned from today on, the soonest first.
        waiting: visits waiting for a conversation. steps: open action steps overdue or due within 14 days.
    """

    running: tuple[VisitRow, ...]
    next: tuple[VisitRow, ...]
    waiting: tuple[VisitRow, ...]
    steps: tuple[StepRow, ...]


def checked_fields(fields: VisitFields) -> VisitFields:
    """Return the fields cleaned.

    Raises:
        Invalid: a text too long, a number of minutes or pupils or a start that no lesson has, an unknown kind of visit.
    """
    found = VisitFields(**fields)
    if found.get("led", "observer") not in {"observer", "teacher"}:
        raise Invalid("led", str(found["led"])[:40], "unknown")
    for key in _LINES:
        if key in found:
            found[key] = _line(key, found[key])  # type: ignore[literal-required]
    for key in _TEXTS:
        if key in found:
            found[key] = _text(key, found[key])  # type: ignore[literal-required]
    minutes, size, start = found.get("minutes"), found.get("class_size"), found.get("start")
    if minutes is not None and not 1 <= minutes <= _MAX_MINUTES:
        raise Invalid("minutes", str(minutes), "out_of_range", f"1–{_MAX_MINUTES}")
    if size is not None and not 1 <= size <= _MAX_CLASS:
        raise Invalid("class_size", str(size), "out_of_range", f"1–{_MAX_CLASS}")
    if start is not None:
        if not _FIRST_YEAR <= start.year <= _LAST_YEAR:
            raise Invalid("start", start.isoformat(), "out_of_range", f"{_FIRST_YEAR}–{_LAST_YEAR}")
        found["start"] = require_utc(start)
    return found


def _line(key: str, value: str) -> str:
    text = clean_line(value)
    if len(text) > MAX_LINE:
        raise Invalid(key, text[:40], "too_long", str(MAX_LINE))
    return text


def _text(key: str, value: str) -> str:
    from observe_app.domain.note_line import clean_note  # noqa: PLC0415  (compiles patterns; not needed to start)

    text = clean_note(value)
    if len(text) > MAX_TEXT:
        raise Invalid(key, text[:40], "too_long", str(MAX_TEXT))
    return text


def plan(
    core: Core,
    *,
    teacher_id: str | None = None,
    observer_id: str | None = None,
    form_id: str = "",
    source: str = "live",
    **fields: Unpack[VisitFields],
) -> Visit:
    """Plan a visit; everything may still be empty.

    Args:
        core: the open data folder.
        teacher_id: whose lesson it is.
        observer_id: who visits; the person of this data folder when None.
        form_id: the form to use; "" for none yet.
        source: "live", "imported" or "demo".
        fields: class, time, focus and so on.

    Raises:
        Invalid: a value that the rules refuse. NotFound, FormInvalid: the form cannot be used.
    """
    values = {"zone": core.clock.zone_name()} | dict(checked_fields(fields))
    form = core.catalogue.form(form_id) if form_id else None
    visit = Visit(
        id=core.ids.new(),
        teacher_id=teacher_id,
        observer_id=observer_id or core.settings.get().me_id,
        source=source,
        created=core.clock.now(),
        **values,  # type: ignore[arg-type]
        **(form_fields(form) if form else {}),  # type: ignore[arg-type]
    )
    with core.store.write("visit.plan", scope=visit.id) as unit:
        unit.visits.add(visit)
        unit.commit()
        return unit.visits.get(visit.id)


def form_fields(form: Form) -> dict[str, object]:
    """Return the fields of a visit that uses this form, the snapshot among them."""
    from observe_app.domain.form import text_in  # noqa: PLC0415
    from observe_app.services.catalogue import dumps_snapshot  # noqa: PLC0415  (form reading is not needed to start)

    return {
        "form_id": form.id,
        "form_version": form.version,
        "form_title": text_in(form.title, form.language),
        "form_snapshot": dumps_snapshot(form),
    }


def get(core: Core, visit_id: str) -> Visit:
    """Return a visit.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return unit.visits.get(visit_id)


def _opened(unit: ReadUnit, visit_id: str) -> Opened[Visit]:
    members = [
        ("visit_member", row)
        for role in (Role.TEACHER, Role.OBSERVER)
        for row in unit.visits.member_rows(visit_id, role)
    ]
    return Opened(unit.visits.get(visit_id), unit.seen(("visit", visit_id), *members))


def open_visit(core: Core, visit_id: str) -> Opened[Visit]:
    """Return a visit for an editor.

    Raises:
        NotFound: no such id.
    """
    with core.store.read() as unit:
        return _opened(unit, visit_id)


def update(core: Core, *, visit_id: str, seen: Seen, **fields: Unpack[VisitFields]) -> Opened[Visit]:
    """Change what was typed about a visit.

    Raises:
        NotFound: no such id. Invalid: a value that the rules refuse; nothing is changed.
    """
    values: dict[str, object] = dict(checked_fields(fields))
    with core.store.write("visit.edit", scope=visit_id, seen=seen) as unit:
        before = unit.visits.get(visit_id)
        if before.class_id and values.get("class_name", before.class_name) != before.class_name:
            values["class_id"] = ""  # another name is another class
        unit.visits.change(visit_id, values)
        unit.commit()
    return open_visit(core, visit_id)


def set_person(core: Core, *, visit_id: str, role: Role, person_id: str | None, seen: Seen) -> Opened[Visit]:
    """Say who has a role in a visit; None for nobody.

    Raises:
        NotFound: no such visit or person.
    """
    with core.store.write("visit.person", scope=visit_id, seen=seen) as unit:
        unit.visits.get(visit_id)
        if person_id is not None:
            unit.people.get(person_id)
        unit.visits.set_role(visit_id, role, person_id)
        unit.commit()
    return open_visit(core, visit_id)


def choose_form(core: Core, *, visit_id: str, form_id: str, seen: Seen) -> Opened[Visit]:
    """Choose the form of a visit and keep a snapshot of it; "" chooses none.

    What was answered, counted, timed or coded belongs to the items of the visit's form. Once there is any, another form
    is refused, and so is a version of the same form in which such an item is gone or asks for something else.

    Raises:
        VisitStageError: something was recorded that the chosen form has no place for; nothing is changed.
        NotFound, FormInvalid: the form cannot be used.
    """
    form = core.catalogue.form(form_id) if form_id else None
    nothing: dict[str, object] = {"form_id": "", "form_version": 0, "form_title": "", "form_snapshot": ""}
    with core.store.write("visit.form", scope=visit_id, seen=seen) as unit:
        visit = unit.visits.get(visit_id)
        recorded = _recorded(unit, visit_id)
        if recorded and (form is None or visit.form_id != form_id or not _has_place(visit, form, recorded)):
            raise VisitStageError(visit_id, "answered", "unanswered")
        unit.visits.change(visit_id, form_fields(form) if form else nothing)
        unit.commit()
    return open_visit(core, visit_id)


def _recorded(unit: ReadUnit, visit_id: str) -> frozenset[str]:
    """Return the ids of the items that have an answer, a reason for none, a comment or an event."""
    answered = (
        answer.item
        for answer in unit.answers.of_visit(visit_id)
        if answer.absence is not Absence.UNANSWERED or answer.comment
    )
    happened = (event.item for event in unit.events.of_visit(visit_id) if event.item and not event.deleted)
    return frozenset((*answered, *happened))


def _has_place(visit: Visit, form: Form, recorded: frozenset[str]) -> bool:
    """Tell whether every recorded item is in the form and still asks for the same."""
    from observe_app.domain.form_change import ChangeKind, compare  # noqa: PLC0415  (rarely asked)

    ids = {item.id for item in form.items}
    try:
        before = form_of(visit)
    except FormInvalid as error:
        if any(problem.rule == "snapshot_newer" for problem in error.problems):
            return False  # a newer program knows what is in it
        before = None  # a damaged snapshot is mended by choosing its form again
    if before is None:
        return recorded <= ids
    broken = {one.item_id for one in compare(before, form).of(ChangeKind.NOT_COMPARABLE)}
    # What the visit's form lost already cannot be lost again.
    return recorded & {item.id for item in before.items} <= ids - broken


def form_of(visit: Visit) -> Form | None:
    """Return the form as the visit keeps it, None where it has none.

    Raises:
        FormInvalid: the snapshot is damaged.
    """
    return _form_in(visit.form_snapshot) if visit.form_snapshot else None


@lru_cache(maxsize=4)
def _form_in(snapshot: str) -> Form:
    """Return the form of a snapshot; kept, because every key of a lesson asks for the form of the same visit."""
    from observe_app.services.catalogue import loads_snapshot  # noqa: PLC0415

    return loads_snapshot(snapshot)


def begin(core: Core, *, visit_id: str, at: datetime | None = None) -> Visit:
    """Begin the lesson; a visit that has begun stays as it is.

    Args:
        core: the open data folder.
        visit_id: the visit.
        at: when the lesson began, aware; now when None.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("visit.stage", scope=visit_id, seen=_stage_seen(core, visit_id), undoable=False) as unit:
        visit = unit.visits.get(visit_id)
        if visit.started is None:
            started = core.clock.now() if at is None else require_utc(at)
            unit.visits.change(visit_id, {"started": started, "stage": Stage.OBSERVE, "zone": core.clock.zone_name()})
            if at is None:
                unit.lessons.keep_anchor(visit_id, LessonClock(core.clock, started=started).anchor())
            unit.commit()
        return unit.visits.get(visit_id)


def finish(core: Core, *, visit_id: str, at: datetime | None = None, anchor: Anchor | None = None) -> Visit:
    """End the lesson and go on to Talk; undo brings it back. A pause that goes on stays open until the end.

    The end lies as long after the start as the lesson's own clock says, so that a computer clock that was set meanwhile
    makes no lesson of a year.

    Args:
        core: the open data folder.
        visit_id: the visit.
        at: when the lesson ended, aware; now when None.
        anchor: the lesson's time now, from the window that has its clock; what was kept last when None.

    Raises:
        NotFound: no such id. VisitStageError: it has not begun.
    """
    with core.store.write("visit.stage", scope=visit_id, seen=_stage_seen(core, visit_id)) as unit:
        visit = unit.visits.get(visit_id)
        if visit.started is None:
            raise VisitStageError(visit_id, visit.stage.value, Stage.OBSERVE.value)
        if visit.ended is None:
            if at is None:
                known = anchor or unit.lessons.anchor(visit_id)
                counted = counted_ms(gaps(unit.events.of_visit(visit_id)))
                clock = LessonClock(core.clock, started=visit.started, anchor=known, gaps_ms=counted)
                unit.lessons.keep_anchor(visit_id, clock.anchor())
                ended = clock.wall_at(clock.elapsed_ms())
            else:
                ended = require_utc(at)
            stage = visit.stage if visit.stage.order > Stage.TALK.order else Stage.TALK
            unit.visits.change(visit_id, {"ended": ended, "stage": stage})
            unit.commit()
        return unit.visits.get(visit_id)


def resume(core: Core, *, visit_id: str) -> Visit:
    """Go on with a lesson that was ended by mistake; its clock runs on as if it had not been.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("visit.stage", scope=visit_id, seen=_stage_seen(core, visit_id)) as unit:
        unit.visits.change(visit_id, {"ended": None, "stage": Stage.OBSERVE})
        unit.commit()
        return unit.visits.get(visit_id)


def _stage_seen(core: Core, visit_id: str) -> Seen:
    # The stage is shown in the header of the visit at all times, so what is live is what was on screen.
    return open_visit(core, visit_id).seen


def set_stage(core: Core, *, visit_id: str, stage: Stage, seen: Seen) -> Opened[Visit]:
    """Say where a visit stands.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("visit.stage", scope=visit_id, seen=seen) as unit:
        unit.visits.change(visit_id, {"stage": stage})
        unit.commit()
    return open_visit(core, visit_id)


def delete(core: Core, *, visit_id: str, seen: Seen) -> None:
    """Move a visit to the bin; undo brings it back with everything in it.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("visit.delete", scope=visit_id, seen=seen) as unit:
        unit.visits.change(visit_id, {"deleted": True})
        unit.commit()


def restore(core: Core, *, visit_id: str, seen: Seen) -> None:
    """Take a visit out of the bin.

    Raises:
        NotFound: no such id.
    """
    with core.store.write("visit.restore", scope=visit_id, seen=seen) as unit:
        unit.visits.change(visit_id, {"deleted": False})
        unit.commit()


def listing(core: Core, wanted: VisitFilter = ALL_VISITS) -> tuple[VisitRow, ...]:
    """Return the visits that the filter finds."""
    with core.store.read() as unit:
        return unit.visits.listing(wanted)


def count(core: Core, wanted: VisitFilter = ALL_VISITS) -> VisitCount:
    """Return how much the filter finds."""
    with core.store.read() as unit:
        return unit.visits.count(wanted)


def page(core: Core, wanted: VisitFilter) -> tuple[tuple[VisitRow, ...], VisitCount]:
    """Return the visits of one page and how much the filter finds, of one moment."""
    with core.store.read() as unit:
        return unit.visits.page(wanted)


def forms_in_use(core: Core) -> tuple[tuple[str, str], ...]:
    """Return (form id, title) of every form that a visit uses."""
    with core.store.read() as unit:
        return unit.visits.forms_in_use()


def load_record(core: Core, visit_id: str) -> VisitRecord:
    """Return a visit with everything in it, read at one moment.

    Raises:
        NotFound: no such id. FormInvalid: the form snapshot is damaged.
    """
    with core.store.read() as unit:
        visit = unit.visits.get(visit_id)
        number, visits = unit.visits.order_among(visit_id)
        return VisitRecord(
            visit=visit,
            members=unit.visits.members(visit_id),
            events=unit.events.of_visit(visit_id),
            answers=unit.answers.of_visit(visit_id),
            claims=unit.talk.claims(visit_id),
            evidence=unit.talk.evidence(visit_id),
            steps=unit.talk.steps(visit_id),
            form=form_of(visit),
            turns=unit.after.turns(visit_id),
            replies=unit.after.replies(visit_id),
            readers=unit.after.readers(visit_id),
            earlier_steps=unit.talk.earlier_steps(visit_id),
            number=number,
            visits=visits,
            position=unit.position,
        )


def today(core: Core) -> Today:
    """Return what asks for attention now."""
    now = core.clock.now()
    with core.store.read() as unit:
        running = unit.visits.listing(VisitFilter(stage=Stage.OBSERVE, limit=20))
        planned = unit.visits.listing(
            VisitFilter(stage=Stage.PREPARE, since=now - timedelta(hours=12), descending=False, limit=20)
        )
        waiting = unit.visits.listing(VisitFilter(stage=Stage.TALK, limit=20))
        steps = unit.talk.steps_due((now + timedelta(days=14)).date())
    return Today(running, tuple(row for row in planned if row.start is not None), waiting, steps)


def resolve(core: Core, given: str) -> str:
    """Return the id of the visit meant by a whole id, or by at least 6 characters of its start or end.

    Raises:
        NotFound: none fits. Ambiguous: several do.
    """
    text = given.strip().lower()
    with core.store.read() as unit:
        matches = unit.visits.ids_like(text) if len(text) >= _SHORTEST_ID and text.isascii() else ()
    if not matches:
        raise NotFound("visit", given)
    if len(matches) > 1:
        raise Ambiguous("visit", given, matches)
    return matches[0]
