"""Segments that this installation holds, passes on, waits with or was not meant for; what was not let in."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from observe_app.domain.sync.written import is_asked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.sync.letter import Op
    from observe_app.store.sync.connection import Connection

OUT, PUBLISHED, TAKEN, COVERED = "out", "published", "taken", "covered"
WAITING, UNREAD, REFUSED = "waiting", "unread", "refused"
"""Besides those of the schema: whole, but not all of it could be judged yet; of a format to come; not let in."""

OWN = frozenset({OUT, PUBLISHED})

_CHANGED = "sync_segments"


@dataclass(frozen=True, slots=True)
class Held:
    """A segment held here. `at`: when it was made or came, as the database keeps moments."""

    hash: str
    writer: str
    seq: int
    state: str
    audience: str
    changes: int
    at: str
    size: int

    def stating(self, state: str) -> Held:
        """Return it in another state."""
        return replace(self, state=state)


_FIELDS = "hash, writer, seq, state, audience, changes, at, size"


def held(sql: Connection, folder: str) -> dict[str, Held]:
    """Return all segments of a folder by hash."""
    rows = sql.execute(f"SELECT {_FIELDS} FROM sync_segment WHERE folder = ? ORDER BY hash", (folder,)).fetchall()
    return {row[0]: Held(*row) for row in rows}


def in_state(sql: Connection, folder: str, states: Iterable[str]) -> list[Held]:
    """Return the segments in these states, by writer and number."""
    rows = sql.execute(
        f"SELECT {_FIELDS} FROM sync_segment WHERE folder = ? AND state IN (SELECT value FROM json_each(?)) "
        "ORDER BY writer, seq, hash",
        (folder, json.dumps(sorted(states))),
    ).fetchall()
    return [Held(*row) for row in rows]


def strangers(sql: Connection, folder: str) -> dict[str, tuple[str, int]]:
    """Return writer and number of each segment that is for others, by hash."""
    rows = sql.execute("SELECT hash, writer, seq FROM sync_stranger WHERE folder = ?", (folder,)).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def covers(sql: Connection, folder: str) -> dict[str, set[str]]:
    """Return, by hash, which segments say that they hold all of another one's changes."""
    found: dict[str, set[str]] = {}
    for one, by in sql.execute("SELECT covered, hash FROM sync_cover WHERE folder = ?", (folder,)).fetchall():
        found.setdefault(one, set()).add(by)
    return found


def add_covers(sql: Connection, folder: str, by: str, covered: Iterable[str]) -> None:
    """Keep which segments this one says it covers."""
    sql.executemany("INSERT OR IGNORE INTO sync_cover VALUES (?, ?, ?)", [(folder, one, by) for one in covered])


def raw(sql: Connection, name: str) -> bytes | None:
    """Return the bytes of a segment by its hash, None where they are not kept."""
    row = sql.execute("SELECT raw FROM sync_raw WHERE hash = ?", (name,)).fetchone()
    return None if row is None else bytes(row[0])


def keep(sql: Connection, folder: str, one: Held, content: bytes | None) -> None:
    """Keep a segment, with its bytes unless None; one that is kept already only changes its state."""
    if content is not None:
        sql.execute("INSERT OR IGNORE INTO sync_raw(hash, raw) VALUES (?, ?)", (one.hash, content))
    sql.execute(
        "INSERT INTO sync_segment(folder, hash, writer, seq, state, audience, changes, at, size) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(folder, hash) DO UPDATE SET "
        "state = excluded.state, audience = excluded.audience, changes = excluded.changes",
        (folder, one.hash, one.writer, one.seq, one.state, one.audience, one.changes, one.at, one.size),
    )


def set_state(sql: Connection, folder: str, hashes: Iterable[str], state: str) -> None:
    """Put segments into a state."""
    sql.executemany(
        "UPDATE sync_segment SET state = ? WHERE folder = ? AND hash = ?", [(state, folder, one) for one in hashes]
    )


def forget_raw(sql: Connection, hashes: Iterable[str]) -> None:
    """Let the bytes of segments go; that they were held stays known."""
    sql.executemany("DELETE FROM sync_raw WHERE hash = ?", [(one,) for one in hashes])


def add_stranger(sql: Connection, folder: str, name: str, writer: str, seq: int) -> None:
    """Keep that a segment is whole and for others."""
    sql.execute("INSERT OR IGNORE INTO sync_stranger VALUES (?, ?, ?, ?)", (folder, name, writer, seq))


def forget_strangers(sql: Connection) -> None:
    """Look at all again that was for others: the keys here are others now."""
    sql.execute("DELETE FROM sync_stranger")


def touch(sql: Connection) -> str:
    """Say that segments changed, so that what a running program remembers of them is read again.

    Belongs into every transaction that changes one of their tables.

    Returns:
        What `generation` says from now on.
    """
    fresh = str(int(generation(sql) or 0) + 1)
    set_meta(sql, _CHANGED, fresh)
    return fresh


def generation(sql: Connection) -> str:
    """Return what differs once `touch` was called."""
    return meta(sql, _CHANGED)


def meta(sql: Connection, key: str) -> str:
    """Return what the database knows of itself under this key, "" for nothing."""
    row = sql.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return "" if row is None else str(row[0])


def set_meta(sql: Connection, key: str, value: str) -> None:
    """Keep a fact about this database."""
    sql.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


# --- sealing ---------------------------------------------------------------------------------------------------------

_UNSEALED = (
    "SELECT 1 FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
    "WHERE c.seq > (SELECT sealed FROM sync_folder WHERE id = ?1) AND a.signer IS NULL LIMIT 1"
)
_PUSHED = (
    "SELECT 1 FROM sync_push p JOIN visit_share s ON s.visit_id = p.visit_id "
    "WHERE s.deleted = 0 AND s.fingerprint <> ?1 AND s.folder IN (?2, '') AND EXISTS ("
    "SELECT 1 FROM visit_share m WHERE m.visit_id = p.visit_id AND m.fingerprint = ?1 AND m.deleted = 0) "
    "AND EXISTS (SELECT 1 FROM sync_folder f WHERE f.id = ?2) LIMIT 1"  # a bundle may come of a folder not joined
)


def to_seal(sql: Connection, folder: str, me: str) -> bool:
    """Tell whether anything written here is in no segment of the folder yet."""
    return (
        sql.execute(_UNSEALED, (folder,)).fetchone() is not None
        or sql.execute(_PUSHED, (me, folder)).fetchone() is not None
        or sql.execute("SELECT 1 FROM sync_push WHERE table_name = 'erasure' LIMIT 1").fetchone() is not None
    )


def sealed(sql: Connection, folder: str) -> tuple[int, int]:
    """Return what grows or shrinks while something is sealed: the journal's position, and how much is to be pushed."""
    position = sql.execute("SELECT sealed FROM sync_folder WHERE id = ?", (folder,)).fetchone()[0]
    return int(position), int(sql.execute("SELECT count(*) FROM sync_push").fetchone()[0])


def pass_over(sql: Connection, folder: str, *, own: bool = False) -> None:
    """Let the next sealing begin after what others wrote, unless something of one's own stands before it.

    With `own` that is passed over too, for good.
    """
    if own or sql.execute(_UNSEALED, (folder,)).fetchone() is None:
        sql.execute(
            "UPDATE sync_folder SET sealed = (SELECT coalesce(max(seq), 0) FROM journal_change) WHERE id = ?",
            (folder,),
        )


# --- what was not let in ---------------------------------------------------------------------------------------------


def refuse_letter(
    sql: Connection, *, folder: str, name: str, writer: str, signer: str, reason: str, detail: str, at: str
) -> None:
    """Put a whole letter into quarantine."""
    sql.execute(
        "INSERT OR IGNORE INTO sync_refused(id, folder, hash, writer, signer, reason, content, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (_id(folder, name, ""), folder, name, writer, signer, reason, json.dumps({"detail": detail}), at),
    )


def refuse_ops(
    sql: Connection, *, folder: str, name: str, writer: str, signer: str, ops: Sequence[tuple[Op, str]], at: str
) -> None:
    """Put changes into quarantine, each with the reason."""
    sql.executemany(
        "INSERT OR IGNORE INTO sync_refused(id, folder, hash, writer, signer, reason, content, at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (_id(folder, name, op.op), folder, name, writer, signer, reason, _content(op), at)
            for op, reason in ops
        ],
    )  # fmt: skip


def _id(folder: str, name: str, op: str) -> str:
    return hashlib.sha256(f"{folder}\n{name}\n{op}".encode()).hexdigest()[:32]


MOST_SHOWN = 4_000
"""Characters of a refused value, and changes that it names; all of it is in the letter, which is kept."""


def _content(op: Op) -> str:
    new = op.new[:MOST_SHOWN] if isinstance(op.new, str) else op.new
    return json.dumps(
        {
            "op": op.op, "action": op.action, "table": op.table, "row": op.row, "column": op.column, "new": new,
            "over": list(op.over[:MOST_SHOWN]), "stamp": op.stamp, "inserted": op.inserted,
        },
        ensure_ascii=False,
    )  # fmt: skip


def refused(sql: Connection, folder: str) -> int:
    """Return how many letters and changes of a folder are in quarantine."""
    return int(sql.execute("SELECT count(*) FROM sync_refused WHERE folder = ?", (folder,)).fetchone()[0])


def conflicts(sql: Connection) -> int:
    """Return how many cells may hold values that stand against each other, of those that people are asked about."""
    rows = sql.execute("SELECT table_name, column_name, count(*) FROM sync_conflict GROUP BY table_name, column_name")
    return sum(int(count) for table, column, count in rows if is_asked(table, column))


# --- own numbers -----------------------------------------------------------------------------------------------------


def last(sql: Connection, folder: str) -> tuple[int, str]:
    """Return number and hash of the last own segment in a folder."""
    row = sql.execute("SELECT last_seq, last_hash FROM sync_folder WHERE id = ?", (folder,)).fetchone()
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def set_last(sql: Connection, folder: str, seq: int, name: str) -> None:
    """Keep number and hash of the last own segment."""
    sql.execute("UPDATE sync_folder SET last_seq = ?, last_hash = ? WHERE id = ?", (seq, name, folder))


def last_seq(sql: Connection, folder: str) -> int:
    """Return the number of the last own segment in a folder."""
    return last(sql, folder)[0]
