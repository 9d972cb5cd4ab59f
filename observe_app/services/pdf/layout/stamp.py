"""The moment that a file says it was made at: that of what is told, never of now, so that a file can be made again."""

from __future__ import annotations

from datetime import UTC, datetime

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""For pages that tell no moment."""


def stamp_of(told: str) -> datetime:
    """Return a moment that is told as text, aware UTC; `EPOCH` where it tells none."""
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        return EPOCH
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
