"""95 % intervals by drawing blocks: the same every time, none where there is nothing to draw from."""

from __future__ import annotations

import numpy as np
import pytest

from observe_app.domain.agreement import Weights, ac1, alpha, kappa, square, weighted_kappa
from observe_app.domain.compare.agree_view import Cell, NoSpread, Spread
from observe_app.domain.compare.pairing import tally
from observe_app.services.compare import bootstrap

B, A, O, N = Cell.BOTH, Cell.ONLY_A, Cell.ONLY_B, Cell.NEITHER  # noqa: E741
LESSON = (B, B, A, N, N, O, B, B, B, N, N, N, A, B, B, N, N, N, B, O, N, N, N, B)


def test_samples_are_whole_blocks_of_neighbours_and_the_same_every_time() -> None:
    rows = np.concatenate(list(bootstrap.draws(24, 700)))
    assert rows.shape == (700, 24)
    assert set(rows.sum(axis=1)) == {24.0}
    again = np.concatenate(list(bootstrap.draws(24, 700)))
    assert (rows == again).all()
    assert bootstrap.block_length(24) == 3
    assert bootstrap.block_length(27) == 3
    assert bootstrap.block_length(28) == 4


def test_the_interval_holds_the_figure_and_matches_a_plain_count_of_each_sample() -> None:
    (kappas, ac1s), pooled = bootstrap.of_codes([LESSON])[0][0], bootstrap.of_codes([LESSON, LESSON])[1][0]
    counts = tally(LESSON)
    for found, figure in ((kappas, kappa(counts.table)), (ac1s, ac1(counts.table)), (pooled, kappa(counts.table))):
        assert figure.value is not None
        assert found.low is not None
        assert found.high is not None
        assert -1 <= found.low < figure.value < found.high <= 1
        assert (found.draws + found.undefined, found.block) == (4000, 3)
    plain = []
    for row in np.concatenate(list(bootstrap.draws(len(LESSON)))):
        drawn = tally(cell for cell, times in zip(LESSON, row, strict=True) for _time in range(int(times)))
        plain.append(kappa(drawn.table).value)
    low, high = np.percentile([value for value in plain if value is not None], (2.5, 97.5))
    assert (kappas.low, kappas.high) == pytest.approx((low, high))


def test_equal_records_have_no_spread_and_never_a_made_up_one() -> None:
    same = tuple(B if cell in (B, A) else N for cell in LESSON)
    (found, _ac1), _pooled = bootstrap.of_codes([same])[0][0], None
    assert found.flat
    assert (found.low, found.high) == (1, 1)


def test_too_few_intervals_and_too_rare_codes_have_none_and_say_why() -> None:
    few = bootstrap.of_codes([LESSON[:9]])[0][0][0]
    assert few == Spread(why=NoSpread.TOO_FEW)
    rare = bootstrap.of_codes([(B, *[N] * 23)])[0][0][0]
    assert (rare.low, rare.why) == (None, NoSpread.RARE)
    assert rare.undefined > 1000
    never = bootstrap.of_codes([[N] * 24])[0][0]
    assert (never[0].why, never[0].undefined) == (NoSpread.UNDEFINED, 4000)
    assert never[1].flat
    assert bootstrap.of_codes([]) == ((), (Spread(), Spread()))


def test_cells_that_are_not_compared_are_in_no_sample() -> None:
    gaps = (Cell.NOT_COMPARED, *LESSON[:5], Cell.NOT_COMPARED, *LESSON[5:])
    assert bootstrap.of_codes([gaps]) == bootstrap.of_codes([LESSON])


def test_levels_have_the_interval_of_their_weighted_kappa() -> None:
    pairs = [(1, 1), (2, 3), (3, 3), (2, 2), (1, 2), (1, 1), (3, 1), (2, 2), (3, 3), (2, 1), (1, 1), (3, 2)]
    for weights in Weights:
        figure = weighted_kappa(square(pairs, (1, 2, 3)), weights).value
        found = bootstrap.of_levels(pairs, (1, 2, 3), weights)
        assert figure is not None
        assert found.low is not None
        assert found.high is not None
        assert found.low < figure < found.high
    assert bootstrap.of_levels(pairs[:5], (1, 2, 3), Weights.LINEAR).why is NoSpread.TOO_FEW


def test_alpha_of_two_observers_without_gaps_has_an_interval_round_it() -> None:
    votes = [(2, 2) if cell is B else (0, 2) if cell is N else (1, 2) for cell in LESSON]
    units = [(1, 1) if cell is B else (0, 0) if cell is N else (0, 1) for cell in LESSON]
    (found,), pooled = bootstrap.of_alpha([votes])
    figure = alpha(units).value
    assert figure is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < figure < found.high
    assert pooled == found
    every = bootstrap.of_alpha([[(2, 2), (0, 2), (3, 3)] * 8])[0][0]
    assert (every.low, every.high) == (1, 1)


def test_a_gap_says_nothing_for_alpha() -> None:
    votes = [(2, 2), (1, 2), (0, 2), (2, 2)] * 6
    lone = [(1, 1)] * 24
    assert bootstrap.of_alpha([votes, lone])[0][0] == bootstrap.of_alpha([votes, [(0, 0)] * 24])[0][0]
    assert bootstrap.of_alpha([votes, lone])[0][1].why is NoSpread.UNDEFINED
