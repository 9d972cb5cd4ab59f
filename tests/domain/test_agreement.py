"""Coefficients of agreement: worked examples as printed, plain copies of the formulas, other libraries, empty cases."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from observe_app.domain.agreement import (
    Band,
    Counts,
    Figure,
    Metric,
    Undefined,
    Weights,
    ac1,
    alpha,
    band,
    counts_alpha,
    jaccard,
    kappa,
    kappa_with,
    percent,
    square,
    weighted_kappa,
)

# --- as printed ------------------------------------------------------------------------------------------------------

COHEN_1968 = ((88, 14, 18), (10, 40, 10), (2, 6, 12))
"""Cohen 1968, Psychological Bulletin 70(4), Table 1: 200 cases in three diagnoses; proportions times 200."""

SEXUAL_FUN = ((7, 7, 2, 3), (2, 8, 3, 7), (1, 5, 4, 9), (2, 8, 9, 14))
"""Hout, Duncan & Sobel 1987, Sociological Methodology 17, in Agresti 1990, Categorical Data Analysis, p. 367."""

SKIN = ((10, 4, 1, 0), (5, 10, 12, 2), (2, 4, 12, 5), (0, 2, 6, 13))
"""SAS/STAT 9.2 User's Guide, The FREQ Procedure, Agreement Study, Tables 35.2 and 35.4: skin seen by two doctors."""


def test_kappa_and_weighted_kappa_are_those_of_cohen_1968() -> None:
    weights = ((0, 1, 3), (1, 0, 6), (3, 6, 0))
    assert kappa(COHEN_1968).value == pytest.approx(0.492, abs=5e-4)
    assert kappa_with(COHEN_1968, weights).value == pytest.approx(0.348, abs=5e-4)


def test_kappa_of_ordered_levels_is_that_of_agresti() -> None:
    assert kappa(SEXUAL_FUN).value == pytest.approx(0.129, abs=5e-4)
    assert weighted_kappa(SEXUAL_FUN, Weights.LINEAR).value == pytest.approx(0.237, abs=5e-4)


def test_linear_weights_give_what_sas_prints() -> None:
    assert kappa(SKIN).value == pytest.approx(0.3449, abs=5e-5)
    assert weighted_kappa(SKIN, Weights.LINEAR).value == pytest.approx(0.5082, abs=5e-5)


@pytest.mark.parametrize(("counts", "printed"), [(Counts(40, 9, 6, 45), 0.70), (Counts(80, 10, 5, 5), 0.32)])
def test_the_paradox_of_feinstein_and_cicchetti(counts: Counts, printed: float) -> None:
    """Feinstein & Cicchetti 1990, Journal of Clinical Epidemiology 43(6), p. 543-549: the same 85 %, two kappas.

    Printed again in Gerstman 2013, Epidemiology Kept Simple, p. 227, Table 10.6.
    """
    assert percent(counts).value == 0.85
    assert kappa(counts.table).value == pytest.approx(printed, abs=5e-3)


def test_ac1_is_that_of_gwet() -> None:
    """Gwet 2002, Statistical Methods for Inter-Rater Reliability Assessment 1, p. 2-4: 125 cases, 94.4 % agreement."""
    counts = Counts(118, 5, 2, 0)
    assert percent(counts).value == 0.944
    assert kappa(counts.table).value == pytest.approx(-0.0234, abs=5e-5)
    assert ac1(counts.table).value == pytest.approx(0.9408, abs=5e-5)


MEG, OWEN = (0, 1, 0, 0, 0, 0, 0, 0, 1, 0), (1, 1, 1, 0, 0, 1, 0, 0, 0, 0)
BEN, GERRY = "aabbdcccedda", "babbbccceddd"
GAPS: tuple[tuple[int | None, ...], ...] = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
"""Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, sections A (two values), B (nominal) and C (gaps)."""


def test_alpha_is_that_of_krippendorff() -> None:
    assert alpha(list(zip(MEG, OWEN, strict=True))).value == pytest.approx(0.095, abs=5e-4)
    letters = [(ord(one), ord(other)) for one, other in zip(BEN, GERRY, strict=True)]
    assert alpha(letters).value == pytest.approx(0.692, abs=5e-4)
    units = list(zip(*GAPS, strict=True))
    printed = {Metric.NOMINAL: 0.743, Metric.ORDINAL: 0.815, Metric.INTERVAL: 0.849}
    for metric, value in printed.items():
        assert alpha(units, metric).value == pytest.approx(value, abs=5e-4)


def test_jaccard_counts_what_any_of_the_two_saw() -> None:
    """Jaccard 1912, New Phytologist 11(2), p. 39: kinds in common over all kinds, those of neither left out."""
    assert jaccard(Counts(6, 2, 1, 15)).value == pytest.approx(6 / 9)


@pytest.mark.parametrize(
    ("value", "word"),
    [
        (-0.3, Band.POOR), (-0.001, Band.POOR), (0.0, Band.SLIGHT), (0.2, Band.SLIGHT), (0.204, Band.SLIGHT),
        (0.206, Band.FAIR), (0.4, Band.FAIR), (0.6, Band.MODERATE), (0.61, Band.SUBSTANTIAL),
        (0.8, Band.SUBSTANTIAL), (0.81, Band.ALMOST_PERFECT), (1.0, Band.ALMOST_PERFECT),
    ],
)  # fmt: skip
def test_words_are_those_of_landis_and_koch(value: float, word: Band) -> None:
    """Landis & Koch 1977, Biometrics 33(1), p. 165, the table of six strengths."""
    assert band(Figure(value, None)) is word


# --- not defined -----------------------------------------------------------------------------------------------------


def test_nothing_compared_is_defined_by_no_figure() -> None:
    none = Figure(None, Undefined.NOTHING)
    counts = Counts()
    assert [percent(counts), kappa(counts.table), ac1(counts.table), jaccard(counts), counts_alpha(counts)] == [
        none
    ] * 5
    assert weighted_kappa(((0, 0), (0, 0)), Weights.LINEAR) == none
    assert alpha([(1, None), (None, 2)]) == none
    assert band(none) is None


@pytest.mark.parametrize("counts", [Counts(neither=24), Counts(both=24)])
def test_one_category_throughout_is_identical_and_has_no_kappa(counts: Counts) -> None:
    assert percent(counts).value == 1
    for figure in (kappa(counts.table), weighted_kappa(counts.table, Weights.QUADRATIC), counts_alpha(counts)):
        assert figure == Figure(None, Undefined.ONE_CATEGORY)
    assert ac1(counts.table).value == 1


def test_what_neither_saw_has_no_jaccard() -> None:
    assert jaccard(Counts(neither=24)) == Figure(None, Undefined.NEVER_SEEN)
    assert jaccard(Counts(only_a=1)).value == 0


def test_each_one_category_but_not_the_same_is_no_agreement() -> None:
    assert kappa(Counts(only_a=10).table).value == 0
    assert ac1(Counts(only_a=10).table).value == -1


def test_a_level_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="7"):
        square([(1, 7)], (1, 2, 3))


# --- against plain copies of the formulas ----------------------------------------------------------------------------

counts_of = st.builds(Counts, *[st.integers(0, 60)] * 4)
tables = st.integers(2, 5).flatmap(
    lambda size: st.lists(st.lists(st.integers(0, 12), min_size=size, max_size=size), min_size=size, max_size=size)
)
units_of = st.lists(st.lists(st.none() | st.integers(1, 4), min_size=3, max_size=3).map(tuple), min_size=1, max_size=12)


def plain_kappa(pairs: list[tuple[int, int]]) -> float | None:
    n = len(pairs)
    seen = {value for pair in pairs for value in pair}
    same = sum(one == other for one, other in pairs) / n
    chance = sum(
        sum(one == value for one, _other in pairs) / n * (sum(other == value for _one, other in pairs) / n)
        for value in seen
    )
    return None if math.isclose(chance, 1) else (same - chance) / (1 - chance)


def pairs_of(table: list[list[int]]) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _time in range(count)
    ]


@given(tables)
def test_kappa_matches_a_plain_count_over_pairs(table: list[list[int]]) -> None:
    pairs = pairs_of(table)
    assume(pairs)
    found, plain = kappa(table).value, plain_kappa(pairs)
    assert found == (None if plain is None else pytest.approx(plain, abs=1e-9))


@given(tables, st.sampled_from(Weights))
def test_weighted_kappa_matches_a_plain_count_over_all_pairs(table: list[list[int]], weights: Weights) -> None:
    pairs = pairs_of(table)
    assume(pairs)
    power = 1 if weights is Weights.LINEAR else 2
    seen = sum(abs(one - other) ** power for one, other in pairs) / len(pairs)
    chance = sum(abs(one - other) ** power for one, _o in pairs for _p, other in pairs) / len(pairs) ** 2
    found = weighted_kappa(table, weights).value
    assert found == (None if not chance else pytest.approx(1 - seen / chance, abs=1e-9))


@given(units_of, st.sampled_from(Metric))
def test_alpha_matches_a_plain_count_over_ordered_pairs(units: list[tuple[int | None, ...]], metric: Metric) -> None:
    told = [[value for value in unit if value is not None] for unit in units]
    told = [unit for unit in told if len(unit) > 1]
    values = [value for unit in told for value in unit]

    def far(one: int, other: int) -> float:
        if metric is Metric.NOMINAL:
            return float(one != other)
        if metric is Metric.INTERVAL:
            return float((one - other) ** 2)
        low, high = sorted((one, other))
        between = sum(values.count(value) for value in range(low, high + 1))
        return (between - (values.count(low) + values.count(high)) / 2) ** 2

    found = alpha(units, metric).value
    n = len(values)
    expected = sum(far(one, other) for one, other in permutations(values, 2)) / (n * (n - 1)) if n > 1 else 0
    if not expected:
        assert found is None
    else:
        seen = sum(far(*pair) / (len(unit) - 1) for unit in told for pair in permutations(unit, 2)) / n
        assert found == pytest.approx(1 - seen / expected, abs=1e-9)


@given(counts_of)
def test_two_observers_without_gaps_have_the_alpha_of_their_units(counts: Counts) -> None:
    units = [(1, 1)] * counts.both + [(1, 0)] * counts.only_a + [(0, 1)] * counts.only_b + [(0, 0)] * counts.neither
    assert counts_alpha(counts) == alpha(units)


@given(counts_of)
def test_ac1_matches_its_formula(counts: Counts) -> None:
    assume(counts.n)
    yes = (2 * counts.both + counts.only_a + counts.only_b) / (2 * counts.n)
    chance = 2 * yes * (1 - yes)
    assert ac1(counts.table).value == pytest.approx((counts.same / counts.n - chance) / (1 - chance), abs=1e-9)


# --- what must hold --------------------------------------------------------------------------------------------------


@given(counts_of)
def test_the_two_observers_may_change_places(counts: Counts) -> None:
    turned = Counts(counts.both, counts.only_b, counts.only_a, counts.neither)
    for figure in (percent, jaccard, counts_alpha):
        assert figure(counts) == figure(turned)
    assert kappa(counts.table) == kappa(turned.table)
    assert ac1(counts.table) == ac1(turned.table)


@given(tables, st.randoms(use_true_random=False))
def test_names_of_categories_do_not_matter_to_kappa_and_ac1(table: list[list[int]], random: object) -> None:
    order = list(range(len(table)))
    random.shuffle(order)  # type: ignore[attr-defined]
    moved = [[table[one][other] for other in order] for one in order]
    assert kappa(table) == kappa(moved)
    assert ac1(table) == ac1(moved)


@given(tables)
def test_turning_a_scale_over_changes_no_weighted_kappa(table: list[list[int]]) -> None:
    turned = [row[::-1] for row in table[::-1]]
    for weights in Weights:
        assert weighted_kappa(table, weights) == weighted_kappa(turned, weights)


@given(counts_of)
def test_every_figure_stays_within_its_bounds(counts: Counts) -> None:
    for figure, low in ((percent(counts), 0), (jaccard(counts), 0), (kappa(counts.table), -1), (ac1(counts.table), -1)):
        assert figure.value is None or low <= figure.value <= 1


@given(st.lists(st.integers(1, 5), min_size=2, max_size=30))
def test_equal_records_agree_wholly(values: list[int]) -> None:
    table = square([(value, value) for value in values], (1, 2, 3, 4, 5))
    expected = 1.0 if len(set(values)) > 1 else None
    for figure in (kappa(table), *(weighted_kappa(table, one) for one in Weights)):
        assert figure.value == expected
    for metric in Metric:
        assert alpha([(value, value, value) for value in values], metric).value == expected


@given(units_of, st.sampled_from(Metric))
def test_neither_the_order_of_units_nor_of_observers_matters_to_alpha(
    units: list[tuple[int | None, ...]], metric: Metric
) -> None:
    assert alpha(units, metric) == alpha([unit[::-1] for unit in units[::-1]], metric)


@given(counts_of)
def test_two_levels_make_weighted_kappa_kappa(counts: Counts) -> None:
    for weights in Weights:
        assert weighted_kappa(counts.table, weights) == kappa(counts.table)


# --- against other libraries -----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=2, max_size=40))
def test_scikit_learn_and_statsmodels_give_the_same_kappas(pairs: list[tuple[int, int]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    rater = pytest.importorskip("statsmodels.stats.inter_rater")
    table = square(pairs, (1, 2, 3, 4))
    assume(kappa(table).defined)
    a, b = zip(*pairs, strict=True)
    for ours, weights in (
        (kappa(table), None),
        (weighted_kappa(table, Weights.LINEAR), "linear"),
        (weighted_kappa(table, Weights.QUADRATIC), "quadratic"),
    ):
        assert ours.value == pytest.approx(metrics.cohen_kappa_score(a, b, labels=[1, 2, 3, 4], weights=weights))
        wt = None if weights is None else weights
        assert ours.value == pytest.approx(rater.cohens_kappa(table, wt=wt, return_results=False))


@given(units_of, st.sampled_from(Metric))
def test_krippendorff_gives_the_same_alpha(units: list[tuple[int | None, ...]], metric: Metric) -> None:
    other = pytest.importorskip("krippendorff")
    ours = alpha(units, metric)
    assume(ours.defined)
    rows = [[math.nan if value is None else float(value) for value in row] for row in zip(*units, strict=True)]
    assert ours.value == pytest.approx(other.alpha(reliability_data=rows, level_of_measurement=metric.value))


@given(counts_of)
def test_scikit_learn_gives_the_same_jaccard(counts: Counts) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    assume(jaccard(counts).defined)
    a = [1] * counts.both + [1] * counts.only_a + [0] * counts.only_b + [0] * counts.neither
    b = [1] * counts.both + [0] * counts.only_a + [1] * counts.only_b + [0] * counts.neither
    assert jaccard(counts).value == pytest.approx(metrics.jaccard_score(a, b))


def test_the_examples_have_the_shape_they_are_printed_in() -> None:
    assert sum(map(sum, COHEN_1968)) == 200
    assert sum(map(sum, SEXUAL_FUN)) == 91
    assert sum(value is None for row in GAPS for value in row) == 7
    assert all(len(one) == len(other) for one, other in combinations((BEN, GERRY), 2))
