"""The data folder of one command."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.domain.errors import FileUnreadable

_MOST = 1024

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from observe_app.services.core import Core


def data_of(arguments: Namespace) -> Path | None:
    """Return the data folder that `--data` names, None without it."""
    return Path(arguments.data).expanduser() if arguments.data else None


def passphrase_of(arguments: Namespace) -> str | None:
    """Return the passphrase that `--passphrase-file` or OBSERVE_PASSPHRASE gives, None without either.

    Raises:
        FileUnreadable: there is no such file, or nothing in it.
    """
    given = getattr(arguments, "passphrase_file", None)
    return first_line(given) if given else os.environ.get("OBSERVE_PASSPHRASE") or None


def first_line(given: str) -> str:
    """Return the first line of a file with a secret in it; "-" is the input.

    Raises:
        FileUnreadable: there is no such file, or nothing in it.
    """
    path = Path(given).expanduser()
    try:
        if given == "-":
            line = sys.stdin.readline(_MOST)
        else:
            with path.open(encoding="utf-8-sig") as file:
                line = file.readline(_MOST)
    except (OSError, ValueError) as error:
        raise FileUnreadable(path, "missing" if isinstance(error, FileNotFoundError) else "denied") from error
    passphrase = line.rstrip("\r\n")
    if not passphrase:
        raise FileUnreadable(path, "empty")
    return passphrase


@contextlib.contextmanager
def opened(arguments: Namespace) -> Iterator[Core]:
    """Open the data folder for one command."""
    from observe_app.app import wire_core  # noqa: PLC0415  (help and usage need no store)
    from observe_app.services.core import close  # noqa: PLC0415

    core = wire_core(data_of(arguments), passphrase=passphrase_of(arguments))
    try:
        yield core
    finally:
        close(core)
