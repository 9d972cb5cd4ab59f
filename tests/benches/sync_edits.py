"""10 edits up, and down, between two running programs, beside one small file written and read with fsync."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from observe_app.services import notes
from observe_app.services.core import close
from observe_app.services.sync import rounds
from tests.benches._sharing import fill, founder, second_laptop, until_quiet, write_durably
from tests.benches.common import Result, percentile, settle

_TURNS = 30
_BEFORE = 2_000


def run() -> Result:
    """Edit, send and fetch by turns; asked are 0.3 s each way."""
    up, down, raw = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        home, shared = Path(folder), Path(folder) / "shared"
        core, words = founder(home / "a", shared)
        visit = fill(core, _BEFORE)
        until_quiet(core)
        other = second_laptop(home / "b", shared, words)
        until_quiet(other)
        until_quiet(core)
        settle()
        for turn in range(_TURNS):
            for edit in range(10):
                notes.add(core, visit_id=visit, line=f"T asks {turn} and waits #{edit}", offset_ms=turn * 10 + edit)
            began = time.perf_counter()
            rounds.run_round(core)
            middle = time.perf_counter()
            rounds.run_round(other)
            end = time.perf_counter()
            up.append((middle - began) * 1e3)
            down.append((end - middle) * 1e3)
            raw.append(write_durably(home / f"raw{turn}", [bytes(3_000)]) * 1e3)
        same = len(notes.stream(core, visit)) == len(notes.stream(other, visit)) == _BEFORE + 10 * _TURNS
        close(core)
        close(other)
    return {
        "name": "sync-edits",
        "n": _TURNS,
        "up_median_ms": round(statistics.median(up), 1),
        "up_p95_ms": round(percentile(up, 0.95), 1),
        "down_median_ms": round(statistics.median(down), 1),
        "down_p95_ms": round(percentile(down, 0.95), 1),
        "reference": "one file of 3 kB with fsync",
        "reference_median_ms": round(statistics.median(raw), 2),
        "equal": str(same),
    }
