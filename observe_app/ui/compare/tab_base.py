"""What the views of Compare share: they show what was counted, ask to go elsewhere, say when there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from observe_app.ui.compare.latest import Latest
from observe_app.ui.compare.moments import event_at
from observe_app.ui.compare.state import CompareTarget
from observe_app.ui.data_page import VisitTarget
from observe_app.ui.widgets import EmptyState, Plane

if TYPE_CHECKING:
    from observe_app.services.core import Core
    from observe_app.ui.compare.reading import Read
    from observe_app.ui.jobs import JobRunner


class CompareTab(Plane):
    """Base of the views. `stack` holds the content and what is said in its place.

    Signals:
        visit_asked: `VisitTarget` to go to. target_asked: `CompareTarget` within Compare.
        message_posted: `Message`. failed: an `ObserveError`. busy_changed: whether something is being counted.
    """

    visit_asked = Signal(object)
    target_asked = Signal(object)
    message_posted = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, core: Core, jobs: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.core, self.jobs = core, jobs
        self.offset_ms: int | None = None  # what a person moved the second of two clocks by
        self.latest = Latest(jobs, self)
        self._finding = Latest(jobs, self)
        self.latest.failed.connect(self.failed)
        self.latest.busy_changed.connect(self.busy_changed)
        self._finding.failed.connect(self.failed)
        self.stack = QStackedWidget(self)
        self.empty = EmptyState(" ", " ", self)
        self.blank = Plane("page", self)
        self.stack.addWidget(self.blank)
        self.stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def start_widget(self) -> QWidget | None:
        """Where the keyboard starts, None for the tabs."""
        return None

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self,)

    def show_read(self, found: Read) -> None:
        """Show what was read, or count what follows from it."""

    def leave(self) -> None:
        """Want no answers any more: another view or page comes."""
        self.latest.drop()
        self._finding.drop()

    def show_content(self, content: QWidget) -> None:
        """Show what was counted."""
        if self.stack.indexOf(content) < 0:
            self.stack.addWidget(content)
        self.stack.setCurrentWidget(content)

    def say_empty(self, sentence: str, text: str) -> None:
        """Say in the place of the content why there is none, and what one can do."""
        self.empty.sentence.setText(sentence)
        self.empty.text_label.setText(text)
        self.stack.setCurrentWidget(self.empty)

    @Slot(str, object)
    def open_visit(self, visit_id: str, at_ms: object = None) -> None:
        """Go to a visit, at a moment of it where one is given."""
        if not isinstance(at_ms, int):
            self.visit_asked.emit(VisitTarget(visit_id))
            return
        core = self.core
        self._finding.ask(
            lambda _progress: VisitTarget(visit_id, "observe", event_at(core, visit_id, at_ms)), self.visit_asked.emit
        )

    def go(self, tab: str, visit_id: str = "", other_id: str = "") -> None:
        """Ask for another view."""
        self.target_asked.emit(CompareTarget(tab, visit_id, other_id))
