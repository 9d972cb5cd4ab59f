"""Files of visits as rounds see them: which are to be encrypted, written to the folder, or fetched from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of a visit. `sha256`: of the file, `blob`: of the encrypted one, "" for none yet. `key` opens that."""

    id: str
    visit_id: str
    sha256: str
    name: str
    blob: str
    key: str


_FIELDS = "a.id, a.visit_id, a.sha256, a.name, a.blob, a.key"
_IN_FOLDER = (
    "EXISTS (SELECT 1 FROM visit_share s WHERE s.visit_id = a.visit_id AND s.deleted = 0 AND s.folder IN (?, ''))"
)


def to_encrypt(sql: Connection, folder: str) -> list[FileRow]:
    """Return the files that were attached on this computer, are here, and were never encrypted."""
    rows = sql.execute(
        f"SELECT {_FIELDS} FROM attachment a JOIN kept_file k ON k.sha256 = a.sha256 "
        f"WHERE a.deleted = 0 AND a.blob = '' AND {_IN_FOLDER} AND EXISTS ("
        "SELECT 1 FROM journal_change c JOIN journal_action n ON n.id = c.action_id WHERE c.row_id = a.id "
        "AND c.column_name = 'sha256' AND c.table_name = 'attachment' AND n.signer IS NULL) ORDER BY a.id",
        (folder,),
    ).fetchall()
    return [FileRow(*row) for row in rows]


def to_fetch(sql: Connection, folder: str) -> list[FileRow]:
    """Return the files that are in the folder, or will be, and not here."""
    rows = sql.execute(
        f"SELECT {_FIELDS} FROM attachment a WHERE a.deleted = 0 AND a.blob <> '' AND {_IN_FOLDER} "
        "AND NOT EXISTS (SELECT 1 FROM kept_file k WHERE k.sha256 = a.sha256) ORDER BY a.id",
        (folder,),
    ).fetchall()
    return [FileRow(*row) for row in rows]


def to_write(sql: Connection, folder: str) -> list[tuple[str, int, bool]]:
    """Return the encrypted files that are here and belong into the folder: name, size, whether made here."""
    rows = sql.execute(
        "SELECT a.blob, length(k.content), max(EXISTS (SELECT 1 FROM journal_change c JOIN journal_action n "
        "ON n.id = c.action_id WHERE c.row_id = a.id AND c.column_name = 'blob' AND c.table_name = 'attachment' "
        "AND n.signer IS NULL)) FROM attachment a JOIN kept_file k ON k.sha256 = a.blob "
        # A row is what somebody says: what it calls the encrypted file must be one, and never a file itself.
        "AND substr(k.content, 1, 21) = CAST('age-encryption.org/v1' AS BLOB) "
        f"WHERE a.deleted = 0 AND a.blob <> '' AND {_IN_FOLDER} "
        "AND k.name = '' GROUP BY a.blob ORDER BY a.blob",
        (folder,),
    ).fetchall()
    return [(row[0], int(row[1]), bool(row[2])) for row in rows]


def content(sql: Connection, sha256: str) -> bytes | None:
    """Return the bytes of a kept file, None where it is not here."""
    row = sql.execute("SELECT content FROM kept_file WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else bytes(row[0])


def keep(sql: Connection, sha256: str, name: str, raw: bytes, at: str) -> None:
    """Keep a file; the same bytes are kept once."""
    sql.execute(
        "INSERT OR IGNORE INTO kept_file(sha256, name, content, at) VALUES (?, ?, ?, ?)", (sha256, name, raw, at)
    )


def encrypted(sql: Connection, row_id: str, blob: str, key: str) -> None:
    """Say in a file's row under which name it is in the folder, and what opens it."""
    sql.execute("UPDATE attachment SET blob = ?, key = ? WHERE id = ? AND blob = ''", (blob, key, row_id))


def heads(sql: Connection, row_id: str) -> frozenset[str]:
    """Return the live changes of a file's row."""
    rows = sql.execute("SELECT op FROM journal_head WHERE row_id = ? AND table_name = 'attachment'", (row_id,))
    return frozenset(row[0] for row in rows)


def forget(sql: Connection, names: Iterable[str]) -> None:
    """Let kept files go."""
    sql.executemany("DELETE FROM kept_file WHERE sha256 = ?", [(one,) for one in names])
