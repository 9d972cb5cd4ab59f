"""Bringing a transcript in, kept and searchable, beside reading its rows with openpyxl, in interleaved pairs."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import Workbook, load_workbook

from observe_app.app import wire_core
from observe_app.services.core import close
from observe_app.services.exchange.notes_in import import_notes
from tests.benches.common import Result, compared

if TYPE_CHECKING:
    from observe_app.services.core import Core

_PAIRS = 15
_WARM = 3
_LESSONS = Path(__file__).parents[3] / "shared" / "data" / "talkmoves"


def run() -> Result:
    """Measure with the largest transcript at hand, else with one made here.

    `reference` is what anybody writes: open the workbook, go through its rows. `ratio_read_only` compares with the same
    in openpyxl's faster mode, which reads nothing but values.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = _transcript(Path(folder))
        core = wire_core(Path(folder) / "data")
        ours, plain, lean = [], [], []
        for number in range(_PAIRS + _WARM):
            took = (_reading(path, read_only=False), _reading(path, read_only=True), _importing(core, path))
            if number >= _WARM:  # the first ones import modules and warm caches
                for times, one in zip((plain, lean, ours), took, strict=True):
                    times.append(one * 1e3)
        close(core)
    result = compared("import-notes", ours, "openpyxl reads the rows", plain)
    result["file"] = path.name
    result["read_only_median_ms"] = round(statistics.median(lean), 3)
    result["ratio_read_only"] = round(statistics.median(ours) / statistics.median(lean), 2)
    return result


def _reading(path: Path, *, read_only: bool) -> float:
    begin = time.perf_counter()
    book = load_workbook(path, read_only=read_only, data_only=True)
    rows = sum(1 for _row in book.active.iter_rows(values_only=True))
    book.close()
    assert rows
    return time.perf_counter() - begin


def _importing(core: Core, path: Path) -> float:
    begin = time.perf_counter()
    import_notes(core, path=path, teacher="A Teacher")
    return time.perf_counter() - begin


def _transcript(folder: Path) -> Path:
    found = sorted(_LESSONS.glob("*.xlsx"), key=lambda path: path.stat().st_size) if _LESSONS.is_dir() else []
    if found:
        return found[-1]
    book = Workbook()
    book.active.append(["", "TimeStamp", "Turn", "Speaker", "Sentence", "Teacher Tag", "Student Tag"])
    for number in range(1_130):
        who = "T" if number % 3 else f"S{number % 7}"
        clock = f"00:{number // 20:02d}:{number * 3 % 60:02d}"
        words = f"Sentence {number} of a lesson that nobody gave."
        book.active.append([number, clock, number // 4, who, words, "1 - none", None])
    path = folder / "transcript.xlsx"
    book.save(path)
    return path
