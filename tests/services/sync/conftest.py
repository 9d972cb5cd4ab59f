"""Laptops for tests of rounds."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.services.sync.engine_hands import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def engine_laptop(tmp_path: Path, clock: FakeClock, data_folder: Path) -> Iterator[Callable[..., Laptop]]:
    """Return a function that makes a laptop of somebody in one shared folder, that of the test unless named."""
    made: list[Laptop] = []

    def make(name: str, person: str = "Anna", shared: Path = tmp_path / "shared", **more) -> Laptop:
        shutil.copytree(data_folder, tmp_path / name)
        made.append(Laptop(tmp_path / name, shared, clock, person, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()
