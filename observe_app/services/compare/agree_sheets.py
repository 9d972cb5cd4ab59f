"""Interval sheets of two observers: code by code, all codes together, and the level of each interval."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain import agreement as figures
from observe_app.domain.agreement import Weights
from observe_app.domain.compare.agree_view import (
    Cell,
    CodeAgreement,
    Difference,
    DifferenceKind,
    LeftOut,
    LeftOutWhy,
    RatedAgreement,
    SheetAgreement,
)
from observe_app.domain.compare.pairing import Laid, Ticked, during, lay, tally, ticked
from observe_app.domain.form import Item, ItemKind, text_in
from observe_app.domain.timeline import index_at, interval_sheet, tallies
from observe_app.services.compare import bootstrap
from observe_app.services.compare.agree_given import Given, Pair, same_levels
from observe_app.services.compare.agree_words import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.agreement import Counts
    from observe_app.domain.event import Event

DERIVED = "*"
"""Stands for the item of a sheet that was made from moments and timers of several."""

Name = tuple[str, str, str, str]
"""Full code, label, as written on a sheet, label of its side."""


def of_item(
    pair: Pair, item: Item, other: Item, interval_s: int | None
) -> tuple[SheetAgreement | None, tuple[LeftOut, ...]]:
    """Return how far two sheets of one interval item agree, None where they cannot be laid on each other."""
    label = pair.label(item)
    seconds = interval_s or item.seconds
    apart = interval_s is None and item.seconds != other.seconds
    if apart or not item.seconds or not other.seconds or seconds % item.seconds or seconds % other.seconds:
        why = LeftOutWhy.NO_MULTIPLE if interval_s else LeftOutWhy.LENGTH_DIFFERS
        return None, (LeftOut(why, item.id, label),)
    length = other.seconds * 1000
    shift = nearest(pair.offset_ms, length)
    parts_a = ticked(interval_sheet(item, pair.a.events), 0, seconds // item.seconds)
    parts_b = ticked(interval_sheet(other, pair.b.events), shift, seconds // other.seconds)
    names = tuple(
        (side.full(code), text_in(code.label, pair.language) or code.id, code.id, text_in(side.label, pair.language))
        for side in item.sides
        for code in side.codes
        if other.code(side.full(code)) is not None
    )
    left = [
        LeftOut(LeftOutWhy.CODE_NOT_ON_BOTH, item.id, label, full)
        for one, another in ((item, other), (other, item))
        for side in one.sides
        for code in side.codes
        for full in (side.full(code),)
        if another.code(full) is None
    ]
    made = _sheet(pair, item.id, label, seconds, lay(parts_a, parts_b, [name[0] for name in names]), names)
    if made.blank_a + made.blank_b:
        left.append(LeftOut(LeftOutWhy.NOT_CODED_BY_BOTH, item.id, label, count=made.blank_a + made.blank_b))
    levels = None
    if item.levels and same_levels(item, other) and seconds == item.seconds == other.seconds:
        levels = rated(
            item.id,
            text_in(pair.a.form.scale_label(item), pair.language) or label if pair.a.form else label,
            item,
            [(str(place), one, another) for place, one, another in _levels(parts_a, parts_b)],
            pair.language,
            in_order=True,
        )
    elif item.levels and other.levels and not same_levels(item, other):
        left.append(LeftOut(LeftOutWhy.SCALE_DIFFERS, item.id, label))
    rest = pair.offset_ms - shift * length
    merged = seconds != item.seconds or seconds != other.seconds
    return replace(made, shift=shift, rest_ms=rest, levels=levels, derived=merged), tuple(left)


def nearest(offset_ms: int, length_ms: int) -> int:
    """Return the whole number of intervals nearest to an offset; the later one where it lies in the middle."""
    return (2 * offset_ms + length_ms) // (2 * length_ms)


def _levels(a: dict[int, Ticked], b: dict[int, Ticked]) -> list[tuple[int, int, int]]:
    return list(lay(a, b, ()).levels)


def derived(pair: Pair, items: Sequence[tuple[Item, Item]], interval_s: int) -> SheetAgreement | None:
    """Return a sheet made from what both pressed: an interval has an item when a moment or a run of it lies in it.

    Only intervals that both watched from end to end are compared. A moment on a border belongs to the later interval; a
    run [start, end) touches every interval that it shares time with.
    """
    kinds = (ItemKind.TALLY, ItemKind.TIMER, ItemKind.WAIT)
    wanted = [(item, other) for item, other in items if item.kind in kinds]
    if not wanted:
        return None
    length = interval_s * 1000
    whole = [index for low, high in pair.watched for index in range(-(-low // length), high // length)]
    sides = tuple(
        _touched(one, whole, [both[place] for both in wanted], length, by)
        for place, (one, by) in enumerate(((pair.a, 0), (pair.b, pair.offset_ms)))
    )
    names = tuple((item.id, pair.label(item), "", "") for item, _other in wanted)
    laid = lay(sides[0], sides[1], [name[0] for name in names])
    return replace(_sheet(pair, DERIVED, pair.words.derived, interval_s, laid, names), derived=True)


def _touched(one: Given, whole: Sequence[int], items: Sequence[Item], length: int, by_ms: int) -> dict[int, Ticked]:
    hit: dict[int, set[str]] = {index: set() for index in whole}
    for item in items:
        for moment in moments_of(one, item):
            hit.get(index_at(moment.offset_ms + by_ms, length // 1000), set()).add(item.id)
        if item.kind is ItemKind.TIMER:
            for low, high in during(one.running[item.id].stretches, 0, one.length_ms + by_ms, by_ms):
                for index in range(low // length, -(-high // length)):
                    hit.get(index, set()).add(item.id)
    return {index: Ticked(frozenset(codes)) for index, codes in hit.items()}


def moments_of(one: Given, item: Item) -> tuple[Event, ...]:
    """Return the moments of a tally or a wait item, () of other kinds."""
    if item.kind is ItemKind.TALLY:
        return tallies(one.events, item.id)
    if item.kind is ItemKind.WAIT:
        return tuple(event for event in one.events if event.item == item.id and event.kind.value == "wait")
    return ()


def _sheet(pair: Pair, item: str, label: str, seconds: int, laid: Laid, names: Sequence[Name]) -> SheetAgreement:
    counts = [tally(laid.cells[full]) for full, *_rest in names]
    seen = [place for place, one in enumerate(counts) if one.n > one.neither]
    spreads, together = bootstrap.of_codes([laid.cells[names[place][0]] for place in seen])
    by_place = dict(zip(seen, spreads, strict=True))
    twice = {name[1] for name in names if sum(one[1] == name[1] for one in names) > 1}
    codes = []
    for place, (full, words, short, side) in enumerate(names):
        told = pair.words.side_label.format(side=side, label=words) if words in twice and side else words
        made = measured(CodeAgreement(full, told, short, side, cells=laid.cells[full]), counts[place])
        if place in by_place:
            made = replace(made, spread=by_place[place][0], ac1_spread=by_place[place][1])
        codes.append(made)
    pooled = measured(CodeAgreement("", ""), sum((counts[place] for place in seen), figures.Counts()))
    return SheetAgreement(
        item=item,
        label=label,
        seconds=seconds,
        first=laid.first,
        intervals=len(laid.both),
        n=laid.n,
        blank_a=laid.blank_a,
        blank_b=laid.blank_b,
        codes=tuple(codes),
        pooled=replace(pooled, spread=together[0], ac1_spread=together[1]),
        pooled_all=measured(CodeAgreement("", ""), sum(counts, figures.Counts())),
    )


def measured(one: CodeAgreement, counts: Counts) -> CodeAgreement:
    """Return the code with every figure of these counts."""
    kappa = figures.kappa(counts.table)
    return replace(
        one,
        counts=counts,
        percent=figures.percent(counts),
        kappa=kappa,
        ac1=figures.ac1(counts.table),
        jaccard=figures.jaccard(counts),
        alpha=figures.counts_alpha(counts),
        band=figures.band(kappa),
    )


def rated(
    key: str,
    label: str,
    item: Item,
    pairs: Sequence[tuple[str, int, int]],
    language: str,
    *,
    in_order: bool = False,
) -> RatedAgreement | None:
    """Return how far ratings of one scale agree, None without any.

    Args:
        key: of the scale or the interval item.
        label: of the same.
        item: that has the levels.
        pairs: as in `RatedAgreement`; a level that the scale does not have is passed over.
        language: of the form's texts.
        in_order: the pairs are neighbouring intervals, so that blocks of them can be drawn.
    """
    levels = [level.number for level in item.levels]
    good = [one for one in pairs if one[1] in levels and one[2] in levels]
    if not good:
        return None
    bare = [(one, other) for _key, one, other in good]
    table = figures.square(bare, levels)
    rank = {level: place for place, level in enumerate(levels)}
    same = sum(one == other for one, other in bare)
    close = sum(abs(rank[one] - rank[other]) <= 1 for one, other in bare)
    linear = figures.weighted_kappa(table, Weights.LINEAR)
    made = RatedAgreement(
        key=key,
        label=label,
        levels=tuple((level.number, text_in(level.label, language)) for level in item.levels),
        pairs=tuple(good),
        percent=figures.Figure(same / len(bare), None),
        close=figures.Figure(close / len(bare), None),
        kappa=figures.kappa(table),
        linear=linear,
        quadratic=figures.weighted_kappa(table, Weights.QUADRATIC),
        alpha=figures.alpha(bare, figures.Metric.ORDINAL),
        weights=Weights.LINEAR,
        band=figures.band(linear),
    )
    return replace(made, spread=bootstrap.of_levels(bare, levels, Weights.LINEAR)) if in_order else made


def differences(pair: Pair, sheet: SheetAgreement) -> list[Difference]:
    """Return where two sheets part, interval by interval."""
    made = [
        _tick(pair, sheet, code, place, cell is Cell.ONLY_A)
        for code in sheet.codes
        for place, cell in enumerate(code.cells, sheet.first)
        if cell in (Cell.ONLY_A, Cell.ONLY_B)
    ]
    if sheet.levels is not None:
        made += [
            _level(pair, sheet, sheet.levels, int(key), (one, other))
            for key, one, other in sheet.levels.pairs
            if one != other
        ]
    return made


def _tick(pair: Pair, sheet: SheetAgreement, code: CodeAgreement, place: int, a: bool) -> Difference:  # noqa: FBT001
    words = pair.words
    start, end = sheet.span(place)
    span = words.span.format(start=clock(start), end=clock(end))
    return Difference(
        kind=DifferenceKind.TICK,
        start_ms=start,
        end_ms=end,
        item=sheet.item,
        code=code.code,
        label=code.label,
        place=place,
        a=words.yes if a else words.no,
        b=words.no if a else words.yes,
        text=words.only_tick.format(span=span, who=pair.names[0 if a else 1], label=code.label),
    )


def _level(pair: Pair, sheet: SheetAgreement, levels: RatedAgreement, place: int, said: tuple[int, int]) -> Difference:
    words = pair.words
    names = dict(levels.levels)
    one_name, other_name = pair.names
    start, end = sheet.span(place)
    span = words.span.format(start=clock(start), end=clock(end))
    a, b = names[said[0]], names[said[1]]
    return Difference(
        kind=DifferenceKind.LEVEL,
        start_ms=start,
        end_ms=end,
        item=sheet.item,
        label=levels.label,
        place=place,
        a=a,
        b=b,
        text=words.level.format(span=span, label=levels.label, a=a, b=b, a_name=one_name, b_name=other_name),
    )
