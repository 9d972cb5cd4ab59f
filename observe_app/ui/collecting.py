"""Collecting garbage in the window's thread alone.

Python collects in whichever thread happens to allocate. What is collected may be parts of a window, and those must not
be destroyed by another thread: a round with a shared folder, which allocates a lot in the background, would end the
program. So the collector is off, and a timer of the window's thread does its work.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot

BEAT_MS = 400
_SOME, _OFTEN, _SELDOM = 700, 10, 10
"""Python's own measure: new objects before the youngest are looked at, and how often the older ones are, too."""


class Collector(QObject):
    """Switches Python's own collecting off as long as it lives; `end` switches it on again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Collect as much as Python would have by now."""
        young, middle, old = gc.get_count()
        if young <= _SOME:
            return
        gc.collect(2 if old > _SELDOM else 1 if middle > _OFTEN else 0)

    def end(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def collect_here() -> Collector:
    """Return the application's collector, made at the first call."""
    app = QCoreApplication.instance()
    found = app.findChild(Collector) if app is not None else None
    return found if found is not None else Collector(app)
