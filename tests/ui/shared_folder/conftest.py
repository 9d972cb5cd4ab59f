"""A window whose keyring is in memory, a folder on the disk, and colleagues with computers of their own."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.domain.ids import Ids
from observe_app.services import people
from observe_app.services.core import close
from observe_app.services.sync import rounds, setup
from tests.keyrings import memory_keyring
from tests.ui.window import at_today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from observe_app.domain.clock import FakeClock
    from observe_app.services.core import Core
    from tests.keyrings import MemoryKeyring
    from tests.ui.window import Program


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def team(tmp_path: Path) -> Path:
    folder = tmp_path / "Maths department"
    folder.mkdir()
    return folder


@pytest.fixture
def colleague(tmp_path: Path, clock: FakeClock, _blank_database: Path, team: Path) -> Iterator[Callable[[str], Core]]:
    """Return a function that lets somebody share through the folder."""
    opened: list[Core] = []

    def make(name: str) -> Core:
        folder = tmp_path / f"of {len(opened)}"
        folder.mkdir()
        shutil.copy(_blank_database, folder / "observe.sqlite")
        core = wire_core(folder, clock=clock, ids=Ids(clock))
        opened.append(core)
        people.introduce(core, name=name)
        setup.make_identity(core)
        (setup.join if opened[1:] else setup.create)(core, team)
        rounds.run_round(core)
        return core

    yield make
    for core in opened:
        close(core)


@pytest.fixture
def program(qtbot: QtBot, qapp: QApplication, data_folder: Path, clock: FakeClock) -> Iterator[Program]:
    with at_today(qtbot, qapp, data_folder, clock) as made:
        yield made
