"""A protected record beside a plain one: storing a note, bringing in 10,000 notes, opening, in interleaved pairs."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.app import wire_core
from observe_app.services import notes, visits
from observe_app.services.core import close
from observe_app.services.exchange.notes_in import import_notes
from observe_app.store import sealing
from tests.benches.common import Result, compared

if TYPE_CHECKING:
    from observe_app.services.core import Core

_NOTES = 400
_WARM = 20
_ROWS = 10_000
_ROUNDS = 3
_OPENS = 30


def run() -> Result:
    """Measure; `median_ms` is a note on the protected record, the reference one on the plain record."""
    with tempfile.TemporaryDirectory() as folder:
        key = os.urandom(32)
        plain_folder, sealed_folder = Path(folder) / "plain", Path(folder) / "sealed"
        plain, sealed = wire_core(plain_folder), wire_core(sealed_folder, key=key)
        ours, theirs = _storing(sealed, plain)
        result = compared("at-rest", ours, "the same on a plain record", theirs)
        table = Path(folder) / "notes.csv"
        lines = (f"{n // 3600}:{n // 60 % 60:02d}:{n % 60:02d},T,Counts on fingers to {n}" for n in range(_ROWS))
        table.write_text("time,speaker,text\n" + "\n".join(lines) + "\n", encoding="utf-8")
        imported = [(_importing(sealed, table), _importing(plain, table)) for _round in range(_ROUNDS)]
        for name, times in zip(("import_10000_s", "import_10000_plain_s"), zip(*imported, strict=True), strict=True):
            result[name] = round(statistics.median(times), 2)
        close(plain)
        close(sealed)
        opened = [(_opening(sealed_folder, key), _opening(plain_folder, None)) for _open in range(_OPENS)]
        for name, times in zip(("open_ms", "open_plain_ms"), zip(*opened, strict=True), strict=True):
            result[name] = round(statistics.median(times) * 1e3, 2)
        _converting(result, plain_folder / "observe.sqlite", key)
    return result


def _storing(sealed: Core, plain: Core) -> tuple[list[float], list[float]]:
    ours: list[float] = []
    theirs: list[float] = []
    pairs = [(core, visits.plan(core).id, times) for core, times in ((sealed, ours), (plain, theirs))]
    for number in range(_NOTES + _WARM):
        for core, visit, times in pairs:
            begin = time.perf_counter()
            line = f"T Counts on fingers to {number} #wait"
            notes.add(core, visit_id=visit, line=line, offset_ms=number * 1000, wall=core.clock.now())
            if number >= _WARM:  # the first ones warm caches
                times.append((time.perf_counter() - begin) * 1e3)
    return ours, theirs


def _importing(core: Core, table: Path) -> float:
    begin = time.perf_counter()
    import_notes(core, path=table, teacher="A Teacher")
    return time.perf_counter() - begin


def _opening(folder: Path, key: bytes | None) -> float:
    begin = time.perf_counter()
    core = wire_core(folder, key=key)
    took = time.perf_counter() - begin
    close(core)
    return took


def _converting(result: Result, path: Path, key: bytes) -> None:
    result["record_mb"] = round(path.stat().st_size / 1e6, 1)
    for name, seal in (("protect_s", True), ("unprotect_s", False)):
        begin = time.perf_counter()
        sealing.rewrite(path, key, seal=seal)
        result[name] = round(time.perf_counter() - begin, 2)
