"""A round in which nothing happened, in a shared folder of 2,000 files, beside a bare os.scandir of them."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from observe_app.services import notes, visits
from observe_app.services.core import close
from observe_app.services.sync import rounds
from tests.benches._sharing import founder, until_quiet
from tests.benches.common import Result, compared, settle

_FILES = 2_000
_TURNS = 40


def run() -> Result:
    """Look by turns; asked are 50 ms."""
    with tempfile.TemporaryDirectory() as folder:
        home, shared = Path(folder), Path(folder) / "shared"
        core, _words = founder(home / "a", shared)
        visit = visits.plan(core)
        for number in range(_FILES):
            notes.add(core, visit_id=visit.id, line=f"T waits {number}", offset_ms=number)
            rounds.run_round(core)
        until_quiet(core)
        settle()
        ours, bare, found = [], [], 0
        for _turn in range(_TURNS):
            began = time.perf_counter()
            rounds.run_round(core)
            middle = time.perf_counter()
            found = _scan(shared)
            ours.append((middle - began) * 1e3)
            bare.append((time.perf_counter() - middle) * 1e3)
        close(core)
    result = compared("sync-idle", ours, "os.scandir and stat of the same files", bare)
    result["files"] = found
    result["max_ms"] = round(max(ours), 1)
    result["mean_ms"] = round(statistics.mean(ours), 1)
    return result


def _scan(folder: Path) -> int:
    found = 0
    for place in os.scandir(folder):
        if place.is_dir():
            found += _scan(Path(place.path))
        else:
            place.stat()
            found += 1
    return found
