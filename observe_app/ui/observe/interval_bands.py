"""What the interval strip shows of each side: a few bands of codes that are counted together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.domain.form import text_in

if TYPE_CHECKING:
    from observe_app.domain.form import Item, Side

_MOST = 3
_SIDES = 2
_ALL_SIDES = 6


@dataclass(frozen=True, slots=True)
class Band:
    """One line of the strip.

    Attributes:
        label: what it stands for. codes: full ids; it is filled where any of them is ticked.
        side: number of its side, from 0.
    """

    label: str
    codes: frozenset[str]
    side: int


def bands_of(item: Item, language: str, *, low: bool = False) -> tuple[Band, ...]:
    """Return the lines of an item, at most three a side; one a side where there are more than two sides or room is low.

    A side's categories are its lines, the last of many in one; a side without categories has one line, or its codes
    where they are few.
    """
    sides = [side for side in item.sides if side.codes]
    if low or len(sides) > _SIDES:
        shown = [_whole(side, number, language) for number, side in enumerate(sides)]
        return _merged(shown, _ALL_SIDES)
    found: list[Band] = []
    for number, side in enumerate(sides):
        found += _merged(_lines(side, number, language), _MOST)
    return tuple(found)


def _lines(side: Side, number: int, language: str) -> list[Band]:
    lines = [
        Band(
            text_in(category.label, language) or category.id,
            frozenset(side.full(code) for code in side.codes if code.category == category.id),
            number,
        )
        for category in side.categories
    ]
    lines = [line for line in lines if line.codes]
    rest = frozenset(side.full(code) for code in side.codes) - frozenset().union(*(line.codes for line in lines))
    if lines:
        return [*lines, Band(QCoreApplication.translate("IntervalStrip", "Other"), rest, number)] if rest else lines
    if len(side.codes) <= _MOST:
        return [Band(code.id, frozenset({side.full(code)}), number) for code in side.codes]
    return [_whole(side, number, language)]


def _whole(side: Side, number: int, language: str) -> Band:
    label = text_in(side.label, language) or QCoreApplication.translate("IntervalStrip", "Codes")
    return Band(label, frozenset(side.full(code) for code in side.codes), number)


def _merged(lines: list[Band], most: int) -> tuple[Band, ...]:
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1 :]
    label = last[0].label
    for line in last[1:]:
        label = QCoreApplication.translate("IntervalStrip", "{one}, {other}").format(one=label, other=line.label)
    return (*lines[: most - 1], Band(label, frozenset().union(*(line.codes for line in last)), last[0].side))
