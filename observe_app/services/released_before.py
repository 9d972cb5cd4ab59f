"""Visits that were released before their teacher had a card: they go to the teacher once the card is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.release import ReleaseKind
from observe_app.domain.visit import VisitFilter

if TYPE_CHECKING:
    from observe_app.services.core import Core


def unsent(core: Core, person_id: str) -> tuple[str, ...]:
    """Return the visits by oneself whose feedback stands released to this teacher and went through no folder."""
    from observe_app.services import releases, visits  # noqa: PLC0415  (both know of sharing)
    from observe_app.services.sync import sharing  # noqa: PLC0415  (with the cards)

    found = []
    for row in visits.listing(core, VisitFilter(person_id=person_id, limit=10_000)):
        visit = visits.get(core, row.id)
        if visit.teacher_id != person_id or visit.observer_id != core.settings.get().me_id:
            continue
        stands = releases.latest(core, row.id)
        if stands is not None and stands.kind is not ReleaseKind.WITHDRAWAL and not sharing.people_of(core, row.id):
            found.append(row.id)
    return tuple(found)


def send(core: Core, person_id: str) -> int:
    """Send this teacher what was released to them already; return how many visits that was.

    Call it where somebody has just been linked to a card. Nothing goes out that was not released to them.
    """
    from observe_app.services.sync import sharing  # noqa: PLC0415  (with the cards)

    return sum(sharing.share_later(core, visit_id) for visit_id in unsent(core, person_id))
