"""Moments as people say them: local days and times of a visit, how long until, how long ago."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from observe_app.ui.i18n import short_date, time_of_day

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock

_NOW = timedelta(minutes=1)
_SOON = timedelta(minutes=100)
_HOURS = timedelta(hours=24)


def zone_named(name: str) -> tzinfo | None:
    """Return the zone of an IANA name, None for the computer's own.

    Windows keeps no IANA names, so "UTC" there stands for a zone that could not be named.
    """
    if os.name == "nt" and name in {"", "UTC"}:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def local(moment: datetime, zone: str) -> datetime:
    """Return the moment as clocks on the wall of that zone showed it."""
    return moment.astimezone(zone_named(zone))


def at_wall(day: date, hour: int, minute: int, zone: str) -> datetime:
    """Return the moment, in UTC, of a day and time on the wall of that zone."""
    found = zone_named(zone)
    plain = datetime(day.year, day.month, day.day, hour, minute, tzinfo=found)
    # In UTC, because Python compares moments of one zone by their wall times, an hour off when clocks change.
    return (plain if found is not None else plain.replace(tzinfo=None).astimezone()).astimezone(UTC)


def today_of(clock: Clock) -> date:
    """Return the day that it is where the person is."""
    return local(clock.now(), clock.zone_name()).date()


def time_words(moment: datetime, zone: str) -> str:
    """Return the local time of day, such as "09:36"."""
    return time_of_day(local(moment, zone).time())


def list_date(day: date, today: date) -> str:
    """Return a day for a list: "Tue 10 Mar", with the year where it is not this one."""
    if day.year == today.year:
        return short_date(day)
    pattern = QCoreApplication.translate("dates", "d MMM yyyy", "date format: day, month, year, short")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def widest_dates() -> tuple[str, ...]:
    """Return days as `list_date` writes them, each weekday in each month: columns of dates are as wide as these."""
    days = [date(2024, month, day) for month in range(1, 13) for day in range(22, 29)]
    return tuple(list_date(day, today) for day in days for today in (day, date(2023, 1, 1)))


def day_words(day: date, today: date) -> str:
    """Return "today", "tomorrow", "yesterday", or the day with its weekday and month."""
    tr = QCoreApplication.translate
    near = {0: tr("moments", "today"), 1: tr("moments", "tomorrow"), -1: tr("moments", "yesterday")}
    return near.get((day - today).days) or list_date(day, today)


def until_words(moment: datetime, now: datetime) -> str:
    """Return "in 21 minutes", "now", "5 minutes ago", hours where minutes say too little."""
    away = abs(moment - now)
    ahead = moment > now
    tr = QCoreApplication.translate
    if away < _NOW:
        return tr("moments", "now")
    if away < _SOON:
        minutes = round(away.total_seconds() / 60)
        if minutes == 1:
            return tr("moments", "in 1 minute") if ahead else tr("moments", "1 minute ago")
        return (tr("moments", "in {n} minutes") if ahead else tr("moments", "{n} minutes ago")).format(n=minutes)
    if away < _HOURS:
        hours = round(away.total_seconds() / 3600)
        return (tr("moments", "in {n} hours") if ahead else tr("moments", "{n} hours ago")).format(n=hours)
    days = away.days
    if days == 1:
        return tr("moments", "in 1 day") if ahead else tr("moments", "1 day ago")
    return (tr("moments", "in {n} days") if ahead else tr("moments", "{n} days ago")).format(n=days)


def school_year(day: date) -> tuple[date, date]:
    """Return the first day of the school year that a day lies in, and of the next; years turn on 1 August."""
    first = day.year if day.month >= 8 else day.year - 1
    return date(first, 8, 1), date(first + 1, 8, 1)
