"""What the database gives to a bundle beside letters, and what it keeps of one that was under a passphrase."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from observe_app.store.sync import segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection


def attached(sql: Connection, visits: Iterable[str]) -> list[tuple[str, bytes]]:
    """Return names and bytes of the encrypted files of these visits that are kept here."""
    rows = sql.execute(
        "SELECT DISTINCT a.blob, k.content FROM attachment a JOIN kept_file k ON k.sha256 = a.blob "
        "WHERE a.deleted = 0 AND a.blob <> '' AND a.visit_id IN (SELECT value FROM json_each(?)) ORDER BY a.blob",
        (json.dumps(sorted(visits)),),
    ).fetchall()
    return [(str(row[0]), bytes(row[1])) for row in rows]


def forget(sql: Connection, folder: str, hashes: Iterable[str]) -> None:
    """Forget letters that came in a bundle and in no folder: nobody else could open them, so none is passed on."""
    names = json.dumps(sorted(hashes))
    for table in ("sync_segment", "sync_stranger", "sync_cover"):
        sql.execute(
            f"DELETE FROM {table} WHERE folder = ? AND hash IN (SELECT value FROM json_each(?))", (folder, names)
        )
    sql.execute("DELETE FROM sync_raw WHERE hash IN (SELECT value FROM json_each(?))", (names,))
    segments.touch(sql)
