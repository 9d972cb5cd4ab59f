"""The ground that everything stands on: set-up, pins, licences, where shipped files are, what an import drags in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import run
from observe_app import paths

ROOT = Path(__file__).resolve().parent.parent
PIN = re.compile(r"^([a-z0-9._-]+)==([^ ]+)")


def python(code: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run code in a process of its own, with the checkout's packages."""
    whole = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run([sys.executable, "-P", "-c", code], env=whole, capture_output=True, text=True, check=False)


def pins(kind: str) -> dict[str, str]:
    lines = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    return {found[1]: found[2] for line in lines if (found := PIN.match(line))}


# --- PySide6 ---------------------------------------------------------------------------------------------------------


def test_many_signals_do_not_abort_python():
    """PySide6 6.12.0 on Python 3.11 drops a reference to True at every emit and aborts after some 570 of them."""
    code = """
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    sent = Signal(int)

sender = Sender()
count = []
sender.sent.connect(count.append)
for number in range(2000):
    sender.sent.emit(number)
    sender.setObjectName("x")
assert len(count) == 2000
print("alive")
"""
    done = python(code)

    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr


# --- what an import drags in -----------------------------------------------------------------------------------------

HEAVY = ("sqlalchemy", "alembic", "reportlab", "openpyxl", "pypdfium2")


def loaded_by(*modules: str) -> set[str]:
    names = ", ".join(modules)
    done = python(f"import {names}, sys; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in done.stdout.split()}


def modules_of(room: str) -> list[str]:
    files = (ROOT / "observe_app" / room).rglob("*.py")
    return sorted(".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for file in files)


def test_the_command_line_does_not_load_qt():
    assert "PySide6" not in loaded_by("observe_app.cli", "observe_app.app", *modules_of("services"))


def test_the_window_is_painted_before_anything_heavy_is_loaded():
    loaded = loaded_by("observe_app.app", *modules_of("ui"))

    assert loaded.isdisjoint(HEAVY)


# --- pins and licences -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["app", "test", "lock"])
def test_requirements_name_versions_and_hashes_and_no_place(kind):
    text = (ROOT / "requirements" / f"{kind}.txt").read_text(encoding="utf-8")
    blocks = [block for block in re.split(r"\n(?=[a-z])", text) if not block.startswith("#")]

    assert blocks
    assert [block.split()[0] for block in blocks if not PIN.match(block) or "--hash=sha256:" not in block] == []
    assert re.findall(r"https?:|file:|--(?:index|extra|find|trusted)|^/", text, re.MULTILINE) == []


def test_pins_are_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"app": project["project"]["dependencies"], "test": project["dependency-groups"]["test"]}

    for kind, requirements in asked.items():
        for one in map(Requirement, requirements):
            assert pins(kind)[one.name.lower()] in one.specifier


def test_checks_run_with_the_versions_that_ship():
    assert pins("app").items() <= pins("test").items()


def test_every_library_that_ships_has_its_licence_listed():
    table = (ROOT / "resources" / "licences" / "THIRD-PARTY.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| ([a-z0-9-]+) \|", table, re.MULTILINE))

    assert set(pins("app")) == listed


# --- where the shipped files are -------------------------------------------------------------------------------------


def test_a_checkout_has_its_shipped_files_beside_the_package():
    assert paths.forms_dir() == ROOT / "forms"
    assert paths.resources_dir() == ROOT / "resources"


def test_an_installed_package_has_its_shipped_files_inside(tmp_path):
    package = tmp_path / "observe_app"
    (package / "_data" / "forms").mkdir(parents=True)
    (tmp_path / "forms").mkdir()  # someone else's
    shutil.copy(ROOT / "observe_app" / "paths.py", package)
    (package / "__init__.py").touch()

    done = python("from observe_app import paths; print(paths.forms_dir())", PYTHONPATH=str(tmp_path))

    assert Path(done.stdout.strip()) == package / "_data" / "forms"


def test_an_incomplete_installation_is_said(tmp_path):
    package = tmp_path / "observe_app"
    package.mkdir()
    shutil.copy(ROOT / "observe_app" / "paths.py", package)
    (package / "__init__.py").touch()

    done = python("from observe_app import paths; paths.resources_dir()", PYTHONPATH=str(tmp_path))

    assert done.returncode == 1
    assert "FileNotFoundError" in done.stderr


# --- run.py ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ([], None),
        (["--data", "visit"], None),
        (["--data=x"], None),
        (["--quit-after-paint"], None),
        (["--data", "x", "visit", "list"], "visit"),
        (["demo", "--headless"], "demo"),
        (["--version"], "--version"),
    ],
)
def test_the_window_is_told_from_the_command_line(arguments, word):
    assert run.first_word(arguments) == word


@pytest.mark.skipif(not run.LINUX, reason="only Linux leaves these libraries to the system")
@pytest.mark.parametrize(
    ("env", "has", "lacks"),
    [
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, "libGL.so.1", "libxcb-cursor.so.0"),
        ({"DISPLAY": ":0"}, "libxcb-cursor.so.0", "libwayland-client.so.0"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "libwayland-client.so.0", "libxcb-cursor.so.0"),
    ],
)
def test_only_the_libraries_of_the_platform_in_use_are_needed(env, has, lacks):
    needed = run.libraries_for(env)

    assert has in needed
    assert lacks not in needed


@pytest.mark.skipif(not run.LINUX, reason="other systems always have a screen")
def test_a_display_that_does_not_answer_is_no_screen():
    assert not run.screen_answers({"DISPLAY": ":54321"}) or run.is_missing("libX11.so.6")
    assert not run.screen_answers({})
    assert run.screen_answers({"QT_QPA_PLATFORM": "offscreen"})


def test_a_missing_library_is_found_missing():
    assert run.is_missing("libobserve-does-not-exist.so.9")


@pytest.fixture
def checkout(tmp_path):
    """Return a small checkout, in a folder with a space in its name, whose program repeats what it is given."""
    root = tmp_path / "a b" / "observe"
    (root / "requirements").mkdir(parents=True)
    (root / "requirements" / "app.txt").write_text("# nothing\n", encoding="utf-8")
    shutil.copy(ROOT / "run.py", root)
    (root / "observe_app").mkdir()
    (root / "observe_app" / "__init__.py").touch()
    program = "import os, sys\nprint(sys.argv[1:], os.getcwd(), flush=True)\nsys.exit(7)\n"
    (root / "observe_app" / "__main__.py").write_text(program, encoding="utf-8")
    return root


def start(root: Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "run.py"), "visit", "show", "ü 1"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_set_up_passes_arguments_folder_and_status_and_survives_moves_and_interruptions(checkout, tmp_path):
    """One test, because making a virtual environment takes seconds."""
    answer = f"{['visit', 'show', 'ü 1']} {tmp_path}"

    first = start(checkout, tmp_path)
    second = start(checkout, tmp_path)

    assert (first.returncode, first.stdout.strip()) == (7, answer), first.stderr
    assert (second.returncode, second.stdout.strip(), second.stderr) == (7, answer, "")

    moved = tmp_path / "moved"
    checkout.rename(moved)
    after_move = start(moved, tmp_path)

    assert (after_move.returncode, after_move.stdout.strip(), after_move.stderr) == (7, answer, "")

    half_installed = moved / ".venv" / "half"
    half_installed.touch()
    (moved / ".venv" / ".busy").touch()
    after_interruption = start(moved, tmp_path)

    assert (after_interruption.returncode, after_interruption.stdout.strip()) == (7, answer)
    assert not half_installed.exists()


def test_a_library_that_cannot_be_had_is_said_in_words(checkout, tmp_path):
    requirement = "observe-app-no-such-library==1 --hash=sha256:" + "0" * 64
    (checkout / "requirements" / "app.txt").write_text(requirement + "\n", encoding="utf-8")
    nowhere = {**os.environ, "PIP_NO_INDEX": "1"}

    done = subprocess.run(
        [sys.executable, str(checkout / "run.py"), "check"],
        env=nowhere, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert "Traceback" not in done.stderr


# --- the real window -------------------------------------------------------------------------------------------------


@pytest.mark.xcb
def test_the_window_paints_on_a_real_screen_and_closes(tmp_path):
    command = [sys.executable, "-m", "observe_app", "--data", str(tmp_path / "data"), "--quit-after-paint"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
