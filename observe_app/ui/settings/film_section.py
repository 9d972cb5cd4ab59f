"""What typing does to the film of a lesson."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QWidget

from observe_app.ui.settings.parts import SettingsSection

if TYPE_CHECKING:
    from observe_app.services.core import Core


class FilmSection(SettingsSection):
    """One choice."""

    def __init__(self, core: Core, parent: QWidget | None = None) -> None:
        super().__init__(core, self.tr("Film"), "", parent)
        self.setObjectName("film_section")
        self.pauses_box = QCheckBox(self.tr("Typing pauses the film, Enter lets it go on"), self)
        self.pauses_box.setObjectName("film_pauses")
        self.column.addWidget(self.pauses_box)
        self.pauses_box.clicked.connect(self._on_pauses_chosen)

    def reload(self) -> None:
        """Show what is kept now."""
        self.pauses_box.setChecked(self.core.settings.get().video_pauses)

    @Slot(bool)
    def _on_pauses_chosen(self, pauses: bool) -> None:
        if not self.change(video_pauses=pauses):
            self.reload()
