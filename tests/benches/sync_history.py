"""What a round with 10 edits costs with 100 to 1,000,000 changes behind it: the database alone, the folder apart.

The history lies in the journal as taken in from one's other laptop; the folder holds the few files of the rounds
measured, so that the figures are those of the SQL work. `sync-idle` measures a folder full of files.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.sync.letter import ActionHead, Op
from observe_app.services import notes, visits
from observe_app.services.core import close
from observe_app.services.sync import rounds
from observe_app.store.sync import apply
from tests.benches._sharing import founder, until_quiet
from tests.benches.common import Result, settle

if TYPE_CHECKING:
    from observe_app.services.core import Core

_SIZES = (100, 10_000, 1_000_000)
_TURNS = 15
_PART = 20_000
_COLUMNS = ("visit_id", "kind", "offset_ms", "text", "speaker")


def run() -> Result:
    """Grow the history and measure at each size; `ratio` is the largest size beside the smallest."""
    result: Result = {"name": "sync-history", "n": _TURNS}
    medians = []
    with tempfile.TemporaryDirectory() as folder:
        core, _words = founder(Path(folder) / "a", Path(folder) / "shared")
        visit = visits.plan(core).id
        until_quiet(core)
        have = 0
        for size in _SIZES:
            _grow(core, visit, have, size)
            have = size
            until_quiet(core)
            settle()
            times = [_round(core, turn) for turn in range(_TURNS)]
            medians.append(statistics.median(times))
            result[f"round_ms_{size}"] = round(medians[-1], 2)
        close(core)
    result["ratio"] = round(medians[-1] / medians[0], 2)
    return result


def _round(core: Core, turn: int) -> float:
    other = visits.plan(core).id
    for edit in range(10):
        notes.add(core, visit_id=other, line=f"T asks {turn} #{edit}", offset_ms=edit)
    began = time.perf_counter()
    rounds.run_round(core)
    return (time.perf_counter() - began) * 1e3


def _grow(core: Core, visit: str, have: int, size: int) -> None:
    """Take in what another laptop is said to have written, until the journal holds this many changes."""
    ledger = core.store.ledger
    for start in range(have, size, _PART):
        ops = [
            Op(
                f"{number:016x}", f"a{start}", "event", f"row{number // len(_COLUMNS)}", column,
                (visit, "note", number, f"Compares {number}", "S7")[number % len(_COLUMNS)], (),
                f"{1_700_000_000_000 + number:013x}-000000-bbbbbbbb", inserted=True,
            )
            for number in range(start, min(start + _PART, size))
            for column in (_COLUMNS[number % len(_COLUMNS)],)
        ]  # fmt: skip
        with ledger.writing() as writing:
            head = ActionHead(f"a{start}", "import.notes", "2026-01-01T00:00:00.000000Z", None, visit)
            signer = core.vault.keys().fingerprint
            apply.take_in(writing.sql, actions=[head], ops=ops, writer="bbbbbbbb", signer=signer, audience="me")
