"""Garbage goes in the window's thread, whoever made it."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from observe_app.ui.collecting import Collector

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


class Ring:
    """Something that only the collector takes away; it notes in which thread."""

    def __init__(self, gone: list[int]) -> None:
        self.me = self
        weakref.finalize(self, lambda: gone.append(threading.get_ident()))


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.end()


def test_what_a_worker_leaves_is_collected_by_the_window(qtbot: QtBot, collector: Collector) -> None:
    gone: list[int] = []

    def work() -> None:
        for _ in range(5_000):
            Ring(gone)

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert gone == []

    qtbot.waitUntil(lambda: len(gone) == 5_000)
    assert set(gone) == {threading.get_ident()}


def test_at_the_end_python_collects_by_itself_again(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
