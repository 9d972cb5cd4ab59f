"""Who was removed from a visit, told along with everything that one's own computers write after hearing of it.

Letters come in any order. A computer that has words which another one of the same person wrote after somebody was
removed, and has not got the removal itself yet, would hand those words on to them. So each letter names the removals
that its writer knew of, and whoever takes in a letter of their own person writes nothing to those people from then on,
until the removal itself has come. No clock is asked: a removal may have been written on one that is years ahead.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from observe_app.domain.sync.letter import Removal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection

_KEY = "removed:"
_TAKEN = (
    "SELECT 1 WHERE EXISTS (SELECT 1 FROM journal_change WHERE op = ?1) "
    "OR EXISTS (SELECT 1 FROM journal_dead WHERE op = ?1)"
)
_REFUSED = "SELECT 1 FROM sync_refused WHERE json_extract(content, '$.op') = ? AND reason <> 'not_a_part'"


def known(sql: Connection, visits: Iterable[str]) -> tuple[Removal, ...]:
    """Return the removals from these visits that are known here: those that came, and those that were heard of."""
    found: dict[str, Removal] = {}
    for visit in sorted(set(visits)):
        rows = sql.execute(
            "SELECT h.op, s.fingerprint FROM visit_share s JOIN journal_head h ON h.row_id = s.id "
            "AND h.table_name = 'visit_share' AND h.column_name = 'deleted' WHERE s.visit_id = ? AND s.deleted = 1",
            (visit,),
        ).fetchall()
        for op, fingerprint in [*rows, *_heard(sql, visit)]:
            found[op] = Removal(op, visit, fingerprint)
    return tuple(found[op] for op in sorted(found))


def hear(sql: Connection, removals: Iterable[Removal]) -> None:
    """Keep removals that another computer of the same person knew of, as far as they were not taken in here.

    One that was refused is kept: it is judged again when who takes part is known better, and counts until then. One
    that comes before the word that somebody joined is always refused at first.
    """
    by_visit: dict[str, dict[str, str]] = {}
    for one in removals:
        by_visit.setdefault(one.visit, {})[one.op] = one.fingerprint
    for visit, given in by_visit.items():
        before = dict(_heard(sql, visit))
        left = {op: name for op, name in (before | given).items() if not _taken(sql, op)}
        if left == before:
            continue
        sql.execute("DELETE FROM meta WHERE key = ?", (_KEY + visit,))
        if left:
            sql.execute("INSERT INTO meta(key, value) VALUES (?, ?)", (_KEY + visit, json.dumps(left, sort_keys=True)))


def awaited(sql: Connection, visit: str) -> frozenset[str]:
    """Return the fingerprints of those who have a part in a visit here, and of whose removal only the word has come."""
    heard = [name for op, name in _heard(sql, visit) if not _come(sql, op)]
    if not heard:
        return frozenset()
    rows = sql.execute("SELECT fingerprint FROM visit_share WHERE visit_id = ? AND deleted = 0", (visit,))
    return frozenset(heard).intersection(row[0] for row in rows)


def gone(sql: Connection, visit: str) -> frozenset[str]:
    """Return the fingerprints of those who had a part in a visit and have none any more, as far as is known here."""
    rows = sql.execute("SELECT fingerprint FROM visit_share WHERE visit_id = ? AND deleted = 1", (visit,))
    return frozenset(row[0] for row in rows)


def _heard(sql: Connection, visit: str) -> list[tuple[str, str]]:
    row = sql.execute("SELECT value FROM meta WHERE key = ?", (_KEY + visit,)).fetchone()
    return [] if row is None else list(json.loads(row[0]).items())


def _come(sql: Connection, op: str) -> bool:
    """Tell whether a removal came and was judged, whichever way; not where it was the first word of somebody's part.

    This person may have let the same people in here meanwhile, and nothing makes it be judged again then.
    """
    return _taken(sql, op) or sql.execute(_REFUSED, (op,)).fetchone() is not None


def _taken(sql: Connection, op: str) -> bool:
    return sql.execute(_TAKEN, (op,)).fetchone() is not None
