"""Choices between values that stand against each other: made over all of them, taken back, brought again.

A choice is an op over the versions. Taking it back writes each of them again beside the others, so that the question is
as open as before, on every computer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from observe_app.store.sync.apply import project
from observe_app.store.sync.conflicts import Names, candidates, company_values, is_any, is_words, live, prune, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from observe_app.domain.changes import FieldChange
    from observe_app.domain.sync.conflict import Conflict
    from observe_app.domain.sync.letter import Value
    from observe_app.store.sync.conflicts import Cell
    from observe_app.store.sync.connection import Connection


class Unit(Protocol):
    """What a unit of work gives: its transaction in plain SQL, and a while in which nothing is captured."""

    @property
    def plain(self) -> Connection:
        """The transaction."""

    def unheard(self) -> AbstractContextManager[None]:
        """Capture nothing meanwhile."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a cell is to show, instead of these versions: `over` are the ids of their ops."""

    cell: Cell
    value: Value
    over: tuple[str, ...]


_WRITE = (
    "INSERT INTO journal_change(op, action_id, table_name, row_id, column_name, old, new, over, stamp, inserted) "
    "VALUES (observe_op(?1, ?2), observe_action(), ?1, ?2, ?3, ?4, ?5, ?6, observe_stamp(), 0)"
)


def settle(unit: Unit, choices: Sequence[Choice]) -> None:
    """Make cells show what was chosen, in place of the versions that the person had on screen, and of no other."""
    for choice in choices:
        over = _with_equals(unit.plain, choice)
        _put(unit, choice.cell, choice.value, over)
    _follow(unit, {choice.cell[:2] for choice in choices})
    prune(unit.plain)


def _with_equals(sql: Connection, choice: Choice) -> tuple[str, ...]:
    """Return what a choice is made over: the versions, what says the same, what their computers wrote before them."""
    table, row, column = choice.cell
    heads = live(sql, table, row).get(column, [])
    names = Names(sql, None)
    chosen = [head for head in heads if head.op in choice.over]
    said = {same(head.new) for head in chosen}
    newest = {names.version(head).laptop: head.stamp for head in reversed(chosen)}
    if is_words(table, column):
        newest = {}
    more = [
        head.op for head in heads if same(head.new) in said or head.stamp < newest.get(names.version(head).laptop, "")
    ]
    return tuple(dict.fromkeys((*choice.over, *more)))


def _put(unit: Unit, cell: Cell, value: Value, over: Iterable[str]) -> None:
    table, row, column = cell
    shown = unit.plain.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
    old = shown[0] if shown is not None else None
    unit.plain.execute(_WRITE, (table, row, column, old, value, json.dumps(sorted(set(over)))))


def _follow(unit: Unit, rows: set[tuple[str, str]]) -> None:
    with unit.unheard():
        project(unit.plain, rows)


def going_along(sql: Connection, conflict: Conflict, op: str) -> tuple[Choice, ...]:
    """Return what the fields that go with a chosen version are to show: what they held when it was written."""
    heads = live(sql, conflict.table, conflict.row)
    found = []
    for other, value in company_values(sql, conflict, op).items():
        rivals = heads.get(other, [])
        if rivals and (len(rivals) > 1 or same(rivals[0].new) != same(value)):
            found.append(Choice((conflict.table, conflict.row, other), value, tuple(head.op for head in rivals)))
    return tuple(found)


def edits_of(sql: Connection, conflict: Conflict) -> tuple[str, ...]:
    """Return the edits of a record that were on screen beside its deletion; who deletes it now deletes them too.

    Of the computers whose edits were told, everything up to what was told of them.
    """
    told = {version.op for version in conflict.versions}
    heads = [head for some in live(sql, conflict.table, conflict.row).values() for head in some]
    newest = {head.stamp[-8:]: head.stamp for head in heads if head.op in told}
    latest = max(newest.values(), default="")
    return tuple(head.op for head in heads if head.stamp <= newest.get(head.stamp[-8:], latest))


def deletions_of(sql: Connection, conflict: Conflict) -> tuple[str, ...]:
    """Return the live words about whether a record is deleted; who keeps it speaks over all of them."""
    return tuple(head.op for head in live(sql, conflict.table, conflict.row).get("deleted", []))


def reopen(unit: Unit, changes: Sequence[FieldChange]) -> int:
    """Take a choice back: what stood against each other does so again; return how many cells were left alone."""
    left = 0
    for change in changes:
        sql = unit.plain
        heads = live(sql, change.table, change.row).get(change.column, [])
        if {same(head.new) for head in heads} != {same(change.new)}:
            left += 1
            continue
        standing = tuple(head.op for head in heads)
        for value in _versions(sql, change):
            _put(unit, (change.table, change.row, change.column), value, standing)
    _follow(unit, {(change.table, change.row) for change in changes})
    return left


def _versions(sql: Connection, change: FieldChange) -> list[Value]:
    """Return the values that a choice was made over, the one that was shown last."""
    rows = sql.execute(
        "SELECT new FROM journal_change WHERE op IN (SELECT value FROM json_each(?)) AND column_name = ? "
        "ORDER BY stamp, op",
        (json.dumps(list(change.over)), change.column),
    ).fetchall()
    values = {same(row[0]): row[0] for row in rows}
    values.pop(same(change.old), None)
    return [*values.values(), change.old]


def choose_again(unit: Unit, changes: Sequence[FieldChange], undone_by: str) -> int:
    """Bring back a choice that was taken back by an action; return how many cells were left alone."""
    left = 0
    for change in changes:
        heads = live(unit.plain, change.table, change.row).get(change.column, [])
        if not heads or any(head.action != undone_by for head in heads):
            left += 1
            continue
        over = (*(head.op for head in heads), *(change.over if change.column == "deleted" else ()))
        _put(unit, (change.table, change.row, change.column), change.new, over)
    _follow(unit, {(change.table, change.row) for change in changes})
    prune(unit.plain)
    return left


def keep_true(unit: Unit, touched: Iterable[tuple[str, str]]) -> None:
    """After a write here: records show what every computer will show, where something unseen stands against it."""
    if is_any(unit.plain):
        rows = {cell[:2] for cell in candidates(unit.plain, touched)}
        if rows:
            _follow(unit, rows)
