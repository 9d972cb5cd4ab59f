"""What ought to be: computed from what each person had on their screen, never from the program's own journal."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from observe_app.store.schema import Base, synced_tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.sim.installation import Installation, Written

Cell = tuple[str, str, str]
TABLES = frozenset(synced_tables())


@cache
def shape(table: str) -> dict[str, tuple[bool, object]]:
    """Return a table's columns: whether a record cannot be without it, and what it holds when nobody wrote it."""
    found: dict[str, tuple[bool, object]] = {}
    for column in Base.metadata.tables[table].columns:
        if column.name == "id":
            continue
        default = column.server_default
        text = str(default.arg) if default is not None else None  # type: ignore[union-attr]
        value: object = None
        if text is not None:
            value = text.strip("'") if text.startswith("'") else float(text) if "." in text else int(text)
        found[column.name] = (not column.nullable and default is None, value)
    return found


@dataclass
class Oracle:
    """Every acknowledged change of the world.

    Attributes:
        written, over: each change, and what it replaces, by what was on the screen.
        home: the laptop that wrote it.
        excused: changes that went down with a laptop before anybody else had them.
        through: what was typed over before it was sent never travels, so a change replaces what that one replaced.
    """

    written: dict[str, Written] = field(default_factory=dict)
    over: dict[str, frozenset[str]] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    through: bool = True

    def note(self, where: str, changes: Iterable[Written], *, made: bool = False) -> None:
        """Take down what a person did on a laptop. `made`: the record came to be by this."""
        for one in changes:
            assert one.op not in self.written, "an id was given twice"
            self.written[one.op] = one
            self.home[one.op] = where
            self.over[one.op] = frozenset() if made else self._over(one)

    def _over(self, one: Written) -> frozenset[str]:
        found = [self.written[op] for op in one.seen if op in self.written]
        return frozenset(
            other.op
            for other in found
            if (other.table, other.row) == (one.table, one.row) and one.column in {"deleted", other.column}
        )

    def _replaced(self, op: str, have: set[str]) -> set[str]:
        """Return what a change replaces; through one that never travelled (typed over before it was sent) too."""
        found: set[str] = set()
        todo = list(self.over[op])
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                if self.through and one not in have and one not in self.excused:
                    todo += self.over[one]
        return found

    def before(self, op: str) -> set[str]:
        """Return all that a change replaces, directly or through others."""
        found: set[str] = set()
        todo = list(self.over[op])
        while todo:
            one = todo.pop()
            if one not in found:
                found.add(one)
                todo += self.over[one]
        return found

    def heads(self, have: set[str]) -> dict[Cell, set[str]]:
        """Return the live changes of every cell for whoever has these changes."""
        gone: dict[tuple[str, str], set[str]] = {}
        for op in have:
            one = self.written[op]
            gone.setdefault((one.row, one.column), set()).update(self._replaced(op, have))
        live: dict[Cell, set[str]] = {}
        for op in have:
            one = self.written[op]
            if op not in gone[one.row, one.column]:
                live.setdefault((one.table, one.row, one.column), set()).add(op)
        return live

    def rows(
        self, heads: dict[Cell, set[str]], have: set[str], hidden: frozenset[tuple[str, str]] = frozenset()
    ) -> dict[tuple[str, str], dict[str, object]]:
        """Return the records that must be in the tables, with every column."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for (table, row, column), ops in heads.items():
            if table in TABLES and (table, column) not in hidden and column in shape(table):
                best = max(ops, key=lambda op: (self.written[op].stamp, op))
                found.setdefault((table, row), {})[column] = best
        whole: dict[tuple[str, str], dict[str, object]] = {}
        for (table, row), best in found.items():
            columns = shape(table)
            if any(needed and name not in best for name, (needed, _default) in columns.items()):
                continue
            values = {name: default for name, (_needed, default) in columns.items() if (table, name) not in hidden}
            values |= {name: self.written[op].value for name, op in best.items()}
            unseen = values.get("deleted") and self._edited_unseen(best["deleted"], table, row, heads, have, hidden)
            if unseen and table != "visit_share":  # who was removed stays so
                values["deleted"] = 0
            whole[table, row] = values
        return whole

    def _edited_unseen(
        self,
        deletion: str,
        table: str,
        row: str,
        heads: dict[Cell, set[str]],
        have: set[str],
        hidden: frozenset[tuple[str, str]],
    ) -> bool:
        """An edit by another laptop that the deleter had not seen keeps a record visible."""
        seen = self._replaced(deletion, have)
        by = self.written[deletion].stamp[-8:]
        return any(
            op not in seen and self.written[op].stamp[-8:] != by
            for name in shape(table)
            if name != "deleted" and (table, name) not in hidden
            for op in heads.get((table, row, name), ())
        )

    def check(self, laptop: Installation, have: set[str] | None = None) -> str:
        """Compare a laptop with what ought to be there; return "" or what is wrong.

        Args:
            have: the changes it must have; None for those that its journal holds.
        """
        got = {op for (op,) in laptop.sql.execute("SELECT op FROM journal_change")}
        if phantom := got - set(self.written):
            return f"phantom: {laptop.name} holds changes that nobody wrote: {sorted(phantom)[:3]}"
        if have is not None and (missing := have - got):
            return f"lost: {laptop.name} lacks {self.tell(missing)}"
        for op, value in laptop.sql.execute("SELECT op, new FROM journal_change"):
            if self.written[op].value != value:
                return f"phantom: {laptop.name} has another value for {op}: {value!r}"
        want = self.heads(got)
        heads: dict[Cell, set[str]] = {}
        for table, row, column, op in laptop.sql.execute(
            "SELECT table_name, row_id, column_name, op FROM journal_head"
        ):
            heads.setdefault((table, row, column), set()).add(op)
        if want != heads and self.excused:
            # What a change says it replaces may be told through one that went down with a laptop, or may not.
            gone, self.excused = self.excused, set()
            other, self.excused = self.heads(got), gone
            want = {cell: heads.get(cell, set()) if heads.get(cell) == other.get(cell) else want.get(cell, set())
                    for cell in want.keys() | other.keys()}  # fmt: skip
            want = {cell: ops for cell, ops in want.items() if ops}
        if want != heads:
            wrong = sorted(cell for cell in want.keys() | heads.keys() if want.get(cell) != heads.get(cell))
            one = wrong[0]
            must, there = self.tell(want.get(one, ())), self.tell(heads.get(one, ()))
            return f"heads: {laptop.name} {one}: must be {must}, is {there}"
        return self._check_tables(laptop, self.rows(want, got, laptop.hidden))

    def _check_tables(self, laptop: Installation, want: dict[tuple[str, str], dict[str, object]]) -> str:
        left = dict(want)
        for table in sorted(TABLES):
            cursor = laptop.sql.execute(f'SELECT * FROM "{table}"')
            names = [one[0] for one in cursor.description]
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                key = (table, row.pop("id"))
                must = left.pop(key, None)
                if must is None:
                    return f"table: {laptop.name} shows a record that ought not to be: {key}"
                for column, value in must.items():
                    if row[column] != value:
                        return f"table: {laptop.name} {key} {column}: must be {value!r}, is {row[column]!r}"
        if left:
            return f"table: {laptop.name} does not show {min(left)}"
        return ""

    def tell(self, ops: Iterable[str]) -> str:
        """Say changes for a person."""
        return str(
            sorted((self.written[op].table, self.written[op].column, self.written[op].value, op) for op in ops)[:4]
        )
