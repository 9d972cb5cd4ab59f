"""Unfinished lines, outside the journal."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from observe_app.domain.event import Draft
from observe_app.store.repos.base import Repo
from observe_app.store.schema import DraftRow


class DraftRepo(Repo):
    """What somebody is still typing."""

    def keep(self, draft: Draft) -> None:
        """Keep the line as it stands, in place of what was kept before."""
        values = {
            "visit_id": draft.visit_id,
            "slot": draft.slot,
            "text": draft.text,
            "offset_ms": draft.offset_ms,
            "wall": draft.wall,
        }
        self.session.execute(
            insert(DraftRow).values(values).on_conflict_do_update(index_elements=["visit_id", "slot"], set_=values)
        )

    def drop(self, visit_id: str, slot: str) -> None:
        """Forget the line; nothing happens where there is none."""
        self.session.execute(delete(DraftRow).where(DraftRow.visit_id == visit_id, DraftRow.slot == slot))

    def of_visit(self, visit_id: str) -> tuple[Draft, ...]:
        """Return a visit's unfinished lines."""
        rows = self.session.scalars(select(DraftRow).where(DraftRow.visit_id == visit_id).order_by(DraftRow.slot))
        return tuple(Draft(row.visit_id, row.slot, row.text, row.offset_ms, row.wall) for row in rows)
