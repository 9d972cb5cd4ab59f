"""`form list|check`, `check`, `backup` and `restore`: looking after forms and data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.session import data_of, opened
from observe_app.domain.clock import SystemClock
from observe_app.domain.errors import DatabaseDamaged
from observe_app.domain.form import text_in
from observe_app.services import backup, form_words
from observe_app.services.folders import data_folder

if TYPE_CHECKING:
    from argparse import Namespace


def form_list(arguments: Namespace) -> int:
    """List the forms of this data folder and those that ship."""
    with opened(arguments) as core:
        entries = core.catalogue.entries()
    if arguments.json:
        output.say_json(
            [
                {
                    "id": entry.form_id,
                    "version": entry.version,
                    "title": text_in(entry.title, "en"),
                    "path": str(entry.path),
                    "ok": not entry.problems,
                }
                for entry in entries
            ]
        )
    else:
        output.say_table(
            ("FORM", "VERSION", "TITLE"),
            [
                (entry.form_id, str(entry.version) if not entry.problems else "broken", text_in(entry.title, "en"))
                for entry in entries
            ],
        )
    return 0


def form_check(arguments: Namespace) -> int:
    """Say everything that is wrong with a form file."""
    from observe_app.services.catalogue import check_file  # noqa: PLC0415  (form reading is for this alone)

    path = Path(arguments.file).expanduser()
    problems = check_file(path)
    if arguments.json:
        told = [{"line": one.line, "where": one.where, "message": form_words.problem_text(one)} for one in problems]
        output.say_json({"ok": not problems, "problems": told})
    elif not problems:
        output.say(f"{path.name}: good.")
    for problem in problems if not arguments.json else ():
        place = f"line {problem.line}" if problem.line else "file"
        where = f", {problem.where}" if problem.where else ""
        output.say(f"{path.name}: {place}{where}: {form_words.problem_text(problem)}")
    return 1 if problems else 0


def check(arguments: Namespace) -> int:
    """Check the data folder; with `--repair` make anew what can be."""
    try:
        with opened(arguments) as core:
            problems = backup.check(core, repair=arguments.repair)
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
    copy = backup.restore(folder, Path(arguments.file).expanduser().absolute(), SystemClock())
    if arguments.json:
        output.say_json({"data": str(folder), "copy": str(copy) if copy else None})
    else:
        output.say(f"Restored in {folder}.")
        if copy:
            output.say(f"What stood there before is in {copy}.")
    return 0
