"""Time comes from here and nowhere else: aware UTC for dates, monotonic milliseconds for a lesson."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """What the program asks of time."""

    def now(self) -> datetime:
        """Return the wall time as aware UTC."""
        ...

    def monotonic_ms(self) -> int:
        """Return milliseconds that never go back, the computer's sleep included where the system can tell."""
        ...

    def boot(self) -> str:
        """Return what identifies the zero of `monotonic_ms`: processes with the same text share it; "" for nobody."""
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
        """Return the milliseconds since the computer started; on Linux and macOS its sleep is counted too."""
        return _monotonic_ns() // 1_000_000

    def boot(self) -> str:
        """Return the id that Linux gives to each start of the computer; "" on other systems."""
        return _boot_id()

    def zone_name(self) -> str:
        """Return the IANA zone name, read once from the system's own setting."""
        from observe_app.domain.zone import system_zone_name  # noqa: PLC0415  (keeps file reading out of the start)

        return system_zone_name()


def _monotonic_ns() -> int:
    # Linux: CLOCK_BOOTTIME counts sleep, CLOCK_MONOTONIC does not (clock_gettime(2)). macOS: Python's own monotonic
    # clock stands still in sleep, CLOCK_MONOTONIC goes on. Windows: Python's clock counts sleep.
    if sys.platform == "linux":
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    return time.monotonic_ns()


@cache
def _boot_id() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


@dataclass
class FakeClock:
    """A clock that moves only when told; for tests, demonstrations and accelerated lessons."""

    at: datetime = datetime(2026, 3, 10, 9, 5, tzinfo=UTC)
    zone: str = "UTC"
    ticks_ms: int = field(default=1_000_000)
    boot_id: str = "fake"

    def now(self) -> datetime:
        """Return the time it was set to."""
        return self.at

    def monotonic_ms(self) -> int:
        """Return the milliseconds it was moved by."""
        return self.ticks_ms

    def boot(self) -> str:
        """Return the id it was given; another one, or "", stands for a computer that was started anew."""
        return self.boot_id

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
