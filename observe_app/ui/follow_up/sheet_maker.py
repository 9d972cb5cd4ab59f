"""The work behind the preview: the real PDF in memory, one of its pages as pixels, and the file that is handed over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from observe_app.domain.progress import Progress
    from observe_app.domain.release import Release
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper, ReportDocument, Scope
    from observe_app.services.pdf.preview import PageImage
    from observe_app.services.pdf.render import PdfResult


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the preview is asked for.

    Attributes:
        release: the revision, None for a draft of the record as it is now.
        scope: "summary" or "record".
        page: counted from 0. width_px: of the picture, in device pixels.
    """

    visit_id: str
    release: Release | None
    scope: Scope
    paper: Paper
    ink_saving: bool
    page: int = 0
    width_px: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF and one page of it. `page` may be less than asked for where there are fewer pages."""

    wanted: Wanted
    pdf: bytes
    result: PdfResult
    page: int
    image: PageImage


def make_sheet(core: Core, wanted: Wanted, progress: Progress) -> Sheet:
    """Return the PDF as it would be saved now, and the page asked for.

    Raises:
        ObserveError: the visit cannot be read. Cancelled: the person went elsewhere.
    """
    pdf, result = make_pdf(core, wanted, progress)
    return turn_to(wanted, pdf, result, progress)


def make_pdf(core: Core, wanted: Wanted, progress: Progress) -> tuple[bytes, PdfResult]:
    """Return the bytes of the PDF; the page and its width play no part.

    Raises:
        ObserveError: the visit cannot be read. Cancelled: the person went elsewhere.
    """
    from observe_app.services.pdf.render import render_bytes  # noqa: PLC0415  (loads ReportLab)

    return render_bytes(document_for(core, wanted), progress)


def document_for(core: Core, wanted: Wanted) -> ReportDocument:
    """Return what is printed: the frozen document of a revision, or a draft of the record as it is now.

    Raises:
        ObserveError: it cannot be read.
    """
    from observe_app.services import releases  # noqa: PLC0415  (with what the PDF needs)
    from observe_app.services.sync import authorship  # noqa: PLC0415  (with the cards)

    if wanted.release is not None:
        document = releases.document_of(wanted.release)
    else:
        from observe_app.services.pdf.export import feedback_document  # noqa: PLC0415  (loads ReportLab)

        document = feedback_document(
            core,
            visit_id=wanted.visit_id,
            include_notes=wanted.scope == "record",
            language=releases.language_for(core, wanted.visit_id),
        )
    observer = authorship.observer_of(core, wanted.visit_id, document.observer)
    return replace(document, observer=observer, scope=wanted.scope, paper=wanted.paper, ink_saving=wanted.ink_saving)


def save_pdf(core: Core, wanted: Wanted, target: Path, reader: str, progress: Progress) -> PdfResult:
    """Write the PDF to a file; of a revision it is kept that this copy went out, a draft leaves no trace.

    Args:
        core: the open data folder.
        wanted: which one.
        target: the file; what stood there stands until the new one is whole.
        reader: name of the person it is for.
        progress: told after each page.

    Raises:
        ObserveError: the visit cannot be read or the file not written. Cancelled: the person stopped it.
    """
    from observe_app.services.copies import save_copy  # noqa: PLC0415  (with what the PDF needs)
    from observe_app.services.exchange.files import write_whole  # noqa: PLC0415  (rarely wanted)

    pdf, result = make_pdf(core, wanted, progress)
    if wanted.release is None:
        write_whole(target, pdf)
    else:
        save_copy(core, release=wanted.release, reader=reader, scope=wanted.scope, target=target, data=pdf)
    return result


def note_print(core: Core, wanted: Wanted, reader: str, name: str, pdf: bytes) -> None:
    """Keep that a copy of a revision was printed; nothing for a draft.

    Raises:
        ObserveError: it could not be written down.
    """
    if wanted.release is None:
        return
    from observe_app.services import releases  # noqa: PLC0415  (with what the PDF needs)

    releases.add_copy(
        core, release=wanted.release, reader=reader, way="print", scope=wanted.scope, file_name=name, data=pdf
    )


def turn_to(wanted: Wanted, pdf: bytes, result: PdfResult, progress: Progress) -> Sheet:
    """Return the same PDF with another page, or in another size.

    Raises:
        Cancelled: the person went elsewhere.
    """
    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415  (loads PDFium)

    page = max(0, min(wanted.page, result.pages - 1))
    progress.step(0, 1)
    (image,) = render_pages(pdf, max(1, wanted.width_px), first=page, count=1)
    return Sheet(wanted, pdf, result, page, image)
