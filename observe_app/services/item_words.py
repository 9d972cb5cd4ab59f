"""What an item of a form came to, in words: the chosen options, a number with its unit, counts with their base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.form import EVENT_KINDS, OTHER, ItemKind, text_in
from observe_app.domain.lesson_parts import paused_ms, pauses
from observe_app.domain.timeline import (
    category_shares,
    code_shares,
    interval_sheet,
    sweep_sheet,
    tallies,
    timers,
    wait_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from observe_app.domain.answer import Answer
    from observe_app.domain.event import Event
    from observe_app.domain.form import Form, Item, Side
    from observe_app.domain.timeline import CodeShares, IntervalSheet, TimerState
    from observe_app.domain.visit import Visit

_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class ItemWords:
    """The fixed words; fields in braces are filled with `.format`."""

    point: str = "."
    other: str = "Other: {text}"
    other_bare: str = "Other"
    number: str = "{n} {unit}"
    tally: str = "{n} in {minutes} min, {rate} per 10 min"
    timer: str = "{time} min, {percent} % of {minutes} min"
    sweep: str = "{n} of {of} looked at ({sweeps} sweeps)"
    sweep_one: str = "{n} of {of} looked at (one sweep)"
    wait: str = "{n} waits, median {median} s"
    wait_one: str = "one wait, {median} s"
    wait_aim: str = "{n} of {of} at {aim} s or more"
    answered: str = "answered {n}"
    rephrased: str = "rephrased {n}"
    answered_by_teacher: str = "answered by the teacher {n}"
    share: str = "{n} of {of}"
    share_of_intervals: str = "{label} {n} of {of} intervals"
    base_minutes: str = "{n} intervals of {minutes} min; one may hold several codes, so the counts add up to more."
    base_seconds: str = "{n} intervals of {seconds} s; one may hold several codes, so the counts add up to more."
    base_one: str = "Only one interval was coded."
    blank: str = "{n} in between were not coded and are not counted."
    blank_one: str = "One in between was not coded and is not counted."
    level: str = "Level"
    view_wait: str = "{label}: {seconds} s on average (n = {n} waits)"
    view_wait_one: str = "{label}: {seconds} s, measured once (n = 1)"
    view_wait_aim: str = "{label}: {n} of {of} lasted {aim} s or more"
    view_answered: str = "{label}: a student answered in {n} of {of} whose end was noted"
    view_rephrased: str = "{label}: the question was put again in {n} of {of} whose end was noted"
    view_answered_by_teacher: str = "{label}: the teacher answered in {n} of {of} whose end was noted"
    view_tally: str = "{label}: {n} in {minutes} min"
    view_timer: str = "{label}: {time} of {minutes} min, {percent} % (n = {n} stretches)"
    view_timer_one: str = "{label}: {time} of {minutes} min, {percent} % (n = 1 stretch)"
    view_sweep: str = "{label}: {seen} of {of} on average (n = {n} sweeps)"
    view_sweep_one: str = "{label}: {seen} of {of} in one sweep (n = 1)"
    view_code_of: str = "{side}: {label}"
    view_level: str = "{label}: {level}"
    view_talk: str = "The teacher said {n} of the {of} words noted with a speaker"
    view_code: str = "{label} in {n} of {of} intervals"
    view_speakers: str = "Different students heard: {n} of {of} (notes that name them, n = {base})"
    view_speakers_of_unknown: str = "Different students heard: {n} (notes that name them, n = {base})"
    view_speakers_on_plan: str = "Different students heard: {n} of {of} (pressed on the plan, n = {base})"
    view_speakers_on_plan_of_unknown: str = "Different students heard: {n} (pressed on the plan, n = {base})"
    view_tag: str = "#{tag} in {n} of {of} notes"
    view_phase: str = "{name}: {time} of {minutes} min (notes in it, n = {n})"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One line of an interval item's table.

    Attributes:
        side: name of the side on its first line, "" on the others. label: of a category, a code or a level.
        count, of: intervals it occurs in, of all that were coded.
        parts: the codes of a category with their counts, in words.
    """

    label: str
    count: int
    of: int
    side: str = ""
    parts: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What the words are made from.

    Attributes:
        events: those that may be read, in any order. minutes: length of the lesson, pauses left out.
        running: what the starts and stops of each timer come to. until_ms: the end of the lesson.
    """

    events: Sequence[Event]
    minutes: float
    running: Mapping[str, TimerState]
    until_ms: int


def happened(form: Form, events: Sequence[Event], minutes: float) -> Happened:
    """Return what the words about a form's items are made from; `minutes` are those of `lesson_minutes`."""
    seen = minutes_seen(minutes, events)
    return Happened(events, seen, timers(form.items, events), round(minutes * _MINUTE))


def minutes_seen(minutes: float, events: Sequence[Event]) -> float:
    """Return the whole minutes of a lesson of so many in which it was not paused, at least one."""
    return float(max(1, -(-(minutes - paused_ms(pauses(events), round(minutes * _MINUTE)) / _MINUTE) // 1)))


def lesson_minutes(visit: Visit, events: Sequence[Event]) -> float:
    """Return the length of the lesson in whole minutes: as observed where that is known, else as planned.

    Never shorter than the last event.
    """
    length = float(visit.minutes)
    if visit.started is not None and visit.ended is not None and visit.ended > visit.started:
        length = (visit.ended - visit.started).total_seconds() / 60
    last = max((event.offset_ms for event in events), default=0) / _MINUTE
    return float(max(1, -(-max(length, last) // 1)))


def said(item: Item, answer: Answer | None, found: Happened, words: ItemWords, language: str = "") -> str:
    """Return an item's value in words, "" where it has none.

    Levels and checks are for their callers, who have signs for them. The words of "other" stand in the comment.
    """
    if item.kind in EVENT_KINDS:
        return counted(item, found, words, language)
    if answer is None or answer.value is None:
        return ""
    if item.kind in {ItemKind.CHOICE, ItemKind.CHOICES}:
        return options_in_words(item, answer, words, language)
    if item.kind is ItemKind.NUMBER and isinstance(answer.value, (int, float)):
        unit = text_in(item.unit, language)
        number = figure(answer.value, point=words.point)
        return words.number.format(n=number, unit=unit) if unit else number
    return str(answer.value)


def options_in_words(item: Item, answer: Answer, words: ItemWords, language: str = "") -> str:
    """Return the chosen options by their labels, "" for none; one of the observer's own with its words."""
    if answer.value is None:
        return ""
    chosen = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
    return ", ".join(_option(item, one, answer.comment, words, language) for one in chosen)


def figure(value: float, digits: int = 6, point: str = ".") -> str:
    """Return a number as people write it: no ".0", no exponent; `point` parts the decimals."""
    written = f"{value:.{digits}f}"
    return written.rstrip("0").rstrip(".").replace(".", point) if "." in written else written


def is_other(answer: Answer | None) -> bool:
    """Whether an answer's comment is the observer's own option."""
    if answer is None:
        return False
    return OTHER in answer.value if isinstance(answer.value, tuple) else answer.value == OTHER


def _option(item: Item, chosen: str, comment: str, words: ItemWords, language: str) -> str:
    if chosen == OTHER and item.other:
        return words.other.format(text=comment.strip()) if comment.strip() else words.other_bare
    # an option that the form has no longer is told by its id rather than dropped
    found = next((option for option in item.options if option.id == chosen), None)
    return (text_in(found.label, language) if found else "") or chosen


def counted(item: Item, found: Happened, words: ItemWords, language: str = "") -> str:
    """Return what an item's events come to, with the base they rest on; "" without any."""
    match item.kind:
        case ItemKind.TALLY:
            return _tally(item, found, words)
        case ItemKind.TIMER:
            return _timer(item, found, words)
        case ItemKind.SWEEP:
            return _sweep(item, found, words)
        case ItemKind.WAIT:
            return _wait(item, found, words)
        case _:
            rows = interval_rows(item, found, words, language)
            return ", ".join(
                words.share_of_intervals.format(label=row.label, n=row.count, of=row.of) for row in rows if row.count
            )


def _tally(item: Item, found: Happened, words: ItemWords) -> str:
    count = len(tallies(found.events, item.id))
    if not count:
        return ""
    rate = figure(round(count * 10 / found.minutes, 1), 1, words.point)
    return words.tally.format(n=count, minutes=f"{found.minutes:g}", rate=rate)


def _timer(item: Item, found: Happened, words: ItemWords) -> str:
    state = found.running.get(item.id)
    if state is None or not state.stretches:
        return ""
    whole = found.minutes * _MINUTE
    total = state.total_ms(found.until_ms)
    minutes, seconds = divmod(round(total / 1000), 60)
    return words.timer.format(
        time=f"{minutes}:{seconds:02d}", minutes=f"{found.minutes:g}", percent=round(100 * total / whole)
    )


def _sweep(item: Item, found: Happened, words: ItemWords) -> str:
    sheet = sweep_sheet(found.events, item.id)
    if not sheet.sweeps:
        return ""
    pattern = words.sweep if len(sheet.sweeps) > 1 else words.sweep_one
    return pattern.format(n=sheet.overall.count, of=sheet.overall.of, sweeps=len(sheet.sweeps))


def _wait(item: Item, found: Happened, words: ItemWords) -> str:
    sheet = wait_sheet(item, found.events)
    if sheet.median_ms is None:
        return ""
    pattern = words.wait if len(sheet.waits_ms) > 1 else words.wait_one
    median = figure(round(sheet.median_ms / 1000, 1), 1, words.point)
    told = [pattern.format(n=len(sheet.waits_ms), median=median)]
    if sheet.reached is not None and item.aim is not None:
        aim = figure(item.aim, point=words.point)
        told.append(words.wait_aim.format(n=sheet.reached.count, of=sheet.reached.of, aim=aim))
    ends = {
        "answered": words.answered, "rephrased": words.rephrased, "answered_by_teacher": words.answered_by_teacher,
    }  # fmt: skip
    ended = ", ".join(ends[outcome].format(n=count) for outcome, count in sheet.outcomes)
    return "; ".join([", ".join(told), *([ended] if ended else [])])


# -- intervals


def interval_rows(
    item: Item, found: Happened, words: ItemWords, language: str = "", *, level: str = ""
) -> tuple[ShareRow, ...]:
    """Return the shares of intervals: categories with their codes, codes without a category, levels.

    Every category is told, also one that never occurred; codes and levels only where they did. Empty without a single
    coded interval. `level` heads the levels, "" for the usual word.
    """
    sheet = interval_sheet(item, found.events)
    if not sheet.coded:
        return ()
    codes, categories = code_shares(item, sheet), category_shares(item, sheet)
    rows = [row for side in item.sides for row in _side_rows(side, codes, categories, language)]
    return (*rows, *_level_rows(item, sheet, level or words.level, language))


def _side_rows(
    side: Side, codes: Mapping[str, CodeShares], categories: Mapping[str, CodeShares], language: str
) -> list[ShareRow]:
    rows: list[ShareRow] = []
    for category in side.categories:
        share = categories[f"{side.id}.{category.id}" if side.id else category.id].intervals
        inside = [
            code for code in side.codes if code.category == category.id and codes[side.full(code)].intervals.count
        ]
        parts = [
            f"{text_in(code.label, language) or code.id} {codes[side.full(code)].intervals.count}" for code in inside
        ]
        rows.append(
            ShareRow(text_in(category.label, language) or category.id, share.count, share.of, parts=" · ".join(parts))
        )
    for code in side.codes:
        share = codes[side.full(code)].intervals
        if not code.category and share.count:
            rows.append(ShareRow(text_in(code.label, language) or code.id, share.count, share.of))
    name = text_in(side.label, language)
    return [ShareRow(row.label, row.count, row.of, name if at == 0 else "", row.parts) for at, row in enumerate(rows)]


def _level_rows(item: Item, sheet: IntervalSheet, head: str, language: str) -> list[ShareRow]:
    counts = sheet.levels()
    base = sum(counts.values())
    shown = [level for level in item.levels if counts.get(level.number)]
    return [
        ShareRow(
            text_in(level.label, language) or str(level.number),
            counts[level.number],
            base,
            head if at == 0 else "",
        )
        for at, level in enumerate(shown)
    ]


def interval_base(item: Item, found: Happened, words: ItemWords) -> str:
    """Return the sentence that says how many intervals of what length the shares rest on."""
    sheet = interval_sheet(item, found.events)
    count = len(sheet.coded)
    if count == 1:
        base = words.base_one
    elif item.seconds % 60 == 0:
        base = words.base_minutes.format(n=count, minutes=item.seconds // 60)
    else:
        base = words.base_seconds.format(n=count, seconds=item.seconds)
    if not sheet.blank:
        return base
    return f"{base} {words.blank_one if sheet.blank == 1 else words.blank.format(n=sheet.blank)}"
