"""Where a lesson's time went: timers that exclude each other with what is left over, phases, rates per lesson minute.

All times are whole milliseconds with the lesson's pauses left out; the parts of a budget and its rest add up to the
lesson exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from observe_app.domain.form import ItemKind
from observe_app.domain.lesson_parts import Stretch, outside, pauses, phases
from observe_app.domain.timeline import Share, tallies, timers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item

MINUTE_MS = 60_000
_TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class BudgetPart:
    """What one timer or one phase took, and when it first began; `item` is the timer's id or the phase's event."""

    item: str
    ms: int
    runs: int
    at_ms: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class TimeBudget:
    """Parts of a lesson that exclude each other.

    Attributes:
        group: of the timers, "" of a timer that runs alongside anything or of phases.
        whole_ms: the lesson, pauses left out. rest_ms: what no part took: it was not timed, and is no part.
    """

    group: str
    parts: tuple[BudgetPart, ...]
    whole_ms: int

    @property
    def rest_ms(self) -> int:
        """Return what is left of the lesson."""
        return self.whole_ms - sum(part.ms for part in self.parts)

    def share(self, item: str) -> Share:
        """Return a part of the lesson's time, in ms; nothing of nothing for an unknown one."""
        return Share(sum(part.ms for part in self.parts if part.item == item), self.whole_ms)


def time_budgets(items: Iterable[Item], events: Sequence[Event], length_ms: int) -> tuple[TimeBudget, ...]:
    """Return a budget for each group of timers in which any ran, and for each lone timer, in the form's order.

    Args:
        items: of the form; other kinds are passed over.
        events: of one visit, in any order.
        length_ms: of the lesson, pauses included.
    """
    rows = [item for item in items if item.kind is ItemKind.TIMER]
    states, paused = timers(rows, events), pauses(events)
    whole = outside(Stretch(0), paused, length_ms)
    lesson = Stretch(0, length_ms)
    grouped: dict[str, list[BudgetPart]] = {}
    for item in rows:
        runs = [_within(one, lesson) for one in states[item.id].stretches]
        took = sum(outside(one, paused, length_ms) for one in runs)
        first = states[item.id].stretches[0].start_ms if runs else None
        grouped.setdefault(item.group or f"\0{item.id}", []).append(BudgetPart(item.id, took, len(runs), first))
    return tuple(
        TimeBudget("" if group.startswith("\0") else group, tuple(parts), whole)
        for group, parts in grouped.items()
        if any(part.runs for part in parts)
    )


def phase_budget(events: Sequence[Event], length_ms: int) -> TimeBudget | None:
    """Return what the named phases took, those of one name together, by first beginning; None without any."""
    paused, lesson = pauses(events), Stretch(0, length_ms)
    found = [(one.name, one, outside(_within(Stretch(one.start_ms, one.end_ms), lesson), paused, length_ms))
             for one in phases(events)]  # fmt: skip
    if not found:
        return None
    order = {name: at for at, name in reversed(list(enumerate(name for name, _phase, _ms in found)))}
    parts = []
    for name, group in groupby(sorted(found, key=lambda one: order[one[0]]), key=lambda one: one[0]):
        same = list(group)
        first = same[0][1]
        parts.append(BudgetPart(first.event, sum(ms for _name, _phase, ms in same), len(same), first.start_ms, name))
    return TimeBudget("", tuple(parts), outside(Stretch(0), paused, length_ms))


def _within(run: Stretch, lesson: Stretch) -> Stretch:
    end = lesson.end_ms or 0
    start = min(max(0, run.start_ms), end)
    return Stretch(start, max(start, end if run.end_ms is None else min(run.end_ms, end)))


@dataclass(frozen=True, slots=True)
class Rate:
    """How often in a lesson; `per_minute` is None of a lesson without length."""

    item: str
    count: int
    whole_ms: int

    @property
    def per_minute(self) -> float | None:
        """Events a lesson minute, pauses left out."""
        return self.count * MINUTE_MS / self.whole_ms if self.whole_ms > 0 else None


def rates(items: Iterable[Item], events: Sequence[Event], length_ms: int) -> tuple[Rate, ...]:
    """Return the rate of each tally that was counted at least once, in the form's order."""
    whole = outside(Stretch(0), pauses(events), length_ms)
    found = ((item.id, len(tallies(events, item.id))) for item in items if item.kind is ItemKind.TALLY)
    return tuple(Rate(item_id, count, whole) for item_id, count in found if count)


def talk_seconds(items: Iterable[Item], events: Sequence[Event], length_ms: int) -> Share | None:
    """Return the teacher's part of the timed talk in ms, of all timers of that group; None where none says it.

    A form says who talks by a group of timers in which exactly one has an id that begins with "teacher". Everything the
    group timed is in the base, silence too where it is one of its timers: the base is named wherever the figure is.
    """
    rows = tuple(items)
    for budget in time_budgets(rows, events, length_ms):
        theirs = [part for part in budget.parts if part.item.casefold().startswith(_TEACHER)]
        timed = sum(part.ms for part in budget.parts)
        if budget.group and len(theirs) == 1 and timed:
            return Share(theirs[0].ms, timed)
    return None
