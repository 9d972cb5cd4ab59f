"""One notice to every page after each commit, whoever wrote; those of a round with the shared folder are gathered."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, QTimer, Signal, Slot

from observe_app.domain.changes import Changes

if TYPE_CHECKING:
    from collections.abc import Sequence

GATHER_MS = 250
"""What a round brings is told so often: it commits many times a second, and a page that follows reads its rows anew."""

MOST_ROWS = 500
"""Records in one such notice, so that a page which shows them all is not busy for long at a time."""


class ChangeBus(QObject):
    """Pages connect to `changed` and refresh the rows concerned.

    Signals:
        changed: a `Changes`, always in the GUI thread; at once when published there.
    """

    changed = Signal(object)
    _from_elsewhere = Signal(object)
    _gathering = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._gathered: list[Changes] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self._on_gathered)
        self._from_elsewhere.connect(self.changed, Qt.ConnectionType.QueuedConnection)
        self._gathering.connect(self._on_gathering, Qt.ConnectionType.QueuedConnection)

    def publish(self, changes: Changes) -> None:
        """Tell every page; safe from any thread."""
        if QThread.currentThread() is self.thread():
            self.changed.emit(changes)
        elif changes.initiator == "sync":
            self._gather(changes)
        else:
            self._from_elsewhere.emit(changes)

    def _gather(self, changes: Changes) -> None:
        with self._lock:
            first = not self._gathered
            self._gathered.append(changes)
        if first:
            self._gathering.emit()

    @Slot()
    def _on_gathering(self) -> None:
        self._timer.start()

    @Slot()
    def _on_gathered(self) -> None:
        with self._lock:
            count = rows = 0
            while count < len(self._gathered) and (not count or rows + len(self._gathered[count].rows) <= MOST_ROWS):
                rows += len(self._gathered[count].rows)
                count += 1
            part, self._gathered = self._gathered[:count], self._gathered[count:]
            if self._gathered:
                self._timer.start()
        if part:
            self.changed.emit(_together(part))


def _together(parts: Sequence[Changes]) -> Changes:
    """Return one notice for several of a round."""
    actions = {one.action for one in parts}
    return Changes(
        rows=frozenset().union(*(one.rows for one in parts)),
        action=actions.pop() if len(actions) == 1 else "",
        visits=frozenset().union(*(one.visits for one in parts)),
        initiator="sync",
        position=max(one.position for one in parts),
        count=sum(one.count for one in parts),
    )
