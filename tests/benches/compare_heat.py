"""Four hundred visits of ten teachers, every item, in a district's folder: beside reading the same rows bare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benches._compare import measured
from tests.benches._district import teacher_id

if TYPE_CHECKING:
    from tests.benches.common import Result


def run() -> Result:
    """Measure from a choice to the term; with what can be chosen and the first time on their own."""
    return measured("compare-heat", tuple(teacher_id(number) for number in range(10)), times=15)
