"""A summary with more notes below its claims than a page holds ends, and tells every one of them."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf

from observe_app.services.pdf.document import Quote
from observe_app.services.pdf.export import feedback_pdf
from observe_app.services.pdf.layout.flowables import Placed
from observe_app.services.pdf.layout.pieces import space
from tests.services.pdf.samples import sample_document


def test_a_place_that_was_told_to_stay_alone_does_so() -> None:
    child = space(1)
    child.keepWithNext = 1
    placed = Placed(child, "here")
    assert placed.getKeepWithNext()

    placed.keepWithNext = 0  # as ReportLab does before it parts what is higher than a page

    assert not placed.getKeepWithNext(), "or setting the page would never end"


def test_more_moments_than_a_page_holds_are_all_told() -> None:
    heard = tuple(Quote(f"{at:02}:00", "T", f"Question number {at}", event=f"e{at}") for at in range(90))

    data, result = feedback_pdf(replace(sample_document(), heard=heard))

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert not result.fallback
    assert all(f"Question number {at}" in text.replace("\n", " ") for at in range(90))
