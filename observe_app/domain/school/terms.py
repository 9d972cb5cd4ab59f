"""Terms and holidays of a school, and the days on which lessons are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

WEEKEND = 5
LONGEST_DAYS = 800
"""A school year has fewer days; more is a slip of the pen."""


class TermKind(StrEnum):
    """What part of the school's year a term is."""

    YEAR = "year"
    TERM = "term"
    HALF = "half"


@dataclass(frozen=True, slots=True)
class SchoolTerm:
    """A part of the school's year; both days count. `kind`: one of `TermKind`."""

    id: str
    name: str
    kind: str
    first: date
    last: date
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Holiday:
    """Days without lessons; both count."""

    id: str
    name: str
    first: date
    last: date
    deleted: bool = False


def checked_days(first: date, last: date) -> tuple[date, date]:
    """Return the two days when they can be a part of a school's year.

    Raises:
        Invalid: the end is before the beginning, or so far away that it is a slip.
    """
    if last < first:
        raise Invalid("last", last.isoformat(), "before", first.isoformat())
    if (last - first).days > LONGEST_DAYS:
        raise Invalid("last", last.isoformat(), "too_far", str(LONGEST_DAYS))
    return first, last


def free_days(holidays: Iterable[Holiday], first: date, last: date) -> frozenset[date]:
    """Return the days from first to last that lie in a holiday."""
    found: set[date] = set()
    for holiday in holidays:
        day = max(first, holiday.first)
        end = min(last, holiday.last)
        while day <= end:
            found.add(day)
            day += timedelta(days=1)
    return frozenset(found)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Return every day from first to last; none when last is earlier."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def teaching_days(holidays: Collection[Holiday], first: date, last: date) -> tuple[date, ...]:
    """Return the weekdays from first to last that lie in no holiday."""
    free = free_days(holidays, first, last)
    return tuple(day for day in days_between(first, last) if day.weekday() < WEEKEND and day not in free)


def term_at(terms: Iterable[SchoolTerm], day: date) -> SchoolTerm | None:
    """Return the shortest part of the year that has the day, None between terms."""
    fitting = [term for term in terms if term.first <= day <= term.last]
    return min(fitting, key=lambda term: ((term.last - term.first).days, term.first, term.id), default=None)


def year_at(terms: Iterable[SchoolTerm], day: date) -> SchoolTerm | None:
    """Return the school year that has the day, None where none was kept."""
    fitting = [term for term in terms if term.kind == TermKind.YEAR and term.first <= day <= term.last]
    return max(fitting, key=lambda term: (term.first, term.id), default=None)


def week_letter(terms: Iterable[SchoolTerm], day: date, letters: str = "AB") -> str:
    """Return the letter of a day's week where a timetable runs over more than one.

    Weeks count from the Monday of the first day of the school year, else of the term; "" outside both. Holidays count
    on, as calendars do.
    """
    kept = tuple(terms)
    start = year_at(kept, day) or max(
        (term for term in kept if term.first <= day <= term.last),
        key=lambda term: ((term.last - term.first).days, term.id),
        default=None,
    )
    if start is None or not letters:
        return ""
    monday = start.first - timedelta(days=start.first.weekday())
    return letters[((day - monday).days // 7) % len(letters)]
