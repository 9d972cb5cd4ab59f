"""From a document to a file: one that is whole, or none."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from observe_app.domain.errors import ExportFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from observe_app.domain.progress import Progress
    from observe_app.services.pdf.certificate_document import CertificatePage
    from observe_app.services.pdf.document import ReportDocument
    from observe_app.services.pdf.form_document import FormDocument
    from observe_app.services.pdf.minutes_document import MinutesDocument
    from observe_app.services.pdf.recovery_sheet import RecoverySheet
    from observe_app.services.pdf.term_document import CompareDocument

_log = logging.getLogger(__name__)

_ONE_AT_A_TIME = threading.Lock()
"""ReportLab's fonts belong to one document at a time."""

_REASONS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
    errno.ENOENT: "missing_folder",
    errno.ENOTDIR: "missing_folder",
}


@dataclass(frozen=True, slots=True)
class PdfResult:
    """What came of an export.

    Attributes:
        replaced: characters that the fonts do not have, shown as "□"; the person should be told.
        fallback: whether the plain layout had to be used.
        size: bytes written.
    """

    pages: int
    replaced: tuple[str, ...]
    fallback: bool
    size: int = 0


def render(
    document: ReportDocument,
    target: BinaryIO | Path,
    progress: Progress | None = None,
    *,
    layouts: Sequence[Callable[[Any], list[Any]]] | None = None,
) -> PdfResult:
    """Write the document as PDF.

    A path gets the whole file or keeps what it had. `layouts` are tried in order until one fits on pages: by default
    the usual pages, then plain paragraphs.

    Raises:
        ExportFailed: the file could not be written. Cancelled: the person asked to stop; nothing was written.
    """
    data, result = _set(document, progress, layouts)
    if isinstance(target, Path):
        write_whole(target, data)
    else:
        target.write(data)
    return result


def render_bytes(document: ReportDocument, progress: Progress | None = None) -> tuple[bytes, PdfResult]:
    """Return the document as PDF in memory, for a preview.

    Raises:
        Cancelled: the person asked to stop.
    """
    return _set(document, progress, None)


def _set(
    document: ReportDocument, progress: Progress | None, layouts: Sequence[Callable[[Any], list[Any]]] | None
) -> tuple[bytes, PdfResult]:
    from observe_app.services.pdf.layout.plain import plain  # noqa: PLC0415  (0.15 s; only who exports pays it)
    from observe_app.services.pdf.layout.sheets import build, pages_of  # noqa: PLC0415

    tries = tuple(layouts) if layouts is not None else (pages_of, plain)
    return _first_that_fits([partial(build, document, layout, progress) for layout in tries], document.visit_id)


def form_bytes(
    document: FormDocument,
    progress: Progress | None = None,
    *,
    layouts: Sequence[Callable[[Any], list[Any]]] | None = None,
) -> tuple[bytes, PdfResult]:
    """Return a blank form as PDF in memory. `layouts` as of `render`.

    Raises:
        Cancelled: the person asked to stop.
    """
    from observe_app.services.pdf.layout.form_plain import form_plain  # noqa: PLC0415
    from observe_app.services.pdf.layout.form_sheets import build_form_pages  # noqa: PLC0415
    from observe_app.services.pdf.layout.form_story import form_story  # noqa: PLC0415

    tries = tuple(layouts) if layouts is not None else (form_story, form_plain)
    return _first_that_fits(
        [partial(build_form_pages, document, layout, progress) for layout in tries], document.form_id
    )


def comparison_bytes(
    document: CompareDocument,
    progress: Progress | None = None,
    *,
    layouts: Sequence[Callable[[Any], list[Any]]] | None = None,
) -> tuple[bytes, PdfResult]:
    """Return a comparison as PDF in memory. `layouts` as of `render`.

    Raises:
        Cancelled: the person asked to stop.
    """
    from observe_app.services.pdf.layout.term_plain import term_plain  # noqa: PLC0415
    from observe_app.services.pdf.layout.term_sheets import build_comparison  # noqa: PLC0415
    from observe_app.services.pdf.layout.term_story import term_story  # noqa: PLC0415

    tries = tuple(layouts) if layouts is not None else (term_story, term_plain)
    return _first_that_fits([partial(build_comparison, document, layout, progress) for layout in tries], document.kind)


def certificate_bytes(page: CertificatePage) -> tuple[bytes, PdfResult]:
    """Return a certificate as the bytes of a PDF of one page; same page, same bytes."""
    from observe_app.services.pdf.layout.certificate import build_certificate_page  # noqa: PLC0415

    return _first_that_fits([partial(build_certificate_page, page)], "certificate")


def minutes_bytes(
    document: MinutesDocument,
    progress: Progress | None = None,
    *,
    layouts: Sequence[Callable[[Any], list[Any]]] | None = None,
) -> tuple[bytes, PdfResult]:
    """Return minutes as PDF in memory. `layouts` as of `render`.

    Raises:
        Cancelled: the person asked to stop.
    """
    from observe_app.services.pdf.layout.minutes_sheets import build_minutes  # noqa: PLC0415
    from observe_app.services.pdf.layout.minutes_story import minutes_plain, minutes_story  # noqa: PLC0415

    tries = tuple(layouts) if layouts is not None else (minutes_story, minutes_plain)
    return _first_that_fits(
        [partial(build_minutes, document, layout, progress) for layout in tries], document.session_id
    )


def recovery_pdf(sheet: RecoverySheet) -> bytes:
    """Return the sheet with somebody's twelve words as the bytes of a PDF of one page, which lie nowhere else.

    Raises:
        ValueError: there are not twelve words.
    """
    from observe_app.services.pdf.layout.recovery import build_recovery  # noqa: PLC0415

    with _ONE_AT_A_TIME:
        return build_recovery(sheet)


def _first_that_fits(
    tries: Sequence[Callable[[], tuple[bytes, int, frozenset[str]]]], name: str
) -> tuple[bytes, PdfResult]:
    from reportlab.platypus.doctemplate import LayoutError  # noqa: PLC0415

    with _ONE_AT_A_TIME:
        for number, attempt in enumerate(tries):
            try:
                data, pages, replaced = attempt()
            except (LayoutError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError) as error:
                # what ReportLab raises for content it cannot set; the person still gets a file with every word
                if number == len(tries) - 1:
                    raise
                # the kind alone: the message of such an error quotes what somebody wrote
                _log.info("layout %s could not set %s: %s", number, name, type(error).__name__)
                continue
            return data, PdfResult(pages, tuple(sorted(replaced)), number > 0, len(data))
    message = "no layout was given"
    raise ValueError(message)


def write_whole(target: Path, data: bytes) -> None:
    """Put the bytes at this path in one step; a half-written file never appears there.

    Raises:
        ExportFailed: the folder is missing or not writable, or the disk is full.
    """
    if not target.name or (target.exists() and not target.is_file() and not target.is_dir()):
        raise ExportFailed(target, "not_a_file")  # putting a file in the place of a device would end the device
    part = target.with_name(f".{target.name[:40]}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise ExportFailed(target, _REASONS.get(error.errno or 0, "other"), error.strerror or "") from error
