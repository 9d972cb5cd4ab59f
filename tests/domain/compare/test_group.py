"""What a group's counts may show without telling of anybody."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.compare.group import LEAST_PEOPLE, Cell, held_back, people_of


def cell(*people: int, often: int = 1) -> Cell:
    return {f"t{one}": often for one in people}


def test_cells_that_rest_on_five_people_are_shown() -> None:
    assert held_back([cell(*range(5)), cell(*range(5, 12)), {}]) == frozenset()


def test_a_cell_of_four_people_goes_and_takes_the_smallest_other_with_it() -> None:
    assert held_back([cell(*range(4)), cell(*range(9), often=3), cell(*range(6))]) == {0, 2}


def test_two_small_cells_that_rest_on_enough_together_are_enough() -> None:
    assert held_back([cell(0, 1, 2), cell(3, 4, 5), cell(*range(9))]) == {0, 1}


def test_two_small_cells_of_the_same_people_are_not_enough() -> None:
    assert held_back([cell(0, 1), cell(0, 1), cell(*range(9))]) == {0, 1, 2}


def test_how_often_one_person_did_it_makes_no_five_people() -> None:
    assert held_back([cell(0, often=40), cell(*range(1, 9))]) == {0, 1}


PEOPLE = st.sampled_from([f"t{n}" for n in range(12)])
CELLS = st.lists(st.dictionaries(PEOPLE, st.integers(0, 4), max_size=12), max_size=6)


@given(CELLS)
def test_nothing_shown_and_no_difference_from_the_sum_rests_on_fewer_than_five(cells: list[Cell]) -> None:
    gone = held_back(cells)
    shown = [one for at, one in enumerate(cells) if at not in gone]
    missing = [cells[at] for at in gone]

    assert all(not people_of([one]) or len(people_of([one])) >= LEAST_PEOPLE for one in shown)
    if gone and len(people_of(cells)) >= LEAST_PEOPLE:
        assert len(people_of(missing)) >= LEAST_PEOPLE
        assert len(missing) > 1


@given(CELLS)
def test_nothing_is_held_back_where_every_cell_is_large(cells: list[Cell]) -> None:
    large = [one for one in cells if len(people_of([one])) >= LEAST_PEOPLE]

    assert held_back(large) == frozenset()
