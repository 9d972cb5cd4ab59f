"""The guards of conftest.py do fail a test that leaves something behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parent / "conftest.py"


SLOT = """from PySide6.QtCore import QTimer
def fail():
    raise ValueError('in a slot')
QTimer.singleShot(0, fail)
QTimer.singleShot(5, qapp.quit)
qapp.exec()"""


def outcome(folder: Path, body: str, fixture: str = "") -> str:
    """Return what pytest says about one test with this body under our conftest."""
    shutil.copy(CONFTEST, folder)
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n    xcb\n    long\nqt_api = pyside6\n", encoding="utf-8")
    (folder / "test_it.py").write_text(f"def test_it({fixture}):\n{lines}", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", str(folder)]
    env = {**os.environ, "PYTHONPATH": str(CONFTEST.parent.parent)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(
    ("body", "fixture", "said"),
    [
        ("import logging; logging.getLogger('x').warning('odd')", "", "logged unexpectedly: WARNING x: odd"),
        ("expect_log('odd')", "expect_log", "was never logged: odd"),
        (
            "import threading, time; threading.Thread(target=time.sleep, args=(2,), daemon=True, name='slow').start()",
            "",
            "threads outlive the test",
        ),
        (
            "import threading; one = threading.Thread(target=int, args=('x',)); one.start(); one.join()",
            "",
            "an exception went unhandled",
        ),
        (
            "import builtins\nfrom PySide6.QtWidgets import QWidget\nbuiltins.kept = QWidget(objectName='kept')",
            "qapp",
            "windows outlive the test: QWidget 'kept'",
        ),
        (
            SLOT,
            "qapp",
            "in a slot",
        ),
    ],
    ids=["warning", "missing warning", "thread", "exception in a thread", "window", "exception in a slot"],
)
def test_what_a_test_leaves_behind_fails_it(tmp_path, body, fixture, said):
    text = outcome(tmp_path, body, fixture)

    assert said in text
    assert " error" in text or " failed" in text


@pytest.mark.parametrize(
    ("body", "fixture"),
    [
        ("import logging; expect_log('odd'); logging.getLogger('x').warning('odd')", "expect_log"),
        ("from PySide6.QtWidgets import QWidget\nqtbot.addWidget(QWidget())", "qtbot"),
    ],
    ids=["announced warning", "registered window"],
)
def test_a_tidy_test_passes(tmp_path, body, fixture):
    assert "1 passed" in outcome(tmp_path, body, fixture)
