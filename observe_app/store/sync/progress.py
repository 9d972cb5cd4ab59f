"""Figures of terms: what there is to count, the rows that say how much, and whether a person wants them told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.sync.progress import FIGURES, TABLE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.domain.sync.progress import Figures, Term
    from observe_app.store.sync.connection import Connection

_VISITS = (
    "SELECT coalesce(v.started, v.start, v.created), v.zone, "
    "v.ended IS NOT NULL OR v.stage IN ('talk', 'follow_up'), v.talk_started IS NOT NULL OR v.conversation <> '', "
    "coalesce((SELECT r.kind <> 'withdrawal' FROM release r WHERE r.visit_id = v.id AND r.deleted = 0 "
    "AND r.taken_back IS NULL ORDER BY r.number DESC LIMIT 1), 0), "
    "EXISTS (SELECT 1 FROM reply p WHERE p.visit_id = v.id AND p.deleted = 0) "
    "FROM visit v WHERE v.deleted = 0 AND v.source <> 'demo' AND v.id IN ("
    "SELECT m.visit_id FROM visit_member m WHERE m.person_id = ? AND m.role = 'observer' AND m.deleted = 0)"
)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """When a visit was, as the database keeps it, its time zone, and how far it came."""

    moment: str
    zone: str
    observed: bool
    talked: bool
    released: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """Somebody's figures of a term. `numbers` in the order of `FIGURES`; `off`: they do not want them told any more."""

    id: str
    folder: str
    fingerprint: str
    name: str
    since: str
    numbers: tuple[int, ...]
    at: str | None
    deleted: bool
    off: bool


def visits_of(sql: Connection, person: str) -> list[VisitRow]:
    """Return the visits in which a person is the observer, without samples."""
    return [VisitRow(row[0], row[1], *map(bool, row[2:])) for row in sql.execute(_VISITS, (person,))]


def position(sql: Connection) -> int:
    """Return how far the journal has come: while it stands, there is nothing to count again."""
    return int(sql.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()[0])


def rows(sql: Connection, folder: str, fingerprint: str = "") -> list[ProgressRow]:
    """Return the rows of a folder, of one person where one is named, deleted ones too; the newest term first."""
    found = sql.execute(
        f"SELECT id, folder, fingerprint, name, since, at, deleted, {', '.join(FIGURES)} FROM {TABLE} "
        "WHERE folder = ? AND (? = '' OR fingerprint = ?) ORDER BY since DESC, fingerprint",
        (folder, fingerprint, fingerprint),
    ).fetchall()
    return [
        ProgressRow(one[0], one[1], one[2], one[3], one[4], tuple(one[7:]), one[5], bool(one[6]), _off(sql, one[0]))
        for one in found
    ]


def _off(sql: Connection, row: str) -> bool:
    """Tell whether the last word of the person was to tell nothing more.

    The row itself may be there nevertheless: another computer of theirs counted on before it heard of that.
    """
    found = sql.execute(
        "SELECT c.new FROM journal_head h JOIN journal_change c ON c.op = h.op AND c.column_name = h.column_name "
        "WHERE h.row_id = ? AND h.table_name = ? AND h.column_name = 'deleted' ORDER BY c.stamp DESC, c.op DESC "
        "LIMIT 1",
        (row, TABLE),
    ).fetchone()
    return found is not None and bool(found[0])


def heads(sql: Connection, ids: Iterable[str]) -> frozenset[str]:
    """Return the live changes of these rows."""
    return frozenset(
        row[0]
        for one in ids
        for row in sql.execute("SELECT op FROM journal_head WHERE row_id = ? AND table_name = ?", (one, TABLE))
    )


def tell(
    sql: Connection, row: str, *, folder: str, fingerprint: str, name: str, term: Term, figures: Figures, at: str
) -> None:
    """Write somebody's figures of a term; the row is made, or brought back, where that is needed."""
    sql.execute(
        f"INSERT OR IGNORE INTO {TABLE}(id, fingerprint, folder, since, until) VALUES (?, ?, ?, ?, ?)",
        (row, fingerprint, folder, term.since.isoformat(), term.until.isoformat()),
    )
    sql.execute(
        f"UPDATE {TABLE} SET name = ?, at = ?, deleted = 0, {', '.join(f'{one} = ?' for one in FIGURES)} WHERE id = ?",
        (name, at, *figures.each(), row),
    )


def withdraw(sql: Connection, row: str, at: str) -> None:
    """Take figures back: zeros where they stood, and no row any more."""
    sql.execute(
        f"UPDATE {TABLE} SET at = ?, {', '.join(f'{one} = 0' for one in FIGURES)}, deleted = 1 WHERE id = ?", (at, row)
    )
