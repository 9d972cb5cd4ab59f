"""Days on which a calendar event repeats (RFC 5545, 3.3.10), found by looking at days and never by unrolling a rule.

A rule can be made to yield a thousand million times, or never while it is searched for ever. Each day within the
window asked for is looked at once instead, so the work is bounded by the days and not by what a file says. Lessons
repeat by the day or slower; rules by the hour, minute or second are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MAX_INTERVAL = 1000
LONGEST_WALK = 366 * 12
"""Days between the first occurrence and the end of the window that a rule with a count is followed."""


class RuleError(ValueError):
    """A rule that is not followed. `args[0]`: "too_fast", "too_long" or "unreadable"."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by which an event repeats.

    Attributes:
        until: last day it may fall on, None without. count: how many there are, None without.
        days: (nth, weekday) with nth 0 for every one. month_days, year_days, weeks, positions: may be negative.
    """

    frequency: str
    interval: int = 1
    until: date | None = None
    count: int | None = None
    days: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0


def read_rule(text: str) -> Rule:
    """Return the rule that an RRULE says.

    Raises:
        RuleError: it repeats faster than by the day, or cannot be read.
    """
    parts: dict[str, str] = {}
    for part in text.strip().rstrip(";").split(";"):
        name, sign, value = part.partition("=")
        if not sign:
            raise RuleError("unreadable")
        parts[name.strip().upper()] = value.strip().upper()
    frequency = parts.get("FREQ", "")
    fast = any(len(parts.get(name, "").split(",")) > 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND"))
    if frequency in {"SECONDLY", "MINUTELY", "HOURLY"} or fast:
        raise RuleError("too_fast")
    try:
        return _rule(frequency, parts)
    except (ValueError, IndexError) as error:
        raise RuleError("unreadable") from error


def _rule(frequency: str, parts: dict[str, str]) -> Rule:
    """Return the rule of its parts; a ValueError where one is none."""
    until = re.match(r"(\d{4})(\d{2})(\d{2})", parts.get("UNTIL", ""))
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    interval = int(parts.get("INTERVAL", "1"))
    odd = frequency not in _FREQUENCIES or ("UNTIL" in parts and until is None)
    if odd or not 1 <= interval <= _MAX_INTERVAL or (count is not None and count < 1):
        raise ValueError(frequency)
    return Rule(
        frequency,
        interval,
        date(int(until[1]), int(until[2]), int(until[3])) if until else None,
        count,
        tuple(_weekday(part) for part in parts["BYDAY"].split(",")) if parts.get("BYDAY") else (),
        _numbers(parts, "BYMONTHDAY", 31),
        _numbers(parts, "BYMONTH", 12),
        _numbers(parts, "BYYEARDAY", 366),
        _numbers(parts, "BYWEEKNO", 53),
        _numbers(parts, "BYSETPOS", 366),
        _DAYS.index(parts.get("WKST", "MO")),
    )


def occurrences(rule: Rule, start: date, first: date, last: date) -> Iterator[date]:
    """Give the days from `first` to `last` on which an event that begins on `start` falls, in order.

    Raises:
        RuleError: "too_long" when a count begins so long before that it would have to be followed for years.
    """
    end = min(last, rule.until) if rule.until is not None else last
    if end < start:
        return
    begin = start
    if rule.count is None:
        begin = max(start, first)
    elif (end - start).days > LONGEST_WALK:
        raise RuleError("too_long")
    left = rule.count
    for day in _fitting(rule, start, begin, end):
        if left is not None:
            if not left:
                return
            left -= 1
        if day >= first:
            yield day


def _fitting(rule: Rule, start: date, begin: date, end: date) -> Iterator[date]:
    if not rule.positions:
        day = begin
        while day <= end:
            if day >= start and _in_step(rule, start, day) and _fits(rule, start, day):
                yield day
            day += timedelta(days=1)
        return
    day = _set_start(rule, begin)
    while day <= end:
        after = _next_set(rule, day)
        whole = [one for one in _range(day, after) if _in_step(rule, start, one) and _fits(rule, start, one)]
        chosen = {whole[at - 1 if at > 0 else at] for at in rule.positions if at and abs(at) <= len(whole)}
        yield from (one for one in sorted(chosen) if max(begin, start) <= one <= end)
        day = after


def _range(first: date, after: date) -> Iterator[date]:
    for step in range((after - first).days):
        yield first + timedelta(days=step)


def _set_start(rule: Rule, day: date) -> date:
    if rule.frequency == "YEARLY":
        return date(day.year, 1, 1)
    if rule.frequency == "MONTHLY":
        return day.replace(day=1)
    return _week_of(rule, day) if rule.frequency == "WEEKLY" else day


def _next_set(rule: Rule, first: date) -> date:
    if rule.frequency == "YEARLY":
        return date(first.year + 1, 1, 1)
    if rule.frequency == "MONTHLY":
        return (first + timedelta(days=31)).replace(day=1)
    return first + timedelta(days=7 if rule.frequency == "WEEKLY" else 1)


def _week_of(rule: Rule, day: date) -> date:
    return day - timedelta(days=(day.weekday() - rule.week_start) % 7)


def _in_step(rule: Rule, start: date, day: date) -> bool:
    if rule.frequency == "DAILY":
        steps = (day - start).days
    elif rule.frequency == "WEEKLY":
        steps = (_week_of(rule, day) - _week_of(rule, start)).days // 7
    elif rule.frequency == "MONTHLY":
        steps = (day.year - start.year) * 12 + day.month - start.month
    else:
        steps = day.year - start.year
    return steps % rule.interval == 0


def _fits(rule: Rule, start: date, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    month_end = _month_days(day)
    if rule.month_days and not {day.day, day.day - month_end - 1} & set(rule.month_days):
        return False
    number = day.timetuple().tm_yday
    year_end = date(day.year, 12, 31).timetuple().tm_yday
    if rule.year_days and not {number, number - year_end - 1} & set(rule.year_days):
        return False
    if rule.weeks and not _week_fits(rule, day):
        return False
    if rule.days:
        return any(_day_fits(rule, nth, weekday, day, month_end, year_end) for nth, weekday in rule.days)
    return _as_start(rule, start, day)


def _as_start(rule: Rule, start: date, day: date) -> bool:
    """Tell whether a day fits where only the first occurrence says on which day of the week, month or year."""
    if rule.month_days or rule.year_days:
        return True
    if rule.frequency == "WEEKLY" or rule.weeks:
        return day.weekday() == start.weekday()
    if rule.frequency == "MONTHLY":
        return day.day == start.day
    if rule.frequency == "YEARLY":
        return day.day == start.day and (bool(rule.months) or day.month == start.month)
    return True


def _day_fits(rule: Rule, nth: int, weekday: int, day: date, month_end: int, year_end: int) -> bool:
    if day.weekday() != weekday:
        return False
    if not nth or rule.frequency in {"DAILY", "WEEKLY"}:
        return True
    if rule.frequency == "YEARLY" and not rule.months:
        number = day.timetuple().tm_yday
        return nth in {(number - 1) // 7 + 1, -((year_end - number) // 7 + 1)}
    return nth in {(day.day - 1) // 7 + 1, -((month_end - day.day) // 7 + 1)}


def _week_fits(rule: Rule, day: date) -> bool:
    number = day.isocalendar().week
    last = date(day.isocalendar().year, 12, 28).isocalendar().week
    return bool({number, number - last - 1} & set(rule.weeks))


def _month_days(day: date) -> int:
    return ((day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day


def _weekday(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text.strip())
    if found is None:
        raise ValueError(text)
    return int(found[1] or 0), _DAYS.index(found[2])


def _numbers(parts: dict[str, str], name: str, most: int) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in parts[name].split(",")) if parts.get(name) else ()
    if any(not number or abs(number) > most for number in numbers):
        raise ValueError(name)
    return numbers
