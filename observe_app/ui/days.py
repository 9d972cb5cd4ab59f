"""A day as people write it, and as the page shows it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock

_IN_DAYS = re.compile(r"^\+\s*(\d{1,3})$")
_NUMBERS = re.compile(r"^(\d{1,2})[./-](\d{1,2})[./-]?$")
_WEEKDAY = re.compile(r"d{3,4}[,.]?\s*('[^']*')?\s*")
_YEAR = re.compile(r"(\s*,?\s*('[^']*'|de|of)?\s*yyyy\s*('[^']*'|[年년])?\.?)")
_EDGES = " ,،、"


def today_of(clock: Clock) -> date:
    """Return the day that it is where the person is."""
    return clock.now().astimezone().date()


def _long_form(locale: QLocale) -> str:
    return _WEEKDAY.sub("", locale.dateFormat(QLocale.FormatType.LongFormat)).strip(_EDGES)


def _yearless_form(locale: QLocale) -> str:
    return _YEAR.sub("", _long_form(locale)).strip(_EDGES)


def show_day(day: date, today: date, locale: QLocale) -> str:
    """Return a day in the person's language, with the year only when it is not this one: "20 March"."""
    form = _yearless_form(locale) if day.year == today.year else _long_form(locale)
    return locale.toString(QDate(day.year, day.month, day.day), form)


def read_day(words: str, today: date, locale: QLocale) -> date | None:
    """Return the day that words mean, None where they mean none.

    Read are the language's own long and short dates, the same without a year (the next such day),
    2026-03-20, and "+14" for days from today.
    """
    words = " ".join(words.split())
    ahead = _IN_DAYS.match(words)
    if ahead:
        return today + timedelta(days=int(ahead.group(1)))
    long_form, short = _long_form(locale), locale.dateFormat(QLocale.FormatType.ShortFormat)
    forms = [long_form, long_form.replace("MMMM", "MMM"), "d MMMM yyyy", "d MMM yyyy", "yyyy-MM-dd"]
    forms += [short, re.sub(r"(?<!y)yy(?!y)", "yyyy", short), "d.M.yyyy", "d/M/yyyy"]
    for form in forms:
        found = locale.toDate(words, form)
        if found.isValid() and found.year() < 1970:
            found = found.addYears(2000 if found.year() < 100 else 100)
        if found.isValid():
            return _plain(found)
    return _next_such_day(words, today, locale)


def _next_such_day(words: str, today: date, locale: QLocale) -> date | None:
    return next((day for day in _in_years(words, today, locale) if day >= today), None)


def _in_years(words: str, today: date, locale: QLocale) -> list[date]:
    # Eight years reach the next 29 February from any day.
    own = _yearless_form(locale)
    forms = [own, own.replace("MMMM", "MMM"), "d MMMM", "d MMM", "MMMM d", "MMM d", "d. MMMM"]
    found: list[date] = []
    for year in range(today.year, today.year + 9):
        days = [locale.toDate(f"{words} {year}", f"{form} yyyy") for form in forms]
        numbers = _NUMBERS.match(words)
        if numbers:
            short = locale.dateFormat(QLocale.FormatType.ShortFormat)
            first, second = int(numbers.group(1)), int(numbers.group(2))
            month_first = short.find("M") < short.find("d")
            days.append(QDate(year, first if month_first else second, second if month_first else first))
        found += [_plain(day) for day in days if day.isValid() and day.year() == year]
    return found


def _plain(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
