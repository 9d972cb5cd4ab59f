"""The list of surveys: title, what it is, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt

from observe_app.ui.surveys.words import second_line
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import RowDelegate
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from observe_app.services.surveys.surveys import SurveyView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_SECOND, _WAITS = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class SurveyModel(QAbstractListModel):
    """Surveys as rows; those that wait for oneself first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[SurveyView, ...] = ()
        self._waits: frozenset[str] = frozenset()

    @property
    def rows(self) -> tuple[SurveyView, ...]:
        """The rows shown."""
        return self._rows

    def show(self, rows: tuple[SurveyView, ...], waits: frozenset[str]) -> None:
        """Show these; where they are the same surveys nothing but their words changes."""
        rows = tuple(sorted(rows, key=lambda one: one.survey.id not in waits))
        same = [row.survey.id for row in rows] == [row.survey.id for row in self._rows]
        if same:
            self._rows, self._waits = rows, waits
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows, self._waits = rows, waits
        self.endResetModel()

    def number_of(self, survey_id: str) -> int:
        """The row of a survey, -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.survey.id == survey_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many surveys."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a row."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        waits = row.survey.id in self._waits
        second = self.tr("Waits for your answer") if waits else second_line(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.survey.title
        if role == _SECOND:
            return second
        if role == _WAITS:
            return waits
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(f"{row.survey.title}\n{second_line(row)}")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.survey.title}, {second}"
        return None


class SurveyDelegate(RowDelegate):
    """Two lines."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Title over what it is."""
        inner = rect.adjusted(20, 0, -12, 0)
        middle = inner.center().y()
        first = QRect(inner.left(), middle - scaled(21), inner.width(), scaled(21))
        weight = 600 if is_selected or index.data(_WAITS) else 400
        draw_text(painter, first, str(index.data() or ""), font=font("body", weight=weight), color=color("ink"))
        second = QRect(inner.left(), middle + 1, inner.width(), scaled(18))
        tone = color("accent" if index.data(_WAITS) else "muted")
        draw_text(painter, second, str(index.data(_SECOND) or ""), font=font("small"), color=tone)
