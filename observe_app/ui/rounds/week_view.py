"""The week grid on screen: arrows walk it, T, B and P say what somebody does, Delete frees the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
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

from observe_app.domain.school.classes import SlotKind
from observe_app.ui.rounds.words import span_words
from observe_app.ui.theme import color, font, paint_icon, scaled
from observe_app.ui.widgets.paint import draw_text, hairline, paint_inner_focus

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent

    from observe_app.ui.rounds.week_model import WeekModel

Index = QModelIndex | QPersistentModelIndex
_ROW = 38
_HEAD = 30
_SIDE = 128
_ICONS = {SlotKind.TEACHING: "users", SlotKind.BUSY: "minus", SlotKind.PROTECTED: "lock"}
_ELIDE = Qt.TextElideMode.ElideMiddle


class WeekView(QTableView):
    """The week of one person.

    Signals:
        kind_asked: one of `SlotKind` for the current cell, "" to free it.
        edit_asked: Enter on a cell. chosen: another cell is current.
    """

    kind_asked = Signal(str)
    edit_asked = Signal()
    chosen = Signal()

    def __init__(self, model: WeekModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._week = model
        self.setObjectName("week_grid")
        self.setAccessibleName(self.tr("Week"))
        self.setModel(model)
        self.setItemDelegate(_Hours(self))
        for header, orientation in (
            (self.setVerticalHeader, Qt.Orientation.Vertical),
            (self.setHorizontalHeader, Qt.Orientation.Horizontal),
        ):
            header(_WeekHead(orientation, self))
        self.verticalHeader().setFixedWidth(scaled(_SIDE))
        self.horizontalHeader().setFixedHeight(scaled(_HEAD))
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(scaled(_ROW))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        for corner in self.findChildren(QAbstractButton):
            corner.setMaximumSize(0, 0)  # the style paints a button between the two heads
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self.edit_asked)

    @property
    def week(self) -> WeekModel:
        """What it shows."""
        return self._week

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """T teaching, B busy, P protected, Delete free, Enter writes what is taught."""
        keys = {
            Qt.Key.Key_T: SlotKind.TEACHING.value,
            Qt.Key.Key_B: SlotKind.BUSY.value,
            Qt.Key.Key_P: SlotKind.PROTECTED.value,
            Qt.Key.Key_Delete: "",
            Qt.Key.Key_Backspace: "",
        }
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and self.currentIndex().isValid():
            if event.key() in keys:
                self.kind_asked.emit(keys[Qt.Key(event.key())])
                return
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
                self.edit_asked.emit()
                return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802  (Qt's name)
        """Tell the sheet."""
        super().currentChanged(current, previous)
        self.chosen.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The side gives way where there is little room."""
        super().resizeEvent(event)
        self.verticalHeader().setFixedWidth(min(scaled(_SIDE), self.width() // 4))


class _WeekHead(QHeaderView):
    """Days above, periods at the side."""

    def __init__(self, orientation: Qt.Orientation, view: WeekView) -> None:
        super().__init__(orientation, view)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """The name over its rule."""
        painter.save()
        text = str(self.model().headerData(logical_index, self.orientation()) or "")
        if self.orientation() is Qt.Orientation.Vertical:
            draw_text(painter, rect.adjusted(0, 0, -6, 0), text, font=font("small", tabular=True), color=color("muted"))
            hairline(painter, rect)
        else:
            inner = rect.adjusted(8, 0, -4, 0)
            draw_text(painter, inner, text, font=font("small", weight=600), color=color("muted"), elide=_ELIDE)
            hairline(painter, rect, "ink", height=2)
        painter.restore()


class _Hours(QStyledItemDelegate):
    """Paints what somebody does in an hour: a sign for its kind, then the class."""

    def __init__(self, view: WeekView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Plane, sign, words, rule, focus."""
        painter.save()
        rect: QRect = option.rect
        slots = self._view.week.slots_at(index)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, color("tint2" if slots else "tint"))
        elif slots:
            painter.fillRect(
                rect.adjusted(1, 1, -1, -1), color("tint" if slots[0].kind == SlotKind.TEACHING else "side")
            )
        hairline(painter, rect)
        if slots:
            self._words(painter, rect, index)
        if self._view.currentIndex() == index and self._view.hasFocus():
            paint_inner_focus(painter, rect)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRect, index: Index) -> None:
        slots = self._view.week.slots_at(index)
        side = scaled(14)
        place = QRectF(rect.left() + 7, rect.center().y() - side / 2 + 1, side, side)
        paint_icon(painter, place, _ICONS.get(SlotKind(slots[0].kind), "minus"), color("muted"))
        inner = rect.adjusted(7 + side + 5, 0, -4, 0)
        period = self._view.week.period(index.row())
        own = len(slots) == 1 and (slots[0].start_min, slots[0].end_min) != (period.start_min, period.end_min)
        text = str(index.data() or "")
        if not own:
            draw_text(painter, inner, text, font=font("small", weight=600), color=color("ink"), elide=_ELIDE)
            return
        half = inner.height() // 2
        above = inner.adjusted(0, 2, 0, -half + 2)
        draw_text(painter, above, text, font=font("small", weight=600), color=color("ink"), elide=_ELIDE)
        times = span_words(slots[0].start_min, slots[0].end_min)
        below = inner.adjusted(0, half - 1, 0, -1)
        draw_text(painter, below, times, font=font("small", tabular=True), color=color("muted"), elide=_ELIDE)
