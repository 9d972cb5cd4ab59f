"""A field for a day that may be left empty: typed as people write it, or picked from a calendar."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.days import read_day, show_day
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, LineEdit


class DueField(QWidget):
    """A day or nothing.

    Signals:
        day_changed: the person chose another day or emptied the field.
    """

    day_changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._day: date | None = None
        self.line = LineEdit("", self, placeholder=self.tr("Due, e.g. +14"))
        self.line.setObjectName("step_due")
        self.line.setAccessibleName(self.tr("Due date"))
        self.calendar_button = Button(
            "", self.line, kind=ButtonKind.GHOST, size=ButtonSize.SMALL, icon="calendar", name=self.tr("Pick a day")
        )
        self.calendar_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside = QHBoxLayout(self.line)
        inside.addStretch(1)
        self._make_room()
        inside.addWidget(self.calendar_button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)
        self.line.editingFinished.connect(self._on_finished)
        self.calendar_button.clicked.connect(self._on_calendar)

    @property
    def day(self) -> date | None:
        """The day that is meant, None for none."""
        return self._day

    @property
    def is_understood(self) -> bool:
        """Whether the words in the field are a day, or there are none."""
        return not self.line.text().strip() or read_day(self.line.text(), self._today, QLocale()) is not None

    def changeEvent(self, event: QEvent) -> None:
        """The calendar changes its side with the direction of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._make_room()

    def _make_room(self) -> None:
        """Keep the words beside the calendar: margins of a line know no direction."""
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        room = scaled(24)
        self.line.setTextMargins(room if mirrored else 0, 0, 0 if mirrored else room, 0)
        self._inside.setContentsMargins(3 if mirrored else 0, 0, 0 if mirrored else 3, 0)

    def set_day(self, day: date | None) -> None:
        """Show a day; not while the person is typing one."""
        self._day = day
        if not self.line.hasFocus():
            self._show()

    def _show(self) -> None:
        self.line.setText(show_day(self._day, self._today, QLocale()) if self._day is not None else "")
        self.line.setCursorPosition(0)  # in a narrow field the day is seen, not the end of the month
        self._mark(understood=True)

    def _mark(self, *, understood: bool) -> None:
        look = "" if understood else "warn"
        if self.line.property("look") != look:
            self.line.setProperty("look", look)
            self.line.style().unpolish(self.line)
            self.line.style().polish(self.line)
        hint = "" if understood else self.tr("Write a day such as 20 March, 20.3. or +14 for in two weeks")
        self.line.setToolTip(hint)
        self.line.setAccessibleDescription(hint)

    @Slot()
    def _on_typed(self) -> None:
        words = self.line.text().strip()
        day = read_day(words, self._today, QLocale()) if words else None
        if (day is not None or not words) and day != self._day:
            self._day = day
            self.day_changed.emit()

    @Slot()
    def _on_finished(self) -> None:
        if self.is_understood:
            self._show()
        else:
            self._mark(understood=False)

    @Slot()
    def _on_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = self._day or self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        column = QVBoxLayout(popup)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(calendar)
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(popup.close)
        popup.move(self.mapToGlobal(QPoint(0, -popup.sizeHint().height() - 4)))
        popup.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        self._day = date(day.year(), day.month(), day.day())
        self._show()
        self.day_changed.emit()
