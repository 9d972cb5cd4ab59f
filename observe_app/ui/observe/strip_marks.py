"""What lies on the strip, by pixel, kept as events come and go: one more note costs the same among thousands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.lesson_parts import LESSON_KINDS, Gap, Phase, Stretch, gaps, pauses, phases

if TYPE_CHECKING:
    from collections.abc import Iterable

_NO_SCALE = (0, 1, 1)


class StripMarks:
    """Notes and starred moments as pixels, phases, pauses and gaps as they are.

    Attributes:
        phases, pauses, gaps: of the events put here.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self.phases: tuple[Phase, ...] = ()
        self.pauses: tuple[Stretch, ...] = ()
        self.gaps: tuple[Gap, ...] = ()
        self._at: dict[str, tuple[int, bool]] = {}
        self._lesson: dict[str, Event] = {}
        self._pixels: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        self._stars = 0
        self._newest: int | None = 0
        self._scale = _NO_SCALE

    @property
    def notes(self) -> int:
        """How many notes and starred moments there are."""
        return len(self._at)

    @property
    def stars(self) -> int:
        """How many of them are starred."""
        return self._stars

    @property
    def newest(self) -> int:
        """Moment of the last of them in ms, 0 without any."""
        if self._newest is None:
            self._newest = max((offset for offset, _starred in self._at.values()), default=0)
        return self._newest

    def load(self, events: Iterable[Event]) -> None:
        """Hold these events and no others."""
        self._at = {}
        self._lesson = {}
        self._stars = 0
        self._newest = None
        for event in events:
            self._keep(event)
        self._read_lesson()
        # Counted when it is known how wide the strip is.
        self._scale, self._pixels = _NO_SCALE, (Counter(), Counter())

    def put(self, event: Event) -> None:
        """Hold an event that is new or has changed; one that was deleted goes."""
        if event.kind in LESSON_KINDS and self._lesson.get(event.id) != event:
            self._lesson[event.id] = event
            self._read_lesson()
        before = self._at.get(event.id)
        after = None if event.deleted or not _marks(event) else (event.offset_ms, event.starred)
        if before != after:
            self._drop(event.id)
            if after is not None:
                self._keep(event)
                self._pixels[after[1]][self._x(after[0])] += 1

    def take(self, event_id: str) -> None:
        """Hold an event no longer; nothing happens where there is none."""
        self._drop(event_id)
        if self._lesson.pop(event_id, None) is not None:
            self._read_lesson()

    def places(self, left: int, room: int, total_ms: int, *, starred: bool) -> list[int]:
        """Return the pixels that have a note, or a starred moment.

        Args:
            left: pixel of the lesson's start.
            room: pixels from there to its end.
            total_ms: length of the lesson as shown.
            starred: which of the two.
        """
        scale = (left, max(1, room), max(1, total_ms))
        if scale != self._scale:
            self._scale = scale
            self._count()
        return list(self._pixels[starred])

    def _keep(self, event: Event) -> None:
        if event.kind in LESSON_KINDS:
            self._lesson[event.id] = event
        if _marks(event) and not event.deleted:
            self._at[event.id] = event.offset_ms, event.starred
            self._stars += event.starred
            if self._newest is not None:
                self._newest = max(self._newest, event.offset_ms)

    def _drop(self, event_id: str) -> None:
        found = self._at.pop(event_id, None)
        if found is None:
            return
        offset, starred = found
        self._stars -= starred
        pixels, x = self._pixels[starred], self._x(offset)
        pixels[x] -= 1
        if pixels[x] <= 0:
            del pixels[x]
        if self._newest == offset:
            self._newest = None

    def _count(self) -> None:
        left, room, total = self._scale
        fresh: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
        for offset, starred in self._at.values():  # as `_x`, which would be called thousands of times
            fresh[starred][left + round(room * max(0, min(offset, total)) / total)] += 1
        self._pixels = fresh

    def _x(self, offset_ms: int) -> int:
        left, room, total = self._scale
        return left + round(room * max(0, min(offset_ms, total)) / total)

    def _read_lesson(self) -> None:
        events = self._lesson.values()
        self.phases, self.pauses, self.gaps = phases(events), pauses(events), gaps(events)


def _marks(event: Event) -> bool:
    return event.kind is EventKind.NOTE or event.starred
