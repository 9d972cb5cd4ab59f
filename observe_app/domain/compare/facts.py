"""What one visit's events and answers come to, item by item, before anything is compared: counts with their bases.

The same facts come out of the events of one visit (`facts_of`, by the views every page uses) and out of one query over
hundreds of visits; a test holds the two together. Private and deleted events are in neither.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from observe_app.domain.compare.looks import missed_looks
from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_parts import Stretch, outside, pauses
from observe_app.domain.talk_share import talk_share
from observe_app.domain.timeline import (
    events_of,
    index_at,
    interval_sheet,
    sweep_sheet,
    tallies,
    timers,
    wait_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from observe_app.domain.answer import Answer
    from observe_app.domain.form import Form, Item
    from observe_app.domain.timeline import TimerState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, and the first of them in ms of the lesson; None without any."""

    n: int = 0
    at_ms: int | None = None


NONE = Counted()


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """An interval sheet.

    Attributes:
        coded: intervals that somebody coded. blank: those before the last coded one that nobody did.
        codes: by full id, the intervals it is ticked in, which are its ticks too; codes without any are not in it.
        levels: by number, the intervals of that level.
    """

    coded: int = 0
    blank: int = 0
    codes: Mapping[str, Counted] = field(default_factory=dict)
    levels: Mapping[int, Counted] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TimerFacts:
    """How long a timer ran in ms, pauses left out, in how many runs, and when it first began."""

    ms: int = 0
    runs: int = 0
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class LookFacts:
    """Looks over the room: on task, of all looked at, in how many looks; how many that were due nobody made."""

    seen: int = 0
    of: int = 0
    looks: int = 0
    missed: int = 0
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class WaitFacts:
    """Waits in ms by moment; (outcome, how many) of those whose end was noted."""

    waits_ms: tuple[int, ...] = ()
    outcomes: tuple[tuple[str, int], ...] = ()
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """Everything a comparison asks of one visit. By item id, items nothing was recorded for left out.

    Attributes:
        length_ms: of the lesson, pauses left out. answers: items never touched are not in it.
        teacher_words, student_words: of notes that name a speaker; talk_at_ms: the first such note.
        notes: how many notes there are. tags: by tag, the notes that have it.
    """

    visit_id: str
    length_ms: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    tallies: Mapping[str, Counted] = field(default_factory=dict)
    sheets: Mapping[str, SheetFacts] = field(default_factory=dict)
    timers: Mapping[str, TimerFacts] = field(default_factory=dict)
    sweeps: Mapping[str, LookFacts] = field(default_factory=dict)
    waits: Mapping[str, WaitFacts] = field(default_factory=dict)
    teacher_words: int = 0
    student_words: int = 0
    talk_at_ms: int | None = None
    notes: int = 0
    tags: Mapping[str, Counted] = field(default_factory=dict)


def facts_of(
    visit_id: str,
    form: Form | None,
    events: Iterable[Event],
    length_ms: int,
    answers: Mapping[str, Answer] | None = None,
) -> VisitFacts:
    """Return what a visit's events come to.

    Args:
        visit_id: the visit.
        form: as used; None leaves talk and tags.
        events: of the visit, in any order; private and deleted ones are passed over.
        length_ms: how long the lesson was, pauses included.
        answers: by item id.
    """
    told = [event for event in events if not event.private and not event.deleted]
    items = form.items if form is not None else ()
    talk, spoken = talk_share(told), [one for one in told if one.kind is EventKind.NOTE and one.speaker]
    return VisitFacts(
        visit_id,
        outside(Stretch(0), pauses(told), length_ms),
        dict(answers or {}),
        tallies=_kept(items, ItemKind.TALLY, lambda item: _tally(item, told)),
        sheets=_kept(items, ItemKind.INTERVAL, lambda item: sheet_facts(item, told)),
        timers=timer_facts(timers(items, told), length_ms),
        sweeps=_kept(items, ItemKind.SWEEP, lambda item: look_facts(item, told, length_ms)),
        waits=_kept(items, ItemKind.WAIT, lambda item: wait_facts(item, told)),
        teacher_words=talk.teacher,
        student_words=talk.students,
        talk_at_ms=min((event.offset_ms for event in spoken), default=None),
        notes=sum(event.kind is EventKind.NOTE for event in told),
        tags=_tags(told),
    )


def _kept(items: Sequence[Item], kind: ItemKind, make: Callable[[Item], T | None]) -> dict[str, T]:
    made = ((item.id, make(item)) for item in items if item.kind is kind)
    return {item_id: found for item_id, found in made if found is not None}


def _tally(item: Item, events: Sequence[Event]) -> Counted | None:
    found = tallies(events, item.id)
    return Counted(len(found), found[0].offset_ms) if found else None


def sheet_facts(item: Item, events: Sequence[Event]) -> SheetFacts | None:
    """Return what an interval item's sheet comes to, None where nobody coded one interval."""
    sheet = interval_sheet(item, events)
    if not sheet.coded:
        return None
    strange = set(sheet.strange)
    rows = [event for event in events_of(events, item.id, EventKind.INTERVAL) if event.id not in strange]
    first: dict[str, int] = {}
    level_at: dict[int, int] = {}
    numbers = {level.number for level in item.levels}
    for event in rows:
        if event.code and event.value:
            first.setdefault(event.code, event.offset_ms)
        elif not event.code and event.value in numbers:
            level_at[index_at(event.offset_ms, item.seconds)] = event.offset_ms
    ticked = Counter(code for one in sheet.intervals for code in one.ticked)
    levels: dict[int, Counted] = {}
    for one in sheet.intervals:
        if one.level is not None:
            before = levels.get(one.level)
            levels[one.level] = Counted(before.n + 1, before.at_ms) if before else Counted(1, level_at[one.index])
    codes = {code: Counted(count, first[code]) for code, count in ticked.items()}
    return SheetFacts(len(sheet.coded), sheet.blank, codes, levels)


def timer_facts(states: Mapping[str, TimerState], length_ms: int) -> dict[str, TimerFacts]:
    """Return how long each timer that ever ran did so between the start and the end of the lesson, pauses left out."""
    return {
        item: TimerFacts(
            sum(outside(_within(run, length_ms), state.paused, length_ms) for run in state.stretches),
            len(state.stretches),
            state.stretches[0].start_ms,
        )
        for item, state in states.items()
        if state.stretches
    }


def _within(run: Stretch, length_ms: int) -> Stretch:
    start = min(max(0, run.start_ms), length_ms)
    return Stretch(start, max(start, length_ms if run.end_ms is None else min(run.end_ms, length_ms)))


def look_facts(item: Item, events: Sequence[Event], length_ms: int) -> LookFacts | None:
    """Return what an item's looks over the room come to, None without any."""
    sheet = sweep_sheet(events, item.id)
    if not sheet.sweeps:
        return None
    missed = missed_looks(item.every, [one.offset_ms for one in sheet.sweeps], length_ms, pauses(events))
    whole = sheet.overall
    return LookFacts(whole.count, whole.of, len(sheet.sweeps), len(missed), sheet.sweeps[0].offset_ms)


def wait_facts(item: Item, events: Sequence[Event]) -> WaitFacts | None:
    """Return an item's waits, None without any."""
    sheet = wait_sheet(item, events)
    if not sheet.waits_ms:
        return None
    strange = set(sheet.strange)
    first = next(event for event in events_of(events, item.id, EventKind.WAIT) if event.id not in strange)
    return WaitFacts(sheet.waits_ms, sheet.outcomes, first.offset_ms)


def _tags(events: Sequence[Event]) -> dict[str, Counted]:
    found: dict[str, Counted] = {}
    for event in sorted(events, key=lambda one: (one.offset_ms, one.id)):
        if event.kind is EventKind.NOTE:
            for tag in dict.fromkeys(event.tags):
                before = found.get(tag)
                found[tag] = Counted(before.n + 1, before.at_ms) if before else Counted(1, event.offset_ms)
    return found
