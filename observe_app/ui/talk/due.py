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


def today_of(clock: Clock) -> date:
    """Return the day that it is where the person is."""
    return clock.now().astimezone().date()


def show_day(day: date, today: date, locale: QLocale) -> str:
    """Return a day in the person's language, with the year only when it is not this one: "20 March"."""
    form = locale.dateFormat(QLocale.FormatType.LongFormat)
    form = re.sub(r"d{3,4}[,.]?\s*", "", form).strip(" ,")
    if day.year == today.year:
        form = re.sub(r"(\s*('[^']*')?\s*,?\s*\byyyy\b('[^']*')?\.?)|(\byyyy\b\s*('[^']*')?\s*)", "", form).strip(" ,")
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
    long_form = re.sub(r"d{3,4}[,.]?\s*", "", locale.dateFormat(QLocale.FormatType.LongFormat)).strip(" ,")
    short = locale.dateFormat(QLocale.FormatType.ShortFormat)
    whole = [long_form, long_form.replace("MMMM", "MMM"), "d MMMM yyyy", "d MMM yyyy", short, "yyyy-MM-dd"]
    whole += [re.sub(r"(?<!y)yy(?!y)", "yyyy", short), "d.M.yyyy", "d/M/yyyy"]
    for form in whole:
        found = locale.toDate(words, form)
        if found.isValid() and found.year() < 100:
            found = found.addYears(2000)
        if found.isValid() and found.year() < 1970:
            found = found.addYears(100)
        if found.isValid():
            return _plain(found)
    return _without_year(words, today, locale, short)


def _without_year(words: str, today: date, locale: QLocale, short: str) -> date | None:
    numbers = _NUMBERS.match(words)
    for year in (today.year, today.year + 1):
        found = QDate()
        if numbers:
            first, second = int(numbers.group(1)), int(numbers.group(2))
            month_first = short.upper().find("M") < short.lower().find("d")
            found = QDate(year, first if month_first else second, second if month_first else first)
        else:
            for form in ("d MMMM yyyy", "d MMM yyyy", "MMMM d yyyy", "MMM d yyyy", "d. MMMM yyyy"):
                found = locale.toDate(f"{words} {year}", form)
                if found.isValid():
                    break
        if found.isValid() and _plain(found) >= today:
            return _plain(found)
    return None


def _plain(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
