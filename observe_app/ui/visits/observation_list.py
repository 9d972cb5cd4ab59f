"""The observations of a BORIS project, each to be brought in or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtWidgets import QStyle, QStyleOptionButton, QWidget

from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import draw_text
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter

    from observe_app.services.exchange.boris_in import ObservationRow
    from observe_app.ui.widgets.rows import Index

ROW = 34
_ROOT = QModelIndex()
_BOX, _GAP, _DATE, _COUNT = 17, 10, 84, 74


class ObservationModel(QAbstractListModel):
    """Observations with a check box each.

    Signals:
        chosen_changed: another set of them is chosen.
    """

    chosen_changed = Signal()

    def __init__(self, rows: tuple[ObservationRow, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._chosen = [True] * len(rows)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of those that are chosen, in order."""
        return tuple(row.name for row, on in zip(self._rows, self._chosen, strict=True) if on)

    @property
    def events(self) -> int:
        """How many events those that are chosen hold."""
        return sum(row.events for row, on in zip(self._rows, self._chosen, strict=True) if on)

    def row_at(self, place: int) -> ObservationRow:
        """Return an observation."""
        return self._rows[place]

    def toggle(self, place: int) -> None:
        """Choose an observation, or no longer."""
        self._chosen[place] = not self._chosen[place]
        self._changed(place, place)

    def choose_all(self, on: bool) -> None:
        """Choose every observation, or none."""
        self._chosen = [on] * len(self._rows)
        self._changed(0, len(self._rows) - 1)

    def _changed(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last), [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Each can be checked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, whether it is chosen, and words for tooltip and screen reader."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self._chosen[index.row()] else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join((row.name, self.date_words(row), self.count_words(row)))
        return plain_tip(row.name) if role == Qt.ItemDataRole.ToolTipRole else None

    def date_words(self, row: ObservationRow) -> str:
        """Return its day."""
        if row.date is None:
            return self.tr("no date")
        day = QDate(row.date.year, row.date.month, row.date.day)
        return QLocale().toString(day, QLocale.FormatType.ShortFormat)

    def count_words(self, row: ObservationRow) -> str:
        """Return how much it holds."""
        return self.tr("1 event") if row.events == 1 else self.tr("{n} events").format(n=row.events)


class ObservationDelegate(RowDelegate):
    """Check box, name, day, how many events."""

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """One line; what is not brought in is muted."""
        model = index.model()
        if not isinstance(model, ObservationModel):
            return
        row = model.row_at(index.row())
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        box = QRect(rect.left() + scaled(4), rect.center().y() - scaled(_BOX) // 2, scaled(_BOX), scaled(_BOX))
        count = QRect(rect.right() - scaled(_COUNT) - 8, rect.top(), scaled(_COUNT), rect.height())
        date = QRect(count.left() - scaled(_DATE) - 8, rect.top(), scaled(_DATE), rect.height())
        name = QRect(box.right() + scaled(_GAP), rect.top(), 0, rect.height())
        name.setRight(date.left() - 12)
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if mirrored:
            box, count, date, name = (_mirrored(one, rect) for one in (box, count, date, name))
        option = QStyleOptionButton()
        option.initFrom(self._view)
        option.rect = box
        option.state = QStyle.StateFlag.State_Enabled | (
            QStyle.StateFlag.State_On if on else QStyle.StateFlag.State_Off
        )
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option, painter, self._view)
        small, tone = font("small", tabular=True), color("muted")
        weight = 600 if is_selected else 400
        ink, middle = color("ink" if on else "muted"), Qt.TextElideMode.ElideMiddle
        draw_text(painter, name, row.name, font=font("text", weight=weight), color=ink, elide=middle)
        draw_text(painter, date, model.date_words(row), font=small, color=tone)
        end = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        draw_text(
            painter, count, model.count_words(row), font=small, color=tone, align=end | Qt.AlignmentFlag.AlignVCenter
        )


def _mirrored(one: QRect, whole: QRect) -> QRect:
    return QRect(whole.left() + whole.right() - one.right(), one.top(), one.width(), one.height())


class ObservationList(RowList):
    """The list: Space or a click chooses an observation or leaves it out."""

    def __init__(self, model: ObservationModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, row_height=scaled(ROW))
        self.setObjectName("boris_observations")
        self.setAccessibleName(self.tr("Observations to bring in"))
        model.setParent(self)
        self._model = model
        self.setItemDelegate(ObservationDelegate(self))
        self.setModel(model)
        self.clicked.connect(self._on_clicked)

    @property
    def observations(self) -> ObservationModel:
        """What it shows."""
        return self._model

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space toggles the current one."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._model.toggle(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        self._model.toggle(index.row())
