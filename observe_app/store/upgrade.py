"""Running Alembic on a file, in one transaction. Importing this module imports Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import NullPool

from observe_app.domain.errors import DatabaseDamaged
from observe_app.store import driver

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

SCRIPTS = Path(__file__).parent / "migrations"


def run(
    path: Path,
    target: str = "head",
    *,
    finish: Callable[[sqlite3.Connection], None] | None = None,
    scripts: Path | None = None,
    key: bytes | None = None,
) -> None:
    """Upgrade the file to a revision; nothing is changed when a step fails.

    Triggers are dropped first: the old ones would capture what a step moves, and those of a foreign file would run.

    Args:
        path: the database file.
        target: revision.
        finish: what else belongs to the upgrade, in the same transaction: the new triggers, the format's number.
        scripts: folder of the steps; ours when None.
        key: protects the file; None for a plain one.

    Raises:
        DatabaseDamaged: the file names a revision that there never was.
        sqlalchemy.exc.DBAPIError: SQLite refused a step.
    """
    # A path in a URL would need its "?" and "%" written in another way; the creator takes it as it is.
    engine = create_engine(
        "sqlite://",
        creator=lambda: driver.connect(path, key),
        module=driver.library(sealed=key is not None),
        poolclass=NullPool,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA synchronous = FULL")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    config = Config()
    config.set_main_option("script_location", str(scripts or SCRIPTS).replace("%", "%%"))
    try:
        with engine.begin() as connection:
            raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
            for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                raw.execute('DROP TRIGGER "{}"'.format(name.replace('"', '""')))
            config.attributes["connection"] = connection
            command.upgrade(config, target)
            if finish is not None:
                finish(raw)
    except CommandError as error:
        raise DatabaseDamaged(path, str(error)) from error
    finally:
        engine.dispose()
