"""Who spoke, and who to whom, as tables: the same data as the plan's figures and lines, for reading aloud too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from observe_app.ui.seating.words import who_head, who_words
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CellStyle, HeaderTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.participation import Participation
    from observe_app.domain.seating import SeatingPlan

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = 28


class CountsModel(QAbstractTableModel):
    """Rows of words and counts; 0 by a source that says nothing at all stands as a dash."""

    def __init__(self, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._heads = tuple(heads)
        self._rows: list[tuple[str, ...]] = []
        self._keys: list[str] = []

    def load(self, rows: Sequence[tuple[str, ...]], keys: Sequence[str]) -> None:
        """Show these; a key each says what a row stands for."""
        self.beginResetModel()
        self._rows, self._keys = list(rows), list(keys)
        self.endResetModel()

    def key(self, row: int) -> str:
        """What a row stands for, "" outside."""
        return self._keys[row] if 0 <= row < len(self._keys) else ""

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Count of heads."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; a screen reader hears its head with it."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        text = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[index.column()]}: {text}"
        return None

    def headerData(  # noqa: D102  (Qt's)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None


class ParticipationTables(QWidget):
    """Counts by student, then pairs.

    Signals:
        chosen: who the selected row is about, "" for none.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pressed, noted = self.tr("Presses"), self.tr("Notes")
        self.voices_model = CountsModel((self.tr("Who spoke"), pressed, noted), self)
        self.flows_model = CountsModel((self.tr("From"), self.tr("To"), pressed, noted), self)
        self.voices = self._table(self.tr("Who spoke, how often"), self.voices_model)
        self.flows = self._table(self.tr("Who spoke to whom"), self.flows_model)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.voices)
        column.addWidget(self.flows)

    def load(self, view: Participation, plan: SeatingPlan) -> None:
        """Show a lesson; who spoke most comes first, then by number."""
        number = QLocale().toString

        def count(value: int, of: int) -> str:
            return number(value) if of else "–"

        voices = sorted(view.voices, key=lambda voice: -(voice.pressed or voice.noted))
        self.voices_model.load(
            [
                (who_head(voice.who, plan), count(voice.pressed, view.presses), count(voice.noted, view.notes))
                for voice in voices
            ],
            [voice.who for voice in voices],
        )
        flows = sorted(view.flows, key=lambda flow: -(flow.pressed or flow.noted))
        self.flows_model.load(
            [
                (
                    who_head(flow.who, plan),
                    who_words(flow.to, plan),
                    count(flow.pressed, view.presses),
                    count(flow.noted, view.notes),
                )
                for flow in flows
            ],
            [flow.who for flow in flows],
        )
        for table, model in ((self.voices, self.voices_model), (self.flows, self.flows_model)):
            table.setFixedHeight(table.horizontalHeader().height() + model.rowCount() * scaled(_ROW) + 1)
            table.setVisible(model.rowCount() > 0)

    def _table(self, name: str, model: CountsModel) -> HeaderTable:
        table = HeaderTable(name, self, row_height=scaled(_ROW))
        table.setAccessibleName(name)
        table.setModel(model)
        table.horizontalHeader().setSortIndicatorShown(False)
        table.horizontalHeader().setSectionsClickable(False)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        last = model.columnCount()
        for column in range(last):
            is_count = column >= last - 2
            style = CellStyle(tabular=is_count, weight=600 if column == 0 else 400)
            table.set_column(column, style, width=scaled(84) if is_count else 0)
        table.selected.connect(self._on_selected)
        return table

    @Slot(QModelIndex)
    def _on_selected(self, index: QModelIndex) -> None:
        model = index.model()
        if isinstance(model, CountsModel):
            self.chosen.emit(model.key(index.row()))
