"""A list of what can become evidence: several can be picked with Shift, and dragged to claims and answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDrag, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from observe_app.ui.theme import color, font, scaled
from observe_app.ui.widgets import RowDelegate, RowList
from observe_app.ui.widgets.paint import draw_text, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QAbstractTableModel, QModelIndex

    from observe_app.ui.widgets.rows import Index

LINE = 19
PAD = 6
_ROUNDS = 8
_ARRIVALS = frozenset(
    (
        Qt.FocusReason.TabFocusReason,
        Qt.FocusReason.BacktabFocusReason,
        Qt.FocusReason.ShortcutFocusReason,
        Qt.FocusReason.OtherFocusReason,
    )
)


class SourceModel(Protocol):
    """What the list asks of its rows beside what Qt asks."""

    def id_at(self, row: int) -> str:
        """Return the id of the event, or the key of the view, in this row."""
        ...

    def row_of(self, event_id: str, /) -> int | None:
        """Return the row of an id, None while it is not shown."""
        ...

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return what a drag of these rows carries."""
        ...


class WrappedDelegate(RowDelegate):
    """Paints rows that are as high as their words need."""

    def row_height(self, index: Index, width: int) -> int:
        """Height of the row in a list of this width."""
        raise NotImplementedError


class SourceList(RowList):
    """Rows that can be picked and dragged; letters belong to the page.

    Signals:
        picked: the selection or the current row changed.
        escaped: Escape was pressed. write_asked: Enter was pressed: what was made of the rows is to be written.
    """

    picked = Signal()
    escaped = Signal()
    write_asked = Signal()

    def __init__(self, model: QAbstractTableModel, source: SourceModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, row_height=scaled(LINE) + 2 * PAD - 1)
        self._source = source
        self._wrapped: WrappedDelegate | None = None
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.verticalScrollBar().valueChanged.connect(self._fit_visible)
        model.dataChanged.connect(self._fit_visible)
        model.modelReset.connect(self._fit_visible)
        model.rowsInserted.connect(self._fit_visible)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)

    def paint_with(self, delegate: WrappedDelegate) -> None:
        """Paint the rows with this one."""
        self._wrapped = delegate
        self.setItemDelegate(delegate)

    def picked_ids(self) -> tuple[str, ...]:
        """Return the ids of the picked rows from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self._source.id_at(row) for row in rows)

    def pick(self, event_id: str) -> bool:
        """Select one row and bring it into view; False while it is not shown."""
        row = self._source.row_of(event_id)
        if row is None:
            return False
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(
            index, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        )
        self._show_row(row)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters belong to the page: they send rows to claims instead of looking for one."""
        letter = event.text()
        with_command = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.write_asked.emit()
            return
        if letter.strip() and letter.isprintable() and not with_command:
            event.ignore()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The row with the ring is picked: keys act on what the eye sees, not on nothing."""
        super().focusInEvent(event)
        current = self.currentIndex()
        if event.reason() in _ARRIVALS and current.isValid() and not self.selectionModel().hasSelection():
            self.selectionModel().select(
                current, QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows in view are wrapped again; the current one stays in view where a message takes room below."""
        current = self.currentIndex()
        was_in_view = current.isValid() and 0 <= self.rowViewportPosition(current.row()) < event.oldSize().height()
        super().resizeEvent(event)
        self._fit_visible()
        if was_in_view:
            self._show_row(current.row())

    def startDrag(self, _actions: Qt.DropAction) -> None:  # noqa: N802 - Qt's name
        """Drag the picked rows under a small label that counts them."""
        rows = self.selectionModel().selectedRows()
        if not rows:
            return
        drag = QDrag(self)
        drag.setMimeData(self._source.mimeData(rows))
        drag.setPixmap(drag_label(self.drag_words(), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(-8, 14))
        drag.exec(Qt.DropAction.LinkAction | Qt.DropAction.CopyAction, Qt.DropAction.LinkAction)

    def drag_words(self) -> str:
        """Say under the pointer what is dragged."""
        raise NotImplementedError

    def _show_row(self, row: int) -> None:
        # Rows are measured as they come into view, and growing they push this one out again: until it stays.
        for _round in range(_ROUNDS):
            self.updateGeometries()
            self.scrollTo(self.model().index(row, 0))
            self._fit_visible()
            top = self.rowViewportPosition(row)
            if top >= 0 and top + self.rowHeight(row) <= self.viewport().height():
                return

    @Slot()
    def _on_selection_changed(self) -> None:
        self.picked.emit()

    @Slot()
    def _fit_visible(self) -> None:
        # Only rows in view are measured: a lesson of 2,000 notes opens as fast as one of 20.
        if self._wrapped is None:
            return
        height, row = self.viewport().height(), max(0, self.rowAt(0))
        while row < self.model().rowCount():
            index = self.model().index(row, 0)
            wanted = self._wrapped.row_height(index, self.viewport().width())
            if self.rowHeight(row) != wanted:
                self.setRowHeight(row, wanted)
            if self.rowViewportPosition(row) > height:
                break
            row += 1


def drag_label(words: str, ratio: float) -> QPixmap:
    """Return the label that follows the pointer during a drag."""
    face = font("small", weight=600)
    width = QFontMetrics(face).horizontalAdvance(words) + 24
    result = QPixmap(QSize(round(width * ratio), round(scaled(28) * ratio)))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    rect = QRectF(0, 0, width, scaled(28))
    rounded(painter, rect, rect.height() / 2, fill=color("fill"))
    draw_text(painter, rect.adjusted(12, 0, -8, 0), words, font=face, color=color("onfill"))
    painter.end()
    return result
