"""Interval sheets made of something else: of moments and states recorded as they came, or of a finer sheet.

A derived sheet says that it is one: whoever ticks every two minutes decides otherwise than whoever holds a key down, so
the two are never put into one line (`marks.Origin.DERIVED`).

The rules, exact in whole milliseconds. Intervals are half-open, [k x length, (k + 1) x length). A moment on a border
belongs to the later interval (`timeline.index_at`). A state [a, b) occurs in every interval of which it covers at least
one millisecond that is not in a pause; one that ends as it begins counts like a moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import MAX_OFFSET_MS, EventKind
from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_parts import Stretch, outside, pauses
from observe_app.domain.timeline import Interval, IntervalSheet, Share, events_of, index_at, timers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item

_MOMENTS = {
    ItemKind.TALLY: EventKind.TALLY,
    ItemKind.WAIT: EventKind.WAIT,
    ItemKind.SWEEP: EventKind.SWEEP,
}
"""Kinds of items that record moments, and how."""

CONTINUOUS = frozenset({ItemKind.TIMER, *_MOMENTS})
"""Kinds of items that a sheet can be made of."""


@dataclass(frozen=True, slots=True)
class DerivedSheet:
    """A sheet made of a continuous recording.

    Attributes:
        seconds: length of an interval. items: ids of the rows, in the form's order.
        intervals: every one that began before the end of the lesson; `ticked` are ids of items. `coded` is false of one
            that lies wholly in a pause: nobody looked.
        beyond: ids of events before the lesson or after its end; they are on no interval.
    """

    seconds: int
    items: tuple[str, ...]
    intervals: tuple[Interval, ...] = ()
    beyond: tuple[str, ...] = ()

    @property
    def coded(self) -> int:
        """How many intervals were looked at: the base of every share of intervals."""
        return sum(one.coded for one in self.intervals)

    @property
    def blank(self) -> int:
        """How many intervals lie wholly in a pause."""
        return len(self.intervals) - self.coded

    def of_intervals(self, item_id: str) -> Share:
        """Return in how many of the intervals looked at an item occurs."""
        return Share(sum(item_id in one.ticked for one in self.intervals if one.coded), self.coded)

    def of_ticks(self, item_id: str) -> Share:
        """Return how many of all ticks of the sheet an item has."""
        ticks = sum(len(one.ticked) for one in self.intervals)
        return Share(sum(item_id in one.ticked for one in self.intervals), ticks)


def derived_sheet(items: Iterable[Item], events: Sequence[Event], seconds: int, length_ms: int) -> DerivedSheet:
    """Return what occurred in each interval.

    Args:
        items: of the form; those that record nothing continuously are passed over.
        events: of one visit, in any order, those that pause the lesson among them.
        seconds: length of an interval, at least 1.
        length_ms: of the lesson, pauses included; an interval that it cuts short is on the sheet.
    """
    rows = [item for item in items if item.kind in CONTINUOUS]
    length, step = max(0, min(length_ms, MAX_OFFSET_MS)), max(1, seconds) * 1000
    paused = pauses(events)
    spans = [Stretch(start, min(start + step, length)) for start in range(0, length, step)]
    looked = [outside(span, paused, length) > 0 for span in spans]
    ticked: list[set[str]] = [set() for _span in spans]
    beyond: list[str] = []
    states = timers(rows, events)
    for item in rows:
        if item.kind is ItemKind.TIMER:
            for run in states[item.id].stretches:
                for index in _touched(run, spans, paused, step, length):
                    ticked[index].add(item.id)
            beyond += [
                event.id
                for event in events_of(events, item.id, EventKind.START, EventKind.STOP)
                if not 0 <= event.offset_ms <= length
            ]
            continue
        for event in events_of(events, item.id, _MOMENTS[item.kind]):
            if 0 <= event.offset_ms < length:
                ticked[index_at(event.offset_ms, max(1, seconds))].add(item.id)
            else:
                beyond.append(event.id)
    order = tuple(item.id for item in rows)
    made = (
        # A key pressed in a pause says that somebody looked after all.
        Interval(index, tuple(one for one in order if one in found), coded=looked[index] or bool(found))
        for index, found in enumerate(ticked)
    )
    return DerivedSheet(max(1, seconds), order, tuple(made), tuple(beyond))


def _touched(run: Stretch, spans: Sequence[Stretch], paused: Sequence[Stretch], step: int, length: int) -> list[int]:
    start, end = run.start_ms, length if run.end_ms is None else run.end_ms
    if start == end:
        return [start // step] if 0 <= start < length else []
    first, last = max(0, start) // step, -(-min(end, length) // step)
    return [
        index for index in range(first, last) if outside(_common(Stretch(start, end), spans[index]), paused, length) > 0
    ]


def _common(one: Stretch, other: Stretch) -> Stretch:
    start = max(one.start_ms, other.start_ms)
    return Stretch(start, max(start, min(one.end_ms or 0, other.end_ms or 0)))


@dataclass(frozen=True, slots=True)
class Coarser:
    """A sheet of longer intervals made of one of shorter ones.

    Attributes:
        sheet: `coded` is true only where every part was coded that the finer sheet has.
        partly: indices of intervals of which only some parts were coded: what is ticked there was seen, what is not
            ticked says nothing.
    """

    sheet: IntervalSheet
    partly: tuple[int, ...] = ()


def coarser(sheet: IntervalSheet, times: int) -> Coarser:
    """Return a sheet whose intervals are `times` as long: a code occurs where it does in any of the parts.

    Only whole multiples: a tick says "somewhere in these two minutes", and nobody can tell in which half. The level of
    a longer interval is that of its parts where all that have one agree, else none.
    """
    if times <= 1:
        return Coarser(sheet)
    made: list[Interval] = []
    partly: list[int] = []
    for index in range(-(-len(sheet.intervals) // times)):
        parts = sheet.intervals[index * times : (index + 1) * times]
        coded = [one.coded for one in parts]
        if any(coded) and not all(coded):
            partly.append(index)
        made.append(_joined(index, parts, coded=all(coded)))
    return Coarser(IntervalSheet(sheet.item, sheet.seconds * times, tuple(made), sheet.strange), tuple(partly))


def _joined(index: int, parts: Sequence[Interval], *, coded: bool) -> Interval:
    ticked = tuple(dict.fromkeys(code for one in parts for code in one.ticked))
    comments: dict[str, list[str]] = {}
    for one in parts:
        for code, words in one.comments:
            comments.setdefault(code, []).append(words)
    levels = {one.level for one in parts if one.level is not None}
    return Interval(
        index,
        ticked,
        tuple((code, " / ".join(words)) for code, words in comments.items()),
        next(iter(levels)) if len(levels) == 1 else None,
        coded=coded,
    )
