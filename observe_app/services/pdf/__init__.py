"""The feedback PDF: document (data), build (from the record), layout and render (pages), preview (pictures)."""

from __future__ import annotations

from observe_app.services.pdf.export import export_feedback, feedback_document, preview_feedback
from observe_app.services.pdf.preview import PageImage, render_pages
from observe_app.services.pdf.render import PdfResult

__all__ = ["PageImage", "PdfResult", "export_feedback", "feedback_document", "preview_feedback", "render_pages"]
