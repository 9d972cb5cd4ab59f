"""How far a round is: counts and dates, and nothing of what was said or seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.visit import Stage

if TYPE_CHECKING:
    from observe_app.domain.rounds.round import Pairing


class Reached(StrEnum):
    """How far one visit of a round is. OPEN: no time yet. LATE: planned for a day that is over, and not begun."""

    OPEN = "open"
    PLANNED = "planned"
    LATE = "late"
    VISITED = "visited"
    TALKED = "talked"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class VisitDates:
    """When a visit was planned, held and talked about; aware UTC, None for not yet."""

    id: str
    start: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    talk_started: datetime | None = None
    talk_ended: datetime | None = None
    stage: Stage = Stage.PREPARE


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One visit of a round on the board. `visited`, `talked`: aware UTC, None for not yet."""

    pairing: Pairing
    reached: Reached
    visited: datetime | None = None
    talked: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonCounts:
    """How many visits somebody has in a round: as observer, and as teacher. Ordered by name, never by count."""

    person_id: str
    observes_planned: int = 0
    observes_done: int = 0
    observed_planned: int = 0
    observed_done: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """A round's progress.

    Attributes:
        planned: visits that are meant to take place. timed: those with a day. visited: begun. talked: talked about.
        late: their day is over and they have not begun. cancelled: called off. last: the latest day planned.
    """

    planned: int
    timed: int
    visited: int
    talked: int
    late: int
    cancelled: int
    last: date | None
    rows: tuple[BoardRow, ...] = ()
    people: tuple[PersonCounts, ...] = ()


def reached(pairing: Pairing, dates: VisitDates | None, today: date) -> Reached:
    """Return how far one visit is."""
    if not pairing.counts:
        return Reached.CANCELLED
    if dates is not None and (dates.talk_ended is not None or dates.stage == Stage.FOLLOW_UP):
        return Reached.TALKED
    if dates is not None and dates.started is not None:
        return Reached.VISITED
    if pairing.on is None:
        return Reached.OPEN
    return Reached.LATE if pairing.on < today else Reached.PLANNED
