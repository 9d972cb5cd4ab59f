"""One notice to every page after each commit, whoever wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal

if TYPE_CHECKING:
    from observe_app.domain.changes import Changes


class ChangeBus(QObject):
    """Pages connect to `changed` and refresh the rows concerned.

    Signals:
        changed: a `Changes`, always in the GUI thread; at once when published there.
    """

    changed = Signal(object)
    _from_elsewhere = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._from_elsewhere.connect(self.changed, Qt.ConnectionType.QueuedConnection)

    def publish(self, changes: Changes) -> None:
        """Tell every page; safe from any thread."""
        if QThread.currentThread() is self.thread():
            self.changed.emit(changes)
        else:
            self._from_elsewhere.emit(changes)
