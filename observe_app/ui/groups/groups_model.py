"""The list of groups: name, what it is, how many people and open goals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt

from observe_app.ui.groups.words import kind_name
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import RowDelegate
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from observe_app.services.groups.groups import GroupRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SECOND = Qt.ItemDataRole.UserRole


class GroupsModel(QAbstractListModel):
    """Groups as rows."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[GroupRow, ...] = ()

    @property
    def rows(self) -> tuple[GroupRow, ...]:
        """The rows shown."""
        return self._rows

    def show(self, rows: tuple[GroupRow, ...]) -> None:
        """Show these; where they are the same groups nothing but their words changes."""
        same = [row.group.id for row in rows] == [row.group.id for row in self._rows]
        if same:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def number_of(self, group_id: str) -> int:
        """The row of a group, -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.group.id == group_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many groups."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.group.name
        if role == _SECOND:
            return self._second(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{row.group.name}\n{self._second(row)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.group.name}, {self._second(row)}"
        return None

    def _second(self, row: GroupRow) -> str:
        people = self.tr("1 person") if row.people == 1 else self.tr("{n} people").format(n=row.people)
        if not row.people:
            people = self.tr("nobody yet")
        if row.group.archived:
            people = self.tr("former group")
        goals = ""
        if row.goals_open:
            goals = self.tr("1 goal") if row.goals_open == 1 else self.tr("{n} goals").format(n=row.goals_open)
        return " · ".join(part for part in (kind_name(row.group.kind), people, goals) if part)


class GroupsDelegate(RowDelegate):
    """Two lines."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Name over kind and counts."""
        inner = rect.adjusted(20, 0, -12, 0)
        middle = inner.center().y()
        first = QRect(inner.left(), middle - scaled(21), inner.width(), scaled(21))
        weight = 600 if is_selected else 400
        name = str(index.data() or "")
        draw_text(painter, first, name, font=font("body", weight=weight), color=color("ink"))
        second = QRect(inner.left(), middle + 1, inner.width(), scaled(18))
        draw_text(painter, second, str(index.data(_SECOND) or ""), font=font("small"), color=color("muted"))
