"""Three observers of one lesson and more: Krippendorff's alpha, for it takes any number and lives with gaps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain import agreement as figures
from observe_app.domain.compare.agree_view import CodeAlpha, GroupAgreement, LeftOut, LeftOutWhy
from observe_app.domain.compare.pairing import Ticked, ticked
from observe_app.domain.errors import Invalid
from observe_app.domain.form import Code, Item, ItemKind, text_in
from observe_app.domain.timeline import interval_sheet
from observe_app.services import visits
from observe_app.services.compare import bootstrap
from observe_app.services.compare.agree_given import Given, given, party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.record import VisitRecord
    from observe_app.services.core import Core

_Row = list[list[int | None]]
"""Of one code: interval by interval what each observer said, None where they did not code it."""


def agreement_of(core: Core, ids: Sequence[str], *, language: str = "") -> GroupAgreement:
    """Return how far any number of records of one lesson agree, as recorded: no clock is moved.

    Args:
        core: the open data folder.
        ids: of at least two visits.
        language: of the forms' texts, "" for their own.

    Raises:
        NotFound: no such visit. Invalid: fewer than two visits.
    """
    wanted = tuple(dict.fromkeys(ids))
    if len(wanted) < 2:
        raise Invalid("visit", "".join(wanted), "same")
    return compare_all([visits.load_record(core, one) for one in wanted], language=language)


def compare_all(records: Sequence[VisitRecord], *, language: str = "") -> GroupAgreement:
    """Return how far records agree, from what was read of them."""
    found = [given(record) for record in records]
    codes: list[CodeAlpha] = []
    pooled: list[CodeAlpha] = []
    left: list[LeftOut] = []
    for item in _items(found, ItemKind.INTERVAL):
        each, together, out = _sheet(found, item, language)
        codes += each
        pooled += together
        left += out
    return GroupAgreement(
        tuple(party(one) for one in found), tuple(codes), tuple(pooled), _ratings(found, language), tuple(left)
    )


def _items(found: Sequence[Given], kind: ItemKind) -> tuple[Item, ...]:
    """Return the items of this kind that at least two forms have, as the first of them words them."""
    first: dict[str, Item] = {}
    twice: dict[str, Item] = {}
    for one in found:
        for item in one.form.items if one.form is not None else ():
            if item.kind is kind and item.id in first:
                twice[item.id] = first[item.id]
            elif item.kind is kind:
                first[item.id] = item
    return tuple(twice.values())


def _of(one: Given, item: Item) -> Item | None:
    found = one.form.item(item.id) if one.form is not None else None
    return found if found is not None and found.kind is item.kind else None


def _sheet(found: Sequence[Given], item: Item, language: str) -> tuple[list[CodeAlpha], list[CodeAlpha], list[LeftOut]]:
    label = text_in(item.label, language) or item.id
    items = [_of(one, item) for one in found]
    left = [
        LeftOut(LeftOutWhy.LENGTH_DIFFERS, item.id, label)
        for other in items
        if other is not None and other.seconds != item.seconds
    ]
    sheets = [
        ticked(interval_sheet(other, one.events)) if other is not None and other.seconds == item.seconds else {}
        for one, other in zip(found, items, strict=True)
    ]
    places = sorted(set().union(*sheets))
    made: list[CodeAlpha] = []
    rows: list[_Row] = []
    for full, code in _codes(items).items():
        has = [other is not None and other.code(full) is not None for other in items]
        if sum(has) < 2:
            left.append(LeftOut(LeftOutWhy.CODE_NOT_ON_BOTH, item.id, label, full))
            continue
        row: _Row = [
            [_said(sheet.get(place), full) if known else None for sheet, known in zip(sheets, has, strict=True)]
            for place in places
        ]
        seen = [sum(value or 0 for value in column) for column in zip(*row, strict=True)] or [0] * len(found)
        made.append(
            CodeAlpha(
                item=item.id,
                code=full,
                label=text_in(code.label, language) or code.id,
                short=code.id,
                units=sum(_both(unit) for unit in row),
                alpha=figures.alpha(row),
                ticks=tuple(
                    count if known and sheet else None for count, known, sheet in zip(seen, has, sheets, strict=True)
                ),
            )
        )
        rows.append(row)
    seen_codes = [place for place, row in enumerate(rows) if any(value for unit in row for value in unit)]
    spreads, together = bootstrap.of_alpha([[_votes(unit) for unit in rows[place]] for place in seen_codes])
    for place, spread in zip(seen_codes, spreads, strict=True):
        made[place] = replace(made[place], spread=spread)
    every = [unit for place in seen_codes for unit in rows[place]]
    pool = CodeAlpha(item.id, "", label, units=sum(_both(unit) for unit in every), alpha=figures.alpha(every))
    return made, [replace(pool, spread=together)], left


def _codes(items: Sequence[Item | None]) -> dict[str, Code]:
    """Return the codes that anybody's sheet has, in the order of the first that has them."""
    found: dict[str, Code] = {}
    for one in items:
        for side in one.sides if one is not None else ():
            for code in side.codes:
                found.setdefault(side.full(code), code)
    return found


def _said(one: Ticked | None, code: str) -> int | None:
    return None if one is None else int(code in one.codes)


def _votes(unit: Sequence[int | None]) -> tuple[int, int]:
    told = [value for value in unit if value is not None]
    return sum(told), len(told)


def _both(unit: Sequence[int | None]) -> bool:
    return sum(value is not None for value in unit) > 1


def _ratings(found: Sequence[Given], language: str) -> tuple[tuple[str, int, figures.Figure], ...]:
    """Return alpha, ordinal, of the items that at least two rated, together by scale."""
    scales: dict[object, tuple[str, list[list[int | None]]]] = {}
    given_by = [{answer.item: answer.value for answer in one.record.answers} for one in found]
    for item in _items(found, ItemKind.RATING):
        levels = tuple((level.number, level.label) for level in item.levels)
        values: list[int | None] = []
        for one, answers in zip(found, given_by, strict=True):
            other = _of(one, item)
            value = answers.get(item.id)
            same = other is not None and tuple((level.number, level.label) for level in other.levels) == levels
            values.append(value if same and isinstance(value, int) else None)
        if not _both(values):
            continue
        form = next(one.form for one in found if one.form is not None and one.form.item(item.id) is not None)
        label = text_in(form.scale_label(item), language) or text_in(item.label, language) or item.id
        scales.setdefault(item.scale or levels, (label, []))[1].append(values)
    return tuple((label, len(units), figures.alpha(units, figures.Metric.ORDINAL)) for label, units in scales.values())
