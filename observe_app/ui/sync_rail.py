"""How sharing stands, at the foot of the rail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from observe_app.services.sync.status import Overview
    from observe_app.ui.main_window import MainWindow
    from observe_app.ui.sync_desk import SyncDesk

PLACE = "shared"


class RailState(QObject):
    """Keeps icon and word of the place true."""

    def __init__(self, sync: SyncDesk, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._sync, self._window = sync, window
        sync.stands.connect(self._on_stands)
        window.page_changed.connect(self._on_page_changed)

    def stop(self) -> None:
        """The data closes."""
        self._sync.stands.disconnect(self._on_stands)
        self._window.page_changed.disconnect(self._on_page_changed)

    @Slot(object)
    def _on_stands(self, found: Overview) -> None:
        from observe_app.ui.shared_folder.state_words import (  # noqa: PLC0415  (after the first paint)
            rail_icon,
            rail_sentence,
            rail_word,
        )

        self._window.rail.button(PLACE).set_state(rail_word(found), rail_icon(found), rail_sentence(found))

    @Slot(str)
    def _on_page_changed(self, _name: str) -> None:
        found = self._sync.overview
        if found is not None:  # the rail may be a new one, in another text size
            self._on_stands(found)
