"""What happens in a lesson, stored against the visit's own form: tallies, timers, interval codes, sweeps, waits.

Each function is one user action: one unit of work, one journal entry that undo takes back exactly, on the disk when it
returns. A moment may be given, for what is typed in later from paper; without one the visit's clock tells it. Where
that clock stands still (the lesson has not begun, or is over) an event keeps the moment at which it stands and no wall
time, because nobody saw it just now; a timer cannot be started then without a moment.

What happened beats an absence: storing an event of an item that was "not seen" takes that word away in the same action.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import Invalid, VisitStageError
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.timeline import OUTCOMES, newest, tallies, timers
from observe_app.services.happening_scene import Scene, change, checked_offset, keep, moment_of, scene_of
from observe_app.services.happenings_codes import MAX_COMMENT, cell_id, comment_code, set_level, tick, tick_same

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.services.core import Core

__all__ = [
    "MAX_COMMENT",
    "MAX_OFFSET_MS",
    "MAX_SEAT_ID",
    "MAX_STUDENTS",
    "MAX_WAIT_MS",
    "Press",
    "add_stretch",
    "cell_id",
    "comment_code",
    "set_level",
    "set_outcome",
    "spoke",
    "start_timer",
    "stop_timer",
    "sweep",
    "take_back_tally",
    "tally",
    "tick",
    "tick_same",
    "wait",
]

MAX_STUDENTS = 2000
MAX_WAIT_MS = 10 * 60_000
MAX_SEAT_ID = 64
_LOOK_BACK = 24


@dataclass(frozen=True, slots=True)
class Press:
    """What pressing a timer did. `started` is None where it ran already: a second press never ends a running one."""

    started: Event | None = None
    stopped: tuple[Event, ...] = ()


# -- tallies


def tally(core: Core, *, visit_id: str, item: str, offset_ms: int | None = None, wall: datetime | None = None) -> Event:
    """Count one.

    Args:
        core: the open data folder.
        visit_id: the visit.
        item: id of a tally of the visit's form.
        offset_ms: moment of the lesson; None for now.
        wall: wall time of that moment, aware; None where it is not known. Only with `offset_ms`.

    Raises:
        NotFound: no such visit or item. Invalid: the item is of another kind, or the moment is no lesson's.
    """
    with core.store.write("happening.tally", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.TALLY, offset_ms, wall)
        event = scene.event(core, EventKind.TALLY)
        keep(scene, event)
        unit.commit()
    return event


def take_back_tally(core: Core, *, visit_id: str, item: str) -> Event | None:
    """Delete the tally that was pressed last; None where nothing is counted.

    Raises:
        NotFound: no such visit or item. Invalid: the item is of another kind.
    """
    with core.store.write("happening.untally", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.TALLY)
        last = newest(tallies(unit.events.of_items(visit_id, (item,)), item))
        if last is None:
            return None
        changed = change(scene, last.id, {"deleted": True})
        unit.commit()
    return changed


def spoke(
    core: Core,
    *,
    visit_id: str,
    seat: str,
    speaker: str,
    to: str = "",
    offset_ms: int | None = None,
    wall: datetime | None = None,
) -> Event:
    """Store that somebody on a seat spoke, and to whom; whatever the form asks for.

    Args:
        core: the open data folder.
        visit_id: the visit.
        seat: id of a seat of the visit's seating plan.
        speaker: who spoke, as in the note line: "T", "S", "S7", "SS".
        to: whom they spoke to, in the same writing; "" to the class.
        offset_ms: moment of the lesson; None for now.
        wall: wall time of that moment, aware.

    Raises:
        NotFound: no such visit. Invalid: no seat, a speaker in no such writing, or the moment is no lesson's.
    """
    if not seat or len(seat) > MAX_SEAT_ID:
        raise Invalid("seat", seat[:40], "too_long" if seat else "empty", str(MAX_SEAT_ID))
    for field, who in (("speaker", speaker), ("to", to)):
        if not _is_speaker(who) and (who or field == "speaker"):
            raise Invalid(field, who[:40], "unknown", "T, S, S7, SS")
    with core.store.write("happening.spoke", scope=visit_id) as unit:
        offset, at = moment_of(core, unit.visits.get(visit_id), offset_ms, wall)
        event = Event(
            id=core.ids.new(),
            visit_id=visit_id,
            kind=EventKind.TALLY,
            offset_ms=offset,
            wall=at,
            speaker=speaker,
            to=to,
            seat=seat,
            author_id=core.store.me,
        )
        unit.events.add(event)
        unit.commit()
    return event


# -- timers


def start_timer(
    core: Core, *, visit_id: str, item: str, offset_ms: int | None = None, wall: datetime | None = None
) -> Press:
    """Start a timer and stop whichever other one of its group runs at that moment; nothing when it runs already.

    Raises:
        NotFound, Invalid: as of `tally`. VisitStageError: no moment is given and the lesson's clock stands still.
    """
    with core.store.write("happening.start", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.TIMER, offset_ms, wall)
        if offset_ms is None and (scene.visit.started is None or scene.visit.ended is not None):
            raise VisitStageError(visit_id, scene.visit.stage.value, "observe")
        running = _running(scene)
        if item in running:
            return Press()
        stopped = tuple(scene.event(core, EventKind.STOP, item=other) for other in sorted(running))
        started = scene.event(core, EventKind.START)
        keep(scene, *stopped, started)
        unit.commit()
    return Press(started, stopped)


def stop_timer(
    core: Core, *, visit_id: str, item: str, offset_ms: int | None = None, wall: datetime | None = None
) -> Event | None:
    """End a timer; None where it does not run at that moment.

    Raises:
        NotFound, Invalid: as of `tally`.
    """
    with core.store.write("happening.stop", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.TIMER, offset_ms, wall)
        if item not in _running(scene):
            return None
        event = scene.event(core, EventKind.STOP)
        keep(scene, event)
        unit.commit()
    return event


def add_stretch(core: Core, *, visit_id: str, item: str, start_ms: int, end_ms: int) -> tuple[Event, Event]:
    """Store a run of a timer from one moment to another, as written on paper.

    Raises:
        NotFound: as of `tally`. Invalid: as of `tally`; rule "out_of_range" also where it ends before it starts, or
            meets another run of the timer or of its group.
    """
    if end_ms <= start_ms:
        raise Invalid("time", str(end_ms), "out_of_range", str(start_ms))
    with core.store.write("happening.stretch", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.TIMER, start_ms)
        checked_offset(end_ms)
        for state in timers(_group(scene), _group_events(scene)).values():
            for one in state.stretches:
                if start_ms < (MAX_OFFSET_MS if one.end_ms is None else one.end_ms) and one.start_ms < end_ms:
                    raise Invalid("time", str(start_ms), "out_of_range", str(one.start_ms))
        pair = (
            scene.event(core, EventKind.START),
            scene.event(core, EventKind.STOP, offset_ms=end_ms, wall=None),
        )
        keep(scene, *pair)
        unit.commit()
    return pair


# -- sweeps and waits


def sweep(
    core: Core,
    *,
    visit_id: str,
    item: str,
    on_task: int,
    of: int | None = None,
    offset_ms: int | None = None,
    wall: datetime | None = None,
) -> Event:
    """Store one look over the room.

    Args:
        core: the open data folder.
        visit_id: the visit.
        item: id of a sweep.
        on_task: how many of them were on task.
        of: how many were looked at; None for the item's number, else the class size.
        offset_ms: moment of the lesson; None for now.
        wall: wall time of that moment, aware.

    Raises:
        NotFound: as of `tally`. Invalid: as of `tally`; `field` "of" where nobody knows how many were looked at (rule
            "empty"); rule "out_of_range" for a number that does not fit.
    """
    with core.store.write("happening.sweep", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.SWEEP, offset_ms, wall)
        base = of if of is not None else scene.item.of or scene.visit.class_size
        if base is None:
            raise Invalid("of", "", "empty")
        if not 1 <= base <= MAX_STUDENTS:
            raise Invalid("of", str(base)[:20], "out_of_range", f"1–{MAX_STUDENTS}")
        if not 0 <= on_task <= base:
            raise Invalid(item, str(on_task)[:20], "out_of_range", f"0–{base}")
        event = scene.event(core, EventKind.SWEEP, value=float(on_task), of=float(base))
        keep(scene, event)
        unit.commit()
    return event


def wait(
    core: Core,
    *,
    visit_id: str,
    item: str,
    wait_ms: float,
    outcome: str = "",
    offset_ms: int | None = None,
    wall: datetime | None = None,
) -> Event:
    """Store a wait.

    Args:
        core: the open data folder.
        visit_id: the visit.
        item: id of a wait item.
        wait_ms: from the end of the question (or answer) to the first word, in ms.
        outcome: one of `timeline.OUTCOMES`, "" where it was not said.
        offset_ms: moment at which the question ended; None for now less the wait.
        wall: wall time of that moment, aware.

    Raises:
        NotFound: as of `tally`. Invalid: as of `tally`, a length below zero or over ten minutes, an unknown outcome.
    """
    if not isfinite(wait_ms) or not 0 <= wait_ms <= MAX_WAIT_MS:
        raise Invalid(item, str(wait_ms)[:20], "out_of_range", f"0–{MAX_WAIT_MS}")
    if outcome and outcome not in OUTCOMES:
        raise Invalid("outcome", outcome[:40], "unknown", ", ".join(OUTCOMES))
    with core.store.write("happening.wait", scope=visit_id) as unit:
        scene = scene_of(core, unit, visit_id, item, ItemKind.WAIT, offset_ms, wall)
        fields: dict[str, Any] = {"value": float(round(wait_ms)), "outcome": outcome}
        if offset_ms is None and scene.wall is not None:
            from datetime import timedelta  # noqa: PLC0415

            fields |= {
                "offset_ms": max(0, scene.offset_ms - round(wait_ms)),
                "wall": scene.wall - timedelta(milliseconds=round(wait_ms)),
            }
        event = scene.event(core, EventKind.WAIT, **fields)
        keep(scene, event)
        unit.commit()
    return event


def set_outcome(core: Core, *, event_id: str, outcome: str) -> Event:
    """Say how a stored wait ended, "" for not said.

    Raises:
        NotFound: no such event. Invalid: it is no wait, or an unknown outcome.
    """
    if outcome and outcome not in OUTCOMES:
        raise Invalid("outcome", outcome[:40], "unknown", ", ".join(OUTCOMES))
    with core.store.read() as found:
        event = found.events.get(event_id)
    if event.kind is not EventKind.WAIT:
        raise Invalid("event", event.kind.value, "unknown", EventKind.WAIT.value)
    with core.store.write("happening.outcome", scope=event.visit_id) as unit:
        unit.see(unit.seen(("event", event_id)))
        changed = unit.events.change(event_id, {"outcome": outcome})
        unit.commit()
    return changed


# -- helpers


def _group(scene: Scene) -> tuple[Item, ...]:
    item = scene.item
    return tuple(
        one
        for one in scene.items
        if one.id == item.id or (one.kind is ItemKind.TIMER and item.group and one.group == item.group)
    )


def _group_events(scene: Scene) -> tuple[Event, ...]:
    return scene.unit.events.of_items(scene.visit.id, tuple(one.id for one in _group(scene)))


def _running(scene: Scene) -> frozenset[str]:
    """Ids of the timers of the item's group that run at the scene's moment."""
    group = _group(scene)
    ids = tuple(one.id for one in group)
    late = scene.unit.events.last_of_items(scene.visit.id, ids, scene.offset_ms, _LOOK_BACK)
    settled = since_settled(late) if len(late) == _LOOK_BACK else late
    if settled is None:
        settled = tuple(event for event in _group_events(scene) if event.offset_ms <= scene.offset_ms)
    states = timers(group, settled)
    return frozenset(item_id for item_id, state in states.items() if state.running_since is not None)


def since_settled(events: tuple[Event, ...]) -> tuple[Event, ...] | None:
    """Return the newest events of a group of timers from a moment on after which it is clear which of them runs.

    That is a moment at which exactly one is started that is not stopped as well: it runs then, whatever was before.

    Args:
        events: the group's newest events, by moment; there may be older ones, at the first moment too.

    Returns:
        None where no such moment is among them.
    """
    moments = sorted({event.offset_ms for event in events})[1:]
    for moment in reversed(moments):
        here = [event for event in events if event.offset_ms == moment]
        started = {event.item for event in here if event.kind is EventKind.START}
        stopped = {event.item for event in here if event.kind is EventKind.STOP}
        if len(started) == 1 and not started & stopped:
            return tuple(event for event in events if event.offset_ms >= moment)
    return None


def _is_speaker(who: str) -> bool:
    number = who[1:]
    return who in {"T", "S", "SS"} or (who[:1] == "S" and len(number) <= 3 and number.isascii() and number.isdigit())
