"""One visit as charts, further: sheets made of other recordings, rates, talk by seconds, question levels, seats."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.compare.derive import coarser
from observe_app.domain.compare.marks import Origin
from observe_app.domain.form import text_in
from observe_app.domain.seating import SeatState
from observe_app.services.charts.lessons import Lane, LessonRow, Span, lessons
from observe_app.services.charts.room import Seat, Seats, seats
from observe_app.services.charts.shares import Bars, Budget, BudgetPart, ShareBar, bars, budget
from observe_app.ui.compare.shown import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.compare.lesson import LessonPicture, SheetPicture

LENGTHS_S = (60, 120, 240, 300, 600)
"""Lengths of an interval to choose from, in seconds."""
DEFAULT_S = 120
_MINUTE = 60_000
_MOST_COLUMNS = 12


def origin_words(found: LessonPicture) -> str:
    """Return where the figures of a visit came from, and what of it was not observed."""
    tr = QCoreApplication.translate
    where = {
        Origin.IMPORTED: tr("LessonCharts", "imported"),
        Origin.DERIVED: tr("LessonCharts", "derived"),
    }.get(found.origin, tr("LessonCharts", "recorded live"))
    unseen = found.length_ms - found.facts.length_ms
    if unseen < _MINUTE:
        return where
    paused = tr("LessonCharts", "{n} of {of} min paused, in no figure").format(
        n=round(unseen / _MINUTE), of=round(found.length_ms / _MINUTE)
    )
    return f"{where} · {paused}"


def more_charts(found: LessonPicture, language: str, seconds: int) -> tuple[Shown, ...]:
    """Return the charts that something was recorded for; `seconds`: the interval length of sheets that are made."""
    made = [*_derived(found, language, seconds), *_coarser(found, language, seconds), *_phases(found)]
    made += [*_rates(found, language), *_talk(found), *_levels(found), *_seats(found)]
    return tuple(made)


def _labels(found: LessonPicture, language: str) -> dict[str, str]:
    items = found.form.items if found.form is not None else ()
    return {item.id: text_in(item.label, language) or item.id for item in items}


def _spans(places: Iterable[int], step: int, label: str) -> tuple[Span, ...]:
    """Return neighbouring intervals as one stretch."""
    runs = []
    for _gap, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _at, place in group]
        runs.append(Span(run[0] * step, (run[-1] + 1) * step, label))
    return tuple(runs)


def _length_words(seconds: int) -> str:
    tr = QCoreApplication.translate
    if seconds % 60:
        return tr("LessonCharts", "{n} s").format(n=seconds)
    return tr("LessonCharts", "{n} min").format(n=seconds // 60)


def _derived(found: LessonPicture, language: str, seconds: int) -> Iterable[Shown]:
    tr = QCoreApplication.translate
    sheet = found.derived(seconds)
    if sheet is None:
        return
    step, labels, lanes = seconds * 1000, _labels(found, language), []
    for item in sheet.items:
        at = [one.index for one in sheet.intervals if item in one.ticked]
        if at:
            told = tr("LessonCharts", "{n} of {of}").format(n=len(at), of=sheet.coded)
            lanes.append(Lane(f"derived:{item}", labels.get(item, item), told, spans=_spans(at, step, labels[item])))
    if not lanes:
        return
    sub = tr("LessonCharts", "made from what was recorded as it came; of {n} intervals of {length}").format(
        n=sheet.coded, length=_length_words(seconds)
    )
    if sheet.blank:
        sub += " · " + tr("LessonCharts", "{n} not observed").format(n=sheet.blank)
    until = found.length_ms
    unseen = tuple(Span(one.start_ms, one.start_ms + one.until(until)) for one in found.paused)
    row = LessonRow(found.visit.id, tr("LessonCharts", "Interval sheet"), sub, until, (), tuple(lanes), unseen)
    yield Shown("derived", partial(lessons, (row,)), wide=True)


def _coarser(found: LessonPicture, language: str, seconds: int) -> Iterable[Shown]:
    tr = QCoreApplication.translate
    for one in found.sheets:
        if seconds <= one.sheet.seconds or seconds % one.sheet.seconds:
            continue
        merged = coarser(one.sheet, seconds // one.sheet.seconds)
        coded = sum(part.coded for part in merged.sheet.intervals)
        names, lanes = _code_names(found, one, language), []
        for code, name in names.items():
            at = [part.index for part in merged.sheet.intervals if code in part.ticked]
            if at:
                sure = sum(code in part.ticked for part in merged.sheet.intervals if part.coded)
                told = tr("LessonCharts", "{n} of {of}").format(n=sure, of=coded)
                lanes.append(Lane(f"coarser:{code}", name, told, spans=_spans(at, seconds * 1000, name)))
        sub = tr("LessonCharts", "made from a sheet of {short}; of {n} intervals of {length}").format(
            short=_length_words(one.sheet.seconds), n=coded, length=_length_words(seconds)
        )
        if merged.partly:
            sub += " · " + tr("LessonCharts", "{n} coded only in part").format(n=len(merged.partly))
        row = LessonRow(found.visit.id, tr("LessonCharts", "Longer intervals"), sub, found.length_ms, (), tuple(lanes))
        if lanes:
            yield Shown(f"coarser:{one.item}", partial(lessons, (row,)), wide=True)


def _code_names(found: LessonPicture, sheet: SheetPicture, language: str) -> dict[str, str]:
    item = found.form.item(sheet.item) if found.form is not None else None
    if item is None:
        return {}
    return {side.full(code): text_in(code.label, language) or code.id for side in item.sides for code in side.codes}


def _phases(found: LessonPicture) -> Iterable[Shown]:
    if found.phase_budget is None:
        return
    parts = tuple(BudgetPart(one.item, one.name, one.ms, one.at_ms) for one in found.phase_budget.parts)
    title = QCoreApplication.translate("LessonCharts", "Phases")
    yield Shown("phases", partial(budget, Budget(title, parts, found.phase_budget.whole_ms, visit_id=found.visit.id)))


def _rates(found: LessonPicture, language: str) -> Iterable[Shown]:
    tr = QCoreApplication.translate
    if not found.rates:
        return
    labels, most = _labels(found, language), max(one.count for one in found.rates)
    rows = tuple(
        ShareBar(
            f"rate:{one.item}", labels.get(one.item, one.item), one.count, most,
            tr("LessonCharts", "{rate} a minute").format(rate=_number(one.per_minute or 0)),
            tr("LessonCharts", "{n} in all").format(n=one.count), visit_id=found.visit.id,
        )
        for one in found.rates
    )  # fmt: skip
    base = tr("LessonCharts", "in {n} lesson minutes").format(n=_number(found.rates[0].whole_ms / _MINUTE))
    yield Shown("rates", partial(bars, Bars(tr("LessonCharts", "How often"), rows, base)))


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _talk(found: LessonPicture) -> Iterable[Shown]:
    tr = QCoreApplication.translate
    share = found.talk_seconds
    if share is None:
        return
    whole = _clock(share.of)
    of = tr("LessonCharts", "{n} of {of}")
    rows = tuple(
        ShareBar(key, name, ms, share.of, of.format(n=_clock(ms), of=whole), visit_id=found.visit.id)
        for key, name, ms in (
            ("seconds:T", tr("LessonCharts", "Teacher"), share.count),
            ("seconds:S", tr("LessonCharts", "Everything else timed"), share.of - share.count),
        )
    )
    base = tr("LessonCharts", "of {time} that timers of talk ran").format(time=whole)
    yield Shown("seconds", partial(bars, Bars(tr("LessonCharts", "Talk by time"), rows, base)))


def _clock(ms: float) -> str:
    seconds = int(ms) // 1000
    return f"{seconds // 60}:{seconds % 60:02d}"


def _levels(found: LessonPicture) -> Iterable[Shown]:
    tr = QCoreApplication.translate
    names = {
        "remember": tr("LessonCharts", "remember"), "understand": tr("LessonCharts", "understand"),
        "apply": tr("LessonCharts", "apply"), "analyse": tr("LessonCharts", "analyse"),
        "evaluate": tr("LessonCharts", "evaluate"), "create": tr("LessonCharts", "create"),
    }  # fmt: skip
    for one in found.levels:
        first = dict(one.at_ms)
        rows = tuple(
            ShareBar(f"level:{level}", names.get(level, level.upper()), n, one.total, visit_id=found.visit.id,
                     at_ms=first.get(level))
            for level, n in one.counts
        )  # fmt: skip
        base = (
            tr("LessonCharts", "of {n} tagged notes") if one.source == "tags" else tr("LessonCharts", "of {n} counted")
        ).format(n=one.total)
        data = Bars(tr("LessonCharts", "What questions asked for"), rows, base)
        yield Shown(f"levels:{one.order}:{one.source}", partial(bars, data))


def _seats(found: LessonPicture) -> Iterable[Shown]:
    tr = QCoreApplication.translate
    told = found.participation
    placed = [seat for seat in found.plan.seats if seat.state is SeatState.TAKEN]
    basis = told.basis
    if not placed or not told.contributions(basis):
        return
    across = {x: at for at, x in enumerate(sorted({seat.x for seat in placed}))}
    down = {y: at for at, y in enumerate(sorted({seat.y for seat in placed}))}
    grid = len(across) <= _MOST_COLUMNS and len(down) <= _MOST_COLUMNS
    rows = tuple(
        Seat(seat.id, seat.label or seat.speaker, down[seat.y] if grid else at // _MOST_COLUMNS,
             across[seat.x] if grid else at % _MOST_COLUMNS, told.count_of(seat.id, basis))
        for at, seat in enumerate(placed)
    )  # fmt: skip
    words = (
        tr("LessonCharts", "{n} contributions pressed on the plan")
        if basis.value == "presses"
        else tr("LessonCharts", "{n} notes with a speaker")
    ).format(n=told.contributions(basis))
    if told.absent:
        words += " · " + tr("LessonCharts", "{n} absent").format(n=told.absent)
    yield Shown("seats", partial(seats, Seats(tr("LessonCharts", "Who was heard"), rows, words, found.visit.id)), True)
