"""A database connection, whichever SQLite library it is of."""

from __future__ import annotations

from typing import Any, Protocol


class Connection(Protocol):
    """A database connection in autocommit mode, of the standard library or of SQLCipher."""

    def execute(self, statement: str, parameters: Any = ..., /) -> Any:
        """Run a statement."""

    def executemany(self, statement: str, parameters: Any, /) -> Any:
        """Run a statement for each of the parameters."""

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""

    def close(self) -> None:
        """Close it."""
