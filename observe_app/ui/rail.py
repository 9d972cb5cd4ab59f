"""The rail at the leading edge: the user goes to a place by click, by arrow keys, or Ctrl and a figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.focus_ring import set_focus_ring
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import CENTER, draw_text, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent

_BUBBLE = 16


@dataclass(frozen=True, slots=True)
class Place:
    """One entry: key of its page, word, Lucide icon; `foot` puts it at the bottom."""

    key: str
    title: str
    icon: str
    foot: bool = False


class RailButton(QAbstractButton):
    """Icon over word; the current place is on `railon`."""

    def __init__(self, place: Place, parent: QWidget, *, keys: str = "") -> None:
        super().__init__(parent)
        self.place = place
        self._narrow = False
        self._count = 0
        self._keyboard = False
        self._keys = keys
        self._icon, self._state = place.icon, ""
        self.setText(place.title)
        self.setObjectName(f"rail_{place.key}")
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_focus_ring(self, shown=False)
        self._describe()

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only."""
        self._narrow = narrow
        self._describe()
        self.updateGeometry()
        self.update()

    def set_count(self, count: int) -> None:
        """Show how many things wait there; 0 shows nothing."""
        self._count = count
        self._describe()
        self.update()

    def set_state(self, word: str, icon: str, sentence: str) -> None:
        """Say in the place's own name how what it leads to stands: a word, an icon, and a sentence for its tooltip."""
        if (word, icon, sentence) == (self.text(), self._icon, self._state):
            return
        self.setText(word)
        self._icon, self._state = icon, sentence
        self._describe()
        self.update()

    def nextCheckState(self) -> None:
        """The window says which place is current, not the click."""

    def sizeHint(self) -> QSize:
        """64 x 52, or a square of icons."""
        size = tokens().size
        return QSize(size.rail_narrow - 8, scaled(36)) if self._narrow else QSize(size.rail - 12, size.rail_item - 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard."""
        self._keyboard = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Plane, icon, word, bubble."""
        painter = QPainter(self)
        rect = QRectF(self.rect())
        current = self.isChecked()
        ink = color("onrail" if current or self.underMouse() or self.isDown() else "railink")
        if current:
            rounded(painter, rect, 6, fill=color("railon"))
        elif self.underMouse():
            rounded(painter, rect, 6, fill=_faint())
        icon = QRectF(0, 0, tokens().size.icon_rail, tokens().size.icon_rail)
        icon.moveCenter(rect.center())
        if not self._narrow:
            icon.moveTop(scaled(8))
            words = QRectF(0, scaled(31), rect.width(), scaled(16))
            weight = 600 if current else 400
            draw_text(painter, words, self.text(), font=_word_font(weight), color=ink, align=CENTER)
        paint_icon(painter, icon, self._icon, ink)
        if self._count:
            self._paint_bubble(painter, icon)
        if self.hasFocus() and self._keyboard:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color("onrail"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -3), 4, 4)

    def _paint_bubble(self, painter: QPainter, icon: QRectF) -> None:
        text = str(self._count) if self._count < 100 else "99"
        width = max(scaled(_BUBBLE), scaled(8 + 6 * len(text)))
        bubble = QRectF(icon.right() - 4, icon.top() - 6, width, scaled(_BUBBLE))
        rounded(painter, bubble, scaled(_BUBBLE) / 2, fill=color("warmtint"))
        draw_text(painter, bubble, text, font=_word_font(600), color=color("warm"), align=CENTER)

    def _describe(self) -> None:
        name = self._state or self.place.title
        if self._count:
            name = self.tr("{place}, {count} new").format(place=self.place.title, count=self._count)
        self.setAccessibleName(name)
        tip = self.tr("{place} ({keys})").format(place=name, keys=self._keys) if self._keys else name
        self.setToolTip(tip if self._narrow or self._keys or self._state else "")


class Rail(QWidget):
    """All places, and nothing that does not exist.

    Signals:
        chosen: key of the place the user wants.
    """

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Places"))
        self._buttons: dict[str, RailButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 8, 6, 10)
        column.setSpacing(2)
        top = [place for place in places if not place.foot]
        for number, place in enumerate(top, 1):
            column.addWidget(self._make(place, f"Ctrl {number}"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        for place in places:
            if place.foot:
                column.addWidget(self._make(place, ""), 0, Qt.AlignmentFlag.AlignHCenter)
        self.set_narrow(narrow=False)

    @property
    def places(self) -> tuple[Place, ...]:
        """In their order."""
        return tuple(button.place for button in self._buttons.values())

    def button(self, key: str) -> RailButton:
        """Button of a place.

        Raises:
            KeyError: no such place.
        """
        return self._buttons[key]

    def set_current(self, key: str) -> None:
        """Light one place; an unknown key lights none."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, 44 wide."""
        size = tokens().size
        self.setFixedWidth(size.rail_narrow if narrow else size.rail)
        layout = self.layout()
        if layout is not None:
            side = 4 if narrow else 6
            layout.setContentsMargins(side, 8, side, 10)
        for button in self._buttons.values():
            button.set_narrow(narrow=narrow)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down walk the places; Enter or Space goes there."""
        buttons = list(self._buttons.values())
        focused = next((index for index, button in enumerate(buttons) if button.hasFocus()), None)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if focused is not None and step:
            buttons[(focused + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif focused is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            buttons[focused].click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rail's plane; a line where black meets black."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), color("rail"))
        if tokens().scheme.is_contrast:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), color("ink"))

    def _make(self, place: Place, keys: str) -> RailButton:
        button = RailButton(place, self, keys=keys)
        button.clicked.connect(self._on_clicked)
        self._buttons[place.key] = button
        return button

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, RailButton):
            self.chosen.emit(button.place.key)


def _word_font(weight: int) -> QFont:
    return font("axis", weight=weight)


def _faint() -> QColor:
    ground = color("onrail")
    ground.setAlpha(24)
    return ground
