"""Opening the Talk tab of a visit with 200 notes and 40 claims, beside reading the same rows and painting the list.

What a person waits for after pressing L stands beside it: from the key until the event loop is free again.
"""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.domain.evidence import ClaimKind
from observe_app.services import notes, talk
from observe_app.services.core import close, subscribe
from tests.benches._lesson import filled_lesson
from tests.benches.common import Result, compared, percentile, settle
from tests.benches.note_paint import offscreen_app

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from observe_app.services.core import Core
    from observe_app.ui.talk import TalkTab

NOTES, CLAIMS, LINKS = 200, 40, 3
_ROUNDS = 20
_SQL = (
    "SELECT * FROM event WHERE visit_id = ? ORDER BY offset_ms, id",
    "SELECT * FROM claim WHERE visit_id = ? ORDER BY kind, position, id",
    "SELECT * FROM evidence WHERE visit_id = ? ORDER BY position, id",
)


def run() -> Result:
    """Measure `activate` and the paint that follows in interleaved pairs, then one link after the other."""
    app = offscreen_app()
    from observe_app.ui.bus import ChangeBus
    from observe_app.ui.jobs import JobRunner
    from observe_app.ui.talk import TalkTab

    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        bus, jobs = ChangeBus(), JobRunner()
        stop = subscribe(core, bus.publish)
        visit_id = filled_lesson(core, NOTES, form_id="general-peer-observation", only_notes=True)
        _claim(core, visit_id)
        ours: list[float] = []
        theirs: list[float] = []
        tab = TalkTab(core, visit_id, jobs, bus)
        tab.resize(1290, 700)
        tab.show()
        _opened(app, tab)
        settle()
        with closing(sqlite3.connect(Path(folder) / "observe.sqlite")) as bare:
            for _round in range(_ROUNDS):
                begin = time.perf_counter()
                for sql in _SQL:
                    bare.execute(sql, (visit_id,)).fetchall()
                tab.repaint()
                app.processEvents()
                theirs.append((time.perf_counter() - begin) * 1e3)
                ours.append(_opened(app, tab))
        links = _linked(app, tab, core, visit_id)
        tab.leave()
        tab.close()
        tab.deleteLater()
        jobs.shutdown()
        stop()
        close(core)
    result = compared("talk-open", ours, "the same rows with bare sqlite3, and one paint of the page", theirs)
    whole, own = [one for one, _own in links], [one for _whole, one in links]
    result |= {"link_median_ms": round(statistics.median(whole), 3), "link_p95_ms": round(percentile(whole, 0.95), 3)}
    result |= {"link_cpu_median_ms": round(statistics.median(own), 3)}
    return result | {"notes": NOTES, "claims": CLAIMS}


def _claim(core: Core, visit_id: str) -> None:
    ids = [event.id for event in notes.stream(core, visit_id)]
    kinds = tuple(ClaimKind)
    for number in range(CLAIMS):
        talk.add_claim(
            core,
            visit_id=visit_id,
            kind=kinds[number % len(kinds)],
            title=f"Claim {number} in one line that may need a second one",
            text="What was seen or heard, and what it did. " * (1 + number % 3),
            evidence=tuple(ids[(number * LINKS + step) % len(ids)] for step in range(LINKS)),
            views=("talk",) if number % 8 == 0 else (),
        )


def _opened(app: QApplication, tab: TalkTab) -> float:
    """Return how long it takes to load and paint the tab, in ms."""
    begin = time.perf_counter()
    tab.activate()
    tab.repaint()
    app.processEvents()
    return (time.perf_counter() - begin) * 1e3


def _linked(app: QApplication, tab: TalkTab, core: Core, visit_id: str) -> list[tuple[float, float]]:
    """Link one note after the other to a claim; return how long each kept the event loop, and the processor, in ms."""
    card = tab.board.cards[0]
    tab.board.select(card)
    app.processEvents()
    known = set(talk.claims(core, visit_id)[0].evidence)
    times: list[tuple[float, float]] = []
    for row in range(NOTES):
        event_id = tab.notes.model.event_at(row).id
        if event_id in known or not tab.notes.list.pick(event_id):
            continue
        app.processEvents()
        begin, own = time.perf_counter(), time.thread_time()
        tab.link_notes()
        times.append(((time.perf_counter() - begin) * 1e3, (time.thread_time() - own) * 1e3))
        app.processEvents()
        if len(times) == _ROUNDS:
            break
    return times
