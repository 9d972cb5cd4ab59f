"""How close a page is set: the loosest way in which its story still fits.

Heights are asked of the flowables without drawing anything, so a page costs a few rounds of line breaking, not a file.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from reportlab.platypus import CondPageBreak, PageBreak

from observe_app.services.pdf.layout.flowables import Together, height_of
from observe_app.services.pdf.structure import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.pdf.layout.pieces import Kit

_CLOSE = 0.3
"""Least air a page is set with in type of the usual size."""
CLOSEST, SMALLER = 0.0, 0.93
"""Least air and size of the type where that was not enough."""
HOPELESS = 1.6
"""A story that takes so many pages for one is not tried closer."""
_ROUNDS = 3
_GOOD = 5.0
"""Points that may stay free on a page without one more round."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One part of the document, made at one closeness.

    Attributes:
        fits: whether it takes no more than its page; otherwise it is at its natural air and flows on.
    """

    story: list[Any]
    kit: Kit
    height: float
    fits: bool


def fitted(kit: Kit, part: Callable[[Kit], list[Any]], room: float) -> Fitted:
    """Return the part with as much air as `room` points of height allow; `kit.root` then holds its nodes."""
    found = _loosest(kit, part, room)
    kit.root.children[:] = found.kit.root.children
    return replace(found, kit=replace(found.kit, root=kit.root))


def _loosest(kit: Kit, part: Callable[[Kit], list[Any]], room: float) -> Fitted:
    natural = _made(kit, part, room)
    if natural.fits or natural.height > room * HOPELESS:
        return natural
    sheet = kit.sheet
    if sheet.size > SMALLER:
        close = _made(replace(kit, sheet=sheet.tightened(_CLOSE)), part, room)
        if close.fits:
            return _between(close, natural, kit, part, room)
    closest = _made(replace(kit, sheet=sheet.tightened(CLOSEST, SMALLER)), part, room)
    if not closest.fits:
        return natural
    loose = natural if sheet.size <= SMALLER else _made(replace(kit, sheet=sheet.tightened(1, SMALLER)), part, room)
    return loose if loose.fits else _between(closest, loose, kit, part, room)


def _between(close: Fitted, loose: Fitted, kit: Kit, part: Callable[[Kit], list[Any]], room: float) -> Fitted:
    """Search between what fits and what does not.

    The lines break alike at every air, so the height bends upward at most: the straight line between the two is never
    too low, and the first try fits.
    """
    low, high = close, loose
    for _round in range(_ROUNDS):
        share = (room - low.height) / (high.height - low.height)
        air = low.kit.sheet.air + (high.kit.sheet.air - low.kit.sheet.air) * share
        air = int(air * 100) / 100  # few different styles are made
        if air <= low.kit.sheet.air:
            break
        found = _made(replace(kit, sheet=kit.sheet.tightened(air, low.kit.sheet.size)), part, room)
        low, high = (found, high) if found.fits else (low, found)
        if room - low.height < _GOOD:
            break
    return low


def _made(kit: Kit, part: Callable[[Kit], list[Any]], room: float) -> Fitted:
    own = replace(kit, root=Node(kit.root.role, kit.root.id, children=list(kit.root.children)))
    story = part(own)
    height = height_on_one(story, kit.sheet.column, room * HOPELESS)
    return Fitted(story, own, height, height <= room)


def height_on_one(story: list[Any], width: float, enough: float) -> float:
    """Return the height of the story up to its first page break; what lies beyond `enough` points is not asked for."""
    flat: list[Any] = []
    for flowable in story:
        if isinstance(flowable, PageBreak):
            break
        if isinstance(flowable, Together):
            flat += flowable.parts
        elif not isinstance(flowable, CondPageBreak):
            flat.append(flowable)
    return height_of(flat, width, None, enough)
