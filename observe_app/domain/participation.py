"""Who spoke, how often and to whom: a view over events that says what each of its numbers rests on.

Two sources are kept apart because one contribution may stand in both: presses on the seating plan, and notes that name
a speaker. Neither is added to the other.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from observe_app.domain.event import Event, EventKind
from observe_app.domain.seating import SeatingPlan, SeatState
from observe_app.domain.timeline import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

TEACHER = "T"
CLASS = "SS"
SOMEBODY = "S"


class Basis(StrEnum):
    """What a number rests on: presses on the plan, or notes with a speaker."""

    PRESSES = "presses"
    NOTES = "notes"


_Said = tuple[Basis, str, str, str]


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who could be heard.

    Attributes:
        who: as the note line writes it: "S7", "T", "SS" the class together, "S" a student nobody named.
        seat: id of the seat, "" where the plan has none for them. label: initials.
        pressed, noted: contributions by either source.
    """

    who: str
    seat: str = ""
    label: str = ""
    pressed: int = 0
    noted: int = 0

    def count(self, basis: Basis) -> int:
        """Return the contributions by one source."""
        return self.pressed if basis is Basis.PRESSES else self.noted


@dataclass(frozen=True, slots=True)
class Flow:
    """Who spoke to whom, `to` "" being the class; counted by either source."""

    who: str
    to: str
    pressed: int = 0
    noted: int = 0

    def count(self, basis: Basis) -> int:
        """Return how often by one source."""
        return self.pressed if basis is Basis.PRESSES else self.noted


@dataclass(frozen=True, slots=True)
class Participation:
    """What a lesson's events say about who spoke.

    Attributes:
        voices: students of the plan in its order (missing ones left out unless they spoke), then others by name.
        flows: by who and to.
        presses, notes: how many events either source has in all, whoever spoke.
        absent: how many of the plan are missing today.
    """

    voices: tuple[Voice, ...] = ()
    flows: tuple[Flow, ...] = ()
    presses: int = 0
    notes: int = 0
    absent: int = 0

    @property
    def basis(self) -> Basis:
        """The source to show first: presses where there are any, else notes."""
        return Basis.NOTES if self.notes and not self.presses else Basis.PRESSES

    @property
    def students(self) -> tuple[Voice, ...]:
        """Those who sit in the plan."""
        return tuple(voice for voice in self.voices if voice.seat)

    def heard(self, basis: Basis) -> Share:
        """Return how many students of the plan spoke at least once by this source, of those who are there."""
        students = self.students
        return Share(sum(voice.count(basis) > 0 for voice in students), len(students))

    def not_heard(self, basis: Basis) -> tuple[Voice, ...]:
        """Return the students of the plan who did not speak by this source."""
        return tuple(voice for voice in self.students if not voice.count(basis))

    def contributions(self, basis: Basis) -> int:
        """Return how many events this source has."""
        return self.presses if basis is Basis.PRESSES else self.notes

    def count_of(self, seat_id: str, basis: Basis) -> int:
        """Return how often the student on a seat spoke by this source."""
        return next((voice.count(basis) for voice in self.voices if voice.seat and voice.seat == seat_id), 0)


def is_press(event: Event) -> bool:
    """Whether an event says that somebody on a seat spoke."""
    return event.kind is EventKind.TALLY and not event.item and bool(event.speaker) and not event.deleted


def is_spoken_note(event: Event) -> bool:
    """Whether an event is a note that names a speaker."""
    return event.kind is EventKind.NOTE and bool(event.speaker) and not event.deleted


class Speech:
    """The presses and spoken notes of a visit, counted as they come: one more costs nothing however many there are.

    The seats of presses are kept as they were written; who sits there is asked when a view is made.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        """Count these; others than presses and notes with a speaker are passed over."""
        self._held: dict[str, _Said] = {}
        self._counts: Counter[_Said] = Counter()
        for event in events:
            self.put(event)

    def put(self, event: Event) -> bool:
        """Count an event as it is now, whatever it was before, a deleted one no longer; return whether that differs."""
        said = _said(event)
        before = self._held.pop(event.id, None)
        if before is not None:
            self._counts[before] -= 1
            if not self._counts[before]:
                del self._counts[before]
        if said is not None:
            self._held[event.id] = said
            self._counts[said] += 1
        return said != before

    def view(self, plan: SeatingPlan) -> Participation:
        """Return who spoke to whom, on this plan.

        A press belongs to the student who has its seat's number now, a note to the student whose number it names; where
        the plan has no such seat any more, the number that was written stands for itself.
        """
        seats = {seat.id: seat for seat in plan.seats}
        spoke: dict[Basis, Counter[str]] = {basis: Counter() for basis in Basis}
        pairs: dict[Basis, Counter[tuple[str, str]]] = {basis: Counter() for basis in Basis}
        for (basis, seat_id, speaker, to), count in self._counts.items():
            seat = seats.get(seat_id)
            who = seat.speaker if seat is not None else speaker
            spoke[basis][who] += count
            pairs[basis][who, to] += count
        pressed, noted = spoke[Basis.PRESSES], spoke[Basis.NOTES]
        everybody = pressed.keys() | noted.keys()
        voices = [
            Voice(seat.speaker, seat.id, seat.label, pressed[seat.speaker], noted[seat.speaker])
            for seat in plan.seats
            if seat.state is SeatState.TAKEN or seat.speaker in everybody
        ]
        others = everybody - {voice.who for voice in voices}
        voices += [Voice(who, "", "", pressed[who], noted[who]) for who in sorted(others, key=order)]
        flows = sorted(
            pairs[Basis.PRESSES].keys() | pairs[Basis.NOTES].keys(), key=lambda pair: (order(pair[0]), order(pair[1]))
        )
        return Participation(
            tuple(voices),
            tuple(Flow(who, to, pairs[Basis.PRESSES][who, to], pairs[Basis.NOTES][who, to]) for who, to in flows),
            pressed.total(),
            noted.total(),
            sum(seat.state is SeatState.ABSENT and seat.speaker not in everybody for seat in plan.seats),
        )


def participation(plan: SeatingPlan, events: Iterable[Event]) -> Participation:
    """Return who spoke to whom.

    Args:
        plan: the visit's plan; an empty one puts nobody on a seat.
        events: of one visit, in any order; others than presses and notes with a speaker are passed over.
    """
    return Speech(events).view(plan)


def _said(event: Event) -> _Said | None:
    if is_press(event):
        return Basis.PRESSES, event.seat, event.speaker, event.to
    return (Basis.NOTES, "", event.speaker, event.to) if is_spoken_note(event) else None


def order(who: str) -> tuple[int, int, str]:
    """Return a key that sorts the teacher first, students by number, the class and unnamed ones last."""
    digits = who[1:]
    if who[:1] == "S" and digits.isascii() and digits.isdigit():
        return 1, int(digits), who
    return {TEACHER: 0, "": 2}.get(who, 3), 0, who
