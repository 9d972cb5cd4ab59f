"""The table of people and their hours, always by name, and the lines of one person's statement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.domain.hours import HoursKind
from observe_app.ui.hours.words import how_words, kind_name, line_name, short_time, time_words
from observe_app.ui.moments import list_date, today_of, widest_dates
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CellStyle, HeaderTable
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.hours import Line
    from observe_app.services.core import Core
    from observe_app.services.learning.hours import HoursRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
KINDS = tuple(HoursKind)
NAME, ALL = 0, len(KINDS) + 1
DATE, WHAT, HOW, TIME = range(4)
_KIND_WIDTH = 86
_NO_KINDS_BELOW = 640
_NO_HOW_BELOW = 490
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


class HoursModel(QAbstractTableModel):
    """People as rows, by name and nothing else: nobody is ranked by hours."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[HoursRow, ...] = ()

    def show_rows(self, rows: tuple[HoursRow, ...]) -> None:
        """Show people as they are given."""
        if [row.person.id for row in rows] == [row.person.id for row in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, ALL))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, number: int) -> HoursRow | None:
        """The person of a row, None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, person_id: str) -> int:
        """The row of a person, -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.person.id == person_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many people."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, a column for each kind, the sum."""
        return 0 if parent.isValid() else ALL + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section in (NAME, ALL):
            return self.tr("Name") if section == NAME else self.tr("In all")
        return {HoursKind.OBSERVED: self.tr("Observed"), HoursKind.TALK: self.tr("Talks")}.get(
            KINDS[section - 1], kind_name(KINDS[section - 1])
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell."""
        row = self.row(index.row()) if role in _ROLES else None
        if row is None:
            return None
        column = index.column()
        if column == NAME:
            name = row.person.name
            words = self.tr("{name} (left)").format(name=name) if row.person.archived else name
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        minutes = row.minutes if column == ALL else row.by_kind.get(KINDS[column - 1], 0)
        return short_time(minutes) if role == Qt.ItemDataRole.DisplayRole else time_words(minutes)


class HoursTable(HeaderTable):
    """People as rows of a table."""

    def __init__(self, model: HoursModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("hours_table")
        self.setAccessibleName(self.tr("Hours of everybody, by name"))
        self.setModel(model)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(False)
        head.setSectionsClickable(False)
        self.set_column(NAME, CellStyle(weight=600))
        for column in range(1, ALL):
            self.set_column(column, CellStyle(tone="muted", tabular=True), width=scaled(_KIND_WIDTH))
        self.set_column(ALL, CellStyle(tabular=True, weight=600), width=scaled(80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The kinds go where there is no room; they stand in each statement."""
        super().resizeEvent(event)
        for column in range(1, ALL):
            self.setColumnHidden(column, event.size().width() < scaled(_NO_KINDS_BELOW))


class LinesModel(QAbstractTableModel):
    """Lines of a statement as rows, by day."""

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._lines: tuple[Line, ...] = ()

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Show the lines of a statement."""
        if lines == self._lines:
            return
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Day, what it was, how it counted, time."""
        return 0 if parent.isValid() else TIME + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (self.tr("Day"), self.tr("What"), self.tr("Counted"), self.tr("Time"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell."""
        if role not in _ROLES or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self.tr("{what}: {how}").format(what=line_name(line), how=how_words(line)))
        cells = (
            list_date(line.on, today_of(self._core.clock)),
            line_name(line),
            how_words(line),
            time_words(line.minutes),
        )
        return cells[index.column()]


class LinesTable(HeaderTable):
    """Lines of a statement as rows of a table."""

    def __init__(self, model: LinesModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, row_height=scaled(30))
        self.setObjectName("hours_lines")
        self.setAccessibleName(self.tr("Lines of the statement"))
        self.setModel(model)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(False)
        head.setSectionsClickable(False)
        self.set_column(DATE, CellStyle(tone="muted", tabular=True))
        self.set_column(DATE, width=self.width_of(DATE, widest_dates(), least=scaled(84)))
        self.set_column(WHAT, CellStyle())
        self.set_column(HOW, CellStyle(tone="muted"), width=scaled(128))
        self.set_column(TIME, CellStyle(tabular=True, weight=600), width=scaled(72))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """How it counted goes into the tooltip where there is no room."""
        super().resizeEvent(event)
        self.setColumnHidden(HOW, event.size().width() < scaled(_NO_HOW_BELOW))
