"""The tests of the store hold on protected records as they do on plain ones."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
# What opens, writes, copies, upgrades and puts back; the hostile files of the others are plain by their nature.
SUITES = ("test_after", "test_files", "test_many_events", "test_place", "test_upgrade")
_LONG = ("test_journal",)


def held(*names: str) -> str:
    """Run tests of this folder on protected records and return what pytest said last."""
    files = [str(HERE / f"{name}.py") for name in names]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *files]
    env = {**os.environ, "OBSERVE_TEST_SEALED": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    return done.stdout.splitlines()[-1]


@pytest.mark.skipif(bool(os.environ.get("OBSERVE_TEST_SEALED")), reason="runs the others")
def test_the_store_holds_on_protected_records() -> None:
    assert "passed" in held(*SUITES)


@pytest.mark.long
def test_the_journal_holds_on_protected_records() -> None:
    assert "passed" in held(*_LONG)
