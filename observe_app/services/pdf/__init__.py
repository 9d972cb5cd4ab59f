"""The feedback PDF and the blank form: document (data), build, layout and render (pages), preview (pictures)."""

from __future__ import annotations

from observe_app.services.pdf.export import (
    export_document,
    export_feedback,
    export_form,
    feedback_document,
    feedback_pdf,
    form_pages,
    form_pdf,
    preview_feedback,
    rendering,
)
from observe_app.services.pdf.preview import PageImage, render_pages
from observe_app.services.pdf.recovery_sheet import RecoverySheet, RecoveryWords
from observe_app.services.pdf.render import PdfResult, recovery_pdf

__all__ = [
    "PageImage",
    "PdfResult",
    "RecoverySheet",
    "RecoveryWords",
    "export_document",
    "export_feedback",
    "export_form",
    "feedback_document",
    "feedback_pdf",
    "form_pages",
    "form_pdf",
    "preview_feedback",
    "recovery_pdf",
    "render_pages",
    "rendering",
]
