"""Dates, times and small numbers: typed, stepped with the arrow keys, dates also from a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDateEdit, QSpinBox, QTimeEdit, QWidget

from observe_app.ui.theme.current import color, tokens
from observe_app.ui.theme.icons import paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QWheelEvent


_TEXT_MARGINS = (8, 0, 4, 0)  # the style sheet gives the buttons no width, and Qt the text no padding


def _paint_sign(widget: QWidget, name: str) -> None:
    mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = 8 if mirrored else widget.width() - 24
    ink = color("muted")
    paint_icon(QPainter(widget), QRectF(left, (widget.height() - 16) / 2, 16, 16), name, ink)


class DateEdit(QDateEdit):
    """A date in the user's own format; the calendar opens at the sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setFixedHeight(tokens().size.control)
        self.setDisplayFormat(self.tr("ddd d MMM yyyy"))
        self.setMinimumWidth(140)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never changes the value by accident."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's box and our sign."""
        super().paintEvent(event)
        _paint_sign(self, "calendar")


class TimeEdit(QTimeEdit):
    """A time of day; arrow keys step the part under the cursor."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(*_TEXT_MARGINS)
        self.setFixedHeight(tokens().size.control)
        self.setDisplayFormat(QLocale().timeFormat(QLocale.FormatType.ShortFormat).replace(":ss", ""))
        self.setMinimumWidth(96)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never changes the value by accident."""
        event.ignore()


class NumberEdit(QSpinBox):
    """A small whole number; arrow keys step it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(*_TEXT_MARGINS)
        self.setFixedHeight(tokens().size.control)
        self.setMinimumWidth(80)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never changes the value by accident."""
        event.ignore()
