"""Lists of rows: one column, no headers, painted rows. The user moves with the arrows and opens with Enter.

A table view of one column stays flat in cost up to 100,000 rows; list and tree views do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from observe_app.ui.theme.current import color, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.widgets.paint import draw_text, hairline, paint_inner_focus, paint_selection

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent

HOVER_DELAY = 120  # ms, so that a moving list does not flicker
Index = QModelIndex | QPersistentModelIndex
_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class RowView(QTableView):
    """Table view with row selection, delayed hover and Enter to open; base of lists and tables.

    Signals:
        opened: QModelIndex the user opened by Enter or double click.
        selected: QModelIndex that became current, by whatever way.
    """

    opened = Signal(QModelIndex)
    selected = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None, *, row_height: int) -> None:
        super().__init__(parent)
        self._by_keyboard = False
        self._hovered = -1
        self._pointed = -1
        self._hover_timer = QTimer(self)
        self._hover_timer.setSingleShot(True)
        self._hover_timer.setInterval(HOVER_DELAY)
        self._hover_timer.timeout.connect(self._on_hover_settled)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(tokens().size.target)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.entered.connect(self._on_entered)
        self.doubleClicked.connect(self.opened)

    @property
    def hovered_row(self) -> int:
        """Row under the pointer once it rested there, -1 for none."""
        return self._hovered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the current row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the keyboard here and no row chosen yet the ring is around all of them."""
        super().paintEvent(event)
        if self._by_keyboard and self.hasFocus() and not self.currentIndex().isValid():
            paint_inner_focus(QPainter(self.viewport()), self.viewport().rect())

    def moveCursor(  # Qt's tables go to the first and last cell of the row instead
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and the last row."""
        ends = {QAbstractItemView.CursorAction.MoveHome: 0, QAbstractItemView.CursorAction.MoveEnd: -1}
        model = self.model()
        if action not in ends or not model.rowCount():
            return super().moveCursor(action, modifiers)
        return model.index(ends[action] % model.rowCount(), max(0, self.currentIndex().column()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring around all rows comes, where the keyboard brought it."""
        super().focusInEvent(event)
        self._by_keyboard = event.reason() in _KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring around all rows goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def currentChanged(  # noqa: N802  (Qt's name)
        self, current: Index, previous: Index
    ) -> None:
        """Tell the page."""
        super().currentChanged(current, previous)
        if current.isValid() != previous.isValid():
            self.viewport().update()  # the ring around all rows comes or goes
        self.selected.emit(current)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left: no hover."""
        self._pointed = -1
        self._on_hover_settled()
        super().leaveEvent(event)

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self._pointed = index.row()
        self._hover_timer.start()

    @Slot()
    def _on_hover_settled(self) -> None:
        self._hover_timer.stop()
        if self._hovered != self._pointed:
            self._hovered = self._pointed
            self.viewport().update()


class RowList(RowView):
    """Rows of one column that fills the width."""

    def __init__(self, name: str, parent: QWidget | None = None, *, row_height: int = 48) -> None:
        super().__init__(name, parent, row_height=row_height)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)


class RowDelegate(QStyledItemDelegate):
    """Paints plane, rule and focus of a row; subclasses paint the content in `paint_row`."""

    def __init__(self, view: RowView, *, rule: bool = True) -> None:
        super().__init__(view)
        self._view = view
        self._rule = rule

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Plane first, content next, focus last."""
        painter.save()
        rect: QRect = option.rect
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        mirrored = self._view.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._paint_plane(painter, rect, index, is_selected=is_selected, mirrored=mirrored)
        if self._rule:
            hairline(painter, rect)
        self.paint_row(painter, rect, index, is_selected=is_selected)
        current = self._view.currentIndex().row() == index.row()
        if current and self._view.hasFocus():
            last = self._view.horizontalHeader().count() - 1
            paint_inner_focus(painter, rect, start=index.column() == 0, end=index.column() == last)
        painter.restore()

    def paint_row(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool) -> None:
        """Content of a row; the base draws the display text, 600 when selected."""
        text = index.data(Qt.ItemDataRole.DisplayRole)
        weight = 600 if is_selected else 400
        inner = rect.adjusted(12, 0, -12, 0)
        draw_text(painter, inner, str(text or ""), font=font("text", weight=weight), color=color("ink"))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Height of the view's rows."""
        return QSize(100, self._view.verticalHeader().defaultSectionSize())

    def _paint_plane(self, painter: QPainter, rect: QRect, index: Index, *, is_selected: bool, mirrored: bool) -> None:
        if is_selected and index.column() == 0:
            paint_selection(painter, rect, right_to_left=mirrored)
        elif is_selected:
            painter.fillRect(rect, color("tint"))
        elif self._view.hovered_row == index.row():
            painter.fillRect(rect, color("hover"))
