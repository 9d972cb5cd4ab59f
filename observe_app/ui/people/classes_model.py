"""The table of classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.domain.school.classes import class_key
from observe_app.services.school import classes
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CellStyle, HeaderTable
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.services.school.classes import ClassRow

NAME, SUBJECT, SIZE, ROOM, TEACHERS, TERM = range(6)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NO_TERM_BELOW, _NO_ROOM_BELOW, _NO_SIZE_BELOW = 720, 560, 420


class ClassesModel(QAbstractTableModel):
    """Classes as rows."""

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._rows: tuple[ClassRow, ...] = ()
        self._order, self._descending = NAME, False
        self.words = ""
        self.with_archived = False

    @property
    def rows(self) -> tuple[ClassRow, ...]:
        """What shows."""
        return self._rows

    def row(self, number: int) -> ClassRow | None:
        """The class of a row, None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, class_id: str) -> int:
        """The row of a class, -1 for none."""
        return next((at for at, row in enumerate(self._rows) if row.school_class.id == class_id), -1)

    def sort_by(self, column: int, *, descending: bool) -> None:
        """Show the same classes in another order."""
        self._order, self._descending = column, descending
        self.reload()

    def reload(self) -> None:
        """Read what is stored."""
        found = classes.listing(self._core, archived=self.with_archived, words=self.words)
        fresh = tuple(sorted(found, key=self._key, reverse=self._descending))
        if [row.school_class.id for row in fresh] == [row.school_class.id for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, TERM))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def _key(self, row: ClassRow) -> tuple[object, ...]:
        one = row.school_class
        if self._order == SIZE:
            return (one.size or 0, class_key(one.name))
        if self._order == NAME:
            return (class_key(one.name), one.archived, row.term, one.id)
        return (self._cell(row, self._order).casefold(), class_key(one.name))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many classes."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Class, subject, students, room, teachers, year."""
        return 0 if parent.isValid() else TERM + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (
            self.tr("Class"), self.tr("Subject"), self.tr("Students"), self.tr("Room"), self.tr("Teachers"),
            self.tr("Year or term"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None:
            return None
        words = self._cell(row, index.column())
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _cell(self, row: ClassRow, column: int) -> str:
        one = row.school_class
        if column == NAME:
            return self.tr("{name} (earlier year)").format(name=one.name) if one.archived else one.name
        if column == SIZE:
            return str(one.size) if one.size else self.tr("–")
        return {SUBJECT: one.subject, ROOM: one.room, TEACHERS: ", ".join(row.teachers), TERM: row.term}.get(column, "")


class ClassesTable(HeaderTable):
    """Classes as rows of a table."""

    def __init__(self, model: ClassesModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("classes_table")
        self.setAccessibleName(self.tr("Classes"))
        self.setModel(model)
        self.set_column(NAME, CellStyle(weight=600))
        self.set_column(SUBJECT, CellStyle())
        self.set_column(SIZE, CellStyle(tabular=True), width=scaled(96))
        self.set_column(ROOM, CellStyle(tone="muted"), width=scaled(96))
        self.set_column(TEACHERS, CellStyle())
        self.set_column(TERM, CellStyle(tone="muted"))
        self.horizontalHeader().setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What matters least goes first."""
        super().resizeEvent(event)
        width = event.size().width()
        self.setColumnHidden(TERM, width < scaled(_NO_TERM_BELOW))
        self.setColumnHidden(SIZE, width < scaled(_NO_SIZE_BELOW))
        self.setColumnHidden(ROOM, width < scaled(_NO_ROOM_BELOW))
