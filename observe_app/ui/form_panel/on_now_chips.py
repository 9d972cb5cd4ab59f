"""What stands in the strip of what is on now: a running timer with its key, and the next sweep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPointF, QRectF, QSize, Qt, QTimer, QVariantAnimation, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from observe_app.ui.form_panel.event_item import clock_words
from observe_app.ui.form_panel.form_item import mirrored
from observe_app.ui.form_panel.key_button import KeyButton
from observe_app.ui.theme import color, font, motion_reduced, scaled, tokens
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import draw_text, key_cap_width, paint_dot, paint_key_cap, rounded

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

CHIP_PAD = 4
_DOT = 10
_GAP = 8
_OFFER_MS = 4000
_SLOW_MS = 900


class _Chip(QAbstractButton):
    """A line of small things, as wide as they need and with names that elide."""

    def __init__(self, item_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.item_id = item_id
        self.key = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_key(self, key: str) -> None:
        """Show another key, "" for none."""
        if key != self.key:
            self.key = key
            self.updateGeometry()
            self.update()

    @property
    def row_height(self) -> int:
        """A line of text with room for a pointer."""
        return max(tokens().size.target, tokens().type["text"].line + 6)

    @property
    def cap_width(self) -> int:
        """Room of the key at the end."""
        return key_cap_width(self.key) if self.key else 0

    def paint_ground(self, painter: QPainter) -> None:
        """Plane under the pointer."""
        if self.isDown() or self.underMouse():
            plane = color("tint2" if self.isDown() else "hover")
            rounded(painter, QRectF(self.rect()), tokens().size.radius_button, fill=plane)

    def paint_cap(self, painter: QPainter, x: float) -> None:
        """The key, from here."""
        if self.key:
            height = tokens().size.key_cap
            box = QRectF(x, (self.height() - height) / 2, self.cap_width, height)
            paint_key_cap(painter, mirrored(painter, box), self.key)


class TimerChip(_Chip):
    """Dot, name, running time, key. A press says that it is still on; Shift with the press or the small button ends it.

    The button takes the key's place while the pointer or the keyboard is here, and for a while after a press.

    Signals:
        pressed_on: id of the timer whose key this press was.
        ended: id of the timer that is to end.
    """

    pressed_on = Signal(str)
    ended = Signal(str)

    def __init__(self, item_id: str, name: str, parent: QWidget) -> None:
        super().__init__(item_id, parent)
        self.setObjectName(f"on_{item_id}")
        self._base_ms = 0
        self._at_ms = 0
        self._paused = False
        self._words = ""
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip("")
        self.end = KeyButton("", "", self, name=self.tr("End {timer}").format(timer=name), icon="x")
        self.end.setObjectName(f"end_now_{item_id}")
        self.end.hide()
        self._offer = QTimer(self)
        self._offer.setSingleShot(True)
        self._offer.setInterval(_OFFER_MS)
        self._offer.timeout.connect(self._show_end)
        self.clicked.connect(self._on_clicked)
        self.end.clicked.connect(self._on_end)

    @property
    def time_words(self) -> str:
        """The time shown."""
        return self._words

    @property
    def is_paused(self) -> bool:
        """Whether it stands still with the lesson."""
        return self._paused

    def set_time(self, base_ms: int, at_ms: int, *, paused: bool) -> None:
        """Say how long it ran up to a moment, and whether it stands still since."""
        self._base_ms, self._at_ms, self._paused = base_ms, at_ms, paused
        self.setAccessibleDescription(self.tr("on, paused") if paused else self.tr("on"))
        self.update()

    def tick(self, now_ms: int) -> bool:
        """Show the time at this moment; whether it takes more room now."""
        words = clock_words(self._base_ms + (0 if self._paused else max(0, now_ms - self._at_ms)))
        if words == self._words:
            return False
        grew = len(words) > max(5, len(self._words))
        self._words = words
        if grew:
            self.updateGeometry()
        self.update()
        return grew

    def offer_end(self) -> None:
        """Show the way to end it for a while."""
        self._offer.start()
        self._show_end()

    def sizeHint(self) -> QSize:
        """As wide as its name, its time and its key."""
        return QSize(self._fixed_width() + self._name_width(), self.row_height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dot, name, time, key."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        self.paint_ground(painter)
        middle, tone = self.height() / 2, "warm" if self._paused else "accent"
        x = float(CHIP_PAD)
        if self._paused:
            side = scaled(14)
            place = mirrored(painter, QRectF(x + (_DOT - side) / 2, middle - side / 2, side, side))
            paint_icon(painter, place, "pause", color(tone))
        else:
            dot = mirrored(painter, QRectF(x + _DOT / 2, middle, 0, 0)).topLeft()
            paint_dot(painter, QPointF(dot), _DOT, tone, filled=True)
        x += _DOT + _GAP
        room = max(0, min(self._name_width(), self.width() - self._fixed_width()))
        box = mirrored(painter, QRectF(x, 0, room, self.height()))
        look = font("text", weight=600)
        draw_text(painter, box, self.text(), font=look, color=color("ink"), elide=Qt.TextElideMode.ElideMiddle)
        x += room + _GAP
        timed = font("text", weight=600, tabular=True)
        box = mirrored(painter, QRectF(x, 0, self._time_width(), self.height()))
        draw_text(painter, box, self._words, font=timed, color=color(tone))
        if self.end.isHidden():
            self.paint_cap(painter, x + self._time_width() + _GAP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Shift+Enter end it; other keys as of every button."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Delete or (shift and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space)):
            self.ended.emit(self.item_id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The way to end it, for the pointer."""
        super().enterEvent(event)
        self._show_end()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went."""
        super().leaveEvent(event)
        self._show_end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The way to end it, for the keyboard."""
        super().focusInEvent(event)
        self._show_end()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard went on."""
        super().focusOutEvent(event)
        self._show_end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The button keeps the key's place."""
        super().resizeEvent(event)
        size = self.end.sizeHint()
        room = max(0, min(self._name_width(), self.width() - self._fixed_width()))
        x = CHIP_PAD + _DOT + _GAP + room + _GAP + self._time_width() + _GAP
        if self.isRightToLeft():
            x = self.width() - x - size.width()
        self.end.setGeometry(x, (self.height() - size.height()) // 2, size.width(), size.height())

    @Slot()
    def _show_end(self) -> None:
        shown = self._offer.isActive() or self.underMouse() or self.hasFocus() or self.end.hasFocus()
        if shown == self.end.isHidden():
            self.end.setVisible(shown)
            self.update()

    @Slot()
    def _on_clicked(self) -> None:
        from PySide6.QtWidgets import QApplication  # noqa: PLC0415  (with a press only)

        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.ended.emit(self.item_id)
        else:
            self.pressed_on.emit(self.item_id)

    @Slot()
    def _on_end(self) -> None:
        self.ended.emit(self.item_id)

    def _fixed_width(self) -> int:
        end = max(self.cap_width, self.end.sizeHint().width())
        return 2 * CHIP_PAD + _DOT + _GAP + _GAP + self._time_width() + _GAP + end

    def _name_width(self) -> int:
        return QFontMetrics(font("text", weight=600)).horizontalAdvance(self.text()) + 1

    def _time_width(self) -> int:
        look = QFontMetrics(font("text", weight=600, tabular=True))
        return look.horizontalAdvance(max("00:00", self._words, key=len)) + 1


class SweepChip(_Chip):
    """When the next sweep is due. At that moment its plane changes slowly, once; nothing blinks.

    Signals:
        asked: id of the sweep whose field is wanted.
    """

    asked = Signal(str)

    def __init__(self, item_id: str, parent: QWidget) -> None:
        super().__init__(item_id, parent)
        self.setObjectName(f"next_{item_id}")
        self._due = False
        self._slow = QVariantAnimation(self)
        self._slow.setDuration(_SLOW_MS)
        self._slow.setStartValue(0.0)
        self._slow.setEndValue(1.0)
        self._slow.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._slow.valueChanged.connect(self._on_slow)
        self.clicked.connect(self._on_clicked)

    @property
    def is_due(self) -> bool:
        """Whether it says that it is time."""
        return self._due

    def show_next(self, words: str, *, due: bool) -> None:
        """Say when, or that it is time."""
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
            self.updateGeometry()
            self.update()
        if due != self._due:
            self._due = due
            self._slow.stop()
            if due and not motion_reduced() and self.isVisible():
                self._slow.start()
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the words and the key."""
        words = QFontMetrics(self._look()).horizontalAdvance(self.text()) + 1
        return QSize(2 * CHIP_PAD + 4 + words + (_GAP + self.cap_width if self.key else 0), self.row_height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, words, key."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self._due:
            plane = color("tint")
            if self._slow.state() == QVariantAnimation.State.Running:
                plane.setAlphaF(float(self._slow.currentValue()))
            edge = color("ink") if tokens().scheme.is_contrast else None
            rounded(painter, QRectF(self.rect()), tokens().size.radius_button, fill=plane, edge=edge)
        self.paint_ground(painter)
        x, tail = CHIP_PAD + 2, _GAP + self.cap_width if self.key else 0
        room = self.width() - 2 * CHIP_PAD - 4 - tail
        box = mirrored(painter, QRectF(x, 0, room, self.height()))
        draw_text(painter, box, self.text(), font=self._look(), color=color("accent" if self._due else "muted"))
        self.paint_cap(painter, x + room + _GAP)

    @Slot(object)
    def _on_slow(self, _value: object) -> None:
        self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self.asked.emit(self.item_id)

    def _look(self) -> QFont:
        return font("small", weight=600 if self._due else None, tabular=True)
