"""The whole journal over all visits, as a sheet; for one pair of eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from observe_app.domain.errors import ObserveError
from observe_app.domain.journal_entry import EntryKind
from observe_app.services import journals
from observe_app.ui.errors import describe
from observe_app.ui.follow_up.journal_list import JournalList
from observe_app.ui.follow_up.journal_panel import SmallIcon
from observe_app.ui.follow_up.tab_order import order_tabs
from observe_app.ui.moments import list_date, local, today_of
from observe_app.ui.talk.keeper import Keeper
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import ScrollPane, Sheet, TextLabel

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from observe_app.domain.changes import Changes
    from observe_app.domain.journal_entry import JournalEntry
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus

_WIDTH = 760
_HEIGHT = 720


class JournalSheet(Sheet):
    """All entries, the newest first; each leads to its visit.

    Signals:
        visit_asked: id of a visit that the person wants to see.
    """

    visit_asked = Signal(str)

    def __init__(self, core: Core, bus: ChangeBus, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("JournalSheet", "Your journal"), parent, width=_WIDTH)
        self.setObjectName("journal_sheet")
        self._core = core
        self.keeper = Keeper(self)
        private = QHBoxLayout()
        private.setSpacing(6)
        private.addWidget(SmallIcon("lock", self))
        words = self.tr("Only you. Never in a PDF, never released.")
        private.addWidget(TextLabel(words, self, step="small", tone="muted", wrap=True), 1)
        self.entries = JournalList(
            core, self.keeper, EntryKind.JOURNAL, self, hint=self.tr("Write what is on your mind")
        )
        self.problem = TextLabel("", self, step="small", tone="err", wrap=True)
        self.problem.hide()
        self.pane = pane = ScrollPane(self, margin=0)
        pane.body.setContentsMargins(0, 0, 12, 0)
        pane.body.addWidget(self.entries)
        pane.body.addStretch(1)
        self._fitted = -1
        self._fitting = QTimer(self)
        self._fitting.setSingleShot(True)
        self._fitting.timeout.connect(self._arrange)
        inside = pane.widget()
        assert inside is not None  # noqa: S101  (a scroll pane has its content)
        self._inside = inside
        inside.installEventFilter(self)
        self.body.addLayout(private)
        self.body.addWidget(pane)
        self.body.addWidget(self.problem)
        self.entries.after = self.add_safe(self.tr("Close"))
        self.entries.visit_asked.connect(self._on_visit)
        self.entries.failed.connect(self._on_failed)
        self.keeper.failed.connect(self._on_failed)
        self.keeper.saved.connect(self.problem.hide)
        bus.changed.connect(self._on_changed)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        try:
            found = journals.everything(self._core)
            known = journals.visits_of(self._core, found)
        except ObserveError as error:
            self._on_failed(error)
            return
        about = {entry.id: self._about(entry, known[entry.visit_id]) for entry in found if entry.visit_id in known}
        self.entries.show_entries(found, about)
        self._arrange()

    def open_over(self) -> None:
        """Show the sheet, as high as there are entries."""
        super().open_over()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The window became another size."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def reject(self) -> None:
        """Close, unless words could not be kept."""
        if self.keeper.flush():
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Entries came, went, or grew while they were written."""
        if watched is self._inside and event.type() == QEvent.Type.LayoutRequest and self._high() != self._fitted:
            self._fitting.start()
        return super().eventFilter(watched, event)

    def _high(self) -> int:
        body = self.pane.body
        return (
            body.totalHeightForWidth(self.pane.width()) if body.hasHeightForWidth() else body.totalSizeHint().height()
        )

    @Slot()
    def _arrange(self) -> None:
        if self.isVisible():
            self.fit(self.pane, scaled(_HEIGHT))
            self._inside.setMinimumHeight(0)  # an entry grows while it is written
            self._fitted = self._high()
            order_tabs(self.pane.body, self.safe_button)

    def _about(self, entry: JournalEntry, visit: Visit) -> str:
        who = visit.teacher or self.tr("Teacher not named yet")
        moment = visit.started or visit.start
        day = list_date(local(moment, visit.zone).date(), today_of(self._core.clock)) if moment is not None else ""
        if entry.kind is EntryKind.LEARNING:
            words = self.tr("Own learning, visit to {name} {day}")
        else:
            words = self.tr("Visit to {name} {day}")
        return words.format(name=who, day=day).strip()

    @Slot(str)
    def _on_visit(self, visit_id: str) -> None:
        if self.keeper.flush():
            super().reject()
            self.visit_asked.emit(visit_id)

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.problem.setText(f"{told.text} {told.hint}".strip())
        self.problem.show()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("journal_entry", "visit"):
            self.reload()
