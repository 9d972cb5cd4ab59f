"""One simulated installation: the program's own tables, triggers, journal and ledger on a database in memory.

A user's edit is written as `store.unit.WriteUnit` writes it: one transaction, a row of `journal_action`, and `seen` =
the ids of the changes that were on the screen when the editor opened.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from observe_app.domain.ids import Ids
from observe_app.store import migrate, triggers
from observe_app.store.capture import Capture
from observe_app.store.columns import utc_text
from observe_app.store.sync.ledger import Ledger

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

START_MS = 1_790_000_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Killed(BaseException):
    """The process ended here, between two steps or inside one; whatever was not committed is gone."""


class SimClock:
    """The wall clock of one computer: the world's time and how far this one is off."""

    def __init__(self, now_ms: Callable[[], int], off_ms: int = 0) -> None:
        self._now_ms = now_ms
        self.off_ms = off_ms

    def now(self) -> datetime:
        return _EPOCH + timedelta(milliseconds=self._now_ms() + self.off_ms)

    def monotonic_ms(self) -> int:
        return self._now_ms() - START_MS

    def boot(self) -> str:
        return "sim"

    def zone_name(self) -> str:
        return "UTC"


class SimLedger(Ledger):
    """A ledger that lets the person type, or the process die, before each transaction of a round."""

    between: Callable[[], None] = staticmethod(lambda: None)
    busy = False

    def reading(self) -> AbstractContextManager:
        self._pause()
        return super().reading()

    @contextmanager
    def writing(self) -> Iterator:
        self._pause()
        with super().writing() as writing:
            yield writing
        self._pause()

    def _pause(self) -> None:
        if self.busy or self._connection.in_transaction:
            return
        self.busy = True
        try:
            self.between()
        finally:
            self.busy = False


Rows = dict[str, list[tuple[object, ...]]]
"""All that a database holds, by table."""

_DERIVED = ("journal_head", "journal_dead", "sync_conflict", "search_doc")
"""Tables that triggers write."""


@cache
def blank() -> bytes:
    """Return an empty database as bytes; opening a copy is five times faster than making one."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA page_size = 1024")
    for statement in migrate.create_statements():
        connection.execute(statement)
    triggers.install(connection)
    data: bytes = connection.serialize()
    connection.close()
    return data


class Desk:
    """A connection with a database in memory, used by one installation after the other.

    Reading hundreds of triggers and preparing statements that fire them takes longer than a schedule takes for the
    rest. So a connection is not thrown away but emptied; what is overwritten is overwritten with zeros, for words of
    an earlier schedule must not be found in a later one's database.
    """

    def __init__(self) -> None:
        """Open an empty database."""
        self.sql = sqlite3.connect(":memory:", isolation_level=None, cached_statements=2_000)
        self.sql.deserialize(blank())
        self.sql.execute("PRAGMA secure_delete = ON")
        self._functions: dict[str, Callable[..., object]] = {}
        listed = self.sql.execute("SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' ORDER BY name")
        self._tables = {
            name: "" if without_rowid else "ORDER BY rowid"
            for name, kind, without_rowid in listed
            if kind == "table" and not name.startswith("sqlite_")
        }

    def create_function(self, name: str, arguments: int, function: Callable[..., object]) -> None:
        """Stand in for the connection's own: a function that is given anew would cost it all it has prepared."""

        def call(*given: object) -> object:
            return self._functions[name](*given)

        if name not in self._functions:
            self.sql.create_function(name, arguments, call)
        self._functions[name] = function

    def clear(self) -> None:
        """Make the database as empty as a new one."""
        if self.sql.in_transaction:
            self.sql.execute("ROLLBACK")
        self.sql.execute("BEGIN")
        for table in self._tables:
            self.sql.execute(f'DELETE FROM "{table}"')
        self.sql.execute("INSERT INTO search_fts(search_fts) VALUES ('delete-all')")
        self.sql.execute("COMMIT")

    def rows(self) -> Rows:
        """Return all that the database holds."""
        return {
            table: found
            for table, order in self._tables.items()
            if (found := self.sql.execute(f'SELECT * FROM "{table}" {order}').fetchall())
        }

    def fill(self, rows: Rows) -> None:
        """Put into the empty database what another one held. What triggers wrote meanwhile gives way to that."""
        self.sql.execute("BEGIN")
        for table in (one for one in rows if one not in _DERIVED):
            self._insert(table, rows[table])
        for table in _DERIVED:
            self.sql.execute(f'DELETE FROM "{table}"')
            self._insert(table, rows.get(table, []))
        self.sql.execute("COMMIT")

    def _insert(self, table: str, rows: list[tuple[object, ...]]) -> None:
        if rows:
            self.sql.executemany(f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(rows[0]))})', rows)


_FREE: list[Desk] = []
"""Cleared ones of this process."""
_MOST_FREE = 5


@dataclass(frozen=True, slots=True)
class Written:
    """One change as the journal took it, and what was on the screen."""

    op: str
    table: str
    row: str
    column: str
    value: object
    stamp: str
    seen: frozenset[str]


@dataclass
class Installation:
    """A laptop with a data folder. `hidden`: columns and tables that its old version does not know."""

    name: str
    clock: SimClock
    dice: random.Random
    database: Rows | None = None
    hidden: frozenset[tuple[str, str]] = frozenset()
    author_id: str | None = None
    editors: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ids = Ids(self.clock, self.dice.randbytes)
        self.open(self.database)
        if not self.database:
            self.sql.execute("INSERT INTO meta(key, value) VALUES ('writer', ?)", (self.ids.writer(),))

    def open(self, database: Rows | None) -> None:
        """Begin with these rows in the database, or with an empty one."""
        self._desk = _FREE.pop() if _FREE else Desk()
        self.sql = self._desk.sql
        self.capture = Capture(self.ids, self.clock)
        self.capture.register(self._desk)  # type: ignore[arg-type]
        if database is not None:
            with self.capture.unheard():
                self._desk.fill(database)
        self.ledger = SimLedger(self.sql, self.capture, clock=self.clock, ids=self.ids, told=nullcontext)
        self.editors = {}

    def close(self) -> None:
        """Leave the database to the next installation."""
        self._desk.clear()
        if len(_FREE) < _MOST_FREE:
            _FREE.append(self._desk)
        else:
            self.sql.close()

    def rows(self) -> Rows:
        """Return all that the database holds, as a backup or a copy of the whole disk does."""
        return self._desk.rows()

    def bytes(self) -> bytes:
        """Return the database as it lies on the disk."""
        return self.sql.serialize()

    @property
    def writer(self) -> str:
        return str(self.sql.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()[0])

    def heads(self, table: str, row: str) -> frozenset[str]:
        """Return what an editor that opens now has on its screen."""
        found = self.sql.execute("SELECT op FROM journal_head WHERE row_id = ? AND table_name = ?", (row, table))
        return frozenset(op for (op,) in found)

    def act(
        self,
        kind: str,
        work: Callable[[sqlite3.Connection], object],
        seen: frozenset[str] = frozenset(),
        scope: str | None = None,
    ) -> list[Written]:
        """Do one action of the user; once this returns it is acknowledged."""
        sql, action = self.sql, self.ids.new()
        sql.execute("BEGIN IMMEDIATE")
        try:
            writer, last, clock = sql.execute(
                "SELECT (SELECT value FROM meta WHERE key = 'writer'), "
                "(SELECT stamp FROM journal_change ORDER BY seq DESC LIMIT 1), "
                "(SELECT value FROM meta WHERE key = 'clock')"
            ).fetchone()
            own = last if last is not None and last.endswith(writer) else None
            latest = max((one for one in (own, clock) if one is not None), default=None)
            self.capture.open(action, writer, seen, latest)
            work(sql)
            if self.capture.touched:
                sql.execute(
                    "INSERT INTO journal_action(id, kind, at, writer, author_id, scope) VALUES (?, ?, ?, ?, ?, ?)",
                    (action, kind, utc_text(self.clock.now()), writer, self.author_id, scope),
                )
            sql.execute("COMMIT")
        except BaseException:
            sql.execute("ROLLBACK")
            raise
        finally:
            self.capture.close()
        rows = sql.execute(
            "SELECT op, table_name, row_id, column_name, new, stamp FROM journal_change WHERE action_id = ? "
            "ORDER BY seq",
            (action,),
        ).fetchall()
        return [Written(*row, seen=seen) for row in rows]

    def insert(self, table: str, values: dict[str, object]) -> list[Written]:
        """Add a record."""
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        statement = f'INSERT INTO "{table}"({names}) VALUES ({marks})'
        return self.act(f"{table}.add", lambda sql: sql.execute(statement, tuple(values.values())))

    def update(self, table: str, row: str, column: str, value: object, seen: frozenset[str]) -> list[Written]:
        """Write one cell."""
        statement = f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?'
        return self.act(f"{table}.edit", lambda sql: sql.execute(statement, (value, row)), seen)
