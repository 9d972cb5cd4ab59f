"""The keyring of a real desktop: kept there, found again by the next start, locked, and absent."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

DAEMON, SESSION = shutil.which("gnome-keyring-daemon"), shutil.which("dbus-run-session")

pytestmark = pytest.mark.skipif(not DAEMON or not SESSION, reason="no keyring of a desktop on this system")

WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow"

KEEP = """
import sys
from pathlib import Path
from observe_app.store.vault import Vault
vault = Vault(Path(sys.argv[1]))
vault.create(sys.argv[2])
vault.make_database_key(lambda count: bytes(count))
print(vault.state().value, vault.place(), vault.keys().fingerprint)
"""

FIND = """
import sys
from pathlib import Path
from observe_app.store.vault import Vault
vault = Vault(Path(sys.argv[1]))
print(vault.state().value, vault.place(), vault.keys().fingerprint)
print(vault.words() == sys.argv[2], vault.database_key() == bytes(32))
"""

USABLE = """
import sys
from pathlib import Path
from observe_app.store.vault import Vault
print(Vault(Path(sys.argv[1]), patience=2).keyring_usable())
"""


def desktop(tmp_path: Path, *scripts: str, opened: bool = True) -> list[str]:
    """Run each script as a program of its own in one session with a keyring; return the lines they print."""
    home, data = tmp_path / "home", tmp_path / "data"
    for folder in (home, data, tmp_path / "run"):
        folder.mkdir(mode=0o700, exist_ok=True)
    files = []
    for number, script in enumerate(scripts):
        files.append(tmp_path / f"script{number}.py")
        files[-1].write_text(script, encoding="utf-8")
    unlock = f"printf pass | {DAEMON} --unlock --components=secrets >/dev/null 2>&1; " if opened else ""
    run = "; ".join(f"{sys.executable} {file} {data} '{WORDS}'" for file in files)
    env = {key: value for key, value in os.environ.items() if not key.startswith(("DBUS", "PYTHON_KEYRING"))}
    env |= {
        "HOME": str(home), "XDG_RUNTIME_DIR": str(tmp_path / "run"), "XDG_DATA_HOME": str(home / "share"),
        "PYTHONPATH": str(Path(__file__).parent.parent), "DISPLAY": "",
    }  # fmt: skip
    done = subprocess.run(
        [str(SESSION), "--", "sh", "-c", unlock + run], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_what_the_keyring_keeps_is_there_at_the_next_start(tmp_path: Path) -> None:
    kept, found, same = desktop(tmp_path, KEEP, FIND)

    assert kept == found
    assert kept.split()[:2] == ["open", "keyring"]
    assert same == "True True"
    assert not (tmp_path / "data" / "identity.age").exists()
    for file in (tmp_path / "data").iterdir():
        assert b"sausage" not in file.read_bytes()


def test_a_keyring_that_is_locked_is_no_place_and_nobody_waits_for_it(tmp_path: Path) -> None:
    """Asked for, the desktop's keyring starts by itself, and would wait for its password without end."""
    assert desktop(tmp_path, USABLE) == ["True"]
    (tmp_path / "other").mkdir()

    began = time.monotonic()

    assert desktop(tmp_path / "other", USABLE, opened=False) == ["False"]
    assert time.monotonic() - began < 20
