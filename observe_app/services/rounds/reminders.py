"""Visits of rounds that somebody should know of today: to the observer and to the teacher. Dates, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.rounds.board import Reached, reached
from observe_app.domain.rounds.round import RoundState
from observe_app.services.exchange.round_calendar import moment_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from observe_app.domain.rounds.round import Pairing
    from observe_app.services.core import Core

AHEAD_DAYS = 14
"""How far ahead a visit is told of."""


class Part(StrEnum):
    """What somebody does in a visit of a round."""

    OBSERVER = "observer"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A visit of a round that waits.

    Attributes:
        part: what the reader does in it. other: the other's name. start: aware UTC, None without a time yet.
        late: its day is over and it has not begun. visit_id: the visit that it became, "" for none yet.
    """

    pairing: Pairing
    round_title: str
    part: Part
    other: str
    start: datetime | None
    late: bool = False

    @property
    def visit_id(self) -> str:
        """The visit to open, "" where there is none yet."""
        return self.pairing.visit_id


def of_person(core: Core, person_id: str, *, today: date | None = None) -> tuple[Reminder, ...]:
    """Return the visits of open rounds that somebody observes or is observed in, the soonest first.

    Those overdue, those of the next two weeks, and at the end those without a time; visited ones are left out.

    Args:
        core: the open data folder.
        person_id: who is reminded, "" for nobody.
        today: the day it is; None asks the clock.
    """
    if not person_id:
        return ()
    day = today or core.clock.now().astimezone().date()
    with core.store.read() as unit:
        rounds = {one.id: one for one in unit.rounds.rounds.find(state=RoundState.OPEN)}
        if not rounds:
            return ()
        found = [
            one for one in unit.rounds.pairings.find(round_id=tuple(rounds)) if one.counts and person_id in one.pair
        ]
        dates = unit.rounds.dates(one.visit_id for one in found)
        names = {one.id: one.name for one in unit.people.all(archived=True)}
    made = []
    for one in found:
        far = reached(one, dates.get(one.visit_id), day)
        if far not in {Reached.OPEN, Reached.PLANNED, Reached.LATE}:
            continue
        if one.on is not None and one.on > day + timedelta(days=AHEAD_DAYS):
            continue
        part = Part.OBSERVER if one.observer_id == person_id else Part.TEACHER
        other = one.teacher_id if part is Part.OBSERVER else one.observer_id
        start = moment_of(one.on, one.start_min or 0, rounds[one.round_id].zone) if one.on is not None else None
        made.append(
            Reminder(one, rounds[one.round_id].title, part, names.get(other, ""), start, late=far is Reached.LATE)
        )
    return tuple(sorted(made, key=lambda one: (one.start is None, one.start.timestamp() if one.start else 0.0)))


def of_me(core: Core) -> tuple[Reminder, ...]:
    """Return the reminders of the person who uses this data folder."""
    return of_person(core, core.settings.get().me_id or "")
