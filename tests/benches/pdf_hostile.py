"""Texts of doubling length in one paragraph, and words of doubling length: how the time grows from one to the next.

A growth near 2 is linear. ReportLab's own paragraph is the reference, with the shortest text only: it needs half a
minute for the longest.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from observe_app.services.pdf.render import render_bytes
from tests.benches._pdf_others import platypus
from tests.services.pdf.samples import sample_document

if TYPE_CHECKING:
    from tests.benches.common import Result

_PARAGRAPHS = (50_000, 100_000, 200_000, 400_000)
_WORDS = (12_500, 25_000, 50_000, 100_000)
_RUNS = 5


def run() -> Result:
    """Measure each length a few times and keep the best; what the rest of the pages takes is left out."""
    base = _best("")
    found: Result = {"name": "pdf-hostile", "base_ms": round(base * 1e3, 1)}
    for name, unit, sizes in (("paragraph", "word ", _PARAGRAPHS), ("word", "x", _WORDS), ("hebrew", "שלום ", _WORDS)):
        taken = [_best(unit * (size // len(unit))) - base for size in sizes]
        for size, seconds in zip(sizes, taken, strict=True):
            found[f"{name}_{size}_ms"] = round(seconds * 1e3, 1)
        found[f"{name}_growth"] = " ".join(f"{after / before:.2f}" for before, after in pairwise(taken))
    begin = time.perf_counter()
    platypus([("p", "word " * (_PARAGRAPHS[0] // 5))])
    found["plain_reportlab_50000_ms"] = round((time.perf_counter() - begin) * 1e3, 1)
    return found


def _best(text: str) -> float:
    document = replace(sample_document(), conversation=text)
    best = float("inf")
    for _number in range(_RUNS):
        begin = time.perf_counter()
        render_bytes(document)
        best = min(best, time.perf_counter() - begin)
    return best
