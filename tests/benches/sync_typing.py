"""A key in the note line to the letter painted while 10,000 notes come in from the shared folder."""

from __future__ import annotations

import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from observe_app.services.core import close, subscribe
from observe_app.services.sync import rounds
from tests.benches._lesson import filled_lesson
from tests.benches._sharing import fill, founder, second_laptop, until_quiet
from tests.benches.common import Result, compared, settle
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

_NOTES = 10_000
_WORDS = "S7 asks why the larger number is below, T waits and asks another one "
_WATCHDOG = 0.002


def run() -> Result:
    """Type until all has come; asked are a p95 under 8 ms and no turn of the window's loop over 50 ms."""
    app = offscreen_app()
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.observe import ObserveTab
    from observe_app.ui.sync_desk import BREATHE_S

    with tempfile.TemporaryDirectory() as folder:
        home, shared = Path(folder), Path(folder) / "shared"
        core, words = founder(home / "a", shared)
        fill(core, _NOTES)
        until_quiet(core)
        new = second_laptop(home / "b", shared, words)
        bus = ChangeBus()
        stop = subscribe(new, bus.publish)
        tab = ObserveTab(new, bus)
        tab.resize(1290, 700)
        tab.open_visit(filled_lesson(new))
        tab.show()
        tab.activateWindow()
        tab.focus_line()
        for _round in range(20):
            app.processEvents()
        settle()
        quiet = _typed(app, tab.line, 400, lambda: True)
        coming = threading.Thread(target=rounds.run_round, args=(new,), kwargs={"breathe": BREATHE_S})
        coming.start()
        busy = _typed(app, tab.line, 100_000, coming.is_alive)
        coming.join()
        tab.line.clear_line()
        tab.close()
        tab.deleteLater()
        stop()
        close(core)
        close(new)
    result = compared("sync-typing", busy, "the same keys with nothing coming in", quiet)
    result["max_ms"] = round(max(busy), 1)
    result["reference_max_ms"] = round(max(quiet), 1)
    return result


def _typed(app: QApplication, line: Any, most: int, going: Callable[[], bool]) -> list[float]:
    """Type letter by letter, at most this many, while it goes on; return milliseconds from key to painted letter."""
    from PySide6.QtTest import QTest

    times: list[float] = []
    edit = line.edit
    for number in range(most):
        if not going():
            break
        letter = _WORDS[number % len(_WORDS)]
        if number % len(_WORDS) == 0:
            line.clear_line()
        began = time.perf_counter()
        QTest.keyClicks(edit, letter)
        edit.repaint()
        app.processEvents()
        times.append((time.perf_counter() - began) * 1e3)
        time.sleep(_WATCHDOG)  # nobody types faster, and the other thread shall have its turns
    return times
