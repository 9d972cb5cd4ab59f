"""Where the seats of a plan lie in a widget, and which spot of the plan lies under a point of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF

from observe_app.domain.seating import PITCH
from observe_app.ui.theme import scaled

if TYPE_CHECKING:
    from observe_app.domain.seating import SeatingPlan

_WIDEST, _HIGHEST = 68, 50
_LEAST = 30
_SEAT_WIDE, _SEAT_HIGH = 0.86, 0.80
_STRETCH = 1.7
_TOP = 8.0


@dataclass(frozen=True, slots=True)
class RoomFrame:
    """A plan on a widget.

    Attributes:
        left, top: of the widget, in pixels, where x and y of the plan are 0.
        wide, high: pixels of one seat with its gap.
    """

    left: float
    top: float
    wide: float
    high: float

    @classmethod
    def of(cls, plan: SeatingPlan, width: float, height: float, *, margin: int = 0, small: bool = False) -> RoomFrame:
        """Return the frame that shows the whole plan in a room of this size, front up, at its top unless edited.

        Seats never get so small that nobody could hit them: then the plan is larger than the room (`least_size`).

        Args:
            plan: seats and places.
            width: of the room in pixels.
            height: the same.
            margin: free space around the plan, in hundredths of a seat.
            small: a picture that nobody clicks: as small as it must be.
        """
        x, y, across, deep = _bounds(plan, margin)
        wide = min(width / across, scaled(_WIDEST))
        high = min(height / deep, scaled(_HIGHEST))
        wide, high = min(wide, high * _STRETCH), min(high, wide * 1.25)
        if not small:
            wide, high = max(wide, _LEAST), max(high, _LEAST)
        left = max(0.0, (width - across * wide) / 2) - x * wide
        top = max(0.0, (height - deep * high) / 2)
        return cls(left, (top if margin or small else min(top, _TOP)) - y * high, wide, high)

    def point(self, x: int, y: int) -> QPointF:
        """Return the point of the widget for a spot of the plan."""
        return QPointF(self.left + x / PITCH * self.wide, self.top + y / PITCH * self.high)

    def spot(self, point: QPointF) -> tuple[int, int]:
        """Return the spot of the plan under a point of the widget; may lie outside the plan."""
        return round((point.x() - self.left) / self.wide * PITCH), round((point.y() - self.top) / self.high * PITCH)

    def rect(self, x: int, y: int) -> QRectF:
        """Return where a seat at this spot is drawn."""
        middle = self.point(x, y)
        wide, high = self.wide * _SEAT_WIDE, self.high * _SEAT_HIGH
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)


def least_size(plan: SeatingPlan, margin: int = 0) -> tuple[int, int]:
    """Return the width and height below which seats would be too small to hit, in pixels."""
    _x, _y, across, deep = _bounds(plan, margin)
    return round(across * _LEAST), round(deep * _LEAST)


def wanted_height(plan: SeatingPlan, width: int) -> int:
    """Return the height at which a plan of this width has seats of a good size, in pixels."""
    _x, _y, across, deep = _bounds(plan, 0)
    wide = min(width / across, scaled(_WIDEST))
    return round(deep * max(_LEAST, min(scaled(44), wide * 1.2)))


def _bounds(plan: SeatingPlan, margin: int) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a plan in seats, half a seat around its outermost ones included."""
    every = plan.everything
    if not every:
        return 0.0, 0.0, 6.0, 5.0
    edge = PITCH // 2 + margin
    left, right = min(one.x for one in every) - edge, max(one.x for one in every) + edge
    top, bottom = min(one.y for one in every) - edge, max(one.y for one in every) + edge
    return left / PITCH, top / PITCH, (right - left) / PITCH, (bottom - top) / PITCH
