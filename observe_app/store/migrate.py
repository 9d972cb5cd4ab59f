"""Bringing a file to the present format: made new, opened as it is, upgraded after a copy, or refused in words.

The format is major.minor, kept in `PRAGMA user_version` as major * 1000 + minor. A newer minor format only adds and is
opened; a newer major one is refused. Alembic is imported only when there is something to upgrade.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from observe_app.domain.errors import DatabaseDamaged, DatabaseNewer, DataFolderUnusable
from observe_app.store import driver, shape
from observe_app.store.schema import FORMAT_MAJOR, FORMAT_MINOR, FTS_DDL, Base

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from observe_app.domain.clock import Clock

APPLICATION_ID = 0x4F425356  # "OBSV": tells our file from any other SQLite file
REVISIONS = {1000: "0001", 1001: "0002", 1002: "0003", 1003: "0004", 1004: "0005", 1005: "0006", 1006: "0007"}
_ALEMBIC_DDL = (
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)
CURRENT = FORMAT_MAJOR * 1000 + FORMAT_MINOR


def version_text(number: int) -> str:
    """Return "major.minor"."""
    return f"{number // 1000}.{number % 1000}"


def create_statements() -> tuple[str, ...]:
    """Return the DDL of a new file, triggers left out."""
    dialect = sqlite.dialect()
    found = []
    for table in Base.metadata.sorted_tables:
        found.append(str(CreateTable(table).compile(dialect=dialect)).strip())
        found += [
            str(CreateIndex(index).compile(dialect=dialect)).strip()
            for index in sorted(table.indexes, key=lambda index: str(index.name))
        ]
    found += [FTS_DDL, _ALEMBIC_DDL]
    return tuple(found)


def prepare(
    path: Path,
    *,
    clock: Clock,
    writer: Callable[[], str],
    setup: Callable[[sqlite3.Connection], bool],
    key: bytes | None = None,
) -> None:
    """Make the file what this version needs.

    Args:
        path: the database file, there or not.
        clock: names the copy made before an upgrade.
        writer: makes the id of a new installation.
        setup: installs and tries the triggers inside the transaction it is called in; whether it had to change any.
        key: protects the file; None for a plain one.

    Raises:
        DatabaseDamaged: it is not an Observe database.
        DatabaseNewer: its major format is newer.
        DataFolderUnusable: the file cannot be opened at all.
        sqlite3.Error: whatever else SQLite says; the caller translates it.
    """
    if path.is_dir():
        raise DatabaseDamaged(path, "a folder stands where the database should be")
    try:
        connection = driver.connect(path, key)
    except driver.errors() as error:
        raise DataFolderUnusable(path.parent, str(error)) from error
    try:
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA trusted_schema = ON")
        # Only a file that is ours is written to: not even its journal mode changes before that is known.
        version = _version(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        if version == 0:
            _create(connection, writer, setup)
        elif version < CURRENT:
            _upgrade(path, clock, setup, key)
        elif version == CURRENT:
            _in_transaction(connection, setup)
    finally:
        connection.close()


def _version(connection: sqlite3.Connection, path: Path) -> int:
    """Return the file's format, 0 for a new file; refuse what this version cannot work with."""
    found = int(connection.execute("PRAGMA user_version").fetchone()[0])
    ours = int(connection.execute("PRAGMA application_id").fetchone()[0]) == APPLICATION_ID
    if not ours:
        if found or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise DatabaseDamaged(path, "it was not written by Observe")
        return 0
    if found // 1000 > FORMAT_MAJOR:
        raise DatabaseNewer(path, version_text(found), version_text(CURRENT))
    if found < min(REVISIONS):
        raise DatabaseDamaged(path, "its format was never in use")
    if problem := shape.fault(connection, whole=found >= CURRENT):
        raise DatabaseDamaged(path, problem)
    return found


def _in_transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], bool]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        changed = work(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    # Committing would write every page that the self-test touched, for which a full disk has no room.
    connection.execute("COMMIT" if changed else "ROLLBACK")


def _create(
    connection: sqlite3.Connection, writer: Callable[[], str], setup: Callable[[sqlite3.Connection], bool]
) -> None:
    def work(connection: sqlite3.Connection) -> bool:
        if connection.execute("PRAGMA user_version").fetchone()[0]:
            return False  # another process was faster
        for statement in create_statements():
            connection.execute(statement)
        connection.execute("INSERT INTO alembic_version VALUES (?)", (REVISIONS[CURRENT],))
        connection.execute("INSERT INTO meta(key, value) VALUES ('writer', ?)", (writer(),))
        setup(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {CURRENT}")
        return True

    _in_transaction(connection, work)


def _upgrade(path: Path, clock: Clock, setup: Callable[[sqlite3.Connection], bool], key: bytes | None) -> None:
    from observe_app.store.backup import copy_database  # noqa: PLC0415  (only for the rare upgrade)
    from observe_app.store.upgrade import run  # noqa: PLC0415  (imports Alembic)

    stamp = clock.now().strftime("%Y%m%d-%H%M%S")
    copy_database(path, path.parent / "backups" / f"before-{version_text(CURRENT)}-{stamp}.sqlite", key)

    def finish(connection: sqlite3.Connection) -> None:
        if problem := shape.fault(connection, whole=True):
            raise DatabaseDamaged(path, problem)
        setup(connection)
        connection.execute(f"PRAGMA user_version = {CURRENT}")

    run(path, finish=finish, key=key)
