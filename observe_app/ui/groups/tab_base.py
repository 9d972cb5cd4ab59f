"""What the tabs of Groups share: they load when they come, keep what is written, ask to go elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal, Slot

from observe_app.ui.widgets import Plane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner

GROUPS, ROUNDS, SESSIONS, SURVEYS, HOURS = "groups", "rounds", "sessions", "surveys", "hours"
TABS = (GROUPS, ROUNDS, SESSIONS, SURVEYS, HOURS)


@dataclass(frozen=True, slots=True)
class GroupsTarget:
    """Where to go in Groups: a tab, the record it shows, and what the tab makes of the second id."""

    tab: str = GROUPS
    id: str = ""
    other_id: str = ""


class GroupsTab(Plane):
    """Base of the tabs.

    Signals:
        visit_asked: `VisitTarget` to go to. target_asked: `GroupsTarget` in another tab.
        message_posted: `Message`. message_cleared: its key. failed: an `ObserveError`.
        busy_changed: whether something is being worked on.
    """

    visit_asked = Signal(object)
    target_asked = Signal(object)
    message_posted = Signal(object)
    message_cleared = Signal(str)
    failed = Signal(object)
    busy_changed = Signal(bool)

    tables: ClassVar[frozenset[str]] = frozenset()
    """Whose changes make it load again while it shows."""

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.core, self.jobs, self.bus = core, jobs, bus

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""

    def regions(self) -> tuple[QWidget, ...]:
        """Parts that F6 walks."""
        return (self,)

    def start_widget(self) -> QWidget | None:
        """Where the keyboard starts, None for the tabs."""
        return None

    def leave(self) -> bool:
        """Keep what is being written; False when the user must stay."""
        return True

    @Slot()
    def stop(self) -> None:
        """Stop what is being worked on."""

    def show_target(self, target: GroupsTarget) -> None:
        """Show the record that another place asks for; it is loaded with the next `reload`."""

    def actions_widgets(self) -> tuple[QWidget, ...]:
        """Buttons at the right end of the page's header while the tab shows. Asked once."""
        return ()
