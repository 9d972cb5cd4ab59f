"""What was not let in, as a list for people: who, why, when, about what kind of record; never what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from observe_app.store.sync.connection import Connection


@dataclass(frozen=True, slots=True)
class Refusal:
    """A letter, or a change of one. `reason`: stable word. `table`: kind of record, "" for the letter as a whole."""

    id: str
    folder: str
    signer: str
    reason: str
    table: str
    visit: str
    at: str
    count: int = 1


def listing(sql: Connection, before: str, most: int = 100) -> list[Refusal]:
    """Return what was not let in, newest first; changes of one letter for one reason are one line.

    Args:
        sql: a connection.
        before: what only waits for more to come is listed where it has waited since before this moment.
        most: lines.
    """
    rows = sql.execute(
        "SELECT min(id), folder, signer, reason, min(content), max(at), count(*) FROM sync_refused "
        "WHERE reason <> 'waiting' OR at < ? GROUP BY folder, hash, signer, reason ORDER BY max(at) DESC LIMIT ?",
        (before, most),
    ).fetchall()
    return [_refusal(row) for row in rows]


def _refusal(row: Any) -> Refusal:
    name, folder, signer, reason, content, at, count = row
    table = visit = ""
    try:
        about = json.loads(content)
        op = about.get("op")
        table = op["table"] if isinstance(op, dict) else str(about.get("table", ""))
        visit = str(about.get("visit", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    return Refusal(name, folder, signer, reason, str(table), visit, at, int(count))
