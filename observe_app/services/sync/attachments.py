"""Files that belong to a shared visit: the filled replies as they came. Rounds carry them; here are their rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.ids import natural_id

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.store.sync.connection import Connection
    from observe_app.store.unit import WriteUnit


@dataclass(frozen=True, slots=True)
class Attached:
    """A file of a visit.

    Attributes:
        sha256: of the file itself. blob: SHA-256 of the encrypted file in the folder, "" until its owner wrote it.
        key: opens it. here: the file itself is on this computer; otherwise it is still arriving.
    """

    id: str
    visit_id: str
    sha256: str
    name: str
    size: int
    blob: str = ""
    key: str = ""
    here: bool = False


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


def in_database(sql: Connection, *, missing: bool = False, unsent: bool = False) -> list[Attached]:
    """Return the files of visits, of a round's own connection.

    Args:
        sql: the database.
        missing: only those whose file is not here and whose encrypted file is known.
        unsent: only those whose file is here and that nobody wrote to the folder yet.
    """
    rows = sql.execute(
        "SELECT a.id, a.visit_id, a.sha256, a.name, a.size, a.blob, a.key, k.sha256 IS NOT NULL FROM attachment a "
        "LEFT JOIN kept_file k ON k.sha256 = a.sha256 WHERE a.deleted = 0 ORDER BY a.id"
    ).fetchall()
    found = []
    for row_id, visit, digest, name, size, blob, key, here in rows:
        one = Attached(row_id, visit, digest, name, size, blob, key, bool(here))
        if not (missing and (one.here or not one.blob)) and not (unsent and (one.blob or not one.here)):
            found.append(one)
    return found


def of_visit(core: Core, visit_id: str) -> tuple[Attached, ...]:
    """Return a visit's files, those still arriving too."""
    with core.store.ledger.reading() as sql:
        return tuple(one for one in in_database(sql) if one.visit_id == visit_id)
