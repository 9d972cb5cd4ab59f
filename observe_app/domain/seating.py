"""A seating plan: where students and teacher sit, by number and initials, never by name; its file form and its edits.

Lengths are in hundredths of a seat: a seat is `PITCH` wide with its gap, x grows to the right, y away from the front.
Students are told apart by their number, which the note line writes as "S7"; the id of a seat says where that was.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from observe_app.domain.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

PITCH = 100
MAX_SEATS = 200
MAX_PLACES = 4
MAX_NUMBER = 999
MAX_LABEL = 12
MAX_TITLE = 120
MAX_AT = 10_000
MAX_TEXT = 100_000
VERSION = 1
CLASS = "class"
"""What stands for a seat where the whole class spoke together."""


class SeatState(StrEnum):
    """Whether somebody sits there today: a student, nobody ever, or a student who is missing."""

    TAKEN = "taken"
    EMPTY = "empty"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Seat:
    """A student's place.

    Attributes:
        id: stays with the place, whatever number or initials it gets.
        number: 1 to `MAX_NUMBER`, once in a plan. label: initials, "" for none.
        x, y: of its middle.
    """

    id: str
    number: int
    x: int
    y: int
    label: str = ""
    state: SeatState = SeatState.TAKEN

    @property
    def speaker(self) -> str:
        """How the note line writes the student, such as "S7"."""
        return f"S{self.number}"

    @property
    def shown(self) -> str:
        """The initials, or the number where there are none."""
        return self.label or str(self.number)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the teacher: desk, board, the far corner."""

    id: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class SeatingPlan:
    """Seats and the teacher's places, in the order of the numbers. An empty plan has no seats."""

    seats: tuple[Seat, ...] = ()
    places: tuple[Place, ...] = ()
    title: str = ""

    def seat(self, seat_id: str) -> Seat | None:
        """Return the seat of this id, None where there is none."""
        return next((seat for seat in self.seats if seat.id == seat_id), None)

    def numbered(self, number: int) -> Seat | None:
        """Return the seat of this number, None where there is none."""
        return next((seat for seat in self.seats if seat.number == number), None)

    def of_speaker(self, speaker: str) -> Seat | None:
        """Return the seat of a student written as "S7", None for anybody else."""
        digits = speaker[1:]
        return self.numbered(int(digits)) if speaker[:1] == "S" and digits.isascii() and digits.isdigit() else None

    @property
    def everything(self) -> tuple[Seat | Place, ...]:
        """Seats, then places of the teacher."""
        return (*self.seats, *self.places)

    @property
    def students(self) -> int:
        """How many students are there today."""
        return sum(seat.state is SeatState.TAKEN for seat in self.seats)

    @property
    def next_number(self) -> int:
        """The smallest number that no seat has."""
        used = {seat.number for seat in self.seats}
        return next(number for number in range(1, len(used) + 2) if number not in used)

    def place_of(self, seat_id: str) -> Seat | Place | None:
        """Return the seat or the teacher's place of this id."""
        return self.seat(seat_id) or next((place for place in self.places if place.id == seat_id), None)


# -- edits: each returns another plan


def add(plan: SeatingPlan, x: int, y: int, *, number: int | None = None, label: str = "") -> SeatingPlan:
    """Add a seat with the smallest free number, or with this one.

    Raises:
        Invalid: the plan is full, the number is taken or none, the initials are too long.
    """
    if len(plan.seats) >= MAX_SEATS:
        raise Invalid("seats", str(len(plan.seats) + 1), "out_of_range", f"1–{MAX_SEATS}")
    wanted = plan.next_number if number is None else _free_number(plan, number, "")
    used = {seat.id for seat in plan.seats} | {place.id for place in plan.places}
    seat_id = next(f"s{index}" for index in range(wanted, wanted + len(used) + 1) if f"s{index}" not in used)
    seat = Seat(seat_id, wanted, _at(x), _at(y), clean_label(label))
    return _ordered(replace(plan, seats=(*plan.seats, seat)))


def add_place(plan: SeatingPlan, x: int, y: int) -> SeatingPlan:
    """Add a place of the teacher.

    Raises:
        Invalid: there are enough.
    """
    if len(plan.places) >= MAX_PLACES:
        raise Invalid("seats", str(MAX_PLACES + 1), "out_of_range", f"1–{MAX_PLACES}")
    used = {seat.id for seat in plan.seats} | {place.id for place in plan.places}
    place_id = next(f"t{index}" for index in range(1, len(used) + 2) if f"t{index}" not in used)
    return replace(plan, places=(*plan.places, Place(place_id, _at(x), _at(y))))


def move(plan: SeatingPlan, seat_id: str, x: int, y: int) -> SeatingPlan:
    """Put a seat or a place of the teacher elsewhere; where that is outside, on the edge."""
    x, y = _at(x), _at(y)
    return replace(
        plan,
        seats=tuple(replace(seat, x=x, y=y) if seat.id == seat_id else seat for seat in plan.seats),
        places=tuple(replace(place, x=x, y=y) if place.id == seat_id else place for place in plan.places),
    )


def shifted(plan: SeatingPlan, dx: int, dy: int) -> SeatingPlan:
    """Return the plan with everything moved, so that there is room beside it."""
    return replace(
        plan,
        seats=tuple(replace(seat, x=_at(seat.x + dx), y=_at(seat.y + dy)) for seat in plan.seats),
        places=tuple(replace(place, x=_at(place.x + dx), y=_at(place.y + dy)) for place in plan.places),
    )


def remove(plan: SeatingPlan, seat_id: str) -> SeatingPlan:
    """Take a seat away, or a place of the teacher; the other numbers stay."""
    return replace(
        plan,
        seats=tuple(seat for seat in plan.seats if seat.id != seat_id),
        places=tuple(place for place in plan.places if place.id != seat_id),
    )


def set_label(plan: SeatingPlan, seat_id: str, label: str) -> SeatingPlan:
    """Give a seat initials, "" for none.

    Raises:
        Invalid: they are too long.
    """
    words = clean_label(label)
    return replace(plan, seats=tuple(replace(seat, label=words) if seat.id == seat_id else seat for seat in plan.seats))


def set_number(plan: SeatingPlan, seat_id: str, number: int) -> SeatingPlan:
    """Give a seat another number.

    Raises:
        Invalid: it is taken, or none.
    """
    _free_number(plan, number, seat_id)
    seats = (replace(seat, number=number) if seat.id == seat_id else seat for seat in plan.seats)
    return _ordered(replace(plan, seats=tuple(seats)))


def give_number(plan: SeatingPlan, seat_id: str, number: int) -> SeatingPlan:
    """Give a seat a number; the seat that has it gets this one's.

    Raises:
        Invalid: it is none.
    """
    mine, other = plan.seat(seat_id), plan.numbered(number)
    if mine is None or other is None or other.id == seat_id:
        return set_number(plan, seat_id, number)
    swap = {seat_id: number, other.id: mine.number}
    return _ordered(
        replace(plan, seats=tuple(replace(seat, number=swap.get(seat.id, seat.number)) for seat in plan.seats))
    )


def set_state(plan: SeatingPlan, seat_id: str, state: SeatState) -> SeatingPlan:
    """Say whether somebody sits there today."""
    return replace(plan, seats=tuple(replace(seat, state=state) if seat.id == seat_id else seat for seat in plan.seats))


def set_title(plan: SeatingPlan, title: str) -> SeatingPlan:
    """Name the plan.

    Raises:
        Invalid: the title is too long.
    """
    return replace(plan, title=_words(title, "title", MAX_TITLE))


def turned(plan: SeatingPlan) -> SeatingPlan:
    """Return the plan as it is seen from the other end of the room; numbers stay with their seats."""
    every = plan.everything
    if not every:
        return plan
    x = min(one.x for one in every) + max(one.x for one in every)
    y = min(one.y for one in every) + max(one.y for one in every)
    return replace(
        plan,
        seats=tuple(replace(seat, x=x - seat.x, y=y - seat.y) for seat in plan.seats),
        places=tuple(replace(place, x=x - place.x, y=y - place.y) for place in plan.places),
    )


def everybody_here(plan: SeatingPlan) -> SeatingPlan:
    """Return the plan for another day: nobody is missing yet."""
    here = SeatState.TAKEN
    return replace(
        plan,
        seats=tuple(replace(seat, state=here) if seat.state is SeatState.ABSENT else seat for seat in plan.seats),
    )


def clean_label(label: str) -> str:
    """Return initials without control characters and outer spaces.

    Raises:
        Invalid: too long.
    """
    return _words(label, "initials", MAX_LABEL)


# -- as text


def dumps(plan: SeatingPlan) -> str:
    """Return the plan as JSON, the same text for the same plan."""
    seats = []
    for seat in plan.seats:
        row: dict[str, Any] = {"id": seat.id, "number": seat.number, "x": seat.x, "y": seat.y}
        if seat.label:
            row["label"] = seat.label
        if seat.state is not SeatState.TAKEN:
            row["state"] = seat.state.value
        seats.append(row)
    data: dict[str, Any] = {"seating": VERSION, "seats": seats}
    data["teacher"] = [{"id": place.id, "x": place.x, "y": place.y} for place in plan.places]
    if plan.title:
        data["title"] = plan.title
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def loads(text: str) -> SeatingPlan:
    """Return the plan that `dumps` wrote; fields it does not know are passed over. "" is an empty plan.

    Raises:
        Invalid: `field` "seating": too long, no such file, written by a newer version, or nothing that can be a plan.
    """
    if not text:
        return SeatingPlan()
    if len(text) > MAX_TEXT:
        raise Invalid("seating", text[:40], "too_long", str(MAX_TEXT))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise Invalid("seating", text[:40], "unknown", "JSON") from None
    if not isinstance(data, dict) or not _whole(data.get("seating")) or data["seating"] < 1:
        raise Invalid("seating", text[:40], "unknown", "JSON")
    if data["seating"] > VERSION:
        raise Invalid("seating", "seating", "out_of_range", str(VERSION))
    seats, places = _rows(data, "seats", MAX_SEATS), _rows(data, "teacher", MAX_PLACES)
    plan = SeatingPlan(
        tuple(_seat(row) for row in seats),
        tuple(Place(_id(row), _length(row, "x"), _length(row, "y")) for row in places),
        _words(_text(data, "title"), "title", MAX_TITLE),
    )
    _once((*(seat.id for seat in plan.seats), *(place.id for place in plan.places)))
    _once(str(seat.number) for seat in plan.seats)
    return _ordered(plan)


def _rows(data: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    rows = data.get(name, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise Invalid("seating", name, "unknown", "list")
    if len(rows) > most:
        raise Invalid("seating", str(len(rows)), "out_of_range", str(most))
    return rows


def _seat(row: dict[str, Any]) -> Seat:
    number, state = _number(row, "number", 1, MAX_NUMBER), _text(row, "state") or SeatState.TAKEN.value
    if state not in set(SeatState):
        raise Invalid("seating", state[:20], "unknown", ", ".join(SeatState))
    label = clean_label(_text(row, "label"))
    return Seat(_id(row), number, _length(row, "x"), _length(row, "y"), label, SeatState(state))


def _id(row: dict[str, Any]) -> str:
    found = _text(row, "id")
    if not 1 <= len(found) <= 20 or not found.isascii() or not found.isalnum():
        raise Invalid("seating", found[:20], "unknown", "id")
    return found


def _length(row: dict[str, Any], name: str) -> int:
    return _number(row, name, 0, MAX_AT)


def _number(row: dict[str, Any], name: str, low: int, high: int) -> int:
    value: Any = row.get(name)
    if not _whole(value) or not low <= value <= high:
        raise Invalid("seating", str(value)[:20] if not _whole(value) else name, "out_of_range", f"{low}–{high}")
    return int(value)


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise Invalid("seating", name, "unknown", "text")
    return value


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise Invalid("seating", name[:20], "taken", "")
        seen.add(name)


# -- helpers


def _at(value: int) -> int:
    return max(0, min(MAX_AT, value))


def _ordered(plan: SeatingPlan) -> SeatingPlan:
    return replace(plan, seats=tuple(sorted(plan.seats, key=lambda seat: seat.number)))


def _free_number(plan: SeatingPlan, number: int, own: str) -> int:
    if not 1 <= number <= MAX_NUMBER:
        raise Invalid("number", str(number)[:20], "out_of_range", f"1–{MAX_NUMBER}")
    if any(seat.number == number and seat.id != own for seat in plan.seats):
        raise Invalid("number", str(number), "taken")
    return number


def _words(text: str, field: str, most: int) -> str:
    # Marks that turn the writing direction, and half characters, would spoil whatever stands beside them.
    kept = "".join(" " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    words = " ".join(kept.split())
    if len(words) > most:
        raise Invalid(field, words[:20], "too_long", str(most))
    return words
