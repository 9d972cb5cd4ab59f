"""How commands are added to the parser, so that all of them take the same words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse has no other name for it)
    Command = Callable[[argparse.Namespace], int]


_OPENS = "file whose first line opens a protected record; `-` reads it from the input (or set OBSERVE_PASSPHRASE)"


def add(commands: Commands, name: str, text: str, run: Command) -> argparse.ArgumentParser:
    """Add a command with what every command takes, and return its parser."""
    one: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    # Accepted after the command as well as before it; left alone where it is not given.
    one.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="data folder")
    one.add_argument("--passphrase-file", metavar="FILE", help=_OPENS)
    one.add_argument("--json", action="store_true", help="answer as JSON")
    one.set_defaults(run=run)
    return one


def group(commands: Commands, name: str, text: str) -> Commands:
    """Add a word that other commands stand behind."""
    one = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
    one.add_argument("--data", metavar="DIR", default=argparse.SUPPRESS, help="data folder")
    return one.add_subparsers(metavar="COMMAND", required=True)
