"""The data folder of one command."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from observe_app.services.core import Core


def data_of(arguments: Namespace) -> Path | None:
    """Return the data folder that `--data` names, None without it."""
    return Path(arguments.data).expanduser() if arguments.data else None


@contextlib.contextmanager
def opened(arguments: Namespace) -> Iterator[Core]:
    """Open the data folder for one command."""
    from observe_app.app import wire_core  # noqa: PLC0415  (help and usage need no store)
    from observe_app.services.core import close  # noqa: PLC0415

    core = wire_core(data_of(arguments))
    try:
        yield core
    finally:
        close(core)
