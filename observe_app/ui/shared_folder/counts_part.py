"""Visits so far: how far the visits of a term have come, by colleague, in numbers; and whether one's own are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QDate,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from observe_app.ui.theme import scaled
from observe_app.ui.widgets import CellStyle, HeaderTable, SectionHead, TextLabel
from observe_app.ui.widgets.layout import clear_layout

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.sync.progress import Progress, Term

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = 34
_FIGURE, _FIGURE_NARROW = 98, 74
_NARROW_BELOW = 640
_LONGEST_FOLDER = 28


class FiguresModel(QAbstractTableModel):
    """A row for each colleague: the name, then the numbers in the order in which a visit goes through them."""

    def __init__(self, rows: Sequence[tuple[str, tuple[int, ...]]], parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self._heads = (
            self.tr("Colleague"), self.tr("Planned"), self.tr("Observed"), self.tr("Talked"), self.tr("Released"),
            self.tr("Answered"),
        )  # fmt: skip

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Count of colleagues."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The name and five numbers."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; a screen reader hears whose number it is, and of what."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        name, numbers = self._rows[index.row()]
        if not index.column():
            return name if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        text = QLocale().toString(numbers[index.column() - 1])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.tr("{name}, {what}: {n}")
            return words.format(name=name, what=self._heads[index.column()], n=text)
        return None

    def headerData(  # noqa: D102  (Qt's)
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None


class TermTable(QWidget):
    """A term's first and last day over its table."""

    def __init__(self, term: Term, rows: Sequence[tuple[str, tuple[int, ...]]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("term_counts")
        words = self.tr("{since} to {until}").format(since=_day(term.since), until=_day(term.until))
        self.caption = TextLabel(words, self, step="small", weight=600)
        self.table = HeaderTable(self.tr("Visits so far, {term}").format(term=words), self, row_height=scaled(_ROW))
        self.model = FiguresModel(rows, self)
        self.table.setModel(self.model)
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(False)
        head.setSectionsClickable(False)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setFixedHeight(head.height() + self.model.rowCount() * scaled(_ROW) + 1)
        self._fit(self.width())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.caption)
        column.addWidget(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the numbers stand closer."""
        super().resizeEvent(event)
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        room = scaled(_FIGURE_NARROW if width < scaled(_NARROW_BELOW) else _FIGURE)
        for column in range(self.model.columnCount()):
            style = CellStyle(tabular=bool(column), weight=400 if column else 600)
            self.table.set_column(column, style, width=room if column else 0)


def _day(day: date) -> str:
    pattern = QCoreApplication.translate("dates", "d MMM yyyy", "date format: day, month, year, short")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


class CountsPart(QWidget):
    """The section of the page.

    Signals:
        told_asked: folder id, and whether one's own numbers are to be told there.
    """

    told_asked = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("counts_part")
        self._shown: object = None
        self.boxes: dict[str, QCheckBox] = {}
        self.tables: tuple[TermTable, ...] = ()
        self.head = SectionHead(self.tr("Visits so far"), "", self)
        self._asked = QVBoxLayout()
        self._asked.setSpacing(6)
        told = self.tr(
            "Numbers alone, never what was written. Everybody who can open the folder can read them; where there are "
            "few visits, others may guess which ones they are."
        )
        self.note = TextLabel(told, self, step="small", tone="muted", wrap=True)
        self.note.setObjectName("counts_note")
        self.empty = TextLabel(self.tr("Nobody lets others see their numbers yet."), self, tone="muted", wrap=True)
        self.empty.setObjectName("counts_empty")
        self._tables = QVBoxLayout()
        self._tables.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addSpacing(8)
        column.addLayout(self._asked)
        column.addSpacing(4)
        column.addWidget(self.note)
        column.addSpacing(8)
        column.addWidget(self.empty)
        column.addLayout(self._tables)

    def show_counts(self, found: Sequence[Progress], folders: Mapping[str, str], told: Collection[str]) -> None:
        """Show what people tell.

        Args:
            found: newest term first.
            folders: names of the shared folders by id.
            told: ids of those in which one's own numbers are told.
        """
        self._show_boxes(folders, told)
        shown = (tuple(found), tuple(folders.items()))
        if shown == self._shown:
            return
        self._shown = shown
        clear_layout(self._tables)
        terms: dict[Term, list[tuple[str, tuple[int, ...]]]] = {}
        for one in found:
            terms.setdefault(one.term, []).append((self._name(one, folders), one.figures.each()))
        self.tables = tuple(TermTable(term, rows, self) for term, rows in terms.items())
        for table in self.tables:
            self._tables.addWidget(table)
        self.empty.setVisible(not found)

    def _name(self, one: Progress, folders: Mapping[str, str]) -> str:
        name = self.tr("{name} (you)").format(name=one.name) if one.me else one.name
        if len(folders) < 2:
            return name
        return self.tr("{name}, {folder}").format(name=name, folder=folders.get(one.folder, ""))

    def _show_boxes(self, folders: Mapping[str, str], told: Collection[str]) -> None:
        if list(self.boxes) != list(folders):
            clear_layout(self._asked)
            self.boxes = {folder_id: self._box(folder_id) for folder_id in folders}
        for folder_id, box in self.boxes.items():
            box.setText(self._asks(folders[folder_id], several=len(folders) > 1))
            box.setChecked(folder_id in told)

    def _box(self, folder_id: str) -> QCheckBox:
        box = QCheckBox(self)
        box.setObjectName("tell_counts")
        box.setProperty("folder", folder_id)
        box.setAccessibleDescription(self.note.text())
        box.clicked.connect(self._on_clicked)
        self._asked.addWidget(box)
        return box

    def _asks(self, folder: str, *, several: bool) -> str:
        if not several:
            return self.tr("Let the coordinator see how many visits I made")
        short = folder if len(folder) <= _LONGEST_FOLDER else f"{folder[: _LONGEST_FOLDER - 1]}…"
        words = self.tr("Let the coordinator see how many visits I made: {folder}")
        return words.format(folder=short.replace("&", "&&"))

    @Slot(bool)
    def _on_clicked(self, checked: bool) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self.told_asked.emit(str(box.property("folder")), checked)
