"""When a file says it was made."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from observe_app.services.pdf.layout.stamp import EPOCH, stamp_of


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2026-03-04T10:00:00+02:00", datetime(2026, 3, 4, 8, tzinfo=UTC)),
        ("2026-03-04T10:00:00", datetime(2026, 3, 4, 10, tzinfo=UTC)),
        ("", EPOCH),
        ("4 March", EPOCH),
    ],
)
def test_a_file_is_stamped_with_the_moment_it_tells(told: str, moment: datetime) -> None:
    assert stamp_of(told) == moment
