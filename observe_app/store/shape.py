"""Whether a file has the tables that this version works with, and nothing that stands in for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.store.schema import Base

if TYPE_CHECKING:
    import sqlite3

_FROM_THE_START = frozenset({"person", "visit", "visit_member", "event", "journal_change", "journal_action", "meta"})
_INDEXES = frozenset({"search_fts", "alembic_version"})


def fault(connection: sqlite3.Connection, *, whole: bool) -> str:
    """Return what is wrong with a file's tables, "" when nothing is.

    Args:
        connection: open on the file.
        whole: every table and column of this version must be there; else only those that every version has.
    """
    if connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'view'").fetchone()[0]:
        return "a view stands where only tables belong"
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    wanted = set(Base.metadata.tables) | _INDEXES if whole else set(_FROM_THE_START)
    if missing := sorted(wanted - tables):
        return f"missing: {', '.join(missing)}"
    names = ", ".join(f"('{name}')" for name in Base.metadata.tables)
    rows = connection.execute(
        f"SELECT w.column1, c.name, c.hidden FROM (VALUES {names}) w, pragma_table_xinfo(w.column1) c"
    ).fetchall()
    if any(hidden for _table, _column, hidden in rows):
        return "a column is computed where it should hold what was written"
    have = {(table, column) for table, column, _hidden in rows}
    if whole:
        for table in Base.metadata.tables.values():
            lost = [column.name for column in table.columns if (table.name, column.name) not in have]
            if lost:
                return f"missing: {table.name}.{lost[0]}"
    if connection.execute("SELECT count(*) FROM meta WHERE key = 'writer'").fetchone()[0] != 1:
        return "it does not say which installation wrote it"
    return ""
