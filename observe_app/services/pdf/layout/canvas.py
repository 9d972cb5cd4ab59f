"""The canvas: page numbers that know the total, the revision's time, marks for the structure, places, links, fields."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import FixedOffsetTZ, TimeStamp
from reportlab.pdfbase import pdfmetrics

from observe_app.services.pdf.layout import fonts
from observe_app.services.pdf.layout import styles as look
from observe_app.services.pdf.layout.annotations import Attachment, Bookmark, Carried, Field, Link, Option, Place
from observe_app.services.pdf.layout.finish import finish
from observe_app.services.pdf.layout.packing import packed
from observe_app.services.pdf.layout.strings import StringCanvas
from observe_app.services.pdf.layout.tagging import Actual, ActualEnd, Begin, End, Tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from observe_app.services.pdf.layout.annotations import Box
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


class MarkedCanvas(StringCanvas):
    """A canvas that flowables mark their content on.

    What is drawn between `begin_mark` and `end_mark` belongs to a leaf of the structure; everything else is decoration.
    Boxes are (x, y, width, height) in the coordinates of the moment.
    """

    def __init__(self, *args: Any, words: Words, root: Node, stamp: datetime, **rest: Any) -> None:
        """Open a canvas whose every date is `stamp`."""
        rest["initialFontName"] = fonts.REGULAR
        super().__init__(*args, **rest)
        self._words, self._root = words, root
        self._doc._timeStamp = RevisionStamp(stamp)  # noqa: SLF001  (ReportLab has no public way)
        self._stamp = stamp
        self._tags = Tags(root)
        self._carried = Carried()
        self.pulse: Callable[[], None] = _go_on
        """Called often while the file is written; may raise to stop it."""

    def begin_mark(self, node: Node | None) -> None:
        """Begin content of this leaf; None begins decoration. Marks may be nested: each stroke has one owner."""
        self._code.append(Begin(self._tags.owner(node)))

    def end_mark(self) -> None:
        """End what was begun last."""
        self._code.append(End())

    def begin_actual(self, text: str, within: Any = None) -> None:
        """Begin strokes that stand for `text` (in logical order), inside a leaf's content.

        `within` is the text object being written, where there is one: begin and end belong to the same one.
        """
        self._code_of(within).append(Actual(text))

    def end_actual(self, within: Any = None) -> None:
        """End the strokes begun with `begin_actual`."""
        self._code_of(within).append(ActualEnd())

    def write(self, code: str) -> None:
        """Write operators as they stand."""
        self._code.append(code)

    def codes(self, text: str, face: str) -> Iterator[tuple[str, int, bytes]]:
        """Yield a text in a face as (name of the font, its number among the face's, codes of the letters)."""
        font = pdfmetrics.getFont(face)
        for subset, codes in font.splitString(text, self._doc):
            yield font.getSubsetInternalName(subset, self._doc), subset, codes

    def _code_of(self, text: Any) -> list[str]:
        code: list[str] = self._code if text is None else text._code  # noqa: SLF001  (ReportLab has no public way)
        return code

    def linkURL(self, *_args: Any, **_rest: Any) -> None:  # noqa: N802
        """Write nothing: no address outside the document is ever made live."""

    def linkRect(self, *_args: Any, **_rest: Any) -> None:  # noqa: N802
        """Write nothing: our own links are made with `link`."""

    def place(self, name: str, x: float = 0.0, y: float = 0.0) -> None:
        """Name this point of the page, for links and bookmarks; the first place of a name counts."""
        left, top = self.absolutePosition(x, y)
        self._carried.places.setdefault(name, Place(self.getPageNumber(), left, top))

    def bookmark(self, title: str, level: int, place: str) -> None:
        """Add an entry of the outline that leads to `place`; levels count from 0."""
        self._carried.bookmarks.append(Bookmark(title, level, place))

    def link(self, place: str, box: Box, node: Node, words: str) -> None:
        """Lead from `box` to a place of this document; `words` say where to. Nothing happens if there is no place.

        `node` is the Link that the drawn words belong to; another kind of node gets a Link below it.
        """
        self._carried.links.append(Link(self.getPageNumber(), self._rect(box), node, words, place))

    def text_field(self, name: str, box: Box, node: Node, tooltip: str, *, lines: bool = False) -> None:
        """Put an empty field for text over `box`; `lines` lets the text have several. The frame is the caller's.

        `node` is a Form, or gets one below it. `tooltip` is what a screen reader says.
        """
        self._add(Field("lines" if lines else "line", name, tooltip, (self._option("", box, node, tooltip),)))

    def choice_field(
        self, name: str, options: Sequence[tuple[str, Box] | tuple[str, Box, str]], node: Node, tooltip: str
    ) -> None:
        """Put round buttons over the boxes, of which at most one is on: (value, box) or (value, box, words).

        `node` is a grouping node; each button becomes a Form below it. The words are read after the tooltip.
        """
        made = []
        for value, box, *words in options:
            told = f"{tooltip}: {words[0]}" if words else tooltip
            made.append(self._option(value, box, node, told))
        self._add(Field("choice", name, tooltip, tuple(made)))

    def tick_field(self, name: str, box: Box, node: Node, tooltip: str) -> None:
        """Put a box to tick over `box`; its values are "Yes" and off."""
        self._add(Field("tick", name, tooltip, (self._option("Yes", box, node, tooltip),)))

    def attach(self, name: str, data: bytes, description: str) -> None:
        """Attach a file of data that belongs to the document (relationship Data)."""
        self._carried.attachments.append(Attachment(name, data, description))

    def _add(self, field: Field) -> None:
        if "." in field.name or any(other.name == field.name for other in self._carried.fields):
            message = "names of fields are unique and have no dots"
            raise ValueError(message)
        self._carried.fields.append(field)

    def _option(self, value: str, box: Box, node: Node, tooltip: str) -> Option:
        return Option(self.getPageNumber(), self._rect(box), node, tooltip, value)

    def _rect(self, box: Box) -> tuple[float, float, float, float]:
        x, y, width, height = box
        rect: tuple[float, float, float, float] = self._absRect((x, y, x + width, y + height), relative=1)
        left, bottom, right, top = (round(value, 2) for value in rect)
        return left, bottom, right, top

    def folio(self, right: float, y: float) -> None:
        """Draw "Page 1 of 2" ending at `right`; the total is filled in when the last page is known."""
        self.saveState()
        self.translate(right, y)
        self.doForm(f"folio-{self.getPageNumber()}")
        self.restoreState()

    def showPage(self) -> None:  # noqa: N802
        """Mark the page's content and begin the next page."""
        self._code[:] = self._tags.page(self._code)
        super().showPage()

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
        finish(self._doc, self._carried, self._tags, self._stamp, self.pulse)
        self._filename.write(packed(self._doc, self.pulse))


def _go_on() -> None:
    """Nobody waits."""
