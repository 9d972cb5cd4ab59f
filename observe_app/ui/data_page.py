"""What pages with data share: they load when they come, follow every change while they show, ask to go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, Signal, Slot

from observe_app.ui.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.domain.changes import Changes
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner


@dataclass(frozen=True, slots=True)
class VisitTarget:
    """A place in a visit: a stage by its stable name ("" for where the visit stands), and a note to show."""

    visit_id: str
    stage: str = ""
    event_id: str = ""


class DataPage(Page):
    """Base of the pages over the data.

    Signals:
        visit_asked: `VisitTarget` to go to.
        plan_asked: plan a visit. start_asked: start writing now.
        message_posted: `Message` for the bar under the header. message_cleared: its key, once it is no longer true.
        header_changed: title or second line are others now.
    """

    visit_asked = Signal(object)
    plan_asked = Signal()
    start_asked = Signal()
    message_posted = Signal(object)
    message_cleared = Signal(str)
    header_changed = Signal()

    tables: ClassVar[frozenset[str]] = frozenset()
    """Whose changes the page follows."""

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.core, self.jobs, self.bus = core, jobs, bus
        self._is_active = False
        # Several changes of one act make one reload.
        self._reload_timer = QTimer(self)
        self._reload_timer.setSingleShot(True)
        self._reload_timer.setInterval(0)
        self._reload_timer.timeout.connect(self.reload)
        bus.changed.connect(self._on_changed)

    @property
    def is_active(self) -> bool:
        """Whether the page shows."""
        return self._is_active

    def activate(self) -> None:
        """Load: the page becomes visible."""
        self._is_active = True
        self.reload()

    def leave(self) -> bool:
        """Stop following changes."""
        self._is_active = False
        self._reload_timer.stop()
        return True

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self._is_active and changes.touches(*self.tables):
            self._reload_timer.start()
