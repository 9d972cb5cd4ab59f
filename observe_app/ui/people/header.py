"""The header of People: people, classes and the school's year as tabs, and what the tab that shows can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from observe_app.ui.tabs_header import TabsHeader

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

PEOPLE, CLASSES, YEAR = "people", "classes", "year"
TABS = (PEOPLE, CLASSES, YEAR)


class PeopleHeader(TabsHeader):
    """Name, tabs and the buttons of the tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        people = QCoreApplication.translate("PeopleHeader", "People")
        names = {
            PEOPLE: people,
            CLASSES: QCoreApplication.translate("PeopleHeader", "Classes"),
            YEAR: QCoreApplication.translate("PeopleHeader", "School year"),
        }
        super().__init__(people, names, parent)
        self.tabs.setObjectName("people_tabs")
        self.tabs.setAccessibleName(self.tr("Parts of People"))
