"""The canvas: page numbers that know the total, the revision's time, and marks for the structure."""

from __future__ import annotations

import time
from hashlib import md5
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import FixedOffsetTZ, TimeStamp
from reportlab.pdfgen.canvas import Canvas

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look

if TYPE_CHECKING:
    from datetime import datetime

    from observe_app.services.pdf.structure import Node
    from observe_app.services.pdf.words import Words


class RevisionStamp(TimeStamp):  # type: ignore[misc]  # ReportLab is untyped
    """The moment of the record's revision in place of the clock's."""

    def __init__(self, moment: datetime) -> None:
        """Stamp with an aware UTC moment."""
        super().__init__(invariant=1)
        self.t = int(moment.timestamp())
        self.lt = time.gmtime(self.t)
        self.tzname = "UTC"
        self.YMDhms = tuple(self.lt)[:6]
        self.dhh = self.dmm = 0

    @property
    def datetime(self) -> datetime:
        """Return the moment as an aware UTC datetime."""
        import datetime as dt  # noqa: PLC0415  (this property hides the name)

        return dt.datetime.fromtimestamp(self.t, FixedOffsetTZ(0, 0, "UTC"))


class MarkedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that flowables mark their content on.

    What is drawn between `begin_mark` and `end_mark` belongs to a leaf of the structure; everything else is decoration.
    """

    def __init__(self, *args: Any, words: Words, root: Node, stamp: datetime, **rest: Any) -> None:
        """Open a canvas whose every date is `stamp`."""
        rest["initialFontName"] = fonts.REGULAR
        super().__init__(*args, **rest)
        self._words, self._root = words, root
        self._doc._timeStamp = RevisionStamp(stamp)  # noqa: SLF001  (ReportLab has no public way)
        # the signature has already seen SOURCE_DATE_EPOCH: start it again from what the document holds
        self._doc.signature = md5(stamp.isoformat().encode(), usedforsecurity=False)

    def begin_mark(self, node: Node | None) -> None:
        """Begin content of this leaf; None begins decoration."""

    def end_mark(self) -> None:
        """End what was begun last."""

    def folio(self, right: float, y: float) -> None:
        """Draw "Page 1 of 2" ending at `right`; the total is filled in when the last page is known."""
        self.saveState()
        self.translate(right, y)
        self.doForm(f"folio-{self.getPageNumber()}")
        self.restoreState()

    def save(self) -> None:
        """Finish the page numbers and write the file."""
        if len(self._code):
            self.showPage()
        pages = self._pageNumber - 1
        for page in range(1, pages + 1):
            self.beginForm(f"folio-{page}", -120, -4, 2, 12)
            self.setFont(fonts.REGULAR, 8)
            self.setFillColor(look.MUTED)
            self.drawRightString(0, 0, self._words.page.format(page=page, pages=pages))
            self.endForm()
        super().save()
