"""Thousands of schedules of laptops around a hostile folder; `python -m tests.sim` runs any number of others.

In the benign profile nobody heals anything, so that healing hides no error of reading; in the destructive one files
rot and vanish and databases are restored.
"""

from __future__ import annotations

import pytest

from tests.sim.guard import Outside, sealed_off
from tests.sim.mutants import MUTANTS
from tests.sim.run import run_seed, run_world
from tests.sim.schedule import setting, shrink
from tests.sim.seeds import BAD

SCHEDULES = 2_000
PARTS = 20
MOST_TRIED = 150
REAL_EVERY = 50
"""One in so many schedules encrypts and signs as the program does."""


@pytest.mark.parametrize(("seed", "profile", "steps", "was"), BAD)
def test_what_once_failed_fails_no_more(seed: int, profile: str, steps: int, was: str) -> None:
    assert not run_seed(seed, profile, length=steps)[1], was


@pytest.mark.parametrize("part", range(PARTS))
def test_schedules_lose_nothing_and_show_nobody_anything(part: int) -> None:
    """Half of the seeds are benign, half destructive; two in five have several people in them."""
    failed = {}
    for seed in range(part * SCHEDULES // PARTS, (part + 1) * SCHEDULES // PARTS):
        if wrong := run_seed(seed, real=seed % REAL_EVERY == REAL_EVERY - 1)[1]:
            failed[seed] = wrong
    assert not failed, f"python -m tests.sim --from SEED --n 1 --shrink: {failed}"


@pytest.mark.long
def test_many_more_schedules(request: pytest.FixtureRequest) -> None:
    failed = {seed: wrong for seed in range(1_000_000, 1_010_000) if (wrong := run_seed(seed)[1])}
    assert not failed


def _errors() -> list[object]:
    """Name the errors; those that show in one of hundreds of schedules only are looked for with `--long`."""
    return [
        pytest.param(name, marks=[pytest.mark.long] if one.within > MOST_TRIED else [])
        for name, one in MUTANTS.items()
        if not one.harmless
    ]


@pytest.mark.parametrize("name", _errors())
def test_an_error_in_the_program_is_noticed(name: str) -> None:
    mutant = MUTANTS[name]
    assert any(run_seed(seed, mutant.profile, name)[1] for seed in mutant.seeds()), f"{name} goes unnoticed"


@pytest.mark.parametrize("name", [name for name, one in MUTANTS.items() if one.harmless])
def test_what_is_harmless_by_design_changes_nothing(name: str) -> None:
    mutant = MUTANTS[name]
    assert not [wrong for seed in mutant.seeds() if (wrong := run_seed(seed, mutant.profile, name)[1])], mutant.harmless


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 11, 13])
def test_a_seed_is_the_same_run_every_time(seed: int) -> None:
    first, second = (run_world(setting(seed))[1] for _ in range(2))
    assert first == second
    assert first != run_world(setting(seed + 5))[1]


def test_a_run_cannot_reach_the_real_clock_or_chance() -> None:
    import os
    import random
    import time
    import uuid

    with sealed_off():
        for touch in (time.time, time.monotonic, random.random, uuid.uuid4, lambda: os.urandom(1)):
            with pytest.raises(Outside):
                touch()
    assert time.time() > 0


def test_a_failing_schedule_is_made_shorter() -> None:
    whole = setting(0, "benign")
    short = shrink(whole, lambda one: run_world(one, "no_over")[0], budget=60)
    assert run_world(short, "no_over")[0]
    assert len(short.steps) < len(whole.steps) // 2
