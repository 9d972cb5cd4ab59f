"""Hybrid clocks of other installations: how far they may take ours along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from observe_app.store.sync.connection import Connection

MOST_AHEAD_MS = 24 * 3_600_000
"""A stamp from further ahead is kept, and does not move our clock: somebody's laptop may think it is 2036."""


def wall_of(stamp: str) -> int:
    """Return a stamp's milliseconds since 1970."""
    return int(stamp[:13], 16)


def witness(connection: Connection, stamps: Iterable[str], now_ms: int) -> None:
    """Let the clock of this installation go on after these stamps, unless they are too far ahead."""
    keep_own(connection)
    fair = [stamp for stamp in stamps if wall_of(stamp) <= now_ms + MOST_AHEAD_MS]
    if fair:
        _keep(connection, max(fair))


def keep_own(connection: Connection) -> None:
    """Keep the last own stamp apart, before anything is written to the journal that is not one's own.

    It is found as the journal's last row, which it may not be any more after that.
    """
    last = connection.execute("SELECT stamp FROM journal_change ORDER BY seq DESC LIMIT 1").fetchone()
    writer = connection.execute("SELECT value FROM meta WHERE key = 'writer'").fetchone()[0]
    if last is not None and last[0].endswith(writer):
        _keep(connection, last[0])


def _keep(connection: Connection, stamp: str) -> None:
    connection.execute(
        "INSERT INTO meta(key, value) VALUES ('clock', ?) "
        "ON CONFLICT(key) DO UPDATE SET value = max(value, excluded.value)",
        (stamp,),
    )
