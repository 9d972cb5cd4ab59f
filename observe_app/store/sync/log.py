"""The plain log of the shared folder: what was sent, what came, what went wrong; never what somebody wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.store.sync.connection import Connection

MOST_LINES = 2_000
"""Lines kept; older ones go."""


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line. `kind`: stable name. `detail`: a place, a short id or the system's word. `count`: of `kind`."""

    at: str
    folder: str
    kind: str
    detail: str
    count: int


def add(sql: Connection, at: str, folder: str, kind: str, detail: str = "", count: int = 0) -> None:
    """Add a line. The same line as the last one of the folder only becomes younger."""
    last = sql.execute(
        "SELECT pk, kind, detail, count FROM sync_log WHERE folder = ? ORDER BY pk DESC LIMIT 1", (folder,)
    ).fetchone()
    if last is not None and tuple(last[1:]) == (kind, detail, count):
        sql.execute("UPDATE sync_log SET at = ? WHERE pk = ?", (at, last[0]))
        return
    sql.execute(
        "INSERT INTO sync_log(at, folder, kind, detail, count) VALUES (?, ?, ?, ?, ?)",
        (at, folder, kind, detail, count),
    )
    sql.execute("DELETE FROM sync_log WHERE pk <= (SELECT max(pk) FROM sync_log) - ?", (MOST_LINES,))


def lines(sql: Connection, folder: str = "", most: int = 200) -> list[LogLine]:
    """Return the newest lines, newest first; of all folders where none is named."""
    rows = sql.execute(
        "SELECT at, folder, kind, detail, count FROM sync_log WHERE ?1 = '' OR folder = ?1 ORDER BY pk DESC LIMIT ?2",
        (folder, most),
    ).fetchall()
    return [LogLine(*row) for row in rows]
