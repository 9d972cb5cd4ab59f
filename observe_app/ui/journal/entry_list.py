"""The list of entries: first words, day, and what kind of entry it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt

from observe_app.domain.journal_entry import EntryKind
from observe_app.services import journals
from observe_app.ui.moments import list_date, local, today_of
from observe_app.ui.theme import color, font, scaled, tokens
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import draw_text

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
SECOND = Qt.ItemDataRole.UserRole + 1
_MOST = 120


class EntryModel(QAbstractTableModel):
    """Entries as rows, the latest first."""

    def __init__(self, core: Core, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core = core
        self._rows: tuple[JournalEntry, ...] = ()
        self._visits: dict[str, Visit] = {}

    def show_entries(self, entries: tuple[JournalEntry, ...], visits: dict[str, Visit]) -> None:
        """Show entries, with the visits that they are about."""
        same = [one.id for one in entries] == [one.id for one in self._rows]
        if same:
            self._rows, self._visits = entries, visits
            if entries:
                self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, 0))
            return
        self.beginResetModel()
        self._rows, self._visits = entries, visits
        self.endResetModel()

    def entry(self, number: int) -> JournalEntry | None:
        """The entry of a row, None outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, entry_id: str) -> int:
        """The row of an entry, -1 for none."""
        return next((number for number, one in enumerate(self._rows) if one.id == entry_id), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many entries."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """One."""
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """First words; day and what it is about."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, SECOND):
            return None
        one = self.entry(index.row())
        if one is None:
            return None
        first = " ".join((one.title or one.text).split())[:_MOST] or self.tr("No words yet")
        if role == Qt.ItemDataRole.DisplayRole:
            return first
        second = self._second(one)
        return second if role == SECOND else self.tr("{first}, {second}").format(first=first, second=second)

    def _second(self, one: JournalEntry) -> str:
        parts: list[str] = []
        if one.at is not None:
            day = local(one.at, self._core.clock.zone_name()).date()
            parts.append(list_date(day, today_of(self._core.clock)))
        if one.kind is EntryKind.LEARNING:
            parts.append(self.tr("own learning"))
        about = [self._visits[visit] for visit in journals.linked(one) if visit in self._visits]
        parts += [visit.teacher or visit.class_line for visit in about[:2] if visit.teacher or visit.class_line]
        return " · ".join(parts)


class _Delegate(RowDelegate):
    """Two lines."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """First words over day and visit."""
        inner = rect.adjusted(24, 0, -12, 0)
        middle = inner.center().y()
        top = QRect(inner.left(), middle - scaled(21), inner.width(), scaled(21))
        low = QRect(inner.left(), middle + 1, inner.width(), scaled(18))
        weight = 600 if is_selected else 400
        elide = Qt.TextElideMode.ElideRight
        first, second = str(index.data() or ""), str(index.data(SECOND) or "")
        draw_text(painter, top, first, font=font("body", weight=weight), color=color("ink"), elide=elide)
        draw_text(painter, low, second, font=font("small", tabular=True), color=color("muted"), elide=elide)


class EntryList(RowList):
    """Entries as rows."""

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, row_height=tokens().size.row_two_line)
        self.setAccessibleName(self.tr("Entries, the latest first"))
        self.setObjectName("journal_entries")
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
