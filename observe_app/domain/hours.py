"""Hours: what counts, how it counts, and how a statement comes to its sums.

A statement holds dates, kinds and minutes and never what was written in a visit. Days are those of the school's zone
and both ends of a statement are included.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MAX_MINUTES = 24 * 60
"""Minutes that one line or one manual entry may have."""
MAX_CAP = 600 * 60
MAX_WHAT = 300
FIRST_MONTH = 8


class HoursKind(StrEnum):
    """What somebody spent their time on; `MANUAL` was put in by hand and has no rule."""

    SESSION = "session"
    OBSERVING = "observing"
    OBSERVED = "observed"
    TALK = "talk"
    MANUAL = "manual"


RULED = (HoursKind.SESSION, HoursKind.OBSERVING, HoursKind.OBSERVED, HoursKind.TALK)


class Per(StrEnum):
    """How a kind counts."""

    ACTUAL = "actual"
    EACH = "each"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class HoursRule:
    """How a kind of activity counts.

    Attributes:
        kind, per: values of `HoursKind` and `Per`. minutes: for each, where `per` is "each".
        cap_min: at most so many minutes in a school year, None without end.
    """

    id: str
    kind: str
    per: str = "actual"
    minutes: int = 0
    cap_min: int | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class HoursEntry:
    """Time that was put in by hand; a minus takes off."""

    id: str
    person_id: str
    on: date
    minutes: int
    what: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it was issued.

    Attributes:
        number: with check digits, for example OBS-2026-7K3F-9QXD.
        name: of the person as it was then. first, last: both included.
        content: its lines, JSON. sha256: of `content` in UTF-8.
        withdrawn: None while it stands. why: of the withdrawal.
    """

    id: str
    number: str
    person_id: str
    name: str
    first: date
    last: date
    minutes: int
    content: str
    sha256: str
    issued: datetime
    withdrawn: datetime | None = None
    why: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Spent:
    """Something that somebody took part in, before any rule.

    Attributes:
        on: local day. kind: what it was. minutes: as long as it lasted, None where nobody wrote that down.
        planned: they are those of the plan, for nobody wrote down when it really was.
        repeated: all of that time counts already, as where two observe one lesson.
        what: the session's title or the words of a manual entry; of visits and conversations nothing.
        source: id of the record, to tell two on one day apart.
    """

    on: date
    kind: HoursKind
    minutes: int | None
    what: str = ""
    source: str = ""
    planned: bool = False
    repeated: bool = False


class Counted(StrEnum):
    """How a line came to its minutes."""

    ACTUAL = "actual"
    PLANNED = "planned"
    FIXED = "fixed"
    MANUAL = "manual"
    CAPPED = "capped"
    NO_TIMES = "no_times"
    SAME_TIME = "same_time"
    NOT_COUNTED = "not_counted"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a statement.

    Attributes:
        minutes: what counts of it. whole: what it came to before the cap. how: why so.
    """

    on: date
    kind: HoursKind
    what: str
    minutes: int
    whole: int
    how: Counted


def default_rule(kind: HoursKind) -> HoursRule:
    """Return the rule where the school set none: as long as it lasted, without end."""
    return HoursRule("", kind.value)


def rules_by_kind(rules: Iterable[HoursRule]) -> dict[HoursKind, HoursRule]:
    """Return the rule of every kind that has rules; one the program does not know is left out."""
    known = {HoursKind(rule.kind): rule for rule in rules if rule.kind in set(RULED) and rule.per in set(Per)}
    return {kind: known.get(kind, default_rule(kind)) for kind in RULED}


def autumn(day: date) -> date:
    """Return the 1 August that a school year began with, where the school keeps no years of its own."""
    return date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)


def lines_of(
    spent: Iterable[Spent], rules: Mapping[HoursKind, HoursRule], year_of: Callable[[date], date] = autumn
) -> tuple[Line, ...]:
    """Return what counts, by day and then by kind, title and record.

    Args:
        spent: everything since the begin of the first school year that is asked for, so that caps are right.
        rules: from `rules_by_kind`.
        year_of: the first day of the school year of a day.
    """
    left: dict[tuple[HoursKind, date], int] = {}
    made: list[Line] = []
    for one in sorted(spent, key=lambda item: (item.on, item.kind.value, item.what, item.source)):
        whole, how = _whole(one, rules)
        rule = rules.get(one.kind)
        cap = rule.cap_min if rule is not None else None
        counts = whole
        if cap is not None:
            place = (one.kind, year_of(one.on))
            counts = min(whole, left.get(place, cap))
            left[place] = left.get(place, cap) - counts
            how = Counted.CAPPED if counts < whole else how
        made.append(Line(one.on, one.kind, one.what, counts, whole, how))
    return tuple(made)


def totals(lines: Iterable[Line]) -> dict[HoursKind, int]:
    """Return the minutes that count by kind; kinds without a line are not in it."""
    found: dict[HoursKind, int] = {}
    for line in lines:
        found[line.kind] = found.get(line.kind, 0) + line.minutes
    return found


def _whole(one: Spent, rules: Mapping[HoursKind, HoursRule]) -> tuple[int, Counted]:
    if one.kind is HoursKind.MANUAL:
        return one.minutes or 0, Counted.MANUAL
    rule = rules.get(one.kind) or default_rule(one.kind)
    if rule.per == Per.NOTHING:
        return 0, Counted.NOT_COUNTED
    if one.repeated:
        return 0, Counted.SAME_TIME
    if rule.per == Per.EACH:
        return rule.minutes, Counted.FIXED
    if one.minutes is None:
        return 0, Counted.NO_TIMES
    return min(max(one.minutes, 0), MAX_MINUTES), Counted.PLANNED if one.planned else Counted.ACTUAL
