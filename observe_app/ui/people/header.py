"""The header of People: people, classes and the school's year as tabs, and what the tab that shows can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from observe_app.ui.page_header import PageHeader
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import StageTabs

if TYPE_CHECKING:
    from collections.abc import Sequence

PEOPLE, CLASSES, YEAR = "people", "classes", "year"
TABS = (PEOPLE, CLASSES, YEAR)
_TABS_HIGH = 48


class PeopleHeader(PageHeader):
    """Tabs and the buttons of the tab.

    Signals:
        tab_chosen: one of `TABS`.
    """

    tab_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._places: dict[str, QWidget] = {}
        names = {PEOPLE: self.tr("People"), CLASSES: self.tr("Classes"), YEAR: self.tr("School year")}
        self.tabs = StageTabs([names[tab] for tab in TABS], self, height=scaled(_TABS_HIGH))
        self.tabs.setObjectName("people_tabs")
        self.tabs.setAccessibleName(self.tr("Parts of People"))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stack = QStackedWidget(self)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        margin = tokens().size.margin
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(scaled(20))
        row.addWidget(self.tabs)
        row.addWidget(self.stack, 1)
        self.setFixedHeight(tokens().size.header)
        self.tabs.currentChanged.connect(self._on_tab)

    def add_buttons(self, tab: str, buttons: Sequence[QWidget]) -> None:
        """Give a tab its buttons, from the left; they stand at the right end."""
        place = QWidget(self.stack)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(scaled(8))
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button)
        self._places[tab] = place
        self.stack.addWidget(place)

    def has(self, tab: str) -> bool:
        """Tell whether a tab has its buttons."""
        return tab in self._places

    def show_tab(self, tab: str) -> None:
        """Light a tab and show its buttons; sends nothing."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(TABS.index(tab))
        self.tabs.blockSignals(False)
        self.tabs.update()
        self.stack.setCurrentWidget(self._places[tab])

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self.tab_chosen.emit(TABS[index])
