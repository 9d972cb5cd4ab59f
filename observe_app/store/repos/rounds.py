"""Rounds of visits, their pairings, and how far the visits are that came of them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import select

from observe_app.domain.rounds.board import VisitDates
from observe_app.domain.rounds.round import Pairing, VisitRound
from observe_app.store.repos.base import Repo, table_of
from observe_app.store.repos.kept import Kept
from observe_app.store.schema import VisitDataRow
from observe_app.store.schema_school import PairingRow, VisitRoundRow

if TYPE_CHECKING:
    from collections.abc import Iterable

_VISIT = table_of(VisitDataRow)
_DATES = ("id", "start", "started", "ended", "talk_started", "talk_ended", "stage")


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
