"""Whether a database is whole: the file, the journal against the records, the search index."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex

from observe_app.store import driver, triggers
from observe_app.store.capture import Capture
from observe_app.store.database import set_pragmas
from observe_app.store.failures import told
from observe_app.store.schema import Base, synced_tables

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from observe_app.store.database import Store

_MOST = 20
_LIVE = (
    "SELECT c.row_id, c.column_name, c.op, c.table_name FROM journal_change c WHERE NOT EXISTS ("
    "SELECT 1 FROM journal_change later, json_each(later.over) o WHERE later.row_id = c.row_id "
    "AND later.column_name = c.column_name AND o.value = c.op)"
)
_HEADS = "SELECT row_id, column_name, op, table_name FROM journal_head"
_DOCUMENTS = "SELECT kind, row_id, visit_id, body FROM search_doc"


@contextlib.contextmanager
def _connection(store: Store) -> Iterator[sqlite3.Connection]:
    with told(store.path), contextlib.closing(driver.connect(store.path, store.key)) as connection:
        set_pragmas(connection, 5000)
        Capture(store.ids, store.clock).register(connection)
        yield connection


def problems(store: Store) -> tuple[str, ...]:
    """Return what is wrong, one line each, at most 20 of a kind; empty when all is well."""
    with _connection(store) as connection:
        return tuple(_problems(connection))


def repair(store: Store) -> tuple[str, ...]:
    """Make anew what can be: triggers, search index, live ops, SQLite's own indexes. No record is changed.

    Returns:
        What is still wrong.
    """
    with _connection(store) as connection:
        connection.execute("BEGIN IMMEDIATE")
        triggers.install(connection)
        for name, statement in _indexes(connection).items():
            if name != "ix_search_doc_row":  # that one only fits once the documents are made anew
                connection.execute(statement)
        triggers.rebuild_search(connection)
        for statement in _indexes(connection).values():
            connection.execute(statement)
        connection.execute("DELETE FROM journal_head")
        connection.execute(f"INSERT INTO journal_head(row_id, column_name, op, table_name) {_LIVE}")
        connection.execute("REINDEX")
        connection.execute("COMMIT")
        return tuple(_problems(connection))


def _problems(connection: sqlite3.Connection) -> Iterator[str]:
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            yield f"file: {line}"
    want = triggers.wanted()
    have = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    for name in want:
        if have.get(name) != want[name]:
            yield f"trigger missing or changed: {name}"
    for name in _indexes(connection):
        yield f"index missing: {name}"
    yield from _journal(connection)
    yield from _derived(connection)
    yield from _own_forms(connection)
    try:
        connection.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('integrity-check', 1)")
    except driver.errors() as error:
        yield f"search index: {error}"


def _own_forms(connection: sqlite3.Connection) -> Iterator[str]:
    """What a version of an own form holds must be what was stored."""
    for row, content, digest in connection.execute("SELECT id, content, digest FROM form_version"):
        if hashlib.sha256(content.encode()).hexdigest() != digest:
            yield f"not as it was stored: form_version {row}"


def _indexes(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the indexes that are missing, by name, as their DDL."""
    have = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}
    return {
        str(index.name): str(CreateIndex(index).compile(dialect=sqlite.dialect()))
        for table in Base.metadata.tables.values()
        for index in table.indexes
        if index.name not in have
    }


def _derived(connection: sqlite3.Connection) -> Iterator[str]:
    """What is worked out from the records and the journal must be what they say."""
    for name, wanted, kept in (
        ("live changes of the journal", _LIVE, _HEADS),
        ("words for searching", " UNION ALL ".join(triggers.documents()), _DOCUMENTS),
    ):
        for first, second in ((wanted, kept), (kept, wanted)):
            found = f"SELECT 1 FROM (SELECT * FROM ({first}) EXCEPT SELECT * FROM ({second})) LIMIT 1"
            if connection.execute(found).fetchone():
                yield f"not as the records say: {name}"
                break


def _journal(connection: sqlite3.Connection) -> Iterator[str]:
    """Folding the journal must give the tables: the newest op of every cell is the cell's value."""
    for table in synced_tables():
        for (row,) in connection.execute(
            "SELECT DISTINCT row_id FROM journal_change c WHERE table_name = ? AND inserted = 1 "
            f'AND NOT EXISTS (SELECT 1 FROM "{table}" t WHERE t.id = c.row_id) LIMIT {_MOST}',
            (table,),
        ):
            yield f"in the journal and nowhere else: {table} {row}"
        for column in Base.metadata.tables[table].columns:
            if column.name == "id":
                continue
            rows = connection.execute(
                f'SELECT t.id FROM "{table}" t WHERE t."{column.name}" IS NOT coalesce((SELECT c.new '
                "FROM journal_head h JOIN journal_change c ON c.op = h.op "
                "WHERE h.row_id = t.id AND h.column_name = ? AND h.table_name = ? "
                f"ORDER BY c.stamp DESC, c.op DESC LIMIT 1), {_otherwise(table, column.name)}) LIMIT {_MOST}",
                (column.name, table),
            ).fetchall()
            for (row,) in rows:
                yield f"journal and record differ: {table}.{column.name} of {row}"


def _otherwise(table: str, column: str) -> str:
    """What a cell without any op must hold: its default.

    A cell set to NULL by an op has a newest op of NULL, for which coalesce gives the default; columns that may be
    NULL have no other default, so both are the same.
    """
    default = Base.metadata.tables[table].columns[column].server_default
    return "NULL" if default is None else str(default.arg)  # type: ignore[attr-defined]
