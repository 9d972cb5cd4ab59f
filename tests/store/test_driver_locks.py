"""Looking at a database's head lets go of none of the locks that this program has on it."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING

from observe_app.store import driver

if TYPE_CHECKING:
    from pathlib import Path

_OTHER = (
    "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"INSERT INTO t VALUES ('other')\"); "
    "c.commit(); c.close()"
)


def test_what_two_programs_write_after_a_look_is_all_there(tmp_path: Path):
    path = tmp_path / "observe.sqlite"
    with contextlib.closing(driver.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE t (x TEXT)")
        connection.execute("INSERT INTO t VALUES ('before')")
        assert driver.is_plain(path)
        driver.connect(path).close()

        for _ in range(2):
            subprocess.run([sys.executable, "-c", _OTHER, str(path)], check=True)
            connection.execute("INSERT INTO t VALUES ('after')")

        told = [row[0] for row in connection.execute("SELECT x FROM t")]
    with contextlib.closing(driver.connect(path)) as connection:
        kept = [row[0] for row in connection.execute("SELECT x FROM t")]
    assert told == kept == ["before", "other", "after", "other", "after"]
