"""Past the store, into the file: plain or protected, whatever the test runs on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from observe_app.store import driver
from observe_app.store.vault import Vault

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

only_plain = pytest.mark.skipif(
    bool(os.environ.get("OBSERVE_TEST_SEALED")), reason="takes the file to a folder that has no key for it"
)


def connect(path: Path, *, auto: bool = False, read_only: bool = False) -> sqlite3.Connection:
    """Open a database of a data folder, or one of its backups."""
    return driver.connect(path, key_of(path), auto=auto, read_only=read_only)


def key_of(path: Path) -> bytes | None:
    """Return the key of a protected file, None of a plain one."""
    if not driver.is_sealed(path):
        return None
    folder = path.parent if path.with_name("identity.id").exists() else path.parent.parent
    return Vault(folder).database_key()


def dump(path: Path) -> list[tuple[object, ...]]:
    """Return the schema and every row."""
    connection = connect(path, auto=True)
    try:
        found = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
        tables = [name for kind, name, sql in found if kind == "table" and not str(sql).startswith("CREATE VIRTUAL")]
        for table in tables:
            found += connection.execute(f'SELECT * FROM "{table}"').fetchall()
        return found
    finally:
        connection.close()
