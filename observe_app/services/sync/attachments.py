"""Files that belong to a shared visit: the filled replies as they came. Rounds carry them; here are their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id

if TYPE_CHECKING:
    from observe_app.store.unit import WriteUnit


def attachment_id(visit_id: str, sha256: str) -> str:
    """Return the id that every computer gives this file of this visit."""
    return natural_id("attachment", visit_id, sha256)


def of_replies(unit: WriteUnit, visit_id: str) -> list[str]:
    """Make rows for the files of a visit's replies that are kept here, and return the ids."""
    found = []
    for reply in unit.after.replies(visit_id):
        kept = unit.after.kept_file(reply.sha256) if reply.sha256 else None
        if kept is not None:
            row_id = attachment_id(visit_id, reply.sha256)
            unit.shares.attach(row_id, visit_id, reply.sha256, reply.file_name or kept[0], len(kept[1]))
            found.append(row_id)
    return found
