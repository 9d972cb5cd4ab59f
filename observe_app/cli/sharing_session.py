"""The data folder of a command that needs the person's keys; which shared folder and which colleague are meant."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from observe_app.cli.session import opened, passphrase_of
from observe_app.domain.errors import Ambiguous, NotFound

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from observe_app.domain.sync.card import Colleague
    from observe_app.domain.sync.state import SharedFolder
    from observe_app.services.core import Core

_FINGERPRINT = re.compile(r"[0-9a-f]{6,32}")


@contextlib.contextmanager
def opened_with_keys(arguments: Namespace) -> Iterator[Core]:
    """Open the data folder, and what a passphrase keeps closed with it.

    Raises:
        VaultClosed: another passphrase was given. Without one, only what asks for keys says so.
    """
    with opened(arguments) as core:
        passphrase = passphrase_of(arguments) if core.vault.place() == "passphrase" else None
        if passphrase and core.vault.state() == "locked":
            core.vault.unlock(passphrase)
        yield core


def folder_meant(core: Core, given: str) -> SharedFolder:
    """Return the one shared folder, or the one of this name, path or id.

    Raises:
        NotFound: there is none, or none of that name. Ambiguous: several fit.
    """
    from observe_app.services.sync import setup  # noqa: PLC0415  (help and usage need none of it)

    asked = given.strip().casefold()
    every = setup.folders(core)
    found = [one for one in every if not asked or asked in map(str.casefold, (one.name, one.path, one.id))]
    if not found:
        raise NotFound("shared folder", given)
    if len(found) > 1:
        raise Ambiguous("shared folder", given, tuple(f"{one.name} ({one.id})" for one in found))
    return found[0]


def colleague_meant(found: Sequence[Colleague], given: str) -> Colleague:
    """Return a colleague by name or by the beginning of their fingerprint, oneself among them.

    Raises:
        NotFound: nobody is called so. Ambiguous: two of one name, told apart by their fingerprints.
    """
    asked = " ".join(given.split()).casefold()
    named = [one for one in found if one.card.name.casefold() == asked]
    if not named and _FINGERPRINT.fullmatch(asked):
        named = [one for one in found if one.card.fingerprint.startswith(asked)]
    if not named:
        raise NotFound("colleague", given)
    if len(named) > 1:
        raise Ambiguous("colleague", given, tuple(f"{one.card.name} {one.card.fingerprint[:8]}" for one in named))
    return named[0]
