"""An interval sheet after a few of its events changed, without going through hours of codes again."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain.timeline import index_at, interval_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.event import Event
    from observe_app.domain.form import Item
    from observe_app.domain.timeline import IntervalSheet


def changed_sheet(item: Item, sheet: IntervalSheet, before: Sequence[Event], after: Sequence[Event]) -> IntervalSheet:
    """Return what `interval_sheet(item, after)` returns, at the cost of the intervals that are others now.

    A key ticks one code, and a full sheet of three hours has thousands of them.

    Args:
        item: of kind interval.
        sheet: of the events before.
        before: the item's events by moment.
        after: the same as they are now; an event that did not change is the same object.
    """
    start, least = 0, min(len(before), len(after))
    while start < least and before[start] is after[start]:
        start += 1
    end = 0
    while end < least - start and before[-1 - end] is after[-1 - end]:
        end += 1
    moments = [event.offset_ms for event in (*before[start : len(before) - end], *after[start : len(after) - end])]
    if not moments:
        return sheet
    length, last = max(1, item.seconds) * 1000, len(sheet.intervals) - 1
    first, until = index_at(min(moments), item.seconds), index_at(max(moments), item.seconds)
    if sheet.strange or first < 0 or until > last or (until == last and len(after) < len(before)):
        return interval_sheet(item, after)  # one that is not on the sheet, or how long the sheet is
    here = after[
        bisect_left(after, first * length, key=_offset) : bisect_left(after, (until + 1) * length, key=_offset)
    ]
    part = interval_sheet(item, here)
    if part.strange or (until == last and len(part.intervals) != until + 1):
        return interval_sheet(item, after)
    fresh = [part.at(index) for index in range(first, until + 1)]
    return replace(sheet, intervals=(*sheet.intervals[:first], *fresh, *sheet.intervals[until + 1 :]))


def _offset(event: Event) -> int:
    return event.offset_ms
