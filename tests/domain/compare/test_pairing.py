"""Laying two records on each other: moments one to one, clocks, sheets, timers."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.agreement import Counts
from observe_app.domain.compare.agree_view import Cell
from observe_app.domain.compare.pairing import (
    Ticked,
    best_offset,
    best_shift,
    during,
    lay,
    match,
    states,
    tally,
    time_of,
    without,
)
from observe_app.domain.lesson_parts import Stretch

moments = st.lists(st.integers(0, 40), max_size=6).map(sorted)
long = st.lists(st.integers(0, 3_000), max_size=60).map(sorted)


def best_by_trying(a: list[int], b: list[int], tolerance: int) -> tuple[int, int]:
    """Return the most pairs, and the least distance they can have, by trying every choice."""
    for size in range(min(len(a), len(b)), 0, -1):
        found = [
            sum(abs(one - other) for one, other in zip(left, right, strict=True))
            for left in combinations(a, size)
            for right in combinations(b, size)
            if all(abs(one - other) <= tolerance for one, other in zip(left, right, strict=True))
        ]
        if found:
            return size, min(found)
    return 0, 0


@given(moments, moments, st.integers(0, 12))
def test_matching_finds_the_most_and_closest_pairs(a: list[int], b: list[int], tolerance: int) -> None:
    pairs = match(a, b, tolerance)
    apart = [abs(a[one] - b[other]) for one, other in pairs]
    assert all(far <= tolerance for far in apart)
    assert (len(pairs), sum(apart)) == best_by_trying(a, b, tolerance)


@given(long, long, st.integers(0, 200))
def test_matching_is_one_to_one_and_the_same_from_both_sides(a: list[int], b: list[int], tolerance: int) -> None:
    pairs, turned = match(a, b, tolerance), match(b, a, tolerance)
    for side in zip(*pairs, strict=True):
        assert list(side) == sorted(set(side))
    assert len(pairs) == len(turned)
    assert sum(abs(a[one] - b[other]) for one, other in pairs) == sum(abs(b[one] - a[other]) for one, other in turned)


def test_very_many_moments_at_one_time_are_matched_all_the_same() -> None:
    crowd = [0] * 1_800
    assert len(match(crowd, [5] * 1_700, 2000)) == 1_700


def test_a_long_lesson_of_presses_is_matched_at_any_tolerance() -> None:
    a = list(range(0, 7_200_000, 2_400))
    assert match(a, [moment + 700 for moment in a], 60_000) == tuple((place, place) for place in range(len(a)))


def test_the_nearer_of_two_moments_is_matched() -> None:
    assert match([0, 1900], [1900], 2000) == ((1, 0),)
    assert match([0], [2000], 2000) == ((0, 0),)
    assert match([0], [2001], 2000) == ()


@given(st.lists(st.integers(0, 3_000_000), min_size=8, max_size=40, unique=True), st.integers(-600_000, 600_000))
def test_an_offset_is_found_again(at: list[int], offset: int) -> None:
    at.sort()
    a = {"praise": at[::2], "rephrase": at[1::2]}
    b = {key: [moment - offset for moment in found] for key, found in a.items()}
    votes = best_offset(a, b, 2000)
    assert votes is not None
    assert votes.votes == votes.of == len(at)
    # Shorter lists may fit as well at a smaller offset; never at a larger one.
    assert abs(votes.offset_ms) <= abs(offset)


def test_an_offset_is_found_in_spite_of_slips() -> None:
    a = {"praise": [0, 61_000, 150_000, 290_000, 300_000, 481_000, 720_000]}
    b = {"praise": [moment - 37_000 for moment in (0, 61_700, 149_600, 290_000, 481_200, 650_000)]}
    votes = best_offset(a, b, 2000)
    assert votes is not None
    assert votes.votes == 5
    assert votes.offset_ms == pytest.approx(37_000, abs=700)


def test_too_few_matches_say_nothing_about_the_clocks() -> None:
    assert best_offset({"praise": [0, 1000]}, {"praise": [90_000, 91_000]}, 500) is None
    assert best_offset({"praise": [0, 1000, 2000]}, {"blame": [0, 1000, 2000]}, 500) is None


def test_clocks_that_fit_as_recorded_are_left_alone() -> None:
    regular = {"praise": list(range(0, 600_000, 60_000))}
    votes = best_offset(regular, regular, 2000)
    assert votes is not None
    assert (votes.offset_ms, votes.votes) == (0, 10)


# --- sheets


def sheet(*rows: str | None) -> dict[int, Ticked]:
    return {place: Ticked(frozenset(row.split())) for place, row in enumerate(rows) if row is not None}


def test_only_intervals_that_both_coded_are_compared() -> None:
    laid = lay(sheet("Lec", "Lec PQ", None, ""), sheet("Lec", "PQ", "PQ"), ("Lec", "PQ"))
    assert laid.cells["Lec"] == (Cell.BOTH, Cell.ONLY_A, Cell.NOT_COMPARED, Cell.NOT_COMPARED)
    assert laid.cells["PQ"] == (Cell.NEITHER, Cell.BOTH, Cell.NOT_COMPARED, Cell.NOT_COMPARED)
    assert (laid.first, laid.n, laid.blank_a, laid.blank_b) == (0, 2, 1, 1)
    assert tally(laid.cells["Lec"]) == Counts(1, 1, 0, 0)
    assert lay({}, {}, ("Lec",)).cells == {"Lec": ()}


def test_levels_are_compared_where_both_chose_one() -> None:
    a, b = {0: Ticked(level=1), 1: Ticked(level=2)}, {0: Ticked(level=3), 1: Ticked()}
    assert lay(a, b, ()).levels == ((0, 1, 3),)


def test_a_sheet_moves_only_where_that_gains_ticks() -> None:
    row = ("Lec", "Lec", "PQ", "MG", "MG", "PQ", "L", "Lec")
    moved = {place + 2: one for place, one in sheet(*row).items()}
    assert best_shift(moved, sheet(*row), 7) == 2
    assert best_shift(sheet(*row), moved, 7) == -2
    assert best_shift(sheet(*row), sheet(*row), 7) == 0
    assert best_shift(sheet("Lec", "PQ"), sheet("PQ", "Lec"), 7) == 0


# --- timers

spans = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10)), max_size=5).map(
    lambda rows: without(0, 80, [(0, 0), *((low, low + more) for low, more in rows)])
)


@given(spans, spans, spans)
def test_time_of_two_timers_matches_a_count_of_every_millisecond(
    a: tuple[tuple[int, int], ...], b: tuple[tuple[int, int], ...], watched: tuple[tuple[int, int], ...]
) -> None:
    def inside(moment: int, row: tuple[tuple[int, int], ...]) -> bool:
        return any(low <= moment < high for low, high in row)

    plain = Counts()
    for moment in range(90):
        if inside(moment, watched):
            on = inside(moment, a), inside(moment, b)
            plain += Counts(
                int(on == (True, True)), int(on == (True, False)), int(on == (False, True)), int(not any(on))
            )
    parts = states(a, b, watched)
    assert time_of(parts) == plain
    for one, other in pairwise(parts):
        assert one[1] <= other[0]
        assert one[1] < other[0] or one[2] is not other[2]


def test_runs_are_moved_and_cut_to_what_was_watched() -> None:
    assert during([Stretch(10, 20), Stretch(30)], 15, 50, 4) == ((15, 24), (34, 50))
    assert during([Stretch(0, 15)], 15, 50) == ()
    assert without(0, 10, [(2, 4), (3, 6), (9, 12)]) == ((0, 2), (6, 9))


def test_an_offset_of_very_many_moments_of_one_kind_is_found_in_bounded_time() -> None:
    a = [place * 97 for place in range(30_000)]

    found = best_offset({"tally": a}, {"tally": [moment - 40_000 for moment in a]}, 20)

    assert found is not None
    assert (found.offset_ms % 97, found.of) == (40_000 % 97, 30_000)
    assert found.votes >= 29_500
