"""Groups: learning communities and what they do, rounds of visits, sessions, surveys, hours; a tab each."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from observe_app.ui.data_page import DataPage
from observe_app.ui.errors import describe
from observe_app.ui.groups.header import GroupsHeader
from observe_app.ui.groups.tab_base import GROUPS, HOURS, ROUNDS, SESSIONS, SURVEYS, GroupsTarget
from observe_app.ui.widgets import Message, MessageKind, ProgressLine

if TYPE_CHECKING:
    from observe_app.domain.changes import Changes
    from observe_app.domain.errors import ObserveError
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.groups.tab_base import GroupsTab
    from observe_app.ui.jobs import JobRunner

_ERROR = "groups"
_ROOMS = {
    GROUPS: ("groups.groups_tab", "GroupsListTab"),
    ROUNDS: ("rounds.tab", "RoundsTab"),
    SESSIONS: ("sessions.tab", "SessionsTab"),
    SURVEYS: ("surveys.tab", "SurveysTab"),
    HOURS: ("hours.tab", "HoursTab"),
}


class GroupsPage(DataPage):
    """The tabs; each is loaded when it is first wanted."""

    place: ClassVar[str] = "groups"

    def __init__(self, core: Core, jobs: JobRunner, bus: ChangeBus, parent: QWidget | None = None) -> None:
        super().__init__(core, jobs, bus, parent)
        self.setObjectName("groups_page")
        self._tabs: dict[str, GroupsTab] = {}
        self._name = GROUPS
        self.header = GroupsHeader(self)
        self.stack = QStackedWidget(self)
        self.progress_line = ProgressLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.progress_line)
        column.addWidget(self.stack, 1)
        self.header.tab_chosen.connect(self._on_tab_chosen)
        self.progress_line.stopped.connect(self._on_stopped)

    def title(self) -> str:
        """Groups."""
        return self.tr("Groups")

    def header_widget(self) -> QWidget | None:
        """Tabs, and the buttons of the one that shows."""
        return self.header

    def regions(self) -> tuple[QWidget, ...]:
        """Header, and the parts of the tab."""
        return (self.header, *self.tab.regions())

    def start_widget(self) -> QWidget | None:
        """Where the tab starts, else the tabs."""
        return self.tab.start_widget() or self.header.tabs

    def leave(self) -> bool:
        """Let the tab keep what is written."""
        return self.tab.leave() and super().leave()

    @property
    def tab(self) -> GroupsTab:
        """The tab that shows, made when it is first wanted."""
        name = self._name
        if name not in self._tabs:
            module, made_by = _ROOMS[name]
            made: GroupsTab = getattr(import_module(f"observe_app.ui.{module}"), made_by)(
                self.core, self.jobs, self.bus, self
            )
            made.visit_asked.connect(self.visit_asked)
            made.target_asked.connect(self.go_to)
            made.message_posted.connect(self.message_posted)
            made.message_cleared.connect(self.message_cleared)
            made.failed.connect(self._on_failed)
            made.busy_changed.connect(self._on_busy)
            self._tabs[name] = made
            self.header.add_buttons(name, made.actions_widgets())
            self.stack.addWidget(made)
        return self._tabs[name]

    @Slot(object)
    def go_to(self, target: GroupsTarget) -> None:
        """Show a record in its tab."""
        if self._show(target.tab):
            self.tab.show_target(target)
            if self.is_active:
                self.reload()

    @Slot()
    def reload(self) -> None:
        """Show what is stored now."""
        tab = self.tab
        self.header.show_tab(self._name)
        self.stack.setCurrentWidget(tab)
        tab.reload()

    def _show(self, name: str) -> bool:
        """Change to a tab; False where the one before keeps the user."""
        if name == self._name:
            return True
        before = self._tabs.get(self._name)
        if before is not None:
            focused = self.window().focusWidget()
            if not before.leave():
                self.header.show_tab(self._name)
                return False
            if before.isAncestorOf(focused):  # False of nothing, too
                self.header.tabs.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name = name
        return True

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        tab = self._tabs.get(self._name)
        if self.is_active and tab is not None and changes.touches(*tab.tables):
            self._reload_timer.start()

    @Slot(str)
    def _on_tab_chosen(self, name: str) -> None:
        if self._show(name):
            self.reload()

    @Slot(object)
    def _on_failed(self, error: ObserveError) -> None:
        told = describe(error)
        self.message_posted.emit(Message(MessageKind.LOOK, f"{told.text} {told.hint}".strip(), key=_ERROR))

    @Slot()
    def _on_stopped(self) -> None:
        self.tab.stop()

    @Slot(bool)
    def _on_busy(self, busy: bool) -> None:
        if busy:
            self.progress_line.start(self.tr("Working"))
        else:
            self.progress_line.finish()
