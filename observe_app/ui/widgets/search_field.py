"""A search line: the user types, results narrow at once; Escape empties it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from observe_app.ui.theme.current import color, scaled
from observe_app.ui.theme.fonts import font
from observe_app.ui.theme.icons import paint_icon
from observe_app.ui.widgets.paint import RIGHT, draw_text, key_cap_width, paint_key_cap


class SearchField(QLineEdit):
    """Line edit with a magnifier; a keycap or muted words at the right.

    Signals:
        textEdited: what the user typed (from QLineEdit).
        left_downwards: Down was pressed; the page moves focus to the results.
    """

    left_downwards = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None, *, keys: str = "", hint: str = "") -> None:
        super().__init__(parent)
        self._keys, self._hint = keys, hint
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._set_margins()

    def set_hint(self, hint: str) -> None:
        """Change the muted words at the right."""
        self._hint = hint
        self._set_margins()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field first; Down goes to the results."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line edit, then icon and hint over it."""
        super().paintEvent(event)
        painter = QPainter(self)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side, high = scaled(16), scaled(18)
        place = QRectF(self.width() - 11 - side if mirrored else 11, (self.height() - side) / 2, side, side)
        paint_icon(painter, place, "search", color("muted"))
        if self._keys:
            width = key_cap_width(self._keys)
            left = 10 if mirrored else self.width() - width - 10
            paint_key_cap(painter, QRectF(left, (self.height() - high) / 2, width, high), self._keys, active=False)
        elif self._hint:
            rect = self.rect().adjusted(12, 0, -12, 0)
            draw_text(painter, rect, self._hint, font=font("small"), color=color("muted"), align=RIGHT)

    def _set_margins(self) -> None:
        right = 0
        if self._keys:
            right = key_cap_width(self._keys) + 8
        elif self._hint:
            right = QFontMetrics(font("small")).horizontalAdvance(self._hint) + 10
        self.setTextMargins(scaled(16) + 8, 0, right, 0)
