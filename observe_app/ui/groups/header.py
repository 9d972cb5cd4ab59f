"""The header of Groups: what there is around the visits as tabs, and what the tab that shows can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from observe_app.ui.groups.tab_base import GROUPS, HOURS, ROUNDS, SESSIONS, SURVEYS, TABS
from observe_app.ui.page_header import PageHeader
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import StageTabs, TextLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_TABS_HIGH = 48


class GroupsHeader(PageHeader):
    """Name of the page, tabs, the buttons of the tab.

    Signals:
        tab_chosen: one of `TABS`.
    """

    tab_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._places: dict[str, QWidget] = {}
        self._build()
        self.tabs.currentChanged.connect(self._on_tab)

    def show_tab(self, tab: str, buttons: tuple[QWidget, ...]) -> None:
        """Light a tab and show its buttons; sends nothing."""
        self.tabs.blockSignals(True)
        self.tabs.setCurrentIndex(TABS.index(tab))
        self.tabs.blockSignals(False)
        self.tabs.update()
        if tab not in self._places:
            place = QWidget(self.stack)
            row = QHBoxLayout(place)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(scaled(8))
            row.addStretch(1)
            for button in buttons:
                row.addWidget(button)
            self._places[tab] = place
            self.stack.addWidget(place)
        self.stack.setCurrentWidget(self._places[tab])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room the name of the page goes, which the rail says too."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.stack.currentWidget()
        wanted = shown.sizeHint().width() if shown is not None else 0
        wanted += self.tabs.sizeHint().width() + 2 * tokens().size.margin + scaled(24)
        self.title_label.setVisible(self.width() >= wanted + self.title_label.sizeHint().width() + scaled(20))

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self.tab_chosen.emit(TABS[index])

    def _build(self) -> None:
        names = {
            GROUPS: self.tr("Groups"),
            ROUNDS: self.tr("Rounds of visits"),
            SESSIONS: self.tr("Sessions"),
            SURVEYS: self.tr("Surveys"),
            HOURS: self.tr("Hours"),
        }
        self.title_label = TextLabel(self.tr("Groups"), self, step="page", weight=600)
        self.tabs = StageTabs([names[tab] for tab in TABS], self, height=scaled(_TABS_HIGH))
        self.tabs.setObjectName("groups_tabs")
        self.tabs.setAccessibleName(self.tr("Parts of Groups"))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stack = QStackedWidget(self)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        margin = tokens().size.margin
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(scaled(20))
        row.addWidget(self.title_label)
        row.addWidget(self.tabs)
        row.addWidget(self.stack, 1)
