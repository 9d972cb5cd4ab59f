"""Pictures of a PDF's pages, for the window: bytes in, pixels out, no Qt."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Any

_ONE_AT_A_TIME = threading.Lock()
"""PDFium must not be entered by two threads."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as pixels.

    Attributes:
        width, height: in pixels. pixels: RGBA, 8 bits each, rows from the top without padding.
    """

    width: int
    height: int
    pixels: bytes


def render_pages(pdf: bytes, width_px: int, *, first: int = 0, count: int | None = None) -> list[PageImage]:
    """Return the pages as pictures `width_px` wide.

    Args:
        pdf: a whole file, as `render_bytes` returns it.
        width_px: width in device pixels, at least 1.
        first: index of the first page wanted.
        count: how many, None for all that follow.
    """
    import pypdfium2  # noqa: PLC0415  (only who looks at a preview pays for it)

    with _ONE_AT_A_TIME:
        return _drawn(pypdfium2, pdf, width_px, first, count)


def unlocked_copy(pdf: bytes) -> bytes | None:
    """Return the file without its protection, where it opens without a password; None where it asks for one."""
    import pypdfium2  # noqa: PLC0415  (as above)

    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(pdf)
        except pypdfium2.PdfiumError:
            return None
        try:
            copy = io.BytesIO()
            document.save(copy, flags=pypdfium2.raw.FPDF_REMOVE_SECURITY)
            return copy.getvalue()
        except pypdfium2.PdfiumError:
            return None
        finally:
            document.close()


def _drawn(pdfium: Any, pdf: bytes, width_px: int, first: int, count: int | None) -> list[PageImage]:
    images: list[PageImage] = []
    document = pdfium.PdfDocument(pdf)
    try:
        last = len(document) if count is None else min(len(document), first + count)
        for index in range(first, last):
            page = document[index]
            bitmap = page.render(scale=width_px / page.get_width(), rev_byteorder=True, force_bitmap_format=4)
            images.append(_packed(bitmap))
            bitmap.close()
            page.close()
    finally:
        document.close()
    return images


def _packed(bitmap: Any) -> PageImage:
    width, height, stride = bitmap.width, bitmap.height, bitmap.stride
    raw = bytes(bitmap.buffer)
    row = width * 4
    pixels = raw if stride == row else b"".join(raw[at : at + row] for at in range(0, stride * height, stride))
    return PageImage(width, height, pixels[: row * height])
