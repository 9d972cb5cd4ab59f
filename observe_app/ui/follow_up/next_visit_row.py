"""The visit that the two agreed on next, and its calendar file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.data_page import VisitTarget
from observe_app.ui.i18n import long_date
from observe_app.ui.moments import local, time_words
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.domain.visit import Visit


class NextVisitRow(QWidget):
    """Says when, or leads to Talk, where it is agreed.

    Signals:
        target_asked: `VisitTarget` of the next visit. agree_asked: none is agreed yet. calendar_asked: its file.
    """

    target_asked = Signal(object)
    agree_asked = Signal()
    calendar_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("next_visit_row")
        self._visit: Visit | None = None
        self.head = SectionHead(self.tr("Next visit"), "", self)
        self.words = TextLabel("", self, wrap=True)
        self.words.setContentsMargins(0, 8, 0, 0)
        self.open_button = Button(self.tr("Open it"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.calendar_button = Button(
            self.tr("Calendar file…"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL, icon="calendar-plus"
        )
        self.agree_button = Button(self.tr("Agree on one in Talk"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.open_button.setObjectName("next_open")
        self.calendar_button.setObjectName("next_calendar")
        self.agree_button.setObjectName("next_agree")
        self.open_button.clicked.connect(self._on_open)
        self.calendar_button.clicked.connect(self.calendar_asked)
        self.agree_button.clicked.connect(self.agree_asked)
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        for button in (self.open_button, self.agree_button, self.calendar_button):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.words)
        column.addLayout(row)

    @property
    def visit(self) -> Visit | None:
        """The visit agreed on, None without one."""
        return self._visit

    def show_visit(self, visit: Visit | None) -> None:
        """Show the next visit."""
        self._visit = visit
        self.open_button.setVisible(visit is not None)
        self.agree_button.setVisible(visit is None)
        self.calendar_button.setVisible(visit is not None and visit.start is not None)
        if visit is None:
            self.words.setText(self.tr("None is agreed."))
            self.words.set_tone("muted")
            return
        self.words.set_tone("ink")
        if visit.start is None:
            when = self.tr("without a date yet")
        else:
            there = local(visit.start, visit.zone)
            when = self.tr("{day}, {time}").format(
                day=long_date(there.date()), time=time_words(visit.start, visit.zone)
            )
        self.words.setText(" · ".join(part for part in (when, visit.class_line) if part))

    @Slot()
    def _on_open(self) -> None:
        if self._visit is not None:
            self.target_asked.emit(VisitTarget(self._visit.id))
