"""The rounds at the left: name, dates, how far each is, in counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from observe_app.domain.rounds.round import RoundState
from observe_app.ui.rounds.words import days_words, state_word
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import RowDelegate, RowView
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from observe_app.services.rounds.rounds import RoundRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW = 68
_ELIDE = Qt.TextElideMode.ElideMiddle


class RoundModel(QAbstractListModel):
    """Rounds, the latest first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RoundRow, ...] = ()

    @property
    def rows(self) -> tuple[RoundRow, ...]:
        """What is shown."""
        return self._rows

    def show(self, rows: tuple[RoundRow, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def number_of(self, round_id: str) -> int:
        """Return the row of a round, -1 for none."""
        return next((number for number, row in enumerate(self._rows) if row.round.id == round_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many rounds."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Its name; readers of screens hear the rest, too."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.round.title
        told = ", ".join((row.round.title, days_words(row.round.first, row.round.last), self.far(row)))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return told
        return plain_tip(told) if role == Qt.ItemDataRole.ToolTipRole else None

    def far(self, row: RoundRow) -> str:
        """Return how far a round is."""
        if not row.planned:
            return state_word(row.round.state)
        words = self.tr("{done} of {all} visited")
        if row.round.state == RoundState.CLOSED:
            words = self.tr("over; {done} of {all} visited")
        return words.format(done=row.visited, all=row.planned)


class RoundList(RowView):
    """The list of rounds."""

    def __init__(self, model: RoundModel, parent: QWidget | None = None) -> None:
        super().__init__(parent.tr("Rounds of visits") if parent else "", parent, row_height=scaled(_ROW))
        self.setObjectName("round_list")
        self.setModel(model)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.setItemDelegate(_Rounds(self))


class _Rounds(RowDelegate):
    """Name, dates, how far."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Three short lines."""
        model = index.model()
        if not isinstance(model, RoundModel):
            return
        row = model.rows[index.row()]
        inner = rect.adjusted(20, 6, -10, -7)
        third = inner.height() // 3
        top = QRect(inner.left(), inner.top(), inner.width(), third)
        weight = 600 if is_selected else 400
        draw_text(painter, top, row.round.title, font=font("body", weight=weight), color=color("ink"), elide=_ELIDE)
        small = font("small", tabular=True)
        days = days_words(row.round.first, row.round.last)
        draw_text(painter, top.translated(0, third), days, font=small, color=color("muted"), elide=_ELIDE)
        draw_text(painter, top.translated(0, 2 * third), model.far(row), font=small, color=color("muted"), elide=_ELIDE)
