"""A picture on a page of its own, tagged like every PDF of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from observe_app.services.charts.picture import POINTS, Picture
from observe_app.services.pdf.layout.canvas import MarkedCanvas
from observe_app.services.pdf.layout.fonts import register
from observe_app.services.pdf.layout.pictures import PictureFlowable
from observe_app.services.pdf.structure import Node
from observe_app.services.pdf.words import Words

EDGE = 12.0
_STAMP = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)


def on_one_page(picture: Picture, *, saving: bool = False) -> bytes:
    """Return a PDF whose only page is the picture, with the same edge as a copy from the screen."""
    register()
    wide, high = (picture.width + 2 * EDGE) * POINTS, (picture.height + 2 * EDGE) * POINTS
    root = Node("Document")
    file = BytesIO()
    canvas = MarkedCanvas(
        file,
        pagesize=(wide, high),
        words=Words(),
        root=root,
        stamp=_STAMP,
        lang="en-GB",
    )
    canvas.ink_saving = saving
    PictureFlowable(picture, root).drawOn(canvas, EDGE * POINTS, EDGE * POINTS)
    canvas.save()
    return file.getvalue()
