"""Taking in while somebody writes: long transactions where nobody waits, short ones where somebody does."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from observe_app.services.core import subscribe
from observe_app.services.sync.taking import CHUNK, PART
from tests.services.sync.engine_hands import Laptop, let_all_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.changes import Changes

ONE_RECORD = 20
NOTES = 3 * CHUNK // 5


def brought(here: Laptop) -> list[int]:
    """Do a round; return how many changes each of its transactions brought."""
    found: list[Changes] = []
    end = subscribe(here.core, found.append)
    here.round()
    end()
    return [one.count for one in found if one.count]


def pair(engine_laptop: Callable[..., Laptop]) -> tuple[Laptop, Laptop]:
    here, there = engine_laptop("here"), engine_laptop("there")
    there.visit(*(f"T waits {number}" for number in range(NOTES)))
    there.round(2)
    return here, there


def test_a_letter_comes_in_few_transactions_while_nobody_waits(engine_laptop: Callable[..., Laptop]) -> None:
    here, _there = pair(engine_laptop)
    counts = brought(here)
    assert sum(counts) > 2 * CHUNK
    assert PART < max(counts) <= CHUNK + PART + ONE_RECORD
    assert len(counts) < sum(counts) / PART / 2


def test_a_transaction_ends_with_its_part_once_somebody_waits_to_write(engine_laptop: Callable[..., Laptop]) -> None:
    here, there = pair(engine_laptop)
    writers, served = here.core.store.writers, list[bool]()

    def wait_for_a_turn() -> None:
        served.append(writers.take(30))
        writers.leave()

    def judge(sql):
        threading.Thread(target=wait_for_a_turn, daemon=True).start()
        while not writers.wanted:
            pass
        return let_all_in(sql)

    here.judge = judge
    here.restart()
    counts = brought(here)
    assert sum(counts) > 2 * CHUNK
    assert max(counts) <= PART + ONE_RECORD
    assert served
    assert all(served)
    assert here.texts() == there.texts()
