"""A visit typed through the real Observe tab, for killing: tells its parent what it showed as saved, and every key.

Lines on stdout: `saved TEXT` once the screen called a note saved; `typed SECONDS TEXT` after each key, with the time of
`time.monotonic()` and the words that stand in the note line.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from observe_app.app import wire_core
from observe_app.ui.bus import ChangeBus
from observe_app.ui.observe.tab import ObserveTab
from observe_app.ui.theme import ThemeController


class Typist:
    """Types notes without end."""

    def __init__(self, tab: ObserveTab, seed: int) -> None:
        self._tab = tab
        self._random = random.Random(seed)
        self._number = 0
        self._pending: list[str] = []
        self._text = ""
        tab.saved.connect(self._on_saved)

    def step(self) -> None:
        """Press the next key."""
        edit = self._tab.line.edit
        if not self._pending:
            self._number += 1
            self._text = f"T note number {self._number} of seed {self._random.randrange(10**6)}"
            self._pending = [*self._text, "\n"]
        key = self._pending.pop(0)
        if key == "\n":
            QTest.keyClick(edit, Qt.Key.Key_Return)
        else:
            QTest.keyClicks(edit, key)
            print(f"typed {time.monotonic():.3f} {edit.toPlainText()}", flush=True)

    def _on_saved(self, _at: object) -> None:
        # The line is empty only after its note is stored; a saved draft says nothing of a note.
        if not self._pending and not self._tab.line.edit.toPlainText():
            print(f"saved {self._text.removeprefix('T ')}", flush=True)


def main() -> None:
    """Open the data folder and the visit named on the command line and type."""
    folder, visit_id, seed = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    app = QApplication([])
    ThemeController(app)
    core = wire_core(folder)
    tab = ObserveTab(core, ChangeBus())
    tab.resize(1200, 640)
    tab.show()
    tab.open_visit(visit_id)
    tab.focus_line()
    typist = Typist(tab, seed)
    timer = QTimer()
    timer.timeout.connect(typist.step)
    timer.start(4)
    app.exec()


if __name__ == "__main__":
    main()
