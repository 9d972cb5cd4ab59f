"""What divides a lesson: its phases, its pauses, and the gaps that the computer's clocks left in it.

Pure functions over events, in any order; deleted ones are passed over. Offsets stay as they were stored: the lesson's
clock runs on in a pause, and whoever counts time leaves the pauses out (`outside`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

GAP_MS = 5_000
"""Two clocks that part by no more than this are called one."""

DAY_MS = 24 * 3_600_000
"""No lesson sleeps longer: clocks that part by more were set, and nobody is asked."""

BY_HAND = "set"
"""`Event.code` of a gap that a person made by correcting the lesson's clock: it moves no event."""

LESSON_KINDS = frozenset({EventKind.PHASE, EventKind.PAUSE, EventKind.RESUME, EventKind.GAP})
"""Kinds of events that are about the lesson and not about what was seen in it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the lesson's time, in ms. `end_ms` is None while it goes on."""

    start_ms: int
    end_ms: int | None = None

    def until(self, end_ms: int) -> int:
        """Return its length up to a moment, in ms."""
        return max(0, (end_ms if self.end_ms is None else min(self.end_ms, end_ms)) - self.start_ms)


@dataclass(frozen=True, slots=True)
class Phase:
    """A named part of the lesson, until the next one begins; `end_ms` is None for the last."""

    event: str
    name: str
    start_ms: int
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A moment at which the computer's two clocks parted, or at which a person set the lesson's clock.

    Attributes:
        event: its id.
        offset_ms: lesson time at which it was noticed.
        ms: by how much the wall clock ran ahead of the other one, negative where it was put back; None where nobody can
            tell how long the program was away.
        outcome: "" while nobody said, "counted" where the lesson went on meanwhile, "ignored" where it did not.
        by_hand: a person set the clock by `ms`.
    """

    event: str
    offset_ms: int
    ms: int | None = None
    outcome: str = ""
    by_hand: bool = False

    @property
    def counted_ms(self) -> int:
        """What it adds to the lesson's time."""
        return self.ms or 0 if self.outcome == "counted" else 0

    @property
    def open(self) -> bool:
        """Whether somebody still has to say if the lesson went on."""
        return not self.outcome


def _of(events: Iterable[Event], *kinds: EventKind) -> list[Event]:
    found = [event for event in events if event.kind in kinds and not event.deleted]
    return sorted(found, key=lambda event: (event.offset_ms, event.id))


def phases(events: Iterable[Event]) -> tuple[Phase, ...]:
    """Return the phases by moment. One without a name ends the one before and is none itself."""
    found = _of(events, EventKind.PHASE)
    ends = [*(event.offset_ms for event in found[1:]), None]
    return tuple(
        Phase(event.id, event.text.strip(), event.offset_ms, end)
        for event, end in zip(found, ends, strict=False)
        if event.text.strip()
    )


def pauses(events: Iterable[Event]) -> tuple[Stretch, ...]:
    """Return the pauses by moment; only the last may still go on.

    A second pause within one, and going on where nothing is paused, change nothing.
    """
    made: list[Stretch] = []
    since: int | None = None
    for event in _of(events, EventKind.PAUSE, EventKind.RESUME):
        if event.kind is EventKind.PAUSE and since is None:
            since = event.offset_ms
            made.append(Stretch(since))
        elif event.kind is EventKind.RESUME and since is not None:
            made[-1] = Stretch(since, event.offset_ms)
            since = None
    return tuple(made)


def paused_since(stretches: tuple[Stretch, ...]) -> int | None:
    """Return when the pause that goes on began, None without one."""
    return stretches[-1].start_ms if stretches and stretches[-1].end_ms is None else None


def paused_ms(stretches: Iterable[Stretch], until_ms: int) -> int:
    """Return how long the lesson was paused up to a moment, in ms."""
    return sum(one.until(until_ms) for one in stretches)


def outside(span: Stretch, paused: Iterable[Stretch], until_ms: int) -> int:
    """Return how much of a stretch up to a moment lies outside the pauses, in ms. Pauses do not overlap."""
    start, end = span.start_ms, span.start_ms + span.until(until_ms)
    taken = (min(end, end if one.end_ms is None else one.end_ms) - max(start, one.start_ms) for one in paused)
    return end - start - sum(max(0, part) for part in taken)


def gaps(events: Iterable[Event]) -> tuple[Gap, ...]:
    """Return the gaps by moment."""
    return tuple(
        Gap(
            event.id,
            event.offset_ms,
            None if event.value is None else round(event.value),
            event.outcome,
            by_hand=event.code == BY_HAND,
        )
        for event in _of(events, EventKind.GAP)
    )


def counted_ms(found: Iterable[Gap]) -> int:
    """Return what these gaps add to the lesson's time, in ms; negative where a person set the clock back."""
    return sum(gap.counted_ms for gap in found)
