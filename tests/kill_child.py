"""A visit worked on through the real Observe tab, for killing: it tells what the screen called saved, and every key.

`python -m tests.kill_child FOLDER VISIT` loads the program once and then, for each line `SEED FILE` on its standard
input, forks a window of its own that types until it is killed, and answers with the process id. Each window writes:

- `typed SECONDS TEXT` after each key, with `time.monotonic()` and the words that stand in the note line;
- `saved ID` for each event that was written when the screen said so, and `note TEXT` for a note.
"""

from __future__ import annotations

import os
import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.services.core import subscribe
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe.tab import ObserveTab
from observe_app.ui.theme import ThemeController

if TYPE_CHECKING:
    from observe_app.domain.changes import Changes

_KEYS = (Qt.Key.Key_F2, Qt.Key.Key_F3, Qt.Key.Key_F4, Qt.Key.Key_F5, Qt.Key.Key_F7)
_PAUSE_MS = 3


class Typist(QObject):
    """Types notes without end; between letters it counts, times, takes back and brings again."""

    def __init__(self, tab: ObserveTab, bus: ChangeBus, seed: int) -> None:
        super().__init__(tab)
        self._tab = tab
        self._random = random.Random(seed)
        self._number = 0
        self._seed = seed
        self._pending: list[str] = []
        self._text = ""
        self._written: list[str] = []
        tab.saved.connect(self._on_saved)
        bus.changed.connect(self._on_changed)

    @Slot()
    def step(self) -> None:
        """Press the next key."""
        edit = self._tab.line.edit
        if not self._pending:
            self._number += 1
            words = " ".join(self._random.choices(("counts", "on", "fingers", "asks", "why", "waits"), k=4))
            self._text = f"T note {self._number} of {self._seed} {words}"
            self._pending = [*self._text, "\n"]
            if self._random.random() < 0.15:
                undo = self._random.choice((Qt.Key.Key_Z, Qt.Key.Key_Y))
                QTest.keyClick(edit, undo, Qt.KeyboardModifier.ControlModifier)
        if self._random.random() < 0.08:
            QTest.keyClick(edit, self._random.choice(_KEYS))
        key = self._pending.pop(0)
        if key == "\n":
            QTest.keyClick(edit, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(edit, key)
            print(f"typed {time.monotonic():.3f} {edit.toPlainText()}", flush=True)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self._written += changes.of("event")

    @Slot(object)
    def _on_saved(self, _at: object) -> None:
        lines = [f"saved {event_id}" for event_id in self._written]
        # The line is empty only after its note is stored; a saved draft says nothing of a note.
        if not self._pending and self._text and not self._tab.line.edit.toPlainText():
            lines.append(f"note {self._text.removeprefix('T ')}")
            self._text = ""
        self._written = []
        if lines:
            print("\n".join(lines), flush=True)


def work(folder: Path, visit_id: str, seed: int) -> None:
    """Open the data folder and the visit and type."""
    app = QApplication([])
    ThemeController(app)
    core = wire_core(folder)
    bus = ChangeBus()
    subscribe(core, bus.publish)
    tab = ObserveTab(core, bus)
    tab.resize(1200, 640)
    tab.show()
    tab.open_visit(visit_id)
    tab.focus_line()
    typist = Typist(tab, bus, seed)
    timer = QTimer()
    timer.timeout.connect(typist.step)
    timer.start(_PAUSE_MS)
    app.exec()


def serve(folder: Path, visit_id: str) -> None:
    """Fork a window for each line of the standard input; nothing of Qt runs in this process itself."""
    for line in sys.stdin:
        seed, _, name = line.strip().partition(" ")
        child = os.fork()
        if child == 0:
            out = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            os.dup2(out, 1)
            work(folder, visit_id, int(seed))
            os._exit(3)
        print(child, flush=True)
        _pid, status = os.waitpid(child, 0)
        print(-os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status), flush=True)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2])
