"""95 % intervals of agreement, by drawing blocks of neighbouring intervals again and again with a fixed seed.

Neighbouring intervals are not independent: whoever lectures now will most likely lecture two minutes on. So whole
blocks are drawn, not single intervals. numpy is imported inside the functions: the window opens without it.

Source: Kuensch 1989, The Annals of Statistics 17(3), p. 1217-1241, doi 10.1214/aos/1176347265 (moving blocks); length
of a block as the cube root of the number of intervals: Hall, Horowitz & Jing 1995, Biometrika 82(3), p. 561-574.
Percentile interval: Efron & Tibshirani 1993, An Introduction to the Bootstrap, p. 170.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from observe_app.domain.agreement import Weights
from observe_app.domain.compare.agree_view import Cell, NoSpread, Spread

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DRAWS = 4000
SEED = 1960
LEAST = 10
"""Fewer intervals than these give no interval that means anything."""

MOST_UNDEFINED = 0.05
"""Where more samples than this share give no figure, the rest would be a chosen few."""

_AT_ONCE = 500
"""Samples held at one time: a long lesson in short intervals would else take hundreds of megabytes."""

_ORDER = (Cell.BOTH, Cell.ONLY_A, Cell.ONLY_B, Cell.NEITHER)


def block_length(n: int) -> int:
    """Return how many intervals a block has: the cube root of all of them, rounded up."""
    length = 1
    while length**3 < n:
        length += 1
    return length


def draws(n: int, n_draws: int = DRAWS, seed: int = SEED) -> Iterator[Any]:
    """Give how often each interval stands in each sample: arrays of some rows and `n` columns, each row sums to n."""
    import numpy as np  # noqa: PLC0415

    length = block_length(n)
    starts = np.random.default_rng(seed).integers(0, n - length + 1, size=(n_draws, -(-n // length)))
    for at in range(0, n_draws, _AT_ONCE):
        part = starts[at : at + _AT_ONCE]
        places = (part[:, :, None] + np.arange(length)).reshape(len(part), -1)[:, :n]
        flat = (places + np.arange(len(part))[:, None] * n).ravel()
        yield np.bincount(flat, minlength=len(part) * n).reshape(len(part), n).astype(np.float64)


def of_codes(
    rows: Sequence[Sequence[Cell]], n_draws: int = DRAWS, seed: int = SEED
) -> tuple[tuple[tuple[Spread, Spread], ...], tuple[Spread, Spread]]:
    """Return the intervals of kappa and AC1 for each code, and for all places of these codes together.

    Args:
        rows: for each code one cell for each interval; intervals that are not compared are passed over.
        n_draws: how many samples.
        seed: the same gives the same.
    """
    import numpy as np  # noqa: PLC0415

    cells = [[cell for cell in row if cell is not Cell.NOT_COMPARED] for row in rows]
    n = len(cells[0]) if cells else 0
    if n < LEAST:
        none = Spread(), Spread()
        return (none,) * len(rows), none
    number = {cell: place for place, cell in enumerate(_ORDER)}
    coded = np.array([[number[cell] for cell in row] for row in cells], dtype=np.int8)
    one_hot = (coded[:, :, None] == np.arange(4)).astype(np.float64)
    # samples x codes x (both, only a, only b, neither)
    table = one_hot.transpose(1, 0, 2).reshape(n, -1)
    sums = np.concatenate([part @ table for part in draws(n, n_draws, seed)])
    counts = sums.reshape(n_draws, len(rows), 4)
    block = block_length(n)
    each = tuple(
        (_spread(_kappa(counts[:, place]), block), _spread(_ac1(counts[:, place]), block)) for place in range(len(rows))
    )
    pooled = counts.sum(axis=1)
    return each, (_spread(_kappa(pooled), block), _spread(_ac1(pooled), block))


def of_levels(
    pairs: Sequence[tuple[int, int]], levels: Sequence[int], weights: Weights, n_draws: int = DRAWS, seed: int = SEED
) -> Spread:
    """Return the interval of a weighted kappa of the levels that neighbouring intervals got, in their order."""
    import numpy as np  # noqa: PLC0415

    n, size = len(pairs), len(levels)
    if n < LEAST or not size:
        return Spread()
    place = {level: number for number, level in enumerate(levels)}
    flat = np.array([place[one] * size + place[other] for one, other in pairs])
    table = (flat[:, None] == np.arange(size * size)).astype(np.float64)
    sums = np.concatenate([part @ table for part in draws(n, n_draws, seed)])
    counts = sums.reshape(n_draws, size, size)
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(np.float64)
    apart = steps if weights is Weights.LINEAR else steps**2
    seen = (counts * apart).sum(axis=(1, 2)) * n
    chance = np.einsum("di,dj,ij->d", counts.sum(axis=2), counts.sum(axis=1), apart)
    return _spread(_over(chance - seen, chance), block_length(n))


def of_alpha(
    rows: Sequence[Sequence[tuple[int, int]]], n_draws: int = DRAWS, seed: int = SEED
) -> tuple[tuple[Spread, ...], Spread]:
    """Return the intervals of alpha, nominal on yes and no, for each code and for these codes together.

    Args:
        rows: for each code and interval, how many observers said yes, of how many that coded it; all codes have the
            same intervals.
        n_draws: how many samples.
        seed: the same gives the same.
    """
    import numpy as np  # noqa: PLC0415

    n = len(rows[0]) if rows else 0
    if n < LEAST:
        return (Spread(),) * len(rows), Spread()
    told = np.array(rows, dtype=np.float64)  # codes x intervals x (yes, all)
    yes, of = told[:, :, 0], told[:, :, 1]
    pairable = of > 1
    yes, of = yes * pairable, of * pairable
    apart = np.divide(yes * (of - yes), of - 1, out=np.zeros_like(of), where=pairable)
    parts = np.stack([apart, yes, of], axis=2)
    table = parts.transpose(1, 0, 2).reshape(n, -1)
    sums = np.concatenate([part @ table for part in draws(n, n_draws, seed)]).reshape(n_draws, len(rows), 3)
    block = block_length(n)
    return tuple(_spread(_alpha(sums[:, place]), block) for place in range(len(rows))), _spread(
        _alpha(sums.sum(axis=1)), block
    )


def _alpha(sums: Any) -> Any:
    apart, yes, of = (sums[..., place] for place in range(3))
    chance = yes * (of - yes)
    return _over(chance - (of - 1) * apart, chance)


def _kappa(counts: Any) -> Any:
    both, a, b, neither = (counts[..., place] for place in range(4))
    n = both + a + b + neither
    chance = (both + a) * (both + b) + (b + neither) * (a + neither)
    return _over(n * (both + neither) - chance, n * n - chance)


def _ac1(counts: Any) -> Any:
    both, a, b, neither = (counts[..., place] for place in range(4))
    n = both + a + b + neither
    yes = 2 * both + a + b
    chance = yes * (2 * n - yes) / 2  # of n * n
    return _over(n * (both + neither) - chance, n * n - chance)


def _over(part: Any, whole: Any) -> Any:
    import numpy as np  # noqa: PLC0415

    return np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)


def _spread(values: Any, block: int) -> Spread:
    """Return the middle 95 % of the samples; None where too many of them have no figure."""
    import numpy as np  # noqa: PLC0415

    good = values[~np.isnan(values)]
    lost = len(values) - len(good)
    if not len(good):
        return Spread(why=NoSpread.UNDEFINED, undefined=lost, block=block)
    if lost > MOST_UNDEFINED * len(values):
        return Spread(why=NoSpread.RARE, draws=len(good), undefined=lost, block=block)
    low, high = np.percentile(good, (2.5, 97.5))
    return Spread(float(low), float(high), None, len(good), lost, block)
