"""The clock of a filmed lesson: its time is where the film stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.domain.event import MAX_OFFSET_MS
from observe_app.domain.lesson_clock import LessonClock, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from observe_app.domain.clock import Clock
    from observe_app.domain.video import Video


class FilmClock(LessonClock):
    """Lesson time read from a film instead of the computer's clock; it may go back as the film does."""

    def __init__(
        self, clock: Clock, video: Video, position_ms: Callable[[], int], *, started: datetime | None = None
    ) -> None:
        """Follow a film.

        Args:
            clock: gives the wall time of what is written where the lesson has no start.
            video: lines the film up with the lesson.
            position_ms: where the film stands.
            started: when the lesson began; moments of the film then have the time of day they had.
        """
        super().__init__(clock, started=None)
        self._began = started
        self._video = video
        self._position_ms = position_ms

    @property
    def started(self) -> datetime | None:
        """When the lesson began, None where nobody knows."""
        return self._began

    @property
    def running(self) -> bool:
        """A moment of the film can always be stamped, whether it plays or stands."""
        return True

    @property
    def video(self) -> Video:
        """The film that is followed."""
        return self._video

    def elapsed_ms(self) -> int:
        """Return the lesson time at which the film stands, negative before the lesson."""
        return max(-MAX_OFFSET_MS, min(MAX_OFFSET_MS, self._video.lesson_ms(self._position_ms())))

    def raw_ms(self) -> int:
        """Return the same: a film has no gaps."""
        return self.elapsed_ms()

    def stamp(self) -> Stamp:
        """Return where the film stands."""
        offset = self.elapsed_ms()
        return Stamp(offset, self.wall_at(offset))

    def wall_at(self, offset_ms: int) -> datetime:
        """Return the time of day of a moment of the lesson; now where nobody knows when the lesson began."""
        from datetime import timedelta  # noqa: PLC0415

        return self._clock.now() if self._began is None else self._began + timedelta(milliseconds=offset_ms)

    def drift_ms(self) -> int:
        """Return 0: the computer's clock means nothing to a film."""
        return 0
