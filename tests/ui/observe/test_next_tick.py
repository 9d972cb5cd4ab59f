"""The ring beside the clock."""

from __future__ import annotations

import pytest

from observe_app.ui.observe.next_tick import NextTick


@pytest.mark.parametrize(
    ("ms", "total", "words"),
    [(18_000, 120_000, "0:18"), (17_001, 120_000, "0:18"), (0, 5_000, "0:00"), (-5, 1, "0:00")],
)
def test_it_counts_whole_seconds_down(qtbot, ms, total, words):
    ring = NextTick()
    qtbot.addWidget(ring)
    ring.set_left(ms, total)

    assert ring.time_text == words
    assert ring.accessibleName() == "Time to the next tick"


def test_its_place_is_as_wide_for_any_time(qtbot):
    ring = NextTick()
    qtbot.addWidget(ring)
    ring.set_left(600_000, 600_000)
    width = ring.sizeHint().width()
    ring.set_left(1_000, 600_000)

    assert ring.sizeHint().width() == width
