"""One start, in a process of its own: prints each milestone with the time of `time.monotonic()`, then ends."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path


def bare() -> None:
    """A main window of PySide6 with nothing in it, to its first paint."""
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def event(self, event: QEvent) -> bool:
            done = super().event(event)
            if event.type() == QEvent.Type.Paint:
                say("painted")
                leave()
            return done

    app = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    app.exec()


def ours(folder: Path) -> None:
    """The program, to its first paint and to the filled page."""
    from observe_app.app import open_window

    def milestone(name: str) -> None:
        say(name)
        if name == "ready":
            leave()

    open_window(folder, milestone=milestone)


def say(name: str) -> None:
    """Tell the parent."""
    print(f"{name} {time.monotonic()}", flush=True)


def leave() -> None:
    """End at once: tidying up is not part of a start."""
    os._exit(0)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        bare()
    else:
        ours(Path(sys.argv[2]))
