"""Action steps: small, dated, owned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from enum import StrEnum


class StepStatus(StrEnum):
    """Where a step stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class ActionStep:
    """What one person will do by a date.

    Attributes:
        owner_id, owner: whose step it is. due: day without a time, None while not agreed.
        help: what help was offered. position: order within the visit.
        practice: the first small practice, tried out in the conversation or soon after.
        notice: how the two will notice that it works.
        teacher_agrees, observer_agrees: each says that a later visit showed it; with both and evidence it is done.
        closed_visit_id: the later visit whose events show it, "" while open. closed: when, aware UTC.
    """

    id: str
    visit_id: str
    text: str
    owner_id: str | None = None
    owner: str = ""
    due: date | None = None
    help: str = ""
    status: StepStatus = StepStatus.OPEN
    position: float = 0.0
    deleted: bool = False
    practice: str = ""
    notice: str = ""
    teacher_agrees: bool = False
    observer_agrees: bool = False
    closed_visit_id: str = ""
    closed: datetime | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """An action step as a list shows it, with the visit it came from: its teacher and when it was, aware UTC."""

    step: ActionStep
    teacher: str
    start: datetime | None = None
