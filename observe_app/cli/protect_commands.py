"""`protect on|off|status` and `recovery show`: the record encrypted on this computer's disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.parts import add, group
from observe_app.cli.session import data_of, opened, passphrase_of
from observe_app.domain.clock import SystemClock
from observe_app.services import protection, recovery
from observe_app.services.folders import data_folder

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands

_ON = (
    "protect the record, its backups and the recovery file: by the password store of this computer, or by a passphrase "
    "where one is given"
)
_PLACES = {"keyring": "the password store of this computer", "passphrase": "a passphrase"}


def add_to(commands: Commands) -> None:
    """Add the commands to the parser."""
    protect = group(commands, "protect", "protect the record on this computer's disk, or end that")
    for name, text, run in (
        ("on", _ON, turn_on),
        ("off", "end the protection; anybody who can read the disk can read the record then", turn_off),
    ):
        one = add(protect, name, text, run)
        one.add_argument(
            "--backups",
            choices=protection.BACKUPS,
            default="convert",
            help="what becomes of backups that are otherwise (convert)",
        )
    add(protect, "status", "say whether the record is protected, and what opens it", status)
    shown = group(commands, "recovery", "show what the record would not take")
    add(shown, "show", "print the lines of the recovery file", show)


def turn_on(arguments: Namespace) -> int:
    """Protect the record."""
    folder = data_folder(data_of(arguments))
    vault = protection.vault_of(folder)
    passphrase = passphrase_of(arguments)
    if passphrase is not None and vault.place() == "passphrase":
        vault.unlock(passphrase)
    changed = protection.turn_on(folder, vault, clock=SystemClock(), passphrase=passphrase, backups=arguments.backups)
    if not arguments.json:
        output.say(
            "The record is protected. It opens with {}.".format(_PLACES.get(vault.place(), "what is kept for it"))
        )
        if not vault.wrapped_key.exists():
            output.say("Nothing else opens it. With the shared folder set up, your twelve words do, too.")
    return _answer(arguments, changed)


def turn_off(arguments: Namespace) -> int:
    """End the protection."""
    folder = data_folder(data_of(arguments))
    vault = protection.vault_of(folder)
    passphrase = passphrase_of(arguments)
    if passphrase is not None and vault.place() == "passphrase":
        vault.unlock(passphrase)
    changed = protection.turn_off(folder, vault, clock=SystemClock(), backups=arguments.backups)
    if not arguments.json:
        output.say("The record is not protected.")
    return _answer(arguments, changed)


def _answer(arguments: Namespace, changed: protection.Changed) -> int:
    if arguments.json:
        output.say_json(
            {
                "backup": str(changed.backup) if changed.backup else None,
                "converted": changed.converted,
                "removed": changed.removed,
                "left": [str(path) for path in changed.left],
            }
        )
        return 0
    if changed.backup:
        output.say(f"A copy from before is in {changed.backup}.")
    for path in changed.left:
        output.say(f"Left as it was: {path}")
    return 0


def status(arguments: Namespace) -> int:
    """Say how the record is protected; the record itself stays closed."""
    folder = data_folder(data_of(arguments))
    found = protection.status(folder, protection.vault_of(folder))
    if arguments.json:
        output.say_json(
            {
                "data": str(folder),
                "protected": found.is_on,
                "opens_with": found.kept_in or None,
                "twelve_words": found.has_words,
                "password_store": found.keyring,
                "possible": found.possible,
                "backups": {"protected": found.sealed, "plain": found.plain},
            }
        )
        return 0
    if found.is_on:
        output.say("Protected. It opens with {}.".format(_PLACES.get(found.kept_in, "something that is not kept here")))
        output.say("Your twelve words open it, too." if found.has_words else "Nothing else opens it.")
    else:
        output.say("Not protected: whoever can read this computer's disk can read the record.")
    output.say(f"Backups: {found.sealed} protected, {found.plain} not.")
    return 0


def show(arguments: Namespace) -> int:
    """Print what is in the recovery file."""
    with opened(arguments) as core:
        lines, closed = recovery.show(core)
    if arguments.json:
        output.say_json({"lines": list(lines), "closed": closed})
        return 0
    for line in lines:
        output.say(line)
    if closed:
        output.warn(f"{closed} lines do not open with the key of this record.")
    return 0
