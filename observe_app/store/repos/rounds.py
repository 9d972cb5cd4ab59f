"""Rounds of visits, their pairings, and how far the visits are that came of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003  (dataclass fields are read at run time)
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select

from observe_app.domain.rounds.board import VisitDates
from observe_app.domain.rounds.round import Pairing, VisitRound
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.repos.kept import Kept
from observe_app.store.schema import MemberRow, VisitDataRow
from observe_app.store.schema_school import PairingRow, VisitRoundRow

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEMBER = table_of(MemberRow)
_VISIT = table_of(VisitDataRow)
_DATES = ("id", "start", "started", "ended", "talk_started", "talk_ended", "stage")


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """When somebody takes part in a visit that has not begun. `start`: aware UTC."""

    visit_id: str
    person_id: str
    start: datetime
    minutes: int


class RoundRepo(Repo):
    """Rounds of this data folder."""

    @cached_property
    def rounds(self) -> Kept[VisitRound]:
        """Rounds."""
        return Kept(self.session, VisitRoundRow, VisitRound, "round")

    @cached_property
    def pairings(self) -> Kept[Pairing]:
        """Pairings of all rounds."""
        return Kept(self.session, PairingRow, Pairing, "pairing")

    def dates(self, visit_ids: Iterable[str]) -> dict[str, VisitDates]:
        """Return how far visits are, in dates alone; those in the bin are left out."""
        columns = [
            _VISIT.c[name] for name in ("id", "start", "started", "ended", "talk_started", "talk_ended", "stage")
        ]
        wanted = sorted(set(visit_ids) - {""})
        rows = self.session.execute(select(*columns).where(_VISIT.c.id.in_(wanted), ~_VISIT.c.deleted))
        return {row.id: VisitDates(*row) for row in rows}

    def planned(self, first: datetime, last: datetime, people: Iterable[str]) -> tuple[PlannedVisit, ...]:
        """Return when people take part in visits that start from one moment to before another, and have not begun."""
        rows = self.session.execute(
            select(_VISIT.c.id, _MEMBER.c.person_id, _VISIT.c.start, _VISIT.c.minutes)
            .join(_MEMBER, _MEMBER.c.visit_id == _VISIT.c.id)
            .where(~_VISIT.c.deleted, ~_MEMBER.c.deleted, _MEMBER.c.person_id.in_(sorted(set(people))))
            .where(_VISIT.c.start >= first, _VISIT.c.start < last, _VISIT.c.started.is_(None))
            .order_by(_VISIT.c.start, _VISIT.c.id, _MEMBER.c.person_id)
        )
        return tuple(dict.fromkeys(PlannedVisit(*row) for row in rows))
