"""A whole visit with everything that belongs to it, as the PDF and the exports read it."""

from __future__ import annotations

from dataclasses import dataclass

from observe_app.domain.action_step import ActionStep, StepRow  # noqa: TC001  (dataclass fields are read at run time)
from observe_app.domain.answer import Answer  # noqa: TC001
from observe_app.domain.event import Event  # noqa: TC001
from observe_app.domain.evidence import Claim, Evidence  # noqa: TC001
from observe_app.domain.form import Form  # noqa: TC001
from observe_app.domain.people import Member  # noqa: TC001
from observe_app.domain.release import Reader  # noqa: TC001
from observe_app.domain.reply import Reply  # noqa: TC001
from observe_app.domain.turn import Turn  # noqa: TC001
from observe_app.domain.visit import Visit  # noqa: TC001


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """One visit, whole. Nothing deleted is in it; private events are.

    Attributes:
        events: by offset, then by id. form: the snapshot, None while no form is chosen.
        number: which visit of this teacher by this observer it is, counted from 1 by start.
        visits: how many such visits there are.
        turns, replies, readers: of the conversation and after, each in order. earlier_steps: the teacher's open steps
            from earlier visits, and those that this visit closed.
    """

    visit: Visit
    members: tuple[Member, ...] = ()
    events: tuple[Event, ...] = ()
    answers: tuple[Answer, ...] = ()
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    steps: tuple[ActionStep, ...] = ()
    form: Form | None = None
    turns: tuple[Turn, ...] = ()
    replies: tuple[Reply, ...] = ()
    readers: tuple[Reader, ...] = ()
    earlier_steps: tuple[StepRow, ...] = ()
    number: int = 1
    visits: int = 1
    position: int = 0
