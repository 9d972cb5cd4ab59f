"""The film of a lesson: it stays where it is, and only this computer knows where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Video:
    """Where a film lies and how it lines up with the lesson.

    Attributes:
        path: as the person chose it. The file is never copied, moved or sent.
        starts_ms: lesson time at the film's first frame; negative when filming began before the lesson.
    """

    visit_id: str
    path: str
    starts_ms: int = 0

    def lesson_ms(self, position_ms: int) -> int:
        """Return the lesson time of a position in the film."""
        return self.starts_ms + position_ms

    def position_ms(self, lesson_ms: int) -> int:
        """Return the position in the film of a lesson time, 0 for what happened before it begins."""
        return max(0, lesson_ms - self.starts_ms)
