"""On which days a series meets: weekly, fortnightly or monthly, without the days that have no lessons."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from observe_app.domain.errors import Invalid

MOST = 60
"""Sessions of one series."""
_YEARS = 3
_WEEK = timedelta(days=7)

MeetsOn = Callable[[date], bool]
"""Whether a day may have a session."""


class Every(StrEnum):
    """How often a series meets."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a series recurs.

    Attributes:
        count: how many sessions, the first with them; 0 where `last` says when it ends.
        last: no session after this day, None where `count` says it.
        skipped: days that the rule names and that have none.
    """

    every: Every
    count: int = 0
    last: date | None = None
    skipped: tuple[date, ...] = ()

    def to_json(self) -> str:
        """Return the rule as it is kept."""
        return json.dumps(
            {
                "every": self.every.value,
                "count": self.count,
                "last": self.last.isoformat() if self.last is not None else None,
                "skipped": [day.isoformat() for day in self.skipped],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Rule | None:
        """Return a rule that was kept, None where there is none or it cannot be read."""
        try:
            found = json.loads(text)
            return cls(
                Every(found["every"]),
                int(found["count"]),
                date.fromisoformat(found["last"]) if found["last"] else None,
                tuple(date.fromisoformat(day) for day in found["skipped"]),
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return None


def days(first: date, rule: Rule, meets_on: MeetsOn) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days of a series and those that it leaves out; the first is always one of them.

    Monthly is the same weekday of the month, the second Tuesday or so; a fifth one is the last.

    Raises:
        Invalid: more than `MOST` sessions, fewer than two, or an end before the first.
    """
    if rule.last is None and not 2 <= rule.count <= MOST:
        raise Invalid("repeat", str(rule.count), "out_of_range", f"2–{MOST}")
    if rule.last is not None and rule.last <= first:
        raise Invalid("until", rule.last.isoformat(), "out_of_range", f"> {first.isoformat()}")
    end = min(rule.last or date.max, date(min(first.year + _YEARS, date.max.year), first.month, 28))
    found, left_out = [first], []
    number = 1
    while rule.last is not None or len(found) < rule.count:
        day = _nth(first, rule.every, number)
        number += 1
        if day > end:
            break
        if meets_on(day):
            found.append(day)
        else:
            left_out.append(day)
        if len(found) > MOST:
            raise Invalid("repeat", str(len(found)), "out_of_range", f"2–{MOST}")
    return tuple(found), tuple(left_out)


def _nth(first: date, every: Every, number: int) -> date:
    if every is not Every.MONTHLY:
        return first + _WEEK * number * (1 if every is Every.WEEKLY else 2)
    months = first.month - 1 + number
    begin = date(first.year + months // 12, months % 12 + 1, 1)
    day = begin + timedelta(days=(first.weekday() - begin.weekday()) % 7) + _WEEK * ((first.day - 1) // 7)
    return day if day.month == begin.month else day - _WEEK
