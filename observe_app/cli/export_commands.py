"""`export`, `pdf summary`, `pdf record` and `pdf form`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output, pdf_commands
from observe_app.cli.session import opened
from observe_app.services import visits
from observe_app.services.exchange import visit_out
from observe_app.services.pdf import export_form

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.services.pdf.document import Paper


def export(arguments: Namespace) -> int:
    """Write a visit to a file."""
    with opened(arguments) as core:
        target = Path(arguments.to).expanduser()
        visit_id = visits.resolve(core, arguments.visit)
        done = visit_out.export_visit(core, visit_id=visit_id, target=target, private=arguments.private)
    if arguments.json:
        output.say_json({"path": str(done.path), "events": done.events, "held_back": done.held_back})
    else:
        output.say(f"{done.path}: {done.events} events")
        if done.held_back:
            output.say(f"  {done.held_back} private notes stayed out; --private takes them along.")
    return 0


def pdf_summary(arguments: Namespace) -> int:
    """Write the two-page summary of a visit: its released revision, or a draft."""
    return pdf_commands.feedback(arguments, "summary")


def pdf_record(arguments: Namespace) -> int:
    """Write the full record of a visit: its released revision, or a draft."""
    return pdf_commands.feedback(arguments, "record")


def pdf_form(arguments: Namespace) -> int:
    """Write a form as a PDF to be filled in with a pen."""
    with opened(arguments) as core:
        target = Path(arguments.output).expanduser()
        papers: dict[str, Paper] = {"a4": "A4", "letter": "Letter"}
        done = export_form(
            core,
            arguments.form,
            target,
            paper=papers.get(arguments.paper or ""),
            language=arguments.language,
        )
    return pdf_commands.told(arguments, target, done)
