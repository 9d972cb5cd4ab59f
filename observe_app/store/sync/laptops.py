"""Other installations of a folder: whose they are, when they were heard of, how far their clocks are off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.store.sync.connection import Connection


@dataclass(frozen=True, slots=True)
class LaptopRow:
    """An installation. `seen`: when a word of it came last, "" for never. `clock`: seconds it is off, "" for fine."""

    writer: str
    fingerprint: str = ""
    seen: str | None = None
    clock: str = ""
    version: str = ""
    last_seq: int = 0


_FIELDS = "writer, fingerprint, seen, clock, version, last_seq"


def laptops(sql: Connection, folder: str) -> dict[str, LaptopRow]:
    """Return the installations of a folder by writer."""
    rows = sql.execute(f"SELECT {_FIELDS} FROM sync_laptop WHERE folder = ? ORDER BY writer", (folder,)).fetchall()
    return {row[0]: LaptopRow(*row) for row in rows}


def bind(sql: Connection, folder: str, writer: str, fingerprint: str, seq: int, seen: str) -> None:
    """Keep whose installation this is, the first time that something signed of it came, and its highest number.

    Whoever else takes its name changes nothing of that.
    """
    sql.execute(
        "INSERT INTO sync_laptop(folder, writer, fingerprint, seen, last_seq) VALUES (?1, ?2, ?3, ?5, ?4) "
        "ON CONFLICT(folder, writer) DO UPDATE SET last_seq = max(last_seq, ?4), "
        "seen = CASE WHEN coalesce(seen, '') < ?5 THEN ?5 ELSE seen END, fingerprint = ?3 "
        "WHERE fingerprint IN ('', ?3)",
        (folder, writer, fingerprint, seq, seen),
    )


def owner(sql: Connection, folder: str, writer: str) -> str:
    """Return whose installation this is as far as is known, "" for nobody's."""
    row = sql.execute(
        "SELECT fingerprint FROM sync_laptop WHERE folder = ? AND writer = ?", (folder, writer)
    ).fetchone()
    return "" if row is None else str(row[0])


def heard(sql: Connection, folder: str, row: LaptopRow) -> None:
    """Keep what an installation's report says of it."""
    sql.execute(
        "INSERT INTO sync_laptop(folder, writer, fingerprint, seen, clock, version, last_seq) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT(folder, writer) DO UPDATE SET "
        "fingerprint = ?3, seen = ?4, clock = ?5, version = ?6, last_seq = max(last_seq, ?7) "
        "WHERE fingerprint IN ('', ?3)",
        (folder, row.writer, row.fingerprint, row.seen, row.clock, row.version, row.last_seq),
    )


_SEQS = (
    "SELECT writer, count(DISTINCT seq), max(seq) FROM ("
    "SELECT writer, seq FROM sync_segment WHERE folder = ?1 "
    "UNION ALL SELECT writer, seq FROM sync_stranger WHERE folder = ?1) GROUP BY writer"
)
_JOINED = (
    "SELECT by.writer, count(DISTINCT c.covered) FROM sync_cover c JOIN ("
    "SELECT hash, writer FROM sync_segment WHERE folder = ?1 "
    "UNION ALL SELECT hash, writer FROM sync_stranger WHERE folder = ?1) by ON by.hash = c.hash "
    "WHERE c.folder = ?1 AND c.covered NOT IN (SELECT hash FROM sync_segment WHERE folder = ?1) "
    "AND c.covered NOT IN (SELECT hash FROM sync_stranger WHERE folder = ?1) GROUP BY by.writer"
)


def missing(sql: Connection, folder: str) -> dict[str, int]:
    """Return, by writer, how many of its segments are known to be somewhere and were not seen here."""
    joined = dict(sql.execute(_JOINED, (folder,)).fetchall())
    said = {row.writer: row.last_seq for row in laptops(sql, folder).values()}
    found: dict[str, int] = {}
    for writer, count, highest in sql.execute(_SEQS, (folder,)).fetchall():
        gap = max(highest, said.pop(writer, 0)) - count - joined.get(writer, 0)
        if gap > 0:
            found[writer] = gap
    return found | {writer: last for writer, last in said.items() if last > 0}
