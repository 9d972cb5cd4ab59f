"""The three columns of the editor; where there is room for two, the last two take turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from observe_app.ui.forms.editor.middle import Middle
from observe_app.ui.forms.editor.side_pane import SidePane
from observe_app.ui.forms.editor.structure_pane import StructurePane
from observe_app.ui.theme import scaled
from observe_app.ui.widgets import Button, ButtonKind, ButtonSize

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from observe_app.ui.forms.editor.keeper import FormKeeper

_WIDE, _NARROW = 1180, 900
_STRUCTURE, _SIDE = (332, 268), (344, 280)
_MOST_SHARE = 0.42
"""Of the page, for the structure, where it grows with the words."""
_ANY_WIDTH = 16_777_215


class Columns(QWidget):
    """Structure, properties, preview with checks."""

    def __init__(self, keeper: FormKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keeper = keeper
        keeper.setParent(self)
        self.structure = StructurePane(self)
        self.middle = Middle(keeper, self)
        self.side = SidePane(self)
        self.turns = QStackedWidget(self)
        self.turns.addWidget(self.middle)
        self.tabs = QWidget(self)
        self.properties_tab = self._tab(self.tr("Properties"))
        self.preview_tab = self._tab(self.tr("As you’ll see it"))
        self.properties_tab.setChecked(True)
        tabs = QHBoxLayout(self.tabs)
        tabs.setContentsMargins(20, 8, 20, 0)
        tabs.setSpacing(4)
        tabs.addWidget(self.properties_tab)
        tabs.addWidget(self.preview_tab)
        tabs.addStretch(1)
        centre = QVBoxLayout()
        centre.setSpacing(0)
        centre.addWidget(self.tabs)
        centre.addWidget(self.turns, 1)
        self._row_of_columns = QHBoxLayout(self)
        self._row_of_columns.setContentsMargins(0, 0, 0, 0)
        self._row_of_columns.setSpacing(0)
        self._row_of_columns.addWidget(self.structure)
        self._row_of_columns.addLayout(centre, 1)
        self._row_of_columns.addWidget(self.side)

    @property
    def takes_turns(self) -> bool:
        """Whether properties and preview share a column."""
        return self.turns.indexOf(self.side) >= 0

    def show_middle(self, *, preview: bool = False) -> None:
        """Where they take turns: show the properties, or the preview."""
        self.properties_tab.setChecked(not preview)
        self.preview_tab.setChecked(preview)
        if self.takes_turns:
            self.turns.setCurrentWidget(self.side if preview else self.middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give every column its room."""
        super().resizeEvent(event)
        width = self.width()
        # In whole proportion: where larger words leave no room for three columns, the last two take turns.
        wide, narrow = width >= scaled(_WIDE), width < scaled(_NARROW)
        structure = _STRUCTURE[0] if wide else _STRUCTURE[1]
        self.structure.setFixedWidth(min(scaled(structure), max(structure, round(width * _MOST_SHARE))))
        self.tabs.setVisible(narrow)
        if narrow and not self.takes_turns:
            self._row_of_columns.removeWidget(self.side)
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(_ANY_WIDTH)
            self.turns.addWidget(self.side)
            self.show_middle()
        elif not narrow:
            if self.takes_turns:
                self.turns.removeWidget(self.side)
                self._row_of_columns.addWidget(self.side)
                self.side.show()
                self.turns.setCurrentWidget(self.middle)
            self.side.setFixedWidth(scaled(_SIDE[0] if wide else _SIDE[1]))

    def _tab(self, text: str) -> Button:
        button = Button(text, self.tabs, kind=ButtonKind.GHOST, size=ButtonSize.SMALL)
        button.setCheckable(True)
        button.clicked.connect(self._on_switch)
        return button

    @Slot()
    def _on_switch(self) -> None:
        self.show_middle(preview=self.sender() is self.preview_tab)
