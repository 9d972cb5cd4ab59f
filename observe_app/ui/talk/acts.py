"""What Talk does with claims, as plain functions over the services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.services import talk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.evidence import Claim, ClaimKind
    from observe_app.services.core import Core
    from observe_app.ui.talk.source import Picked, Source


def link_picked(core: Core, visit_id: str, target_kind: str, target_id: str, picked: Picked) -> int:
    """Make what is picked evidence of a claim or an answer; return how many were new to it."""
    return talk.link_all(
        core,
        visit_id=visit_id,
        target_kind=target_kind,
        target_id=target_id,
        events=picked.events,
        views=picked.views,
    )


def unlink_source(core: Core, visit_id: str, target_kind: str, target_id: str, source: Source) -> None:
    """Let a claim or an answer no longer rest on a note or a view."""
    if source.view:
        talk.unlink_view(core, visit_id=visit_id, target_kind=target_kind, target_id=target_id, view=source.view)
    else:
        talk.unlink(core, visit_id=visit_id, target_kind=target_kind, target_id=target_id, event_id=source.event_id)


def place_between(column: Sequence[Claim], place: int) -> float:
    """Return a position that sorts before the claim at this place of a column, and after the one above it."""
    before = column[place - 1].position if place > 0 else None
    after = column[place].position if place < len(column) else None
    if before is None and after is None:
        return 1.0
    if before is None:
        return float(after or 0.0) - 1.0
    if after is None:
        return before + 1.0
    return (before + after) / 2


def move_claim(core: Core, claims: Sequence[Claim], claim_id: str, kind: ClaimKind, place: int) -> bool:
    """Put a claim before the one that now stands at this place of a column; False where it stands there already.

    Args:
        core: the open data folder.
        claims: every claim of the visit.
        claim_id: the claim that moves.
        kind: column it moves to.
        place: 0 for the top, as many as there are claims in the column for its end.

    Raises:
        NotFound: no such claim.
    """
    column = sorted((claim for claim in claims if claim.kind is kind), key=lambda claim: (claim.position, claim.id))
    now = next((spot for spot, claim in enumerate(column) if claim.id == claim_id), None)
    if now is not None:
        if place in (now, now + 1):
            return False
        del column[now]
        place -= place > now
    opened = talk.open_claim(core, claim_id)
    position = place_between(column, place)
    talk.edit_claim(core, claim_id=claim_id, seen=opened.seen, kind=kind, position=position)
    return True
