"""What long work sees of the person who is waiting for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Cancelled(Exception):
    """Raised by `Progress.step` once the person asked to stop."""


def _say_nothing(_done: int, _total: int, _text: str) -> None:
    pass


class Progress:
    """Reports steps and carries the wish to stop; safe to cancel from another thread."""

    def __init__(self, report: Callable[[int, int, str], None] = _say_nothing) -> None:
        """Report each step as (done, total, text)."""
        self._report = report
        self._stop = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether the person asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def step(self, done: int, total: int, text: str = "") -> None:
        """Say how far the work is.

        Args:
            done: units finished.
            total: units in all; 0 when it is not known.
            text: what is being done, shown as it is.

        Raises:
            Cancelled: the person asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        self._report(done, total, text)
