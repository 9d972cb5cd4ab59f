"""Erasing a visit for good: every row, every change of it in the journal, what is searched, what waits to be sent.

What stays is an `erasure` row and the ids that are needed to clean the shared folder: never a word that somebody wrote.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from observe_app.store.sync import refused
from observe_app.store.sync.apply import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.sync.letter import Op
    from observe_app.store.sync.connection import Connection
    from observe_app.store.sync.ledger import Writing

ERASE = "erase"
"""State of an own segment of an erased visit until its file is out of the folder."""
ERASED = "erased"
"""State of such a segment afterwards; that it was held stays known, so that nobody hands it over again."""

_KEPT = "erased:"
_VISITS = ("visit_id", "other_visit_id")
"""Columns that name the visit a record belongs to; what is about two visits goes with either."""
_NOT_ERASED = frozenset({"erasure"})
_LOCAL = ("draft", "lesson_anchor", "video", "sync_push", "sync_shared")


def obey(writing: Writing, ops: Sequence[Op], me: str) -> set[tuple[str, str]]:
    """Erase here what these changes, already judged, say was erased by its author."""
    found: set[tuple[str, str]] = set()
    for op in ops:
        if op.column == "visit_id" and isinstance(op.new, str):
            found |= erase(writing.sql, op.new, me)
    return found


def rows_of(sql: Connection, visit: str) -> set[tuple[str, str]]:
    """Return every record of a visit, those too that are not whole yet."""
    found = {("visit", visit)}
    for table in _tables(sql):
        for column in _VISITS if table not in _NOT_ERASED else ():
            if column in columns_of(table):
                rows = sql.execute(f'SELECT id FROM "{table}" WHERE {column} = ?', (visit,))
                found |= {(table, row[0]) for row in rows}
    found |= {
        (row[0], row[1])
        for row in sql.execute(
            "SELECT DISTINCT table_name, row_id FROM journal_change WHERE column_name IN ('visit_id', 'other_visit_id')"
            " AND new = ?",
            (visit,),
        )
        if row[0] not in _NOT_ERASED
    }
    return found


def _tables(sql: Connection) -> set[str]:
    from observe_app.store.schema import synced_tables  # noqa: PLC0415  (it is the largest module of the store)

    there = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {table for table in synced_tables() if table in there}


def erase(sql: Connection, visit: str, me: str = "") -> set[tuple[str, str]]:
    """Take all of a visit out of the database, inside the caller's transaction; nothing captured.

    Works on a database of any earlier format too. With `me` it is kept who must hear of it and what to clean in the
    shared folder.

    Returns:
        The records that are gone.
    """
    rows = rows_of(sql, visit)
    files = _files(sql, visit)
    if me:
        _remember(sql, visit, rows, me)
    tables = _by_table(rows)
    _journal(sql, tables)
    for table, ids in tables.items():
        sql.execute(f'DELETE FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (ids,))
    sql.execute("DELETE FROM journal_action WHERE scope = ? AND id NOT IN (SELECT action_id FROM journal_change)",
                (visit,))  # fmt: skip
    there = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    for table in there.intersection(_LOCAL):
        sql.execute(f"DELETE FROM {table} WHERE visit_id = ?", (visit,))
    if "sync_conflict" in there:
        for table, ids in tables.items():
            sql.execute(
                "DELETE FROM sync_conflict WHERE row_id IN (SELECT value FROM json_each(?)) AND table_name = ?",
                (ids, table),
            )
    if "sync_refused" in there:
        refused.erase_visit(sql, visit, tables)
    if "sync_segment" in there:
        _segments(sql, visit)
    _unkeep(sql, files, there)
    sql.execute("DELETE FROM search_doc WHERE visit_id = ?", (visit,))
    for table, ids in tables.items():
        sql.execute(
            "DELETE FROM search_doc WHERE row_id IN (SELECT value FROM json_each(?)) AND kind = ?", (ids, table)
        )
    sql.execute("INSERT INTO search_fts(search_fts) VALUES ('rebuild')")
    return rows


def _by_table(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the ids of records as JSON lists by table: an id says nothing without its table, for others choose it."""
    found: dict[str, list[str]] = {}
    for table, row in sorted(rows):
        found.setdefault(table, []).append(row)
    return {table: json.dumps(ids) for table, ids in found.items()}


def _journal(sql: Connection, tables: dict[str, str]) -> None:
    """Take changes and live values out of the journal, and actions that did nothing else."""
    actions: set[str] = set()
    for table, ids in tables.items():
        given = (ids, table)
        of_these = "row_id IN (SELECT value FROM json_each(?)) AND table_name = ?"
        actions |= {
            row[0] for row in sql.execute(f"SELECT DISTINCT action_id FROM journal_change WHERE {of_these}", given)
        }
        sql.execute(f"DELETE FROM journal_change WHERE {of_these}", given)
        sql.execute(f"DELETE FROM journal_head WHERE {of_these}", given)
    sql.execute(
        "DELETE FROM journal_action WHERE id IN (SELECT value FROM json_each(?)) "
        "AND id NOT IN (SELECT action_id FROM journal_change)",
        (json.dumps(sorted(actions)),),
    )


def _files(sql: Connection, visit: str) -> set[str]:
    """Return the SHA-256 of the files that only this visit kept."""
    there = {row[0] for row in sql.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found: set[str] = set()
    others: set[str] = set()
    for table, column in (("reply", "sha256"), ("attachment", "sha256"), ("attachment", "blob")):
        if table not in there:
            continue
        for digest, whose in sql.execute(f"SELECT {column}, visit_id FROM {table} WHERE {column} <> ''"):
            (found if whose == visit else others).add(digest)
    return found - others


def _unkeep(sql: Connection, files: Iterable[str], there: set[str]) -> None:
    if "kept_file" in there:
        sql.executemany("DELETE FROM kept_file WHERE sha256 = ?", [(one,) for one in files])


def _remember(sql: Connection, visit: str, rows: set[tuple[str, str]], me: str) -> None:
    """Keep who is to hear of it, through which folder, and the ids by which segments are cleaned."""
    # Whoever was removed keeps what they had, until it is erased; who never got anything hears nothing.
    shares = sql.execute(
        "SELECT fingerprint, folder FROM visit_share s WHERE visit_id = ? AND (deleted = 0 OR EXISTS ("
        "SELECT 1 FROM sync_segment WHERE audience = s.visit_id))",
        (visit,),
    ).fetchall()
    author = sql.execute("SELECT author FROM sync_visit WHERE visit_id = ?", (visit,)).fetchone()
    blobs = [
        row[0] for row in sql.execute("SELECT blob FROM attachment WHERE visit_id = ? AND blob <> ''", (visit,))
    ]  # fmt: skip
    mine = author is None or author[0] == me
    kept = {
        "folder": next((row[1] for row in shares if row[1]), ""),
        "people": sorted({row[0] for row in shares}) if mine else [],
        "rows": sorted(f"{table}/{row}" for table, row in rows),
        "gone": sorted(f"{table}/{row}" for table, row in rows),
        "blobs": blobs,
    }
    before = sql.execute("SELECT value FROM meta WHERE key = ?", (_KEPT + visit,)).fetchone()
    if before is not None:
        old = json.loads(before[0])
        kept = {name: value or old.get(name, value) for name, value in kept.items()}
        for name in ("rows", "gone"):
            kept[name] = sorted({*kept[name], *old.get(name, ())})
    sql.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (_KEPT + visit, json.dumps(kept)),
    )


def _segments(sql: Connection, visit: str) -> None:
    """Let the bytes go of all segments about the visit; own ones are to go out of the folder too."""
    sql.execute("DELETE FROM sync_raw WHERE hash IN (SELECT hash FROM sync_segment WHERE audience = ?)", (visit,))
    sql.execute("DELETE FROM sync_segment WHERE audience = ? AND state = 'out'", (visit,))
    sql.execute(
        "UPDATE sync_segment SET state = ? WHERE audience = ? AND state IN ('published', 'covered')", (ERASE, visit)
    )
    sql.execute(
        "INSERT INTO meta(key, value) VALUES ('sync_segments', '1') "
        "ON CONFLICT(key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)"
    )


def sweep(sql: Connection) -> None:
    """Let the bytes go of letters about erased visits that came since."""
    sql.execute(
        "DELETE FROM sync_raw WHERE hash IN (SELECT hash FROM sync_segment WHERE state <> ? AND audience IN ("
        "SELECT visit_id FROM erasure WHERE deleted = 0)) AND NOT EXISTS ("
        "SELECT 1 FROM sync_segment o WHERE o.hash = sync_raw.hash AND o.state = 'out')",
        (ERASE,),
    )


def unfinished(sql: Connection) -> dict[str, dict[str, list[str]]]:
    """Return, by erased visit, what is still to be cleaned in segments: "rows" and "blobs"."""
    found = {}
    for key, value in sql.execute("SELECT key, value FROM meta WHERE key LIKE 'erased:%'"):
        kept = json.loads(value)
        if kept.get("rows") or kept.get("blobs"):
            found[key.removeprefix(_KEPT)] = kept
    return found


def finished(sql: Connection, visit: str) -> None:
    """Forget the ids: the shared folder holds nothing of the visit from here any more."""
    row = sql.execute("SELECT value FROM meta WHERE key = ?", (_KEPT + visit,)).fetchone()
    if row is not None:
        kept = {**json.loads(row[0]), "rows": [], "blobs": []}
        sql.execute("UPDATE meta SET value = ? WHERE key = ?", (json.dumps(kept), _KEPT + visit))


def tell_others(sql: Connection, visit: str, row: str, me: str) -> None:
    """Hand on that a visit was erased where it was erased on a computer that did not know yet who had it."""
    kept = sql.execute("SELECT value FROM meta WHERE key = ?", (_KEPT + visit,)).fetchone()
    if kept is not None and set(json.loads(kept[0])["people"]) - {me}:
        sql.execute("INSERT OR IGNORE INTO sync_push VALUES (?, 'erasure', ?)", (visit, row))


def tell_also(sql: Connection, visit: str, by: str, names: set[str], *, author: str = "", folder: str = "") -> None:
    """Tell these people too that a visit was erased: one who takes part had let them in before they heard of it.

    Args:
        sql: the database.
        visit: its id.
        by: fingerprint of who let them in.
        names: their fingerprints.
        author: own fingerprint where this person made the visit: they may have shared it and not know that any more,
            for this computer went back to an older record.
        folder: id of the shared folder that the word came through.
    """
    kept = sql.execute("SELECT value FROM meta WHERE key = ?", (_KEPT + visit,)).fetchone()
    about = {} if kept is None else json.loads(kept[0])
    people = set(about.get("people", ()))
    if names and by == author:
        people.add(author)
    if by not in people or names <= people:
        return
    about["people"], about["folder"] = sorted(people | names), about.get("folder") or folder
    sql.execute("UPDATE meta SET value = ? WHERE key = ?", (json.dumps(about), _KEPT + visit))
    sql.execute(
        "INSERT OR IGNORE INTO sync_push SELECT visit_id, 'erasure', id FROM erasure "
        "WHERE visit_id = ? AND deleted = 0",
        (visit,),
    )


def gone(sql: Connection) -> tuple[frozenset[str], frozenset[str]]:
    """Return the visits that were erased, and their records as "table/id": words of theirs may still come."""
    visits = frozenset(row[0] for row in sql.execute("SELECT visit_id FROM erasure WHERE deleted = 0"))
    if not visits:
        return visits, frozenset()
    rows: set[str] = set()
    for (value,) in sql.execute("SELECT value FROM meta WHERE key LIKE 'erased:%'"):
        rows.update(json.loads(value).get("gone", ()))
    return visits, frozenset(rows)


def came_late(sql: Connection, visit: str, rows: set[tuple[str, str]]) -> None:
    """Take out what came of records of which it turns out now that they belong to an erased visit."""
    row = sql.execute("SELECT value FROM meta WHERE key = ?", (_KEPT + visit,)).fetchone()
    kept = json.loads(row[0]) if row is not None else {"folder": "", "people": [], "rows": [], "gone": [], "blobs": []}
    fresh = rows - {tuple(one.split("/", 1)) for one in kept.get("gone", ())}
    if not fresh:
        return
    kept["gone"] = sorted({*kept.get("gone", ()), *(f"{table}/{row}" for table, row in fresh)})
    sql.execute(
        "INSERT INTO meta(key, value) VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        (_KEPT + visit, json.dumps(kept)),
    )
    tables = _by_table(fresh)
    _journal(sql, tables)
    for table, ids in tables.items():
        if columns_of(table):
            sql.execute(f'DELETE FROM "{table}" WHERE id IN (SELECT value FROM json_each(?))', (ids,))
