"""Many small letters become one, and the small ones go once everybody has that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from observe_app.domain.sync.segment import parse

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.services.sync.engine_hands import Laptop

DAY = 24 * 3600


@pytest.fixture
def laptop(engine_laptop: Callable[..., Laptop]) -> Callable[..., Laptop]:
    return engine_laptop


def files(shared: Path) -> list[Path]:
    return sorted((shared / "observe" / "d").rglob("*.seg"))


def joined(shared: Path) -> list[Path]:
    return [file for file in files(shared) if parse(file.read_bytes())[0].covers]


def many(one: Laptop, count: int) -> str:
    visit = one.visit()
    for number in range(count):
        one.note(visit, f"T number {number}")
        one.round()
    return visit


def test_old_letters_are_joined_and_kept_for_a_month(laptop, tmp_path, clock):
    first, second = laptop("first"), laptop("second")
    many(first, 70)
    second.round(2)
    clock.advance(seconds=8 * DAY)

    first.round(3)
    second.round(2)

    (one,) = joined(tmp_path / "shared")
    assert len(parse(one.read_bytes())[0].covers) == 70
    assert len(files(tmp_path / "shared")) == 71
    assert second.journal() == first.journal()


def test_what_was_joined_goes_when_everybody_alive_has_the_joined_one(laptop, tmp_path, clock):
    first, second = laptop("first"), laptop("second")
    many(first, 70)
    second.round(2)
    clock.advance(seconds=8 * DAY)
    first.round(3)
    clock.advance(seconds=31 * DAY)

    first.round(3)
    before = len(files(tmp_path / "shared"))
    second.round(2)
    first.round(3)
    third = laptop("third")
    third.round()

    assert before == 71
    assert files(tmp_path / "shared") == joined(tmp_path / "shared")
    assert third.texts() == second.texts() == first.texts()
    assert third.journal() == first.journal()


def test_few_or_young_letters_stay_as_they_are(laptop, tmp_path, clock):
    first = laptop("first")
    many(first, 70)
    first.round(3)
    young = joined(tmp_path / "shared")
    clock.advance(seconds=8 * DAY)
    second = laptop("second")
    many(second, 10)
    clock.advance(seconds=8 * DAY)
    second.round(3)

    assert young == joined(tmp_path / "shared") == []


def test_nobody_hands_over_what_a_joined_letter_holds(laptop, tmp_path, clock):
    first, second = laptop("first"), laptop("second")
    many(first, 70)
    second.round(2)
    clock.advance(seconds=8 * DAY)
    first.round(3)
    clock.advance(seconds=31 * DAY)
    second.round(2)
    first.round(3)
    third = laptop("third")

    for _ in range(30):
        third.round()
        second.round()
        first.round()

    assert files(tmp_path / "shared") == joined(tmp_path / "shared")
