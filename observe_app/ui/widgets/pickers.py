"""Dates, times and small numbers: typed, stepped with the arrow keys, dates also from a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QRectF, Qt
from PySide6.QtGui import QPainter, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QSpinBox, QTimeEdit, QToolButton, QWidget

from observe_app.ui.theme.current import color, scaled, tokens
from observe_app.ui.theme.icons import icon, paint_icon

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QShowEvent, QWheelEvent


_TEXT_MARGINS = (8, 0, 4, 0)  # the style sheet gives the buttons no width, and Qt the text no padding


def _paint_sign(widget: QWidget, name: str) -> None:
    mirrored = widget.layoutDirection() == Qt.LayoutDirection.RightToLeft
    side = scaled(16)
    left = 8 if mirrored else widget.width() - 8 - side
    ink = color("muted")
    paint_icon(QPainter(widget), QRectF(left, (widget.height() - side) / 2, side, side), name, ink)


class Calendar(QCalendarWidget):
    """A month; the weekend looks like every other day, arrows and words follow the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setGridVisible(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._restyle()

    def showEvent(self, event: QShowEvent) -> None:
        """The theme may have changed since the last time."""
        self._restyle()
        super().showEvent(event)

    def _restyle(self) -> None:
        day, head = QTextCharFormat(), QTextCharFormat()
        day.setForeground(color("ink"))
        head.setForeground(color("muted"))
        head.setBackground(color("bg"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(weekday, day)
        self.setHeaderTextFormat(head)
        for name, sign in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(sign))


class DateEdit(QDateEdit):
    """A date in the user's own format; the calendar opens at the sign."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCalendarPopup(True)
        self.setCalendarWidget(Calendar(self))
        self.setFixedHeight(tokens().size.control)
        self.setDisplayFormat(self.tr("ddd d MMM yyyy"))
        self.setMinimumWidth(scaled(140))

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
        self.setMinimumWidth(scaled(96))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never changes the value by accident."""
        event.ignore()


class NumberEdit(QSpinBox):
    """A small whole number; arrow keys step it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(*_TEXT_MARGINS)
        self.setFixedHeight(tokens().size.control)
        self.setMinimumWidth(scaled(80))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Never changes the value by accident."""
        event.ignore()
