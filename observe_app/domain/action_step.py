"""Action steps: small, dated, owned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date  # noqa: TC003  (dataclass fields are read at run time)
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


@dataclass(frozen=True, slots=True)
class StepRow:
    """An action step as a list shows it, with the visit it came from."""

    step: ActionStep
    teacher: str
