"""The data of a chart as a real table: rows and columns to walk, to copy, and to save as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QLocale, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from observe_app.domain.errors import ObserveError
from observe_app.services.charts.picture import Table
from observe_app.services.exchange.chart_table import table_tabbed, write_table
from observe_app.ui.errors import describe
from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import Sheet, TextLabel
from observe_app.ui.widgets.header_table import TableHead, cell_rect
from observe_app.ui.widgets.paint import LEFT, RIGHT, draw_text, paint_inner_focus

if TYPE_CHECKING:
    from observe_app.services.charts.picture import Cell, Picture

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_ROW = 30
_HEAD = 40
_LEAST = 64
_WIDEST = 260
_MEASURED = 60
_FIRST, _PADDING = 44, 28
_HIGHEST = 420


class TableModel(QAbstractTableModel):
    """A table of a picture; nothing of it is copied."""

    def __init__(self, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._locale = QLocale()

    @property
    def table(self) -> Table:
        """The table shown."""
        return self._table

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows without the head."""
        return 0 if parent.isValid() else len(self._table.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Columns of the head."""
        return 0 if parent.isValid() else len(self._table.header)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text of a cell; numbers in the language's figures, at the right."""
        cell = self._cell(index)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if isinstance(cell, int | float) else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._table.header[section] if section < len(self._table.header) else ""
        return None

    def _cell(self, index: Index) -> Cell:
        row = self._table.rows[index.row()] if index.isValid() else ()
        return row[index.column()] if index.column() < len(row) else None

    def _shown(self, cell: Cell) -> str:
        if isinstance(cell, float):
            return self._locale.toString(round(cell, 4), "g", 6)
        return "" if cell is None else str(cell)


class CellText(QStyledItemDelegate):
    """Cells under the names of their columns: the same distance from the edge as in the head."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, selection, one line of text."""
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        draw_text(
            painter,
            cell_rect(option.rect, index.column()),
            text,
            font=font("small", tabular=True),
            color=color("ink"),
            align=RIGHT if option.displayAlignment & Qt.AlignmentFlag.AlignRight else LEFT,
        )


class ChartTable(QTableView):
    """The table; Ctrl+C copies what is selected, with its head, or all of it."""

    def __init__(self, table: Table, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableModel(table, self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setHorizontalHeader(TableHead(self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFont(font("small", tabular=True))
        self.setItemDelegate(CellText(self))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.horizontalHeader().setStretchLastSection(True)
        self._set_widths(table)

    @property
    def table(self) -> Table:
        """The table shown."""
        return self._model.table

    def wanted_height(self) -> int:
        """Height of head and rows, without a bar."""
        return scaled(_HEAD) + scaled(_ROW) * len(self.table.rows) + 2

    def copied(self) -> str:
        """Return what Ctrl+C takes: head and cells, tab separated."""
        chosen = self.selectionModel().selectedIndexes()
        if len(chosen) < 2:
            return table_tabbed(self.table)
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        part = Table(
            tuple(self.table.header[column] for column in columns),
            tuple(tuple(self.table.rows[row][column] for column in columns) for row in rows),
        )
        return table_tabbed(part)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; everything else as in any table."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring inside the edge while the keyboard is here."""
        super().paintEvent(event)
        if self.hasFocus() and not self.currentIndex().isValid():
            paint_inner_focus(QPainter(self.viewport()), self.viewport().rect())

    def _set_widths(self, table: Table) -> None:
        """Give each column the width of its longest word among the first rows."""
        plain, strong = QFontMetrics(font("small", tabular=True)), QFontMetrics(font("small", weight=600))
        for column, head in enumerate(table.header):
            cells = [str(self._model.index(row, column).data()) for row in range(min(len(table.rows), _MEASURED))]
            longest = max([strong.horizontalAdvance(head), *map(plain.horizontalAdvance, cells)])
            wide = longest + (_PADDING if column else _FIRST)
            self.setColumnWidth(column, min(max(wide, scaled(_LEAST)), scaled(_WIDEST)))


class ChartTableSheet(Sheet):
    """The table of a chart over the page, with copy and save."""

    def __init__(self, picture: Picture, parent: QWidget) -> None:
        super().__init__(picture.title or QCoreApplication.translate("Charts", "Table"), parent, width=860)
        self._title = picture.title
        self.view = ChartTable(picture.table, picture.title, self)
        self.view.setMinimumHeight(min(self.view.wanted_height() + 16, scaled(_HIGHEST)))
        self.body.addWidget(self.view)
        self._told = TextLabel("", self, step="small", tone="muted", wrap=True)
        self._told.hide()
        self.body.addWidget(self._told)
        self._copy = self.add_other(self.tr("Copy"))
        self._copy.clicked.connect(self._on_copy)
        self._save = self.add_other(self.tr("Save as CSV or Excel…"))
        self._save.clicked.connect(self._on_save)
        self.add_safe(self.tr("Close"))

    def save_to(self, target: Path) -> None:
        """Write the table to a file and say so; a failure is said in the same place."""
        try:
            write_table(self.view.table, self._title, target)
        except ObserveError as error:
            words = describe(error)
            self._say(f"{words.title} {words.text}".strip(), "err")
        else:
            self._say(self.tr("Saved as {name}.").format(name=target.name), "muted")

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.view.copied())
        self._say(self.tr("Copied. It can be pasted into a spreadsheet."), "muted")

    @Slot()
    def _on_save(self) -> None:
        kinds = self.tr("Excel workbook (*.xlsx);;CSV table (*.csv)")
        name, kind = QFileDialog.getSaveFileName(self, self.tr("Save the table"), f"{self._title}.xlsx", kinds)
        if not name:
            return
        path = Path(name)
        if not path.suffix:
            path = path.with_suffix(".csv" if "*.csv" in kind else ".xlsx")
        self.save_to(path)

    def _say(self, text: str, tone: str) -> None:
        self._told.setText(text)
        self._told.set_tone(tone)
        self._told.show()
