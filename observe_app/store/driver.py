"""The only place that opens a database: plainly, or with SQLCipher where the file is protected by a key.

A protected file begins with a mark of ours and eight bytes that tell its key. So a plain file, a protected one and a
damaged one are told apart before any library reads them, and a wrong key is never taken for damage. The mark stands
where SQLCipher keeps its salt: with a key of 256 random bits nothing is stretched, and the salt need not be secret.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from observe_app.domain.errors import DatabaseLockedAway

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

KEY_BYTES = 32
FULL = sqlite3.SQLITE_FULL
PLAIN = b"SQLite format 3\0"
_MARK = b"Observe1"
_HEAD = 16


def mark_of(key: bytes) -> bytes:
    """Return the first 16 bytes of a file that this key protects; nothing of the key can be learnt from them.

    Raises:
        ValueError: it is no key of 32 bytes.
    """
    if len(key) != KEY_BYTES:
        message = "a key has 32 bytes"
        raise ValueError(message)
    return _MARK + hashlib.sha256(b"observe-database-key-1" + key).digest()[: _HEAD - len(_MARK)]


def head_of(path: Path) -> bytes:
    """Return the first bytes of a file, fewer where it is shorter, b"" where it cannot be read."""
    try:
        if sys.platform == "win32":
            with path.open("rb") as file:
                return file.read(_HEAD)
        about = path.stat()
        return os.pread(_eye(path, about.st_dev, about.st_ino).descriptor, _HEAD, 0)
    except OSError:
        return b""


class _Eye:
    """A file held open to be looked at.

    On POSIX systems whoever closes a file lets go of every lock that the same program has on it, SQLite's among them:
    another program would then take the database for closed, clear its log away, and what is written next is lost.
    """

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))

    def __del__(self) -> None:
        with contextlib.suppress(AttributeError, OSError):
            os.close(self.descriptor)


@lru_cache(maxsize=32)
def _eye(path: Path, _device: int, _inode: int) -> _Eye:
    """Return the eye on a file; the one that was not asked for the longest time is closed where there are too many."""
    return _Eye(path)


def is_sealed(path: Path) -> bool:
    """Whether the file is a database protected by a key."""
    return head_of(path).startswith(_MARK)


def is_plain(path: Path) -> bool:
    """Whether the file is a database that anybody can read."""
    return head_of(path) == PLAIN


def key_literal(key: bytes | None) -> str:
    """Return a key as an ATTACH takes it, "" for none. It is a secret: it goes into a statement and nowhere else."""
    return "" if key is None else f"x'{key.hex()}{mark_of(key).hex()}'"


def library(*, sealed: bool) -> ModuleType:
    """Return the database library: the standard one, or SQLCipher's.

    Raises:
        ImportError: SQLCipher's is not installed.
    """
    if not sealed:
        return sqlite3
    from sqlcipher3 import dbapi2  # noqa: PLC0415  (only a protected file pays for loading it)

    return cast("ModuleType", dbapi2)


def can_seal() -> bool:
    """Whether this installation can protect a database at all."""
    try:
        library(sealed=True)
    except ImportError:
        return False
    return True


def errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return the base errors of the libraries that are loaded, and others, for an `except`."""
    sealed = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, *others) if sealed is None else (sqlite3.Error, sealed.Error, *others)


def key_for(path: Path, key: bytes | None) -> bytes | None:
    """Return the key that this file needs: None for a plain one, whatever is known for one that is not there yet.

    Raises:
        DatabaseLockedAway: it is protected by another key, or no key is known.
    """
    head = head_of(path)
    if head.startswith(_MARK):
        if key is None:
            raise DatabaseLockedAway(path, "no_key")
        if head != mark_of(key):
            raise DatabaseLockedAway(path, "other_key")
        return key
    return None if head else key


def connect(
    path: Path, key: bytes | None = None, *, read_only: bool = False, any_thread: bool = False, auto: bool = True
) -> sqlite3.Connection:
    """Open a database.

    Args:
        path: the file; made by the first write where it is not there, unless `read_only`.
        key: 32 bytes that protect it; None opens a plain file.
        read_only: nothing can be written.
        any_thread: other threads may use the connection, one after the other.
        auto: every statement is its own transaction unless one is begun; else as Python's sqlite3 does it.

    Returns:
        The connection. SQLCipher's has the same methods, so it goes by the standard library's name.

    Raises:
        DatabaseLockedAway: the file is protected by another key, or SQLCipher is not installed.
        sqlite3.Error, or SQLCipher's error of the same name: whatever the library says; see `errors`.
    """
    sealed = key is not None
    try:
        module = library(sealed=sealed)
    except ImportError as error:
        raise DatabaseLockedAway(path, "no_driver") from error
    if key is None and is_sealed(path):
        raise DatabaseLockedAway(path, "no_key")
    if key is not None and is_sealed(path) and head_of(path) != mark_of(key):
        raise DatabaseLockedAway(path, "other_key")
    options: dict[str, Any] = {"check_same_thread": not any_thread}
    if auto:
        options["isolation_level"] = None
    target = f"{path.resolve().as_uri()}?mode=ro" if read_only else path
    connection = cast("sqlite3.Connection", module.connect(target, uri=read_only, **options))
    if key is not None:
        unlock(connection, key)
    return connection


def unlock(connection: sqlite3.Connection, key: bytes | None) -> None:
    """Say the key of the file that a connection of SQLCipher has open, and keep the library from writing to stderr."""
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f'PRAGMA key = "{key_literal(key)}"')
