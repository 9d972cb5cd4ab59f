"""What a connection tells the triggers while a unit of work is open: action, op ids, stamps, what was on screen."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from observe_app.domain.clock import Clock
    from observe_app.domain.ids import Ids


class HybridClock:
    """Stamps that never go back on this computer: "milliseconds-counter-writer", sortable as text.

    Source: Kulkarni and others, Logical Physical Clocks, 2014. Causality (`over`) decides before a stamp does.
    """

    def __init__(self, clock: Clock) -> None:
        """Start from this clock."""
        self._clock = clock
        self._ms = 0
        self._count = 0

    def witness(self, stamp: str) -> None:
        """Never issue a stamp at or before this one."""
        ms, count = int(stamp[:13], 16), int(stamp[14:20], 16)
        self._ms, self._count = max((self._ms, self._count), (ms, count))

    def tick(self, writer: str) -> str:
        """Return the next stamp."""
        wall = int(self._clock.now().timestamp() * 1000)
        if wall > self._ms:
            self._ms, self._count = wall, 0
        else:
            self._count += 1
        return f"{self._ms:013x}-{self._count:06x}-{writer}"

    def same(self, writer: str) -> str:
        """Return the next stamp of a moment asked for already: what is written at once needs the clock once."""
        self._count += 1
        return f"{self._ms:013x}-{self._count:06x}-{writer}"


class Capture:
    """The state of one connection; the triggers read it through SQL functions."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        """Make op ids and stamps from these."""
        self._ids = ids
        self.hybrid = HybridClock(clock)
        self.writer = ""
        self._action: str | None = None
        self._seen: frozenset[str] = frozenset()
        self._resting = False
        self.touched: set[tuple[str, str]] = set()

    def open(self, action: str, writer: str, seen: frozenset[str], last_stamp: str | None) -> None:
        """Begin to capture under this action."""
        self._action, self.writer, self._seen = action, writer, seen
        self.touched = set()
        if last_stamp:
            self.hybrid.witness(last_stamp)

    def see(self, ops: frozenset[str]) -> None:
        """Count these ops as displayed too, from here on."""
        self._seen |= ops

    @contextmanager
    def resting(self) -> Iterator[None]:
        """Let triggers of single rows write nothing meanwhile: the changes of all of them are written at once."""
        self._current_action()
        self.hybrid.tick(self.writer)
        self._resting = True
        try:
            yield
        finally:
            self._resting = False

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Capture nothing meanwhile: what is written comes out of the journal already."""
        before, self._resting = self._resting, True
        try:
            yield
        finally:
            self._resting = before

    def close(self) -> None:
        """Stop capturing; a write after this fails."""
        self._action, self._seen = None, frozenset()

    def register(self, connection: sqlite3.Connection) -> None:
        """Give the connection the functions that the triggers call."""
        connection.create_function("observe_capturing", 0, self._capturing)
        connection.create_function("observe_action", 0, self._current_action)
        connection.create_function("observe_op", 2, self._op)
        connection.create_function("observe_stamp", 0, self._stamp)
        connection.create_function("observe_seen", 1, self._has_seen)

    def _capturing(self) -> int:
        return int(not self._resting)

    def _current_action(self) -> str:
        if self._action is None:
            message = "a write outside a unit of work"
            raise RuntimeError(message)
        return self._action

    def _op(self, table: str, row: str) -> str:
        self.touched.add((table, row))
        return self._ids.op()

    def _stamp(self) -> str:
        return self.hybrid.same(self.writer) if self._resting else self.hybrid.tick(self.writer)

    def _has_seen(self, op: str) -> int:
        return int(op in self._seen)


def over_list(text: str) -> tuple[str, ...]:
    """Read an `over` column."""
    if text == "[]":  # most of all are
        return ()
    return tuple(str(op) for op in json.loads(text))
