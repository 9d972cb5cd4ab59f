"""The table of visits: pages of rows from the store, fetched as the list is scrolled."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.domain.visit import VisitFilter
from observe_app.services import visits
from observe_app.ui.i18n import stage_name
from observe_app.ui.moments import list_date, local, today_of
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.domain.visit import VisitCount, VisitRow
    from observe_app.services.core import Core

PAGE = 100
DATE, TEACHER, CLASS, FORM, NOTES, STAGE = range(6)
ORDERS = {DATE: "start", TEACHER: "teacher", CLASS: "class_name", FORM: "form", STAGE: "stage"}
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class VisitsModel(QAbstractTableModel):
    """The visits that a filter finds."""

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._filter = VisitFilter(limit=PAGE)
        self._rows: tuple[VisitRow, ...] = ()
        self._today = today_of(core.clock)
        self.found: VisitCount = visits.count(core, self._filter)

    @property
    def filter(self) -> VisitFilter:
        """What is shown."""
        return self._filter

    @property
    def rows(self) -> tuple[VisitRow, ...]:
        """The rows fetched so far."""
        return self._rows

    def row(self, number: int) -> VisitRow | None:
        """The visit of a row, None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, visit_id: str) -> int:
        """The row of a visit, -1 where it is not among those fetched."""
        return next((number for number, row in enumerate(self._rows) if row.id == visit_id), -1)

    def show(self, wanted: VisitFilter) -> None:
        """Find other visits, or the same in another order."""
        self._filter = replace(wanted, limit=PAGE, offset=0)
        self._read(PAGE)

    def reload(self) -> None:
        """Read again what is shown; as many rows as there were."""
        self._read(max(PAGE, len(self._rows)))

    def _read(self, count: int) -> None:
        fresh, self.found = visits.page(self._core, replace(self._filter, limit=count))
        self._today = today_of(self._core.clock)
        if [row.id for row in fresh] == [row.id for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, STAGE))
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, NOTES, NOTES)
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows fetched so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Date, teacher, class, form, notes, stage."""
        return 0 if parent.isValid() else STAGE + 1

    def canFetchMore(self, parent: Index) -> bool:
        """Whether the filter finds more than was fetched."""
        return not parent.isValid() and len(self._rows) < self.found.visits

    def fetchMore(self, _parent: Index) -> None:
        """Fetch the next page."""
        fresh = visits.listing(self._core, replace(self._filter, offset=len(self._rows)))
        if not fresh:
            return
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
        self._rows += fresh
        self.endInsertRows()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of the columns; the notes' column names the words searched for."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        words = " ".join(self._filter.words.split())
        notes = self.tr("“{words}”").format(words=words) if words else self.tr("Notes")
        names = (
            self.tr("Date"), self.tr("Teacher"), self.tr("Class"), self.tr("Form"), notes, self.tr("Stage"),
        )  # fmt: skip
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; the tooltip and the screen reader get them whole."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and index.column() not in {TEACHER, CLASS, FORM}:
            return None
        words = self._cell(row, index.column())
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _cell(self, row: VisitRow, column: int) -> str:
        if column == DATE:
            moment = row.started or row.start
            return list_date(local(moment, row.zone).date(), self._today) if moment is not None else self.tr("no date")
        if column == NOTES:
            count = row.notes if row.hits is None else row.hits
            if count == 0:
                return self.tr("–")
            return self.tr("1 note") if count == 1 else self.tr("{n} notes").format(n=count)
        if column == CLASS:
            return " ".join(part for part in (row.class_name, row.subject) if part) or row.topic
        if column == STAGE:
            return stage_name(row.stage)
        return row.teacher or self.tr("not named yet") if column == TEACHER else row.form_name
