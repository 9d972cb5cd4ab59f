"""What was not let in, as a person may look at it: who wrote it, why it stays outside, and what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from observe_app.store.sync.connection import Connection


@dataclass(frozen=True, slots=True)
class Refused:
    """A letter, or a change of one, in quarantine.

    Attributes:
        folder, hash, signer: the letter that it came in. reason: a stable word (`domain.sync.rights`, `LetterBad`).
        table, row, column: the cell that it was for, "" for a whole letter. value: what it says there, as text.
        at: when, as the database keeps it. seen: somebody looked at it here.
    """

    id: str
    folder: str
    hash: str
    signer: str
    reason: str
    table: str
    row: str
    column: str
    value: str
    at: str
    seen: bool


def listing(sql: Connection, limit: int = 500) -> list[Refused]:
    """Return what was refused, the newest first."""
    found = []
    for row in sql.execute(
        "SELECT id, folder, hash, signer, reason, content, at, seen FROM sync_refused ORDER BY at DESC, id LIMIT ?",
        (limit,),
    ):
        try:
            about = json.loads(row[5])
        except ValueError:
            about = {}
        table, record, column = (str(about.get(name) or "") for name in ("table", "row", "column"))
        value = "" if about.get("new") is None else str(about["new"])
        name, folder, digest, signer, reason = row[:5]
        found.append(
            Refused(name, folder, digest, signer, reason, table, record, column, value, row[6], bool(row[7]))
        )  # fmt: skip
    return found


def mark_seen(sql: Connection, ids: Iterable[str]) -> None:
    """Say that somebody looked at these."""
    sql.executemany("UPDATE sync_refused SET seen = 1 WHERE id = ?", [(one,) for one in ids])


def forget_letters(sql: Connection, hashes: Iterable[str]) -> None:
    """Forget what was refused of these letters: they are judged anew."""
    sql.executemany("DELETE FROM sync_refused WHERE hash = ?", [(one,) for one in hashes])


def erase_visit(sql: Connection, visit: str, tables: Mapping[str, str]) -> None:
    """Forget what was refused in letters about a visit, or about these records (JSON lists of ids by table)."""
    sql.execute(
        "DELETE FROM sync_refused WHERE hash IN (SELECT hash FROM sync_segment WHERE audience = ?)", (visit,)
    )  # fmt: skip
    for table, ids in tables.items():
        sql.execute(
            "DELETE FROM sync_refused WHERE json_valid(content) AND json_extract(content, '$.table') = ? "
            "AND json_extract(content, '$.row') IN (SELECT value FROM json_each(?))",
            (table, ids),
        )
