"""The visit that comes next, or goes on now: its time large, its focus, one button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.moments import day_words, local, time_words, until_words
from observe_app.ui.widgets import (
    Button,
    ButtonKind,
    ButtonSize,
    ElidedLabel,
    FocusPanel,
    Rule,
    TextLabel,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from observe_app.domain.visit import VisitRow

_TIME = 156
_AFTER_TIME = 28
_FOCUS_SHOWN = 280


class NextVisit(QWidget):
    """One visit, large.

    Args:
        row: the visit. running: it has begun and not ended.
        startable: the button opens it and starts the lesson; else it opens it.
        primary: the button is the page's main one, and Enter presses it.

    Signals:
        pressed: the button.
    """

    pressed = Signal()

    def __init__(
        self,
        row: VisitRow,
        *,
        now: datetime,
        today: date,
        running: bool,
        startable: bool,
        primary: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.row = row
        self.is_running = running
        self.time_label = TextLabel("", self, step="clock", tone="accent", tabular=True)
        self.when_label = TextLabel("", self, step="text", tone="muted")
        self.name_label = ElidedLabel(row.teacher or self.tr("Teacher not named yet"), self, step="page", weight=600)
        self.class_label = TextLabel(_shown(self._class_words(row)), self, step="text", tone="muted", wrap=True)
        kind = ButtonKind.PRIMARY if primary else ButtonKind.PLAIN
        text = self.tr("Continue") if running else self.tr("Open and start") if startable else self.tr("Open")
        self.button = Button(text, self, kind=kind, size=ButtonSize.MAIN, keys=self.tr("Enter") if primary else "")
        self.button.setObjectName("continue_visit" if running else "open_visit")
        self.button.clicked.connect(self.pressed)
        self.form_label = ElidedLabel(
            self.tr("Form: {name}").format(name=row.form_name) if row.form_name else self.tr("No form yet"),
            self,
            step="small",
            tone="muted",
            align_right=True,
        )
        self._build(row)
        self.set_now(now, today)

    def set_now(self, now: datetime, today: date) -> None:
        """Say how long until, or since."""
        row = self.row
        moment = (row.started if self.is_running else None) or row.start or row.started or now
        day = local(moment, row.zone).date()
        self.time_label.setText(time_words(moment, row.zone))
        if self.is_running:
            words = self.tr("not ended yet, began {day}").format(day=day_words(day, today))
            if day == today:
                words = self.tr("running, began {when}").format(when=until_words(moment, now))
        elif day == today:
            words = until_words(moment, now)
        else:
            words = day_words(day, today)
        self._times.setFixedWidth(max(_TIME, self.time_label.sizeHint().width() + _AFTER_TIME))
        self.when_label.setText(words)
        self.setAccessibleName(f"{self.time_label.text()} {words} {row.teacher}")

    def _build(self, row: VisitRow) -> None:
        times = QVBoxLayout()
        times.setSpacing(0)
        times.addWidget(self.time_label)
        times.addWidget(self.when_label)
        times.addStretch(1)
        side = QWidget(self)
        self._times = side
        self.when_label.setWordWrap(True)
        times.setContentsMargins(0, 0, 12, 0)
        side.setLayout(times)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.setContentsMargins(0, 4, 0, 0)
        words.addWidget(self.name_label)
        words.addWidget(self.class_label)
        if row.focus.strip():
            words.addSpacing(10)
            words.addWidget(FocusPanel(_shown(row.focus), self, label=self.tr("Focus agreed"), plain=True))
        words.addStretch(1)
        act = QVBoxLayout()
        act.setSpacing(8)
        act.setContentsMargins(16, 2, 0, 0)
        act.addWidget(self.button, 0, Qt.AlignmentFlag.AlignRight)
        act.addWidget(self.form_label)
        act.addStretch(1)
        holder = QWidget(self)
        holder.setFixedWidth(max(210, self.button.sizeHint().width() + 18))
        holder.setLayout(act)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 2, 20)
        top.setSpacing(0)
        top.addWidget(side)
        top.addLayout(words, 1)
        top.addWidget(holder)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(Rule(self))

    def _class_words(self, row: VisitRow) -> str:
        minutes = self.tr("{n} min").format(n=row.minutes)
        return f"{row.class_line} · {minutes}" if row.class_line else minutes


def _shown(focus: str) -> str:
    line = " ".join(focus.split())
    return line if len(line) <= _FOCUS_SHOWN else f"{line[: _FOCUS_SHOWN - 1].rsplit(' ', 1)[0]}…"
