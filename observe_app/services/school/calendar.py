"""The school's calendar: days with lessons, the term that is on, and the letter of a week."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from observe_app.domain.school import terms as rules

if TYPE_CHECKING:
    from datetime import date

    from observe_app.domain.school.terms import Holiday, SchoolTerm
    from observe_app.services.core import Core


def today(core: Core) -> date:
    """Return the day that it is where the person is."""
    now = core.clock.now()
    try:
        return now.astimezone(ZoneInfo(core.clock.zone_name())).date()
    except (ZoneInfoNotFoundError, ValueError):
        return now.date()


def terms(core: Core) -> tuple[SchoolTerm, ...]:
    """Return years, terms and halves, the earliest first, longer before shorter."""
    with core.store.read() as unit:
        found = unit.school.terms.find(order="first")
    return tuple(sorted(found, key=lambda term: (term.first, (term.first - term.last).days, term.id)))


def holidays(core: Core) -> tuple[Holiday, ...]:
    """Return the holidays, the earliest first."""
    with core.store.read() as unit:
        return unit.school.holidays.find(order="first")


def teaching_days(core: Core, first: date, last: date) -> tuple[date, ...]:
    """Return the weekdays from first to last that lie in no holiday."""
    return rules.teaching_days(holidays(core), first, last)


def term_at(core: Core, day: date) -> SchoolTerm | None:
    """Return the shortest part of the year that has this day, None between terms."""
    return rules.term_at(terms(core), day)


def current_term(core: Core) -> SchoolTerm | None:
    """Return the term that is on today, None between terms or where none was kept."""
    return term_at(core, today(core))


def week_letter(core: Core, day: date) -> str:
    """Return "A" or "B" for a day of a school year, "" outside every year and term."""
    return rules.week_letter(terms(core), day)
