"""The turn of the school year: days a year on, names of years and of classes that count on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)(?:\s*([/–-])\s*(\d{4}|\d{2})(?!\d))?")
LEAST, MOST = 1, 14
"""Years of a school; a greater number in a name of a class is no year."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days with a name, both counting; `kind` as of a term, "" for a holiday."""

    name: str
    first: date
    last: date
    kind: str = ""


def a_year_on(day: date) -> date:
    """Return the same weekday a year on, as near to the same date as can be."""
    try:
        there = day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        there = date(day.year + 1, 3, 1)
    off = (day.weekday() - there.weekday()) % 7
    return there + timedelta(days=off if off <= 3 else off - 7)


def next_name(name: str) -> str:
    """Return the name of the next year: "2025/26" is followed by "2026/27", "Autumn 2025" by "Autumn 2026".

    A name without a year of the calendar stays.
    """

    def on(found: re.Match[str]) -> str:
        first = found[0][:4]
        if found[2] is None:
            return str(int(first) + 1)
        second = found[2]
        after = str(int(second) + 1) if len(second) == 4 else f"{(int(second) + 1) % 100:02d}"
        middle = found[0][4 : len(found[0]) - len(second)]
        return f"{int(first) + 1}{middle}{after}"

    return _YEAR.sub(on, name)


def year_of(name: str, year_group: str = "") -> int | None:
    """Return which school year a class is of, by its year group or else the first number of its name; None for none."""
    for text in (year_group, name):
        found = _NUMBER.search(text)
        if found and LEAST <= int(found[0]) <= MOST:
            return int(found[0])
    return None


def moved_up(name: str) -> str:
    """Return the name of a class a year later: "8b" is "9b", "Year 8 blue" is "Year 9 blue"; "Choir" stays."""
    found = _NUMBER.search(name)
    if found is None or not LEAST <= int(found[0]) <= MOST:
        return name
    number = str(int(found[0]) + 1)
    if found[0].startswith("0"):
        number = number.zfill(len(found[0]))
    return f"{name[: found.start()]}{number}{name[found.end() :]}"


def span_of(stretches: Iterable[Stretch]) -> tuple[date, date] | None:
    """Return the first and the last day of all, None without any."""
    found = tuple(stretches)
    return (min(one.first for one in found), max(one.last for one in found)) if found else None
