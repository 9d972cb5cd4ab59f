"""Forty visits of one teacher, every item, in a district's folder: beside reading the same rows bare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benches._compare import measured
from tests.benches._district import teacher_id

if TYPE_CHECKING:
    from tests.benches.common import Result


def run() -> Result:
    """Measure from a choice to the term; with what can be chosen and the first time on their own."""
    return measured("compare-term", (teacher_id(17),), times=30)
