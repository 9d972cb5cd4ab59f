"""When two visits are of one lesson: what is kept of it, and when it is worth asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_OVERLAP = timedelta(minutes=5)
"""Two lessons that follow each other share a border, not minutes."""


@dataclass(frozen=True, slots=True)
class SameLesson:
    """That two visits are of one lesson. `a` is the one with the lower id; `same` is false where somebody said no."""

    id: str
    a: str
    b: str
    at: datetime | None = None
    same: bool = True

    def other(self, visit_id: str) -> str:
        """Return the visit beside this one."""
        return self.b if visit_id == self.a else self.a


@dataclass(frozen=True, slots=True)
class LessonVisit:
    """What tells whether a visit is of the same lesson as another one.

    Attributes:
        start: real start, else planned, aware UTC. minutes: planned length.
    """

    id: str
    start: datetime
    started: datetime | None
    ended: datetime | None
    minutes: int
    class_name: str = ""
    subject: str = ""
    room: str = ""
    zone: str = "UTC"
    teacher_id: str | None = None
    teacher: str = ""
    observer_id: str | None = None
    observer: str = ""

    @property
    def end(self) -> datetime:
        """The end as observed, else as planned."""
        if self.ended is not None and self.ended > self.start:
            return self.ended
        return self.start + timedelta(minutes=max(1, self.minutes))


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two visits that may be one lesson. `overlap_ms`: how long they lie at the same time."""

    a: LessonVisit
    b: LessonVisit
    overlap_ms: int


def suggestions(visits: Iterable[LessonVisit], told: Iterable[tuple[str, str]] = ()) -> tuple[Suggestion, ...]:
    """Return the pairs that may be one lesson: one class or teacher, at one time, seen by two observers; newest first.

    Args:
        visits: in any order.
        told: pairs of visits of which it was said already, lower id first; they are not offered.
    """
    known = set(told)
    running: list[LessonVisit] = []
    found: list[Suggestion] = []
    for visit in sorted(visits, key=lambda one: (one.start, one.id)):
        running = [one for one in running if one.end - visit.start >= LEAST_OVERLAP]
        for one in running:
            overlap = min(one.end, visit.end) - visit.start
            pair = (min(one.id, visit.id), max(one.id, visit.id))
            if overlap >= LEAST_OVERLAP and pair not in known and _one_lesson(one, visit):
                found.append(Suggestion(one, visit, round(overlap.total_seconds() * 1000)))
        running.append(visit)
    return tuple(sorted(found, key=lambda one: (one.b.start, one.b.id, one.a.id), reverse=True))


def _one_lesson(one: LessonVisit, other: LessonVisit) -> bool:
    """Whether two visits at one time were in one room: the same teacher, and nothing that speaks against it."""
    if _who(one.observer_id, one.observer) == _who(other.observer_id, other.observer):
        return False
    one_teacher, other_teacher = _who(one.teacher_id, one.teacher), _who(other.teacher_id, other.teacher)
    same_class = bool(_plain(one.class_name)) and _plain(one.class_name) == _plain(other.class_name)
    if one_teacher and other_teacher and one_teacher != other_teacher:
        # The same colleague may stand twice in the list of people; two colleagues do not teach one class at one time.
        return same_class and _plain(one.teacher) == _plain(other.teacher)
    if one.class_name.strip() and other.class_name.strip() and not same_class:
        return False
    return same_class or bool(one_teacher and one_teacher == other_teacher)


def _who(person_id: str | None, name: str) -> str:
    return person_id or _plain(name)


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())
