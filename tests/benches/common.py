"""What the benches share."""

from __future__ import annotations

import gc
import statistics
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def settle() -> None:
    """Leave what is loaded by now to itself, as `app.open_window` does once its pages are there."""
    gc.collect()
    gc.freeze()


Result = dict[str, str | float | int | None]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def compared(name: str, ours: Sequence[float], reference: str, theirs: Sequence[float]) -> Result:
    """Return the stable figures of a comparison; times in ms, `over_ms` the median of what ours took more in a pair."""
    median, limit = statistics.median(ours), statistics.median(theirs)
    pairs = [one - other for one, other in zip(ours, theirs, strict=False)]
    return {
        "name": name,
        "n": len(ours),
        "median_ms": round(median, 3),
        "p95_ms": round(percentile(ours, 0.95), 3),
        "reference": reference,
        "reference_median_ms": round(limit, 3),
        "reference_p95_ms": round(percentile(theirs, 0.95), 3),
        "ratio": round(median / limit, 2) if limit else None,
        "over_ms": round(statistics.median(pairs), 3),
    }
