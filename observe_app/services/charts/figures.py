"""Figures in words: a mark with its n and base, dates of an axis, times of the lesson clock."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.compare.marks import Base, Measure, Origin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from observe_app.domain.compare.marks import Mark, Series, TermVisit
    from observe_app.services.charts.words import ChartWords

SHARES = frozenset(
    {
        Measure.TIMER,
        Measure.CODE_INTERVALS,
        Measure.CODE_TICKS,
        Measure.LEVEL,
        Measure.SWEEP,
        Measure.WAIT_AIM,
        Measure.TALK_WORDS,
        Measure.TALK_SECONDS,
        Measure.TAG,
    }
)
"""Measures whose value is a part of a whole, in [0, 1]."""
MS_BASES = frozenset({Base.LESSON_MINUTES, Base.TALK_SECONDS})
_MINUTE = 60_000
_LONG_DAYS = 360


def number(value: float, words: ChartWords, places: int = 1) -> str:
    """Return a number with at most so many decimal places: "3", "3.2"."""
    told = f"{value:.{places}f}"
    if "." in told:
        told = told.rstrip("0").rstrip(".")
    return (told if told not in {"-0", ""} else "0").replace(".", words.point)


def clock(offset_ms: float) -> str:
    """Return a place on the lesson clock as "MM:SS", "-MM:SS" before the lesson began."""
    minutes, seconds = divmod(abs(int(offset_ms)) // 1000, 60)
    return f"{'-' if offset_ms < 0 else ''}{minutes:02d}:{seconds:02d}"


def minutes_of(ms: float, words: ChartWords) -> str:
    """Return a time in minutes, one decimal place."""
    return number(ms / _MINUTE, words)


def local(moment: datetime, zone: str) -> datetime:
    """Return an aware moment on the clock of this zone, UTC where the zone is unknown."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(UTC)


def date_of(visit: TermVisit, words: ChartWords, *, year: bool = False) -> str:
    """Return the visit's local date as an axis has it, the words for "no date" where nobody said."""
    if visit.start is None:
        return words.no_date
    day = local(visit.start, visit.zone)
    form = words.date_year if year else words.date
    return form.format(day=day.day, month=words.months[day.month - 1], year=day.year)


def spans_years(visits: tuple[TermVisit, ...] | list[TermVisit]) -> bool:
    """Whether day and month alone could be taken for another year's."""
    starts = [visit.start for visit in visits if visit.start is not None]
    return bool(starts) and (max(starts) - min(starts)).days > _LONG_DAYS


def value_words(series: Series, mark: Mark, words: ChartWords, *, short: bool = False) -> str:
    """Return what a visit's mark says, never without its base; why there is none where it is missing.

    `short` is as it stands in a cell whose row names the base.
    """
    if mark.missing is not None:
        return words.missing_words(mark.missing)
    if series.measure in SHARES:
        return _share(series, mark, words, short=short)
    return mark.words if mark.value is None else _plain(series, mark, mark.value, words, short=short)


def _plain(series: Series, mark: Mark, value: float, words: ChartWords, *, short: bool) -> str:
    match series.measure:
        case Measure.CHECK:
            return mark.words or (words.yes if value else words.no)
        case Measure.RATING:
            level = next((word for at, word in series.levels if at == round(value)), "")
            return mark.words or level or number(value, words)
        case Measure.TALLY:
            rate = number(value * 10, words)
            if short:
                return rate
            return words.per_ten.format(rate=rate, n=mark.n, minutes=minutes_of(mark.of, words))
        case Measure.WAIT:
            seconds = number(value / 1000, words)
            return (words.seconds if short else words.median).format(n=seconds if short else mark.n, seconds=seconds)
        case _:
            return mark.words or number(value, words, 2)


def _share(series: Series, mark: Mark, words: ChartWords, *, short: bool) -> str:
    n, of = (
        (minutes_of(mark.n, words), minutes_of(mark.of, words))
        if series.base in MS_BASES
        else (str(mark.n), str(mark.of))
    )
    form = words.of
    if not short:
        form = {
            Base.INTERVALS: words.of_intervals,
            Base.TICKS: words.of_ticks,
            Base.LESSON_MINUTES: words.of_minutes,
            Base.TALK_SECONDS: words.of_talk,
            Base.TALK_WORDS: words.of_words,
            Base.WAITS: words.of_waits,
            Base.LOOKS: words.of_looks,
            Base.NOTES: words.of_notes,
        }.get(series.base, words.of)
    told = form.format(n=n, of=of)
    if mark.blank and not short:
        blank = words.blank_looks if series.measure is Measure.SWEEP else words.blank
        told = f"{told}, {blank.format(n=mark.blank)}"
    return told


def label_of(series: Series, words: ChartWords) -> str:
    """Return what a line is called: its item's label, or a name for what belongs to no item."""
    if series.label.strip():
        return series.label
    named = {Measure.TALK_WORDS: words.said_by_teacher, Measure.TALK_SECONDS: words.time_of_teacher}
    return named.get(series.measure) or series.part or series.item or series.key


def base_line(series: Series, words: ChartWords) -> str:
    """Return what the figures of a line are a part of, "" for levels and plain numbers."""
    if series.measure is Measure.TALLY:
        return words.base_per_ten
    if series.measure is Measure.WAIT:
        return words.base_seconds
    return words.base_words(series.base) if series.measure in SHARES else ""


def legend(origins: Iterable[Origin], words: ChartWords) -> str:
    """Return what the shapes of marks say about where they came from, "" where all were recorded live."""
    found = set(origins)
    told = ((Origin.IMPORTED, words.legend_imported), (Origin.DERIVED, words.legend_derived))
    return " · ".join(text for origin, text in told if origin in found)


def says(series: Series, mark: Mark, date: str, words: ChartWords) -> str:
    """Return the sentence of one mark."""
    told = words.says.format(label=label_of(series, words), date=date, value=value_words(series, mark, words))
    if mark.origin is Origin.LIVE or mark.missing is not None:
        return told
    return words.says_from.format(says=told, origin=words.origin_words(mark.origin))


def visits_line(series: Series, words: ChartWords) -> str:
    """Return how many of the person's visits have a value."""
    of = len(series.marks)
    return (words.visits_one if of == 1 else words.visits).format(n=series.valued, of=of)
