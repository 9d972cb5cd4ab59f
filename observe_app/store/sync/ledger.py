"""The way into the database for the shared folder: one connection, one writer at a time, the notice afterwards."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from observe_app.domain.changes import Changes
from observe_app.store.columns import utc_text
from observe_app.store.sync import clock
from observe_app.store.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from observe_app.domain.clock import Clock
    from observe_app.domain.ids import Ids
    from observe_app.store.capture import Capture
    from observe_app.store.sync.connection import Connection


class Ledger:
    """Transactions of the shared folder on one database.

    The program has one for each open data folder (`Store.ledger`); a simulation has one for each installation.
    """

    def __init__(
        self,
        connection: Connection,
        capture: Capture,
        *,
        clock: Clock,
        ids: Ids,
        told: Callable[[], Any],
        before_write: Callable[[], None] = lambda: None,
        notify: Callable[[Changes], None] = lambda _changes: None,
        writers: Turns | None = None,
    ) -> None:
        """Work on this connection.

        Args:
            connection: in autocommit mode, the functions of `capture` registered; used by nothing else.
            capture: rests while others' changes are written, so that they are not captured as own ones.
            clock: of this computer.
            ids: makes ids of writers.
            told: makes a context that turns SQLite's errors into ours.
            before_write: asked before each transaction that writes.
            notify: told what changed, after the commit, in the thread that wrote.
            writers: turns of all that write to this database in this program.
        """
        self._connection = connection
        self._capture = capture
        self.clock, self.ids = clock, ids
        self._told = told
        self._before_write = before_write
        self._notify = notify
        self._writers = writers or Turns()
        self._turns = Turns()
        self._patient = threading.local()
        self.kept: dict[str, object] = {}  # what rounds remember between them, as long as the database is open

    @property
    def wanted(self) -> bool:
        """Somebody waits who does not give way: a transaction of a round had better come to its end."""
        return self._writers.wanted or self._turns.wanted

    @contextmanager
    def giving_way(self) -> Iterator[None]:
        """Let everybody else in this program go first, in each transaction that this thread makes meanwhile."""
        self._patient.on = True
        try:
            yield
        finally:
            self._patient.on = False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        patient = getattr(self._patient, "on", False)
        # In this order: who has the turn to write may ask something meanwhile.
        with self._writers.turn(patient=patient), self._turns.turn():
            yield

    def now(self) -> str:
        """Return the present moment as the database keeps it."""
        return utc_text(self.clock.now())

    def now_ms(self) -> int:
        """Return milliseconds since 1970."""
        moment: datetime = self.clock.now()
        return int(moment.timestamp() * 1000)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read at one moment of the data.

        Raises:
            ObserveError: one of the storage errors.
        """
        turns = self._turns
        mine = turns.take(patient=getattr(self._patient, "on", False))
        try:
            with self._told():
                self._connection.execute("BEGIN")
                try:
                    yield self._connection
                finally:
                    self._connection.execute("ROLLBACK")
        finally:
            if mine:
                turns.leave()

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Write in one transaction: all of it or nothing; the notice goes out after the commit.

        Raises:
            ObserveError: one of the storage errors; nothing was changed.
        """
        with self._turn(), self._told():
            self._before_write()
            self._connection.execute("BEGIN IMMEDIATE")
            writing = Writing(self._connection)
            start = _position(self._connection)
            try:
                with self._capture.unheard():
                    yield writing
                end = _position(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back by itself; that error is the one to tell of.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        if writing.rows:
            self._notify(Changes(frozenset(writing.rows), "sync", frozenset(writing.visits), "sync", end, end - start))

    @contextmanager
    def acting(self, kind: str, *, scope: str | None, author: str | None, seen: frozenset[str]) -> Iterator[Writing]:
        """Write as one action of this person, captured like any other; nobody can take it back.

        Args:
            kind: stable name of the action.
            scope: id of the visit it belongs to.
            author: id of the person.
            seen: live changes of the records that are written.

        Raises:
            ObserveError: one of the storage errors; nothing was changed.
        """
        action = self.ids.new()
        with self._turn(), self._told():
            self._before_write()
            self._connection.execute("BEGIN IMMEDIATE")
            writing = Writing(self._connection)
            start = _position(self._connection)
            try:
                self._act(action, kind, scope, author, seen)
                yield writing
                writing.changed(self._capture.touched)
                end = _position(self._connection)
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._capture.close()
        if writing.rows:
            self._notify(Changes(frozenset(writing.rows), kind, frozenset(writing.visits), "sync", end, end - start))

    def _act(self, action: str, kind: str, scope: str | None, author: str | None, seen: frozenset[str]) -> None:
        sql = self._connection
        writer, last, clock = sql.execute(
            "SELECT (SELECT value FROM meta WHERE key = 'writer'), "
            "(SELECT stamp FROM journal_change ORDER BY seq DESC LIMIT 1), "
            "(SELECT value FROM meta WHERE key = 'clock')"
        ).fetchone()
        own = last if last is not None and last.endswith(writer) else None
        latest = max((one for one in (own, clock) if one is not None), default=None)
        self._capture.open(action, writer, seen, latest)
        sql.execute(
            "INSERT INTO journal_action(id, kind, at, writer, author_id, scope, undoable) VALUES (?, ?, ?, ?, ?, ?, 0)",
            (action, kind, self.now(), writer, author, scope),
        )

    def empty_log(self) -> None:
        """Let nothing that was deleted stand in the write-ahead log; where somebody reads just now, it stays a while.

        Raises:
            ObserveError: one of the storage errors.
        """
        with self._turn(), self._told():
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Close the connection."""
        with self._turns.turn():
            self._connection.close()

    def new_writer(self) -> str:
        """Call this installation by a new id, because another one has the old one too; return it.

        Numbers of segments start again; what was not sealed yet is sealed under the new id.
        """
        fresh = self.ids.writer()
        with self.writing() as writing:
            clock.keep_own(writing.sql)  # the last stamp under the old id is found by that id
            writing.sql.execute("UPDATE meta SET value = ? WHERE key = 'writer'", (fresh,))
            writing.sql.execute("UPDATE sync_folder SET last_seq = 0, last_hash = ''")
        return fresh


class Writing:
    """One transaction: `sql` is the connection; `rows` and `visits` become the notice after the commit."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing changed."""
        self.sql = connection
        self.rows: set[tuple[str, str]] = set()
        self.visits: set[str] = set()

    def changed(self, rows: Iterable[tuple[str, str]]) -> None:
        """Say which records changed; asks which visits they belong to."""
        fresh = set(rows) - self.rows
        self.rows |= fresh
        self.visits |= visits_of(self.sql, fresh)


def _position(connection: Connection) -> int:
    return int(connection.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()[0])


def visits_of(connection: Connection, rows: Iterable[tuple[str, str]]) -> set[str]:
    """Return the visits that these records belong to."""
    from observe_app.store.sync.apply import columns_of  # noqa: PLC0415  (it names this module for its types)

    found: set[str] = set()
    for table, row in rows:
        if table == "visit":
            found.add(row)
        elif "visit_id" in columns_of(table):
            visit = connection.execute(f'SELECT visit_id FROM "{table}" WHERE id = ?', (row,)).fetchone()
            if visit is not None and visit[0]:
                found.add(visit[0])
    return found
