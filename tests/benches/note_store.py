"""Storing a note, journal and search included, beside a bare sqlite3 FULL commit, in interleaved pairs."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from observe_app.app import wire_core
from observe_app.services import notes, visits
from observe_app.services.core import close
from tests.benches.common import Result, compared

_PAIRS = 400


def run() -> Result:
    """Measure; `over_bare_ms` is the median of the pairwise differences."""
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        with closing(sqlite3.connect(Path(folder) / "bare.sqlite", isolation_level=None)) as bare:
            bare.execute("PRAGMA journal_mode = WAL")
            bare.execute("PRAGMA synchronous = FULL")
            bare.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, at REAL, body TEXT)")
            visit = visits.plan(core)
            ours, theirs = [], []
            for number in range(_PAIRS + 20):
                begin = time.perf_counter()
                bare.execute("BEGIN IMMEDIATE")
                bare.execute("INSERT INTO note(at, body) VALUES (?, ?)", (begin, f"Counts on fingers to {number}"))
                bare.execute("COMMIT")
                middle = time.perf_counter()
                line = f"T Counts on fingers to {number} #wait"
                notes.add(core, visit_id=visit.id, line=line, offset_ms=number * 1000, wall=core.clock.now())
                end = time.perf_counter()
                if number >= 20:  # the first ones warm caches
                    theirs.append((middle - begin) * 1e3)
                    ours.append((end - middle) * 1e3)
        close(core)
    result = compared("note-store", ours, "bare sqlite3 FULL commit", theirs)
    result["over_bare_ms"] = round(statistics.median(a - b for a, b in zip(ours, theirs, strict=True)), 3)
    return result
