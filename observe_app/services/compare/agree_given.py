"""What two records bring to a comparison: events that may be read, how long each was watched, what forms share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from observe_app.domain.compare.agree_view import AgreementView, LeftOut, LeftOutWhy, Party
from observe_app.domain.compare.marks import Origin
from observe_app.domain.compare.pairing import during, without
from observe_app.domain.event import MAX_OFFSET_MS, Event
from observe_app.domain.form import Form, Item, ItemKind, text_in
from observe_app.domain.lesson_parts import Stretch, outside, pauses
from observe_app.domain.timeline import TimerState, timers

if TYPE_CHECKING:
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.visit import Visit
    from observe_app.services.compare.agree_words import AgreementWords

_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Given:
    """One of the records.

    Attributes:
        events: by moment, those that are neither private nor deleted and lie within the lesson.
        length_ms: as long as it was observed, else as planned; never shorter than the last event.
        paused: pauses of the lesson. running: its timers.
    """

    record: VisitRecord
    events: tuple[Event, ...]
    length_ms: int
    paused: tuple[Stretch, ...]
    running: dict[str, TimerState]

    @property
    def form(self) -> Form | None:
        """The form as used, None without one."""
        return self.record.form

    @property
    def name(self) -> str:
        """Who observed, "" where nobody said."""
        return self.record.visit.observer


def given(record: VisitRecord) -> Given:
    """Return what a record brings."""
    told = tuple(
        sorted(
            (
                event
                for event in record.events
                if not event.private and not event.deleted and 0 <= event.offset_ms <= MAX_OFFSET_MS
            ),
            key=lambda event: (event.offset_ms, event.id),
        )
    )
    visit = record.visit
    length = visit.minutes * _MINUTE
    if visit.started is not None and visit.ended is not None and visit.ended > visit.started:
        length = round((visit.ended - visit.started).total_seconds() * 1000)
    # An interval that was ticked was watched to its end, for how could it be judged else.
    ends = [event.offset_ms for event in told]
    items = record.form.items if record.form is not None else ()
    seconds = {item.id: item.seconds * 1000 for item in items if item.kind is ItemKind.INTERVAL}
    ends += [event.offset_ms + seconds[event.item] for event in told if event.item in seconds]
    return Given(record, told, max(length, *ends, 0) if ends else length, pauses(told), timers(items, told))


def party(one: Given) -> Party:
    """Return who this is."""
    visit = one.record.visit
    return Party(
        visit_id=visit.id,
        observer=visit.observer,
        observer_id=visit.observer_id or "",
        teacher=visit.teacher,
        class_name=visit.class_name,
        subject=visit.subject,
        start=visit.started or visit.start,
        zone=visit.zone,
        minutes=outside(Stretch(0), one.paused, one.length_ms) / _MINUTE,
        form_id=visit.form_id,
        form_version=visit.form_version,
        form_title=visit.form_title,
        origin=_origin(visit),
    )


def _origin(visit: Visit) -> Origin:
    return {"imported": Origin.IMPORTED, "demo": Origin.DEMO}.get(visit.source, Origin.LIVE)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records and how they are laid on each other."""

    a: Given
    b: Given
    offset_ms: int
    tolerance_ms: int
    words: AgreementWords
    language: str = ""

    @property
    def watched(self) -> tuple[tuple[int, int], ...]:
        """The stretches of a's time that both observed: begun by both, ended by none, paused by none."""
        start, end = self.bounds
        if start >= end:
            return ()
        taken = [*during(self.a.paused, start, end), *during(self.b.paused, start, end, self.offset_ms)]
        return without(start, end, taken)

    @property
    def bounds(self) -> tuple[int, int]:
        """From when to when both records go, in a's time."""
        return max(0, self.offset_ms), min(self.a.length_ms, self.b.length_ms + self.offset_ms)

    @property
    def names(self) -> tuple[str, str]:
        """Who the two are, in words that tell them apart."""
        one, other = self.a.name.strip(), self.b.name.strip()
        if one and other and one != other:
            return one, other
        return self.words.one, self.words.other

    def saw_both(self, moment: int) -> bool:
        """Whether both were watching at a moment of a's time; the very end still counts."""
        return any(low <= moment < high or moment == high == self.bounds[1] for low, high in self.watched)

    def label(self, item: Item) -> str:
        """Return an item's label in words."""
        return text_in(item.label, self.language) or item.id


def shared(pair: Pair) -> tuple[tuple[tuple[Item, Item], ...], tuple[LeftOut, ...]]:
    """Return the items that both forms have, like with like, in the order of a's form; and those that are left out.

    Texts and guidance are no figures and are neither.
    """
    found: list[tuple[Item, Item]] = []
    left: list[LeftOut] = []
    silent = (ItemKind.TEXT, ItemKind.GUIDANCE)
    a = {item.id: item for item in (pair.a.form.items if pair.a.form else ()) if item.kind not in silent}
    b = {item.id: item for item in (pair.b.form.items if pair.b.form else ()) if item.kind not in silent}
    for item_id, item in a.items():
        other = b.get(item_id)
        if other is None:
            left.append(LeftOut(LeftOutWhy.NOT_ON_BOTH, item_id, pair.label(item)))
        elif other.kind is not item.kind:
            left.append(LeftOut(LeftOutWhy.KIND_DIFFERS, item_id, pair.label(item)))
        elif item.kind in (ItemKind.RATING, ItemKind.CHOICE, ItemKind.CHOICES) and not _same_scale(item, other):
            left.append(LeftOut(LeftOutWhy.SCALE_DIFFERS, item_id, pair.label(item)))
        else:
            found.append((item, other))
    left += [LeftOut(LeftOutWhy.NOT_ON_BOTH, one, pair.label(item)) for one, item in b.items() if one not in a]
    return tuple(found), tuple(left)


def _same_scale(item: Item, other: Item) -> bool:
    """Whether two items offer the same levels or options; descriptors may have been reworded."""
    levels = [(level.number, level.label) for level in item.levels]
    return levels == [(level.number, level.label) for level in other.levels] and [
        option.id for option in item.options
    ] == [option.id for option in other.options]


def same_levels(item: Item, other: Item) -> bool:
    """Whether the level of each interval is of the same scale on both forms."""
    return bool(item.levels) and _same_scale(item, other)


__all__ = ["AgreementView", "Given", "Pair", "given", "party", "same_levels", "shared"]
