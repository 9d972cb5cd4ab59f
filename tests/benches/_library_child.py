"""What the bench `library` measures in a process of its own: prints milliseconds."""

from __future__ import annotations

import hashlib
import sys
import time
from pathlib import Path

from observe_app.app import wire_core
from observe_app.services.core import close


def ours(folder: Path) -> float:
    """List the forms of a data folder, through a catalogue that has listed nothing yet."""
    core = wire_core(folder)
    begin = time.perf_counter()
    entries = core.catalogue.entries()
    end = time.perf_counter()
    close(core)
    if any(entry.problems for entry in entries):
        message = "a form of the bench is broken"
        raise RuntimeError(message)
    return (end - begin) * 1e3


def bare(folder: Path) -> float:
    """Read and hash the same files."""
    from observe_app.paths import forms_dir

    begin = time.perf_counter()
    for place in (forms_dir(), folder / "forms"):
        for path in sorted(place.glob("*.toml")):
            hashlib.sha256(path.read_bytes()).hexdigest()
    return (time.perf_counter() - begin) * 1e3


if __name__ == "__main__":
    print((ours if sys.argv[1] == "ours" else bare)(Path(sys.argv[2])))
