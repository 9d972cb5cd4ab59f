"""A round of visits and its pairings, as they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class RoundState(StrEnum):
    """How far a round is: being set up, told to its people, over."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class PairingState(StrEnum):
    """What was said of a pairing; whether it took place its visit says."""

    PLANNED = "planned"
    INVITED = "invited"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class VisitRound:
    """A round of visits.

    Attributes:
        group_id: the group whose round it is, "" for none. first, last: both days count.
        people: ids of who takes part. rules, report: JSON, see `rules.loads` and `report.loads`.
        state: one of `RoundState`. zone: IANA name of the school's zone. solved: when it was last solved, aware UTC.
    """

    id: str
    title: str
    first: date
    last: date
    group_id: str = ""
    people: tuple[str, ...] = ()
    rules: str = "{}"
    report: str = "{}"
    state: RoundState = RoundState.DRAFT
    zone: str = "UTC"
    solved: datetime | None = None
    created: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """One visit of a round: who observes whom, and when.

    Attributes:
        on: the day; None where no time was found yet, then the minutes are None too.
        start_min, end_min: minutes from midnight, local time of the school, half-open.
        slot_id: the lesson of the timetable, "" for a time typed in by hand.
        locked: stays where it is when the round is solved again. state: one of `PairingState`.
        why: the reason of a cancelled one. visit_id: the visit that it became, "" for none yet.
        position: its place in the list.
    """

    id: str
    round_id: str
    observer_id: str
    teacher_id: str
    group_id: str = ""
    on: date | None = None
    start_min: int | None = None
    end_min: int | None = None
    slot_id: str = ""
    class_name: str = ""
    subject: str = ""
    room: str = ""
    building: str = ""
    locked: bool = False
    state: PairingState = PairingState.PLANNED
    why: str = ""
    visit_id: str = ""
    position: float = 0.0
    deleted: bool = False

    @property
    def pair(self) -> tuple[str, str]:
        """Observer and teacher."""
        return self.observer_id, self.teacher_id

    @property
    def counts(self) -> bool:
        """Whether it is still meant to take place."""
        return not self.deleted and self.state != PairingState.CANCELLED

    @property
    def fixed(self) -> bool:
        """Whether solving again leaves it: it is locked, or its people have a visit of it already."""
        return self.counts and (self.locked or bool(self.visit_id))
