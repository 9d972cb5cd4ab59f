"""Which notes are shown: by words, star, use, tag, speaker, item, phase, and by the view that counts them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING

from observe_app.domain.event import EventKind
from observe_app.domain.lesson_parts import Phase, phases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from observe_app.domain.event import Event


class Narrow(Enum):
    """What notes can be narrowed by; of several values of one any will do, of different ones each must fit."""

    STARRED = "starred"
    UNUSED = "unused"
    TAG = "tag"
    SPEAKER = "speaker"
    ITEM = "item"
    PHASE = "phase"
    VIEW = "view"


Wish = tuple[Narrow, str]
"""One thing asked of a note: what, and which; the second is "" of starred and of not used yet."""


@dataclass(frozen=True, slots=True)
class NoteFilter:
    """What is asked of the notes shown. `words` are those of the search, `wishes` in the order they were made."""

    words: str = ""
    wishes: tuple[Wish, ...] = ()

    def toggled(self, wish: Wish) -> NoteFilter:
        """Return the filter with this wish added, or taken away where it was there."""
        if wish in self.wishes:
            return replace(self, wishes=tuple(one for one in self.wishes if one != wish))
        return replace(self, wishes=(*self.wishes, wish))

    def only(self, wish: Wish) -> NoteFilter:
        """Return a filter with nothing but this wish."""
        return NoteFilter(wishes=(wish,))

    def values(self, what: Narrow) -> frozenset[str]:
        """Return what is asked for in one respect, empty where nothing is."""
        return frozenset(value for kind, value in self.wishes if kind is what)

    @property
    def is_on(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.wishes)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known about the notes of a visit beside their own words.

    Attributes:
        used: ids of events that are evidence of anything.
        items: event id to the form's items it is evidence for. views: key to the events counted.
    """

    used: frozenset[str] = frozenset()
    items: Mapping[str, frozenset[str]] = field(default_factory=dict)
    views: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offers:
    """What there is to narrow by in a visit, each with how many notes it leaves; nothing that would leave none."""

    starred: int = 0
    unused: int = 0
    tags: tuple[tuple[str, int], ...] = ()
    speakers: tuple[tuple[str, int], ...] = ()
    items: tuple[tuple[str, int], ...] = ()
    phases: tuple[tuple[Phase, int], ...] = ()


def in_phase(event: Event, phase: Phase) -> bool:
    """Whether an event lies in a phase; one at the border belongs to the later."""
    return phase.start_ms <= event.offset_ms and (phase.end_ms is None or event.offset_ms < phase.end_ms)


def fits(event: Event, wanted: NoteFilter, around: Around, found: Mapping[str, Phase]) -> bool:
    """Whether an event is what is asked for; its words are not looked at.

    Args:
        event: a note, or with a view among the wishes any event.
        wanted: what is asked for.
        around: what is known about it.
        found: phases by the id of the event that begins them.
    """
    for what in dict.fromkeys(kind for kind, _value in wanted.wishes):
        values = wanted.values(what)
        match what:
            case Narrow.STARRED:
                good = event.starred
            case Narrow.UNUSED:
                good = event.id not in around.used
            case Narrow.TAG:
                good = not values.isdisjoint(event.tags)
            case Narrow.SPEAKER:
                good = event.speaker in values
            case Narrow.ITEM:
                good = event.item in values or not values.isdisjoint(around.items.get(event.id, ()))
            case Narrow.PHASE:
                good = any(in_phase(event, found[value]) for value in values if value in found)
            case _:
                good = any(event.id in around.views.get(value, ()) for value in values)
        if not good:
            return False
    return True


def offers(events: Sequence[Event], around: Around) -> Offers:
    """Return what there is to narrow by."""
    told = [event for event in events if event.kind is EventKind.NOTE and not event.deleted]
    speakers = _counts(note.speaker for note in told if note.speaker)
    return Offers(
        starred=sum(note.starred for note in told),
        unused=sum(note.id not in around.used for note in told),
        tags=_by_count(_counts(tag for note in told for tag in dict.fromkeys(note.tags))),
        speakers=tuple(sorted(speakers.items(), key=lambda pair: (_rank(pair[0]), pair[0]))),
        items=tuple(_counts(item for note in told for item in sorted(around.items.get(note.id, ()))).items()),
        phases=tuple(
            (phase, count) for phase in phases(events) if (count := sum(in_phase(note, phase) for note in told))
        ),
    )


def _counts(values: Iterable[str]) -> dict[str, int]:
    made: dict[str, int] = {}
    for value in values:
        made[value] = made.get(value, 0) + 1
    return made


def _by_count(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _rank(who: str) -> tuple[int, int]:
    number = who[1:]
    if who == "T":
        return 0, 0
    return (1, int(number)) if who[:1] == "S" and number.isascii() and number.isdigit() else (2, 0)
