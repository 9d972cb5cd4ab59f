"""The inline mark "also written" at a field; nothing to see and next to nothing to pay while nothing is open."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from observe_app.domain.errors import ObserveError
from observe_app.services import also_written
from observe_app.ui.widgets.button import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes
    from observe_app.services.also_written import Cell
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

log = logging.getLogger(__name__)

ICON = "git-compare"


class OpenCells(QObject):
    """Which cells have something open: asked of the data once after each change, whatever number of marks shows it.

    Signals:
        changed: the cells are other ones now. looked: they were asked for again, and there are or were some.
    """

    changed = Signal()
    looked = Signal()

    def __init__(self, core: Core, bus: ChangeBus) -> None:
        super().__init__(bus)
        self._core = core
        self._cells: frozenset[Cell] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)
        bus.changed.connect(self._on_changed)

    @property
    def cells(self) -> frozenset[Cell]:
        """The cells; empty where they could not be asked for."""
        if self._cells is None:
            self._cells = self._ask()
        return self._cells

    def has(self, table: str, row: str, *columns: str) -> bool:
        """Whether one of these columns of a record, or the record as a whole, has something open."""
        cells = self.cells
        return bool(cells) and any((table, row, column) in cells for column in (*columns, "deleted"))

    def _ask(self) -> frozenset[Cell]:
        try:
            return also_written.open_cells(self._core)
        except ObserveError as error:
            log.info("could not ask what was also written: %r", error)
            return frozenset()

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        self._timer.start(0)  # several changes of one turn are asked about once

    @Slot()
    def _on_due(self) -> None:
        before, self._cells = self._cells, self._ask()
        if before is not None and before != self._cells:
            self.changed.emit()
        if before or self._cells:
            self.looked.emit()


def open_cells(core: Core, bus: ChangeBus) -> OpenCells:
    """Return what watches the open cells for this bus; made when it is first wanted."""
    found: OpenCells | None = bus.findChild(OpenCells)
    return found if found is not None else OpenCells(core, bus)


class AlsoMark(Button):
    """Words in `warm` that say that somebody else wrote here too; pressed, they open both versions side by side."""

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__("", parent, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon=ICON, tone="warm")
        self.setObjectName("also_mark")
        self._core, self._bus = core, bus
        self._table, self._row = "", ""
        self._columns: tuple[str, ...] = ()
        self._open = open_cells(core, bus)
        self._open.changed.connect(self._on_open_changed)
        self.clicked.connect(self.ask)
        self.setText(self.tr("also written"))
        self.hide()

    @property
    def is_wanted(self) -> bool:
        """Whether there is something to mark."""
        return bool(self._row) and self._open.has(self._table, self._row, *self._columns)

    def show_for(self, table: str, row: str, *columns: str) -> None:
        """Mark these columns of a record, or the record itself as deleted and edited; an empty row marks nothing."""
        self._table, self._row, self._columns = table, row, columns
        self._on_open_changed()

    @Slot()
    def ask(self) -> None:
        """Show the versions side by side."""
        from observe_app.ui.also.dialog import open_dialog  # noqa: PLC0415  (wanted once in a while)

        for column in (*self._columns, "deleted"):
            if (self._table, self._row, column) in self._open.cells:
                open_dialog(self._core, self._bus, (self._table, self._row, column), self)
                return

    @Slot()
    def _on_open_changed(self) -> None:
        wanted = self.is_wanted
        if wanted is self.isHidden():
            self.setVisible(wanted)
