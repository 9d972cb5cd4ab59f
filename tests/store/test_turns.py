"""Turns of threads: one at a time, and who works in the background lets everybody else go first."""

from __future__ import annotations

import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING

from observe_app.store.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 30.0


def started(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_waiting_writer_is_served_before_a_patient_one_that_asks_again() -> None:
    turns, order = Turns(), SimpleQueue[str]()
    assert turns.take(patient=True)

    def window() -> None:
        assert turns.take(LONG)
        order.put("window")
        turns.leave()

    waiting = started(window)
    while not turns.wanted:
        pass
    turns.leave()
    assert turns.take(LONG, patient=True)
    order.put("round")
    turns.leave()
    waiting.join(LONG)
    assert [order.get(timeout=LONG), order.get(timeout=LONG)] == ["window", "round"]
    assert not turns.wanted


def test_who_waited_too_long_goes_on_without_a_turn_and_holds_nobody_up() -> None:
    turns, found = Turns(), SimpleQueue[bool]()
    assert turns.take()
    started(lambda: found.put(turns.take(0.001))).join(LONG)
    assert found.get(timeout=LONG) is False
    assert not turns.wanted
    turns.leave()
    started(lambda: found.put(turns.take(LONG, patient=True))).join(LONG)
    assert found.get(timeout=LONG) is True


def test_a_turn_inside_ones_own_turn_neither_waits_nor_ends_it() -> None:
    turns, found = Turns(), SimpleQueue[bool]()
    with turns.turn():
        with turns.turn():
            assert turns.take() is False
        started(lambda: found.put(turns.take(0.001))).join(LONG)
        assert found.get(timeout=LONG) is False
    started(lambda: found.put(turns.take(LONG))).join(LONG)
    assert found.get(timeout=LONG) is True
