"""How long a lesson was: the base of every rate."""

from __future__ import annotations

_MINUTE = 60_000


def length_ms(planned_minutes: int, took_ms: int, last_ms: int | None) -> int:
    """Return the length of a lesson in whole minutes, in ms: as observed where that is known, else as planned.

    Never shorter than the last event, never under a minute; pauses are in it.

    Args:
        planned_minutes: as planned.
        took_ms: from its real start to its real end, 0 where one of them is missing.
        last_ms: the last event, None without any.
    """
    longest = max(took_ms or planned_minutes * _MINUTE, last_ms or 0)
    return max(1, -(-longest // _MINUTE)) * _MINUTE
