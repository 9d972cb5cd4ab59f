"""A simulated run takes time and chance from its seed alone; whatever else it asks for fails it."""

from __future__ import annotations

import os
import random
import secrets
import time
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from observe_app.domain.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator


class Outside(AssertionError):
    """The code under test asked for the real time, or for real chance."""


_NAMES: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (time, ("time", "time_ns", "monotonic", "monotonic_ns", "sleep", "perf_counter")),
    (os, ("urandom",)),
    (uuid, ("uuid1", "uuid4")),
    (random, ("random", "randint", "randrange", "choice", "shuffle", "sample", "getrandbits", "randbytes", "uniform")),
    (secrets, ("token_bytes", "token_hex", "randbelow")),
    (SystemClock, ("now", "monotonic_ms")),
)


@contextmanager
def sealed_off() -> Iterator[None]:
    """Let nothing inside the block touch wall clock, chance or fresh ids."""
    real = {(where, name): getattr(where, name) for where, names in _NAMES for name in names}

    def refuse(name: str) -> Any:
        def call(*_given: object, **_named: object) -> None:
            message = f"a simulated run called {name}"
            raise Outside(message)

        return call

    try:
        for where, name in real:
            setattr(where, name, refuse(f"{getattr(where, '__name__', where)}.{name}"))
        yield
    finally:
        for (where, name), value in real.items():
            setattr(where, name, value)


__all__ = ["Outside", "sealed_off"]
