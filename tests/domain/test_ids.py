"""Ids sort by when they were made, whatever the wall clock does in between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from observe_app.domain.clock import FakeClock
from observe_app.domain.ids import Ids, natural_id

YEAR = 31_536_000


@given(st.lists(st.tuples(st.booleans(), st.sampled_from([-YEAR, -1, 0, 1, YEAR])), max_size=30))
def test_ids_rise_through_restarts_and_clocks_set(steps):
    clock = FakeClock()
    ids, made = Ids(clock), []
    for restarts, jump in steps:
        clock.jump_wall(seconds=jump)
        if restarts:
            ids = Ids(clock)
            ids.stand_after(max(made, default="None"))
        made += [ids.new(), ids.new()]

    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_what_is_no_id_of_ours_changes_nothing():
    clock = FakeClock()
    for strange in ("", "None", natural_id("answer", "x")):
        ids = Ids(clock, bytes)
        ids.stand_after(strange)
        assert ids.new() == Ids(clock, bytes).new()
