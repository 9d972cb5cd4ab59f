"""Stretches of dates to choose from: the terms that a school keeps, else school years and their halves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.sync.progress import term_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from observe_app.domain.compare.lines import Facet
    from observe_app.domain.school.terms import SchoolTerm
    from observe_app.store.unit import ReadUnit

_YEAR_TURNS = 8
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Preset:
    """A stretch of dates that has visits.

    Attributes:
        key: "school:" and the id of a term that the school keeps; else "year:2025" for the school year that begins in
            2025, "term:2025-08" for half of it.
        first, last: days, both within it. since, until: the same as moments, half-open, aware UTC.
        name: what the school calls it, "" of the others.
    """

    key: str
    first: date
    last: date
    since: datetime
    until: datetime
    visits: int
    name: str = ""


def school_terms(unit: ReadUnit) -> tuple[SchoolTerm, ...]:
    """Return the terms that the school keeps, () where it keeps none."""
    return unit.school.terms.find()


def turns(terms: Iterable[SchoolTerm]) -> tuple[str, ...]:
    """Return the days around the ends of terms: their visits are counted by the moment, for days turn at midnight."""
    days = {day + by for term in terms for day in (term.first, term.last) for by in (-_DAY, timedelta(0), _DAY)}
    return tuple(day.isoformat() for day in sorted(days))


def presets(facets: Iterable[Facet], terms: Sequence[SchoolTerm], zone_name: str) -> tuple[Preset, ...]:
    """Return what has visits, the newest first.

    Args:
        facets: as the store counts them; those of days tell how many visits there were.
        terms: that the school keeps; without any the year turns in August and February.
        zone_name: IANA zone in which days turn.
    """
    zone = _zone(zone_name)
    counts: Counter[tuple[str, str, date, date]] = Counter()
    for facet in facets:
        if facet.what == "day" and facet.first is not None:
            day = facet.first.astimezone(zone).date()
            for stretch in _of_school(day, terms) if terms else _of_year(day):
                counts[stretch] += facet.visits
    made = [
        Preset(key, first, last, _moment(first, zone), _moment(last + _DAY, zone), count, name)
        for (key, name, first, last), count in counts.items()
    ]
    return tuple(sorted(made, key=lambda one: (-one.last.toordinal(), one.first.toordinal(), one.key)))


def _of_school(day: date, terms: Iterable[SchoolTerm]) -> Iterator[tuple[str, str, date, date]]:
    """Give every term that the day lies in: parts of a year may lie in one another."""
    for term in terms:
        if term.first <= day <= term.last:
            yield f"school:{term.id}", term.name, term.first, term.last


def _of_year(day: date) -> Iterator[tuple[str, str, date, date]]:
    half = term_of(day)
    year = half.since.year if half.since.month == _YEAR_TURNS else half.since.year - 1
    yield f"year:{year}", "", date(year, _YEAR_TURNS, 1), date(year + 1, _YEAR_TURNS, 1) - _DAY
    yield f"term:{half.since:%Y-%m}", "", half.since, half.until


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def _moment(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
