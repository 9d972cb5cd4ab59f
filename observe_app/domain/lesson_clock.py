"""The lesson's own time: monotonic while the program runs, taken up from wall time when a visit is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock


@dataclass(frozen=True, slots=True)
class Stamp:
    """One moment of a lesson: milliseconds since its start, and the wall time, aware UTC."""

    offset_ms: int
    wall: datetime


@dataclass(frozen=True, slots=True)
class Anchor:
    """A moment at which a running lesson's time was known.

    Attributes:
        raw_ms: lesson time as counted, corrections by gaps left out.
        wall: wall time of that moment, aware UTC.
        boot, boot_ms: `Clock.boot()` and `Clock.monotonic_ms()` of that moment; boot "" where nobody knows.
    """

    raw_ms: int
    wall: datetime
    boot: str = ""
    boot_ms: int = 0


class LessonClock:
    """Counts a lesson from its start.

    Within one process it follows the monotonic clock, so a corrected system clock moves nothing. Between processes
    only wall time is left: `started` against now, and never before the newest event (`at_least_ms`), so that a clock
    set back cannot stamp a new note before what was already written.
    """

    def __init__(
        self, clock: Clock, *, started: datetime | None, ended: datetime | None = None, at_least_ms: int = 0
    ) -> None:
        """Anchor to the clock now.

        Args:
            clock: where time comes from.
            started: when observing began; None while it has not, then the clock stands at 0.
            ended: when it ended; the clock stands still there.
            at_least_ms: offset of the newest event.
        """
        self._clock = clock
        self._started = started
        self._frozen_ms: int | None = None
        self._base_ms = 0
        self._anchor_ms = clock.monotonic_ms()
        if started is None:
            self._frozen_ms = max(0, at_least_ms)
        elif ended is not None:
            self._frozen_ms = max(0, _between_ms(started, ended))
        else:
            self._base_ms = max(0, at_least_ms, _between_ms(started, clock.now()))

    @property
    def started(self) -> datetime | None:
        """When the lesson began, None before."""
        return self._started

    @property
    def running(self) -> bool:
        """Whether time passes: begun and not ended."""
        return self._frozen_ms is None

    def elapsed_ms(self) -> int:
        """Return milliseconds since the start; never goes back."""
        if self._frozen_ms is not None:
            return self._frozen_ms
        return self._base_ms + max(0, self._clock.monotonic_ms() - self._anchor_ms)

    def stamp(self) -> Stamp:
        """Return this moment."""
        return Stamp(self.elapsed_ms(), self._clock.now())

    def wall_at(self, offset_ms: int) -> datetime:
        """Return the wall time of a moment of the lesson; now where the lesson has no start."""
        if self._started is None:
            return self._clock.now()
        return self._started + timedelta(milliseconds=offset_ms)

    def freeze(self) -> int:
        """Let the clock stand still at this moment and return it."""
        self._frozen_ms = self.elapsed_ms()
        return self._frozen_ms


def _between_ms(first: datetime, second: datetime) -> int:
    return (second - first) // timedelta(milliseconds=1)


def left_minutes(elapsed_ms: int, minutes: int) -> int:
    """Return whole minutes left of a lesson of so many minutes, rounded up; negative when it is over time."""
    return -((elapsed_ms - minutes * 60_000) // 60_000)


def parse_clock(text: str) -> int | None:
    """Return the milliseconds of "MM:SS", "H:MM:SS" or plain minutes ("20"); None for anything else."""
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if len(numbers) == 1:
        return numbers[0] * 60_000
    if numbers[-1] > 59 or (len(numbers) == 3 and numbers[1] > 59):
        return None
    seconds = 0
    for number in numbers:
        seconds = seconds * 60 + number
    return seconds * 1000
