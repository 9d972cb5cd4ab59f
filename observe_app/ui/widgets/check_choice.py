"""One answer out of a few words side by side (yes, no, not seen); pressing the chosen one takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import CENTER, draw_text, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence


class _Segment(QAbstractButton):
    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(font("small", weight=600)).horizontalAdvance(self.text())
        return QSize(width + scaled(42), tokens().size.control_small)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        on = self.isChecked()
        rect = QRectF(self.rect())
        if on:
            rounded(painter, rect, tokens().size.radius_button, fill=color("fill" if self.isEnabled() else "line"))
        else:
            plane = color("tint2") if self.isDown() else color("hover") if self.underMouse() else None
            edge = color("ctl" if self.isEnabled() else "line")
            rounded(painter, rect, tokens().size.radius_button, fill=plane, edge=edge)
        ink = color("onfill" if on and self.isEnabled() else "ink" if self.isEnabled() else "muted")
        if on:
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            side = scaled(14)
            left = rect.width() - 6 - side if mirrored else 6
            paint_icon(painter, QRectF(left, (rect.height() - side) / 2, side, side), "check", ink)
        draw_text(painter, rect, self.text(), font=font("small", weight=600 if on else 400), color=ink, align=CENTER)


class CheckChoice(QWidget):
    """Buttons for the answers; none may be chosen.

    Args:
        options: key and word of each answer.
        name: accessible name, the item answered.

    Signals:
        chosen: the key of the answer the user gave, None when it was taken back.
    """

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = tuple(key for key, _ in options)
        self._buttons: list[_Segment] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for _, word in options:
            button = _Segment(word, self)
            button.setAccessibleName(self.tr("{item}: {answer}").format(item=name, answer=word))
            button.clicked.connect(self._on_clicked)
            row.addWidget(button)
            self._buttons.append(button)
        row.addStretch(1)
        self.setAccessibleName(name)

    @property
    def value(self) -> str | None:
        """Key of the chosen answer."""
        return next((key for key, button in zip(self._keys, self._buttons, strict=True) if button.isChecked()), None)

    def set_value(self, value: str | None) -> None:
        """Show an answer; sends nothing."""
        for key, button in zip(self._keys, self._buttons, strict=True):
            button.setChecked(key == value)

    def button(self, key: str) -> QAbstractButton:
        """Button of an answer.

        Raises:
            ValueError: no such key.
        """
        return self._buttons[self._keys.index(key)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys move between the answers without giving one."""
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        focused = next((index for index, button in enumerate(self._buttons) if button.hasFocus()), None)
        if step and focused is not None:
            index = max(0, min(len(self._buttons) - 1, focused + step))
            self._buttons[index].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_clicked(self) -> None:
        clicked = self.sender()
        for button in self._buttons:
            if button is not clicked:
                button.setChecked(False)
        self.chosen.emit(self.value)
