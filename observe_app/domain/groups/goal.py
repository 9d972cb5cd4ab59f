"""Goals with a measure, the readings of that measure, and what a goal is pursued by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum

from observe_app.domain.ids import natural_id


class GoalStatus(StrEnum):
    """Where a goal stands."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


class LinkKind(StrEnum):
    """What a goal can be pursued by."""

    VISIT = "visit"
    STEP = "step"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of a group, of a person (`group_id` "") or of the school (both "").

    Attributes:
        parent_id: the goal it serves, "" for none. measure: what is counted or measured, in words. unit: of it.
        baseline, target: in that unit, None where not said. status: of `GoalStatus`. closed: when it was.
        story: what became of it, in words, when it was closed.
    """

    id: str
    title: str
    group_id: str = ""
    person_id: str = ""
    parent_id: str = ""
    measure: str = ""
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    due: date | None = None
    status: str = GoalStatus.OPEN.value
    closed: datetime | None = None
    story: str = ""
    position: float = 0.0
    created: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a goal's measure, or of an outcome beside it.

    Attributes:
        n: how many it rests on, None where not said. series: "" for the goal's own measure, else the outcome's name.
        source: where it comes from, in words. batch: of one import, "" where it was typed.
    """

    id: str
    goal_id: str
    on: date
    value: float
    group_id: str = ""
    n: int | None = None
    series: str = ""
    note: str = ""
    source: str = ""
    batch: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class GoalLink:
    """What a goal is pursued by. `kind`: of `LinkKind`; `target_id`: of that visit, action step or session."""

    id: str
    goal_id: str
    kind: str
    target_id: str
    group_id: str = ""
    deleted: bool = False


def link_id(goal_id: str, kind: str, target_id: str) -> str:
    """Return the id that every computer gives this link."""
    return natural_id("goal_link", goal_id, kind, target_id)
