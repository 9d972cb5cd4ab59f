"""Somebody's week as a grid: periods or hours down, days across, what they do in the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.services.exchange.timetable_lines import Period
from observe_app.ui.rounds.words import kind_word, span_words, weekday_name
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from observe_app.domain.school.classes import LessonSlot

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_FIRST_HOUR, _LAST_HOUR = 8, 17
_HOUR = 60


class WeekModel(QAbstractTableModel):
    """Weekly times of one person. A time stands in the row in which it begins, or in the nearest before."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._periods: tuple[Period, ...] = ()
        self._days = 5
        self._cells: dict[tuple[int, int], list[LessonSlot]] = {}
        self.named = False

    def show(self, slots: Sequence[LessonSlot], periods: Sequence[Period]) -> None:
        """Show weekly times; without bell times the rows are hours."""
        weekly = [slot for slot in slots if slot.on is None]
        self.beginResetModel()
        self.named = bool(periods)
        first = min([_FIRST_HOUR, *(slot.start_min // _HOUR for slot in weekly)])
        last = max([_LAST_HOUR, *(-(-slot.end_min // _HOUR) for slot in weekly)])
        hours = tuple(Period(str(hour), hour * _HOUR, (hour + 1) * _HOUR) for hour in range(first, last))
        self._periods = tuple(sorted(periods, key=lambda one: one.start_min)) or hours
        self._days = max([5, *(slot.weekday + 1 for slot in weekly)])
        self._cells = {}
        for slot in sorted(weekly, key=lambda one: (one.start_min, one.week, one.id)):
            self._cells.setdefault((self._row_of(slot), slot.weekday), []).append(slot)
        self.endResetModel()

    def _row_of(self, slot: LessonSlot) -> int:
        overlaps = [
            (min(slot.end_min, one.end_min) - max(slot.start_min, one.start_min), -row)
            for row, one in enumerate(self._periods)
        ]
        most, row = max(overlaps)
        if most > 0 and self._periods[-row].start_min <= slot.start_min:
            return -row
        before = [row for row, one in enumerate(self._periods) if one.start_min <= slot.start_min]
        return max(before, default=0)

    def period(self, row: int) -> Period:
        """Return the period of a row."""
        return self._periods[row]

    def slots_at(self, index: Index) -> tuple[LessonSlot, ...]:
        """Return the times of a cell."""
        return tuple(self._cells.get((index.row(), index.column()), ())) if index.isValid() else ()

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Periods."""
        return 0 if parent.isValid() else len(self._periods)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Days."""
        return 0 if parent.isValid() else self._days

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Days and periods."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation is Qt.Orientation.Horizontal:
            return weekday_name(section, long=True)
        one = self._periods[section]
        times = span_words(one.start_min, one.end_min)
        return f"{one.name}  {times}" if self.named else times

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell; in full for readers of screens and as the tooltip."""
        slots = self.slots_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return " / ".join(self.line(slot) for slot in slots)
        told = "; ".join(self.told(slot) for slot in slots)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self.headerData(index.column(), Qt.Orientation.Horizontal) or ""
            side = self.headerData(index.row(), Qt.Orientation.Vertical) or ""
            return ", ".join((head, side, told or self.tr("free")))
        if role == Qt.ItemDataRole.ToolTipRole and slots:
            return plain_tip(told)
        return None

    def line(self, slot: LessonSlot) -> str:
        """Return a time in short: its class, else what it is."""
        words = slot.class_name or slot.subject or kind_word(slot.kind)
        return f"{slot.week} {words}".strip()

    @staticmethod
    def told(slot: LessonSlot) -> str:
        """Return a time in full."""
        place = " ".join(part for part in (slot.room, slot.building) if part)
        parts = (kind_word(slot.kind), span_words(slot.start_min, slot.end_min), slot.week, slot.class_name,
                 slot.subject, place)  # fmt: skip
        return ", ".join(part for part in parts if part)
