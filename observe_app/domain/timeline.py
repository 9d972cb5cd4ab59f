"""What a visit's events come to, item by item: counts, durations, interval sheets, sweeps and waits.

Raw events are the single source; everything here is computed from them and says what it rests on. Deleted events and
those of other items are passed over. What does not fit together is reported and never guessed away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite
from statistics import median
from typing import TYPE_CHECKING

from observe_app.domain.event import MAX_OFFSET_MS, Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.lesson_parts import Stretch, outside, pauses

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OUTCOMES = ("answered", "rephrased", "answered_by_teacher")
"""How a wait ended: a student answered, the question was put again, or the teacher answered it."""

TIMER_KINDS = frozenset({EventKind.START, EventKind.STOP})
"""Kinds of events that make the runs of a timer."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both as counted, so that no figure goes without its n."""

    count: int
    of: int

    @property
    def value(self) -> float | None:
        """The part in [0, 1]; None of nothing, which is no zero."""
        return self.count / self.of if self.of else None


def events_of(events: Iterable[Event], item_id: str, *kinds: EventKind) -> tuple[Event, ...]:
    """Return an item's living events of these kinds, by moment."""
    found = [event for event in events if event.item == item_id and event.kind in kinds and not event.deleted]
    return tuple(sorted(found, key=_moment))


def _moment(event: Event) -> tuple[int, str]:
    return event.offset_ms, event.id


# -- tallies


def tallies(events: Iterable[Event], item_id: str) -> tuple[Event, ...]:
    """Return the moments counted, by moment; their number is the count."""
    return events_of(events, item_id, EventKind.TALLY)


def newest(events: Iterable[Event]) -> Event | None:
    """Return the event that was made last, whatever moment it was given; None without any.

    New ids are ordered by when they were made (`ids.Ids`), and "take one back" means the last one pressed.
    """
    return max(events, key=lambda event: event.id, default=None)


# -- timers


@dataclass(frozen=True, slots=True)
class TimerState:
    """What a timer item's starts and stops come to.

    Attributes:
        stretches: its runs by moment; they never overlap, and only the last may still be running.
        loose: ids of starts while it ran and of stops while it did not: they change nothing.
        cut: ids of starts of other timers of its group that ended a run for which no stop was stored.
        paused: pauses of the lesson; a timer runs on through one, but the time in it is not counted.
        over_ms: how long all runs but the last were, pauses left out: asked for each second of a lesson, it is summed
            up once. None sums it up when it is asked for.
    """

    item: str
    stretches: tuple[Stretch, ...] = ()
    loose: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    paused: tuple[Stretch, ...] = ()
    over_ms: int | None = field(default=None, compare=False)

    @property
    def running_since(self) -> int | None:
        """Moment in ms at which the present run began; None while it is off."""
        return self.stretches[-1].start_ms if self.stretches and self.stretches[-1].end_ms is None else None

    def total_ms(self, until_ms: int) -> int:
        """Return how long it ran up to this moment, a run that goes on included, pauses of the lesson left out.

        Runs count as half-open [start, end): two timers that swap share no millisecond.
        """
        if self.over_ms is not None and self.stretches and until_ms >= self.stretches[-1].start_ms:
            return self.over_ms + outside(self.stretches[-1], self.paused, until_ms)
        return sum(outside(one, self.paused, until_ms) for one in self.stretches)


def timers(
    items: Iterable[Item], events: Iterable[Event], paused: tuple[Stretch, ...] | None = None
) -> dict[str, TimerState]:
    """Return the state of every timer among these items.

    Within a group a start ends whichever other timer of it runs, also where no stop says so (two computers, an
    import). At one and the same moment stops of what runs come before starts, so that a swap reads the same in
    whichever order its two events lie.

    Args:
        items: of one form; other kinds are passed over.
        events: of one visit, in any order, those that pause the lesson among them.
        paused: the lesson's pauses where the events given are not all; None for those among the events.
    """
    events = tuple(events)
    paused = pauses(events) if paused is None else paused
    group_of = {item.id: item.group or f"\0{item.id}" for item in items if item.kind is ItemKind.TIMER}
    by_group: dict[str, TimerGroup] = {}
    for item_id, group in group_of.items():
        by_group.setdefault(group, TimerGroup(paused)).include(item_id)
    found = [event for event in events if event.item in group_of and event.kind in TIMER_KINDS and not event.deleted]
    for event in sorted(found, key=_moment):
        by_group[group_of[event.item]].tell(event)
    states = {state.item: state for one in by_group.values() for state in one.states()}
    return {item_id: states[item_id] for item_id in group_of}


class TimerGroup:
    """What the timers of one group come to, told event by event: one more costs the same however many were before.

    Everything before the latest moment is settled. What happened at that moment is not: events may still come that lie
    there too, and a stop among them counts before a start.

    Attributes:
        at_ms: the latest moment told; an event before it cannot be told any more. None before the first.
    """

    def __init__(self, paused: tuple[Stretch, ...] = ()) -> None:
        """Begin without timers, in a lesson with these pauses."""
        self.at_ms: int | None = None
        self._paused = paused
        self._tracks: dict[str, _Track] = {}
        self._running = ""
        self._latest: list[Event] = []

    def include(self, item_id: str) -> None:
        """Take a timer into the group; before the first event."""
        self._tracks[item_id] = _Track()

    def tell(self, event: Event) -> None:
        """Take a start or a stop of a timer of the group, at the latest moment told or after it."""
        if event.offset_ms != self.at_ms:
            self._running = _run_moment(self._latest, self._tracks, self._running, self._paused)
            self._latest = []
        self.at_ms = event.offset_ms
        self._latest.append(event)

    def states(self) -> tuple[TimerState, ...]:
        """Return the state of each timer of the group."""
        tracks = {item_id: track.copy() for item_id, track in self._tracks.items()}
        _run_moment(self._latest, tracks, self._running, self._paused)
        return tuple(track.state(item_id, self._paused) for item_id, track in tracks.items())


class _Track:
    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self.loose: list[str] = []
        self.cut: list[str] = []
        self.since: int | None = None
        self.over_ms = 0

    def copy(self) -> _Track:
        made = _Track()
        made.stretches, made.loose, made.cut = self.stretches.copy(), self.loose.copy(), self.cut.copy()
        made.since, made.over_ms = self.since, self.over_ms
        return made

    def end(self, moment: int) -> None:
        if self.since is not None:
            self.stretches[-1] = Stretch(self.since, moment)
            self.since = None

    def begin(self, moment: int, paused: tuple[Stretch, ...]) -> None:
        if self.stretches:
            self.over_ms += outside(self.stretches[-1], paused, moment)
        self.since = moment
        self.stretches.append(Stretch(moment))

    def state(self, item_id: str, paused: tuple[Stretch, ...]) -> TimerState:
        return TimerState(
            item_id, tuple(self.stretches), tuple(self.loose), tuple(self.cut), paused, over_ms=self.over_ms
        )


def _run_moment(
    events: Iterable[Event], tracks: Mapping[str, _Track], running: str, paused: tuple[Stretch, ...]
) -> str:
    """Take what happened at one moment; return which timer runs after it, "" for none."""
    pending = sorted(events, key=_moment)
    while pending:
        event = pending.pop(_next_of(pending, running))
        track = tracks[event.item]
        if event.kind is EventKind.STOP and event.item == running:
            track.end(event.offset_ms)
            running = ""
        elif event.kind is EventKind.START and event.item != running:
            if running:
                tracks[running].end(event.offset_ms)
                tracks[running].cut.append(event.id)
            track.begin(event.offset_ms, paused)
            running = event.item
        else:
            track.loose.append(event.id)
    return running


def _next_of(pending: list[Event], running: str) -> int:
    """Of events at one moment: a stop of what runs, else a start of what does not, else whatever is left."""
    for place, event in enumerate(pending):
        if event.kind is EventKind.STOP and event.item == running:
            return place
    return next(
        (place for place, event in enumerate(pending) if event.kind is EventKind.START and event.item != running), 0
    )


def time_shares(states: Iterable[TimerState], until_ms: int) -> dict[str, Share]:
    """Return each timer's share of the time of all of these together, in ms: "of the time that anybody talked".

    Only timers of one exclusive group add up to a whole; silence belongs to the base where it is one of them.
    """
    totals = {state.item: state.total_ms(until_ms) for state in states}
    whole = sum(totals.values())
    return {item_id: Share(total, whole) for item_id, total in totals.items()}


# -- intervals


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval of a sheet.

    Attributes:
        index: from 0. ticked: full code ids in the form's order. comments: (full code id, words) of ticked codes.
        level: of the item's scale, None without one.
        coded: somebody looked: a tick, a tick taken away, a level or the mark "nothing to tick" is stored for it.
    """

    index: int
    ticked: tuple[str, ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    level: int | None = None
    coded: bool = False

    def comment(self, code: str) -> str:
        """Return the words beside a code, "" without any."""
        return dict(self.comments).get(code, "")


@dataclass(frozen=True, slots=True)
class CodeShares:
    """The two shares of a code or a category. They answer different questions and are never mixed.

    Attributes:
        intervals: in how many of the coded intervals it occurs.
        ticks: how many of all ticks of its side it has.

    Source: the two-minute protocol of COPUS (Smith, Jones, Gilbert & Wieman 2013, doi 10.1187/cbe.13-08-0154) ticks
    what occurs at any moment of an interval: both figures are about occurrence, neither is about time.
    """

    intervals: Share
    ticks: Share


@dataclass(frozen=True, slots=True)
class IntervalSheet:
    """Every interval from the first of the lesson to the last that is coded or has begun.

    Attributes:
        strange: ids of events that this item has no place for: an unknown code, a moment before the lesson or a day
            after it.
    """

    item: str
    seconds: int
    intervals: tuple[Interval, ...] = ()
    strange: tuple[str, ...] = ()

    def at(self, index: int) -> Interval:
        """Return an interval, an empty one where nothing is stored."""
        return self.intervals[index] if 0 <= index < len(self.intervals) else Interval(index)

    @property
    def coded(self) -> tuple[Interval, ...]:
        """The intervals somebody coded: the base of every share of intervals."""
        return tuple(one for one in self.intervals if one.coded)

    @property
    def blank(self) -> int:
        """How many intervals up to the last coded one nobody coded. They are in no base; a view says so."""
        last = max((one.index for one in self.intervals if one.coded), default=-1)
        return last + 1 - len(self.coded)

    @property
    def ticks(self) -> int:
        """Ticks over all intervals and sides."""
        return sum(len(one.ticked) for one in self.intervals)

    def levels(self) -> dict[int, int]:
        """Return how many intervals have each level."""
        counts: dict[int, int] = {}
        for one in self.intervals:
            if one.level is not None:
                counts[one.level] = counts.get(one.level, 0) + 1
        return counts


def index_at(offset_ms: int, seconds: int) -> int:
    """Return the interval that a moment lies in; a moment on the border belongs to the later one."""
    return offset_ms // (max(1, seconds) * 1000)


def interval_count(minutes: int, seconds: int) -> int:
    """Return how many intervals a lesson of so many minutes has, one begun at its end included."""
    return -(-minutes * 60 // max(1, seconds))


def interval_sheet(item: Item, events: Iterable[Event], until_ms: int | None = None) -> IntervalSheet:
    """Return the sheet of an interval item.

    Args:
        item: of kind interval.
        events: of one visit, in any order. Of several rows for one cell any tick counts.
        until_ms: intervals begun by then are on the sheet also where nothing is stored; None for the coded ones alone.
    """
    order = [side.full(code) for side in item.sides for code in side.codes]
    known, levels = set(order), {level.number for level in item.levels}
    cells: dict[int, dict[str, str]] = {}
    marks: dict[int, int | None] = {}
    strange: list[str] = []
    for event in events_of(events, item.id, EventKind.INTERVAL):
        index = index_at(event.offset_ms, item.seconds)
        if not 0 <= event.offset_ms <= MAX_OFFSET_MS or (event.code and event.code not in known):
            strange.append(event.id)
            continue
        marks.setdefault(index, None)
        if event.code and event.value:
            words = cells.setdefault(index, {}).get(event.code, "")
            cells[index][event.code] = event.text or words
        elif not event.code and event.value in levels:
            marks[index] = int(event.value or 0)
    last = max(marks, default=-1)
    if until_ms is not None and until_ms >= 0:
        last = max(last, index_at(min(until_ms, MAX_OFFSET_MS), item.seconds))
    found = tuple(_interval(index, order, cells.get(index, {}), marks) for index in range(last + 1))
    return IntervalSheet(item.id, item.seconds, found, tuple(strange))


def _interval(index: int, order: list[str], cell: Mapping[str, str], marks: Mapping[int, int | None]) -> Interval:
    ticked = tuple(code for code in order if code in cell) if cell else ()
    comments = tuple((code, cell[code]) for code in ticked if cell[code])
    return Interval(index, ticked, comments, marks.get(index), index in marks)


def code_shares(item: Item, sheet: IntervalSheet) -> dict[str, CodeShares]:
    """Return both shares of every code by full id, in the form's order."""
    return {
        full: shares
        for side in item.sides
        for full, shares in _shares(
            sheet, {side.full(code): frozenset({side.full(code)}) for code in side.codes}
        ).items()
    }


def category_shares(item: Item, sheet: IntervalSheet) -> dict[str, CodeShares]:
    """Return both shares of every category, by "side.category" or the bare id, in the form's order.

    An interval has a category when any of its codes is ticked, however many are. Codes without a category stand in
    the base of ticks and in no category.
    """
    found: dict[str, CodeShares] = {}
    for side in item.sides:
        wanted = {
            (f"{side.id}.{category.id}" if side.id else category.id): frozenset(
                side.full(code) for code in side.codes if code.category == category.id
            )
            for category in side.categories
        }
        found |= _shares(sheet, wanted, frozenset(side.full(code) for code in side.codes))
    return found


def _shares(
    sheet: IntervalSheet, wanted: Mapping[str, frozenset[str]], side: frozenset[str] = frozenset()
) -> dict[str, CodeShares]:
    coded = sheet.coded
    base = side or frozenset().union(*wanted.values())
    ticks = sum(code in base for one in coded for code in one.ticked)
    return {
        name: CodeShares(
            Share(sum(any(code in codes for code in one.ticked) for one in coded), len(coded)),
            Share(sum(code in codes for one in coded for code in one.ticked), ticks),
        )
        for name, codes in wanted.items()
    }


# -- sweeps


@dataclass(frozen=True, slots=True)
class Sweep:
    """One look over the room: on task, of how many looked at."""

    event: str
    offset_ms: int
    seen: Share


@dataclass(frozen=True, slots=True)
class SweepSheet:
    """An item's sweeps by moment. `strange`: ids of events without a number or a base, or with more than the base."""

    sweeps: tuple[Sweep, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def overall(self) -> Share:
        """All looks together: on task over looked at. A student looked at in ten sweeps counts ten times."""
        return Share(sum(one.seen.count for one in self.sweeps), sum(one.seen.of for one in self.sweeps))


def sweep_sheet(events: Iterable[Event], item_id: str) -> SweepSheet:
    """Return an item's sweeps."""
    sweeps, strange = [], []
    for event in events_of(events, item_id, EventKind.SWEEP):
        value, of = event.value, event.of
        if value is None or of is None or not isfinite(of) or not 0 <= value <= of or of < 1:
            strange.append(event.id)
        else:
            sweeps.append(Sweep(event.id, event.offset_ms, Share(int(value), int(of))))
    return SweepSheet(tuple(sweeps), tuple(strange))


def next_due_ms(sheet: SweepSheet, every_minutes: int) -> int:
    """Return the moment at which the next sweep is due.

    Due moments lie at fixed times of the lesson (every k-th minute), so that a late sweep delays no other one. A sweep
    belongs to the due moment nearest to it; one exactly between two belongs to the later.
    """
    every = max(1, every_minutes) * 60_000
    done = max((one.offset_ms for one in sheet.sweeps), default=0)
    return ((2 * done + every) // (2 * every) + 1) * every


# -- waits


@dataclass(frozen=True, slots=True)
class WaitSheet:
    """An item's wait times.

    Attributes:
        waits_ms: by moment. outcomes: (outcome, how many) of those that were said, in the order of `OUTCOMES`.
        reached: waits at or over the aim, of all; None where the item has no aim.
        strange: ids of events without a length, or with one below zero.
    """

    waits_ms: tuple[int, ...] = ()
    outcomes: tuple[tuple[str, int], ...] = ()
    reached: Share | None = None
    strange: tuple[str, ...] = ()

    @property
    def median_ms(self) -> float | None:
        """The middle wait, the mean of the two middle ones of an even number; None without any."""
        return median(self.waits_ms) if self.waits_ms else None


def wait_sheet(item: Item, events: Iterable[Event]) -> WaitSheet:
    """Return the waits of a wait item. A wait as long as the aim reaches it (3 s "or more", Rowe)."""
    found = events_of(events, item.id, EventKind.WAIT)
    good = [event for event in found if event.value is not None and isfinite(event.value) and event.value >= 0]
    waits = tuple(round(event.value or 0) for event in good)
    counts = tuple((name, sum(event.outcome == name for event in good)) for name in OUTCOMES)
    aim = item.aim
    return WaitSheet(
        waits,
        tuple((name, count) for name, count in counts if count),
        None if aim is None else Share(sum(wait >= aim * 1000 for wait in waits), len(waits)),
        tuple(event.id for event in found if event not in good),
    )
