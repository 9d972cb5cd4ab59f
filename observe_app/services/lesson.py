"""The lesson's own time: its phases and pauses, and the gaps that the computer's clocks left in it.

Each function is one user action: one unit of work, one journal entry that undo takes back exactly, on the disk when it
returns. Offsets stay as stored in a pause; a gap that counts moves what was made after it, in the same action.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Invalid, VisitStageError
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.lesson_clock import LessonClock
from observe_app.domain.lesson_parts import BY_HAND, DAY_MS, counted_ms, gaps, paused_since, pauses
from observe_app.domain.people import clean_line
from observe_app.domain.timeline import index_at
from observe_app.domain.visit import MAX_LINE, Stage
from observe_app.services import visits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from observe_app.domain.lesson_clock import Anchor
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit

_OUTCOMES = ("counted", "ignored")
_NEAR = timedelta(seconds=60)


# -- phases and pauses


def phase(core: Core, *, visit_id: str, name: str, offset_ms: int, wall: datetime | None = None) -> Event:
    """Begin a phase of the lesson; the one before ends with that.

    Args:
        core: the open data folder.
        visit_id: the visit.
        name: what the phase is called.
        offset_ms: moment of the lesson.
        wall: wall time of that moment, aware; None where it is not known.

    Raises:
        NotFound: no such visit. Invalid: no name, a name too long, or no moment of a lesson.
    """
    text = clean_line(name)
    if not text:
        raise Invalid("phase", name[:40], "empty")
    if len(text) > MAX_LINE:
        raise Invalid("phase", text[:40], "too_long", str(MAX_LINE))
    with core.store.write("lesson.phase", scope=visit_id) as unit:
        unit.visits.get(visit_id)
        event = _event(core, visit_id, EventKind.PHASE, offset_ms, wall, text=text)
        unit.events.add(event)
        unit.commit()
    return event


def pause(core: Core, *, visit_id: str, offset_ms: int, wall: datetime | None = None) -> Event | None:
    """Pause the lesson; None where it is paused already.

    Raises:
        NotFound: no such visit. Invalid: no moment of a lesson. VisitStageError: the lesson does not run.
    """
    return _turn(core, "lesson.pause", EventKind.PAUSE, visit_id, offset_ms, wall)


def resume(core: Core, *, visit_id: str, offset_ms: int, wall: datetime | None = None) -> Event | None:
    """Go on after a pause; None where nothing is paused.

    Raises:
        NotFound, Invalid, VisitStageError: as of `pause`.
    """
    return _turn(core, "lesson.resume", EventKind.RESUME, visit_id, offset_ms, wall)


def _turn(
    core: Core, action: str, kind: EventKind, visit_id: str, offset_ms: int, wall: datetime | None
) -> Event | None:
    with core.store.write(action, scope=visit_id) as unit:
        _running(unit, visit_id)
        paused = paused_since(pauses(unit.events.of_visit(visit_id))) is not None
        if paused == (kind is EventKind.PAUSE):
            return None
        event = _event(core, visit_id, kind, offset_ms, wall)
        unit.events.add(event)
        unit.commit()
    return event


# -- gaps


def mark_gap(
    core: Core,
    *,
    visit_id: str,
    ms: int | None,
    offset_ms: int,
    wall: datetime | None = None,
    outcome: str = "",
) -> Event:
    """Keep that the computer's clocks parted. The program saw it, so undo does not take it back.

    Args:
        core: the open data folder.
        visit_id: the visit.
        ms: how far the wall clock ran ahead, negative where it was put back; None where nobody can tell.
        offset_ms: moment of the lesson at which it was noticed.
        wall: wall time of that moment, aware.
        outcome: "ignored" where there is nothing to ask.

    Raises:
        NotFound: no such visit. Invalid: another outcome, or no moment of a lesson. VisitStageError: the lesson does
            not run.
    """
    if outcome not in {"", "ignored"}:
        raise Invalid("outcome", outcome[:40], "unknown", "ignored")
    with core.store.write("lesson.gap", scope=visit_id, undoable=False) as unit:
        _running(unit, visit_id)
        value = None if ms is None else float(ms)
        event = _event(core, visit_id, EventKind.GAP, offset_ms, wall, value=value, outcome=outcome)
        unit.events.add(event)
        unit.commit()
    return event


def answer_gap(core: Core, *, event_id: str, outcome: str) -> tuple[Event, ...]:
    """Say whether the lesson went on during a gap.

    Where it counts, every event that was made after the gap moves on by it, the end of a lesson that is over too;
    nothing before the gap moves. Taking such an answer back moves them back. Codes of interval sheets move by whole
    intervals, the nearest number of them.

    Args:
        core: the open data folder.
        event_id: of the gap.
        outcome: "counted" or "ignored".

    Returns:
        The gap as it is now, and every event that moved.

    Raises:
        NotFound: no such event. Invalid: it is no gap that can be answered so, or something would come to lie more than
            a day after the lesson's start; nothing is changed.
    """
    if outcome not in _OUTCOMES:
        raise Invalid("outcome", outcome[:40], "unknown", ", ".join(_OUTCOMES))
    with core.store.read() as found:
        event = found.events.get(event_id)
    if event.kind is not EventKind.GAP or event.code == BY_HAND or event.deleted:
        raise Invalid("event", event.kind.value, "unknown", EventKind.GAP.value)
    if outcome == "counted" and not 0 < (event.value or 0) <= DAY_MS:
        raise Invalid("time", str(event.value)[:20], "out_of_range", "24 h")
    with core.store.write("lesson.gap", scope=event.visit_id) as unit:
        unit.see(unit.seen(("event", event_id)))
        before, after = _counted(event), _counted(replace(event, outcome=outcome))
        moved = _move_after(unit, event, before, after - before)
        changed = unit.events.change(event_id, {"outcome": outcome})
        unit.commit()
    return (changed, *_some(core, moved))


def set_clock(core: Core, *, visit_id: str, ms: int, offset_ms: int, wall: datetime | None = None) -> Event:
    """Correct the lesson's clock from now on; no event moves.

    Args:
        core: the open data folder.
        visit_id: the visit.
        ms: what the lesson's time is now.
        offset_ms: what the clock came to (`LessonClock.unbounded_ms`).
        wall: wall time of this moment, aware.

    Raises:
        NotFound: no such visit. Invalid: no time of a lesson. VisitStageError: the lesson does not run.
    """
    if not 0 <= ms <= MAX_OFFSET_MS:
        raise Invalid("time", str(ms)[:20], "out_of_range", "24 h")
    with core.store.write("lesson.clock", scope=visit_id) as unit:
        _running(unit, visit_id)
        at = max(0, min(ms, offset_ms))
        fields: dict[str, Any] = {"value": float(ms - offset_ms), "outcome": "counted", "code": BY_HAND}
        event = _event(core, visit_id, EventKind.GAP, at, wall, **fields)
        unit.events.add(event)
        unit.commit()
    return event


# -- the clock between two runs of the program


def keep_anchor(core: Core, *, visit_id: str, anchor: Anchor) -> None:
    """Keep the lesson's time of this moment, outside the journal."""
    with core.store.write("anchor", undoable=False) as unit:
        unit.lessons.keep_anchor(visit_id, anchor)
        unit.commit()


def anchor(core: Core, visit_id: str) -> Anchor | None:
    """Return the lesson's time that this computer kept last, None without one."""
    with core.store.read() as unit:
        return unit.lessons.anchor(visit_id)


def take_up(core: Core, visit: Visit, events: Sequence[Event], kept: Anchor | None) -> LessonClock:
    """Return the lesson's clock as it stands now.

    Args:
        core: the open data folder.
        visit: whose lesson it is.
        events: the visit's, for its gaps and for what was written last.
        kept: what `anchor` returns.
    """
    return LessonClock(
        core.clock,
        started=visit.started,
        ended=visit.ended,
        at_least_ms=_at_least(core, visit, events, kept),
        anchor=kept,
        gaps_ms=counted_ms(gaps(events)),
    )


def first_look(core: Core, visit_id: str) -> bool:
    """Tell whether this program takes a lesson's clock in hand for the first time since it started."""
    known = core.store.lessons_known
    first = visit_id not in known
    known.add(visit_id)
    return first


def written_until(events: Iterable[Event], kept: Anchor) -> int:
    """Return the newest moment written within a minute of an anchor, 0 for none: the lesson ran at least until then."""
    until = kept.wall + _NEAR
    near = (event.offset_ms for event in events if event.wall is not None and kept.wall <= event.wall <= until)
    return max(near, default=0)


def _at_least(core: Core, visit: Visit, events: Sequence[Event], kept: Anchor | None) -> int:
    newest = max((event.offset_ms for event in events), default=0)
    if visit.started is None:
        return newest
    if kept is not None:
        return written_until(events, kept)
    # A wall time later than now says that the system clock was set back since; only then do offsets hold the lesson's
    # time, which late or moved notes would else distort.
    now = core.clock.now()
    return newest if any(event.wall is not None and event.wall > now for event in events) else 0


# -- helpers


def _some(core: Core, event_ids: Iterable[str]) -> tuple[Event, ...]:
    """Return the events of these ids, deleted ones too."""
    wanted = frozenset(event_ids)
    if not wanted:
        return ()
    with core.store.read() as unit:
        return unit.events.some(wanted)


def _event(core: Core, visit_id: str, kind: EventKind, offset_ms: int, wall: datetime | None, **fields: Any) -> Event:
    if not -MAX_OFFSET_MS <= offset_ms <= MAX_OFFSET_MS:
        raise Invalid("time", str(offset_ms)[:20], "out_of_range", "24 h")
    return Event(
        id=core.ids.new(),
        visit_id=visit_id,
        kind=kind,
        offset_ms=offset_ms,
        wall=None if wall is None else require_utc(wall),
        author_id=core.store.me,
        **fields,
    )


def _running(unit: WriteUnit, visit_id: str) -> None:
    visit = unit.visits.get(visit_id)
    if visit.started is None or visit.ended is not None:
        raise VisitStageError(visit_id, visit.stage.value, Stage.OBSERVE.value)


def _counted(gap: Event) -> int:
    return counted_ms(gaps((gap,)))


def _move_after(unit: WriteUnit, gap: Event, before: int, by_ms: int) -> tuple[str, ...]:
    """Move what was made after a gap by so many ms; return the ids of what moved.

    Args:
        unit: the action.
        gap: the gap as it is.
        before: what it counted until now.
        by_ms: how far to move.
    """
    if not by_ms:
        return ()
    # The journal knows what was made later: ids carry the wall's time, and the wall is what is in doubt here.
    later = unit.journal.made_after("event", gap.id)
    events = [event for event in unit.events.of_visit(gap.visit_id) if event.id in later]
    moving = [event for event in events if event.kind is not EventKind.INTERVAL]
    moving = [event for event in moving if event.offset_ms >= gap.offset_ms + before]
    if any(event.offset_ms + by_ms > MAX_OFFSET_MS for event in moving):
        raise Invalid("time", str(by_ms), "out_of_range", "24 h")
    ids = tuple(event.id for event in moving)
    unit.see(unit.seen(*(("event", event_id) for event_id in ids)))
    unit.events.move(ids, by_ms)
    cells = _move_cells(unit, gap, [event for event in events if event.kind is EventKind.INTERVAL], before, by_ms)
    _move_end(unit, gap.visit_id, by_ms)
    return (*ids, *cells)


def _move_cells(unit: WriteUnit, gap: Event, cells: list[Event], before: int, by_ms: int) -> tuple[str, ...]:
    """Move cells of interval sheets by whole intervals: a cell's id names its interval, so it is written anew there."""
    from observe_app.services.happenings_codes import cell_id  # noqa: PLC0415  (only where interval codes were moved)

    form = visits.form_of(unit.visits.get(gap.visit_id)) if cells else None
    seconds = {item.id: item.seconds for item in form.items} if form else {}
    fresh: dict[str, Event] = {}
    left: list[str] = []
    for cell in cells:
        length = max(1, seconds.get(cell.item, 0)) * 1000
        if cell.item not in seconds or cell.offset_ms < index_at(gap.offset_ms + before, length // 1000) * length:
            continue
        index = cell.offset_ms // length + round(by_ms / length)
        row = cell_id(gap.visit_id, cell.item, index, cell.code)
        left.append(cell.id)
        fresh[row] = replace(cell, id=row, offset_ms=index * length)
    gone = [row for row in left if row not in fresh]
    standing = {event.id: event for event in unit.events.some(fresh)}
    unit.see(unit.seen(*(("event", row) for row in (*left, *standing))))
    for row in gone:
        unit.events.change(row, {"deleted": True})
    for row, cell in fresh.items():
        if row in standing:
            there = standing[row]
            keeps = not there.deleted and row not in left
            value = max(cell.value or 0.0, there.value or 0.0) if keeps else cell.value
            text = cell.text or there.text if keeps else cell.text
            unit.events.change(row, {"value": value, "text": text, "deleted": False})
        else:
            unit.events.add(cell)
    return (*gone, *fresh)


def _move_end(unit: WriteUnit, visit_id: str, by_ms: int) -> None:
    visit = unit.visits.get(visit_id)
    if visit.ended is not None:
        unit.see(unit.seen(("visit", visit_id)))
        unit.visits.change(visit_id, {"ended": visit.ended + timedelta(milliseconds=by_ms)})
