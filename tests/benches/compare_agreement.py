"""Agreement of two two-hour lessons, intervals from 4,000 samples with it, beside reading the same rows bare."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

from observe_app.app import wire_core
from observe_app.services import happenings_codes, notes, visits
from observe_app.services.compare.agreement import agreement
from observe_app.services.core import close
from tests.benches.common import Result, compared, settle

_TIMES = 12
_INTERVALS = 60
_NOTES = 150


def run() -> Result:
    """Measure from two ids to every figure; the first time, which loads numpy, counts too."""
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder))
        chance = random.Random(7)
        lessons = [visits.plan(core, form_id="copus").id for _visit in range(2)]
        for one in lessons:
            visits.begin(core, visit_id=one)
        form = visits.form_of(visits.get(core, lessons[0]))
        codes = [side.full(code) for item in form.items for side in item.sides for code in side.codes]
        for index in range(_INTERVALS):
            row = chance.sample(codes, 5)
            for one in lessons:
                kept = tuple(code for code in row if chance.random() > 0.1)
                happenings_codes.tick_same(core, visit_id=one, item="copus", index=index, codes=kept)
        for number in range(_NOTES):
            at = number * 120 * 60_000 // _NOTES
            for one in lessons:
                notes.add(core, visit_id=one, line=f"T asks question {number} #open", offset_ms=at)
        settle()
        ours, theirs = [], []
        with closing(sqlite3.connect(core.files.database)) as bare:
            for _time in range(_TIMES):
                begin = time.perf_counter()
                bare.execute("SELECT * FROM event WHERE visit_id IN (?, ?)", lessons).fetchall()
                middle = time.perf_counter()
                view = agreement(core, *lessons)
                end = time.perf_counter()
                assert view.sheets[0].pooled.spread.draws
                theirs.append((middle - begin) * 1000)
                ours.append((end - middle) * 1000)
        close(core)
    return compared("compare-agreement", ours, "the same rows from bare sqlite3", theirs)
