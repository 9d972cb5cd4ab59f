"""The shared folders that this computer takes part in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from observe_app.domain.sync.state import SharedFolder

if TYPE_CHECKING:
    from observe_app.store.sync.connection import Connection

_FIELDS = "id, path, name, home, paused, school_key, joined"
_OF_A_FOLDER = ("sync_segment", "sync_stranger", "sync_cover", "sync_refused", "sync_card", "sync_laptop", "sync_log")


def all_folders(sql: Connection) -> tuple[SharedFolder, ...]:
    """Return the folders, the one joined first first."""
    rows = sql.execute(f"SELECT {_FIELDS} FROM sync_folder ORDER BY joined, id").fetchall()
    return tuple(map(_folder, rows))


def _folder(row: Any) -> SharedFolder:
    joined = datetime.fromisoformat(row[6])
    return SharedFolder(row[0], row[1], row[2], bool(row[3]), bool(row[4]), row[5], joined)


def add(sql: Connection, folder: SharedFolder, now: str) -> None:
    """Take part in a folder; the first one is the home of what only oneself may read."""
    home = sql.execute("SELECT 1 FROM sync_folder WHERE home = 1").fetchone() is None
    sql.execute(
        "INSERT INTO sync_folder(id, path, name, home, paused, school_key, joined) VALUES (?, ?, ?, ?, 0, ?, ?)",
        (folder.id, folder.path, folder.name, int(home), folder.school_key, now),
    )


def remove(sql: Connection, folder_id: str) -> None:
    """Take part no more: what came through it stays, what is known of the folder itself goes.

    Where it was the home, the folder joined next becomes that, and gets everything from the beginning.
    """
    was_home = sql.execute("SELECT home FROM sync_folder WHERE id = ?", (folder_id,)).fetchone()
    sql.execute(
        "DELETE FROM sync_raw WHERE hash IN (SELECT hash FROM sync_segment WHERE folder = ?1) "
        "AND hash NOT IN (SELECT hash FROM sync_segment WHERE folder <> ?1)",
        (folder_id,),
    )
    for table in _OF_A_FOLDER:
        sql.execute(f"DELETE FROM {table} WHERE folder = ?", (folder_id,))  # names of our own tables
    sql.execute("DELETE FROM sync_folder WHERE id = ?", (folder_id,))
    if was_home is not None and was_home[0]:
        sql.execute(
            "UPDATE sync_folder SET home = 1, sealed = 0 "
            "WHERE id = (SELECT id FROM sync_folder ORDER BY joined, id LIMIT 1)"
        )


def move(sql: Connection, folder_id: str, path: str) -> None:
    """Keep that a folder lies elsewhere on this computer now."""
    sql.execute("UPDATE sync_folder SET path = ? WHERE id = ?", (path, folder_id))


def rename(sql: Connection, folder_id: str, name: str) -> None:
    """Keep what this person calls a folder."""
    sql.execute("UPDATE sync_folder SET name = ? WHERE id = ?", (name, folder_id))
