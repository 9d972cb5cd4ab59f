"""One schedule from its seed, with an error in the program or without."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.sim.mutants import MUTANTS, healing_off
from tests.sim.schedule import LENGTH, setting
from tests.sim.world import World

if TYPE_CHECKING:
    from tests.sim.schedule import Setting


def run_setting(given: Setting, bug: str = "") -> str:
    """Run a schedule; return what is wrong, "" for nothing. In the benign profile nothing is healed."""
    return run_world(given, bug)[0]


def run_world(given: Setting, bug: str = "") -> tuple[str, str]:
    """Run a schedule; return what is wrong and the hash of its trace."""
    with ExitStack() as stack:
        if bug:
            stack.enter_context(MUTANTS[bug].put_in())
        if not given.destructive:
            stack.enter_context(healing_off())
        world = World(given)
        return world.run(), world.trace.hexdigest()


def run_seed(
    seed: int, profile: str = "", bug: str = "", *, real: bool = False, length: int = LENGTH
) -> tuple[int, str]:
    """Run the schedule of a seed; return the seed and what is wrong, "" for nothing."""
    return seed, run_setting(setting(seed, profile, real=real, length=length), bug)
