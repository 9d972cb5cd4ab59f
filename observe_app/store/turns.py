"""Whose turn it is with something that one thread at a time may use; who works in the background lets others go first.

SQLite lets a writer that has to wait look again every now and then, after up to a tenth of a second. A thread that
writes again and again, as a round with the shared folder does, has the lock again each time, and a window that wants
to keep three words stands still for seconds. Here everybody queues and is woken at once.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Turns:
    """One turn at a time among the threads of this program."""

    def __init__(self) -> None:
        """Begin with nobody's turn."""
        self._changed = threading.Condition(threading.Lock())
        self._owner: int | None = None
        self._hurried = 0
        self._waiting = 0

    @property
    def wanted(self) -> bool:
        """Somebody who does not work in the background waits."""
        return self._hurried > 0

    def take(self, seconds: float | None = None, *, patient: bool = False) -> bool:
        """Wait for a turn.

        Args:
            seconds: how long at most; None for as long as it takes.
            patient: let all who are not go first.

        Returns:
            Whether it is this thread's turn now, to be ended with `leave`; False after that time, and where the thread
            has the turn already.
        """
        me = threading.get_ident()
        with self._changed:
            if self._owner == me:
                return False
            free = self._all_quiet if patient else self._free
            got = free() or self._wait(free, seconds, patient=patient)
            if got:
                self._owner = me
            return got

    def _wait(self, free: Callable[[], bool], seconds: float | None, *, patient: bool) -> bool:
        self._waiting += 1
        self._hurried += not patient
        try:
            return self._changed.wait_for(free, seconds)
        finally:
            self._waiting -= 1
            self._hurried -= not patient
            if not patient and not self._hurried:
                self._changed.notify_all()

    def leave(self) -> None:
        """End this thread's turn."""
        with self._changed:
            self._owner = None
            if self._waiting:
                self._changed.notify_all()

    @contextmanager
    def turn(self, *, patient: bool = False) -> Iterator[None]:
        """Have a turn as long as this lasts; nothing more where the thread has it already."""
        got = self.take(patient=patient)
        try:
            yield
        finally:
            if got:
                self.leave()

    def _free(self) -> bool:
        return self._owner is None

    def _all_quiet(self) -> bool:
        return self._owner is None and not self._hurried
