"""Rounds between laptops of one person and of several, through a real folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.services.sync.engine_hands import Laptop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from observe_app.domain.clock import FakeClock


@pytest.fixture
def laptop(tmp_path: Path, clock: FakeClock) -> Iterator[Callable[..., Laptop]]:
    made: list[Laptop] = []

    def make(name: str, person: str = "Anna", **more) -> Laptop:
        made.append(Laptop(tmp_path / name, tmp_path / "shared", clock, person, **more))
        return made[-1]

    yield make
    for one in made:
        one.close()


def test_what_one_laptop_wrote_is_on_the_other_one(laptop):
    first, second = laptop("first"), laptop("second")
    first.visit("T waits #wait", "S3 asks why")

    sent, received = first.round(), second.round()

    assert sent.problem == received.problem == ""
    assert (sent.sent, sent.waiting) == (1, 0)
    assert received.received == 1
    assert second.texts() == first.texts() == ["asks why", "waits"]
    assert second.journal() == first.journal()
