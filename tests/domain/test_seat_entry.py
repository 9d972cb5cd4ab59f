"""Seat numbers as they are typed in a hurry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.seat_entry import SeatEntry, back, press

ROOM = range(1, 29)


def typed(keys, numbers=ROOM):
    entry = SeatEntry()
    for key in keys:
        entry = press(entry, key, numbers) or entry
    return entry.speaker, entry.to


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("7", ("S7", "")),
        ("s7", ("S7", "")),
        ("07", ("S7", "")),
        ("12", ("S12", "")),
        ("28", ("S28", "")),
        ("29", ("S2", "S9")),
        ("79", ("S7", "S9")),
        ("712", ("S7", "S12")),
        ("1 2", ("S1", "S2")),
        ("12 28", ("S12", "S28")),
        ("1228", ("S12", "S28")),
        ("0109", ("S1", "S9")),
        ("t", ("T", "")),
        ("t7", ("T", "S7")),
        ("T12", ("T", "S12")),
        ("7t", ("S7", "T")),
        ("7>t", ("S7", "T")),
        ("ss", ("SS", "")),
        ("xt s7", ("T", "S7")),
        ("tss", ("T", "SS")),
        ("7s9", ("S7", "S9")),
        ("", ("", "")),
        ("0", ("", "")),
    ],
)
def test_what_is_typed_is_who_to_whom(keys, expected):
    assert typed(keys) == expected


def test_a_lecture_hall_has_three_digits():
    assert typed("120121", range(1, 201)) == ("S120", "S121")


def test_other_letters_mean_nothing_here():
    assert press(SeatEntry(), "x", ROOM) is None
    assert press(SeatEntry("7"), "x", ROOM) is None
    assert press(SeatEntry(), " ", ROOM) is None
    assert press(SeatEntry(), "²", ROOM) is None


@given(st.text("0123456789tTsS >-x", max_size=12), st.sets(st.integers(1, 999), max_size=40))
def test_a_student_typed_is_one_of_the_room_or_begins_like_one(keys, numbers):
    speaker, to = typed(keys, numbers)

    for who in (speaker, to):
        digits = who[1:]
        assert who in {"", "T", "SS"} or any(str(number).startswith(digits) for number in numbers)
    assert speaker or not to


@given(st.text("0123456789tsS ", max_size=10))
def test_backspace_comes_back_to_nothing(keys):
    entry = SeatEntry()
    for key in keys:
        entry = press(entry, key, ROOM) or entry
    for _ in range(12):
        entry = back(entry)

    assert entry.is_empty
