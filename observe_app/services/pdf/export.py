"""The use cases: the feedback of one visit as a file, and as it will look."""

from __future__ import annotations

import locale
import os
from typing import TYPE_CHECKING

from observe_app.services.pdf.build import build_feedback
from observe_app.services.pdf.form_build import build_form
from observe_app.services.pdf.render import PdfResult, form_bytes, render, render_bytes, write_whole
from observe_app.services.visits import load_record

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from observe_app.domain.form import Form
    from observe_app.domain.progress import Progress
    from observe_app.services.core import Core
    from observe_app.services.pdf.document import Paper, ReportDocument


_LETTER_REGIONS = frozenset({"US", "CA", "MX", "PH", "CL", "CO", "VE", "CR", "GT", "PA", "PR", "SV", "NI", "DO"})
"""Where paper is Letter by custom (CLDR, supplemental data: paper size)."""


def paper_of(setting: str, locale_name: str | None = None) -> Paper:
    """Return the sheet that a setting means; "auto" and anything unknown goes by the region.

    Args:
        setting: "A4", "Letter" or "auto".
        locale_name: such as "en_US.UTF-8"; this computer's when None.
    """
    if setting in ("A4", "Letter"):
        return "Letter" if setting == "Letter" else "A4"
    if locale_name is None:
        given = (os.environ.get(name) for name in ("LC_ALL", "LC_PAPER", "LANG"))
        locale_name = next((name for name in given if name), None) or locale.getlocale()[0] or ""
    region = locale_name.partition(".")[0].replace("-", "_").partition("_")[2].upper()
    return "Letter" if region in _LETTER_REGIONS or region == "UNITED STATES" else "A4"


def feedback_document(
    core: Core,
    *,
    visit_id: str,
    paper: Paper | None = None,
    include_notes: bool = False,
    language: str | None = None,
    purpose_line: str | None = None,
) -> ReportDocument:
    """Return the feedback on a visit as data.

    Args:
        core: the open data folder.
        visit_id: whose feedback.
        paper: sheet; None takes the setting, and where that is "auto" the one of this computer's region.
        include_notes: whether every readable note follows as an appendix.
        language: of form texts and fixed words; None takes the setting.
        purpose_line: foot of every page; None takes the setting.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged.
    """
    chosen = core.settings.get()
    return build_feedback(
        load_record(core, visit_id),
        paper=paper if paper is not None else paper_of(chosen.paper),
        language=language if language is not None else chosen.language or "en",
        purpose_line=purpose_line if purpose_line is not None else chosen.purpose_line,
        include_notes=include_notes,
    )


def export_feedback(
    core: Core,
    *,
    visit_id: str,
    target: Path | BinaryIO,
    paper: Paper | None = None,
    include_notes: bool = False,
    language: str | None = None,
    purpose_line: str | None = None,
    progress: Progress | None = None,
) -> PdfResult:
    """Write the feedback on a visit as PDF and return what there is to tell about the file.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged.
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    document = feedback_document(
        core,
        visit_id=visit_id,
        paper=paper,
        include_notes=include_notes,
        language=language,
        purpose_line=purpose_line,
    )
    return render(document, target, progress)


def preview_feedback(
    core: Core,
    *,
    visit_id: str,
    paper: Paper | None = None,
    include_notes: bool = False,
    language: str | None = None,
    purpose_line: str | None = None,
    progress: Progress | None = None,
) -> tuple[bytes, PdfResult]:
    """Return the feedback on a visit as the bytes of a PDF, exactly those that an export would write.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged. Cancelled: the person asked to stop.
    """
    document = feedback_document(
        core,
        visit_id=visit_id,
        paper=paper,
        include_notes=include_notes,
        language=language,
        purpose_line=purpose_line,
    )
    return render_bytes(document, progress)


def export_form(
    core: Core,
    form_id: str,
    target: Path,
    *,
    paper: Paper | None = None,
    language: str | None = None,
    progress: Progress | None = None,
) -> PdfResult:
    """Write a form to be filled in with a pen, and return what there is to tell about the file.

    Args:
        core: the open data folder.
        form_id: which form.
        target: the file; what stood there before stands until the new one is whole.
        paper: sheet; None takes the setting, and where that is "auto" the one of this computer's region.
        language: of the form's texts; None takes the setting.
        progress: told after each page.

    Raises:
        NotFound: no such form. FormInvalid: its file is broken.
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    chosen = core.settings.get()
    form = core.catalogue.form(form_id)
    data, result = form_pages(
        form,
        paper=paper if paper is not None else paper_of(chosen.paper),
        language=language if language is not None else chosen.language,
        progress=progress,
    )
    write_whole(target, data)
    return result


def form_pages(
    form: Form, *, paper: Paper = "A4", language: str = "", progress: Progress | None = None
) -> tuple[bytes, PdfResult]:
    """Return a form to be filled in with a pen as the bytes of a PDF, and what there is to tell about them.

    Args:
        form: any form, stored or being written.
        paper: sheet to print on.
        language: of the form's texts; "" means its own.
        progress: told after each page.

    Raises:
        Cancelled: the person asked to stop.
    """
    return form_bytes(build_form(form, paper=paper, language=language), progress)


def form_pdf(form: Form, *, paper: Paper = "A4", language: str = "") -> bytes:
    """Return a form to be filled in with a pen as the bytes of a PDF; the same form gives the same bytes."""
    return form_pages(form, paper=paper, language=language)[0]
