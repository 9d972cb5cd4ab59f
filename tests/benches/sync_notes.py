"""10,000 notes to the shared folder, and down to a new laptop that has only the twelve words.

Signing, encrypting and durable writing are in it, reading, checking and taking in; beside the same bytes written with
fsync, and as many bare inserts.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from observe_app.services import notes
from observe_app.services.core import close
from tests.benches._sharing import fill, founder, insert_plainly, second_laptop, until_quiet, write_durably
from tests.benches.common import Result, settle

_NOTES = 10_000


def run() -> Result:
    """Measure once each way; asked are 5 s up and 10 s down."""
    with tempfile.TemporaryDirectory() as folder:
        home, shared = Path(folder), Path(folder) / "shared"
        core, words = founder(home / "a", shared)
        until_quiet(core)
        visit = fill(core, _NOTES)
        settle()
        up = until_quiet(core)
        files = [path.read_bytes() for path in sorted(shared.rglob("*.seg"))]
        new = second_laptop(home / "b", shared, words)
        down = until_quiet(new)
        assert len(notes.stream(new, visit)) == _NOTES
        with new.store.ledger.reading() as sql:
            rows = sql.execute("SELECT op, row_id || column_name, new FROM journal_change").fetchall()
        raw_up = write_durably(home / "raw", files)
        raw_down = insert_plainly(home / "bare.sqlite", rows)
        close(core)
        close(new)
    return {
        "name": "sync-notes",
        "n": _NOTES,
        "changes": len(rows),
        "files": len(files),
        "megabytes": round(sum(map(len, files)) / 1e6, 2),
        "up_s": round(up, 2),
        "down_s": round(down, 2),
        "reference": "the same bytes with fsync; as many bare inserts",
        "reference_up_s": round(raw_up, 3),
        "reference_down_s": round(raw_down, 3),
        "ratio_up": round(up / raw_up, 1),
        "ratio_down": round(down / raw_down, 1),
    }
