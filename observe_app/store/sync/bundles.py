"""What the database keeps of a bundle that was under a passphrase: the records, and not its letters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from observe_app.store.sync import segments

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection


def forget(sql: Connection, folder: str, hashes: Iterable[str]) -> None:
    """Forget letters that came in a bundle and in no folder: nobody else could open them, so none is passed on."""
    names = json.dumps(sorted(hashes))
    for table in ("sync_segment", "sync_stranger", "sync_cover"):
        sql.execute(
            f"DELETE FROM {table} WHERE folder = ? AND hash IN (SELECT value FROM json_each(?))", (folder, names)
        )
    sql.execute("DELETE FROM sync_raw WHERE hash IN (SELECT value FROM json_each(?))", (names,))
    segments.touch(sql)
