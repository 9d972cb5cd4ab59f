"""Time comes from here and nowhere else: aware UTC for dates, monotonic milliseconds for a lesson."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """What the program asks of time."""

    def now(self) -> datetime:
        """Return the wall time as aware UTC."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds that never go back; the zero is arbitrary and differs between processes."""
        ...

    def zone_name(self) -> str:
        """Return the IANA name of the person's time zone, "UTC" when the system does not tell."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Return the wall time as aware UTC."""
        return datetime.now(UTC)

    def monotonic_ms(self) -> int:
        """Return the system's monotonic milliseconds (they may stand still while the computer sleeps)."""
        return time.monotonic_ns() // 1_000_000

    def zone_name(self) -> str:
        """Return the IANA zone name, read once from the system's own setting."""
        from observe_app.domain.zone import system_zone_name  # noqa: PLC0415  (keeps file reading out of the start)

        return system_zone_name()


@dataclass
class FakeClock:
    """A clock that moves only when told; for tests, demonstrations and accelerated lessons."""

    at: datetime = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
    zone: str = "UTC"
    ticks_ms: int = field(default=1_000_000)

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at

    def monotonic_ms(self) -> int:
        """Return the milliseconds it was moved by."""
        return self.ticks_ms

    def zone_name(self) -> str:
        """Return the zone it was given."""
        return self.zone

    def advance(self, *, seconds: float = 0, ms: int = 0) -> None:
        """Move wall time and monotonic time together."""
        step = int(seconds * 1000) + ms
        self.at += timedelta(milliseconds=step)
        self.ticks_ms += step

    def jump_wall(self, *, seconds: float) -> None:
        """Move the wall time alone, as a changed or corrected system clock does."""
        self.at += timedelta(seconds=seconds)


def require_utc(moment: datetime) -> datetime:
    """Return the moment in UTC; refuse one without a zone.

    Raises:
        ValueError: the moment is naive.
    """
    if moment.tzinfo is None:
        message = "a moment without a time zone"
        raise ValueError(message)
    return moment.astimezone(UTC)
