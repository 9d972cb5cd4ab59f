"""Cold start: process to first paint, and to Today filled, beside a bare PySide6 window, in turns."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from observe_app.app import wire_core
from observe_app.services import people
from observe_app.services.core import close
from observe_app.services.demo import demo_clock, record_sample
from tests.benches.common import Result, compared

_RUNS = 15
_HERE = Path(__file__).parent.parent.parent


def run() -> Result:
    """Measure; `ratio` is first paint over first paint, `filled_ratio` the filled page over the bare first paint."""
    with tempfile.TemporaryDirectory() as folder:
        core = wire_core(Path(folder), clock=demo_clock())
        people.introduce(core, name="Joonas")
        record_sample(core, term=True)
        close(core)
        painted, filled, bare = [], [], []
        for number in range(_RUNS + 2):
            theirs = _start("bare", folder)["painted"]
            found = _start("ours", folder)
            if number >= 2:  # the first ones read the files from the disk
                bare.append(theirs)
                painted.append(found["painted"])
                filled.append(found["ready"])
    result = compared("start", painted, "bare QMainWindow to first paint", bare)
    ready = compared("start", filled, "bare", bare)
    result["filled_median_ms"], result["filled_ratio"] = ready["median_ms"], ready["ratio"]
    return result


def _start(kind: str, folder: str) -> dict[str, float]:
    """Return milliseconds from the spawn to each milestone."""
    begin = time.monotonic()
    command = [sys.executable, "-m", "tests.benches._start_child", kind, folder]
    # Without compiled files our own modules would be compiled at each start, which no user's start does.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_HERE, env=env)
    lines = done.stdout.splitlines()
    return {name: (float(at) - begin) * 1000 for name, at in (line.split() for line in lines)}
