"""The use cases: the feedback of one visit as a file, and as it will look."""

from __future__ import annotations

import locale
import os
from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from observe_app.domain.errors import NotFound
from observe_app.domain.release import ReleaseKind
from observe_app.domain.visit import VisitFilter
from observe_app.services.pdf.build import build_feedback
from observe_app.services.pdf.document import ReportDocument
from observe_app.services.pdf.form_build import build_form
from observe_app.services.pdf.render import PdfResult, form_bytes, render, render_bytes, write_whole
from observe_app.services.pdf.rests import without_ratings_evidence
from observe_app.services.visits import load_record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from observe_app.domain.form import Form
    from observe_app.domain.progress import Progress
    from observe_app.domain.record import VisitRecord
    from observe_app.domain.release import Release
    from observe_app.domain.visit import Visit
    from observe_app.services.core import Core
    from observe_app.services.pdf.build import ReleasedAs
    from observe_app.services.pdf.document import Paper, Scope


class Choices(TypedDict, total=False):
    """What a draft can be asked for; all as of `feedback_document`."""

    paper: Paper | None
    include_notes: bool
    language: str | None
    purpose_line: str | None
    scope: Scope | None
    with_notes: bool | None


_MAX_EARLIER = 5
"""Earlier visits that a line of figures goes back."""

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
    scope: Scope | None = None,
    with_notes: bool | None = None,
    release: ReleasedAs | None = None,
    why: str = "",
    changes: Sequence[str] = (),
    readers: Sequence[str] | None = None,
    ratings: bool = True,
) -> ReportDocument:
    """Return the feedback on a visit as data: a draft, or with `release` the document of a revision.

    Args:
        core: the open data folder.
        visit_id: whose feedback.
        paper: sheet; None takes the setting, and where that is "auto" the one of this computer's region.
        include_notes: the full record with every readable note; short for both of the next two.
        language: of form texts and fixed words; None takes the setting.
        purpose_line: foot of every page; None takes the setting.
        scope: what the pages show; None is the summary, or the record where notes were asked for.
        with_notes: whether all readable notes leave, or only those that something rests on.
        release: number, id and moment of the revision; None for a draft.
        why: of a correction, what the author said.
        changes: of a correction, what differs from the revision before, in sentences.
        readers: who may read it, the teacher first; None takes those the record names.
        ratings: whether notes leave that only the form's ratings rest on.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged.
    """
    chosen = core.settings.get()
    record = load_record(core, visit_id)
    record = record if ratings else without_ratings_evidence(record)
    return build_feedback(
        record,
        paper=paper if paper is not None else paper_of(chosen.paper),
        language=language if language is not None else chosen.language or "en",
        purpose_line=purpose_line if purpose_line is not None else chosen.purpose_line,
        scope=scope or ("record" if include_notes else "summary"),
        with_notes=include_notes if with_notes is None else with_notes,
        school=chosen.school,
        readers=readers,
        release=release,
        why=why,
        changes=changes,
        next_visit=_next_visit(core, record),
        earlier=_earlier(core, record),
    )


def _next_visit(core: Core, record: VisitRecord) -> Visit | None:
    if not record.visit.next_visit_id:
        return None
    with core.store.read() as unit:
        try:
            return unit.visits.get(record.visit.next_visit_id)
        except NotFound:
            return None


def _earlier(core: Core, record: VisitRecord) -> tuple[VisitRecord, ...]:
    """Return the last earlier visits of the two with this form whose feedback was released: the teacher knows them."""
    visit = record.visit
    begun = visit.started or visit.start
    if record.form is None or begun is None or visit.teacher_id is None or visit.led == "teacher":
        return ()
    with core.store.read() as unit:
        rows = unit.visits.listing(
            VisitFilter(person_id=visit.teacher_id, form_id=visit.form_id, until=begun, limit=4 * _MAX_EARLIER)
        )
        same = [row.id for row in rows if row.id != visit.id and row.observer == visit.observer]
        known = [(one, stands) for one in same if (stands := _stands(unit.after.releases(one))) is not None]
    found = (_as_released(load_record(core, one), stands) for one, stands in reversed(known[:_MAX_EARLIER]))
    return tuple(then for then in found if then.visit.teacher_id == visit.teacher_id)


def _stands(releases: Sequence[Release]) -> Release | None:
    """Return the revision that stands, None where nothing was released or it was withdrawn."""
    standing = [one for one in releases if one.taken_back is None and not one.deleted]
    newest = max(standing, key=lambda one: one.number, default=None)
    return None if newest is None or newest.kind is ReleaseKind.WITHDRAWAL else newest


def _as_released(record: VisitRecord, release: Release) -> VisitRecord:
    """Return an earlier visit with the levels that its teacher was told: not those that waited or came later."""
    try:
        told = ReportDocument.from_json(release.document)
    except ValueError:
        return replace(record, answers=())
    levels = {item.id: item.level for section in told.checklist for item in section.items if item.level is not None}
    numbers = {
        item.id: item.levels[level].number
        for item in (record.form.items if record.form is not None else ())
        if (level := levels.get(item.id)) is not None and 0 <= level < len(item.levels)
    }
    kept = (answer for answer in record.answers if answer.item in numbers)
    return replace(record, answers=tuple(replace(answer, value=numbers[answer.item]) for answer in kept))


def feedback_pdf(document: ReportDocument, progress: Progress | None = None) -> tuple[bytes, PdfResult]:
    """Return a document as the bytes of a PDF and what there is to tell about them; same document, same bytes.

    Whoever holds a release's document asks for another rendering with
    `replace(document, scope=..., paper=..., ink_saving=...)`.

    Raises:
        Cancelled: the person asked to stop.
    """
    return render_bytes(document, progress)


def export_document(document: ReportDocument, target: Path | BinaryIO, progress: Progress | None = None) -> PdfResult:
    """Write a document as PDF and return what there is to tell about the file.

    Raises:
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    return render(document, target, progress)


def rendering(
    document: ReportDocument,
    *,
    scope: Scope | None = None,
    paper: Paper | None = None,
    ink_saving: bool | None = None,
) -> ReportDocument:
    """Return the same document to be shown otherwise; None leaves what it says.

    The language of a release cannot be changed any more: its sentences were written when it was released.
    """
    return replace(
        document,
        scope=scope if scope is not None else document.scope,
        paper=paper if paper is not None else document.paper,
        ink_saving=ink_saving if ink_saving is not None else document.ink_saving,
    )


def export_feedback(
    core: Core,
    *,
    visit_id: str,
    target: Path | BinaryIO,
    progress: Progress | None = None,
    ink_saving: bool = False,
    **choices: Unpack[Choices],
) -> PdfResult:
    """Write the draft of a visit's feedback as PDF and return what there is to tell about the file.

    Args:
        core: the open data folder.
        visit_id: whose feedback.
        target: the file.
        progress: told after each page.
        ink_saving: without filled areas.
        choices: as of `feedback_document`.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged.
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    document = feedback_document(core, visit_id=visit_id, **choices)
    return render(replace(document, ink_saving=ink_saving), target, progress)


def preview_feedback(
    core: Core,
    *,
    visit_id: str,
    progress: Progress | None = None,
    ink_saving: bool = False,
    **choices: Unpack[Choices],
) -> tuple[bytes, PdfResult]:
    """Return the draft of a visit's feedback as the bytes of a PDF, exactly those that an export would write.

    Raises:
        NotFound: no such visit. FormInvalid: the visit's form snapshot is damaged. Cancelled: the person asked to stop.
    """
    document = feedback_document(core, visit_id=visit_id, **choices)
    return render_bytes(replace(document, ink_saving=ink_saving), progress)


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
