"""A long column of rows that are built when they are first needed, and that never jump under the eye.

Rows outside the view stand with a guessed height until they are built, in small turns, while nothing else happens.
Whatever changes its height or comes and goes, the row that holds the eye stays where it is on the screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from observe_app.ui.widgets import Plane
from observe_app.ui.widgets.layout import SteadyScrollArea

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QResizeEvent

_TOP = 12
_BOTTOM = 16
_AHEAD = 200
_TURN_MS = 6
_STEP = 40


@dataclass(slots=True, eq=False)
class SheetRow:
    """One row of the column.

    Attributes:
        key: tells it from the others and names it when the rows are set again.
        make: builds its widget as a child of the one given, already as high as the width wants.
        guess: how high it may be before it is built.
        shown: whether it has a place now.
        same: what it is made from; a row whose key and this are the same need not be built again.
        half: 0 over the whole width, 1 or 2 for the first or second half of a line shared with a neighbour.
    """

    key: str
    make: Callable[[QWidget, int], QWidget]
    guess: int = 30
    shown: bool = True
    same: object = None
    widget: QWidget | None = None
    top: int = 0
    half: int = 0

    @property
    def height(self) -> int:
        """As built, else as guessed."""
        return self.widget.height() if self.widget is not None else self.guess

    @property
    def bottom(self) -> int:
        """Where the next one begins."""
        return self.top + self.height


class SheetPane(SteadyScrollArea):
    """Rows under each other.

    Signals:
        all_built: every row that is shown has its widget.
    """

    all_built = Signal()

    def __init__(self, parent: QWidget | None = None, *, plane: str = "side") -> None:
        super().__init__(parent)
        self.setWidgetResizable(False)
        self._content = Plane(plane)
        self.setWidget(self._content)
        self._rows: tuple[SheetRow, ...] = ()
        self._by_key: dict[str, SheetRow] = {}
        self._of_widget: dict[QWidget, SheetRow] = {}
        self._busy = False
        self._eye = ""
        self._halved: frozenset[str] = frozenset()
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._build_some)
        self.verticalScrollBar().setSingleStep(_STEP)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    # -- public

    @property
    def content(self) -> QWidget:
        """What is scrolled."""
        return self._content

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """Every row, shown or not."""
        return self._rows

    @property
    def is_building(self) -> bool:
        """Whether some rows are still to be built."""
        return self._turn.isActive()

    def row(self, key: str) -> SheetRow | None:
        """The row of a key."""
        return self._by_key.get(key)

    def set_rows(self, rows: Sequence[SheetRow]) -> None:
        """Show these rows; widgets of rows that are not among them go."""
        anchor = self._anchor()
        kept = {id(row) for row in rows}
        for row in self._rows:
            if id(row) not in kept and row.widget is not None:
                self._of_widget.pop(row.widget, None)
                row.widget.hide()
                row.widget.deleteLater()
        self._rows = tuple(rows)
        self._by_key = {row.key: row for row in rows}
        self._settle(anchor)
        self._build_seen()
        self._turn.start()

    def set_halved(self, keys: frozenset[str]) -> None:
        """Say which rows stand two beside each other where they are neighbours."""
        if keys != self._halved:
            self._halved = keys
            self.place()

    def watch(self, key: str) -> None:
        """Name the row that holds the eye: while it is in sight it does not move by itself."""
        self._eye = key

    def build(self, row: SheetRow) -> QWidget:
        """Return a row's widget, built now if it was not."""
        if row.widget is None:
            anchor = self._anchor()
            made = self._make(row)
            self._settle(anchor)
            return made
        return row.widget

    def build_all(self) -> None:
        """Build what is not built yet, shown or not."""
        anchor = self._anchor()
        for row in self._rows:
            if row.widget is None:
                self._make(row)
        self._settle(anchor)
        self._finish()

    def place(self) -> None:
        """Rows came, went or grew: give each its place, and keep what is looked at where it is."""
        self._settle(self._anchor())
        self._build_seen()
        if any(row.shown and row.widget is None for row in self._rows):
            self._turn.start()

    def reveal(self, row: SheetRow) -> None:
        """Scroll so that a row is seen, its beginning before its end."""
        self.build(row)
        bar = self.verticalScrollBar()
        # What is built on the way may be higher than it was guessed; the second look finds it in place.
        for _look in range(2):
            bottom = row.bottom + 8 - self.viewport().height()
            bar.setValue(min(max(bar.value(), bottom), row.top - 8))

    def page_from(self, row: SheetRow, step: int) -> int:
        """Return the y of one view further up (-1) or down (1) than a row."""
        return row.top + step * max(_STEP, self.viewport().height() - _STEP)

    # -- Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width wraps the rows anew."""
        super().resizeEvent(event)
        width = self.viewport().width()
        anchor = self._anchor()
        if width != self._content.width():
            self._busy = True
            for row in self._rows:
                if row.widget is not None:
                    self._fit(row, row.widget)
            self._busy = False
        self._settle(anchor)
        self._build_seen()

    # -- helpers

    def _make(self, row: SheetRow) -> QWidget:
        was, self._busy = self._busy, True
        widget = row.make(self._content, self._width_of(row))
        row.widget = widget
        if row.half:
            self._fit(row, widget)
        self._of_widget[widget] = row
        resized = getattr(widget, "resized", None)
        if resized is not None:
            resized.connect(self._on_resized)
        widget.setVisible(row.shown)
        self._busy = was
        return widget

    def _width_of(self, row: SheetRow) -> int:
        width = self.viewport().width()
        return width if not row.half else width // 2 if row.half == 1 else width - width // 2

    def _fit(self, row: SheetRow, widget: QWidget) -> None:
        set_half = getattr(widget, "set_half", None)
        if set_half is not None:
            set_half(row.half)
        widget.resize(self._width_of(row), widget.height())
        fit = getattr(widget, "fit", None)
        if fit is not None:
            fit()

    def _share_lines(self) -> None:
        """Give neighbours that may stand beside each other their halves of a line."""
        shown = [row for row in self._rows if row.shown]
        place = 0
        while place < len(shown):
            end = place
            while end < len(shown) and shown[end].key in self._halved:
                end += 1
            for number, row in enumerate(shown[place:end] or shown[place : place + 1]):
                half = number % 2 + 1 if end - place > 1 else 0
                if half != row.half:
                    row.half = half
                    if row.widget is not None:
                        self._fit(row, row.widget)
            place = max(end, place + 1)

    def _anchor(self) -> tuple[SheetRow, int] | None:
        """The row that must not move, and where it stands in the view."""
        value, height = self.verticalScrollBar().value(), self.viewport().height()
        focused: QWidget | None = QApplication.focusWidget()
        first: SheetRow | None = None
        held = self._by_key.get(self._eye)
        for row in self._rows:
            if not row.shown or row.bottom <= value:
                continue
            if row.top >= value + height:
                break
            if row.widget is not None and focused is not None and row.widget.isAncestorOf(focused):
                return row, row.top - value
            first = first or row
        if held is not None and held.shown and value <= held.top < value + height:
            return held, held.top - value
        return (first, first.top - value) if first is not None else None

    def _settle(self, anchor: tuple[SheetRow, int] | None) -> None:
        self._busy = True
        self._share_lines()
        y, line = _TOP, 0
        middle, mirrored = self.viewport().width() // 2, self.isRightToLeft()
        for row in self._rows:
            widget = row.widget
            if row.shown and row.half != 2:
                y, line = y + line, 0
            row.top = y
            if widget is not None:
                if widget.isHidden() == row.shown:
                    widget.setVisible(row.shown)
                x = middle if row.half and (row.half == 2) != mirrored else 0
                if row.shown and (widget.y() != y or widget.x() != x):
                    widget.move(x, y)
            if row.shown:
                line = max(line, row.height)
        y += line
        width, height = self.viewport().width(), self.viewport().height()
        self._content.resize(width, max(y + _BOTTOM, height))
        self._busy = False
        if anchor is not None:
            row, offset = anchor
            fresh = self._by_key.get(row.key)
            if fresh is not None:
                self.verticalScrollBar().setValue(fresh.top - offset)

    def _build_seen(self) -> None:
        """Build what is in the view and a little below it."""
        for _look in range(3):
            value = self.verticalScrollBar().value()
            bottom = value + self.viewport().height() + _AHEAD
            wanted = [
                row
                for row in self._rows
                if row.widget is None and row.shown and row.bottom > value - _AHEAD and row.top < bottom
            ]
            if not wanted:
                return
            anchor = self._anchor()
            for row in wanted:
                self._make(row)
            self._settle(anchor)

    @Slot()
    def _build_some(self) -> None:
        watch = QElapsedTimer()
        watch.start()
        anchor = self._anchor()
        middle = self.verticalScrollBar().value()
        waiting = [row for row in self._rows if row.shown and row.widget is None]
        waiting.sort(key=lambda row: (row.top < middle, abs(row.top - middle)))
        for row in waiting:
            self._make(row)
            if watch.elapsed() >= _TURN_MS:
                break
        self._settle(anchor)
        if not any(row.shown and row.widget is None for row in self._rows):
            self._finish()

    def _finish(self) -> None:
        self._turn.stop()
        self._order_tabs()
        self.all_built.emit()

    def _order_tabs(self) -> None:
        """Tab goes down the column, in whichever order its rows were built."""
        before: QWidget | None = None
        for row in self._rows:
            if row.widget is None:
                continue
            parts = [row.widget, *row.widget.findChildren(QWidget)]
            for part in parts:
                if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
                    if before is not None and before.nextInFocusChain() is not part:
                        QWidget.setTabOrder(before, part)
                    before = part

    @Slot()
    def _on_resized(self) -> None:
        if not self._busy:
            self.place()

    @Slot()
    def _on_scrolled(self) -> None:
        if not self._busy:
            self._build_seen()
