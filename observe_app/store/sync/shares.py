"""What the database knows of who takes part in a visit, who made a record, and what was erased."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync.letter import Op
from observe_app.domain.sync.rights import Written, belongs_by
from observe_app.store.capture import over_list
from observe_app.store.sync.apply import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection

_CELLS = "c.op, c.action_id, c.table_name, c.row_id, c.column_name, c.new, c.over, c.stamp, c.inserted"


def _op(row: Any) -> Op:
    op, action, table, record, column, new, over, stamp, inserted = row[:9]
    return Op(op, action, table, record, column, new, over_list(over), stamp, bool(inserted))


def author_of(sql: Connection, visit: str, me: str) -> str:
    """Return the fingerprint of who made a visit, "" while nobody said so in a letter and it was not made here."""
    own = sql.execute(
        "SELECT 1 FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
        "WHERE c.row_id = ? AND c.table_name IN ('visit', 'peer_group') AND c.column_name = 'created' "
        "AND (a.signer IS NULL OR a.signer = ?) LIMIT 1",
        (visit, me),
    ).fetchone()
    if own is not None:  # nobody else's word counts against one's own
        return me
    return bound(sql, visit)


def bind(sql: Connection, visit: str, author: str, folder: str) -> None:
    """Keep who made a visit; who was kept before stays."""
    sql.execute("INSERT OR IGNORE INTO sync_visit(visit_id, author, folder) VALUES (?, ?, ?)", (visit, author, folder))


def bound(sql: Connection, visit: str) -> str:
    """Return who made a visit as the first letter about it said, "" for no letter."""
    row = sql.execute("SELECT author FROM sync_visit WHERE visit_id = ?", (visit,)).fetchone()
    return "" if row is None else str(row[0])


def bind_anew(sql: Connection, visit: str, author: str) -> None:
    """Keep that somebody else made a visit than the first letter about it said."""
    sql.execute("UPDATE sync_visit SET author = ? WHERE visit_id = ?", (author, visit))


def has_own(sql: Connection, visit: str, me: str) -> bool:
    """Tell whether anything about a visit is known here that this person wrote."""
    row = sql.execute(
        "SELECT 1 FROM journal_action WHERE (audience = ?1 AND signer = ?2) OR (scope = ?1 AND signer IS NULL) LIMIT 1",
        (visit, me),
    ).fetchone()
    return row is not None


def share_changes(sql: Connection, visit: str, me: str) -> list[Written]:
    """Return every change of a visit's `visit_share` rows that the journal holds."""
    rows = sql.execute(
        f"SELECT {_CELLS}, coalesce(a.signer, ?2) FROM visit_share s "
        "JOIN journal_change c ON c.row_id = s.id AND c.table_name = 'visit_share' "
        "JOIN journal_action a ON a.id = c.action_id WHERE s.visit_id = ?1",
        (visit, me),
    )
    return [Written(_op(row), row[9]) for row in rows]


def released_stamp(sql: Connection, visit: str) -> str:
    """Return the stamp of the first release of a visit that was not taken back, "" for none."""
    row = sql.execute(
        "SELECT min(c.stamp) FROM release r JOIN journal_change c ON c.row_id = r.id AND c.table_name = 'release' "
        "AND c.column_name = 'number' WHERE r.visit_id = ? AND r.taken_back IS NULL AND r.deleted = 0",
        (visit,),
    ).fetchone()
    return str(row[0] or "")


def made_by(sql: Connection, table: str, row: str, me: str) -> tuple[str, str, str] | None:
    """Return (stamp, fingerprint, visit) of the first word that a record belongs to a visit or a group, or None."""
    found = sql.execute(
        "SELECT c.stamp, coalesce(a.signer, ?), c.new FROM journal_change c "
        "JOIN journal_action a ON a.id = c.action_id "
        "WHERE c.row_id = ? AND c.column_name = ? AND c.new <> '' AND c.table_name = ? ORDER BY c.stamp, c.op LIMIT 1",
        (me, row, belongs_by(table), table),
    ).fetchone()
    return None if found is None else (str(found[0]), str(found[1]), str(found[2]))


def maker_of(sql: Connection, table: str, row: str, me: str) -> str:
    """Return the fingerprint of whose word about a record came first, "" for a record that nobody spoke of here."""
    found = sql.execute(
        "SELECT coalesce(a.signer, ?) FROM journal_change c JOIN journal_action a ON a.id = c.action_id "
        "WHERE c.row_id = ? AND c.table_name = ? ORDER BY c.seq LIMIT 1",
        (me, row, table),
    ).fetchone()
    return "" if found is None else str(found[0])


def value_of(sql: Connection, table: str, row: str, column: str) -> object:
    """Return what a record's cell shows, None where there is no such record."""
    if column not in columns_of(table):
        return None
    found = sql.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
    return None if found is None else found[0]


def person_of(sql: Connection, fingerprint: str) -> str:
    """Return the person whose card this is, "" for nobody here."""
    row = sql.execute("SELECT id FROM person WHERE card = ? AND deleted = 0 LIMIT 1", (fingerprint,)).fetchone()
    return str(row[0]) if row is not None else ""


def names(sql: Connection, but: str) -> list[str]:
    """Return the names of the people who are linked to a card, all but one."""
    rows = sql.execute("SELECT name FROM person WHERE card <> '' AND deleted = 0 AND id <> ?", (but,))
    return [row[0] for row in rows]


def knows(sql: Connection, person: str) -> bool:
    """Tell whether there is a person of this id."""
    return sql.execute("SELECT 1 FROM person WHERE id = ?", (person,)).fetchone() is not None


def erased(sql: Connection, visit: str) -> bool:
    """Tell whether a visit was erased for good, here or by its author."""
    row = sql.execute("SELECT 1 FROM erasure WHERE visit_id = ? AND deleted = 0", (visit,)).fetchone()
    return row is not None


def others_actions(sql: Connection, actions: Iterable[str], signer: str, me: str) -> list[str]:
    """Return those actions that are known from somebody else than this signer."""
    rows = sql.execute(
        "SELECT a.id FROM json_each(?) g JOIN journal_action a ON a.id = g.value WHERE coalesce(a.signer, ?) <> ?",
        (json.dumps(sorted(actions)), me, signer),
    )
    return [row[0] for row in rows]


def others_ops(sql: Connection, ops: Iterable[str], signer: str, me: str) -> set[str]:
    """Return those changes that the journal has from somebody else than this signer."""
    rows = sql.execute(
        "SELECT c.op FROM json_each(?) g JOIN journal_change c ON c.op = g.value "
        "JOIN journal_action a ON a.id = c.action_id WHERE coalesce(a.signer, ?) <> ?",
        (json.dumps(sorted(ops)), me, signer),
    )
    return {row[0] for row in rows}


def same_ops(sql: Connection, ops: Iterable[Op]) -> set[str]:
    """Return those changes that the journal has just so: of the same cell, and of the same value."""
    found = set()
    for op in ops:
        row = sql.execute(
            "SELECT 1 FROM journal_change WHERE op = ? AND table_name = ? AND row_id = ? AND column_name = ? "
            "AND new IS ?",
            (op.op, op.table, op.row, op.column, op.new),
        ).fetchone()
        if row is not None:
            found.add(op.op)
    return found


def there(sql: Connection, ops: Iterable[str]) -> set[str]:
    """Return those changes that the journal has."""
    rows = sql.execute(
        "SELECT op FROM journal_change WHERE op IN (SELECT value FROM json_each(?))", (json.dumps(sorted(ops)),)
    )
    return {row[0] for row in rows}


def came(sql: Connection, visit: str) -> list[tuple[Op, str]]:
    """Return every change that came in letters about a visit, with its signer."""
    rows = sql.execute(
        f"SELECT {_CELLS}, a.signer FROM journal_action a JOIN journal_change c ON c.action_id = a.id "
        "WHERE a.audience = ? AND a.signer IS NOT NULL",
        (visit,),
    )
    return [(_op(row), row[9]) for row in rows]


def letters_of(sql: Connection, visit: str) -> set[str]:
    """Return the segments about a visit that came, and whose bytes are here."""
    rows = sql.execute(
        "SELECT s.hash FROM sync_segment s JOIN sync_raw r ON r.hash = s.hash "
        "WHERE s.audience = ? AND s.state IN ('taken', 'waiting')",
        (visit,),
    )
    return {row[0] for row in rows}


def gone_out(sql: Connection, visit: str, rows: Iterable[tuple[str, str]]) -> None:
    """Keep that these records are among a visit's people: whoever joins them gets what this person wrote in them."""
    sql.executemany("INSERT OR IGNORE INTO sync_shared VALUES (?, ?, ?)", [(visit, *row) for row in rows])


def push_all(sql: Connection, visit: str) -> None:
    """Send what this person wrote, and has gone to a visit's people, to them once more, for there is somebody new."""
    sql.execute(
        "INSERT OR IGNORE INTO sync_push SELECT visit_id, table_name, row_id FROM sync_shared WHERE visit_id = ?",
        (visit,),
    )


def push_linked(sql: Connection, ops: Iterable[str]) -> None:
    """Send once more the records in which one of these changes came after one that replaced it.

    It says what that one replaced in turn. Whoever got that one without it would show both for ever.
    """
    sql.execute(
        "INSERT OR IGNORE INTO sync_push SELECT s.visit_id, s.table_name, s.row_id FROM json_each(?) g "
        "JOIN journal_change c ON c.op = g.value "
        "JOIN sync_shared s ON s.row_id = c.row_id AND s.table_name = c.table_name "
        "WHERE c.over <> '[]' AND EXISTS (SELECT 1 FROM journal_change l, json_each(l.over) o "
        "WHERE l.row_id = c.row_id AND l.column_name = c.column_name AND l.table_name = c.table_name "
        "AND l.seq < c.seq AND o.value = c.op)",
        (json.dumps(list(ops)),),
    )


def visits_of(sql: Connection, fingerprint: str) -> list[str]:
    """Return the visits that somebody takes part in."""
    rows = sql.execute(
        "SELECT DISTINCT visit_id FROM visit_share WHERE fingerprint = ? AND deleted = 0", (fingerprint,)
    )
    return [row[0] for row in rows]
