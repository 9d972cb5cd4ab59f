"""A picture for windows that are read from right to left: places are mirrored, words are not."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from observe_app.services.charts.picture import Anchor, Box, Dot, HalfBox, Line, Path, Word

if TYPE_CHECKING:
    from observe_app.services.charts.picture import Part, Picture

_TURNED = {Anchor.START: Anchor.END, Anchor.MIDDLE: Anchor.MIDDLE, Anchor.END: Anchor.START}


def mirrored(picture: Picture) -> Picture:
    """Return the picture with left and right changed; mirrored twice it is itself again."""
    wide = picture.width
    spots = tuple(replace(spot, rect=(wide - spot.rect[0] - spot.rect[2], *spot.rect[1:])) for spot in picture.spots)
    return replace(picture, parts=tuple(_part(part, wide) for part in picture.parts), spots=spots)


def _part(part: Part, wide: float) -> Part:
    match part:
        case Line():
            return replace(part, x1=wide - part.x1, x2=wide - part.x2)
        case Box() | HalfBox():
            return replace(part, x=wide - part.x - part.width)
        case Dot():
            return replace(part, x=wide - part.x)
        case Path():
            return replace(part, points=tuple((wide - x, y) for x, y in part.points))
        case Word():
            return replace(part, x=wide - part.x, anchor=_TURNED[part.anchor])
