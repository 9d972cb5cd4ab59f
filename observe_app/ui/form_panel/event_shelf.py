"""The living events of a form's items, in order, with what is counted and timed: kept up to date event by event."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.lesson_parts import Stretch, paused_since, pauses
from observe_app.domain.timeline import TIMER_KINDS, TimerGroup, TimerState

if TYPE_CHECKING:
    from collections.abc import Iterable


_PAUSES = frozenset({EventKind.PAUSE, EventKind.RESUME})


class EventShelf:
    """Events by item. Putting one costs the same in an empty visit and in one of ten thousand events.

    What the timers of a group come to is kept, because a long lesson has a thousand swaps of them: an event that comes
    last is told to it, and any other change lets it be worked out anew when it is asked for. Pauses of the lesson,
    which belong to no item, are kept for them.
    """

    def __init__(self, items: Iterable[Item]) -> None:
        self._events: dict[str, Event] = {}
        self._lists: dict[str, list[Event]] = {}
        self._orders: dict[str, list[tuple[int, str]]] = {}
        self._tuples: dict[str, tuple[Event, ...]] = {}
        self._counts: dict[str, int] = {}
        groups: dict[str, list[Item]] = {}
        self._group_of: dict[str, tuple[Item, ...]] = {}
        self._states: dict[str, TimerState] = {}
        self._runs: dict[str, TimerGroup] = {}
        self._paused: tuple[Stretch, ...] | None = None
        for item in items:
            if item.kind is ItemKind.TIMER:
                groups.setdefault(item.group or f"\0{item.id}", []).append(item)
        for group in groups.values():
            self._group_of.update({item.id: tuple(group) for item in group})

    @property
    def paused_since(self) -> int | None:
        """Moment in ms at which the pause began that goes on, None without one."""
        return paused_since(self._pauses())

    def __contains__(self, event_id: object) -> bool:
        return event_id in self._events

    def item_of(self, event_id: str) -> str:
        """Return the id of the item that an event belongs to, "" where it is not kept."""
        event = self._events.get(event_id)
        return event.item if event is not None else ""

    def get(self, event_id: str) -> Event:
        """Return an event that is kept. Raises KeyError for another."""
        return self._events[event_id]

    def fill(self, events: Iterable[Event]) -> None:
        """Take many events at once, as they are when a visit is opened."""
        for event in sorted(events, key=_moment):
            self._events[event.id] = event
            if not event.deleted:
                self._append(event)

    def put(self, event: Event) -> None:
        """Take an event that is new or another now."""
        before = self._events.get(event.id)
        self._events[event.id] = event
        if before is not None and not before.deleted:
            self._remove(before)
        if event.deleted:
            return
        found, order = self._lists.get(event.item), _moment(event)
        if not found or self._orders[event.item][-1] < order:
            self._append(event)
            return
        place = bisect_left(self._orders[event.item], order)
        found.insert(place, event)
        self._orders[event.item].insert(place, order)
        self._note(event, 1)

    def drop(self, event_id: str) -> None:
        """Forget an event."""
        event = self._events.pop(event_id, None)
        if event is not None and not event.deleted:
            self._remove(event)

    def of(self, item_id: str) -> tuple[Event, ...]:
        """Return the living events of an item, by moment."""
        found = self._tuples.get(item_id)
        if found is None:
            found = self._tuples[item_id] = tuple(self._lists.get(item_id, ()))
        return found

    def count(self, item_id: str) -> int:
        """Return how many tallies of an item live."""
        return self._counts.get(item_id, 0)

    def state(self, item_id: str) -> TimerState:
        """Return the runs of a timer."""
        group = self._group_of.get(item_id, ())
        if item_id not in self._states and group:
            self._states |= {state.item: state for state in self._runs_of(group).states()}
        return self._states.get(item_id) or TimerState(item_id)

    def _append(self, event: Event) -> None:
        self._lists.setdefault(event.item, []).append(event)
        self._orders.setdefault(event.item, []).append(_moment(event))
        self._note(event, 1)

    def _remove(self, event: Event) -> None:
        place = bisect_left(self._orders[event.item], _moment(event))
        del self._lists[event.item][place], self._orders[event.item][place]
        self._note(event, -1)

    def _note(self, event: Event, step: int) -> None:
        self._tuples.pop(event.item, None)
        if event.kind is EventKind.TALLY:
            self._counts[event.item] = self._counts.get(event.item, 0) + step
        elif event.kind in _PAUSES:
            self._paused = None
            self._states.clear()
            self._runs.clear()
        elif event.kind in TIMER_KINDS:
            self._note_run(event, step)

    def _note_run(self, event: Event, step: int) -> None:
        group = self._group_of.get(event.item, ())
        for one in group:
            self._states.pop(one.id, None)
        runs = self._runs.get(group[0].id) if group else None
        if runs is not None:
            if step > 0 and event.offset_ms >= (runs.at_ms or 0):
                runs.tell(event)
            else:
                del self._runs[group[0].id]

    def _pauses(self) -> tuple[Stretch, ...]:
        if self._paused is None:
            self._paused = pauses(self._lists.get("", ()))
        return self._paused

    def _runs_of(self, group: tuple[Item, ...]) -> TimerGroup:
        """Return what the timers of a group come to, worked out anew where it is not kept."""
        runs = self._runs.get(group[0].id)
        if runs is None:
            runs = self._runs[group[0].id] = TimerGroup(self._pauses())
            for one in group:
                runs.include(one.id)
            events = [event for one in group for event in self._lists.get(one.id, ()) if event.kind in TIMER_KINDS]
            for event in sorted(events, key=_moment):
                runs.tell(event)
        return runs


def _moment(event: Event) -> tuple[int, str]:
    return event.offset_ms, event.id


def is_pause(event: Event) -> bool:
    """Whether an event pauses the lesson or lets it go on."""
    return event.kind in _PAUSES and not event.item
