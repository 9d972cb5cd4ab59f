"""What a visit's people get of a record: its values as they were released, without how they came to be.

What the author alone writes is taken as it stood at their last act of release, so that words typed after it stay
theirs until the next one. What all write together is taken as it stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync.letter import Op
from observe_app.domain.sync.rights import JOINT_COLUMNS, OF_THE_AUTHOR, PERSON_COLUMNS, VISIT_COLUMNS
from observe_app.store.capture import over_list
from observe_app.store.sync.apply import DELETED_FOR_GOOD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection

MOST_OVER = 9_000
"""Earlier changes that one change names at most; beyond that an early one could show as a second version."""

_OF_RECORD = (
    "SELECT c.seq, a.signer, c.op, c.action_id, c.table_name, c.row_id, c.column_name, c.new, c.over, c.stamp, "
    "c.inserted FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
    "WHERE c.row_id = ? AND c.table_name = ? ORDER BY c.seq"
)


def released_until(sql: Connection, visit: str) -> int:
    """Return the journal's position after the last act of release that was done on this computer, 0 for none."""
    row = sql.execute(
        "SELECT coalesce(max(c.seq), 0) FROM journal_change c WHERE c.action_id IN ("
        "SELECT n.action_id FROM release r JOIN journal_change n ON n.row_id = r.id AND n.table_name = 'release' "
        "AND n.column_name = 'number' JOIN journal_action a ON a.id = n.action_id "
        "WHERE r.visit_id = ? AND r.taken_back IS NULL AND a.signer IS NULL)",
        (visit,),
    ).fetchone()
    return int(row[0])


def values(sql: Connection, table: str, row: str, *, until: int, me: str, known: bool) -> list[Op]:
    """Return the live changes of a record that this person may hand on.

    Args:
        sql: the database.
        table: the record's table.
        row: its id.
        until: `released_until` of its visit.
        me: own fingerprint.
        known: it went to the visit's people before; a deleted one that did not stays unsaid.
    """
    found = sql.execute(_OF_RECORD, (row, table)).fetchall()
    cells: dict[str, list[Any]] = {}
    for one in found:
        column = one[6]
        if _told(table, column) and (not _authors(table, column) or one[0] <= until):
            cells.setdefault(column, []).append(one)
    live = {column: list(_live(rows, found)) for column, rows in cells.items()}
    mine = [op for some in live.values() for op, signer in some if signer in (None, me)]
    # Others hand on their own, under their own signature.
    if _gone(live):
        return [op for op in mine if op.column == "deleted" and op.new] if known else []
    return mine


def with_history(sql: Connection, op: Op) -> Op:
    """Return a change that names all that it replaces, directly or not."""
    known = sql.execute(_OF_RECORD, (op.row, op.table)).fetchall()
    return replace(op, over=_before(op, {one[2]: over_list(one[8]) for one in known}))


def _gone(live: dict[str, list[tuple[Op, str | None]]]) -> bool:
    """Tell whether a record is deleted by these live changes, and nobody wrote in it what was not seen then.

    The table may say otherwise, by what was written since the release.
    """
    last = max((op for op, _signer in live.get("deleted", ())), key=lambda op: (op.stamp, op.op), default=None)
    if last is None or not last.new:
        return False
    seen, writer = set(last.over), last.stamp[-8:]
    others = [op for column, some in live.items() if column != "deleted" for op, _signer in some]
    return last.table in DELETED_FOR_GOOD or all(op.op in seen or op.stamp[-8:] == writer for op in others)


def _authors(table: str, column: str) -> bool:
    return table in OF_THE_AUTHOR and table != "release" and not (table == "visit" and column in JOINT_COLUMNS)


def _told(table: str, column: str) -> bool:
    if table == "visit":
        return column in VISIT_COLUMNS
    return table != "person" or column in PERSON_COLUMNS


def _live(rows: list[Any], known: list[Any]) -> Iterable[tuple[Op, str | None]]:
    """Give out the live changes of a cell, each naming all that it replaces, directly or not, and who signed it.

    Args:
        rows: the changes of the cell.
        known: all of the record, by which to tell what was replaced by what. Somebody may have an earlier word of it
            than the one that was seen by who deleted it; and what stood between two words may have come last of all.
    """
    over = {one[2]: over_list(one[8]) for one in known}
    replaced: set[str] = set()
    left = [name for one in rows for name in over[one[2]]]
    while left:
        name = left.pop()
        if name not in replaced:
            replaced.add(name)
            left += over.get(name, ())
    for _seq, signer, name, action, table, row, column, new, overs, stamp, inserted in rows:
        op = Op(name, action, table, row, column, new, over_list(overs), stamp, bool(inserted))
        if op.op not in replaced:
            yield replace(op, over=_before(op, over)), signer


def _before(op: Op, over: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    found = dict.fromkeys(op.over)
    left = list(op.over)
    while left and len(found) < MOST_OVER:
        for name in over.get(left.pop(), ()):
            if name not in found:
                found[name] = None
                left.append(name)
    return tuple(found)
