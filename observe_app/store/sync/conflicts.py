"""Values that stand against each other: made sure of, told with who wrote them and when, settled, and opened again.

`apply` and the triggers note every cell that may hold some (`sync_conflict`). Whether it does is asked of the live
values here: equal ones are no conflict. A choice is an op over all of them; taking a choice back writes each of them
again beside the others, so that it is as open as before, on every computer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync.conflict import Conflict, Version
from observe_app.domain.sync.written import FieldKind, asks_before_deleting, company, kind_of, leader
from observe_app.store.schema import Base
from observe_app.store.sync.apply import columns_of, fits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from observe_app.domain.sync.letter import Value
    from observe_app.store.sync.connection import Connection

Cell = tuple[str, str, str]
"""Table, row id, column."""

_MOST_STEPS_BACK = 20_000
_MOST_TRACED = 8


@dataclass(frozen=True, slots=True)
class Head:
    """A live op of a cell with the action it belongs to."""

    column: str
    op: str
    new: Value
    stamp: str
    over: tuple[str, ...]
    action: str
    at: str | None
    author: str | None
    signer: str | None
    kind: str
    undoes: str | None


_HEAD = (
    "c.column_name, c.op, c.new, c.stamp, c.over, c.action_id, a.at, a.author_id, a.signer, coalesce(a.kind, ''), "
    "a.undoes FROM journal_change c LEFT JOIN journal_action a ON a.id = c.action_id"
)


def candidates(sql: Connection, rows: Iterable[tuple[str, str]] | None = None) -> set[Cell]:
    """Return the cells that may hold values which stand against each other: of these records, or of all."""
    found = {tuple(row) for row in sql.execute("SELECT table_name, row_id, column_name FROM sync_conflict")}
    if rows is not None:
        wanted = set(rows)
        found = {cell for cell in found if cell[:2] in wanted}
    return found


def is_any(sql: Connection) -> bool:
    """Tell at once whether there may be any at all."""
    return sql.execute("SELECT 1 FROM sync_conflict LIMIT 1").fetchone() is not None


def listing(sql: Connection, me: str | None, rows: Iterable[tuple[str, str]] | None = None) -> tuple[Conflict, ...]:
    """Return what is open: of these records, or all of it; the ancestors are not looked up.

    Args:
        sql: a transaction.
        me: id of the person who asks, None where nobody said who they are.
        rows: (table, row id).
    """
    if not is_any(sql):
        return ()
    names = Names(sql, me)
    found: dict[Cell, Conflict] = {}
    by_row: dict[tuple[str, str], set[str]] = {}
    for table, row, column in candidates(sql, rows):
        by_row.setdefault((table, row), set()).add(column)
    for (table, row), columns in sorted(by_row.items()):
        for conflict in _of_row(sql, names, table, row, columns):
            found[conflict.table, conflict.row, conflict.column] = conflict
    return tuple(found.values())


def count(sql: Connection, me: str | None = None) -> int:
    """Return how many are open."""
    return len(listing(sql, me))


def prune(sql: Connection) -> None:
    """Forget noted cells in which nothing stands against anything any more."""
    gone = [cell for cell in candidates(sql) if not _stands_open(sql, cell)]
    sql.executemany("DELETE FROM sync_conflict WHERE table_name = ? AND row_id = ? AND column_name = ?", gone)


def _stands_open(sql: Connection, cell: Cell) -> bool:
    table, row, column = cell
    heads = live(sql, table, row)
    mine = heads.get(column, [])
    if len(_rivals(Names(sql, None), table, mine)) > 1:
        return True
    return column == "deleted" and bool(mine) and bool(mine[0].new) and bool(_unseen(mine, heads))


def same(value: Value) -> tuple[bool, Value]:
    """Return what two values that say the same have in common."""
    return isinstance(value, str), value


def live(sql: Connection, table: str, row: str) -> dict[str, list[Head]]:
    """Return the live ops of a record by column, the shown one first."""
    found: dict[str, list[Head]] = {}
    for line in sql.execute(
        f"SELECT {_HEAD} JOIN journal_head h ON h.op = c.op AND h.column_name = c.column_name AND h.row_id = c.row_id "
        "WHERE h.row_id = ? AND h.table_name = ? ORDER BY c.stamp DESC, c.op DESC",
        (row, table),
    ):
        head = _head(line)
        if fits(table, head.column, head.new):
            found.setdefault(head.column, []).append(head)
    return found


def _head(line: Sequence[Any]) -> Head:
    column, op, new, stamp, over, *rest = line
    return Head(column, op, new, stamp, tuple(json.loads(over)), *rest)


def _unseen(deletions: list[Head], heads: dict[str, list[Head]]) -> list[Head]:
    """Return the edits that whoever deleted the record had not seen, newest first."""
    newest = deletions[0]
    found = [
        head
        for column, versions in heads.items()
        if column != "deleted"
        for head in versions
        if head.op not in newest.over and head.stamp[-8:] != newest.stamp[-8:]
    ]
    return sorted(found, key=lambda head: (head.stamp, head.op), reverse=True)


def _of_row(sql: Connection, names: Names, table: str, row: str, columns: set[str]) -> list[Conflict]:
    known = columns_of(table)
    if not known:
        return []
    there = sql.execute(f'SELECT deleted FROM "{table}" WHERE id = ?', (row,)).fetchone()
    if there is None or there[0]:
        return []
    heads = live(sql, table, row)
    visit = _visit(sql, table, row)
    found = []
    for column in sorted({leader(table, column) for column in columns}):
        if column == "deleted":
            told = _deleted(names, table, row, visit, heads) if asks_before_deleting(table) else None
        else:
            told = _field(names, table, row, column, visit, heads)
        if told is not None:
            found.append(told)
    return found


def _visit(sql: Connection, table: str, row: str) -> str:
    if table == "visit":
        return row
    if "visit_id" not in columns_of(table):
        return ""
    found = sql.execute(f'SELECT visit_id FROM "{table}" WHERE id = ?', (row,)).fetchone()
    return str(found[0]) if found is not None and found[0] else ""


def _field(
    names: Names, table: str, row: str, column: str, visit: str, heads: dict[str, list[Head]]
) -> Conflict | None:
    if kind_of(table, column) is None:
        return None
    told = _rivals(names, table, heads.get(column, []))
    if len(told) < 2:
        return _led(names, table, row, column, visit, heads)
    return Conflict("field", table, row, column, visit, tuple(told))


def _rivals(names: Names, table: str, heads: list[Head]) -> list[Version]:
    """Return the values that stand against each other, newest first, equal ones once.

    Of what is no words, what one computer set later it set over what it had before, whatever it had on screen.
    """
    found: list[Version] = []
    laptops: set[str] = set()
    for head in heads:
        told = names.version(head)
        before = told.laptop in laptops and not is_words(table, head.column)
        if not before and not any(same(told.value) == same(one.value) for one in found):
            found.append(told)
        laptops.add(told.laptop)
    return found


def is_words(table: str, column: str) -> bool:
    """Tell whether a field holds words, of which none is ever taken to be superseded unseen."""
    return kind_of(table, column) in (FieldKind.TEXT, FieldKind.LINE)


def _led(names: Names, table: str, row: str, column: str, visit: str, heads: dict[str, list[Head]]) -> Conflict | None:
    """Return what stands open in a field that goes with this one, told as this one's versions by their actions."""
    for other in company(table, column):
        if leader(table, other) != column:
            continue
        rivals = _rivals(names, table, heads.get(other, []))
        if len(rivals) > 1:
            actions = {head.op: head.action for head in heads[other]}
            mine = {head.action: head.new for head in reversed(heads.get(column, []))}
            shown = heads[column][0].new if heads.get(column) else None
            told = tuple(replace(one, value=mine.get(actions[one.op], shown)) for one in rivals)
            return Conflict("field", table, row, column, visit, told)
    return None


def _deleted(names: Names, table: str, row: str, visit: str, heads: dict[str, list[Head]]) -> Conflict | None:
    """Return a deletion that met something unseen: the edits, or somebody's word that the record stays."""
    flags = heads.get("deleted", [])
    gone = [head for head in flags if head.new]
    if not gone:
        return None
    kept = [head for head in flags if not head.new]
    edits = kept or _unseen(gone, heads)
    if not edits:
        return None
    newest: dict[str, Version] = {}
    for head in sorted(edits, key=lambda head: kind_of(table, head.column) is None):  # words tell more than a place
        told = names.version(head)
        newest.setdefault(told.laptop, told)
    return Conflict(
        "delete", table, row, "deleted", visit, (*newest.values(), *(names.version(head) for head in gone[:1]))
    )


class Names:
    """Who wrote what, by name; each asked of the database once."""

    def __init__(self, sql: Connection, me: str | None) -> None:
        """Ask this database; `me` is the id of the person who asks."""
        self._sql, self._me = sql, me
        self._cards: dict[str, tuple[str, str]] = {}
        self._people: dict[str, str] = {}

    def version(self, head: Head) -> Version:
        """Return an op as it is told; of one that a choice's taking back wrote, who wrote it first."""
        first = self._first(head)
        person, name = self._who(first)
        return Version(
            op=head.op,
            value=head.new,
            by=name,
            mine=first.signer is None or (bool(self._me) and person == self._me),
            at=datetime.fromisoformat(first.at).astimezone(UTC) if first.at else None,
            laptop=first.stamp[-8:],
        )

    def _first(self, head: Head) -> Head:
        for _step in range(_MOST_TRACED):
            if head.kind != "undo" or not head.undoes:
                break
            choice = self._sql.execute(
                "SELECT over FROM journal_change c JOIN journal_action a ON a.id = c.action_id WHERE c.action_id = ? "
                "AND a.kind LIKE 'also.%' AND c.column_name = ? AND EXISTS (SELECT 1 FROM journal_change o "
                "WHERE o.op = ? AND o.row_id = c.row_id AND o.table_name = c.table_name)",
                (head.undoes, head.column, head.op),
            ).fetchone()
            before = (
                choice
                and self._sql.execute(
                    f"SELECT {_HEAD} WHERE c.op IN (SELECT value FROM json_each(?)) AND c.column_name = ? "
                    "AND c.new IS ? ORDER BY c.stamp DESC LIMIT 1",
                    (choice[0], head.column, head.new),
                ).fetchone()
            )
            if not before:
                break
            head = _head(before)
        return head

    def _who(self, head: Head) -> tuple[str, str]:
        """Return id and name of the person, "" for what is not known."""
        if head.signer:
            person, name = self._by_card(head.signer)
            if name:
                return person, name
        return head.author or "", self._by_id(head.author)

    def _by_card(self, fingerprint: str) -> tuple[str, str]:
        if fingerprint not in self._cards:
            found = self._sql.execute(
                "SELECT id, name FROM person WHERE card = ? ORDER BY deleted, id LIMIT 1", (fingerprint,)
            ).fetchone()
            if found is None:
                share = self._sql.execute(
                    "SELECT '', name FROM visit_share WHERE fingerprint = ? AND name <> '' ORDER BY id LIMIT 1",
                    (fingerprint,),
                ).fetchone()
                found = share or ("", "")
            self._cards[fingerprint] = (str(found[0]), str(found[1]))
        return self._cards[fingerprint]

    def _by_id(self, person: str | None) -> str:
        if not person:
            return ""
        if person not in self._people:
            found = self._sql.execute("SELECT name FROM person WHERE id = ?", (person,)).fetchone()
            self._people[person] = str(found[0]) if found is not None else ""
        return self._people[person]


# --- what all had seen --------------------------------------------------------------------------------


_UP = (
    "WITH RECURSIVE up(op) AS (VALUES(?) UNION SELECT o.value FROM up JOIN journal_change c ON c.op = up.op, "
    "json_each(c.over) o LIMIT ?) SELECT op FROM up"
)


def ancestor(sql: Connection, conflict: Conflict) -> Value:
    """Return the value that everybody had seen, None when the journal does not have it any more."""
    if conflict.kind != "field":
        return None
    shared: set[str] | None = None
    for version in conflict.versions:
        begun = _as_first_written(sql, version.op, conflict)
        above = {row[0] for row in sql.execute(_UP, (begun, _MOST_STEPS_BACK))} - {begun}
        shared = above if shared is None else shared & above
    if not shared:
        return _begun_empty(sql, conflict)
    names = json.dumps(sorted(shared))
    cell = (conflict.row, conflict.column)
    found = sql.execute(
        "SELECT new FROM journal_change WHERE op IN (SELECT value FROM json_each(?)) AND row_id = ? "
        "AND column_name = ? ORDER BY stamp DESC LIMIT 1",
        (names, *cell),
    ).fetchone()
    if found is None:  # it was never sent to us, and yet whoever wrote over it here had it on screen
        found = sql.execute(
            "SELECT c.old FROM journal_change c, json_each(c.over) o WHERE c.row_id = ? AND c.column_name = ? "
            "AND c.old IS NOT NULL AND o.value IN (SELECT value FROM json_each(?)) ORDER BY c.stamp LIMIT 1",
            (*cell, names),
        ).fetchone()
    return found[0] if found is not None else None


def _as_first_written(sql: Connection, op: str, conflict: Conflict) -> str:
    """Return the change that first said what this one says again because a choice was taken back; itself for none.

    What was chosen meanwhile is nothing that the two began with.
    """
    cell = (conflict.row, conflict.column)
    for _ in range(_MOST_TAKEN_BACK):
        rows = sql.execute(
            "SELECT e.op, e.new, e.new IS c.new FROM journal_change c, json_each(c.over) o "
            "JOIN journal_change w ON w.op = o.value, json_each(w.over) p JOIN journal_change e ON e.op = p.value "
            "WHERE c.op = ? AND e.row_id = ? AND e.column_name = ? ORDER BY e.stamp DESC",
            (op, *cell),
        ).fetchall()
        first = next((row[0] for row in rows if row[2]), None)
        if first is None or len({row[1] for row in rows}) < 2:
            break
        op = first
    return op


_MOST_TAKEN_BACK = 50
"""Times that a choice was taken back and made again which are followed back."""


def _begun_empty(sql: Connection, conflict: Conflict) -> Value:
    """Return the empty value where both wrote into a field that nobody had written into."""
    ops = json.dumps([version.op for version in conflict.versions])
    rows = sql.execute(
        "SELECT over, inserted FROM journal_change WHERE op IN (SELECT value FROM json_each(?))", (ops,)
    ).fetchall()
    column = columns_of(conflict.table).get(conflict.column)
    empty = column is not None and column[1] == "TEXT" and all(row[0] == "[]" and not row[1] for row in rows)
    return "" if empty and fits(conflict.table, conflict.column, "") else None


_NUMBER = (
    'SELECT count(*) FROM "{0}" o, "{0}" me WHERE me.id = ? AND o.visit_id = me.visit_id AND o.deleted = 0 '
    "AND (o.position, o.id) <= (me.position, me.id)"
)


def facts(sql: Connection, conflict: Conflict) -> tuple[int, int | None, str, str]:
    """Return what tells a record among its likes: number in its list, milliseconds of the lesson, kind, label.

    0, None and "" for what it does not have.
    """
    table, row = conflict.table, conflict.row
    if table in ("action_step", "turn"):
        return int(sql.execute(_NUMBER.format(table), (row,)).fetchone()[0]), None, "", ""
    asked = {
        "event": "SELECT offset_ms, kind, text FROM event WHERE id = ?",
        "claim": "SELECT NULL, kind, title FROM claim WHERE id = ?",
        "person": "SELECT NULL, '', name FROM person WHERE id = ?",
        "answer": "SELECT NULL, '', item FROM answer WHERE id = ?",
        "session": "SELECT NULL, '', title FROM session WHERE id = ?",
        "session_item": "SELECT NULL, '', title FROM session_item WHERE id = ?",
        "follow_up": "SELECT NULL, '', text FROM follow_up WHERE id = ?",
        "school_term": "SELECT NULL, '', name FROM school_term WHERE id = ?",
        "holiday": "SELECT NULL, '', name FROM holiday WHERE id = ?",
        "school_class": "SELECT NULL, '', name FROM school_class WHERE id = ?",
        "portfolio": "SELECT NULL, '', title FROM portfolio WHERE id = ?",
        "hours_entry": "SELECT NULL, '', what FROM hours_entry WHERE id = ?",
        "hours_rule": "SELECT NULL, '', kind FROM hours_rule WHERE id = ?",
        "peer_group": "SELECT NULL, '', name FROM peer_group WHERE id = ?",
        "goal": "SELECT NULL, '', title FROM goal WHERE id = ?",
        "reading": "SELECT NULL, '', \"on\" FROM reading WHERE id = ?",
        "resource": "SELECT NULL, '', title FROM resource WHERE id = ?",
        "group_member": "SELECT NULL, '', p.name FROM group_member m JOIN person p ON p.id = m.person_id "
        "WHERE m.id = ?",
    }.get(table)
    found = sql.execute(asked, (row,)).fetchone() if asked else None
    return (0, None, "", "") if found is None else (0, found[0], str(found[1]), str(found[2]))


_WITH = (
    "SELECT c.new FROM journal_change c JOIN journal_change me ON me.op = ?1 AND me.row_id = c.row_id "
    "WHERE c.column_name = ?2 AND (c.action_id = me.action_id OR c.stamp <= me.stamp AND ("
    "substr(c.stamp, -8) = substr(me.stamp, -8) "
    "OR NOT EXISTS (SELECT 1 FROM journal_head h WHERE h.row_id = c.row_id AND h.column_name = ?2 AND h.op = c.op))) "
    "ORDER BY c.action_id = me.action_id DESC, c.stamp DESC LIMIT 1"
)


def company_values(sql: Connection, conflict: Conflict, op: str) -> dict[str, Value]:
    """Return what goes with a version: the values of the same action, else those that its author had before them."""
    found: dict[str, Value] = {}
    for other in company(conflict.table, conflict.column):
        row = sql.execute(_WITH, (op, other)).fetchone()
        if row is None:  # as a new record has it
            default = Base.metadata.tables[conflict.table].columns[other].server_default
            row = sql.execute(f"SELECT {default.arg if default is not None else 'NULL'}").fetchone()  # type: ignore[attr-defined]
        found[other] = row[0]
    return found


def hidden(sql: Connection, rows: Iterable[tuple[str, str]]) -> set[str]:
    """Return the live ops of these records whose values are on no screen, because another one is shown there."""
    if not is_any(sql):
        return set()
    found: set[str] = set()
    for table, row, column in candidates(sql, rows):
        if column not in columns_of(table):
            continue
        shown = sql.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
        if shown is not None:
            heads = live(sql, table, row).get(column, [])
            found |= {head.op for head in heads if same(head.new) != same(shown[0])}
    return found
