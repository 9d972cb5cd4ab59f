"""Identities: UUIDv7 for what is new, UUIDv5 for what two computers must name alike."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

if TYPE_CHECKING:
    from collections.abc import Callable

    from observe_app.domain.clock import Clock

_NAMESPACE = UUID("6f627365-7276-4e65-8a70-706f62737631")


def natural_id(*parts: str) -> str:
    """Return the same id for the same natural key everywhere, e.g. (visit id, item id) for an answer."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


class Ids:
    """Makes ids. Time-ordered (RFC 9562, section 5.7), strictly increasing within one process.

    Random bytes are injected so that simulations repeat.
    """

    def __init__(self, clock: Clock, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        """Make ids by this clock and source of random bytes."""
        self._clock = clock
        self._random = random_bytes
        self._lock = threading.Lock()
        self._last_ms = -1
        self._counter = 0

    def new(self) -> str:
        """Return a new UUIDv7; later calls sort after earlier ones even within a millisecond."""
        with self._lock:
            ms = int(self._clock.now().timestamp() * 1000)
            if ms > self._last_ms:
                self._last_ms, self._counter = ms, 0
            else:
                self._counter += 1
                if self._counter >= 1 << 12:
                    self._last_ms, self._counter = self._last_ms + 1, 0
            ms, counter = self._last_ms, self._counter
        tail = int.from_bytes(self._random(8), "big") & ((1 << 62) - 1)
        value = (ms & ((1 << 48) - 1)) << 80 | 7 << 76 | counter << 64 | 0b10 << 62 | tail
        return str(UUID(int=value))

    def stand_after(self, known: str) -> None:
        """Make later ids sort after this one too, whatever the wall clock says; no id of ours changes nothing.

        A program that starts on a computer whose clock was set back would else call its newest note an old one.
        """
        try:
            found = UUID(known)
        except ValueError:
            return
        if found.version == 7:
            with self._lock:
                self._last_ms = max(self._last_ms, (found.int >> 80) + 1)

    def op(self) -> str:
        """Return a new 16-digit id of one change."""
        return self._random(8).hex()

    def writer(self) -> str:
        """Return a new 8-digit id of one installation."""
        return self._random(4).hex()
