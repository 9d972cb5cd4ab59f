"""Numbers of certificates: read however they are typed, and no slip of the pen makes one into another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.certificate_number import POOL, SIGNS, number_of, read_number
from observe_app.domain.errors import Invalid

YEARS = st.integers(1000, 9999)
CHANCES = st.integers(0, 2**64)
PLACES = (4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17)
"""Where the year and the signs stand in a number."""


@given(YEARS, CHANCES)
def test_a_number_is_read_as_it_was_made(year: int, chance: int) -> None:
    number = number_of(year, chance)
    assert number.startswith(f"OBS-{year}-")
    assert len(number) == 18
    assert read_number(number) == number


@given(YEARS, st.integers(0, POOL - 1), st.integers(0, POOL - 1))
def test_other_chances_make_other_numbers(year: int, one: int, other: int) -> None:
    assert (number_of(year, one) == number_of(year, other)) == (one == other)


@pytest.mark.parametrize("sign", "01ILOSU")
def test_signs_that_are_taken_for_others_do_not_occur(sign: str) -> None:
    assert sign not in SIGNS


@given(YEARS, CHANCES)
def test_blanks_dashes_and_small_letters_do_not_matter(year: int, chance: int) -> None:
    number = number_of(year, chance)
    for typed in (number.lower(), number.replace("-", ""), number.replace("-", " – "), f"  {number} "):
        assert read_number(typed) == number


@given(YEARS, CHANCES, st.data())
def test_one_or_two_wrong_signs_are_noticed(year: int, chance: int, data: st.DataObject) -> None:
    number = number_of(year, chance)
    wrong = list(number)
    for place in data.draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=2, unique=True)):
        others = "0123456789" if place < 9 else SIGNS
        wrong[place] = data.draw(st.sampled_from([sign for sign in others if sign != wrong[place]]))
    with pytest.raises(Invalid):
        read_number("".join(wrong))


@given(YEARS, CHANCES, st.permutations(PLACES).map(lambda found: found[:2]))
def test_an_exchange_of_two_signs_is_noticed(year: int, chance: int, places: list[int]) -> None:
    number = number_of(year, chance)
    wrong, (one, other) = list(number), places
    wrong[one], wrong[other] = wrong[other], wrong[one]
    if "".join(wrong) == number:
        assert read_number(number) == number
        return
    with pytest.raises(Invalid):
        read_number("".join(wrong))


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("", "no_such_number"),
        ("OBS-2026-7K3F", "no_such_number"),
        ("OBS-2026-7K3F-9QX0", "no_such_number"),
        ("XYZ-2026-7K3F-9QXD", "no_such_number"),
        ("OBS-２０２６-7K3F-9QXD", "no_such_number"),
        ("OBS-2026-2222-2223", "check_digits"),
        ("OBS-2026-7K3F-9QXD" * 100, "no_such_number"),
    ],
)
def test_what_is_no_number_says_why(typed: str, rule: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_number(typed)
    assert caught.value.rule == rule


def test_a_year_has_four_figures() -> None:
    with pytest.raises(ValueError, match="four figures"):
        number_of(26, 1)
