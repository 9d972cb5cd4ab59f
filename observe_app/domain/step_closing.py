"""When an action step may be closed: both saw it, and something from a later visit shows it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.action_step import StepStatus

if TYPE_CHECKING:
    from observe_app.domain.action_step import ActionStep

FEW = 2
"""Steps under way at one time that stay real; a further one is asked about and never forbidden."""


class Gap(StrEnum):
    """What keeps a step from being closed."""

    NONE = ""
    NOT_OPEN = "not_open"
    SAME_VISIT = "same_visit"
    EVIDENCE = "evidence"
    TEACHER = "teacher"
    OBSERVER = "observer"


def closing_gap(step: ActionStep, visit_id: str, pieces: int) -> Gap:
    """Return the first thing that keeps a step from being closed by this visit, `Gap.NONE` where nothing does.

    Args:
        step: the step.
        visit_id: the visit that would close it; it must be another one than that in which the step was agreed.
        pieces: how many events of that visit are linked to the step.
    """
    if step.status is not StepStatus.OPEN:
        return Gap.NOT_OPEN
    if step.visit_id == visit_id:
        return Gap.SAME_VISIT
    if pieces < 1:
        return Gap.EVIDENCE
    if not step.teacher_agrees:
        return Gap.TEACHER
    return Gap.NONE if step.observer_agrees else Gap.OBSERVER
