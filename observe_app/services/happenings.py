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

from observe_app.domain.answer import Absence, Answer
from observe_app.domain.clock import require_utc
from observe_app.domain.errors import Invalid, NotFound, VisitStageError
from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.ids import natural_id
from observe_app.domain.lesson_clock import LessonClock
from observe_app.domain.timeline import OUTCOMES, index_at, newest, tallies, timers
from observe_app.services import visits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.store.unit import WriteUnit

MAX_STUDENTS = 2000
MAX_WAIT_MS = 10 * 60_000
MAX_COMMENT = 2_000


@dataclass(frozen=True, slots=True)
class Press:
    """What pressing a timer did. `started` is None where it ran already: a second press never ends a running one."""

    started: Event | None = None
    stopped: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scene:
    """An action under way: the visit, the form's item, and the moment that is to be stored."""

    unit: WriteUnit
    visit: Visit
    items: tuple[Item, ...]
    item: Item
    offset_ms: int
    wall: datetime | None

    def event(self, core: Core, kind: EventKind, **fields: Any) -> Event:
        """Make an event of the item at the moment."""
        given: dict[str, Any] = {
            "id": core.ids.new(),
            "item": self.item.id,
            "offset_ms": self.offset_ms,
            "wall": self.wall,
            "author_id": core.store.me,
        }
        return Event(visit_id=self.visit.id, kind=kind, **(given | fields))


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
        scene = _scene(core, unit, visit_id, item, ItemKind.TALLY, offset_ms, wall)
        event = scene.event(core, EventKind.TALLY)
        _keep(scene, event)
        unit.commit()
    return event


def take_back_tally(core: Core, *, visit_id: str, item: str) -> Event | None:
    """Delete the tally that was pressed last; None where nothing is counted.

    Raises:
        NotFound: no such visit or item. Invalid: the item is of another kind.
    """
    with core.store.write("happening.untally", scope=visit_id) as unit:
        scene = _scene(core, unit, visit_id, item, ItemKind.TALLY)
        last = newest(tallies(unit.events.of_items(visit_id, (item,)), item))
        if last is None:
            return None
        changed = _change(scene, last.id, {"deleted": True})
        unit.commit()
    return changed


# -- timers


def start_timer(
    core: Core, *, visit_id: str, item: str, offset_ms: int | None = None, wall: datetime | None = None
) -> Press:
    """Start a timer and stop whichever other one of its group runs at that moment; nothing when it runs already.

    Raises:
        NotFound, Invalid: as of `tally`. VisitStageError: no moment is given and the lesson's clock stands still.
    """
    with core.store.write("happening.start", scope=visit_id) as unit:
        scene = _scene(core, unit, visit_id, item, ItemKind.TIMER, offset_ms, wall)
        if offset_ms is None and (scene.visit.started is None or scene.visit.ended is not None):
            raise VisitStageError(visit_id, scene.visit.stage.value, "observe")
        running = _running(scene)
        if item in running:
            return Press()
        stopped = tuple(scene.event(core, EventKind.STOP, item=other) for other in sorted(running))
        started = scene.event(core, EventKind.START)
        _keep(scene, *stopped, started)
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
        scene = _scene(core, unit, visit_id, item, ItemKind.TIMER, offset_ms, wall)
        if item not in _running(scene):
            return None
        event = scene.event(core, EventKind.STOP)
        _keep(scene, event)
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
        scene = _scene(core, unit, visit_id, item, ItemKind.TIMER, start_ms)
        _checked_offset(end_ms)
        for state in timers(_group(scene), _group_events(scene)).values():
            for one in state.stretches:
                if start_ms < (MAX_OFFSET_MS if one.end_ms is None else one.end_ms) and one.start_ms < end_ms:
                    raise Invalid("time", str(start_ms), "out_of_range", str(one.start_ms))
        pair = (
            scene.event(core, EventKind.START),
            scene.event(core, EventKind.STOP, offset_ms=end_ms, wall=None),
        )
        _keep(scene, *pair)
        unit.commit()
    return pair


# -- intervals


def tick(core: Core, *, visit_id: str, item: str, index: int, code: str, ticked: bool) -> Event:
    """Tick a code in an interval, or take its tick away; its words stay for when it is ticked again.

    Args:
        core: the open data folder.
        visit_id: the visit.
        item: id of an interval item.
        index: interval, from 0.
        code: full id such as "I.Lec".
        ticked: whether it occurs in the interval.

    Raises:
        NotFound: no such visit or item. Invalid: another kind of item, an unknown code, no interval of a lesson.
    """
    with core.store.write("happening.tick" if ticked else "happening.untick", scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, code)
        event = _put_cell(core, scene, code, {"value": 1.0 if ticked else 0.0})
        unit.commit()
    return event


def tick_same(core: Core, *, visit_id: str, item: str, index: int, codes: tuple[str, ...]) -> tuple[Event, ...]:
    """Tick several codes at once, such as those of the interval before; those ticked already stay.

    Raises:
        NotFound, Invalid: as of `tick`; nothing is stored then.
    """
    with core.store.write("happening.same", scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, "")
        for code in codes:
            _checked_code(scene.item, code)
        events = tuple(_put_cell(core, scene, code, {"value": 1.0}) for code in codes)
        unit.commit()
    return events


def comment_code(core: Core, *, visit_id: str, item: str, index: int, code: str, text: str) -> Event:
    """Say in words what a code stands for in an interval; that ticks it.

    Raises:
        NotFound: as of `tick`. Invalid: as of `tick`, or more than `MAX_COMMENT` characters.
    """
    from observe_app.domain.note_line import clean_note  # noqa: PLC0415  (compiles patterns; not needed to start)

    words = clean_note(text)
    if len(words) > MAX_COMMENT:
        raise Invalid("comment", words[:40], "too_long", str(MAX_COMMENT))
    with core.store.write("happening.comment", scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, code)
        event = _put_cell(core, scene, code, {"value": 1.0, "text": words})
        unit.commit()
    return event


def set_level(core: Core, *, visit_id: str, item: str, index: int, level: int | None) -> Event:
    """Say the level of an interval; None takes it away and leaves the mark that somebody looked.

    That mark alone, in an interval without a tick, says "nothing of this happened": it counts as coded.

    Raises:
        NotFound: as of `tick`. Invalid: as of `tick`, or no level of the item's scale.
    """
    kind = "happening.level" if level is not None else "happening.looked"
    with core.store.write(kind, scope=visit_id) as unit:
        scene = _cell_scene(core, unit, visit_id, item, index, "")
        numbers = [one.number for one in scene.item.levels]
        if level is not None and level not in numbers:
            raise Invalid(item, str(level)[:20], "not_in_scale", f"1–{max(numbers, default=0)}")
        event = _put_cell(core, scene, "", {"value": float(level or 0)})
        unit.commit()
    return event


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
        scene = _scene(core, unit, visit_id, item, ItemKind.SWEEP, offset_ms, wall)
        base = of if of is not None else scene.item.of or scene.visit.class_size
        if base is None:
            raise Invalid("of", "", "empty")
        if not 1 <= base <= MAX_STUDENTS:
            raise Invalid("of", str(base)[:20], "out_of_range", f"1–{MAX_STUDENTS}")
        if not 0 <= on_task <= base:
            raise Invalid(item, str(on_task)[:20], "out_of_range", f"0–{base}")
        event = scene.event(core, EventKind.SWEEP, value=float(on_task), of=float(base))
        _keep(scene, event)
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
        scene = _scene(core, unit, visit_id, item, ItemKind.WAIT, offset_ms, wall)
        fields: dict[str, Any] = {"value": float(round(wait_ms)), "outcome": outcome}
        if offset_ms is None and scene.wall is not None:
            from datetime import timedelta  # noqa: PLC0415

            fields |= {
                "offset_ms": max(0, scene.offset_ms - round(wait_ms)),
                "wall": scene.wall - timedelta(milliseconds=round(wait_ms)),
            }
        event = scene.event(core, EventKind.WAIT, **fields)
        _keep(scene, event)
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


def _scene(
    core: Core,
    unit: WriteUnit,
    visit_id: str,
    item_id: str,
    kind: ItemKind,
    offset_ms: int | None = None,
    wall: datetime | None = None,
) -> _Scene:
    visit = unit.visits.get(visit_id)
    form = visits.form_of(visit)
    item = form.item(item_id) if form else None
    if form is None or item is None:
        raise NotFound("item", item_id)
    if item.kind is not kind:
        raise Invalid(item_id, item.kind.value, "unknown", kind.value)
    if offset_ms is not None:
        moment = _checked_offset(offset_ms), None if wall is None else require_utc(wall)
    else:
        moment = _now(core, visit)
    return _Scene(unit, visit, form.items, item, *moment)


def _now(core: Core, visit: Visit) -> tuple[int, datetime | None]:
    # Wall time is all that a single action has to go by. A window that is open follows the monotonic clock and gives
    # the moment itself.
    clock = LessonClock(core.clock, started=visit.started, ended=visit.ended)
    if not clock.running:
        return clock.elapsed_ms(), None
    stamp = clock.stamp()
    return stamp.offset_ms, stamp.wall


def _checked_offset(offset_ms: int) -> int:
    if not -MAX_OFFSET_MS <= offset_ms <= MAX_OFFSET_MS:
        raise Invalid("time", str(offset_ms)[:20], "out_of_range", "24 h")
    return offset_ms


def _keep(scene: _Scene, *events: Event) -> None:
    scene.unit.events.add_many(events)
    _unsay(scene)


def _unsay(scene: _Scene) -> None:
    """Take the item's absence away: something happened after all."""
    unit, visit_id, item = scene.unit, scene.visit.id, scene.item.id
    answer = unit.answers.get(visit_id, item)
    if answer.absence not in {None, Absence.UNANSWERED}:
        unit.see(unit.seen(("answer", natural_id("answer", visit_id, item))))
        unit.answers.put(Answer(visit_id, item, None, Absence.UNANSWERED, answer.comment, answer.at))


def _change(scene: _Scene, event_id: str, fields: Mapping[str, Any]) -> Event:
    # Counts and ticks are on the screen at all times, so what is live is what was seen.
    scene.unit.see(scene.unit.seen(("event", event_id)))
    return scene.unit.events.change(event_id, fields)


def _group(scene: _Scene) -> tuple[Item, ...]:
    item = scene.item
    return tuple(
        one
        for one in scene.items
        if one.id == item.id or (one.kind is ItemKind.TIMER and item.group and one.group == item.group)
    )


def _group_events(scene: _Scene) -> tuple[Event, ...]:
    return scene.unit.events.of_items(scene.visit.id, tuple(one.id for one in _group(scene)))


def _running(scene: _Scene) -> frozenset[str]:
    """Ids of the timers of the item's group that run at the scene's moment."""
    before = [event for event in _group_events(scene) if event.offset_ms <= scene.offset_ms]
    states = timers(_group(scene), before)
    return frozenset(item_id for item_id, state in states.items() if state.running_since is not None)


def _cell_scene(core: Core, unit: WriteUnit, visit_id: str, item: str, index: int, code: str) -> _Scene:
    scene = _scene(core, unit, visit_id, item, ItemKind.INTERVAL, 0)
    if not 0 <= index <= index_at(MAX_OFFSET_MS, scene.item.seconds):
        raise Invalid("interval", str(index)[:20], "out_of_range", "24 h")
    if code:
        _checked_code(scene.item, code)
    started = scene.visit.started
    offset = index * scene.item.seconds * 1000
    wall = None
    if started is not None:
        wall = LessonClock(core.clock, started=started, ended=scene.visit.ended).wall_at(offset)
    return _Scene(unit, scene.visit, scene.items, scene.item, offset, wall)


def _checked_code(item: Item, code: str) -> None:
    if item.code(code) is None:
        known = ", ".join(side.full(one) for side in item.sides for one in side.codes)
        raise Invalid("code", code[:40], "unknown", known)


def cell_id(visit_id: str, item: str, index: int, code: str) -> str:
    """Return the id of the row of a cell; the same on every computer, so that ticking twice is one row.

    `code` "" is the row of the interval's level.
    """
    return natural_id("interval", visit_id, item, str(index), code)


def _put_cell(core: Core, scene: _Scene, code: str, fields: Mapping[str, Any]) -> Event:
    index = index_at(scene.offset_ms, scene.item.seconds)
    row = cell_id(scene.visit.id, scene.item.id, index, code)
    found = scene.unit.events.some((row,))
    _unsay(scene)
    if not found:
        event = scene.event(core, EventKind.INTERVAL, id=row, code=code, **fields)
        scene.unit.events.add(event)
        return event
    was = found[0]
    if was.deleted:
        # A cell whose first tick was undone starts over, without the words it had then.
        fields = {"text": "", **fields, "deleted": False}
    wanted = {name: value for name, value in fields.items() if getattr(was, name) != value}
    return _change(scene, row, wanted) if wanted else was
