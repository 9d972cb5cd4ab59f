"""Taking in what others wrote: ops join the journal, and the records become what the journal says.

The journal is the truth; a record shows, in each cell, the live value with the highest stamp. Ops may come in any
order, twice, and before the record that they belong to: the record appears once all it must have is there. An op of a
table or column that this version does not know waits in the journal until a version that does (`project_unknown`).
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync.rights import JOINT
from observe_app.store.schema import Base, synced_tables
from observe_app.store.sync import clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.sync.letter import ActionHead, Op
    from observe_app.store.sync.connection import Connection

Row = tuple[str, str]
"""Table and row id."""


DELETED_FOR_GOOD = frozenset({"visit_share"})
"""Tables whose records stay deleted whatever somebody wrote meanwhile: who was removed reads no further."""


@cache
def columns_of(table: str) -> dict[str, tuple[bool, str]]:
    """Return a synced table's columns but the id: whether a record cannot be without it, and its type in SQLite."""
    if table not in synced_tables():
        return {}
    return {
        column.name: (not column.nullable and column.server_default is None, _kind(column))
        for column in Base.metadata.tables[table].columns
        if column.name != "id"
    }


def _kind(column: Any) -> str:
    return str(getattr(column.type, "impl", column.type)).upper()


def fits(table: str, column: str, value: object) -> bool:
    """Tell whether a cell may hold this value: its type, what can be read back, and NULL only where that is allowed.

    A letter may say anything. What no reader could turn into a moment, a day or a list stays in the journal and never
    comes into a record, where it would fail every list that the record is in.
    """
    known = columns_of(table).get(column)
    if known is None:
        return True
    if value is None:
        return bool(Base.metadata.tables[table].columns[column].nullable)
    if isinstance(value, bool):
        return False
    if known[1].startswith("INT"):
        return isinstance(value, int) and -_LARGEST <= value <= _LARGEST
    if known[1].startswith(("REAL", "FLOAT")):
        return isinstance(value, (int, float)) and -_LARGEST <= value <= _LARGEST
    return isinstance(value, str) and _readable(Base.metadata.tables[table].columns[column].type, value)


_LARGEST = 10**13
"""Milliseconds of three hundred years; more would overflow where it becomes a length of time."""


def _readable(kind: Any, text: str) -> bool:
    read = getattr(kind, "process_result_value", None)
    if read is None:
        return True
    try:
        found = read(text, None)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return False
    # The first and the last year of all cannot be turned into every zone's time.
    return not isinstance(found, date) or 1 < found.year < 9999


def take_in(
    connection: Connection,
    *,
    actions: Sequence[ActionHead],
    ops: Sequence[Op],
    writer: str,
    signer: str | None,
    audience: str,
) -> set[Row]:
    """Join ops to the journal and make the records follow; inside the caller's transaction, nothing captured.

    Args:
        connection: with `observe_capturing()` returning 0.
        actions: those that the ops belong to.
        ops: judged already; nothing here asks who may write what.
        writer: of the letter.
        signer: of the letter, None for what was done here.
        audience: kept with the actions.

    Returns:
        The records that changed or may have.
    """
    clock.keep_own(connection)
    _insert_actions(connection, actions, writer, signer, audience)
    known = _known(connection, ops)
    fresh = [op for op in ops if op.op not in known]
    connection.executemany(
        "INSERT OR IGNORE INTO journal_change"
        "(op, action_id, table_name, row_id, column_name, old, new, over, stamp, inserted) "
        "VALUES (?, ?, ?, ?, ?, NULL, ?, ?, ?, ?)",
        [
            (
                op.op,
                op.action,
                op.table,
                op.row,
                op.column,
                op.new,
                json.dumps(op.over) if op.over else "[]",
                op.stamp,
                int(op.inserted),
            )
            for op in fresh
        ],
    )
    for op in ops:
        if op.op in known:
            _know_over(connection, op)
    touched = {(op.table, op.row) for op in ops}
    project(connection, touched)
    return touched


def _insert_actions(
    connection: Connection, actions: Iterable[ActionHead], writer: str, signer: str | None, audience: str
) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO journal_action"
        "(id, kind, at, writer, author_id, scope, undoes, undone, undoable, skipped, signer, audience) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, ?, ?)",
        [(one.id, one.kind, one.at, writer, one.author, one.scope, one.undoes, signer, audience) for one in actions],
    )


def _known(connection: Connection, ops: Sequence[Op]) -> set[str]:
    ids = json.dumps([op.op for op in ops])
    rows = connection.execute("SELECT op FROM journal_change WHERE op IN (SELECT value FROM json_each(?))", (ids,))
    return {row[0] for row in rows}


def _know_over(connection: Connection, op: Op) -> None:
    """Learn what an op had superseded that came before with less of that, or not at all."""
    found = connection.execute("SELECT over FROM journal_change WHERE op = ?", (op.op,)).fetchone()
    more = set(op.over) - set(json.loads(found[0]))
    if not more:
        return
    whole = sorted(set(json.loads(found[0])) | more)
    connection.execute("UPDATE journal_change SET over = ? WHERE op = ?", (json.dumps(whole), op.op))
    names = json.dumps(sorted(more))
    connection.execute(
        "DELETE FROM journal_head WHERE row_id = ? AND column_name = ? AND table_name = ? "
        "AND op IN (SELECT value FROM json_each(?))",
        (op.row, op.column, op.table, names),
    )
    connection.execute(
        "INSERT OR IGNORE INTO journal_dead(op, row_id, table_name, column_name) "
        "SELECT value, ?, ?, ? FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM journal_change WHERE op = value)",
        (op.row, op.table, op.column, names),
    )


_HEADS = (
    "SELECT h.row_id, h.column_name, c.new, c.stamp, c.op FROM json_each(?) given "
    "JOIN journal_head h ON h.row_id = given.value JOIN journal_change c ON c.op = h.op "
    "WHERE h.table_name = ? ORDER BY c.stamp, c.op"
)


def project(connection: Connection, rows: Iterable[Row]) -> None:
    """Make these records what the journal's live ops say, and note cells where values stand against each other."""
    by_table: dict[str, list[str]] = {}
    for table, row in rows:
        by_table.setdefault(table, []).append(row)
    for table, ids in by_table.items():
        columns = columns_of(table)
        if not columns:
            continue
        cells: dict[str, dict[str, list[tuple[Any, str, str]]]] = {row: {} for row in ids}
        for row, column, new, stamp, op in connection.execute(_HEADS, (json.dumps(ids), table)):
            if column in columns and fits(table, column, new):
                cells[row].setdefault(column, []).append((new, stamp, op))
        _write(connection, table, columns, cells)


def _write(
    connection: Connection,
    table: str,
    columns: dict[str, tuple[bool, str]],
    cells: dict[str, dict[str, list[tuple[Any, str, str]]]],
) -> None:
    names = tuple(columns)
    listed = ", ".join(f'"{name}"' for name in names)
    there: dict[str, dict[str, Any]] = {
        row[0]: dict(zip(names, row[1:], strict=True))
        for row in connection.execute(
            f'SELECT id, {listed} FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))',
            (json.dumps(list(cells)),),
        )
    }
    open_cells: list[tuple[str, str, str]] = []
    inserts: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    updates: dict[str, list[tuple[Any, ...]]] = {}
    back: list[str] = []
    for row, heads in cells.items():
        shown = {column: versions[-1][0] for column, versions in heads.items()}
        open_cells += [(table, row, column) for column, found in heads.items() if len(found) > 1]
        if shown.get("deleted") and table not in DELETED_FOR_GOOD and _edited_unseen(connection, heads):
            shown["deleted"] = 0
            open_cells.append((table, row, "deleted"))
        if row in there:
            before = there[row]
            if before.get("deleted") and not shown.get("deleted", 1):
                back.append(row)
            for column, value in shown.items():
                if before[column] != value:
                    updates.setdefault(column, []).append((value, row))
        elif all(column in shown for column, (needed, _kind) in columns.items() if needed):
            given = tuple(sorted(shown))
            inserts.setdefault(given, []).append((row, *(shown[name] for name in given)))
    for given, values in inserts.items():
        quoted = "".join(f', "{name}"' for name in given)
        connection.executemany(f'INSERT INTO "{table}"(id{quoted}) VALUES (?{", ?" * len(given)})', values)
    for column, changes in updates.items():
        connection.executemany(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', changes)
    connection.executemany("INSERT OR IGNORE INTO sync_conflict VALUES (?, ?, ?)", open_cells)
    if back and table in JOINT:
        _say_again(connection, table, back)


def _say_again(connection: Connection, table: str, rows: list[str]) -> None:
    """Send what came back once more: whoever joined a visit while it was deleted was told of the deletion alone."""
    connection.execute(
        "INSERT OR IGNORE INTO sync_push SELECT visit_id, table_name, row_id FROM sync_shared "
        "WHERE table_name = ? AND row_id IN (SELECT value FROM json_each(?))",
        (table, json.dumps(rows)),
    )


def _edited_unseen(connection: Connection, heads: dict[str, list[tuple[Any, str, str]]]) -> bool:
    """Tell whether somebody else edited a record that was deleted, and who deleted it had not seen that."""
    new, stamp, op = heads["deleted"][-1]
    assert new  # noqa: S101  (asked of deleted records alone)
    over = connection.execute("SELECT over FROM journal_change WHERE op = ?", (op,)).fetchone()
    seen = set(json.loads(over[0]))
    return any(
        other not in seen and when[-8:] != stamp[-8:]
        for column, versions in heads.items()
        if column != "deleted"
        for _value, when, other in versions
    )


def project_unknown(connection: Connection) -> None:
    """Make records follow ops that a version before this one did not know; called once after an upgrade."""
    for table in synced_tables():
        rows = connection.execute(
            "SELECT DISTINCT h.row_id FROM journal_head h JOIN journal_change c ON c.op = h.op "
            "JOIN journal_action a ON a.id = c.action_id WHERE h.table_name = ? AND a.signer IS NOT NULL",
            (table,),
        ).fetchall()
        project(connection, {(table, row[0]) for row in rows})


def evict(connection: Connection, ops: Sequence[str]) -> set[Row]:
    """Take ops out of the journal again whose author turned out to have had no right to them; records follow.

    What they replaced is live again, a cell that nothing is left for goes back to empty, and a record that only they
    made is gone.
    """
    names = json.dumps(list(ops))
    found = connection.execute(
        "SELECT table_name, row_id, column_name, op FROM journal_change WHERE op IN (SELECT value FROM json_each(?))",
        (names,),
    ).fetchall()
    replaced = connection.execute(
        "SELECT DISTINCT o.value, c.row_id, c.column_name, c.table_name FROM journal_change c, json_each(c.over) o "
        "WHERE c.op IN (SELECT value FROM json_each(?))",
        (names,),
    ).fetchall()
    connection.execute("DELETE FROM journal_change WHERE op IN (SELECT value FROM json_each(?))", (names,))
    connection.execute("DELETE FROM journal_head WHERE op IN (SELECT value FROM json_each(?))", (names,))
    connection.executemany(
        "DELETE FROM journal_dead WHERE op = ?1 AND row_id = ?2 AND column_name = ?3 AND table_name = ?4 "
        "AND NOT EXISTS (SELECT 1 FROM journal_change l, json_each(l.over) o "
        "WHERE l.row_id = ?2 AND l.column_name = ?3 AND l.table_name = ?4 AND o.value = ?1)",
        replaced,
    )
    connection.executemany(
        "INSERT OR IGNORE INTO journal_dead(op, row_id, table_name, column_name) SELECT ?1, ?2, ?4, ?3 WHERE EXISTS ("
        "SELECT 1 FROM journal_change l, json_each(l.over) o "
        "WHERE l.row_id = ?2 AND l.column_name = ?3 AND l.table_name = ?4 AND o.value = ?1)",
        [(op, row, column, table) for table, row, column, op in found],  # should they come again
    )
    for table, row, column in {one[:3] for one in found}:
        connection.execute(
            "INSERT OR IGNORE INTO journal_head(row_id, column_name, op, table_name) "
            "SELECT c.row_id, c.column_name, c.op, c.table_name FROM journal_change c "
            "WHERE c.row_id = ?1 AND c.column_name = ?2 AND c.table_name = ?3 AND c.op NOT IN ("
            "SELECT o.value FROM journal_change l, json_each(l.over) o "
            "WHERE l.row_id = ?1 AND l.column_name = ?2 AND l.table_name = ?3)",
            (row, column, table),
        )
        _empty(connection, table, row, column)
    touched = {(table, row) for table, row, _column, _op in found}
    project(connection, touched)
    return touched


def _empty(connection: Connection, table: str, row: str, column: str) -> None:
    """Put a cell back to what it is when nobody wrote it, before its live value is put in, if there is one."""
    known = columns_of(table).get(column)
    left = connection.execute(
        "SELECT 1 FROM journal_head WHERE row_id = ? AND column_name = ? AND table_name = ?", (row, column, table)
    ).fetchone()
    if known is None or left is not None:
        return
    if known[0]:
        if "deleted" in columns_of(table):
            connection.execute(f'UPDATE "{table}" SET deleted = 1 WHERE id = ?', (row,))  # leaves the search too
        connection.execute(f'DELETE FROM "{table}" WHERE id = ?', (row,))
        return
    default: Any = Base.metadata.tables[table].columns[column].server_default
    value = "NULL" if default is None else str(default.arg)
    connection.execute(f'UPDATE "{table}" SET "{column}" = {value} WHERE id = ?', (row,))


__all__ = ["clock", "columns_of", "evict", "fits", "project", "project_unknown", "take_in"]
