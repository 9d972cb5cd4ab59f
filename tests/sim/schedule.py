"""A schedule: the world that a seed describes, and what happens in it, step by step.

Each step has chance of its own, made of the seed and the step's number: leaving out steps does not change the others,
so a failing schedule can be shortened step by step.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DAY_MS = 86_400_000
LENGTH = 60
"""Steps of a schedule, unless said otherwise."""
OFF_MS = (0, 0, 0, -2 * 3_600_000, 300_000, 3650 * DAY_MS, -400 * DAY_MS)
"""How far clocks are off: right, two hours behind, five minutes and ten years ahead, four hundred days behind."""

_PASSING_MS = (1, 50, 5_000, 600_000, DAY_MS)

# what happens: how often in the benign profile, how often in the destructive one, how often where people share
_KINDS: dict[str, tuple[float, float, float]] = {
    "edit": (30, 30, 22),
    "burst": (4, 4, 4),
    "round": (26, 26, 30),
    "copy": (24, 22, 22),
    "offline": (2.5, 2.5, 2),
    "plug": (2.5, 2.5, 2),
    "read_only": (0.5, 0.5, 0.5),
    "clock": (2, 2, 1.5),
    "restart": (2, 2, 2),
    "litter": (2, 2, 1),
    "upgrade": (1, 1, 1),
    "backup": (0, 2, 1),
    "restore": (0, 1.6, 0.8),
    "clone": (0, 0.5, 0.3),
    "lost": (0, 0.4, 0.2),
    "spoil": (0, 2, 1),
    "person": (0, 0, 16),
    "erase": (0, 0, 0.7),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens: its number, kind, which laptop (counted round), how much time passed before it."""

    number: int
    kind: str
    who: int
    ms: int


@dataclass(frozen=True, slots=True)
class Laptop:
    """An installation at the beginning: whose, how far its clock is off, whether its version is an old one."""

    person: int
    off_ms: int
    old: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A world before anything happened.

    Attributes:
        destructive: files rot and are deleted, databases are restored; healing is on. Otherwise it is off.
        shared: one view of the folder for all (a network drive), not one for each with a copier between them.
        people: names of those who have a part: "author", "teacher", "coach", "outsider"; () for one person's laptops.
        real: the program's own cipher.
    """

    seed: int
    destructive: bool
    shared: bool
    people: tuple[str, ...]
    laptops: tuple[Laptop, ...]
    real: bool
    steps: tuple[Step, ...]


def setting(seed: int, profile: str = "", *, real: bool = False, length: int = LENGTH) -> Setting:
    """Return the world and the schedule of a seed. `profile`: "benign", "destructive", "" for as the seed says."""
    dice = random.Random(f"world {seed}")
    destructive = (seed % 2 == 1) if not profile else profile == "destructive"
    shared = dice.random() < 0.33
    people: tuple[str, ...] = ()
    if seed % 5 in {2, 3}:
        people = ("author", "teacher", *dice.sample(["coach", "outsider"], dice.choice((1, 1, 2))))
    old = dice.random() < 0.3
    if people:
        owners = [*range(len(people)), *dice.choices((0, 1), k=dice.choice((0, 0, 1)))]
    else:
        owners = [0] * dice.choice((2, 2, 3, 3, 4))
    laptops = tuple(
        Laptop(owner, dice.choice(OFF_MS), old and not people and number == 0) for number, owner in enumerate(owners)
    )
    kinds = {name: of[2] if people else of[1 if destructive else 0] for name, of in _KINDS.items()}
    if not destructive:
        kinds |= dict.fromkeys(("backup", "restore", "clone", "lost", "spoil"), 0.0)
    if shared:
        kinds["copy"] = 0.0
    chosen = dice.choices(list(kinds), list(kinds.values()), k=length)
    steps = tuple(
        Step(number, kind, dice.randrange(60), dice.choice(_PASSING_MS)) for number, kind in enumerate(chosen)
    )
    return Setting(seed, destructive, shared, people, laptops, real, steps)


def shrink(given: Setting, fails: Callable[[Setting], str], budget: int = 300) -> Setting:
    """Return a shorter schedule that still fails in the same way: drop steps in ever smaller pieces."""
    wrong = fails(given).split(":")[0]
    steps, size, tries = list(given.steps), max(len(given.steps) // 2, 1), 0
    while tries < budget:
        place, shorter = 0, False
        while place < len(steps) and tries < budget:
            attempt = replace(given, steps=tuple(steps[:place] + steps[place + size :]))
            tries += 1
            if fails(attempt).split(":")[0] == wrong:
                steps, shorter = list(attempt.steps), True
            else:
                place += size
        if size == 1 and not shorter:
            break
        size = max(size // 2, 1)
    return replace(given, steps=tuple(steps))


def tell(steps: Sequence[Step]) -> str:
    """Return a schedule in one line."""
    return " ".join(f"{step.kind}{step.who}" for step in steps)
