"""The header of Groups: what there is around the visits as tabs, and what the tab that shows can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.groups.tab_base import GROUPS, HOURS, ROUNDS, SESSIONS, SURVEYS
from observe_app.ui.tabs_header import TabsHeader

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class GroupsHeader(TabsHeader):
    """Name of the page, tabs, the buttons of the tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        groups = QCoreApplication.translate("GroupsHeader", "Groups")
        names = {
            GROUPS: groups,
            ROUNDS: QCoreApplication.translate("GroupsHeader", "Rounds of visits"),
            SESSIONS: QCoreApplication.translate("GroupsHeader", "Sessions"),
            SURVEYS: QCoreApplication.translate("GroupsHeader", "Surveys"),
            HOURS: QCoreApplication.translate("GroupsHeader", "Hours"),
        }
        super().__init__(groups, names, parent)
        self.tabs.setObjectName("groups_tabs")
        self.tabs.setAccessibleName(self.tr("Parts of Groups"))
