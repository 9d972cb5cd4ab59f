"""What a screen reader finds in a chart: the picture in sentences, and each spot as a child with its own.

Qt asks for the interface of a chart once and for those of its spots as somebody walks them. A spot's interface stands
for a place in the reading order, not for one picture's spot: when the picture changes it says what stands there now.
Where there is nothing Qt takes None, whatever its stubs say.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface, QGuiApplication, QWindow
from PySide6.QtWidgets import QAccessibleWidget

from observe_app.ui.charts.base import ChartWidget

if TYPE_CHECKING:
    from observe_app.services.charts.picture import Spot

_INSTALLED = "observeChartsAccessible"


class SpotInterface(QAccessibleInterface):
    """One place in the reading order of a chart."""

    def __init__(self, view: ChartWidget, index: int) -> None:
        super().__init__()
        self._view, self._index = view, index

    def spot(self) -> Spot | None:
        """Return what stands at this place now, None where the picture has fewer."""
        if not shiboken6.isValid(self._view):
            return None
        spots = self._view.picture().spots
        return spots[self._index] if self._index < len(spots) else None

    def isValid(self) -> bool:  # noqa: N802  (Qt's name)
        """Whether something stands at this place."""
        return self.spot() is not None

    def object(self) -> QObject | None:  # type: ignore[override]
        """No object of its own."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The chart's window."""
        return self._view.window().windowHandle() if shiboken6.isValid(self._view) else None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The chart."""
        return QAccessible.queryAccessibleInterface(self._view) if shiboken6.isValid(self._view) else None

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Nothing lies within a spot."""
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802  (Qt's name)
        """Nothing lies within a spot."""
        return None

    def childCount(self) -> int:  # noqa: N802  (Qt's name)
        """Nothing lies within a spot."""
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:  # noqa: N802  (Qt's name)
        """Nothing lies within a spot."""
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """The spot's sentence is its name."""
        spot = self.spot()
        return spot.says if spot is not None and kind == QAccessible.Text.Name else ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:  # noqa: N802  (Qt's name)
        """A chart is not written to."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        spot = self.spot()
        if spot is None:
            return QRect()
        x, y, wide, high = (round(value) for value in spot.rect)
        return QRect(self._view.mapToGlobal(QPoint(x, y)), QRect(0, 0, wide, high).size())

    def role(self) -> QAccessible.Role:
        """Something that leads to a visit, or a part of a picture."""
        spot = self.spot()
        return QAccessible.Role.Link if spot is not None and spot.visit_id else QAccessible.Role.Graphic

    def state(self) -> QAccessible.State:
        """Focusable, and focused where the keyboard stands."""
        found = QAccessible.State()
        found.focusable = True
        found.readOnly = True
        spot = self.spot()
        found.invalid = spot is None
        found.focused = spot is not None and self._view.hasFocus() and self._view.current_key == spot.key
        return found


class ChartInterface(QAccessibleWidget):
    """A chart with its spots as children."""

    def __init__(self, view: ChartWidget) -> None:
        super().__init__(view, QAccessible.Role.Chart, "")
        self._view = view
        self._spots: dict[int, SpotInterface] = {}

    def childCount(self) -> int:  # noqa: N802  (Qt's name)
        """As many as the picture has spots."""
        return len(self._view.picture().spots) if shiboken6.isValid(self._view) else 0

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """Return the place in reading order, made when it is asked for first."""
        if not 0 <= index < self.childCount():
            return None
        if index not in self._spots:
            made = SpotInterface(self._view, index)
            self._spots[index] = made
            # Qt keeps what has no object of its own until it is told that it is gone
            self._view.destroyed.connect(partial(_forget, QAccessible.uniqueId(made)))
        return self._spots[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802  (Qt's name)
        """Return the spot under a point of the screen."""
        if not shiboken6.isValid(self._view):
            return None
        return self.child(self._view.spot_at(self._view.mapFromGlobal(QPoint(x, y))))

    def indexOfChild(self, child: QAccessibleInterface) -> int:  # noqa: N802  (Qt's name)
        """Return the place of a spot."""
        return next((index for index, spot in self._spots.items() if spot is child), -1)

    def focusChild(self) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802  (Qt's name)
        """Return the spot that the keyboard stands on."""
        return self.child(self._view.current_index) if shiboken6.isValid(self._view) else None

    def text(self, kind: QAccessible.Text) -> str:
        """The title is its name; what it shows in sentences is its description."""
        if not shiboken6.isValid(self._view):
            return ""
        picture = self._view.picture()
        if kind == QAccessible.Text.Name:
            return picture.title
        return picture.alt if kind == QAccessible.Text.Description else ""


def make_accessible() -> None:
    """Let screen readers into charts; once for an application."""
    app = QGuiApplication.instance()
    if app is None or app.property(_INSTALLED):
        return
    app.setProperty(_INSTALLED, True)
    QAccessible.installFactory(_interface_of)


def tell_focus(view: ChartWidget) -> None:
    """Tell screen readers which spot the keyboard stands on."""
    if not QAccessible.isActive() or view.current_index < 0:
        return
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild(view.current_index)
    QAccessible.updateAccessibility(event)


def _interface_of(_kind: str, of: QObject | None) -> QAccessibleInterface | None:
    return ChartInterface(of) if isinstance(of, ChartWidget) else None


def _forget(unique: int, _gone: QObject | None = None) -> None:
    QAccessible.deleteAccessibleInterface(unique)
