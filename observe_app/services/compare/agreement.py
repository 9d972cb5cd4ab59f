"""How far two observers of one lesson agree: every figure with its counts, or why it has none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.domain import agreement as figures
from observe_app.domain.compare.agree_view import (
    AgreementView,
    Decision,
    Difference,
    DifferenceKind,
    LeftOut,
    LeftOutWhy,
    MomentAgreement,
    Offset,
    OffsetBy,
    RatedAgreement,
    SaidNote,
    SheetAgreement,
)
from observe_app.domain.errors import Invalid
from observe_app.domain.event import MAX_OFFSET_MS, EventKind
from observe_app.domain.form import Item, ItemKind, text_in
from observe_app.services import visits
from observe_app.services.compare import agree_moments, agree_sheets, pairs
from observe_app.services.compare.agree_given import Given, Pair, given, party, shared
from observe_app.services.compare.agree_words import AgreementWords
from observe_app.services.item_words import ItemWords, figure, options_in_words

if TYPE_CHECKING:
    from observe_app.domain.answer import Answer
    from observe_app.domain.record import VisitRecord
    from observe_app.services.core import Core

TOLERANCE_MS = 2000
MOST_TOLERANCE_MS = 60_000
LEAST_INTERVAL_S = 5

_Items = tuple[tuple[Item, Item], ...]


def agreement(
    core: Core,
    a: str,
    b: str,
    *,
    offset_ms: int | None = None,
    tolerance_ms: int = TOLERANCE_MS,
    interval_s: int | None = None,
    words: AgreementWords | None = None,
    language: str = "",
) -> AgreementView:
    """Return how far two records of one lesson agree. Nothing private of either is in it.

    Args:
        core: the open data folder.
        a: the visit whose clock counts.
        b: the other one.
        offset_ms: to be added to b's times; None to find it from events that both recorded, 0 for as recorded.
        tolerance_ms: how far apart two moments may lie and still be one.
        interval_s: sheets are merged into intervals of this length, and one is made from moments and timers; None for
            the forms' own intervals, and none made.
        words: the fixed words; the English ones by default.
        language: of the forms' texts, "" for their own.

    Raises:
        NotFound: no such visit. Invalid: the two are one visit; an offset, tolerance or length that makes no sense.
    """
    _check(a, b, offset_ms, tolerance_ms, interval_s)
    records = visits.load_record(core, a), visits.load_record(core, b)
    view = compare(
        *records,
        offset_ms=offset_ms,
        tolerance_ms=tolerance_ms,
        interval_s=interval_s,
        words=words,
        language=language,
    )
    return with_agreed(core, view)


def with_agreed(core: Core, view: AgreementView) -> AgreementView:
    """Return the view with what the two agreed on afterwards, where they did; that is for whoever sits here alone."""
    mark = pairs.between(core, view.a.visit_id, view.b.visit_id)
    if mark is None:
        return view
    return replace(view, same_lesson=mark.id, decisions=_on_clock_of_a(view, pairs.decisions(core, mark.id)))


def _on_clock_of_a(view: AgreementView, kept: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """Return decisions in a's time; of two about one place the newer one counts."""
    shifts = {sheet.item: sheet.shift for sheet in view.sheets}
    latest: dict[tuple[str, str, int], Decision] = {}
    for one in sorted(kept, key=lambda one: (one.at.isoformat() if one.at else "", one.id)):
        moved = one
        if one.clock_of == view.b.visit_id and one.place >= 0:
            by = shifts.get(one.item, view.offset.ms)
            moved = replace(one, place=one.place + by, clock_of=view.a.visit_id)
        latest[moved.item, moved.code, moved.place] = moved
    return tuple(sorted(latest.values(), key=lambda one: (one.item, one.code, one.place)))


def _check(a: str, b: str, offset_ms: int | None, tolerance_ms: int, interval_s: int | None) -> None:
    if a == b:
        raise Invalid("visit", a, "same")
    if offset_ms is not None and abs(offset_ms) > MAX_OFFSET_MS:
        raise Invalid("offset", str(offset_ms), "out_of_range", "24 h")
    if not 0 <= tolerance_ms <= MOST_TOLERANCE_MS:
        raise Invalid("tolerance", str(tolerance_ms), "out_of_range", "0–60 s")
    if interval_s is not None and not LEAST_INTERVAL_S <= interval_s <= MAX_OFFSET_MS // 1000:
        raise Invalid("interval", str(interval_s), "out_of_range", f"{LEAST_INTERVAL_S} s – 24 h")


def compare(
    one: VisitRecord,
    other: VisitRecord,
    *,
    offset_ms: int | None = None,
    tolerance_ms: int = TOLERANCE_MS,
    interval_s: int | None = None,
    words: AgreementWords | None = None,
    language: str = "",
) -> AgreementView:
    """Return how far two records agree, from what was read of them; arguments as of `agreement`."""
    words = words or AgreementWords()
    a, b = given(one), given(other)
    items, left = shared(Pair(a, b, 0, tolerance_ms, words, language))
    offset = _offset(a, b, items, offset_ms, tolerance_ms)
    pair = Pair(a, b, offset.ms, tolerance_ms, words, language)
    sheets, out_of_sheets = _sheets(pair, items, interval_s)
    moments, moments_apart, out_of_moments = agree_moments.compared(pair, items)
    states, states_apart = agree_moments.timed(pair, items)
    ratings, answers, answers_apart, out_of_answers = _answers(pair, items)
    at_zero, moments_at_zero = sheets, moments
    if offset.ms:
        still = replace(pair, offset_ms=0)
        at_zero, moments_at_zero = _sheets(still, items, interval_s)[0], agree_moments.compared(still, items)[0]
    ticks = [found for sheet in sheets if sheet.item != agree_sheets.DERIVED
             for found in agree_sheets.differences(pair, sheet)]  # fmt: skip
    apart = sorted(
        [*ticks, *moments_apart, *states_apart], key=lambda found: (found.start_ms, found.end_ms, found.label)
    )
    return AgreementView(
        a=party(a),
        b=party(b),
        offset=offset,
        tolerance_ms=tolerance_ms,
        sheets=sheets,
        at_zero=at_zero,
        ratings=ratings,
        answers=answers,
        moments=moments,
        moments_at_zero=moments_at_zero,
        states=states,
        differences=(*apart, *answers_apart),
        notes=_notes(pair),
        left_out=(*left, *out_of_sheets, *out_of_moments, *out_of_answers),
    )


def _offset(a: Given, b: Given, items: _Items, wanted: int | None, tolerance_ms: int) -> Offset:
    votes = agree_moments.found_offset(a, b, items, tolerance_ms)
    started, other = a.record.visit.started, b.record.visit.started
    clock = round((other - started).total_seconds() * 1000) if started is not None and other is not None else None
    found = votes.offset_ms if votes is not None else None
    if wanted is not None:
        ms, by = wanted, OffsetBy.GIVEN if wanted else OffsetBy.ZERO
    else:
        ms, by = found or 0, OffsetBy.FOUND if found else OffsetBy.ZERO
    return Offset(ms, by, found, votes.votes if votes else 0, votes.of if votes else 0, clock)


def _sheets(
    pair: Pair, items: _Items, interval_s: int | None
) -> tuple[tuple[SheetAgreement, ...], tuple[LeftOut, ...]]:
    found: list[SheetAgreement] = []
    left: list[LeftOut] = []
    for item, other in items:
        if item.kind is ItemKind.INTERVAL:
            sheet, out = agree_sheets.of_item(pair, item, other, interval_s)
            left += out
            if sheet is not None:
                found.append(sheet)
    if interval_s is not None:
        made = agree_sheets.derived(pair, items, interval_s)
        if made is not None:
            found.append(made)
    return tuple(found), tuple(left)


def _notes(pair: Pair) -> tuple[SaidNote, ...]:
    made = [
        SaidNote(who, event.offset_ms + by, event.speaker, event.text, event.id)
        for who, one, by in (("a", pair.a, 0), ("b", pair.b, pair.offset_ms))
        for event in one.events
        if event.kind is EventKind.NOTE
    ]
    return tuple(sorted(made, key=lambda note: (note.at_ms, note.who, note.event_id)))


# -- answers

_Answers = tuple[tuple[str, str, str, str, bool], ...]


def _answers(
    pair: Pair, items: _Items
) -> tuple[tuple[RatedAgreement, ...], _Answers, list[Difference], tuple[LeftOut, ...]]:
    """Return ratings by scale, other answers, where they differ, and those that only one of the two gave."""
    a = {answer.item: answer for answer in pair.a.record.answers}
    b = {answer.item: answer for answer in pair.b.record.answers}
    scales: dict[object, list[tuple[Item, int, int]]] = {}
    answers: list[tuple[str, str, str, str, bool]] = []
    apart: list[Difference] = []
    left: list[LeftOut] = []
    one_name, other_name = pair.names
    for item, _other in items:
        if item.kind not in _ANSWERED:
            continue
        one, other = a.get(item.id), b.get(item.id)
        if one is None or other is None or one.value is None or other.value is None:
            if any(answer is not None and answer.value is not None for answer in (one, other)):
                left.append(LeftOut(LeftOutWhy.NOT_CODED_BY_BOTH, item.id, pair.label(item)))
            continue
        label = pair.label(item)
        if item.kind is ItemKind.RATING and isinstance(one.value, int) and isinstance(other.value, int):
            key = item.scale or tuple((level.number, level.label) for level in item.levels)
            scales.setdefault(key, []).append((item, one.value, other.value))
        said = _said(item, one, pair), _said(item, other, pair)
        same = one.value == other.value
        if item.kind is not ItemKind.RATING:
            answers.append((item.id, label, *said, same))
        if not same:
            text = pair.words.answer.format(label=label, a=said[0], b=said[1], a_name=one_name, b_name=other_name)
            apart.append(Difference(DifferenceKind.ANSWER, -1, -1, item.id, "", label, -1, *said, text))
    return _ratings(pair, scales), tuple(answers), apart, tuple(left)


_ANSWERED = (ItemKind.RATING, ItemKind.CHECK, ItemKind.CHOICE, ItemKind.CHOICES, ItemKind.NUMBER)


def _ratings(pair: Pair, scales: dict[object, list[tuple[Item, int, int]]]) -> tuple[RatedAgreement, ...]:
    made = []
    for found in scales.values():
        item = found[0][0]
        label = text_in(pair.a.form.scale_label(item), pair.language) if pair.a.form is not None else ""
        rows = [(one.id, value, other) for one, value, other in found]
        rated = agree_sheets.rated(item.scale or item.id, label or pair.label(item), item, rows, pair.language)
        if rated is not None:
            made.append(rated)
    return tuple(made)


def _said(item: Item, answer: Answer, pair: Pair) -> str:
    if item.kind is ItemKind.RATING:
        found = next((level for level in item.levels if level.number == answer.value), None)
        return (text_in(found.label, pair.language) if found else "") or str(answer.value)
    if item.kind is ItemKind.CHECK:
        return pair.words.yes if answer.value == "yes" else pair.words.no
    if item.kind in (ItemKind.CHOICE, ItemKind.CHOICES):
        return options_in_words(item, answer, ItemWords(point=pair.words.point), pair.language)
    if isinstance(answer.value, (int, float)):
        return figure(answer.value, point=pair.words.point)
    return str(answer.value)


__all__ = [
    "AgreementView", "AgreementWords", "MomentAgreement", "RatedAgreement", "SheetAgreement", "agreement", "compare",
    "figures",
]  # fmt: skip
