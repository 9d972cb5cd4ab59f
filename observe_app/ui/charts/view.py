"""A chart as a widget: hover and keyboard say what a mark is, a click opens it, the picture can be copied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QToolTip, QWidget

from observe_app.services.charts.mirror import mirrored
from observe_app.services.charts.picture import Picture, Size
from observe_app.ui.charts.accessible import make_accessible, tell_focus
from observe_app.ui.charts.base import ChartWidget
from observe_app.ui.charts.painting import BEYOND, paint_picture, ring_of, screen_ruler
from observe_app.ui.charts.words import chart_words
from observe_app.ui.theme import color, set_focus_ring, text_size
from observe_app.ui.widgets.tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.services.charts.picture import Ruler, Spot
    from observe_app.services.charts.words import ChartWords
    from observe_app.ui.charts.menu import ChartMenu

    Maker = Callable[[Size, Ruler, ChartWords], Picture]
    """A chart with its data, such as `partial(small_multiple, course)`."""

_BAR = 14
_KEPT = 4
_DEFAULT_WIDTH = 240
_NATURAL = 1.5
"""px by which a widget may be higher than its picture and still show that one: heights are whole."""
_KEY_REASONS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_RENEWED_BY = (
    QEvent.Type.FontChange,
    QEvent.Type.LanguageChange,
    QEvent.Type.StyleChange,
    QEvent.Type.LayoutDirectionChange,
)


class ChartView(ChartWidget):
    """A picture made for the widget's width, as high as it needs.

    Arrow keys walk its spots, Enter opens one, Space chooses it, Ctrl+C copies the picture.

    Args:
        maker: what makes the picture: a chart with its data, such as `partial(small_multiple, course)`.
        ground: token of the plane it lies on.
        click_opens: whether a click opens the visit besides choosing the spot; Enter and a double click always do.

    Signals:
        opened: visit id and moment in ms, or None, of the spot that was opened.
        chosen: key of the spot that was clicked or walked to with Space.
        current_changed: key of the spot that the keyboard stands on, "" for none.
    """

    opened = Signal(str, object)
    chosen = Signal(str)
    current_changed = Signal(str)

    def __init__(
        self,
        maker: Maker | None = None,
        parent: QWidget | None = None,
        *,
        ground: str = "bg",
        click_opens: bool = True,
    ) -> None:
        super().__init__(parent)
        self._maker = maker
        self._ground = ground
        self._click_opens = click_opens
        self._words: ChartWords | None = None
        self._first = 0
        self._chosen = ""
        self._current = -1
        self._hover = -1
        self._by_keys = False
        self._menu: ChartMenu | None = None
        self._made: dict[Size, Picture] = {}
        self._bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self._bar.setVisible(False)
        self._bar.valueChanged.connect(self._on_scrolled)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_ring(self, shown=False)
        make_accessible()

    # -- what is shown

    def set_maker(self, maker: Maker | None, chosen: str | None = None, first: int | None = 0) -> None:
        """Show another chart; None shows nothing. The spot that the keyboard stands on is kept where it still is.

        `chosen` is the spot that stands out in it, `first` the column that a wide one is seen from; None leaves either
        as it is.
        """
        key = self.current_key if self._current >= 0 else ""
        self._maker, self._first = maker, self._first if first is None else first
        self._chosen = self._chosen if chosen is None else chosen
        self._renew()
        self._current = -1
        if key:
            spots = self.whole_picture().spots
            self._current = next((at for at, spot in enumerate(spots) if spot.key == key), -1)

    def set_words(self, words: ChartWords) -> None:
        """Use these words instead of those of the window's language."""
        self._words = words
        self._renew()

    def set_chosen(self, key: str) -> None:
        """Let a spot stand out; "" for none. Sends nothing."""
        if key != self._chosen:
            self._chosen = key
            self._renew()

    @property
    def current_key(self) -> str:
        """Key of the spot that the keyboard stands on, "" for none."""
        spots = self.picture().spots
        return spots[self._current].key if 0 <= self._current < len(spots) else ""

    @property
    def current_index(self) -> int:
        """Place of that spot in the reading order, -1 for none."""
        return self._current

    def spot_at(self, point: QPoint) -> int:
        """Return the place in reading order of the spot under a point of the widget, -1 for none."""
        return self._at(QPointF(point))

    def picture(self) -> Picture:
        """Return the picture as it is shown now; where it has its natural height, that which told its height."""
        whole, height = self.whole_picture(), self._plot_height()
        if 0 <= height - whole.height < _NATURAL:
            return whole
        return self._make(Size(self.width(), height, text_size() / 100, self._first, self._chosen))

    def whole_picture(self, width: float = 0.0) -> Picture:
        """Return the picture at its natural height, for copies; 0 is the width shown."""
        return self._make(Size(width or self.width(), 0.0, text_size() / 100, self._first, self._chosen))

    def spot_rect(self, key: str) -> QRect:
        """Return where a spot lies in the widget, empty where it is not shown."""
        found = next((spot for spot in self.picture().spots if spot.key == key), None)
        return QRect() if found is None else _rect(found).toRect()

    def _make(self, size: Size) -> Picture:
        if self._maker is None:
            return Picture(size.width, 0.0)
        if size not in self._made:
            if len(self._made) >= _KEPT:
                self._made.pop(next(iter(self._made)))
            made = self._maker(size, screen_ruler, self._words or chart_words())
            self._made[size] = made = mirrored(made) if self.isRightToLeft() else made
            if made.columns is not None:  # asked for beyond the last page it begins earlier
                self._made[replace(size, first=made.columns.first)] = made
        return self._made[size]

    def _renew(self) -> None:
        self._made.clear()
        self._hover = -1
        self.updateGeometry()
        self._fit()
        self.update()

    def _fit(self) -> None:
        """Fit what depends on the picture to it; without a width of its own there is none yet that will be seen."""
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._place_bar()
            self._told()

    def _told(self) -> None:
        """Tell screen readers what the picture is and shows, whatever its height."""
        picture = self.whole_picture()
        self.setAccessibleName(picture.title)
        self.setAccessibleDescription(picture.alt)

    # -- size

    def hasHeightForWidth(self) -> bool:
        """As high as its width asks for."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the natural height of the picture at this width, and of a bar where it does not show all."""
        picture = self._make(Size(max(width, 1), 0.0, text_size() / 100, self._first, self._chosen))
        columns = picture.columns
        return round(picture.height + 0.5) + (_BAR if columns and columns.shown < columns.total else 0)

    def sizeHint(self) -> QSize:
        """The natural height at the present width."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else _DEFAULT_WIDTH
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as a chart can be read."""
        return QSize(120, 40)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width has another picture, which may be there already: for the height at that width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._hover = -1
            self._fit()
        elif self._bar.isVisibleTo(self):  # another height alone makes no other columns
            self._place_bar()

    def changeEvent(self, event: QEvent) -> None:
        """Another font or language makes another picture."""
        super().changeEvent(event)
        if event.type() in _RENEWED_BY:
            self._renew()

    def _plot_height(self) -> float:
        return float(self.height() - (_BAR if self._bar.isVisibleTo(self) else 0))

    # -- many columns

    def _place_bar(self) -> None:
        columns = self.whole_picture().columns  # the same at every height
        partial = columns is not None and columns.shown < columns.total
        if columns is not None:
            self._bar.blockSignals(True)
            self._bar.setRange(0, max(columns.total - columns.shown, 0))
            self._bar.setPageStep(columns.shown)
            self._bar.setValue(columns.first)
            self._bar.blockSignals(False)
            self._first = columns.first
        self._bar.setVisible(partial)
        self._bar.setGeometry(0, self.height() - _BAR, self.width(), _BAR)

    @Slot(int)
    def _on_scrolled(self, first: int) -> None:
        if first == self._first:
            return
        key = self.current_key
        self._first = first
        spots = self.picture().spots
        self._current = next((at for at, spot in enumerate(spots) if spot.key == key), -1)
        self._hover = -1
        self.update()

    def show_column(self, column: int) -> None:
        """Scroll so that this column of a wide chart is seen."""
        columns = self.picture().columns
        if columns is None:
            return
        if column < columns.first:
            self._bar.setValue(column)
        elif column >= columns.first + columns.shown:
            self._bar.setValue(column - columns.shown + 1)

    # -- pointer

    def _at(self, point: QPointF) -> int:
        """Return the spot under a point: the one whose middle is nearest; -1 for none."""
        best, found = 1e9, -1
        for index, spot in enumerate(self.picture().spots):
            rect = _rect(spot)
            if not rect.adjusted(-1, -1, 1, 1).contains(point):
                continue
            middle = rect.center()
            far = abs(middle.x() - point.x()) + abs(middle.y() - point.y())
            if far < best:
                best, found = far, index
        return found

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is under the pointer."""
        found = self._at(event.position())
        if found == self._hover:
            return
        self._hover = found
        if found >= 0:
            spot = self.picture().spots[found]
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(spot.says), self, _rect(spot).toRect())
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            QToolTip.hideText()
            self.unsetCursor()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        super().leaveEvent(event)
        self._hover = -1
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is clicked."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._by_keys = False
        found = self._at(event.position())
        if found >= 0:
            self._stand_on(found)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click is over where it began."""
        found = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and found >= 0 and found == self._current:
            self._choose(opens=self._click_opens)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open what is clicked twice, where one click does not."""
        if event.button() == Qt.MouseButton.LeftButton and not self._click_opens and self._at(event.position()) >= 0:
            self._open()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move the columns sideways; up and down belongs to the page."""
        delta = event.angleDelta()
        sideways = delta.x() or (delta.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        if self._bar.isVisibleTo(self) and sideways:
            self._bar.setValue(self._bar.value() - (1 if sideways > 0 else -1) * max(1, self._bar.pageStep() // 8))
            event.accept()
        else:
            event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu at the pointer, or at the spot that the keyboard stands on."""
        point = event.globalPos()
        spots = self.picture().spots
        if event.reason() == QContextMenuEvent.Reason.Keyboard and 0 <= self._current < len(spots):
            point = self.mapToGlobal(_rect(spots[self._current]).center().toPoint())
        self.menu().open_at(point)
        event.accept()

    def menu(self) -> ChartMenu:
        """Return what can be done with the chart: show as table, copy, save; made when it is asked for first."""
        if self._menu is None:
            from observe_app.ui.charts.menu import ChartMenu  # noqa: PLC0415  (files and vectors, for whoever asks)

            self._menu = ChartMenu(self)
        return self._menu

    # -- keyboard

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes with the keyboard stands on a spot at once."""
        super().focusInEvent(event)
        self._by_keys = event.reason() in _KEY_REASONS
        if self._by_keys and self._current < 0:
            self._stand_on(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the focus."""
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, choose, copy."""
        self._by_keys = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self._walk(-1 if key == back else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self._climb(-1 if key == Qt.Key.Key_Up else 1):
                event.ignore()
        elif key == Qt.Key.Key_Home:
            self._bar.setValue(0)
            self._stand_on(0)
        elif key == Qt.Key.Key_End:
            self._bar.setValue(self._bar.maximum())
            self._stand_on(len(self.picture().spots) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self._open()
        elif key == Qt.Key.Key_Space and self._current >= 0:
            self._choose(opens=False)
        else:
            event.ignore()

    def _walk(self, step: int) -> None:
        """Go to the next spot in reading order; in a grid along its row, scrolling at the end of what is seen."""
        spots = self.picture().spots
        if not spots:
            return
        if self._current < 0:
            self._stand_on(0 if step > 0 else len(spots) - 1)
            return
        here = spots[self._current]
        columns = self.picture().columns
        beyond = here.column + step
        if columns is not None and here.row >= 0 and not columns.first <= beyond < columns.first + columns.shown:
            if not 0 <= beyond < columns.total:
                return
            self.show_column(beyond)
            spots = self.picture().spots
            at = next((i for i, spot in enumerate(spots) if (spot.row, spot.column) == (here.row, beyond)), -1)
            self._stand_on(at)
            return
        self._stand_on(min(max(self._current + step, 0), len(spots) - 1))

    def _climb(self, step: int) -> bool:
        """Go to the nearest spot of the row above or below; return whether there are rows."""
        spots = self.picture().spots
        if not spots or len({spot.row for spot in spots}) < 2:
            return False
        if self._current < 0:
            self._stand_on(0)
            return True
        here = spots[self._current]
        rows = sorted({spot.row for spot in spots})
        at = rows.index(here.row) + step
        if not 0 <= at < len(rows):
            return True
        middle = here.rect[0] + here.rect[2] / 2
        others = [index for index, spot in enumerate(spots) if spot.row == rows[at]]
        self._stand_on(min(others, key=lambda index: abs(spots[index].rect[0] + spots[index].rect[2] / 2 - middle)))
        return True

    def _stand_on(self, index: int) -> None:
        spots = self.picture().spots
        if not 0 <= index < len(spots):
            return
        self._current = index
        tell_focus(self)
        self.update()
        self.current_changed.emit(spots[index].key)

    def _choose(self, *, opens: bool) -> None:
        spot = self.picture().spots[self._current]
        self.chosen.emit(spot.key)
        if opens and spot.visit_id:
            self.opened.emit(spot.visit_id, spot.at_ms)

    def _open(self) -> None:
        spot = self.picture().spots[self._current]
        if spot.visit_id:
            self.opened.emit(spot.visit_id, spot.at_ms)
        else:
            self.chosen.emit(spot.key)

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture, a thin ring under the pointer, the focus ring where the keyboard stands."""
        painter = QPainter(self)
        picture = self.picture()
        shown = event.rect()
        paint_picture(painter, picture, ground=self._ground, seen=(shown.top(), shown.bottom() + 1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if 0 <= self._hover < len(picture.spots):
            painter.setPen(QPen(color("ctl"), 1))
            painter.drawRoundedRect(self._ring(picture.spots[self._hover]), 4, 4)
        if self.hasFocus() and self._by_keys:
            painter.setPen(QPen(color("accent"), 2))
            if 0 <= self._current < len(picture.spots):
                painter.drawRoundedRect(self._ring(picture.spots[self._current]), 4, 4)
            else:  # open at the sides, where words begin and end at the very edge
                painter.drawRect(QRectF(self.rect()).adjusted(-BEYOND, 1, BEYOND, -1))

    def _ring(self, spot: Spot) -> QRectF:
        return ring_of(_rect(spot), self.rect(), to_left=self.isRightToLeft())

    # -- copies

    def copy(self) -> None:
        """Put the picture on the clipboard, as pixels and as vectors."""
        from observe_app.ui.charts.copies import copy_picture  # noqa: PLC0415  (QtSvg, for whoever copies)

        copy_picture(self.whole_picture())


def _rect(spot: Spot) -> QRectF:
    return QRectF(*spot.rect)
