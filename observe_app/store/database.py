"""The database file: opening, connections, units of work, the notice after each commit."""

from __future__ import annotations

import contextlib
import logging
import threading
from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from observe_app.domain.changes import NOTHING_SEEN, Changes, Seen
from observe_app.domain.errors import DatabaseReplaced, NotStored, ObserveError
from observe_app.store import driver, migrate, triggers
from observe_app.store.capture import Capture
from observe_app.store.failures import told
from observe_app.store.place import Place, Standing
from observe_app.store.schema import FORM_TABLES
from observe_app.store.sync.ledger import Ledger
from observe_app.store.turns import Turns
from observe_app.store.unit import ReadUnit, WriteUnit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.clock import Clock
    from observe_app.domain.ids import Ids

log = logging.getLogger(__name__)

FILE_NAME = "observe.sqlite"

_MOST_AT_ONCE = 2_000
"""Changes of other programs read at once; the window asks in its own thread."""


def set_pragmas(connection: sqlite3.Connection, busy_ms: int) -> None:
    """Prepare a connection: WAL, every commit on the disk before it returns, writers wait `busy_ms`."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {int(busy_ms)}")
    connection.execute("PRAGMA trusted_schema = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute("PRAGMA secure_delete = ON")
    # What a statement would need to take itself back: a file for each made up a third of an import.
    connection.execute("PRAGMA temp_store = MEMORY")


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a position lies after the start and up to the end of one of these spans, which are in order."""
    at = bisect_left(spans, (position,)) - 1
    return at >= 0 and position <= spans[at][1]


class Store:
    """One open database. Safe to use from several threads; each unit of work stays in its thread."""

    def __init__(self, path: Path, *, clock: Clock, ids: Ids, busy_ms: int = 5000, key: bytes | None = None) -> None:
        """Open the file, making it or bringing it up to date where needed.

        Args:
            path: the database file; its folder must exist.
            clock: times of actions and stamps.
            ids: ids of actions and changes.
            busy_ms: how long a write waits for another program before `DatabaseLocked`.
            key: 32 bytes that protect the file; a file that stands there without protection is opened as it is.

        Raises:
            DatabaseLockedAway: the file is protected, and not by this key.
            DatabaseDamaged, DatabaseNewer, DatabaseLocked, DiskFull, NotStored, DataFolderUnusable: as named.
        """
        self.path = path
        self.key = driver.key_for(path, key)
        self.clock = clock
        self.ids = ids
        self._busy_ms = busy_ms
        self.writers = Turns()
        self._listeners: list[Callable[[Changes], None]] = []
        self._own: deque[str] = deque(maxlen=10_000)
        self._told_of: deque[tuple[int, int]] = deque(maxlen=1_000)  # journal positions that listeners know already
        self._lock = threading.Lock()
        self._place_lock = threading.RLock()
        self._rescued: Path | None = None
        self._closed = False
        self._watch_version: int
        with told(path):
            migrate.prepare(path, clock=clock, writer=ids.writer, setup=self._set_up, key=self.key)
            self._look_at()
            self._watch_position = self._position()
            self.writer = self.kept_writer = str(
                self._watch.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()[0]
            )
            ids.stand_after(str(self._watch.execute("SELECT max(id) FROM journal_action").fetchone()[0]))
        self.engine = self._make_engine()
        self._ledger: Ledger | None = None
        self.me: str | None = None
        self.on_put_back: Callable[[], None] = lambda: None  # what else was lost with the file, and is to come back
        self.lessons_known: set[str] = set()  # visits whose clock this program has had in hand since it started

    @property
    def busy_s(self) -> float:
        """How long a write waits, in seconds."""
        return self._busy_ms / 1000

    def read(self) -> ReadUnit:
        """Open a unit that only reads, at one moment of the data. Use as a context manager."""
        return ReadUnit(self)

    def write(
        self, kind: str, *, scope: str | None = None, seen: Seen = NOTHING_SEEN, undoable: bool = True
    ) -> WriteUnit:
        """Open a unit that writes, as one action of the journal. Leaving it without `commit()` changes nothing.

        Args:
            kind: stable name of the action, e.g. "note.add".
            scope: id of the visit it belongs to, or of the draft of a form; undo can keep to it.
            seen: what the author had on screen; becomes `over` of every value changed.
            undoable: whether undo may take it back.
        """
        return WriteUnit(self, kind=kind, scope=scope, seen=seen, undoable=undoable)

    @property
    def ledger(self) -> Ledger:
        """What the shared folder writes through, on a connection of its own; made when it is first wanted."""
        with self._lock:
            if self._ledger is None:
                connection = self._plain()
                capture = Capture(self.ids, self.clock)
                capture.register(connection)
                self._ledger = Ledger(
                    connection,
                    capture,
                    clock=self.clock,
                    ids=self.ids,
                    told=lambda: told(self.path),
                    before_write=self.stand_ground,
                    notify=self._notify_of_sync,
                    writers=self.writers,
                )
            return self._ledger

    def _notify_of_sync(self, changes: Changes) -> None:
        with self._lock:
            self._told_of.append((changes.position - changes.count, changes.position))
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)

    def stand_ground(self) -> None:
        """See that what is open is still the file at `path`; every unit that writes asks first.

        A file that was deleted is put back with everything in it, a log that was deleted is written into the file.

        Raises:
            DatabaseReplaced: another file stands there now; what was open is kept as `copy`, and nothing more is taken.
        """
        with self._place_lock:
            standing = Standing.SAME if self._closed else self._place.standing()
            if standing is Standing.SAME:
                return
            if standing is Standing.REPLACED:
                raise DatabaseReplaced(self.path, self._rescue())
            log.info("the open database was taken away (%s); it is put back", standing.value)
            if standing is Standing.GONE:
                self._put_back()
            else:
                self._watch.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.engine.dispose()
            self._watch.close()
            self._look_at()

    def _put_back(self) -> None:
        fresh = self.path.with_name(self.path.name + ".fresh")
        self._copy_open(fresh)
        for stray in (self._place.log, self._place.memory):
            stray.unlink(missing_ok=True)
        fresh.replace(self.path)
        self.on_put_back()

    def _rescue(self) -> Path:
        """Copy what is open to a file beside the backups, once."""
        if self._rescued is None:
            target = self.path.parent / "backups" / f"rescued-{self.clock.now():%Y%m%d-%H%M%S}.sqlite"
            self._copy_open(target)
            self._rescued = target
        return self._rescued

    def _copy_open(self, target: Path) -> None:
        """Copy through the connection: the file has no name any more."""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            with told(target), contextlib.closing(driver.connect(target, self.key)) as copy:
                self._watch.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
        except OSError as error:
            raise NotStored(self.path, str(error)) from error

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call the listener after every commit, in the thread that wrote; return what ends that."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return end

    def notify(self, action_id: str, changes: Changes) -> None:
        """Tell every listener of a commit; called by the unit of work."""
        with self._lock:
            self._own.append(action_id)
            listeners = tuple(self._listeners)
        for listener in listeners:
            listener(changes)

    def poll_outside(self) -> Changes | None:
        """Return what other processes changed since the last call, None when nothing.

        Costs one PRAGMA while nothing happens, so it may be asked every second. Of very much it tells a part each time.
        """
        with told(self.path):
            self.stand_ground()
            version = self._data_version()
            if version == self._watch_version:
                return None
            with self._lock:
                own, told_of = set(self._own), sorted(self._told_of)
            for start, end in told_of:
                if start <= self._watch_position < end:
                    self._watch_position = end
            rows = self._watch.execute(
                "SELECT c.seq, c.action_id, c.table_name, c.row_id, a.scope, a.kind FROM journal_change c "
                "JOIN journal_action a ON a.id = c.action_id WHERE c.seq > ? ORDER BY c.seq LIMIT ?",
                (self._watch_position, _MOST_AT_ONCE),
            ).fetchall()
            if len(rows) < _MOST_AT_ONCE:
                self._watch_version = version
        if not rows:
            return None
        self._watch_position = rows[-1][0]
        foreign = [row for row in rows if row[1] not in own and not _inside(row[0], told_of)]
        if not foreign:
            return None
        kinds = {row[5] for row in foreign}
        return Changes(
            rows=frozenset((row[2], row[3]) for row in foreign),
            action=kinds.pop() if len(kinds) == 1 else "",
            visits=frozenset(row[4] for row in foreign if row[4] and row[2] not in FORM_TABLES),
            initiator="outside",
            position=self._watch_position,
        )

    def close(self) -> None:
        """Close every connection; the file is then whole without its side files. Closing twice is fine."""
        if self._closed:
            return
        with self._lock:
            self._listeners.clear()
        with contextlib.suppress(ObserveError, OSError):
            self.stand_ground()
        self._closed = True
        if self._ledger is not None:
            self._ledger.close()
        self.engine.dispose()
        try:
            self._watch.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except driver.errors():
            log.info("the write-ahead log was left for the next start")
        self._watch.close()

    def _look_at(self) -> None:
        """Open the connection that watches; with it the log exists, so that the files can be told again."""
        self._watch = self._plain()
        self._watch_version = self._data_version()
        self._place = Place(self.path)

    def _plain(self) -> sqlite3.Connection:
        connection = driver.connect(self.path, self.key, any_thread=True)
        set_pragmas(connection, self._busy_ms)
        return connection

    def _set_up(self, connection: sqlite3.Connection) -> bool:
        """Install triggers and try one insert, inside the caller's transaction; return whether any were missing."""
        changed = triggers.install(connection)
        capture = Capture(self.ids, self.clock)
        capture.register(connection)
        capture.open("self-test", "00000000", frozenset(), None)
        connection.execute("SAVEPOINT self_test")
        connection.execute("INSERT INTO person(id, name) VALUES ('self-test', 'Self test')")
        captured = connection.execute("SELECT count(*) FROM journal_change WHERE row_id = 'self-test'").fetchone()[0]
        connection.execute("ROLLBACK TO self_test")
        connection.execute("RELEASE self_test")
        if not captured:
            message = "the journal's triggers do not capture"
            raise RuntimeError(message)
        return changed

    def _data_version(self) -> int:
        return int(self._watch.execute("PRAGMA data_version").fetchone()[0])

    def _position(self) -> int:
        return int(self._watch.execute("SELECT coalesce(max(seq), 0) FROM journal_change").fetchone()[0])

    def _make_engine(self) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=lambda: driver.connect(self.path, self.key, any_thread=True),
            module=driver.library(sealed=self.key is not None),  # whose errors SQLAlchemy wraps
            poolclass=QueuePool,
            pool_size=4,
            hide_parameters=True,  # an error's text goes to the log, which holds nothing that somebody wrote
        )

        @event.listens_for(engine, "connect")
        def _on_connect(connection: Any, record: ConnectionPoolEntry) -> None:
            set_pragmas(connection, self._busy_ms)
            capture = Capture(self.ids, self.clock)
            capture.register(connection)
            record.info["capture"] = capture

        @event.listens_for(engine, "begin")
        def _on_begin(connection: Connection) -> None:
            options = connection.get_execution_options()
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")

        return engine
