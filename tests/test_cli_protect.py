"""`protect` and `recovery show` as an administrator or a script uses them."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.services import recovery
from observe_app.services.core import close
from tests.laptops import Laptop, NearLaptop

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CANARY = "Canarybird"
_PHRASE = "four words put together"

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("OBSERVE_TEST_SEALED")), reason="decides by itself what is protected"
)


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a command on a data folder beside a keyring of its own; `apart` in a process of its own."""

    def command(
        *words: str, keyring: bool = True, apart: bool = False, **more: str
    ) -> subprocess.CompletedProcess[str]:
        laptop = (Laptop if apart else NearLaptop)(tmp_path.parent, tmp_path.name)
        if not keyring:
            laptop.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        laptop.environment |= more
        return subprocess.CompletedProcess(words, *laptop.run(*words))

    return command


def holding(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if path.is_file() and CANARY.encode() in path.read_bytes()]


def test_protected_by_the_keyring_every_command_goes_on_working(run, tmp_path: Path) -> None:
    visit = run("visit", "new", "--teacher", CANARY).stdout.strip()
    run("backup")
    core = wire_core(tmp_path / "data")
    recovery.keep_copy(core, f"T {CANARY} set aside")
    close(core)
    assert json.loads(run("protect", "status", "--json").stdout)["protected"] is False

    done = json.loads(run("protect", "on", "--json").stdout)

    assert done["converted"] == 2
    assert done["left"] == []
    assert holding(tmp_path / "data") == []
    told = json.loads(run("protect", "status", "--json").stdout)
    assert (told["protected"], told["opens_with"], told["twelve_words"]) == (True, "keyring", False)
    assert told["backups"] == {"protected": 2, "plain": 0}
    assert CANARY in run("visit", "list", apart=True).stdout
    assert run("note", "add", visit, f"T {CANARY} says").returncode == 0
    assert json.loads(run("check", "--json").stdout) == {"ok": True, "problems": []}
    assert json.loads(run("recovery", "show", "--json").stdout) == {"lines": [f"T {CANARY} set aside"], "closed": 0}
    assert run("recovery", "show").stdout == f"T {CANARY} set aside\n"
    made = run("backup").stdout.strip()
    assert run("restore", made).returncode == 0
    assert holding(tmp_path / "data") == []
    assert run("protect", "off").returncode == 0
    assert CANARY in run("visit", "list").stdout
    assert holding(tmp_path / "data") != []
    assert json.loads((tmp_path / "keyring.json").read_text(encoding="utf-8")) == {}


def test_without_the_keyring_each_command_says_what_to_do(run, tmp_path: Path) -> None:
    run("visit", "new", "--teacher", CANARY)
    run("protect", "on")
    (tmp_path / "keyring.json").unlink()
    for words in (("visit", "list"), ("check",), ("backup",), ("recovery", "show")):
        done = run(*words)
        assert done.returncode == 1
        assert "twelve words" in done.stderr
        assert "damaged" not in done.stderr
        assert len(done.stderr.splitlines()) == 1
        assert done.stdout == ""


def test_a_passphrase_comes_by_the_environment_or_a_file_and_never_as_an_argument(run, tmp_path: Path) -> None:
    run("visit", "new", "--teacher", CANARY, keyring=False)
    refused = run("protect", "on", keyring=False)
    assert refused.returncode == 1
    assert "passphrase" in refused.stderr
    secret = tmp_path / "secret.txt"
    secret.write_text(_PHRASE + "\n", encoding="utf-8")

    assert run("protect", "on", "--passphrase-file", str(secret), keyring=False).returncode == 0

    assert "OBSERVE_PASSPHRASE" in run("visit", "list", keyring=False).stderr
    assert CANARY in run("visit", "list", keyring=False, apart=True, OBSERVE_PASSPHRASE=_PHRASE).stdout
    wrong = run("visit", "list", keyring=False, OBSERVE_PASSPHRASE=_PHRASE[1:])
    assert wrong.returncode == 1
    assert "does not open" in wrong.stderr
    assert _PHRASE[1:] not in wrong.stderr
    missing = run("visit", "list", "--passphrase-file", str(tmp_path / "none"), keyring=False)
    assert "does not exist" in missing.stderr
    assert holding(tmp_path / "data") == []


def test_a_window_on_the_folder_stands_in_the_way(run, tmp_path: Path) -> None:
    from observe_app.store.folder import DataFolder, WindowLock

    run("visit", "new", "--teacher", CANARY)
    lock = WindowLock(DataFolder(tmp_path / "data").window_lock)
    lock.acquire()
    done = run("protect", "on", apart=True)
    lock.release()
    assert done.returncode == 1
    assert "Go on there" in done.stderr
    assert json.loads(run("protect", "status", "--json").stdout)["protected"] is False
