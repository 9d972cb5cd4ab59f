"""Making a series of a session: how often, until when; the days are shown before anything is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout

from observe_app.domain.errors import ObserveError
from observe_app.domain.sessions.series import Every, Rule
from observe_app.services.sessions import series, sessions
from observe_app.ui.errors import describe
from observe_app.ui.moments import list_date, today_of
from observe_app.ui.talk.due_field import DueField
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ComboBox, Field, LineEdit, Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.sessions.session import Session
    from observe_app.services.core import Core

_USUAL = 6


class SeriesSheet(Sheet):
    """Rule and days.

    Signals:
        made: the series was made.
    """

    made = Signal()

    def __init__(self, core: Core, session: Session, parent: QWidget) -> None:
        super().__init__("", parent, width=620)
        self.title_label.setText(self.tr("Make a series of “{title}”").format(title=session.title))
        self.add_lead(self.tr("With its agenda, people, place and length. Each session can be changed later."))
        self._core, self._session = core, session
        self.every_box = ComboBox(self)
        self.every_box.setObjectName("series_every")
        for every, words in (
            (Every.WEEKLY, self.tr("every week")),
            (Every.FORTNIGHTLY, self.tr("every other week")),
            (Every.MONTHLY, self.tr("every month, same weekday")),
        ):
            self.every_box.addItem(words, every.value)
        self.count_line = LineEdit(str(_USUAL), self)
        self.count_line.setObjectName("series_count")
        self.count_line.setMaxLength(2)
        self.until_field = DueField(today_of(core.clock), self)
        self.until_field.line.setPlaceholderText(self.tr("or until a day"))
        self.holidays_box = QCheckBox(self.tr("On holidays, too"), self)
        self.holidays_box.setObjectName("series_holidays")
        self.days_label = TextLabel("", self, step="small", tone="muted", wrap=True)
        self.days_label.setObjectName("series_days")
        row = QHBoxLayout()
        row.setSpacing(scaled(16))
        row.addWidget(Field(self.tr("How often"), self.every_box, self), 2)
        row.addWidget(Field(self.tr("Sessions in all"), self.count_line, self), 1)
        row.addWidget(Field(self.tr("Last day"), self.until_field, self), 1)
        self.body.addLayout(row)
        self.body.addWidget(self.holidays_box)
        self.body.addWidget(self.days_label)
        self.add_safe(self.tr("Leave it as one"))
        self.main = self.add_main(self.tr("Make the series"), icon="repeat")
        self.every_box.activated.connect(self.show_days)
        self.count_line.textEdited.connect(self.show_days)
        self.until_field.day_changed.connect(self.show_days)
        self.holidays_box.clicked.connect(self.show_days)
        self.show_days()

    def open(self) -> None:
        """Open with the keyboard in the first field."""
        self.open_over()
        self.every_box.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Make the series; the sheet stays where the rule makes none."""
        try:
            series.repeat(
                self._core,
                session_id=self._session.id,
                every=str(self.every_box.currentData()),
                count=self._count(),
                last=self.until_field.day,
                with_holidays=self.holidays_box.isChecked(),
            )
        except ObserveError as error:
            self._say(error)
            return
        super().accept()
        self.made.emit()

    def _count(self) -> int:
        text = self.count_line.text().strip()
        return int(text) if text.isascii() and text.isdigit() else 0

    def _say(self, error: ObserveError) -> None:
        told = describe(error)
        self.days_label.set_tone("warm")
        self.days_label.setText(f"{told.text} {told.hint}".strip())

    @Slot()
    def show_days(self) -> None:
        """Show the days that the rule comes to."""
        first = sessions.day_of(self._session)
        assert first is not None  # noqa: S101  (only a session with a day is made a series of)
        last = self.until_field.day
        rule = Rule(Every(str(self.every_box.currentData())), 0 if last is not None else self._count(), last)
        try:
            days, left_out = series.days_of(self._core, first, rule, with_holidays=self.holidays_box.isChecked())
        except ObserveError as error:
            self._say(error)
            self.main.setEnabled(False)
            return
        today = today_of(self._core.clock)
        words = self.tr("{n} sessions: {days}").format(
            n=len(days), days=", ".join(list_date(day, today) for day in days)
        )
        if left_out:
            free = ", ".join(list_date(day, today) for day in left_out)
            words = self.tr("{days}. Holidays left out: {free}").format(days=words, free=free)
        self.days_label.set_tone("muted")
        self.days_label.setText(words)
        self.main.setEnabled(len(days) > 1)
