"""One visit as charts: its time line, and a chart for all that was recorded in it. Private events are in none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.compare.lesson import lesson
from observe_app.domain.event import EventKind
from observe_app.domain.form import ItemKind, text_in
from observe_app.domain.lesson_parts import pauses, phases
from observe_app.domain.participation import is_press, is_spoken_note
from observe_app.domain.talk_share import talk_share
from observe_app.domain.timeline import (
    category_shares,
    code_shares,
    interval_sheet,
    sweep_sheet,
    tallies,
    timers,
    wait_sheet,
)
from observe_app.services.charts.lessons import Lane, LessonRow, Span, lessons
from observe_app.services.charts.room import Curve, CurvePoint, Flow, curve, flow
from observe_app.services.charts.shares import (
    Bars,
    Budget,
    BudgetPart,
    ShareBar,
    WaitBins,
    bars,
    bins_of,
    budget,
    waits,
)
from observe_app.services.item_words import lesson_minutes
from observe_app.ui.compare.lesson_more import DEFAULT_S, more_charts
from observe_app.ui.compare.shown import Shown
from observe_app.ui.i18n import short_date
from observe_app.ui.moments import local

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.event import Event
    from observe_app.domain.form import Code, Item, Side
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.timeline import IntervalSheet
    from observe_app.domain.visit import Visit
    from observe_app.services.charts.picture import Picture, Ruler, Size
    from observe_app.services.charts.words import ChartWords

_MINUTE = 60_000
_MOST_TAGS = 4
_MOST_BARS = 10
_MOST_SPEAKERS = 7


def told_events(record: VisitRecord) -> tuple[Event, ...]:
    """Return the events that are shown: neither private nor deleted."""
    return tuple(event for event in record.events if not event.private and not event.deleted)


def length_ms(record: VisitRecord) -> int:
    """Return how long the lesson was, pauses included."""
    return round(lesson_minutes(record.visit, told_events(record)) * _MINUTE)


def day_of(visit: Visit) -> str:
    """Return the day of a visit, "" without one."""
    moment = visit.started or visit.start
    return short_date(local(moment, visit.zone).date()) if moment is not None else ""


def form_name(record: VisitRecord) -> str:
    """Return the title of the form in its own language, "" without a form."""
    return text_in(record.form.title, record.form.language) if record.form is not None else ""


def row_of(record: VisitRecord, language: str, *, most: int = 12) -> LessonRow:
    """Return the lesson in time; `most`: how many lanes at most."""
    events, until = told_events(record), length_ms(record)
    visit = record.visit
    spans = tuple(
        Span(one.start_ms, one.end_ms if one.end_ms is not None else until, one.name)
        for one in phases(events)
        if (one.end_ms if one.end_ms is not None else until) > one.start_ms
    )
    unseen = tuple(Span(one.start_ms, one.end_ms if one.end_ms is not None else until) for one in pauses(events))
    lanes = [*_item_lanes(record, events, until, language), *_tag_lanes(events), *_note_lanes(events)]
    sub = " · ".join(part for part in (visit.topic or visit.class_name, visit.observer) if part)
    return LessonRow(visit.id, day_of(visit), sub, until, spans, tuple(lanes[:most]), unseen)


def charts_of(record: VisitRecord, language: str, seconds: int = DEFAULT_S) -> tuple[Shown, ...]:
    """Return a chart for everything that the visit shows, the lesson in time first; `seconds`: of sheets made here."""
    events, until = told_events(record), length_ms(record)
    row = row_of(record, language)
    found: list[Shown] = []
    if row.lanes or row.phases:
        found.append(Shown("lesson", partial(lessons, (row,)), wide=True))
    more = more_charts(lesson(record), language, seconds)
    found += [one for one in more if one.wide and one.key != "seats"]
    found += _code_charts(record, events, language)
    found += _timer_charts(record, events, until, language)
    found += _wait_charts(record, events, language)
    found += _curve_charts(record, events, until, language)
    found += _word_charts(record, events)
    found += [one for one in more if not one.wide]
    found += _flow_chart(record, events)
    found += [one for one in more if one.key == "seats"]
    return tuple(found)


# --- lanes -----------------------------------------------------------------------------------------------------------


def _item_lanes(record: VisitRecord, events: tuple[Event, ...], until: int, language: str) -> Iterable[Lane]:
    items = record.form.items if record.form is not None else ()
    states = timers(items, events)
    for item in items:
        label = text_in(item.label, language) or item.id
        if item.kind is ItemKind.TALLY and (found := tallies(events, item.id)):
            yield Lane(item.id, label, str(len(found)), tuple(one.offset_ms for one in found))
        elif item.kind is ItemKind.TIMER and states[item.id].stretches:
            state = states[item.id]
            runs = tuple(Span(one.start_ms, one.end_ms if one.end_ms is not None else until, label)
                         for one in state.stretches)  # fmt: skip
            yield Lane(item.id, label, _minutes(state.total_ms(until), until), spans=runs)
        elif item.kind is ItemKind.WAIT:
            starts = tuple(one.offset_ms for one in events if one.item == item.id and one.kind is EventKind.WAIT)
            if starts:
                yield Lane(item.id, label, str(len(starts)), starts, shape="ring")
        elif item.kind is ItemKind.SWEEP and (sheet := sweep_sheet(events, item.id)).sweeps:
            yield Lane(
                item.id, label, str(len(sheet.sweeps)), tuple(one.offset_ms for one in sheet.sweeps), shape="dot"
            )
        elif item.kind is ItemKind.INTERVAL:
            yield from _code_lanes(item, events, language)


def _code_lanes(item: Item, events: tuple[Event, ...], language: str) -> Iterable[Lane]:
    sheet = interval_sheet(item, events)
    coded = len(sheet.coded)
    step = sheet.seconds * 1000
    for side in item.sides:
        for code in side.codes:
            full = side.full(code)
            at = [one.index for one in sheet.intervals if full in one.ticked]
            if not at:
                continue
            label = _code_name(item, side, code, language)
            spans = tuple(Span(first * step, (last + 1) * step, label) for first, last in _runs(at))
            told = QCoreApplication.translate("LessonCharts", "{n} of {of}").format(n=len(at), of=coded)
            yield Lane(f"{item.id}:{full}", label, told, spans=spans)


def _code_name(item: Item, side: Side, code: Code, language: str) -> str:
    """Return a code's meaning, with its side where another side has a code of the same name."""
    label = text_in(code.label, language) or code.id
    twice = sum((text_in(one.label, language) or one.id) == label for other in item.sides for one in other.codes) > 1
    who = text_in(side.label, language)
    return (
        QCoreApplication.translate("LessonCharts", "{side}: {code}").format(side=who, code=label)
        if twice and who
        else label
    )


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """Return the first and last of each run of neighbours."""
    found = []
    for _gap, group in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        run = [place for _at, place in group]
        found.append((run[0], run[-1]))
    return found


def _tag_lanes(events: tuple[Event, ...]) -> list[Lane]:
    found: dict[str, list[int]] = {}
    for event in events:
        for tag in event.tags if event.kind is EventKind.NOTE else ():
            found.setdefault(tag, []).append(event.offset_ms)
    most = sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))[:_MOST_TAGS]
    return [Lane(f"tag:{tag}", f"#{tag}", str(len(at)), tuple(at), shape="triangle") for tag, at in most]


def _note_lanes(events: tuple[Event, ...]) -> list[Lane]:
    tr = QCoreApplication.translate
    notes = [one for one in events if one.kind is EventKind.NOTE and one.text]
    teacher = tuple(one.offset_ms for one in notes if one.speaker == "T")
    students = tuple(one.offset_ms for one in notes if one.speaker.startswith("S"))
    made = []
    if teacher:
        made.append(Lane("notes:T", tr("LessonCharts", "Notes: teacher"), str(len(teacher)), teacher))
    if students:
        made.append(Lane("notes:S", tr("LessonCharts", "Notes: students"), str(len(students)), students))
    return made


def _minutes(ms: int, until: int) -> str:
    return QCoreApplication.translate("LessonCharts", "{n} of {of} min").format(
        n=round(ms / _MINUTE), of=round(until / _MINUTE)
    )


# --- charts ----------------------------------------------------------------------------------------------------------


def _code_charts(record: VisitRecord, events: tuple[Event, ...], language: str) -> list[Shown]:
    tr = QCoreApplication.translate
    made = []
    for item in record.form.items if record.form is not None else ():
        if item.kind is not ItemKind.INTERVAL:
            continue
        sheet = interval_sheet(item, events)
        shares = code_shares(item, sheet)
        if not sheet.coded:
            continue
        blank = tr("LessonCharts", "{n} not coded").format(n=sheet.blank) if sheet.blank else ""
        for side in item.sides:
            rows = [
                ShareBar(
                    side.full(code), text_in(code.label, language) or code.id, shares[side.full(code)].intervals.count,
                    shares[side.full(code)].intervals.of, note=blank, visit_id=record.visit.id,
                    at_ms=_first(sheet.intervals, side.full(code), sheet.seconds),
                )
                for code in side.codes
                if shares[side.full(code)].intervals.count
            ]  # fmt: skip
            title = text_in(side.label, language) or text_in(item.label, language) or item.id
            base = tr("LessonCharts", "of {n} intervals of {seconds} s").format(
                n=len(sheet.coded), seconds=sheet.seconds
            )
            if rows:
                made.append(Shown(f"codes:{item.id}:{side.id}", partial(bars, Bars(title, tuple(rows), base))))
                made += _folded(record, item, side, sheet, (title, f"{base}, {blank}" if blank else base, language))
    return made


def _folded(
    record: VisitRecord, item: Item, side: Side, sheet: IntervalSheet, words: tuple[str, str, str]
) -> list[Shown]:
    """Return the codes of a side as the form counts them together; an interval with two of them counts once.

    `words`: name of the side, what the shares are of, language of the form's texts.
    """
    name, base, language = words
    shares = category_shares(item, sheet)
    rows = []
    for one in side.categories:
        share = shares[f"{side.id}.{one.id}" if side.id else one.id].intervals
        codes = {side.full(code) for code in side.codes if code.category == one.id}
        first = next((found.index for found in sheet.intervals if codes & set(found.ticked)), None)
        if first is not None:
            label = text_in(one.label, language) or one.id
            at_ms = first * sheet.seconds * 1000
            rows.append(ShareBar(one.id, label, share.count, share.of, visit_id=record.visit.id, at_ms=at_ms))
    if not rows:
        return []
    title = QCoreApplication.translate("LessonCharts", "{side}: codes counted together").format(side=name)
    return [Shown(f"folded:{item.id}:{side.id}", partial(bars, Bars(title, tuple(rows), base)))]


def _first(intervals: Iterable[object], code: str, seconds: int) -> int | None:
    return next((one.index * seconds * 1000 for one in intervals if code in one.ticked), None)  # type: ignore[attr-defined]


def _timer_charts(record: VisitRecord, events: tuple[Event, ...], until: int, language: str) -> list[Shown]:
    tr = QCoreApplication.translate
    items = [one for one in (record.form.items if record.form is not None else ()) if one.kind is ItemKind.TIMER]
    states = timers(items, events)
    groups: dict[str, list[Item]] = {}
    for item in items:
        if states[item.id].stretches:
            groups.setdefault(item.group or f"\0{item.id}", []).append(item)
    paused = sum(one.until(until) for one in pauses(events))
    made = []
    for group, members in groups.items():
        parts = tuple(
            BudgetPart(item.id, text_in(item.label, language) or item.id, states[item.id].total_ms(until),
                       states[item.id].stretches[0].start_ms)
            for item in members
        )  # fmt: skip
        title = tr("LessonCharts", "Where the time went")
        exclusive = not group.startswith("\0")
        data = Budget(title, parts, until - paused, exclusive, record.visit.id)
        made.append(Shown(f"timers:{members[0].id}", partial(_timed, data)))
    return made


def _timed(data: Budget, size: Size, ruler: Ruler, words: ChartWords) -> Picture:
    """Return the time that timers took; what is left over nobody timed."""
    return budget(
        data, size, ruler, replace(words, budget_rest=QCoreApplication.translate("LessonCharts", "not timed"))
    )


def _wait_charts(record: VisitRecord, events: tuple[Event, ...], language: str) -> list[Shown]:
    made = []
    for item in record.form.items if record.form is not None else ():
        sheet = wait_sheet(item, events) if item.kind is ItemKind.WAIT else None
        if sheet is not None and sheet.waits_ms:
            aim = round(item.aim * 1000) if item.aim is not None else None
            data = WaitBins(text_in(item.label, language) or item.id, bins_of(sheet.waits_ms), aim,
                            sheet.reached.count if sheet.reached is not None else 0, record.visit.id)  # fmt: skip
            made.append(Shown(f"waits:{item.id}", partial(waits, data)))
    return made


def _curve_charts(record: VisitRecord, events: tuple[Event, ...], until: int, language: str) -> list[Shown]:
    made = []
    for item in record.form.items if record.form is not None else ():
        sheet = sweep_sheet(events, item.id) if item.kind is ItemKind.SWEEP else None
        if sheet is not None and sheet.sweeps:
            points = tuple(CurvePoint(one.offset_ms, one.seen.count, one.seen.of) for one in sheet.sweeps)
            data = Curve(text_in(item.label, language) or item.id, points, until, record.visit.id)
            made.append(Shown(f"sweeps:{item.id}", partial(curve, data)))
    return made


def _word_charts(record: VisitRecord, events: tuple[Event, ...]) -> list[Shown]:
    tr = QCoreApplication.translate
    made = []
    notes = [one for one in events if one.kind is EventKind.NOTE and one.text]
    tags = Counter(tag for one in notes for tag in dict.fromkeys(one.tags))
    first = {tag: one.offset_ms for one in reversed(notes) for tag in one.tags}
    if tags:
        rows = tuple(
            ShareBar(f"tag:{tag}", f"#{tag}", n, len(notes), visit_id=record.visit.id, at_ms=first[tag])
            for tag, n in sorted(tags.items(), key=lambda one: (-one[1], one[0]))[:_MOST_BARS]
        )
        base = tr("LessonCharts", "of {n} notes").format(n=len(notes))
        made.append(Shown("tags", partial(bars, Bars(tr("LessonCharts", "Tags"), rows, base))))
    said = talk_share(events)
    if said.of_talk.of:
        rows = (
            ShareBar("words:T", tr("LessonCharts", "Teacher"), said.teacher, said.of_talk.of, visit_id=record.visit.id),
            ShareBar(
                "words:S", tr("LessonCharts", "Students"), said.students, said.of_talk.of, visit_id=record.visit.id
            ),
        )
        base = tr("LessonCharts", "of {n} words in notes with a speaker").format(n=said.of_talk.of)
        made.append(Shown("words", partial(bars, Bars(tr("LessonCharts", "Words written down"), rows, base))))
    return made


def _flow_chart(record: VisitRecord, events: tuple[Event, ...]) -> list[Shown]:
    tr = QCoreApplication.translate
    presses = [one for one in events if is_press(one)]
    spoken = sorted(presses or (one for one in events if is_spoken_note(one)), key=lambda one: (one.offset_ms, one.id))
    turns = Counter(
        (before.speaker, after.speaker) for before, after in pairwise(spoken) if before.speaker and after.speaker
    )
    if sum(turns.values()) < 2:
        return []
    weight: Counter[str] = Counter()
    for (source, target), n in turns.items():
        weight[source] += n
        weight[target] += n
    speakers = tuple(who for who, _n in weight.most_common(_MOST_SPEAKERS))
    kept = tuple((a, b, n) for (a, b), n in turns.items() if a in speakers and b in speakers)
    return [
        Shown("flow", partial(flow, Flow(tr("LessonCharts", "Who spoke after whom"), speakers, kept, record.visit.id)))
    ]
