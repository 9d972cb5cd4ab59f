"""The table of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.services import people
from observe_app.ui.i18n import role_name
from observe_app.ui.moments import list_date, local, today_of, widest_dates
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CellStyle, HeaderTable
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.services.people import PersonRow

NAME, SUBJECTS, ROLES, TEACHER, OBSERVER, LAST = range(6)
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NO_ROLES_BELOW = 760
_NO_COUNTS_BELOW = 560


class PeopleModel(QAbstractTableModel):
    """People as rows; sorted here, because a school is a short list."""

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._rows: tuple[PersonRow, ...] = ()
        self._order = NAME
        self._descending = False
        self.words = ""
        self.with_archived = False

    @property
    def rows(self) -> tuple[PersonRow, ...]:
        """The rows shown."""
        return self._rows

    def row(self, number: int) -> PersonRow | None:
        """The person of a row, None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, person_id: str) -> int:
        """The row of a person, -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.person.id == person_id), -1)

    def sort_by(self, column: int, *, descending: bool) -> None:
        """Show the same people in another order."""
        self._order, self._descending = column, descending
        self.reload()

    def reload(self) -> None:
        """Read what is stored."""
        found = people.listing(self._core, words=self.words, archived=self.with_archived)
        fresh = tuple(sorted(found, key=self._key, reverse=self._descending))
        if [row.person.id for row in fresh] == [row.person.id for row in self._rows]:
            self._rows = fresh
            if fresh:
                self.dataChanged.emit(self.index(0, 0), self.index(len(fresh) - 1, LAST))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def _key(self, row: PersonRow) -> tuple[object, ...]:
        name = row.person.name.casefold()
        if self._order == LAST:
            return (row.last.timestamp() if row.last else 0.0, name)
        values: dict[int, object] = {
            NAME: name,
            SUBJECTS: row.person.subjects.casefold(),
            ROLES: self._roles(row),
            TEACHER: row.visits_as_teacher,
            OBSERVER: row.visits_as_observer,
        }
        return (values[self._order], name)

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many people."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, subjects, roles, visits as teacher and as observer, the last one."""
        return 0 if parent.isValid() else LAST + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        names = (
            self.tr("Name"), self.tr("Subjects"), self.tr("Usual role"), self.tr("As teacher"), self.tr("As observer"),
            self.tr("Last visit"),
        )  # fmt: skip
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None or (role == Qt.ItemDataRole.ToolTipRole and index.column() > ROLES):
            return None
        words = self._cell(row, index.column())
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def _cell(self, row: PersonRow, column: int) -> str:
        if column == NAME:
            name = row.person.name
            return self.tr("{name} (left)").format(name=name) if row.person.archived else name
        if column in {TEACHER, OBSERVER}:
            count = row.visits_as_teacher if column == TEACHER else row.visits_as_observer
            return str(count) if count else self.tr("–")
        if column == LAST:
            return self._last(row)
        return row.person.subjects if column == SUBJECTS else self._roles(row)

    def _last(self, row: PersonRow) -> str:
        if row.last is None:
            return ""
        zone = self._core.clock.zone_name()
        return list_date(local(row.last, zone).date(), today_of(self._core.clock))

    @staticmethod
    def _roles(row: PersonRow) -> str:
        return ", ".join(role_name(role) for role in row.person.roles)


class PeopleTable(HeaderTable):
    """People as rows of a table."""

    def __init__(self, model: PeopleModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("people_table")
        self.setAccessibleName(self.tr("People"))
        self.setModel(model)
        self.set_column(NAME, CellStyle(weight=600))
        self.set_column(SUBJECTS, CellStyle())
        self.set_column(ROLES, CellStyle(tone="muted"))
        self.set_column(TEACHER, CellStyle(tabular=True), width=scaled(92))
        self.set_column(OBSERVER, CellStyle(tabular=True), width=scaled(100))
        self.set_column(LAST, CellStyle(tone="muted", tabular=True))
        self.set_column(LAST, width=self.width_of(LAST, widest_dates(), least=scaled(112)))
        self.horizontalHeader().setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What matters least goes first."""
        super().resizeEvent(event)
        width = event.size().width()
        self.setColumnHidden(ROLES, width < scaled(_NO_ROLES_BELOW))
        for column in (TEACHER, OBSERVER):
            self.setColumnHidden(column, width < scaled(_NO_COUNTS_BELOW))
