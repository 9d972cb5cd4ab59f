"""How much of what was noted the teacher said: a share of words, labelled as such.

It counts the words that an observer wrote down with a speaker, not the seconds anybody spoke: the two differ, and a
view must say which it shows. What was said while nobody wrote is in neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.timeline import Share

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class TalkShare:
    """Words in notes by who said them.

    Attributes:
        teacher, students: words of notes whose speaker is "T", or "S", "SS" or a student with a number.
        unsaid: words of notes without a speaker: what was seen, not said. They are in no base.
    """

    teacher: int = 0
    students: int = 0
    unsaid: int = 0

    @property
    def of_talk(self) -> Share:
        """The teacher's words of all words with a speaker."""
        return Share(self.teacher, self.teacher + self.students)


def count_words(text: str) -> int:
    """Return how many runs of signs between white space a text has."""
    return len(text.split())


def talk_share(events: Iterable[Event]) -> TalkShare:
    """Count the words of a visit's living notes; other events are passed over."""
    counts = {"T": 0, "S": 0, "": 0}
    for event in events:
        if event.kind is EventKind.NOTE and not event.deleted:
            counts["T" if event.speaker == "T" else "S" if event.speaker else ""] += count_words(event.text)
    return TalkShare(counts["T"], counts["S"], counts[""])
