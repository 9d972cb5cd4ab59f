"""Everything that `python3 run.py test` runs, one after another, and the trial start of the bundle.

`python -m tests.checks` runs every check and closes with pytest's own last line; `--bundle PROGRAM` starts a bundle.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PYTHON = sys.executable
IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.argv[0] = 'lint-imports'; "

CHECKS = {
    "ruff check": ["-m", "ruff", "check", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "."],
    "mypy": ["-m", "mypy"],
    "imports": ["-c", IMPORTS + "lint_imports_command()", "--no-logo", "--cache-dir", ".cache/imports"],
}


def run_checks() -> int:
    """Run all checks, also after one failed; return 1 when any did."""
    env = run.clean_env()
    results = {}
    for name, command in CHECKS.items():
        print(f"\n== {name}", flush=True)
        results[name] = run.call([PYTHON, *command], env, cwd=run.HERE) == 0
    if has_virtual_screen():
        print("\n== the real window, on Xvfb", flush=True)
        with virtual_screen(env) as shown:
            shown["OBSERVE_TEST_XCB"] = "1"
            results["real window"] = run.call([PYTHON, "-m", "pytest", "-q", "-m", "xcb"], shown, cwd=run.HERE) == 0
    print("\n== so far")
    for name, passed in results.items():
        print(f"{'passed' if passed else 'FAILED'}  {name}")
    if "real window" not in results:
        print("skipped real window: it needs Xvfb on Linux")
    print("\n== pytest", flush=True)
    cores = min(4, os.cpu_count() or 1)
    spread = ["-n", str(cores)] if cores > 1 else []
    results["pytest"] = run.call([PYTHON, "-m", "pytest", *spread], env, cwd=run.HERE) == 0
    failed = [name for name, passed in results.items() if not passed]
    if failed:
        print("Failed: " + ", ".join(failed), file=sys.stderr)
    return 1 if failed else 0


def has_virtual_screen() -> bool:
    """Tell whether a window can be shown on an Xvfb of our own."""
    return run.LINUX and bool(shutil.which("Xvfb")) and not any(map(run.is_missing, run.X_LIBRARIES))


@contextlib.contextmanager
def virtual_screen(env: run.Env) -> Iterator[run.Env]:
    """Start an Xvfb and yield the environment that shows windows on it."""
    read_end, write_end = os.pipe()
    command = ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    with subprocess.Popen(command, pass_fds=(write_end,), stderr=subprocess.DEVNULL) as server:
        os.close(write_end)
        try:
            with os.fdopen(read_end) as answer:
                number = answer.readline().strip()
            if not number:
                raise run.SetupError("Xvfb is there but does not start.")
            yield {**env, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
        finally:
            server.terminate()


TIMES = """Person,Day,Start,End,Class,Subject,Room
Ada Lund,Monday,09:00,09:50,7A,Art,1
Ben Okoro,Tuesday,09:00,09:50,7B,Music,2
"""
"""The timetable of a school of two, in which each can visit the other."""


def check_bundle(program: Path) -> int:
    """Start a bundle where no Python can be found: its version, its forms, and its window where one can be shown."""
    with tempfile.TemporaryDirectory() as home:
        env = {"HOME": home, "OBSERVE_DATA": str(Path(home) / "data"), "PATH": "", "LANG": "C.UTF-8"}
        if run.WINDOWS:
            env = run.clean_env() | {"OBSERVE_DATA": env["OBSERVE_DATA"]}
        (Path(home) / "times.csv").write_text(TIMES, encoding="utf-8")
        days = ["--first", "2026-11-23", "--last", "2026-11-27", "--everybody"]
        for arguments in (
            ["--version"], ["form", "list"],
            # The solver is the largest library, and loaded only when a round is planned.
            ["timetable", "import", "times.csv", "--add-people"], ["round", "new", "Trial", *days],
            ["round", "solve", "Trial"],
        ):  # fmt: skip
            if code := run.call([str(program), *arguments], env, cwd=Path(home)):
                return code
        if run.LINUX and not has_virtual_screen():
            print("The bundle's command line works; its window was not tried, for want of Xvfb.")
            return 0
        with virtual_screen(env) if run.LINUX else contextlib.nullcontext(env) as shown:
            code = run.call([str(program), "--quit-after-paint"], shown, cwd=Path(home))
    print("The bundle starts." if code == 0 else f"The bundle's window ended with status {code}.")
    return code


def main(arguments: Sequence[str]) -> int:
    """Run the checks, or try the bundle that the arguments name."""
    if arguments[:1] == ["--bundle"]:
        return check_bundle(Path(arguments[1]))
    return run_checks()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
