"""Moments in the words of the page, on the clock of the visit's school."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from datetime import date, datetime

    from observe_app.domain.visit import Visit
    from observe_app.services.pdf.words import Words


def clock(offset_ms: int) -> str:
    """Return a place on the lesson clock as "MM:SS", "-MM:SS" before the lesson began."""
    minutes, seconds = divmod(abs(offset_ms) // 1000, 60)
    return f"{'-' if offset_ms < 0 else ''}{minutes:02d}:{seconds:02d}"


def local(moment: datetime, zone: str) -> datetime:
    """Return an aware moment on the clock of this zone, UTC where the zone is unknown."""
    try:
        return moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(UTC)


def day(one: date, words: Words) -> str:
    """Return a date, such as "12 March 2026"."""
    return words.date.format(day=day_number(one, words), month=words.months[one.month - 1], year=one.year)


def day_number(one: date, words: Words) -> str:
    """Return the day of the month as it is written in a date: "1er" in French, "1" elsewhere, then plain numbers."""
    return words.first if one.day == 1 else str(one.day)


def day_and_time(moment: datetime, zone: str, words: Words) -> str:
    """Return a moment, such as "12 March 2026, 16:02"."""
    there = local(moment, zone)
    return words.moment.format(date=day(there, words), time=f"{there:%H:%M}")


def date_label(visit: Visit, words: Words) -> str:
    """Return the visit's date, "" while nothing is planned."""
    begun = visit.started or visit.start
    return day(local(begun, visit.zone), words) if begun is not None else ""


def when(visit: Visit, words: Words) -> str:
    """Return weekday, date, and the time from start to end; "" while nothing is planned."""
    begun = visit.started or visit.start
    if begun is None:
        return ""
    end = visit.ended if visit.started is not None else begun + timedelta(minutes=visit.minutes)
    return span(begun, end, visit.zone, words)


def span(begun: datetime, end: datetime | None, zone: str, words: Words) -> str:
    """Return weekday, date, and the time from start to end; the end is left out where it is None or no later."""
    there = local(begun, zone)
    values = {"weekday": words.days[there.weekday()], "date": day(there, words), "start": f"{there:%H:%M}"}
    if end is None or end <= begun:
        return words.when.format(**values)
    return words.when_to.format(**values, end=f"{local(end, zone):%H:%M}")
