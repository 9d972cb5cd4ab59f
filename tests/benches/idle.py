"""What an open lesson costs while nobody types: processor time of the window beside a bare one that shows a clock."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.clock import SystemClock
from observe_app.services.core import close, subscribe
from tests.benches._lesson import filled_lesson
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from tests.benches.common import Result

_SECONDS = 20.0
_EVENTS = 2000


def run() -> Result:
    """Measure for 20 s each; `idle_percent` is of one core, `ratio` beside a bare window whose label changes."""
    app = offscreen_app()
    ours, bare = _lesson(app), _bare(app)
    return {
        "name": "idle",
        "n": int(_SECONDS),
        "idle_percent": round(ours, 2),
        "reference": "a bare window whose label changes each second",
        "reference_percent": round(bare, 2),
        "ratio": round(ours / bare, 2) if bare else None,
    }


def _lesson(app: QApplication) -> float:
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab

    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder), clock=SystemClock())
        bus = ChangeBus()
        stop = subscribe(core, bus.publish)
        tab = ObserveTab(core, bus)
        tab.resize(1290, 700)
        tab.open_visit(filled_lesson(core, _EVENTS, form_id="talk-and-participation"))
        tab.show()
        tab.focus_line()
        share = _share(app)
        tab.close()
        tab.deleteLater()
        app.processEvents()
        stop()
        close(core)
    return share


def _bare(app: QApplication) -> float:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QLabel

    label = QLabel("0")
    label.resize(1290, 700)
    timer = QTimer(label)
    timer.setInterval(1000)
    timer.timeout.connect(_counting(label))
    timer.start()
    label.show()
    share = _share(app)
    label.close()
    label.deleteLater()
    return share


def _counting(label: object) -> Callable[[], None]:
    def count() -> None:
        label.setText(str(int(label.text()) + 1))  # type: ignore[attr-defined]

    return count


def _share(app: QApplication) -> float:
    """Return processor time over time, in per cent, while the event loop sleeps as it does in the program."""
    from PySide6.QtCore import QEventLoop, QTimer

    app.processEvents()
    loop = QEventLoop()
    QTimer.singleShot(2000, loop.quit)  # what is loaded ahead comes to rest
    loop.exec()
    begin, used = time.monotonic(), time.process_time()
    QTimer.singleShot(int(_SECONDS * 1000), loop.quit)
    loop.exec()
    return (time.process_time() - used) / (time.monotonic() - begin) * 100
