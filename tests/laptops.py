"""Laptops of tests: each a data folder and a keyring of its own, worked on by real processes of the command line."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tests import file_keyring

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from observe_app.services.core import Core

T = TypeVar("T")
ROOT = Path(__file__).resolve().parent.parent
PATIENCE_S = 120


class Laptop:
    """One person's computer."""

    def __init__(self, base: Path, name: str, me: str = "") -> None:
        """Give it a place under `base`; nothing is made there before the first command."""
        self.name, self.me = name, me or name
        self.home = base / name
        self.home.mkdir(parents=True, exist_ok=True)
        self.data = self.home / "data"
        self.environment = {
            "PYTHON_KEYRING_BACKEND": "tests.file_keyring.FileKeyring",
            file_keyring.ENVIRONMENT: str(self.home / "keyring.json"),
        }

    def start(self, *words: str, **more: Any) -> subprocess.Popen[str]:
        """Start a command and return its process."""
        environment = {key: value for key, value in os.environ.items() if not key.startswith("OBSERVE_")}
        environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | self.environment
        return subprocess.Popen(
            [sys.executable, "-m", "observe_app", *words, "--data", str(self.data)],
            cwd=self.home, env=environment, text=True, encoding="utf-8",
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more,
        )  # fmt: skip

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        """Run a command; return its status and what it said on both streams."""
        process = self.start(*words)
        out, err = process.communicate(typed, timeout=PATIENCE_S)
        return process.returncode, out, err

    def __call__(self, *words: str, status: int = 0, typed: str = "") -> str:
        """Run a command and return what it said: both streams where it was to fail, else stdout alone."""
        found, out, err = self.run(*words, typed=typed)
        assert found == status, f"{self.name}: {' '.join(words)}\n{out}{err}"
        assert "Traceback" not in err, err
        if status == 0:
            assert err == "", err
            return out
        assert len(err.splitlines()) == 1, err
        return out + err

    def json(self, *words: str, status: int = 0) -> Any:
        """Run a command and return its answer; `status` as above."""
        found, out, err = self.run(*words, "--json")
        assert found == status, f"{self.name}: {' '.join(words)}\n{out}{err}"
        assert "Traceback" not in err, err
        return json.loads(out)

    def sync(self) -> dict[str, Any]:
        """Run one round that must go well and return its answer."""
        told: dict[str, Any] = self.json("sync")
        assert told["problems"] == [], told
        return told

    @contextmanager
    def core(self) -> Iterator[Core]:
        """Open the data folder in this process, for what has no command."""
        from observe_app.app import wire_core
        from observe_app.services.core import close

        with self.here():
            core = wire_core(self.data)
            try:
                yield core
            finally:
                close(core)

    @contextmanager
    def here(self) -> Iterator[None]:
        """Let this process stand before the laptop: its keyring, its settings of the environment."""
        import keyring

        kept = {key: os.environ.get(key) for key in self.environment}
        before = keyring.get_keyring()
        os.environ.update(self.environment)
        wanted = self.environment["PYTHON_KEYRING_BACKEND"]
        keyring.set_keyring(file_keyring.FileKeyring() if "tests" in wanted else keyring.backends.fail.Keyring())
        try:
            yield
        finally:
            keyring.set_keyring(before)
            for key, value in kept.items():
                os.environ.pop(key, None)
                if value is not None:
                    os.environ[key] = value


class NearLaptop(Laptop):
    """A laptop whose commands run in the process of the test: the same words and answers, a second sooner."""

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        """Run a command; return its status and what it said on both streams."""
        from observe_app.cli import main

        out, err = io.StringIO(), io.StringIO()
        before = sys.stdin
        with self.here(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            sys.stdin = io.StringIO(typed)
            try:
                status = main([*words, "--data", str(self.data)])
            finally:
                sys.stdin = before
        return status, out.getvalue(), err.getvalue()


class Prepared(Generic[T]):
    """What takes long to make in a folder, made once and put back as it was for each test that works on it.

    It always lies in the same folder, whose path it may have stored; so only one test at a time can have it.
    """

    def __init__(self, place: Path, make: Callable[[Path], T]) -> None:
        """Make it in this empty folder; what `make` returns must hold nothing open."""
        self._place, self._kept = place / "place", place / "kept"
        self._place.mkdir()
        self._made = make(self._place)
        shutil.copytree(self._place, self._kept, symlinks=True)

    def again(self) -> T:
        """Return it as it was made."""
        shutil.rmtree(self._place)
        shutil.copytree(self._kept, self._place, symlinks=True)
        return copy.deepcopy(self._made)


def settle(*laptops: Laptop, most: int = 12) -> int:
    """Run rounds on all until none sends or receives anything more; return how many that took.

    Raises:
        AssertionError: they do not come to rest.
    """
    for count in range(1, most + 1):
        told = [one.sync() for one in laptops]
        if not any(one["sent"] or one["received"] or one["waiting"] for one in told):
            return count
    raise AssertionError(told)
