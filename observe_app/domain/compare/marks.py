"""What one visit says about one thing, and a line of such marks over a term. Shapes only; nothing here counts.

A mark never goes without its n and its base, and a missing one says why it is missing: none of them is a zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class Measure(StrEnum):
    """What kind of figure a line of marks has."""

    RATING = "rating"
    CHECK = "check"
    CHOICE = "choice"
    NUMBER = "number"
    TALLY = "tally"
    TIMER = "timer"
    CODE_INTERVALS = "code_intervals"
    CODE_TICKS = "code_ticks"
    LEVEL = "level"
    SWEEP = "sweep"
    WAIT = "wait"
    WAIT_AIM = "wait_aim"
    TALK_WORDS = "talk_words"
    TALK_SECONDS = "talk_seconds"
    TAG = "tag"


class Base(StrEnum):
    """What a figure is a part of; two bases are never mixed in one line."""

    NONE = ""
    INTERVALS = "intervals"
    TICKS = "ticks"
    LESSON_MINUTES = "lesson_minutes"
    TALK_SECONDS = "talk_seconds"
    TALK_WORDS = "talk_words"
    WAITS = "waits"
    LOOKS = "looks"
    NOTES = "notes"


class Missing(StrEnum):
    """Why a visit has no value: the four absences, the item not on its form, nothing recorded for it, not released."""

    UNANSWERED = "unanswered"
    NOT_LOOKED_FOR = "not_looked_for"
    NOT_SEEN = "not_seen"
    NOT_APPLICABLE = "not_applicable"
    NOT_ON_FORM = "not_on_form"
    NOTHING_RECORDED = "nothing_recorded"
    NOT_TOLD = "not_told"


class Origin(StrEnum):
    """Where a figure came from: recorded live, imported, or derived from another kind of recording."""

    LIVE = "live"
    IMPORTED = "imported"
    DERIVED = "derived"
    DEMO = "demo"


class Break(StrEnum):
    """Why a line is interrupted between two visits."""

    OBSERVER = "observer"
    SCALE = "scale"
    BASE = "base"
    ORIGIN = "origin"


@dataclass(frozen=True, slots=True)
class Mark:
    """One visit's value of one measure.

    Attributes:
        value: the level's number of a rating, 1.0 or 0.0 of a check, a share in [0, 1], events per lesson minute of a
            tally, a median in ms of waits; None where `missing` says why. A choice has none and only its words.
        words: of a level or an option, in the form's language; "" of a plain number.
        n: how many were counted (ticked intervals, ms of a timer, words, waits, on-task looks). of: of how many, in the
            base's unit (ms for lesson minutes and talk seconds); 0 where there is no base.
        blank: intervals nobody coded, sweeps that were due and not made: what was not observed.
        at_ms: the first moment counted, None for an answer.
    """

    visit_id: str
    value: float | None = None
    missing: Missing | None = None
    words: str = ""
    n: int = 0
    of: int = 0
    blank: int = 0
    origin: Origin = Origin.LIVE
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One line: the same thing of the same person over visits.

    Attributes:
        key: "item" or "item:part", such as "wait_time", "copus:I.Lec"; unique together with `measure` and `teacher_id`.
        item, part: id of the form's item, and the code, level, outcome or tag within it.
        label: of the item or the part, in the form's language. section: title of its section.
        levels: (number, word) of a scale from the lowest, () for other measures.
        marks: one for each visit of the person, by start; those with `missing` stay in.
        breaks: (index, why): the line is interrupted before `marks[index]`.
        comparable: how many marks of the longest uninterrupted run have a value. `enough` is true from three on.
    """

    key: str
    measure: Measure
    base: Base
    label: str
    item: str = ""
    part: str = ""
    section: str = ""
    teacher_id: str = ""
    levels: tuple[tuple[int, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    breaks: tuple[tuple[int, Break], ...] = ()
    comparable: int = 0

    @property
    def enough(self) -> bool:
        """Whether there are as many comparable visits as a line needs."""
        return self.comparable >= LEAST

    @property
    def valued(self) -> int:
        """How many visits have a value."""
        return sum(mark.missing is None for mark in self.marks)


LEAST = 3
"""Fewer comparable visits than these are points without a line: two points always make a trend."""


@dataclass(frozen=True, slots=True)
class TermVisit:
    """A visit as a column of a term.

    Attributes:
        start: the real start, else the planned one, aware UTC; None where nobody said.
        zone: IANA zone for showing local dates.
        minutes: how long was observed, pauses left out.
        origin: live, imported or demo.
    """

    id: str
    teacher_id: str
    teacher: str
    observer_id: str
    observer: str
    class_name: str
    subject: str
    start: datetime | None
    zone: str
    minutes: float
    form_id: str
    form_version: int
    form_title: str
    focus: str = ""
    origin: Origin = Origin.LIVE


@dataclass(frozen=True, slots=True)
class Term:
    """What a choice of visits shows.

    Attributes:
        visits: by start, undated ones last; of several people grouped by name.
        series: in the form's order; of several people one after the other by name.
        tags: (tag, notes with it, of notes, visits with it), the most frequent first.
        left_out: (why, how many): visits of the choice that could not be shown, never silently.
    """

    visits: tuple[TermVisit, ...] = ()
    series: tuple[Series, ...] = ()
    tags: tuple[tuple[str, int, int, int], ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
