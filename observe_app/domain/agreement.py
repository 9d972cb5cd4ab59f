"""How far observers agree: coefficients on counts, computed in whole numbers and divided once at the end.

A coefficient that is 0/0 is not defined: its `Figure` has no value and says why; it is never 0, 1 or a sentinel. Counts
and percent agreement belong beside every coefficient, for a rare code has a low kappa with few differences (Feinstein
& Cicchetti 1990, doi 10.1016/0895-4356(90)90158-L).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Undefined(StrEnum):
    """Why a figure has no value: nothing to compare; all said the same thing throughout; nobody ticked it at all."""

    NOTHING = "nothing"
    ONE_CATEGORY = "one_category"
    NEVER_SEEN = "never_seen"


class Weights(StrEnum):
    """How much of a disagreement a step on a scale is: its length, or the square of it."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Metric(StrEnum):
    """What the distance of two values means to Krippendorff's alpha."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class Band(StrEnum):
    """Words for the strength of agreement (Landis & Koch 1977, p. 165); they call their own borders arbitrary."""

    POOR = "poor"
    SLIGHT = "slight"
    FAIR = "fair"
    MODERATE = "moderate"
    SUBSTANTIAL = "substantial"
    ALMOST_PERFECT = "almost_perfect"


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient, or why there is none."""

    value: float | None = None
    why: Undefined | None = Undefined.NOTHING

    @property
    def defined(self) -> bool:
        """Whether it has a value."""
        return self.value is not None


@dataclass(frozen=True, slots=True)
class Counts:
    """Two observers, yes or no: how often both said yes, only the one, only the other, neither."""

    both: int = 0
    only_a: int = 0
    only_b: int = 0
    neither: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return both together."""
        return Counts(
            self.both + other.both,
            self.only_a + other.only_a,
            self.only_b + other.only_b,
            self.neither + other.neither,
        )

    @property
    def n(self) -> int:
        """How many were compared."""
        return self.both + self.only_a + self.only_b + self.neither

    @property
    def same(self) -> int:
        """In how many the two said the same."""
        return self.both + self.neither

    @property
    def table(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Rows are what a said, columns what b said, yes before no."""
        return (self.both, self.only_a), (self.only_b, self.neither)


def _figure(part: int | Fraction, whole: int | Fraction, why: Undefined) -> Figure:
    return Figure(float(Fraction(part) / whole), None) if whole else Figure(None, why)


def percent(counts: Counts) -> Figure:
    """Return the share of places in which the two said the same, in [0, 1]."""
    return _figure(counts.same, counts.n, Undefined.NOTHING)


def jaccard(counts: Counts) -> Figure:
    """Return yes of both over yes of any, in [0, 1]: places where neither saw it do not count.

    Source: Jaccard 1912, New Phytologist 11(2), p. 39, the "coefficient of community".
    """
    why = Undefined.NEVER_SEEN if counts.n else Undefined.NOTHING
    return _figure(counts.both, counts.n - counts.neither, why)


def kappa(table: Sequence[Sequence[int]]) -> Figure:
    """Return Cohen's kappa in [-1, 1], (po - pe) / (1 - pe), from a square table of counts.

    Not defined when both used one and the same category throughout: then chance explains everything.

    Source: Cohen 1960, Educational and Psychological Measurement 20(1), p. 40, eq. 1, doi 10.1177/001316446002000104.
    """
    rows, columns = _margins(table)
    n = sum(rows)
    if not n:
        return Figure()
    chance = sum(row * column for row, column in zip(rows, columns, strict=True))
    same = sum(table[place][place] for place in range(len(table)))
    return _figure(n * same - chance, n * n - chance, Undefined.ONE_CATEGORY)


def weighted_kappa(table: Sequence[Sequence[int]], weights: Weights) -> Figure:
    """Return weighted kappa, at most 1, from a square table of counts over ordered levels.

    Linear weights count a step of two levels twice as much as one, quadratic ones four times. Equal to kappa with two
    levels.

    Source: Cohen 1968, Psychological Bulletin 70(4), p. 215, doi 10.1037/h0026256; quadratic weights: Fleiss & Cohen
    1973, Educational and Psychological Measurement 33(3), p. 614.
    """
    power = 1 if weights is Weights.LINEAR else 2
    places = range(len(table))
    return kappa_with(table, [[abs(one - other) ** power for other in places] for one in places])


def kappa_with(table: Sequence[Sequence[int]], apart: Sequence[Sequence[int]]) -> Figure:
    """Return kappa weighted by how much each kind of disagreement counts, 0 on the diagonal.

    Source: Cohen 1968, p. 215: one minus weighted disagreement observed over weighted disagreement by chance.
    """
    rows, columns = _margins(table)
    n = sum(rows)
    if not n:
        return Figure()
    places = range(len(table))
    seen = sum(apart[one][other] * table[one][other] for one in places for other in places)
    chance = sum(apart[one][other] * rows[one] * columns[other] for one in places for other in places)
    return _figure(chance - n * seen, chance, Undefined.ONE_CATEGORY)


def _margins(table: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


def ac1(table: Sequence[Sequence[int]]) -> Figure:
    """Return Gwet's AC1 in [-1, 1], (po - pe) / (1 - pe) with pe = sum of p(1 - p) / (q - 1), p the mean margins.

    Chance is at most 1/q here, so that a rare code does not pull it down as it does kappa; always defined on something.

    Source: Gwet 2008, British Journal of Mathematical and Statistical Psychology 61(1), p. 33-34,
    doi 10.1348/000711006X126600.
    """
    rows, columns = _margins(table)
    n = sum(rows)
    if not n:
        return Figure()
    if len(table) == 1:
        return Figure(None, Undefined.ONE_CATEGORY)
    twice = [row + column for row, column in zip(rows, columns, strict=True)]
    chance = Fraction(sum(one * (2 * n - one) for one in twice), 4 * n * n * (len(table) - 1))
    same = Fraction(sum(table[place][place] for place in range(len(table))), n)
    return _figure(same - chance, 1 - chance, Undefined.ONE_CATEGORY)


def alpha(units: Sequence[Sequence[int | None]], metric: Metric = Metric.NOMINAL) -> Figure:
    """Return Krippendorff's alpha, at most 1, of any number of observers with gaps.

    Args:
        units: what each observer said of one unit, None where they said nothing; only units with two values or more
            count. Ordinal values are ordered by number.
        metric: what the distance between values means.

    Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, sections C and D,
    https://repository.upenn.edu/handle/20.500.14332/2089; Content Analysis (2004), p. 221-236.
    """
    pairable = [[value for value in unit if value is not None] for unit in units]
    seen: dict[tuple[int, int], Fraction] = {}
    for unit in pairable:
        if len(unit) < 2:
            continue
        each = Fraction(1, len(unit) - 1)
        for place, one in enumerate(unit):
            for other in unit[place + 1 :]:
                key = (one, other) if one <= other else (other, one)
                seen[key] = seen.get(key, Fraction(0)) + each
    return alpha_of(seen, metric)


def alpha_of(pairs: Mapping[tuple[int, int], Fraction], metric: Metric = Metric.NOMINAL) -> Figure:
    """Return alpha from coincidences: for each two values, lower first, how often they met in a unit.

    Each meeting of an unordered pair weighs 1 / (values in its unit - 1).
    """
    totals: dict[int, Fraction] = {}
    for (one, other), count in pairs.items():
        totals[one] = totals.get(one, Fraction(0)) + count
        totals[other] = totals.get(other, Fraction(0)) + count
    n = sum(totals.values(), Fraction(0))
    if not n:
        return Figure()
    apart = _distances(totals, metric)
    seen = sum((count * apart[pair] for pair, count in pairs.items() if pair[0] != pair[1]), Fraction(0))
    chance = sum((totals[one] * totals[other] * far for (one, other), far in apart.items()), Fraction(0))
    return _figure(chance - (n - 1) * seen, chance, Undefined.ONE_CATEGORY)


def _distances(totals: Mapping[int, Fraction], metric: Metric) -> dict[tuple[int, int], Fraction]:
    """Return the squared distance of each two values, lower first."""
    values = sorted(totals)
    made: dict[tuple[int, int], Fraction] = {}
    for place, one in enumerate(values):
        between = totals[one] / 2
        for other in values[place + 1 :]:
            # All values from the one to the other, the two ends half: Krippendorff 2011, section D.
            distance = between + totals[other] / 2
            between += totals[other]
            match metric:
                case Metric.NOMINAL:
                    made[one, other] = Fraction(1)
                case Metric.ORDINAL:
                    made[one, other] = distance**2
                case Metric.INTERVAL:
                    made[one, other] = Fraction(other - one) ** 2
    return made


def square(pairs: Sequence[tuple[int, int]], levels: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Return the table of two observers' levels: rows are the first one's, in the order of `levels`.

    Raises:
        ValueError: a pair holds something that is no level.
    """
    place = {level: number for number, level in enumerate(levels)}
    rows = [[0] * len(levels) for _level in levels]
    for one, other in pairs:
        if one not in place or other not in place:
            raise ValueError((one, other))
        rows[place[one]][place[other]] += 1
    return tuple(tuple(row) for row in rows)


def counts_alpha(counts: Counts) -> Figure:
    """Return Krippendorff's alpha, nominal, of two observers who said yes or no without a gap."""
    pairs = {(1, 1): Fraction(counts.both), (0, 1): Fraction(counts.only_a + counts.only_b)}
    pairs[0, 0] = Fraction(counts.neither)
    return alpha_of({pair: count for pair, count in pairs.items() if count})


_BORDERS = (
    (Fraction(20, 100), Band.SLIGHT),
    (Fraction(40, 100), Band.FAIR),
    (Fraction(60, 100), Band.MODERATE),
    (Fraction(80, 100), Band.SUBSTANTIAL),
)


def band(figure: Figure) -> Band | None:
    """Return the words for a kappa, each up to and with its upper border; None where it is not defined.

    Source: Landis & Koch 1977, Biometrics 33(1), p. 165, doi 10.2307/2529310. A figure is read as it is printed, to two
    places, so that one shown as 0.60 is never called more than moderate.
    """
    if figure.value is None:
        return None
    shown = Fraction(round(figure.value * 100), 100)
    if figure.value < 0:
        return Band.POOR
    return next((word for border, word in _BORDERS if shown <= border), Band.ALMOST_PERFECT)
