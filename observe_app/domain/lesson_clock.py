"""The lesson's own time: monotonic while the program runs, taken up from wall time when a visit is opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from observe_app.domain.event import MAX_OFFSET_MS

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

    Raw time follows the monotonic clock, so a corrected system clock moves nothing, and neither does the end of the
    program: an `Anchor` of the same start of the computer gives the monotonic difference. After a restart of the
    computer only wall time is left, counted where it says something that a lesson can have. What the lesson's gaps
    come to is added to the raw time. Without an anchor (another computer's visit) `started` against now is all there
    is, and never before the newest event (`at_least_ms`), so that a clock set back cannot stamp a new note before what
    was already written.
    """

    def __init__(
        self,
        clock: Clock,
        *,
        started: datetime | None,
        ended: datetime | None = None,
        at_least_ms: int = 0,
        anchor: Anchor | None = None,
        gaps_ms: int = 0,
    ) -> None:
        """Take up the time now.

        Args:
            clock: where time comes from.
            started: when observing began; None while it has not, then the clock stands at 0.
            ended: when it ended; the clock stands still there.
            at_least_ms: offset of the newest event.
            anchor: the moment of the lesson that this computer knew last; None where it never had it open.
            gaps_ms: what the lesson's gaps add to the raw time.
        """
        self._clock = clock
        self._started = started
        self._gaps_ms = gaps_ms
        self._frozen_ms: int | None = None
        self._base_ms = 0
        self._zero_ms = clock.monotonic_ms()
        self._seen = clock.now(), self._zero_ms
        self._away_ms: int | None = 0
        if started is None:
            self._frozen_ms = max(0, at_least_ms)
        elif ended is not None:
            self._frozen_ms = max(0, _between_ms(started, ended))
        elif anchor is None:
            self._base_ms = max(0, at_least_ms - gaps_ms, _between_ms(started, self._seen[0]))
        else:
            self._take_up(anchor, at_least_ms)
        self._newest_ms = self._base_ms

    def _take_up(self, anchor: Anchor, at_least_ms: int) -> None:
        now, ticks = self._seen
        away = ticks - anchor.boot_ms
        if anchor.boot and anchor.boot == self._clock.boot() and away >= 0:
            self._seen = anchor.wall, anchor.boot_ms
        else:
            away = _between_ms(anchor.wall, now)
        if 0 <= away <= MAX_OFFSET_MS - max(0, anchor.raw_ms):
            self._away_ms = away
            self._base_ms = max(0, anchor.raw_ms) + away
        else:  # no lesson is that long, and none runs backwards: the time is not known
            self._seen = now, ticks
            self._away_ms = None
            self._base_ms = max(0, anchor.raw_ms, at_least_ms - self._gaps_ms)

    @property
    def started(self) -> datetime | None:
        """When the lesson began, None before."""
        return self._started

    @property
    def running(self) -> bool:
        """Whether time passes: begun and not ended."""
        return self._frozen_ms is None

    @property
    def away_ms(self) -> int | None:
        """How long nobody counted before this clock took up the time; None where nobody can tell, 0 without an anchor.

        While it is not known the lesson goes on from where it stood.
        """
        return self._away_ms

    @property
    def gaps_ms(self) -> int:
        """What the lesson's gaps add to the raw time."""
        return self._gaps_ms

    def set_gaps(self, gaps_ms: int) -> None:
        """Correct the lesson's time: somebody said whether it went on during a gap, or set the clock."""
        self._gaps_ms = gaps_ms

    def raw_ms(self) -> int:
        """Return the lesson's time as counted, gaps left out; it never goes back."""
        if self._frozen_ms is not None:
            return max(0, self._frozen_ms - self._gaps_ms)
        self._newest_ms = max(self._newest_ms, self._base_ms + self._clock.monotonic_ms() - self._zero_ms)
        return self._newest_ms

    def elapsed_ms(self) -> int:
        """Return milliseconds since the start; it never goes back unless a person corrects it, nor beyond a day."""
        if self._frozen_ms is not None:
            return self._frozen_ms
        return min(MAX_OFFSET_MS, max(0, self.unbounded_ms()))

    def unbounded_ms(self) -> int:
        """Return what raw time and gaps come to, also where no lesson has such a time; corrections start here."""
        return self.raw_ms() + self._gaps_ms

    def drift_ms(self) -> int:
        """Return how far the wall clock ran ahead of the monotonic one since the last look, negative if behind."""
        before, ticks = self._seen
        self._seen = self._clock.now(), self._clock.monotonic_ms()
        return _between_ms(before, self._seen[0]) - (self._seen[1] - ticks)

    def anchor(self) -> Anchor:
        """Return this moment, for the program that opens the visit next."""
        clock = self._clock
        return Anchor(self.raw_ms(), clock.now(), clock.boot(), clock.monotonic_ms())

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
