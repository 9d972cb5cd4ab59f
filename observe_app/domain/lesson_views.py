"""What a lesson's events add up to, finding by finding: each knows its figure, its base and the events it counts.

A view is computed and never stored: a claim keeps only its key and so stays linked to the events, whatever is corrected
in them afterwards. Private and deleted events are in none; what nothing was recorded for makes none, for an undefined
figure is not a zero.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.lesson_parts import Stretch, outside, pauses, phases
from observe_app.domain.participation import Basis, is_press, is_spoken_note, participation
from observe_app.domain.seating import SeatingPlan
from observe_app.domain.talk_share import talk_share
from observe_app.domain.timeline import (
    OUTCOMES,
    TimerState,
    code_shares,
    events_of,
    index_at,
    interval_sheet,
    sweep_sheet,
    tallies,
    timers,
    wait_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.form import Form

_ONE_STUDENT = re.compile(r"S\d+", re.ASCII)


class FindingKind(StrEnum):
    """What a finding is about; it decides the sentence."""

    WAIT = "wait"
    WAIT_END = "wait_end"
    WAIT_AIM = "wait_aim"
    TALLY = "tally"
    TIMER = "timer"
    SWEEP = "sweep"
    CODE = "code"
    LEVEL = "level"
    TALK = "talk"
    SPEAKERS = "speakers"
    TAG = "tag"
    PHASE = "phase"


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure of a lesson with what it rests on.

    Attributes:
        key: says for good which view this is: the same figure of the same visit always has the same one.
        events: ids of the events counted, by moment; a timer's starts and stops, a phase's beginning and its notes.
        count: how many waits, moments, runs, sweeps, intervals, words, students or notes. of: of how many; 0 where
            there is no such base.
        value, base: a mean wait in ms; how long a timer ran or a phase took; on task, a mean over the sweeps. Its base:
            the lesson in ms, like all these times with pauses left out; or looked at, the same mean. 0 where the count
            says it all.
        item: id of the form's item. part: outcome, code, level, tag, or name of the phase.
        by: of speakers: presses on the plan, or notes.
    """

    kind: FindingKind
    key: str
    events: tuple[str, ...]
    count: int
    of: int = 0
    value: float = 0.0
    base: float = 0.0
    item: str = ""
    part: str = ""
    by: Basis = Basis.NOTES


def findings(
    form: Form | None,
    events: Iterable[Event],
    length_ms: int,
    class_size: int | None = None,
    plan: SeatingPlan | None = None,
) -> tuple[Finding, ...]:
    """Return what a lesson's events add up to: the form's items in its order, then talk, tags and phases.

    Args:
        form: as used, None without one.
        events: of one visit, in any order; private and deleted ones are passed over.
        length_ms: how long the lesson was, pauses included.
        class_size: how many students the class has, None where nobody said.
        plan: who sits where, None without one.
    """
    told = sorted(
        (event for event in events if not event.private and not event.deleted),
        key=lambda event: (event.offset_ms, event.id),
    )
    made: list[Finding] = []
    if form is not None:
        running = timers(form.items, told)
        codes: set[str] = set()
        for item in form.items:
            made += _of_item(item, told, running, length_ms, codes)
    made += _talk(told)
    made += _speakers(told, class_size, plan or SeatingPlan())
    made += _tags(told)
    made += _phases(told, length_ms)
    return tuple(made)


def _of_item(
    item: Item, events: Sequence[Event], running: dict[str, TimerState], length_ms: int, codes: set[str]
) -> list[Finding]:
    match item.kind:
        case ItemKind.WAIT:
            return _waits(item, events)
        case ItemKind.TALLY:
            return _tally(item, events, length_ms)
        case ItemKind.TIMER:
            return _timer(item, events, running[item.id], length_ms)
        case ItemKind.SWEEP:
            return _sweeps(item, events)
        case ItemKind.INTERVAL:
            return _intervals(item, events, codes)
        case _:
            return []


def _tally(item: Item, events: Sequence[Event], length_ms: int) -> list[Finding]:
    found = tallies(events, item.id)
    if not found:
        return []
    whole = outside(Stretch(0), pauses(events), length_ms)
    return [Finding(FindingKind.TALLY, f"tally:{item.id}", _ids(found), len(found), base=whole, item=item.id)]


def _ids(events: Iterable[Event]) -> tuple[str, ...]:
    return tuple(event.id for event in events)


def _waits(item: Item, events: Sequence[Event]) -> list[Finding]:
    sheet = wait_sheet(item, events)
    if not sheet.waits_ms:
        return []
    strange = set(sheet.strange)
    found = [event for event in events_of(events, item.id, EventKind.WAIT) if event.id not in strange]
    mean = fmean(sheet.waits_ms)
    made = [Finding(FindingKind.WAIT, f"wait:{item.id}", _ids(found), len(found), value=mean, item=item.id)]
    if sheet.reached is not None and item.aim is not None:
        made.append(
            Finding(
                FindingKind.WAIT_AIM,
                f"wait:{item.id}:aim",
                _ids(found),
                sheet.reached.count,
                sheet.reached.of,
                value=item.aim * 1000,
                item=item.id,
            )
        )
    ended = [event for event in found if event.outcome in OUTCOMES]
    for outcome, count in sheet.outcomes:
        ids = _ids(event for event in ended if event.outcome == outcome)
        key = f"wait:{item.id}:{outcome}"
        made.append(Finding(FindingKind.WAIT_END, key, ids, count, len(ended), item=item.id, part=outcome))
    return made


def _timer(item: Item, events: Sequence[Event], state: TimerState, length_ms: int) -> list[Finding]:
    if not state.stretches:
        return []
    loose, cut = set(state.loose), set(state.cut)
    ids = _ids(
        event
        for event in events
        if event.id in cut
        or (event.item == item.id and event.kind in (EventKind.START, EventKind.STOP) and event.id not in loose)
    )
    whole = outside(Stretch(0), state.paused, length_ms)
    count, total = len(state.stretches), state.total_ms(length_ms)
    return [Finding(FindingKind.TIMER, f"timer:{item.id}", ids, count, value=total, base=whole, item=item.id)]


def _sweeps(item: Item, events: Sequence[Event]) -> list[Finding]:
    sweeps = sweep_sheet(events, item.id).sweeps
    if not sweeps:
        return []
    return [
        Finding(
            FindingKind.SWEEP,
            f"sweep:{item.id}",
            tuple(one.event for one in sweeps),
            len(sweeps),
            value=fmean(one.seen.count for one in sweeps),
            base=fmean(one.seen.of for one in sweeps),
            item=item.id,
        )
    ]


def _intervals(item: Item, events: Sequence[Event], codes: set[str]) -> list[Finding]:
    sheet = interval_sheet(item, events)
    strange = set(sheet.strange)
    rows = [event for event in events_of(events, item.id, EventKind.INTERVAL) if event.id not in strange]
    made: list[Finding] = []
    for full, shares in code_shares(item, sheet).items():
        # A code that two items of one form have in common belongs to the first of them.
        key = f"share:{full}" if full not in codes else f"share:{item.id}:{full}"
        codes.add(full)
        if shares.intervals.count:
            ids = _ids(event for event in rows if event.code == full and event.value)
            count, of = shares.intervals.count, shares.intervals.of
            made.append(Finding(FindingKind.CODE, key, ids, count, of, item=item.id, part=full))
    counts = sheet.levels()
    last = {index_at(event.offset_ms, item.seconds): event for event in rows if _is_level(item, event)}
    for number, count in sorted(counts.items()):
        ids = _ids(event for event in last.values() if event.value == number)
        key = f"level:{item.id}:{number}"
        of = sum(counts.values())
        made.append(Finding(FindingKind.LEVEL, key, ids, count, of, item=item.id, part=str(number)))
    return made


def _is_level(item: Item, event: Event) -> bool:
    return not event.code and event.value in {level.number for level in item.levels}


def _talk(events: Sequence[Event]) -> list[Finding]:
    share = talk_share(events).of_talk
    if not share.of:
        return []
    return [Finding(FindingKind.TALK, "talk", _ids(filter(is_spoken_note, events)), share.count, share.of)]


def _speakers(events: Sequence[Event], class_size: int | None, plan: SeatingPlan) -> list[Finding]:
    view = participation(plan, events)
    basis = view.basis
    heard = sum(voice.count(basis) > 0 for voice in view.voices if _ONE_STUDENT.fullmatch(voice.who))
    if not heard:
        return []
    counted = is_press if basis is Basis.PRESSES else is_spoken_note
    ids = _ids(event for event in events if counted(event) and _ONE_STUDENT.fullmatch(event.speaker))
    size = class_size or plan.students
    # More voices than students: one of the two was written down wrong, and which one nobody can tell.
    return [Finding(FindingKind.SPEAKERS, "speakers", ids, heard, size if heard <= size else 0, by=basis)]


def _tags(events: Sequence[Event]) -> list[Finding]:
    notes = [event for event in events if event.kind is EventKind.NOTE]
    counts = Counter(tag for note in notes for tag in dict.fromkeys(note.tags))
    return [
        Finding(
            FindingKind.TAG,
            f"tag:{tag}",
            _ids(note for note in notes if tag in note.tags),
            count,
            len(notes),
            part=tag,
        )
        for tag, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _phases(events: Sequence[Event], length_ms: int) -> list[Finding]:
    paused = pauses(events)
    whole = outside(Stretch(0), paused, length_ms)
    made = []
    for phase in phases(events):
        end = length_ms if phase.end_ms is None else phase.end_ms
        notes = [
            event
            for event in events
            if event.kind is EventKind.NOTE
            and phase.start_ms <= event.offset_ms
            and (phase.end_ms is None or event.offset_ms < phase.end_ms)
        ]
        took = outside(Stretch(phase.start_ms), paused, end)
        if took > 0:
            ids = (phase.event, *_ids(notes))
            key = f"phase:{phase.event}"
            made.append(Finding(FindingKind.PHASE, key, ids, len(notes), value=took, base=whole, part=phase.name))
    return made
