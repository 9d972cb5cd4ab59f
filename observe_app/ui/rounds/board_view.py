"""The board on screen: a table walked by arrows, names and heads that stay, a sign and a word for every visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QTransform
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from observe_app.domain.rounds.board import Reached
from observe_app.ui.rounds.board_model import Across, BoardModel
from observe_app.ui.rounds.words import minute_words, reached_icon, span_words, with_initial
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.layout import Rule
from observe_app.ui.widgets.paint import LEFT, draw_text, hairline, paint_inner_focus

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from observe_app.domain.rounds.board import BoardRow

Index = QModelIndex | QPersistentModelIndex
_ROW = 46
_LINE = 40
_MARK = 34
_MARK_LEAST = 26
_LEAST_DAY = 92
_NAME_SHARE, _NAME_LEAST, _NAME_MOST = 0.24, 110, 230
_HEAD = 36
_HEAD_NAMES = 132
_ELIDE = Qt.TextElideMode.ElideMiddle


class BoardView(QTableView):
    """The board of a round.

    Signals:
        chosen: ids of the visits in the cell that became current, () for an empty one.
        opened: Enter or a double click on a cell with visits.
        lock_asked, move_asked, cancel_asked: keys L, M and Delete on a cell with visits.
    """

    chosen = Signal(object)
    opened = Signal()
    lock_asked = Signal()
    move_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, model: BoardModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._board = model
        self.setObjectName("round_board")
        self.setAccessibleName(self.tr("Who visits whom and when"))
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self._names = _Head(Qt.Orientation.Vertical, self)
        self._heads = _Head(Qt.Orientation.Horizontal, self)
        self.setVerticalHeader(self._names)
        self.setHorizontalHeader(self._heads)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        for corner in self.findChildren(QAbstractButton):
            corner.setMaximumSize(0, 0)  # the style paints a button between the two heads
        self.setCornerWidget(QWidget(self))
        self._corner_rule = Rule(self, line="ink", height=2)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._on_double_click)
        model.modelReset.connect(self.fit)

    @property
    def board(self) -> BoardModel:
        """What it shows."""
        return self._board

    @Slot()
    def fit(self) -> None:
        """Give rows and columns the room that there is."""
        width = max(self.width() - self.verticalScrollBar().sizeHint().width(), 1)
        most = max(scaled(_NAME_LEAST), min(int(width * _NAME_SHARE), scaled(_NAME_MOST)))
        metrics = QFontMetrics(font("text", weight=600))
        rows = range(self._board.rowCount())
        wanted = (metrics.horizontalAdvance(self._board.name(self._board.observer_at(row))) for row in rows)
        self._names.setFixedWidth(min(most, max(wanted, default=0) + scaled(36)))
        teachers = self._board.across is Across.TEACHERS
        self._heads.setFixedHeight(scaled(_HEAD_NAMES if teachers else _HEAD))
        self._corner_rule.setGeometry(self._names.geometry().left(), self._heads.height() - 2, self._names.width(), 2)
        columns = self._board.columnCount()
        least = scaled(_MARK_LEAST if teachers else _LEAST_DAY)
        room = max(width - self._names.width(), 0)
        each = max(least, room // columns if columns else least)
        if teachers:
            each = min(each, scaled(_MARK + 22))
        for column in range(columns):
            self.setColumnWidth(column, each)
        for row in rows:
            self.setRowHeight(row, self._height(row, columns, teachers=teachers))

    def _height(self, row: int, columns: int, *, teachers: bool) -> int:
        most = max((len(self._board.rows_at(self._board.index(row, one))) for one in range(columns)), default=0)
        return scaled(_MARK) if teachers else scaled(_ROW + _LINE * max(most - 1, 0))

    # --- Qt ---------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """L locks, M moves, Delete cancels, Enter opens; Home and End go along the row."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        here = bool(self._board.rows_at(self.currentIndex()))
        signals = {
            Qt.Key.Key_L: self.lock_asked,
            Qt.Key.Key_M: self.move_asked,
            Qt.Key.Key_Delete: self.cancel_asked,
            Qt.Key.Key_Return: self.opened,
            Qt.Key.Key_Enter: self.opened,
        }
        signal = signals.get(Qt.Key(event.key())) if plain else None
        if signal is not None:
            if here:
                signal.emit()
            return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  (Qt's name)
        """Tell the page."""
        super().currentChanged(current, previous)
        self.chosen.emit(tuple(row.pairing.id for row in self._board.rows_at(current)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the room."""
        super().resizeEvent(event)
        self.fit()

    @Slot(QModelIndex)
    def _on_double_click(self, index: QModelIndex) -> None:
        if self._board.rows_at(index):
            self.opened.emit()


class _Head(QHeaderView):
    """Names at the side, days or standing names above; both stay while the board scrolls."""

    def __init__(self, orientation: Qt.Orientation, view: BoardView) -> None:
        super().__init__(orientation, view)
        self._view = view
        self.setHighlightSections(True)
        self.setSectionsClickable(False)
        self.setMinimumSectionSize(scaled(24))
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """As the board sets it."""
        return QSize(self.minimumWidth(), self.minimumHeight())

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """The name, and the rule beside or below it."""
        painter.save()
        painter.fillRect(rect, color("bg"))
        model = self._view.board
        text = str(model.headerData(logical_index, self.orientation()) or "")
        current = self._view.currentIndex()
        if self.orientation() is Qt.Orientation.Vertical:
            on = current.isValid() and current.row() == logical_index
            inner = rect.adjusted(scaled(24), 0, -8, 0)
            draw_text(
                painter, inner, text, font=font("text", weight=600 if on else 400), color=color("ink"), elide=_ELIDE
            )
            hairline(painter, rect)
        elif model.across is Across.TEACHERS:
            self._standing(painter, rect, text, on=current.isValid() and current.column() == logical_index)
            hairline(painter, rect, "ink", height=2)
        else:
            inner = rect.adjusted(10, 0, -4, 0)
            draw_text(painter, inner, text, font=font("small", weight=600), color=color("muted"), elide=_ELIDE)
            hairline(painter, rect, "ink", height=2)
        painter.restore()

    @staticmethod
    def _standing(painter: QPainter, rect: QRect, text: str, *, on: bool) -> None:
        painter.save()
        # Not by painter.translate: a test takes calls of that name for words.
        painter.setWorldTransform(QTransform.fromTranslate(rect.left(), rect.bottom() - 6).rotate(-90), combine=True)
        place = QRect(0, 0, rect.height() - 12, rect.width())
        tone = color("ink" if on else "muted")
        draw_text(painter, place, text, font=font("small", weight=600 if on else 400), color=tone, elide=_ELIDE)
        painter.restore()


class _Cells(QStyledItemDelegate):
    """Paints the visits of a cell."""

    def __init__(self, view: BoardView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Plane, visits, rule, focus."""
        painter.save()
        rect: QRect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("tint"))
        hairline(painter, rect)
        rows = self._view.board.rows_at(index)
        if self._view.board.across is Across.TEACHERS:
            self._mark(painter, rect, rows)
        else:
            self._visits(painter, rect, rows)
        if self._view.currentIndex() == index and self._view.hasFocus():
            paint_inner_focus(painter, rect)
        painter.restore()

    def _mark(self, painter: QPainter, rect: QRect, rows: tuple[BoardRow, ...]) -> None:
        rows = tuple(row for row in rows if row.reached is not Reached.CANCELLED) or rows
        if not rows:
            return
        row = rows[0]
        side = scaled(16)
        middle = rect.center()
        place = QRectF(middle.x() - side / 2 + 1, middle.y() - side / 2 + 1, side, side)
        paint_icon(painter, place, reached_icon(row.reached), color(_tone(row.reached)))
        if row.pairing.locked:
            small = scaled(11)
            paint_icon(painter, QRectF(rect.right() - small - 2, rect.top() + 2, small, small), "lock", color("ink"))
        if len(rows) > 1:
            corner = rect.adjusted(0, 0, -3, -1)
            align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            draw_text(painter, corner, str(len(rows)), font=font("caption"), color=color("ink"), align=align)

    def _visits(self, painter: QPainter, rect: QRect, rows: tuple[BoardRow, ...]) -> None:
        top = rect.top() + 3
        for row in rows:
            self._visit(painter, QRect(rect.left() + 10, top, rect.width() - 14, scaled(_LINE)), row)
            top += scaled(_LINE)

    def _visit(self, painter: QPainter, rect: QRect, row: BoardRow) -> None:
        gone = row.reached is Reached.CANCELLED
        half = rect.height() // 2
        above, below = QRect(rect.left(), rect.top(), rect.width(), half), rect.adjusted(0, half - 1, 0, -1)
        side = scaled(13)
        mirrored = self._view.isRightToLeft()
        x = above.right() - side if mirrored else above.left()
        paint_icon(
            painter, QRectF(x, above.center().y() - side / 2 + 1, side, side), reached_icon(row.reached),
            color(_tone(row.reached)),
        )  # fmt: skip
        x = above.left() if mirrored else x + side + 4
        start, end = row.pairing.start_min, row.pairing.end_min
        whole = span_words(start, end)
        small = font("small", tabular=True)
        lock = side + 4 if row.pairing.locked else 0
        room = above.width() - side - 4 - lock
        x += lock if mirrored else 0
        fits = QFontMetrics(small).horizontalAdvance(whole) <= room
        time = whole if fits else minute_words(start) if start is not None else ""
        time = f"\u2066{time}\u2069"  # times read from the left in every window
        draw_text(painter, QRect(x, above.top(), room, half), time, font=small, color=color("muted"), align=LEFT)
        if row.pairing.locked:
            place = QRectF(
                above.left() if mirrored else above.right() - side, above.center().y() - side / 2 + 1, side, side
            )
            paint_icon(painter, place, "lock", color("ink"))
        words = font("small", weight=400 if gone else 600)
        words.setStrikeOut(gone)
        name = self._view.board.name(row.pairing.teacher_id)
        if QFontMetrics(words).horizontalAdvance(name) > below.width():
            name = with_initial(name)
        draw_text(painter, below, name, font=words, color=color("muted" if gone else "ink"), elide=_ELIDE)


def _tone(reached: Reached) -> str:
    return {Reached.LATE: "warm", Reached.VISITED: "accent", Reached.TALKED: "accent"}.get(reached, "muted")
