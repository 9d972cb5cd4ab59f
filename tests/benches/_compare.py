"""What the benches of a term share."""

from __future__ import annotations

import json
import resource
import sqlite3
import time
from contextlib import closing

from observe_app.app import wire_core
from observe_app.services.compare.term import TermChoice, options, term
from observe_app.services.core import close
from tests.benches._district import district
from tests.benches.common import Result, compared, settle

_VISITS = """SELECT v.id FROM visit v JOIN visit_member m ON m.visit_id = v.id WHERE m.role = 'teacher'
 AND m.person_id IN (SELECT value FROM json_each(?))"""
_ROWS = ("event", "answer")


def measured(name: str, teachers: tuple[str, ...], *, times: int) -> Result:
    """Return what a term of these teachers takes, `times` over, each beside a bare reading of its rows."""
    folder = district()
    core = wire_core(folder)
    choice = TermChoice(teachers)
    begin = time.perf_counter()
    found = term(core, choice)
    first = (time.perf_counter() - begin) * 1e3
    settle()
    ours, theirs, offered = [], [], []
    with closing(sqlite3.connect(core.files.database)) as bare:
        for _time in range(times):
            theirs.append(_bare(bare, teachers))
            begin = time.perf_counter()
            term(core, choice)
            middle = time.perf_counter()
            options(core, choice)
            end = time.perf_counter()
            ours.append((middle - begin) * 1e3)
            offered.append((end - middle) * 1e3)
    close(core)
    result = compared(name, ours, "the same rows from bare sqlite3", theirs)
    result |= {"visits": len(found.visits), "series": len(found.series), "first_ms": round(first, 1)}
    result |= {"options_ms": round(sorted(offered)[len(offered) // 2], 1), "memory_mb": _memory_mb()}
    return result


def _bare(bare: sqlite3.Connection, teachers: tuple[str, ...]) -> float:
    begin = time.perf_counter()
    ids = json.dumps([row[0] for row in bare.execute(_VISITS, (json.dumps(teachers),))])
    for table in _ROWS:
        bare.execute(f"SELECT * FROM {table} WHERE visit_id IN (SELECT value FROM json_each(?))", (ids,)).fetchall()
    return (time.perf_counter() - begin) * 1e3


def _memory_mb() -> float:
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
