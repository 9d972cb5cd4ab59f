"""`check`, `backup` and `restore`: looking after data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.hours_commands import check_certificate
from observe_app.cli.session import data_of, opened, passphrase_of
from observe_app.cli.sharing_session import opened_with_keys
from observe_app.domain.clock import SystemClock
from observe_app.domain.errors import DatabaseDamaged
from observe_app.services import backup, protection
from observe_app.services.folders import data_folder

if TYPE_CHECKING:
    from argparse import Namespace


def check(arguments: Namespace) -> int:
    """Check the data folder and its shared folders, with `--repair` make anew what can be; or look a number up."""
    if arguments.what == "certificate":
        return check_certificate(arguments)
    from observe_app.services.sync import health  # noqa: PLC0415  (help and usage need none of it)

    try:
        with opened_with_keys(arguments) as core:
            problems = backup.check(core, repair=arguments.repair)
            problems += health.problems(core, repair=arguments.repair)
    except DatabaseDamaged as error:
        if not arguments.json:
            raise
        problems = (output.error_line(error),)
    if arguments.json:
        output.say_json({"ok": not problems, "problems": list(problems)})
    elif not problems:
        output.say("All is well.")
    for problem in problems if not arguments.json else ():
        output.say(problem)
    return 1 if problems else 0


def backup_now(arguments: Namespace) -> int:
    """Make a backup."""
    target = Path(arguments.to).expanduser().absolute() if arguments.to else None
    with opened(arguments) as core:
        made = backup.make(core, target)
    if arguments.json:
        output.say_json({"path": str(made)})
    else:
        output.say(str(made))
    return 0


def restore(arguments: Namespace) -> int:
    """Put a backup in the place of the data."""
    folder = data_folder(data_of(arguments))
    passphrase = passphrase_of(arguments)
    key = protection.key_for_restore(folder, passphrase) if passphrase is not None else None
    copy = backup.restore(folder, Path(arguments.file).expanduser().absolute(), SystemClock(), key=key)
    if arguments.json:
        output.say_json({"data": str(folder), "copy": str(copy) if copy else None})
    else:
        output.say(f"Restored in {folder}.")
        if copy:
            output.say(f"What stood there before is in {copy}.")
    return 0
