"""Laptops for tests of rounds."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from observe_app.app import wire_core
from observe_app.services.core import close
from tests.services.sync.engine_hands import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def engine_laptop(tmp_path: Path, clock: FakeClock) -> Iterator[Callable[..., Laptop]]:
    """Return a function that makes a laptop of somebody in one shared folder, that of the test unless named."""
    made: list[Laptop] = []
    blank = tmp_path / "blank"
    close(wire_core(blank, clock=clock))

    def make(name: str, person: str = "Anna", shared: Path = tmp_path / "shared", **more) -> Laptop:
        shutil.copytree(blank, tmp_path / name)
        made.append(Laptop(tmp_path / name, shared, clock, person, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()
