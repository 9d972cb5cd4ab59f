"""The work behind the preview: the real PDF in memory, and one of its pages as pixels."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper
    from observe_app.services.pdf.preview import PageImage
    from observe_app.services.pdf.render import PdfResult

_ONE_AT_A_TIME = threading.Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the preview is asked for; `width_px` in device pixels, `page` counted from 0."""

    visit_id: str
    paper: Paper
    include_notes: bool
    language: str
    page: int
    width_px: int


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
    target = BytesIO()
    result = write_pdf(core, wanted, target, progress)
    return turn_to(wanted, target.getvalue(), result, progress)


def write_pdf(core: Core, wanted: Wanted, target: Path | BinaryIO, progress: Progress) -> PdfResult:
    """Write the PDF to a file or into memory; the page and its width play no part.

    Raises:
        ObserveError: the visit cannot be read or the file not written. Cancelled: the person went elsewhere.
    """
    from observe_app.services.pdf.export import export_feedback  # noqa: PLC0415  (loads ReportLab)

    return export_feedback(
        core,
        visit_id=wanted.visit_id,
        target=target,
        paper=wanted.paper,
        include_notes=wanted.include_notes,
        language=wanted.language,
        purpose_line=core.settings.get().purpose_line,
        progress=progress,
    )


def turn_to(wanted: Wanted, pdf: bytes, result: PdfResult, progress: Progress) -> Sheet:
    """Return the same PDF with another page, or in another size.

    Raises:
        Cancelled: the person went elsewhere.
    """
    from observe_app.services.pdf.preview import render_pages  # noqa: PLC0415  (loads PDFium)

    page = max(0, min(wanted.page, result.pages - 1))
    with _ONE_AT_A_TIME:
        progress.step(0, 1)
        (image,) = render_pages(pdf, max(1, wanted.width_px), first=page, count=1)
    return Sheet(wanted, pdf, result, page, image)
