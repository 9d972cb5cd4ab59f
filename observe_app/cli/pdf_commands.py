"""The feedback PDF: of a released revision, which is kept as a copy that went out, or of a draft, which says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from observe_app.cli import output
from observe_app.cli.languages import page_language
from observe_app.cli.session import opened
from observe_app.domain.errors import NotFound
from observe_app.services import visits
from observe_app.services.pdf import feedback_document, feedback_pdf, rendering
from observe_app.services.pdf.export import paper_of
from observe_app.services.pdf.render import write_whole

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.pdf import PdfResult
    from observe_app.services.pdf.document import ReportDocument, Scope


def arguments_of(parser: ArgumentParser) -> None:
    """Add what summary and record can be asked for."""
    parser.add_argument("visit", metavar="VISIT")
    parser.add_argument("-o", "--output", metavar="FILE", help="feedback-VISIT-REVISION.pdf here, when left out")
    parser.add_argument("--draft", action="store_true", help="as it would be released now, though a release exists")
    parser.add_argument("--revision", metavar="N", type=int, help="an earlier revision; the latest when left out")
    parser.add_argument("--paper", choices=("A4", "Letter"), help="the setting's when left out")
    parser.add_argument("--ink-saving", action="store_true", help="without filled areas")
    parser.add_argument(
        "--language",
        metavar="CODE",
        type=page_language,
        help="of a draft, such as de; a release keeps the one it was released in",
    )
    parser.add_argument("--with-notes", action="store_true", help="of a draft: with all notes that are not private")


def feedback(arguments: Namespace, scope: Scope) -> int:
    """Write the PDF, and keep that a copy of a release went out."""
    with opened(arguments) as core:
        visit_id = visits.resolve(core, arguments.visit)
        release = None if arguments.draft else _release(core, visit_id, arguments.revision)
        document = _released(core, release, arguments) if release is not None else _draft(core, visit_id, arguments)
        document = rendering(document, scope=scope, ink_saving=arguments.ink_saving)
        target = Path(arguments.output or _name_of(document)).expanduser()
        data, done = feedback_pdf(document)
        if release is None:
            write_whole(target, data)
        else:
            from observe_app.services.copies import save_copy  # noqa: PLC0415  (only a release needs it)

            save_copy(core, release=release, reader=document.teacher, scope=scope, target=target, data=data)
    return told(arguments, target, done, document)


def _release(core: Core, visit_id: str, number: int | None) -> Release | None:
    """Return the revision asked for, the latest without a number; None where nothing is released.

    Raises:
        NotFound: no such revision stands.
    """
    from observe_app.services import releases  # noqa: PLC0415

    if number is None:
        return releases.latest(core, visit_id)
    standing = (one for one in releases.of_visit(core, visit_id) if one.taken_back is None and not one.deleted)
    found = next((one for one in standing if one.number == number), None)
    if found is None:
        raise NotFound("revision", str(number))
    return found


def _released(core: Core, release: Release, arguments: Namespace) -> ReportDocument:
    from observe_app.services import releases  # noqa: PLC0415
    from observe_app.services.sync import authorship  # noqa: PLC0415

    document = releases.document_of(release)
    observer = authorship.observer_of(core, release.visit_id, document.observer)
    return rendering(replace(document, observer=observer), paper=arguments.paper or paper_of(core.settings.get().paper))


def _draft(core: Core, visit_id: str, arguments: Namespace) -> ReportDocument:
    return feedback_document(
        core,
        visit_id=visit_id,
        paper=arguments.paper,
        language=arguments.language,
        with_notes=arguments.with_notes,
    )


def told(arguments: Namespace, target: Path, done: PdfResult, document: ReportDocument | None = None) -> int:
    """Say what was written and what the fonts could not show; return the exit status."""
    if arguments.json:
        made = {"path": str(target), "pages": done.pages, "replaced": list(done.replaced)}
        if document is not None:
            made |= {"status": document.status, "revision": document.revision}
        output.say_json(made)
    else:
        pages = f"{target}: {done.pages} {'page' if done.pages == 1 else 'pages'}"
        output.say(f"{pages}, {_kind(document)}" if document is not None else pages)
    if done.replaced:
        output.warn(f"Signs that the fonts do not have are shown as boxes: {' '.join(done.replaced)}")
    return 0


def _name_of(document: ReportDocument) -> str:
    short = document.reference.rpartition("-")[0]
    return f"feedback-{short}-draft.pdf" if document.draft else f"feedback-{document.reference}.pdf"


def _kind(document: ReportDocument) -> str:
    if document.draft:
        return "a draft: nothing is released by it"
    return f"revision {document.revision}{', withdrawn' if document.status == 'withdrawn' else ''}"
