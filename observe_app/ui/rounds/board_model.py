"""The board of a round: observers down, days or teachers across; every cell says who visits whom and when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from observe_app.domain.rounds.board import Reached
from observe_app.ui.i18n import short_date
from observe_app.ui.rounds.words import minute_words, reached_word, when_words, where_words
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from observe_app.domain.rounds.board import BoardRow

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class Across(StrEnum):
    """What the columns are."""

    DAYS = "days"
    TEACHERS = "teachers"


@dataclass(frozen=True, slots=True)
class BoardData:
    """What the board shows.

    Attributes:
        names: of everybody, by id. people: ids of who takes part, by name. rows: the visits.
        days: all days of the round, in order.
    """

    names: dict[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    rows: tuple[BoardRow, ...] = ()
    days: tuple[date, ...] = ()


class BoardModel(QAbstractTableModel):
    """Cells of (observer, day) or (observer, teacher); each holds the visits of both."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = BoardData()
        self._across = Across.DAYS
        self._weeks: tuple[tuple[date, ...], ...] = ()
        self._week = 0
        self._observers: tuple[str, ...] = ()
        self._teachers: tuple[str, ...] = ()
        self._columns: tuple[date | str | None, ...] = ()
        self._cells: dict[tuple[str, date | str | None], list[BoardRow]] = {}

    # --- what is shown ----------------------------------------------------------------------------

    @property
    def across(self) -> Across:
        """What the columns are."""
        return self._across

    @property
    def weeks(self) -> tuple[tuple[date, ...], ...]:
        """The days of the round by week."""
        return self._weeks

    @property
    def week(self) -> int:
        """Which week shows, from 0."""
        return self._week

    def show(self, data: BoardData) -> None:
        """Show a round as it stands."""
        self.beginResetModel()
        self._data = data
        by_week: dict[date, list[date]] = {}
        for day in data.days:
            by_week.setdefault(day - timedelta(days=day.weekday()), []).append(day)
        for row in data.rows:  # moved by hand to a day outside the round
            on = row.pairing.on
            if on is not None and on not in by_week.setdefault(on - timedelta(days=on.weekday()), []):
                by_week[on - timedelta(days=on.weekday())].append(on)
        self._weeks = tuple(tuple(sorted(by_week[monday])) for monday in sorted(by_week))
        self._week = min(self._week, max(len(self._weeks) - 1, 0))
        self._arrange()
        self.endResetModel()

    def set_across(self, across: Across) -> None:
        """Turn the columns into days or into teachers."""
        if across is not self._across:
            self.beginResetModel()
            self._across = across
            self._arrange()
            self.endResetModel()

    def set_week(self, week: int) -> None:
        """Show another week."""
        self.beginResetModel()
        self._week = max(0, min(week, len(self._weeks) - 1))
        self._arrange()
        self.endResetModel()

    def rows_at(self, index: Index) -> tuple[BoardRow, ...]:
        """Return the visits of a cell."""
        if not index.isValid():
            return ()
        return tuple(self._cells.get((self._observers[index.row()], self._columns[index.column()]), ()))

    def observer_at(self, row: int) -> str:
        """Return the id of the observer of a row, "" outside."""
        return self._observers[row] if 0 <= row < len(self._observers) else ""

    def place_of(self, pairing_id: str) -> QModelIndex:
        """Return the cell of a visit, in whichever week; an invalid index where it is nowhere."""
        row = next((one for one in self._data.rows if one.pairing.id == pairing_id), None)
        if row is None:
            return QModelIndex()
        day = row.pairing.on
        if self._across is Across.DAYS and day is not None and day not in self._columns:
            self.set_week(next((n for n, days in enumerate(self._weeks) if day in days), self._week))
        key: date | str | None = day if self._across is Across.DAYS else row.pairing.teacher_id
        if key not in self._columns or row.pairing.observer_id not in self._observers:
            return QModelIndex()
        return self.index(self._observers.index(row.pairing.observer_id), self._columns.index(key))

    def name(self, person_id: str) -> str:
        """Return somebody's name."""
        return self._data.names.get(person_id, self.tr("Somebody"))

    def _arrange(self) -> None:
        data = self._data
        live = [row for row in data.rows if row.reached is not Reached.CANCELLED]
        observers = {row.pairing.observer_id for row in data.rows}
        self._observers = tuple(one for one in data.people if one in observers) + tuple(
            sorted(observers - set(data.people), key=self.name)
        )
        teachers = {row.pairing.teacher_id for row in data.rows}
        self._teachers = tuple(sorted(teachers, key=lambda one: self.name(one).casefold()))
        self._cells = {}
        if self._across is Across.TEACHERS:
            self._columns = self._teachers
        else:
            days = self._weeks[self._week] if self._weeks else ()
            untimed = any(row.pairing.on is None for row in live)
            self._columns = (*days, None) if untimed else days
        for row in data.rows:
            key = row.pairing.on if self._across is Across.DAYS else row.pairing.teacher_id
            self._cells.setdefault((row.pairing.observer_id, key), []).append(row)
        for rows in self._cells.values():
            rows.sort(key=lambda one: (one.pairing.start_min or 0, one.pairing.id))

    # --- Qt ---------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One row an observer."""
        return 0 if parent.isValid() else len(self._observers)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Days of the week that shows, or teachers."""
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of observers; days, or names of teachers."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role not in wanted:
            return None
        if orientation is Qt.Orientation.Vertical:
            words = self.name(self.observer_at(section))
        else:
            column = self._columns[section] if 0 <= section < len(self._columns) else ""
            if isinstance(column, date):
                words = short_date(column)
            else:
                words = self.name(column) if column else self.tr("No time yet")
        return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words of a cell: names and times; in full for readers of screens and as the tooltip."""
        rows = self.rows_at(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return "\n".join(self._line(row) for row in rows)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._told(index, rows)
        if role == Qt.ItemDataRole.ToolTipRole and rows:
            return plain_tip(self._told(index, rows))
        return None

    def _line(self, row: BoardRow) -> str:
        if self._across is Across.TEACHERS:
            return short_date(row.pairing.on) if row.pairing.on is not None else self.tr("no time yet")
        time = minute_words(row.pairing.start_min) if row.pairing.start_min is not None else ""
        return f"{time} {self.name(row.pairing.teacher_id)}".strip()

    def _told(self, index: Index, rows: tuple[BoardRow, ...]) -> str:
        if not rows:
            words = self.tr("{observer}, {column}: no visit")
            head = self.headerData(index.column(), Qt.Orientation.Horizontal) or ""
            return words.format(observer=self.name(self.observer_at(index.row())), column=head)
        words = self.tr("{observer} visits {teacher}, {when}, {where}, {state}{locked}")
        return "; ".join(
            words.format(
                observer=self.name(row.pairing.observer_id),
                teacher=self.name(row.pairing.teacher_id),
                when=when_words(row.pairing),
                where=where_words(row.pairing),
                state=reached_word(row.reached),
                locked=self.tr(", locked") if row.pairing.locked else "",
            )
            for row in rows
        )
