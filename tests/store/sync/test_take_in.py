"""Taking in and sealing without any folder: whatever order letters come in, the records are what they ought to be."""

from __future__ import annotations

import random

import pytest

from observe_app.domain.ids import natural_id
from tests.sim.store_world import StoreWorld


@pytest.mark.parametrize("seed", range(150))
def test_every_laptop_shows_what_was_written_in_whatever_order_it_comes(seed: int) -> None:
    world = StoreWorld(seed)
    for _ in range(70):
        world.step()
        assert not world.fault(), (seed, world.fault())
    world.deliver_everything()
    assert not world.fault(), (seed, world.fault())
    assert world.all_equal()
    before = world.states()
    world.deliver_everything()
    assert world.states() == before, "a second time changed something"
