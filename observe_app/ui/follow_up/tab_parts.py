"""What stands where in the Follow up tab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.ui.days import today_of
from observe_app.ui.follow_up.calendar_file import CalendarFile
from observe_app.ui.follow_up.journal_panel import JournalPanel
from observe_app.ui.follow_up.name_warning import NameWarning
from observe_app.ui.follow_up.next_visit_row import NextVisitRow
from observe_app.ui.follow_up.preview_pane import PreviewPane
from observe_app.ui.follow_up.readers import Readers
from observe_app.ui.follow_up.record_files import RecordFiles
from observe_app.ui.follow_up.replies_view import RepliesView
from observe_app.ui.follow_up.sent_list import SentList
from observe_app.ui.follow_up.steps_since import StepsSince
from observe_app.ui.follow_up.tab_order import order_tabs
from observe_app.ui.talk.keeper import Keeper
from observe_app.ui.theme import room_for, scaled
from observe_app.ui.widgets import MessageBar, Plane, ProgressLine, ScrollPane

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.follow_up.loaded import Loaded
    from observe_app.ui.jobs import JobRunner

PREVIEW_WIDTH = 484
PREVIEW_WIDTH_NARROW = 400
_NARROW = 1100
_TWO_COLUMNS = 700
_BETWEEN = 28


class FollowUpParts(Plane):
    """The parts of the tab, and how they share the room."""

    def __init__(self, core: Core, visit_id: str, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None) -> None:
        super().__init__("page", parent)
        self._core, self._visit_id, self._jobs, self._bus = core, visit_id, jobs, bus
        self.keeper = Keeper(self)
        self.message_bar = MessageBar(self)
        self.progress_line = ProgressLine(self)
        self.preview = PreviewPane(core, visit_id, jobs, self)
        self.pane = ScrollPane(self)
        self.names = NameWarning(core, visit_id, jobs, self.pane)
        self.replies = RepliesView(core, self.pane)
        self.readers = Readers(self.pane)
        self.steps = StepsSince(visit_id, today_of(core.clock), self.pane)
        self.sent = SentList(core, self.pane)
        self.next_visit = NextVisitRow(self.pane)
        self.journal = JournalPanel(core, visit_id, self.keeper, self.pane)
        self.files = RecordFiles(core, visit_id, jobs, self.pane)
        self.calendar = CalendarFile(core, self)
        self._lay_out()

    def reader_name(self) -> str:
        """Return who a copy is for: the one chosen, else the teacher."""
        return self.preview.choices.reader

    def show_readers(self, loaded: Loaded) -> None:
        """Offer those a copy may be for; with the teacher alone there is nothing to choose."""
        self.preview.choices.show_readers([loaded.visit.teacher, *(reader.name for reader in loaded.readers)])

    @Slot()
    def order_tabs(self) -> None:
        """Let Tab walk the parts as they stand."""
        order_tabs(self.layout())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview gives way in a small window; the lower sections stand above each other there."""
        super().resizeEvent(event)
        self.arrange()

    @Slot()
    def arrange(self) -> None:
        """Share the room anew."""
        larger = self.preview.larger_button.isChecked()
        self.pane.setVisible(not larger)
        if larger:
            self.preview.setMinimumWidth(0)
            self.preview.setMaximumWidth(16_777_215)
            return
        width = PREVIEW_WIDTH if self.width() >= room_for(_NARROW) else PREVIEW_WIDTH_NARROW
        self.preview.setFixedWidth(max(width, round(self.width() * 0.375), self.preview.least_width()))
        narrow = self.width() - self.preview.width() < scaled(_TWO_COLUMNS)
        self._low.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._low.setSpacing(_BETWEEN if narrow else 24)
        self.journal.set_narrow(narrow=narrow)

    def _lay_out(self) -> None:
        self._low = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for parts in ((self.readers, self.sent), (self.steps, self.next_visit)):
            side = QVBoxLayout()
            side.setSpacing(_BETWEEN)
            for part in parts:
                side.addWidget(part)
            side.addStretch(1)
            self._low.addLayout(side, 1)
        body = self.pane.body
        body.setContentsMargins(24, 17, 24, 24)
        body.addWidget(self.names)
        body.addWidget(self.replies)
        body.addSpacing(_BETWEEN)
        body.addLayout(self._low)
        body.addSpacing(_BETWEEN)
        body.addWidget(self.journal)
        body.addSpacing(_BETWEEN)
        body.addWidget(self.files)
        body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.preview)
        row.addWidget(self.pane, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.message_bar)
        column.addWidget(self.progress_line)
        column.addLayout(row, 1)
