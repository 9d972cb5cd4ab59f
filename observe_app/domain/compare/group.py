"""Counts over a group that tell of nobody: what rests on too few people is held back, and what would give it away.

Primary and complementary suppression of cells, as statistical offices do it (Willenborg & de Waal, Elements of
Statistical Disclosure Control, 2001, chapters 4 and 6): of the cells of one sum, those that rest on fewer people than
the least go; and as a single one that went is what the others leave of the sum, so many more go until what went rests
on enough people together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEAST_PEOPLE = 5
"""A figure that rests on fewer people than these could be told to be somebody's."""

Cell = dict[str, int]
"""How often by person."""


def held_back(cells: Sequence[Mapping[str, int]], least: int = LEAST_PEOPLE) -> frozenset[int]:
    """Return the places of the cells of one sum that are not to be shown.

    Args:
        cells: of each, how often by person. One that is empty says of nobody that they did something; it may be shown.
        least: people that a shown cell, and all that went together, must rest on.
    """
    people = [frozenset(one for one, often in cell.items() if often > 0) for cell in cells]
    gone = {at for at, found in enumerate(people) if 0 < len(found) < least}
    while gone:
        together = frozenset[str]().union(*(people[at] for at in gone))
        if len(gone) > 1 and len(together) >= least:
            break
        left = [at for at, found in enumerate(people) if found and at not in gone]
        if not left:
            return frozenset(at for at, found in enumerate(people) if found)
        gone.add(min(left, key=lambda at: (sum(cells[at].values()), at)))
    return frozenset(gone)


def people_of(cells: Sequence[Mapping[str, int]]) -> frozenset[str]:
    """Return whom the cells rest on."""
    return frozenset(one for cell in cells for one, often in cell.items() if often > 0)
