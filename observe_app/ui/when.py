"""Date and time of a visit as people write them; both together are its planned start."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.errors import Invalid
from observe_app.ui.days import read_day
from observe_app.ui.i18n import time_of_day
from observe_app.ui.moments import at_wall, local, today_of
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, Field, LineEdit

if TYPE_CHECKING:
    from observe_app.domain.clock import Clock

_TIME = re.compile(r"^(\d{1,2})\s*(?:[:.h,\s]\s*(\d{2}))?\s*(a\.?m\.?|p\.?m\.?|uhr|h)?$", re.IGNORECASE)
_RUN = re.compile(r"^(\d{1,2})(\d{2})$")
_WEEKDAY = re.compile(r"^[^\W\d_]+[,.]?\s+(?=\d)")
_NEAR = {0: ("today", "heute", "hoy"), 1: ("tomorrow", "morgen", "demain")}


def read_time(words: str) -> time | None:
    """Return the time of day that words mean: "10:05", "10.05", "1005", "9", "2:15 pm"; None where they mean none."""
    text = words.strip()
    run = _RUN.match(text)
    found = _TIME.match(text)
    if run:
        hour, minute, half = int(run.group(1)), int(run.group(2)), ""
    elif found:
        hour, minute = int(found.group(1)), int(found.group(2) or 0)
        half = (found.group(3) or "").lower()[:1]
    else:
        return None
    if half in {"a", "p"}:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def read_date(words: str, today: date) -> date | None:
    """Return the day that words mean, with or without a weekday in front; None where they mean none."""
    text = " ".join(words.split())
    for ahead, names in _NEAR.items():
        if text.casefold() in names:
            return date.fromordinal(today.toordinal() + ahead)
    locale = QLocale()
    return read_day(text, today, locale) or read_day(_WEEKDAY.sub("", text), today, locale)


class WhenEditor(QWidget):
    """Two lines, a calendar, one moment.

    Signals:
        edited: the person typed or picked. left: the keyboard went elsewhere.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._zone = clock.zone_name()
        self._shown: tuple[str, str] = ("", "")
        self._moment: datetime | None = None
        self.date_line = LineEdit("", self, placeholder=self.tr("e.g. 20 March"))
        self.time_line = LineEdit("", self, placeholder=self.tr("e.g. 10:05"))
        self.date_line.setObjectName("visit_date")
        self.time_line.setObjectName("visit_time")
        self.date_field = Field(self.tr("Date"), self.date_line, self)
        self.time_field = Field(self.tr("Time"), self.time_line, self)
        self._build()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802  (Qt's name)
        """Bring the keyboard to the date; a focus proxy would send Tab round in this pair for ever."""
        self.date_line.setFocus(reason)

    def set_zone(self, zone: str) -> None:
        """Say in which zone the times are read and shown."""
        self._zone = zone

    def show_moment(self, moment: datetime | None) -> None:
        """Show a start; None empties both lines."""
        self._moment = moment
        if moment is None:
            self._shown = ("", "")
        else:
            wall = local(moment, self._zone)
            self._shown = (self._day_words(wall.date()), time_of_day(wall.time()))
        for line, words in zip((self.date_line, self.time_line), self._shown, strict=True):
            line.setText(words)
            line.setCursorPosition(0)
        self.set_warning("")

    def read(self) -> datetime | None:
        """Return the moment in the lines, None for empty ones.

        Raises:
            Invalid: one of them is no date or no time; the line at fault says so.
        """
        words = self.date_line.text().strip(), self.time_line.text().strip()
        if words == self._shown:
            return self._moment
        if words == ("", ""):
            return None
        today = today_of(self._clock)
        day = read_date(words[0], today) if words[0] else today
        hour = read_time(words[1]) if words[1] else self._next_hour()
        if day is None:
            raise Invalid("date", words[0][:40], "not_a_date")
        if hour is None:
            raise Invalid("time", words[1][:40], "not_a_time")
        return at_wall(day, hour.hour, hour.minute, self._zone)

    def set_warning(self, sentence: str) -> None:
        """Mark the line that is at fault."""
        today = today_of(self._clock)
        words = self.date_line.text().strip()
        date_wrong = bool(sentence) and bool(words) and read_date(words, today) is None
        time_wrong = bool(sentence) and not date_wrong
        self.date_field.set_warning(
            self.tr("This is no date. Write it like 20 March or 2026-03-20.") if date_wrong else ""
        )
        self.time_field.set_warning(self.tr("This is no time. Write it like 10:05.") if time_wrong else "")

    # --- slots ------------------------------------------------------------------------------------

    @Slot()
    def _on_calendar(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = read_date(self.date_line.text(), today_of(self._clock)) or today_of(self._clock)
        calendar.setSelectedDate(_qt(shown))
        column = QVBoxLayout(popup)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(calendar)
        calendar.clicked.connect(self._on_picked)
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(popup.close)
        popup.move(self.date_line.mapToGlobal(QPoint(0, self.date_line.height() + 4)))
        popup.show()
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot(QDate)
    def _on_picked(self, day: QDate) -> None:
        self.date_line.setText(self._day_words(date(day.year(), day.month(), day.day())))
        self.edited.emit()
        self.left.emit()

    # --- helpers ----------------------------------------------------------------------------------

    def _next_hour(self) -> time:
        wall = local(self._clock.now(), self._zone)
        return time((wall.hour + 1) % 24, 0)

    def _day_words(self, day: date) -> str:
        return QLocale().toString(_qt(day), self.tr("ddd d MMM yyyy", "date in a field"))

    def _build(self) -> None:
        self.date_line.setTextMargins(0, 0, 26, 0)
        button = Button(
            "",
            self.date_line,
            kind=ButtonKind.GHOST,
            size=ButtonSize.SMALL,
            icon="calendar",
            name=self.tr("Pick a day"),
        )
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QHBoxLayout(self.date_line)
        inside.setContentsMargins(0, 0, 3, 0)
        inside.addStretch(1)
        inside.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        self.date_line.setMinimumWidth(scaled(152))
        self.time_line.setMinimumWidth(scaled(92))
        row.addWidget(self.date_field, 3)
        row.addWidget(self.time_field, 2)
        button.clicked.connect(self._on_calendar)
        for line in (self.date_line, self.time_line):
            line.textEdited.connect(self.edited)
            line.left.connect(self.left)


def _qt(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
