"""How many visits have a reply that nobody has opened yet, on the rail."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from observe_app.domain.errors import ObserveError

if TYPE_CHECKING:
    from observe_app.domain.changes import Changes
    from observe_app.services.core import Core
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.main_window import MainWindow

log = logging.getLogger(__name__)

_FIRST_MS = 300


class ReplyCount(QObject):
    """Keeps the bubble beside Today true."""

    def __init__(self, core: Core, bus: ChangeBus, window: MainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._core, self._window = core, window
        self._count = 0
        # Not during the first paint, and several changes of one act count once.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_FIRST_MS)
        self._timer.timeout.connect(self.count)
        bus.changed.connect(self._on_changed)
        window.page_changed.connect(self._on_page_changed)
        self._timer.start()

    @Slot()
    def stop(self) -> None:
        """Count no more: the data closes."""
        self._timer.stop()
        self._window.page_changed.disconnect(self._on_page_changed)

    @Slot()
    def count(self) -> None:
        """Count again."""
        from observe_app.ui.today.reply_rows import arrived  # noqa: PLC0415  (after the first paint)

        try:
            self._count = len(arrived(self._core))
        except ObserveError as error:
            log.info("replies cannot be counted: %s", type(error).__name__)
            return
        self._show()

    def _show(self) -> None:
        self._window.rail.button("today").set_count(self._count)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches("reply", "visit"):
            self._timer.start()

    @Slot(str)
    def _on_page_changed(self, _name: str) -> None:
        self._show()  # the rail may be a new one, in another text size
