"""The sign of what was also written, in the free edge of a painted row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QPainter

_SIDE = 14
_EDGE = 3


def paint_also(painter: QPainter, rect: QRect, middle: float) -> None:
    """Paint the sign before a row's first column, centred on this height; mirrored for right-to-left."""
    side = scaled(_SIDE)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = rect.right() - _EDGE - side if mirrored else rect.left() + _EDGE
    paint_icon(painter, QRectF(left, middle - side / 2, side, side), "git-compare", color("warm"))
