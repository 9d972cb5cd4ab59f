"""`export` and `pdf summary`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from observe_app.cli import output
from observe_app.cli.session import opened
from observe_app.services import visits
from observe_app.services.exchange import visit_out

if TYPE_CHECKING:
    from argparse import Namespace

    from observe_app.services.core import Core
    from observe_app.services.pdf.render import PdfResult

_LETTER_REGIONS = ("US", "CA", "MX", "PH", "CL", "CO", "VE", "PR", "GT", "CR", "PA", "DO", "NI", "SV", "HN")
"""Where a sheet is Letter: CLDR, supplemental data, paper size."""


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
    """Write the feedback PDF of a visit."""
    with opened(arguments) as core:
        target = Path(arguments.output).expanduser()
        visit_id = visits.resolve(core, arguments.visit)
        done = write_feedback(core, visit_id, target, arguments.paper, with_notes=arguments.with_notes)
    if arguments.json:
        output.say_json({"path": str(target), "pages": done.pages, "replaced": list(done.replaced)})
    else:
        output.say(f"{target}: {done.pages} {'page' if done.pages == 1 else 'pages'}")
    if done.replaced:
        output.warn(f"Signs that the fonts do not have are shown as boxes: {' '.join(done.replaced)}")
    return 0


def write_feedback(
    core: Core, visit_id: str, target: Path, paper: str | None, *, with_notes: bool = False
) -> PdfResult:
    """Write the feedback PDF; without a paper the setting's, and without that the region's.

    Raises:
        ExportFailed: it could not be written. NotFound: no such visit.
    """
    from observe_app.services.pdf.build import build_feedback  # noqa: PLC0415  (only who prints pays for it)
    from observe_app.services.pdf.render import render  # noqa: PLC0415

    settings = core.settings.get()
    document = build_feedback(
        visits.load_record(core, visit_id),
        paper=_sheet(paper or settings.paper),
        language=settings.language or "en",
        purpose_line=settings.purpose_line,
        include_notes=with_notes,
    )
    return render(document, target)


def _sheet(name: str) -> Literal["A4", "Letter"]:
    if name in {"A4", "Letter"}:
        return "A4" if name == "A4" else "Letter"
    region = next((value for key in ("LC_ALL", "LC_PAPER", "LANG") if (value := os.environ.get(key))), "")
    country = region.partition(".")[0].partition("_")[2].upper()
    return "Letter" if country in _LETTER_REGIONS else "A4"
