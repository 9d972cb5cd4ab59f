"""Segments that were sealed and that nobody has tried to write anywhere: the act that they came of can be undone.

What sealing began at is kept with each of them until it is first written. They are the last of their folder's chain, so
those that are taken out leave no gap: number, hash and watermark go back, and the rest is sealed anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from observe_app.store.sync.connection import Connection

_KEY = "unsent:"


@dataclass(frozen=True, slots=True)
class _End:
    """The end of a folder's chain that can be taken out: its hashes and visits, and what stood before it."""

    folder: str
    hashes: tuple[str, ...]
    audiences: frozenset[str]
    seq: int
    before: str
    sealed: int


def keep(sql: Connection, name: str, before: str, sealed: int) -> None:
    """Keep of a new segment which one it follows, and the journal's position from which sealing began."""
    sql.execute("INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)", (_KEY + name, json.dumps([before, sealed])))


def begin(sql: Connection, folder: str, hashes: Collection[str]) -> set[str]:
    """Let these segments go out from now on; return those of them that are still to go."""
    given = json.dumps(sorted(hashes))
    rows = sql.execute(
        "SELECT hash FROM sync_segment WHERE folder = ? AND hash IN (SELECT value FROM json_each(?))", (folder, given)
    )
    found = {row[0] for row in rows}
    sql.executemany("DELETE FROM meta WHERE key = ?", [(_KEY + name,) for name in sorted(found)])
    return found


_MOST_LOOKED = 50_000


def visits(sql: Connection, changes: int) -> int:
    """Return how many visits the newest own changes are about; few of others' may stand among them.

    Args:
        sql: a transaction.
        changes: how many are to be looked at.
    """
    row = sql.execute(
        "SELECT count(DISTINCT scope) FROM (SELECT a.scope FROM journal_change c JOIN journal_action a "
        "ON a.id = c.action_id WHERE c.seq > (SELECT coalesce(max(seq), 0) FROM journal_change) - ?1 "
        "AND a.signer IS NULL ORDER BY c.seq DESC LIMIT ?2) WHERE scope IN (SELECT id FROM visit)",
        (_MOST_LOOKED, min(changes, _MOST_LOOKED)),
    ).fetchone()
    return int(row[0])


def left(sql: Connection, visit: str) -> bool:
    """Tell whether anything about a visit may have left this computer in a letter to its people."""
    return _ends(sql, visit) is None


def take_out(sql: Connection, visit: str) -> None:
    """Let the letters about a visit go to nobody; only where none of them has `left`.

    What stood behind them in the folder's chain is sealed once more.
    """
    from observe_app.store.sync import segments  # noqa: PLC0415  (it is needed for little else here)

    for end in _ends(sql, visit) or ():
        names = json.dumps(end.hashes)
        sql.execute(
            "DELETE FROM sync_segment WHERE folder = ? AND hash IN (SELECT value FROM json_each(?))",
            (end.folder, names),
        )
        sql.execute(
            "DELETE FROM sync_raw WHERE hash IN (SELECT value FROM json_each(?)) "
            "AND hash NOT IN (SELECT hash FROM sync_segment)",
            (names,),
        )
        sql.executemany("DELETE FROM meta WHERE key = ?", [(_KEY + name,) for name in end.hashes])
        sql.execute(
            "UPDATE sync_folder SET last_seq = ?, last_hash = ?, sealed = min(sealed, ?) WHERE id = ?",
            (end.seq - 1, end.before, end.sealed, end.folder),
        )
        # What both wrote meanwhile went to the visit's people alone; now it is for oneself, through the home.
        sql.execute("UPDATE sync_folder SET sealed = min(sealed, ?) WHERE home = 1", (end.sealed,))
        sql.executemany(
            "INSERT OR IGNORE INTO sync_push SELECT visit_id, table_name, row_id FROM sync_shared WHERE visit_id = ?",
            [(one,) for one in sorted(end.audiences - {visit})],
        )
        segments.touch(sql)
    for table in ("sync_push", "sync_shared"):
        sql.execute(f"DELETE FROM {table} WHERE visit_id = ?", (visit,))  # names of our own tables
    sql.execute("DELETE FROM meta WHERE key = ?", (f"owed:{visit}",))


def _ends(sql: Connection, visit: str) -> list[_End] | None:
    """Return the ends to take out of the chains so that nothing about a visit is left, None where that cannot be."""
    rows = sql.execute(
        "SELECT folder, min(seq), min(state), max(state), min(writer), max(writer) FROM sync_segment "
        "WHERE audience = ? GROUP BY folder",
        (visit,),
    ).fetchall()
    writer = sql.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()
    found: list[_End] = []
    for folder, first, *both in rows:
        if both != ["out", "out", writer[0], writer[0]]:
            return None
        end = _end(sql, folder, first, writer[0])
        if end is None:
            return None
        found.append(end)
    return found


def _end(sql: Connection, folder: str, first: int, writer: str) -> _End | None:
    rows = sql.execute(
        "SELECT s.seq, s.hash, s.audience, m.value FROM sync_segment s LEFT JOIN meta m ON m.key = ? || s.hash "
        "WHERE s.folder = ? AND s.writer = ? AND s.seq >= ? ORDER BY s.seq",
        (_KEY, folder, writer, first),
    ).fetchall()
    last = sql.execute("SELECT last_seq FROM sync_folder WHERE id = ?", (folder,)).fetchone()
    whole = last is not None and [row[0] for row in rows] == list(range(first, last[0] + 1))
    if not whole or any(row[3] is None for row in rows):
        return None
    before, _sealed = json.loads(rows[0][3])
    sealed = min(json.loads(row[3])[1] for row in rows)
    return _End(folder, tuple(row[1] for row in rows), frozenset(row[2] for row in rows), first, before, sealed)
