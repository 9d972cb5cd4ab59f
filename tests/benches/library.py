"""Opening a library of 200 forms in a new process, index warm, beside bare reading and hashing of the same files."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from observe_app.app import wire_core
from observe_app.paths import forms_dir
from observe_app.services import own_forms
from observe_app.services.core import close
from tests.benches.common import Result, compared

_FORMS = 200
_RUNS = 15
_EDITS = 2000
_TOLD = 100
_HERE = Path(__file__).parent.parent.parent


def run() -> Result:
    """Measure, in turns; `parse_all_ms` is the same without an index, `edit_…` one change of a draft."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = fill(folder)
        parse_all = _child("ours", folder)
        ours, bare = [], []
        for number in range(_RUNS + 2):
            theirs, found = _child("bare", folder), _child("ours", folder)
            if number >= 2:  # the first ones read the files from the disk
                bare.append(theirs)
                ours.append(found)
        edits = draft_edits(folder)
    result = compared("library", ours, "the same files read and hashed, new process", bare)
    result["forms"], result["parse_all_ms"] = count, round(parse_all, 3)
    result["edit_first_ms"] = round(statistics.median(edits[:_TOLD]), 3)
    result["edit_last_ms"] = round(statistics.median(edits[-_TOLD:]), 3)
    return result


def fill(folder: Path) -> int:
    """Put copies of the shipped forms under other ids into a data folder; return how many there are."""
    shipped = sorted(forms_dir().glob("*.toml"))
    place = folder / "forms"
    place.mkdir()
    for number in range(_FORMS - len(shipped)):
        source = shipped[number % len(shipped)]
        made = f"{source.stem}-{number}"
        text = source.read_text(encoding="utf-8").replace(f'id = "{source.stem}"', f'id = "{made}"', 1)
        (place / f"{made}.toml").write_text(text, encoding="utf-8")
    return len(shipped) + len(list(place.glob("*.toml")))


def draft_edits(folder: Path) -> list[float]:
    """Return milliseconds of each of 2,000 changes to one draft."""
    core = wire_core(folder)
    opened = own_forms.copy_of(core, "general-peer-observation", title="Bench")
    form_id = opened.value.form_id
    found = []
    for number in range(_EDITS):
        form = replace(opened.value.form, title=(("", f"Bench {number}"),))
        begin = time.perf_counter()
        opened = own_forms.change(core, form_id=form_id, form=form, seen=opened.seen)
        found.append((time.perf_counter() - begin) * 1e3)
    close(core)
    return found


def _child(kind: str, folder: Path) -> float:
    command = [sys.executable, "-m", "tests.benches._library_child", kind, str(folder)]
    # Without compiled files our own modules would be compiled at each start, which no user's start does.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_HERE, env=env)
    return float(done.stdout)
