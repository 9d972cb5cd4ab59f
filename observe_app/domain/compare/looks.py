"""Looks over the room that were due, and which of them nobody made: a gap in a curve, never a zero."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import MAX_OFFSET_MS
from observe_app.domain.lesson_parts import pauses
from observe_app.domain.timeline import Share, sweep_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.domain.lesson_parts import Stretch


def missed_looks(
    every_minutes: int, made_ms: Iterable[int], length_ms: int, paused: Iterable[Stretch] = ()
) -> tuple[int, ...]:
    """Return the due moments in ms that no look belongs to, by the rule of `timeline.next_due_ms`.

    A look belongs to the due moment nearest to it; one exactly between two belongs to the later. What would have been
    due in a pause was not.

    Args:
        every_minutes: from one look to the next; 0 for an item that asks for no rhythm: then nothing is due.
        made_ms: moments of the looks.
        length_ms: of the lesson, pauses included; a look due at its very end is due.
        paused: the lesson's pauses.
    """
    if every_minutes < 1:
        return ()
    every = every_minutes * 60_000
    made = {(2 * at + every) // (2 * every) for at in made_ms}
    breaks = tuple(paused)
    last = min(length_ms, MAX_OFFSET_MS) // every  # a longer lesson is a wrong date
    due = (place * every for place in range(1, last + 1) if place not in made)
    return tuple(at for at in due if not any(_within(at, one) for one in breaks))


def _within(at_ms: int, stretch: Stretch) -> bool:
    return stretch.start_ms <= at_ms and (stretch.end_ms is None or at_ms < stretch.end_ms)


@dataclass(frozen=True, slots=True)
class Look:
    """A point of an at-task curve; `seen` is None where a look was due and nobody made it."""

    at_ms: int
    seen: Share | None = None


def look_curve(item: Item, events: Sequence[Event], length_ms: int) -> tuple[Look, ...]:
    """Return the looks of a sweep item by moment, with those that were due and not made; none where nobody looked."""
    made = [Look(one.offset_ms, one.seen) for one in sweep_sheet(events, item.id).sweeps]
    if not made:
        return ()
    missed = missed_looks(item.every, [one.at_ms for one in made], length_ms, pauses(events))
    return tuple(sorted([*made, *(Look(at) for at in missed)], key=lambda one: (one.at_ms, one.seen is None)))
