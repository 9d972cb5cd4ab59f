"""Moments and timers of two observers: matched one to one within the tolerance, timers by the time they ran."""

from __future__ import annotations

from bisect import bisect_left
from statistics import median
from typing import TYPE_CHECKING

from observe_app.domain import agreement as figures
from observe_app.domain.compare.agree_view import (
    Cell,
    Difference,
    DifferenceKind,
    LeftOut,
    LeftOutWhy,
    MomentAgreement,
    StateAgreement,
)
from observe_app.domain.compare.pairing import Votes, best_offset, best_shift, during, match, states, ticked, time_of
from observe_app.domain.event import EventKind
from observe_app.domain.form import Item, ItemKind
from observe_app.domain.participation import is_press
from observe_app.domain.timeline import OUTCOMES, interval_sheet
from observe_app.services.compare.agree_words import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.event import Event
    from observe_app.services.compare.agree_given import Given, Pair

Key = tuple[EventKind, str, str]
"""What a moment is: its kind, its item, and the part that tells apart: a tag, who spoke to whom, a phase's name."""

_COUNTED = (EventKind.TALLY, EventKind.WAIT, EventKind.SWEEP)
_SECOND = 1000
_MOST_SHIFT = 7


def keyed(one: Given, items: frozenset[str]) -> dict[Key, list[Event]]:
    """Return a record's moments by what they are; of items only those named."""
    made: dict[Key, list[Event]] = {}
    for event in one.events:
        for key in _keys(event, items):
            made.setdefault(key, []).append(event)
    return made


def _keys(event: Event, items: frozenset[str]) -> list[Key]:
    if is_press(event):
        return [(event.kind, "", f"{event.speaker}>{event.to}")]
    if event.kind in _COUNTED and event.item in items:
        return [(event.kind, event.item, "")]
    if event.kind is EventKind.PHASE and event.text.strip():
        return [(event.kind, "", event.text.strip())]
    if event.kind is EventKind.NOTE:
        return [(event.kind, "", tag) for tag in dict.fromkeys(event.tags)]
    return []


def compared(
    pair: Pair, items: Sequence[tuple[Item, Item]]
) -> tuple[tuple[MomentAgreement, ...], list[Difference], tuple[LeftOut, ...]]:
    """Return how far moments agree, by kind in the form's order, then presses on the plan, phases and tags.

    What lies where only one of the two was watching is no difference; it is left out and counted.
    """
    names = frozenset(item.id for item, _other in items)
    a, b = keyed(pair.a, names), keyed(pair.b, names)
    order = {item.id: place for place, (item, _other) in enumerate(items)}
    labels = {item.id: pair.label(item) for item, _other in items}
    shared = sorted(a.keys() | b.keys(), key=lambda key: (order.get(key[1], len(order)), _rank(key[0]), key[2]))
    found: list[MomentAgreement] = []
    apart: list[Difference] = []
    left: list[LeftOut] = []
    tags_of_both = {key for key in a if key in b}
    for key in shared:
        if key[0] is EventKind.NOTE and key not in tags_of_both:
            continue  # a tag of their own: nobody agreed on it, so the other one did not miss it
        if key[0] is EventKind.PHASE and not _has(a, EventKind.PHASE, b):
            continue
        label = labels.get(key[1]) or _named(key, pair)
        made, differences, lost = _one(pair, key, label, a.get(key, []), b.get(key, []))
        found.append(made)
        apart += differences
        if lost:
            left.append(LeftOut(LeftOutWhy.ONE_ALONE_WATCHED, key[1], label, count=lost))
    return tuple(found), apart, tuple(left)


def _rank(kind: EventKind) -> int:
    return [EventKind.TALLY, EventKind.WAIT, EventKind.SWEEP, EventKind.PHASE, EventKind.NOTE].index(kind)


def _has(a: dict[Key, list[Event]], kind: EventKind, b: dict[Key, list[Event]]) -> bool:
    return any(key[0] is kind for key in a) and any(key[0] is kind for key in b)


def _named(key: Key, pair: Pair) -> str:
    kind, _item, part = key
    if kind is EventKind.NOTE:
        return pair.words.tag.format(tag=part)
    if kind is EventKind.PHASE:
        return pair.words.phase.format(name=part)
    speaker, _sign, to = part.partition(">")
    return (pair.words.press_to if to else pair.words.press).format(speaker=speaker, to=to)


def _one(
    pair: Pair, key: Key, label: str, a: Sequence[Event], b: Sequence[Event]
) -> tuple[MomentAgreement, list[Difference], int]:
    at_a = [event.offset_ms for event in a]
    at_b = [event.offset_ms + pair.offset_ms for event in b]
    pairs = match(at_a, at_b, pair.tolerance_ms)
    taken_a, taken_b = {one for one, _other in pairs}, {other for _one, other in pairs}
    alone = [(moment, event, True) for place, (moment, event) in enumerate(zip(at_a, a, strict=True))
             if place not in taken_a]  # fmt: skip
    alone += [(moment, event, False) for place, (moment, event) in enumerate(zip(at_b, b, strict=True))
              if place not in taken_b]  # fmt: skip
    told = [one for one in alone if pair.saw_both(one[0])]
    free_a = [at_a[place] for place in range(len(a)) if place not in taken_a]
    free_b = [at_b[place] for place in range(len(b)) if place not in taken_b]
    apart = [
        _alone(pair, key, label, moment, event, free_b if a_alone else free_a, a_alone=a_alone)
        for moment, event, a_alone in told
    ]
    good = [(a[one], b[other]) for one, other in pairs]
    apart += [one for one in (_said_apart(pair, key, label, one, other) for one, other in good) if one is not None]
    only_a = sum(a_alone for _moment, _event, a_alone in told)
    counts = figures.Counts(len(pairs), only_a, len(told) - only_a)
    made = MomentAgreement(
        kind=key[0],
        item=key[1],
        label=label,
        part=key[2],
        matched=len(pairs),
        only_a=counts.only_a,
        only_b=counts.only_b,
        share=figures.jaccard(counts),
        apart_ms=median(abs(at_a[one] - at_b[other]) for one, other in pairs) if pairs else None,
        close=_close(key[0], good),
    )
    return made, apart, len(alone) - len(told)


def _alone(
    pair: Pair,
    key: Key,
    label: str,
    moment: int,
    event: Event,
    free: Sequence[int],
    *,
    a_alone: bool,
) -> Difference:
    words = pair.words
    who, other = pair.names if a_alone else pair.names[::-1]
    place = bisect_left(free, moment)
    near = min((abs(moment - one) for one in free[max(0, place - 1) : place + 1]), default=None)
    beside = near if near is not None and near <= max(10 * _SECOND, 3 * pair.tolerance_ms) else None
    pattern = words.only_moment if beside is None else words.only_moment_beside
    apart = "" if beside is None else f"{beside / 1000:.1f}".replace(".", words.point)
    yes, no = (words.yes, words.no) if a_alone else (words.no, words.yes)
    return Difference(
        DifferenceKind.MOMENT, moment, moment, key[1], key[2], label, moment, yes, no,
        pattern.format(at=clock(moment), who=who, other=other, label=label, apart=apart),
        event.id if a_alone else "", "" if a_alone else event.id, beside,
    )  # fmt: skip


def _said_apart(pair: Pair, key: Key, label: str, one: Event, other: Event) -> Difference | None:
    """Return the difference of two matched moments that say different things; None where they say the same."""
    words = pair.words
    if key[0] is EventKind.WAIT and one.outcome != other.outcome:
        a, b = (
            str(getattr(words, event.outcome)) if event.outcome in OUTCOMES else words.no_outcome
            for event in (one, other)
        )
    elif key[0] is EventKind.SWEEP and not _alike(key[0], one, other):
        a, b = (words.of.format(n=round(event.value or 0), of=round(event.of or 0)) for event in (one, other))
    elif key[0] is EventKind.WAIT and not _alike(key[0], one, other):
        a, b = (
            words.seconds.format(n=f"{(event.value or 0) / 1000:.1f}".replace(".", words.point))
            for event in (one, other)
        )
    else:
        return None
    one_name, other_name = pair.names
    said = words.moment.format(at=clock(one.offset_ms), label=label, a=a, b=b, a_name=one_name, b_name=other_name)
    return Difference(
        DifferenceKind.MOMENT, one.offset_ms, one.offset_ms, key[1], key[2], label, one.offset_ms, a, b, said,
        one.id, other.id,
    )  # fmt: skip


def _alike(kind: EventKind, one: Event, other: Event) -> bool:
    if kind is EventKind.SWEEP:
        return bool(one.of and other.of) and abs((one.value or 0) / (one.of or 1) - (other.value or 0) / (
            other.of or 1)) <= 0.1  # fmt: skip
    return abs((one.value or 0) - (other.value or 0)) <= _SECOND


def _close(kind: EventKind, pairs: Sequence[tuple[Event, Event]]) -> figures.Figure | None:
    if kind not in (EventKind.WAIT, EventKind.SWEEP):
        return None
    if not pairs:
        return figures.Figure()
    return figures.Figure(sum(_alike(kind, one, other) for one, other in pairs) / len(pairs), None)


# -- timers


def timed(pair: Pair, items: Sequence[tuple[Item, Item]]) -> tuple[tuple[StateAgreement, ...], list[Difference]]:
    """Return how far timers agree, by the ms that both watched; swaps within the tolerance are no difference."""
    found: list[StateAgreement] = []
    apart: list[Difference] = []
    watched = pair.watched
    names = pair.names
    words = pair.words
    for item, other in items:
        if item.kind is not ItemKind.TIMER:
            continue
        start, end = pair.bounds
        a = during(pair.a.running[item.id].stretches, start, end)
        b = during(pair.b.running[other.id].stretches, start, end, pair.offset_ms)
        if not a and not b:
            continue
        parts = states(a, b, watched)
        counts = time_of(parts)
        kappa = figures.kappa(counts.table)
        label = pair.label(item)
        found.append(
            StateAgreement(
                item.id, label, counts, figures.percent(counts), kappa, figures.jaccard(counts), figures.band(kappa)
            )
        )
        for low, high, cell in parts:
            if cell not in (Cell.ONLY_A, Cell.ONLY_B) or high - low <= pair.tolerance_ms:
                continue
            only_a = cell is Cell.ONLY_A
            said = words.only_state.format(
                span=words.span.format(start=clock(low), end=clock(high)), who=names[0 if only_a else 1], label=label
            )
            yes, no = (words.yes, words.no) if only_a else (words.no, words.yes)
            apart.append(Difference(DifferenceKind.STATE, low, high, item.id, "", label, low, yes, no, said))
    return tuple(found), apart


# -- clocks


def found_offset(a: Given, b: Given, items: Sequence[tuple[Item, Item]], tolerance_ms: int) -> Votes | None:
    """Return the offset that the two records' own events speak for, None where they say too little.

    Asked are presses, waits, sweeps, phases, tags, timers' starts and stops, and notes with the very same words (two
    imports of one transcript). Where there is nothing of the kind, whole sheets are moved by whole intervals.
    """
    names = frozenset(item.id for item, _other in items)
    votes = best_offset(_voters(a, names), _voters(b, names), tolerance_ms)
    return votes if votes is not None else _by_sheets(a, b, items)


def _voters(one: Given, names: frozenset[str]) -> dict[str, list[int]]:
    made = {"|".join(key): [event.offset_ms for event in found] for key, found in keyed(one, names).items()}
    for event in one.events:
        if event.kind in (EventKind.START, EventKind.STOP) and event.item in names:
            made.setdefault(f"{event.kind}|{event.item}", []).append(event.offset_ms)
        elif event.kind is EventKind.NOTE and event.text.strip():
            said = " ".join(event.text.lower().split())
            made.setdefault(f"said|{event.speaker}|{said}", []).append(event.offset_ms)
    return made


def _by_sheets(a: Given, b: Given, items: Iterable[tuple[Item, Item]]) -> Votes | None:
    for item, other in items:
        if item.kind is not ItemKind.INTERVAL or not item.seconds or item.seconds != other.seconds:
            continue
        one, another = ticked(interval_sheet(item, a.events)), ticked(interval_sheet(other, b.events))
        shift = best_shift(one, another, _MOST_SHIFT)
        if shift:
            votes = sum(
                len(one[place].codes & another[place - shift].codes) for place in one if place - shift in another
            )
            of = min(sum(len(found.codes) for found in row.values()) for row in (one, another))
            return Votes(shift * item.seconds * 1000, votes, of)
    return None
