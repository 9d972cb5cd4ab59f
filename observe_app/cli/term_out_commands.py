"""`compare export`: visits out to a spreadsheet, to R or to pandas, as far as their reader may be told."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.parts import add
from observe_app.cli.session import opened
from observe_app.cli.term_choice import choice_arguments, choice_of, reader_arguments, reader_of
from observe_app.cli.term_pdf_commands import left_out_json, say_left_out

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.cli.parts import Commands
    from observe_app.services.compare.term import TermChoice
    from observe_app.services.core import Core
    from observe_app.services.exchange.compare_out import TermExport


def add_to(group: Commands) -> None:
    """Add the command behind `compare`."""
    text = "write visits as a workbook with a data dictionary, or as one tidy table"
    one = add(group, "export", text, export)
    choice_arguments(one, teacher=False)
    reader_arguments(one)
    one.add_argument("--to", metavar="FILE", required=True, help="ends in .xlsx, .csv, .parquet or .json")
    one.add_argument(
        "--table", choices=("events", "figures"), default="events",
        help="of .csv and .parquet: each event and answer, or each figure of each visit (events)",
    )  # fmt: skip
    one.add_argument("--language", metavar="CODE", default="", help="of the form's labels; its own when left out")


def export(arguments: Namespace) -> int:
    """Write visits to a file."""
    with opened(arguments) as core:
        done = write(core, arguments, choice_of(core, arguments))
    return say_written(done, arguments)


def say_written(done: TermExport, arguments: Namespace) -> int:
    """Say what was written, and what of the choice is not in it."""
    if arguments.json:
        output.say_json(
            {
                "path": str(done.path),
                "visits": done.visits,
                "rows": done.rows,
                "left_out": left_out_json(done.left_out),
                "not_released": done.own,
            }
        )
    else:
        output.say(f"{done.path}: {done.visits} {'visit' if done.visits == 1 else 'visits'}, {done.rows} rows")
        say_left_out(done.left_out)
        if done.own:
            output.say("With what is not released: for you alone.")
    return 0


def write(core: Core, arguments: Namespace, choice: TermChoice) -> TermExport:
    """Write a choice of visits to the file that `--to` names.

    Raises:
        ExportFailed: the file cannot be written. Invalid: there is nothing that may be told.
    """
    from observe_app.services.exchange.compare_out import export_term  # noqa: PLC0415  (help needs none of it)

    return export_term(
        core,
        choice,
        Path(arguments.to).expanduser(),
        reader=reader_of(core, arguments),
        own=arguments.own,
        what=getattr(arguments, "table", "events"),
        language=getattr(arguments, "language", ""),
    )
