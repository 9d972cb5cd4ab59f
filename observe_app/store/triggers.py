"""Triggers, written from the metadata: they capture every change once, and keep the search documents.

They call SQL functions that each connection provides (`capture`): `observe_capturing()`, `observe_op(table, row)`,
`observe_action()`, `observe_stamp()`, `observe_seen(op)`. A bulk UPDATE is captured as well as a single one; a write
outside a unit of work fails because no action is open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.store.schema import Base, synced_tables

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Table

_COLUMNS = "op, action_id, table_name, row_id, column_name, old, new, over, stamp, inserted"


def _default(table: Table, column: str) -> str:
    default = table.columns[column].server_default
    return str(default.arg) if default is not None else "NULL"  # type: ignore[attr-defined]


def _captured(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "id"]


def bulk_capture(table: Table) -> str:
    """Return the statement that writes the changes of many new rows at once; it takes their ids as a JSON list.

    It says the same as the trigger of a single row. A statement that fires a trigger for each of a thousand rows keeps
    its own journal of every page it touches, which took three quarters of the time of an import.
    """
    name = table.name
    parts = "\nUNION ALL ".join(
        f"SELECT observe_op('{name}', id), observe_action(), '{name}', id, '{column}', NULL, \"{column}\", '[]', "
        f'observe_stamp(), 1 FROM fresh WHERE "{column}" IS NOT {_default(table, column)}'
        for column in _captured(table)
    )
    fresh = f'SELECT found.* FROM json_each(?) AS given JOIN "{name}" AS found ON found.id = given.value'
    return f"WITH fresh AS MATERIALIZED ({fresh})\nINSERT INTO journal_change({_COLUMNS})\n{parts}"


def _capture(table: Table) -> dict[str, str]:
    name = table.name
    found: dict[str, str] = {}
    names = _captured(table)
    who = f"observe_op('{name}', new.id), observe_action(), '{name}', new.id"
    inserts = "\n".join(
        f"INSERT INTO journal_change({_COLUMNS}) SELECT {who}, '{column}', NULL, new.\"{column}\", '[]', "
        f'observe_stamp(), 1 WHERE new."{column}" IS NOT {_default(table, column)};'
        for column in names
    )
    found[f"journal_{name}_insert"] = (
        f'CREATE TRIGGER "journal_{name}_insert" AFTER INSERT ON "{name}" '
        f"WHEN observe_capturing() BEGIN\n{inserts}\nEND"
    )
    for column in names:
        # Who deletes a record deletes what they saw of all of it; what they had not seen keeps it.
        cell = "" if column == "deleted" else f"AND column_name = '{column}' "
        over = (
            f"(SELECT json_group_array(op) FROM journal_change WHERE row_id = new.id {cell}"
            f"AND table_name = '{name}' AND observe_seen(op))"
        )
        found[f"journal_{name}_{column}"] = (
            f'CREATE TRIGGER "journal_{name}_{column}" AFTER UPDATE OF "{column}" ON "{name}" '
            f'WHEN old."{column}" IS NOT new."{column}" AND observe_capturing() BEGIN\n'
            f"INSERT INTO journal_change({_COLUMNS}) VALUES ({who}, '{column}', "
            f'old."{column}", new."{column}", {over}, observe_stamp(), 0);\nEND'
        )
    return found


_OVER = """CREATE TRIGGER "journal_change_over" AFTER INSERT ON journal_change WHEN new.over <> '[]' BEGIN
DELETE FROM journal_head WHERE row_id = new.row_id AND column_name = new.column_name
 AND table_name = new.table_name AND op IN (SELECT value FROM json_each(new.over));
INSERT OR IGNORE INTO journal_dead(op, row_id, column_name, table_name)
 SELECT value, new.row_id, new.column_name, new.table_name FROM json_each(new.over)
 WHERE NOT EXISTS (SELECT 1 FROM journal_change WHERE op = value);
END"""
_HEAD = """CREATE TRIGGER "journal_change_head" AFTER INSERT ON journal_change
 WHEN NOT EXISTS (SELECT 1 FROM journal_dead WHERE op = new.op AND row_id = new.row_id
 AND column_name = new.column_name AND table_name = new.table_name) BEGIN
INSERT INTO journal_head(row_id, column_name, op, table_name)
 VALUES (new.row_id, new.column_name, new.op, new.table_name);
END"""

# A value that stands beside another one, or a deletion beside an edit that its author had not seen, is noted, whoever
# wrote it; whether it is a question is asked later (`store.sync.conflicts`).
_BESIDE = """CREATE TRIGGER "journal_change_beside" AFTER INSERT ON journal_change
 WHEN EXISTS (SELECT 1 FROM journal_head h WHERE h.row_id = new.row_id AND h.column_name = new.column_name
 AND h.table_name = new.table_name AND h.op <> new.op AND h.op NOT IN (SELECT value FROM json_each(new.over))) BEGIN
INSERT OR IGNORE INTO sync_conflict(table_name, row_id, column_name)
 VALUES (new.table_name, new.row_id, new.column_name);
END"""
_UNSEEN = """CREATE TRIGGER "journal_change_unseen" AFTER INSERT ON journal_change
 WHEN new.column_name = 'deleted' AND new.new = 1 AND EXISTS (
 SELECT 1 FROM journal_head h JOIN journal_change c ON c.op = h.op
 WHERE h.row_id = new.row_id AND h.table_name = new.table_name AND h.column_name <> 'deleted'
 AND substr(c.stamp, -8) <> substr(new.stamp, -8)
 AND h.op NOT IN (SELECT value FROM json_each(new.over))) BEGIN
INSERT OR IGNORE INTO sync_conflict(table_name, row_id, column_name)
 VALUES (new.table_name, new.row_id, 'deleted');
END"""

_EVENT_WORDS = "new.text || ' ' || replace(replace(replace(new.tags, '[', ''), ']', ''), '\"', ' ')"
_PERSON_WORDS = "new.name || ' ' || new.subjects || ' ' || new.email"
_VISIT_WORDS = " || ' ' || ".join(
    f"new.{name}" for name in ("class_name", "subject", "topic", "room", "focus", "form_title")
)

# table: (which visit, what is searched, which columns change it)
_SEARCHED = {
    "event": ("new.visit_id", _EVENT_WORDS, "text, tags, deleted"),
    "person": ("NULL", _PERSON_WORDS, "name, subjects, email, deleted"),
    "visit": ("new.id", _VISIT_WORDS, "class_name, subject, topic, room, focus, form_title, deleted"),
}


def _search() -> dict[str, str]:
    found = {
        "search_doc_insert": 'CREATE TRIGGER "search_doc_insert" AFTER INSERT ON search_doc BEGIN\n'
        "INSERT INTO search_fts(rowid, body) VALUES (new.pk, new.body);\nEND",
        "search_doc_delete": 'CREATE TRIGGER "search_doc_delete" AFTER DELETE ON search_doc BEGIN\n'
        "INSERT INTO search_fts(search_fts, rowid, body) VALUES ('delete', old.pk, old.body);\nEND",
        "search_doc_update": 'CREATE TRIGGER "search_doc_update" AFTER UPDATE ON search_doc BEGIN\n'
        "INSERT INTO search_fts(search_fts, rowid, body) VALUES ('delete', old.pk, old.body);\n"
        "INSERT INTO search_fts(rowid, body) VALUES (new.pk, new.body);\nEND",
    }
    for table, (visit, body, columns) in _SEARCHED.items():
        keep = "new.deleted = 0" + (" AND new.text <> ''" if table == "event" else "")
        add = (
            "INSERT INTO search_doc(kind, row_id, visit_id, body) "
            f"SELECT '{table}', new.id, {visit}, {body} WHERE {keep};"
        )
        quoted = ", ".join(f'"{column.strip()}"' for column in columns.split(","))
        found[f"search_{table}_insert"] = (
            f'CREATE TRIGGER "search_{table}_insert" AFTER INSERT ON "{table}" BEGIN\n{add}\nEND'
        )
        found[f"search_{table}_update"] = (
            f'CREATE TRIGGER "search_{table}_update" AFTER UPDATE OF {quoted} ON "{table}" BEGIN\n'
            f"DELETE FROM search_doc WHERE row_id = new.id AND kind = '{table}';\n{add}\nEND"
        )
    return found


def wanted() -> dict[str, str]:
    """Return every trigger by name, as its DDL."""
    found: dict[str, str] = {}
    for name in synced_tables():
        found |= _capture(Base.metadata.tables[name])
    found["journal_change_over"] = _OVER
    found["journal_change_head"] = _HEAD
    found["journal_change_beside"] = _BESIDE
    found["journal_change_unseen"] = _UNSEEN
    return found | _search()


def install(connection: sqlite3.Connection) -> bool:
    """Make the database's triggers those that are wanted; called at every start, inside a transaction.

    Alembic's batch mode drops triggers without a word, so what stands in the file is compared, not believed.

    Returns:
        Whether anything had to be made or dropped.
    """
    want = wanted()
    have = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    stale = [name for name in have if have[name] != want.get(name)]
    for name in stale:
        connection.execute('DROP TRIGGER "{}"'.format(name.replace('"', '""')))
    missing = [name for name in want if name in stale or name not in have]
    for name in missing:
        connection.execute(want[name])
    return bool(stale or missing)


def documents() -> tuple[str, ...]:
    """Return one SELECT for each kind of record: kind, row_id, visit_id and body as `search_doc` must hold them."""
    found = []
    for table, (visit, body, _columns) in _SEARCHED.items():
        keep = "deleted = 0" + (" AND text <> ''" if table == "event" else "")
        found.append(
            f"SELECT '{table}', id, {visit.replace('new.', '')}, {body.replace('new.', '')} "
            f'FROM "{table}" WHERE {keep}'
        )
    return tuple(found)


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Make the search documents and their index anew from the records; inside a transaction."""
    connection.execute("INSERT INTO search_fts(search_fts) VALUES ('delete-all')")
    connection.execute("DROP TRIGGER IF EXISTS search_doc_delete")
    connection.execute("DELETE FROM search_doc")
    connection.execute(_search()["search_doc_delete"])
    for select in documents():
        connection.execute(f"INSERT INTO search_doc(kind, row_id, visit_id, body) {select}")
