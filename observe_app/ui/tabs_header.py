"""The header of a page of tabs: its name, the tabs, and at the end the buttons of the tab that shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from observe_app.ui.page_header import PageHeader
from observe_app.ui.theme import scaled, tokens
from observe_app.ui.widgets import StageTabs, TextLabel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

TABS_HIGH = 48
"""Height of a header that is tabs, at 100 %."""
NAME_GAP = 20
"""Between the name of the page and its tabs, at 100 %."""


class TabsHeader(PageHeader):
    """Name of the page, tabs, the buttons of the tab.

    Signals:
        tab_chosen: the key of a tab.
    """

    tab_chosen = Signal(str)

    def __init__(self, title: str, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Make one of tabs, given as their words by their keys."""
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keys = tuple(names)
        self._places: dict[str, QWidget] = {}
        self.title_label = TextLabel(title, self, step="page", weight=600)
        self.tabs = StageTabs(list(names.values()), self, height=scaled(TABS_HIGH))
        self.tabs.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.stack = QStackedWidget(self)
        self.stack.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        margin = tokens().size.margin
        row.setContentsMargins(margin, 0, margin, 0)
        row.setSpacing(scaled(NAME_GAP))
        row.addWidget(self.title_label)
        row.addWidget(self.tabs)
        row.addWidget(self.stack, 1)
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
        self.tabs.setCurrentIndex(self._keys.index(tab))
        self.tabs.blockSignals(False)
        self.tabs.update()
        self.stack.setCurrentWidget(self._places[tab])
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room the name of the page goes, which the rail says too."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.stack.currentWidget()
        wanted = shown.sizeHint().width() if shown is not None else 0
        wanted += self.tabs.sizeHint().width() + 2 * tokens().size.margin + scaled(NAME_GAP + 4)
        name = self.title_label.sizeHint().width() + scaled(NAME_GAP)
        self.title_label.setVisible(self.width() >= wanted + name)

    @Slot(int)
    def _on_tab(self, index: int) -> None:
        self.tab_chosen.emit(self._keys[index])
