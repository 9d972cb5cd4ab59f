"""What a round is planned from: people, timetables and days, as plain facts without any rule applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  (dataclass fields are read at run time)

from observe_app.domain.rounds.rules import Rules
from observe_app.domain.school.classes import LessonSlot  # noqa: TC001  (the same)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who takes part. `week_load`: visits in a week at most, None for any number.

    Attributes:
        subjects: what they teach, folded for comparing. building: where they usually are, "" for unknown.
        manager_id: their line manager, "" for none. week_load: visits in a week at most, None for any number.
    """

    id: str
    subjects: frozenset[str] = frozenset()
    building: str = ""
    manager_id: str = ""
    week_load: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day with lessons. `week`: the letter of its week, "" where the school counts none."""

    on: date
    week: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A time at which somebody has a visit of another round, or one planned by hand."""

    person_id: str
    on: date
    start_min: int
    end_min: int
    building: str = ""


@dataclass(frozen=True, slots=True)
class School:
    """Everything that a round is planned from.

    Attributes:
        people: who takes part. days: on which visits can be, in order. slots: timetables, of the people alone.
        earlier: (observer, teacher) of earlier rounds. taken: times given away already.
    """

    people: tuple[Colleague, ...]
    days: tuple[Day, ...]
    slots: tuple[LessonSlot, ...]
    rules: Rules = field(default_factory=Rules)
    earlier: frozenset[tuple[str, str]] = frozenset()
    taken: tuple[Taken, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A visit as the rules see it. `id`: of its pairing. `on` None, then the minutes too: no time yet.

    Attributes:
        id: of the pairing, "" for one that is only thought of. slot_id: the lesson, "" for a time typed in by hand.
    """

    observer_id: str
    teacher_id: str
    on: date | None = None
    start_min: int | None = None
    end_min: int | None = None
    slot_id: str = ""
    building: str = ""
    id: str = ""


def subjects_of(text: str) -> frozenset[str]:
    """Return the subjects that somebody typed in one line, separated by commas, semicolons or slashes, folded."""
    parts = text.replace(";", ",").replace("/", ",").split(",")
    return frozenset(part.strip().casefold() for part in parts if part.strip())


def counts_of(rules: Rules) -> dict[str, tuple[int, int]]:
    """Return how often those observe and are observed who have counts of their own."""
    return {
        one.person_id: (
            rules.observes if one.observes is None else one.observes,
            rules.observed if one.observed is None else one.observed,
        )
        for one in rules.own
    }
