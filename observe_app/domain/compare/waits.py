"""How long the waits of a lesson were: a distribution, for a median alone hides the one long silence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.domain.timeline import OUTCOMES, Share, events_of, wait_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item

EDGES_MS = (0, 1000, 2000, 3000, 5000, 10_000)
"""Where the bins begin; the aim of an item begins one more."""


@dataclass(frozen=True, slots=True)
class WaitBin:
    """Waits of `low_ms` and more and under `high_ms`, None of the last one.

    Attributes:
        ends: (outcome, how many) of those whose end was noted, in the order of `OUTCOMES`; the others are in `count`.
    """

    low_ms: int
    high_ms: int | None
    count: int = 0
    ends: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class WaitSpread:
    """The waits of an item.

    Attributes:
        n: how many. median_ms: None of none. noted: of how many the end was noted; the base of every share of ends.
        reached: at or over the aim, None where the item has none.
    """

    item: str
    bins: tuple[WaitBin, ...]
    n: int = 0
    median_ms: float | None = None
    noted: int = 0
    reached: Share | None = None


def wait_spread(item: Item, events: Sequence[Event]) -> WaitSpread | None:
    """Return the distribution of a wait item's waits, None without any."""
    sheet = wait_sheet(item, events)
    if not sheet.waits_ms:
        return None
    strange = set(sheet.strange)
    waits = [
        (round(event.value or 0), event.outcome)
        for event in events_of(events, item.id, EventKind.WAIT)
        if event.id not in strange
    ]
    aim = {round(item.aim * 1000)} if item.aim is not None and item.aim > 0 else set()
    edges = sorted({*EDGES_MS, *aim})
    bins = []
    for low, high in zip(edges, [*edges[1:], None], strict=True):
        ends = [end for ms, end in waits if ms >= low and (high is None or ms < high)]
        counts = tuple((name, ends.count(name)) for name in OUTCOMES if name in ends)
        bins.append(WaitBin(low, high, len(ends), counts))
    noted = sum(count for _name, count in sheet.outcomes)
    return WaitSpread(item.id, tuple(bins), len(waits), sheet.median_ms, noted, sheet.reached)
