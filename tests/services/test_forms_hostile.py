"""A hostile form file, checked as a person would: by the command, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

MOST_MB = 200
HEAD = 'id = "hostile"\nversion = 1\ntitle = "T"\npurpose = "P"\n'
ITEM = '[[sections.items]]\nkind = "check"\nid = "{id}"\nlabel = "L"\n'
SECTION = '[[sections]]\ntitle = "S"\n'

FILES = {
    "ten megabytes": (HEAD + "#" * 10_000_000, "a form may have at most"),
    "ten thousand items": (
        HEAD + SECTION + "".join(ITEM.format(id=f"i{n}") for n in range(10_000)),
        "at most 500 items",
    ),
    "one id ten thousand times": (HEAD + SECTION + ITEM.format(id="i") * 10_000, "already used on line 9"),
    "deep brackets": (HEAD + "a = " + "[" * 900_000, "more than 8 deep"),
    "one hundred thousand values": (HEAD + "a = [" + "1," * 99_900 + "]", "no key “a”"),
    "odd unicode": (HEAD.replace('"T"', '"' + "\u202e\u0301\U000e0001" * 90_000 + '"'), "turns the reading direction"),
    "control characters": (HEAD.replace('"T"', '"' + "\\u0007" * 150_000 + '"'), "invisible control character U+0007"),
}

# Asks the system for the peak of the one child that it starts; a child's peak counts from its own start.
MEASURED = """\
import json, resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "observe_app", *sys.argv[1:]], capture_output=True, check=False)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
unit = 1 if sys.platform == "darwin" else 1024
told = {"code": done.returncode, "peak": used.ru_maxrss * unit, "seconds": used.ru_utime + used.ru_stime}
print(json.dumps(told | {"said": done.stdout.decode(), "failed": done.stderr.decode()}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such count")
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_gets_a_clear_error_in_bounded_time_and_memory(name: str, tmp_path: Path) -> None:
    text, words = FILES[name]
    path = tmp_path / "hostile.toml"
    path.write_text(text, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "form", "check", str(path)],
        capture_output=True,
        check=True,
        timeout=60,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    told = json.loads(done.stdout)

    assert told["failed"] == ""
    assert told["code"] == 1
    assert words in told["said"]
    assert len(told["said"]) < 100_000
    assert told["peak"] < MOST_MB * 1_000_000
    # Generous: what is to be caught takes minutes.
    assert told["seconds"] < 20
