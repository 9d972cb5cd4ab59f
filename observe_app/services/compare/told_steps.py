"""The action steps that a reader may be told of: as their release words them, and where they stand by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime  # noqa: TC003  (dataclass fields are read at run time)
from typing import TYPE_CHECKING

from observe_app.domain.action_step import StepStatus

if TYPE_CHECKING:
    from observe_app.domain.action_step import ActionStep
    from observe_app.services.compare.audience import Audience, Told
    from observe_app.services.core import Core


@dataclass(frozen=True, slots=True)
class ToldStepNow:
    """A step agreed in a visit.

    Attributes:
        due: by which day, None where none was told. state: "open", "done" or "dropped". closed: when it ended.
    """

    visit_id: str
    text: str
    due: date | None = None
    state: str = StepStatus.OPEN.value
    closed: datetime | None = None


def told_steps(core: Core, may: Audience) -> tuple[ToldStepNow, ...]:
    """Return the steps of the visits of an audience, in the visits' order.

    That a step was closed is told where the visit that closed it may be read, too. Steps deleted since are not told.
    """
    made: list[ToldStepNow] = []
    with core.store.read() as unit:
        for visit_id, told in may.told.items():
            if told.whole or told.steps:
                steps = {step.id: step for step in unit.talk.steps(visit_id)}
                made += _of_visit(steps, told, may)
    return tuple(made)


def _of_visit(steps: dict[str, ActionStep], told: Told, may: Audience) -> list[ToldStepNow]:
    if told.whole:
        return [_now(step, step.text, may, due=True) for step in steps.values()]
    return [_now(steps[one.id], one.text, may, due=one.dated) for one in told.steps if one.id in steps]


def _now(step: ActionStep, text: str, may: Audience, *, due: bool) -> ToldStepNow:
    known = not step.closed_visit_id or step.closed_visit_id in may.told
    return ToldStepNow(
        step.visit_id,
        text,
        step.due if due else None,
        step.status.value if known else StepStatus.OPEN.value,
        step.closed if known and step.status is not StepStatus.OPEN else None,
    )
