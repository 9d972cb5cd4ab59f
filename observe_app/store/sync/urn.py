"""Sealed answers to surveys as rounds see them: which are to leave, and what was collected for whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import SystemRandom
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.store.sync.connection import Connection


@dataclass(frozen=True, slots=True)
class Collecting:
    """A survey whose answers are collected here. `identity` opens them; `taken` and `waiting` are hashes."""

    survey_id: str
    identity: str
    taken: frozenset[str]
    waiting: frozenset[str]


def leaving(sql: Connection) -> list[tuple[str, str, str]]:
    """Return what is to leave this computer: id, survey, its last day or ""; by random ids."""
    rows = sql.execute(
        "SELECT u.id, u.survey_id, coalesce(s.closes, '') FROM survey_urn u LEFT JOIN survey s ON s.id = u.survey_id "
        "WHERE u.leave = 1 ORDER BY u.id"
    ).fetchall()
    return [(row[0], row[1], row[2]) for row in rows]


def content(sql: Connection, sealed_id: str) -> bytes | None:
    """Return a sealed answer, None where it is not here any more."""
    row = sql.execute("SELECT content FROM survey_urn WHERE id = ?", (sealed_id,)).fetchone()
    return None if row is None else bytes(row[0])


def left(sql: Connection, sealed_id: str) -> None:
    """Forget a sealed answer that is in the folder."""
    sql.execute("DELETE FROM survey_urn WHERE id = ? AND leave = 1", (sealed_id,))


def collecting(sql: Connection) -> list[Collecting]:
    """Return the surveys whose answers are collected on this very installation."""
    rows = sql.execute(
        "SELECT c.survey_id, c.identity, c.taken FROM survey_secret c JOIN survey s ON s.id = c.survey_id "
        "WHERE c.identity <> '' AND c.deleted = 0 AND s.deleted = 0 "
        "AND c.collector = (SELECT value FROM meta WHERE key = 'writer') ORDER BY c.survey_id"
    ).fetchall()
    return [Collecting(row[0], row[1], frozenset(json.loads(row[2])), _waiting(sql, row[0])) for row in rows]


def _waiting(sql: Connection, survey_id: str) -> frozenset[str]:
    rows = sql.execute("SELECT id FROM survey_urn WHERE survey_id = ? AND leave = 0", (survey_id,)).fetchall()
    return frozenset(row[0] for row in rows)


def keep(sql: Connection, sealed_id: str, survey_id: str, raw: bytes) -> None:
    """Keep a sealed answer until it is released; the same one is kept once."""
    sql.execute(
        "INSERT OR IGNORE INTO survey_urn(id, survey_id, leave, content) VALUES (?, ?, 0, ?)",
        (sealed_id, survey_id, raw),
    )


def redeal(sql: Connection, survey_id: str) -> None:
    """Write what waits of a survey anew, in an order of chance.

    A sealed answer is longer than a page's share, so that it lies on pages of its own: those of a later one further
    behind. Written anew together they lie where chance put them; whoever reads the file learns of no order.
    """
    rows = sql.execute(
        "SELECT id, survey_id, leave, content FROM survey_urn WHERE survey_id = ?", (survey_id,)
    ).fetchall()
    SystemRandom().shuffle(rows)
    sql.execute("DELETE FROM survey_urn WHERE survey_id = ?", (survey_id,))
    for row in rows:
        sql.execute("INSERT INTO survey_urn(id, survey_id, leave, content) VALUES (?, ?, ?, ?)", tuple(row))
