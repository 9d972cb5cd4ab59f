"""What solving a round came to: what was found, what could not be met, and which rule took it away."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

VERSION = 1


class Why(StrEnum):
    """What takes a possible visit away, in the order in which it is told.

    Of the people: NO_LESSONS (the person teaches none in the days of the round), FEW_PEOPLE (fewer colleagues are left
    than visits are needed), SUMS (all together observe more often than they are observed, or the other way round),
    SELF, EXCLUDED, MANAGER, SUBJECT, PARTNER.
    Of the timetables: LENGTH (the lesson is too short), PROTECTED, TEACHER_BUSY (the teacher has something else
    beside), BUSY (the observer has), TAKEN (a visit outside the round), TRAVEL.
    Of the other visits: VISITED (the lesson has its visitor), FULL (the other has all the visits they need),
    OVERLAP (the person has another visit then, or on the way), LOAD (the week is full for one of them), TWICE (the two
    have their visit), SHAPE (the visit back cannot be, or must not be). OTHERS: it would have cost somebody else
    theirs.
    """

    NO_LESSONS = "no_lessons"
    FEW_PEOPLE = "few_people"
    SUMS = "sums"
    SELF = "self"
    EXCLUDED = "excluded"
    MANAGER = "manager"
    SUBJECT = "subject"
    PARTNER = "partner"
    LENGTH = "length"
    PROTECTED = "protected"
    TEACHER_BUSY = "teacher_busy"
    BUSY = "busy"
    TAKEN = "taken"
    TRAVEL = "travel"
    TWICE = "twice"
    FULL = "full"
    LOAD = "load"
    VISITED = "visited"
    OVERLAP = "overlap"
    SHAPE = "shape"
    OTHERS = "others"


class Part(StrEnum):
    """Which visits of somebody are meant."""

    OBSERVES = "observes"
    OBSERVED = "observed"


class Ended(StrEnum):
    """Why the search ended.

    BEST: nothing better can be. SAMPLE: nothing better is among the visits looked at, which were not all. TIME: the
    time was up. STOPPED: somebody stopped it.
    """

    BEST = "best"
    SAMPLE = "sample"
    TIME = "time"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule and what it took away.

    Attributes:
        why: the rule. count: possible visits that it was the first to take away; people or visits for NO_LESSONS,
            FEW_PEOPLE and SUMS. alone: those at which it alone stands in the way.
    """

    why: Why
    count: int
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Somebody who has fewer visits than they need, and why.

    Attributes:
        lessons: lessons looked at: all of the colleagues' for an observer, their own for a teacher.
        possible: lesson and colleague taken together, before any rule. reasons: the largest first.
    """

    person_id: str
    part: Part
    needed: int
    found: int
    lessons: int = 0
    possible: int = 0
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What solving came to.

    Attributes:
        wanted: visits that everybody's needs come to. found: visits in the plan. options: visits possible one by one.
        subject_met, partner_met: visits that meet the wish; None where there is none.
        kept, moved: visits of the plan before that stay as they were, and that are gone or elsewhere.
        ended: why the search ended. first_s, best_s: seconds until the first plan and the one kept. seconds: in all.
    """

    wanted: int = 0
    found: int = 0
    lessons: int = 0
    options: int = 0
    subject_met: int | None = None
    partner_met: int | None = None
    kept: int = 0
    moved: int = 0
    ended: Ended = Ended.BEST
    first_s: float = 0.0
    best_s: float = 0.0
    seconds: float = 0.0
    shortfalls: tuple[Shortfall, ...] = ()


def dumps(report: Report) -> str:
    """Return a report as it is kept."""
    return json.dumps({"version": VERSION, **asdict(report)}, sort_keys=True, separators=(",", ":"))


def loads(text: str) -> Report | None:
    """Return a kept report; None where there is none, or a newer version wrote it."""
    try:
        value = json.loads(text)
        if not isinstance(value, dict) or value.pop("version", None) != VERSION:
            return None
        shortfalls = tuple(_shortfall(one) for one in value.pop("shortfalls", ()))
        return Report(**{**value, "ended": Ended(value["ended"])}, shortfalls=shortfalls)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _shortfall(value: dict[str, Any]) -> Shortfall:
    reasons = tuple(Reason(Why(one["why"]), one["count"], one["alone"]) for one in value.pop("reasons"))
    return Shortfall(**{**value, "part": Part(value["part"])}, reasons=reasons)
