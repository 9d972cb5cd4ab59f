"""What an observer takes along from a visit, and the journal on it: for one pair of eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from observe_app.domain.journal_entry import EntryKind
from observe_app.services import journals
from observe_app.ui.follow_up.journal_list import JournalList
from observe_app.ui.theme import color, paint_icon, scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize, SectionHead, TextLabel

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.ui.talk.keeper import Keeper


class SmallIcon(QWidget):
    """An icon of the size of the words beside it, which say the same."""

    def __init__(self, name: str, parent: QWidget | None = None, *, tone: str = "muted", side: int = 15) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(scaled(side), scaled(side + 3))

    def set_icon(self, name: str, tone: str) -> None:
        """Show another icon."""
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In its tone."""
        painter = QPainter(self)
        side = self.width()
        paint_icon(painter, QRectF(0, (self.height() - side) / 2, side, side), self._name, color(self._tone))
        painter.end()


class JournalPanel(QWidget):
    """Own learning and journal of one visit.

    Signals:
        failed: the `ObserveError` of something that could not be done.
        all_asked: the person wants the journal over all visits.
    """

    failed = Signal(object)
    all_asked = Signal()

    def __init__(self, core: Core, visit_id: str, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal_panel")
        self._core, self._visit_id = core, visit_id
        self.head = SectionHead(self.tr("Only for you"), "", self)
        self.all_button = Button(self.tr("The whole journal"), self, kind=ButtonKind.LINK, size=ButtonSize.SMALL)
        self.all_button.setObjectName("whole_journal")
        self.all_button.clicked.connect(self.all_asked)
        self.head.add_right(self.all_button)
        self.learning = JournalList(
            core,
            keeper,
            EntryKind.LEARNING,
            self,
            visit_id=visit_id,
            hint=self.tr("What do you take along for your own lessons?"),
        )
        self.journal = JournalList(
            core, keeper, EntryKind.JOURNAL, self, visit_id=visit_id, hint=self.tr("Write what is on your mind")
        )
        self.learning.after = self.journal.after = self.all_button
        self.private_words = TextLabel(
            self.tr("Only you. Never in a PDF, never released."), self, step="small", tone="muted", wrap=True
        )
        private = QHBoxLayout()
        private.setContentsMargins(0, 8, 0, 6)
        private.setSpacing(6)
        private.addWidget(SmallIcon("lock", self))
        private.addWidget(self.private_words, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(24)
        for words, entries in (
            (self.tr("Your own learning"), self.learning),
            (self.tr("Journal"), self.journal),
        ):
            part = QVBoxLayout()
            part.setSpacing(0)
            part.addWidget(TextLabel(words, self, step="body", weight=600))
            part.addWidget(entries)
            part.addStretch(1)
            self._columns.addLayout(part, 1)
            entries.failed.connect(self.failed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addLayout(private)
        column.addLayout(self._columns)

    def reload(self) -> None:
        """Show what is stored now.

        Raises:
            ObserveError: it cannot be read.
        """
        entries = journals.of_visit(self._core, self._visit_id)
        self.learning.show_entries([entry for entry in entries if entry.kind is EntryKind.LEARNING])
        self.journal.show_entries([entry for entry in entries if entry.kind is EntryKind.JOURNAL])

    def set_narrow(self, *, narrow: bool) -> None:
        """Stand the two above each other, or side by side."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
